//! Leaving people out of an export: names become pseudonyms, quotations and documents go.
//!
//! A policy is a file in TOML:
//!
//! ```toml
//! key = "any secret words"          # the same key gives the same pseudonyms; keep it to yourself
//! names = ["Person"]                # classes whose names become pseudonyms, the classes below included
//! roles = ["person"]                # only those who have one of these roles in an event (default: all)
//! keep = ["Name of a minister"]     # names or IRIs that stay
//! quotes = false                    # whether the words of documents stay, names in them replaced (default: no)
//! documents = ["reports/secret"]    # documents that are left out, by path, title or IRI, or a part of one
//! properties = ["age"]              # properties that are left out
//! ```
//!
//! The IRI of a person is a hash over the name, which could be guessed; it is replaced as well. Every other text has each
//! part of the names replaced, in whatever place it stands.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use regex::{Captures, Regex, RegexBuilder};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::statements::Change;
use crate::graph::Said;
use crate::ontology::Schema;
use crate::ontology::vocabulary::{ID_NAMESPACE, NAMESPACE, local_name, oa, property, schema};

/// Parts of names below this length are no names by themselves ("al").
const SHORTEST: usize = 3;

/// From this length on a part of a name is one inside another word as well; shorter ones, such as "Ali", only as words.
/// Scripts other than Latin write articles and conjunctions together with names, so that there every place counts.
const CERTAIN: usize = 5;

/// What is left out or replaced.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    key: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    keep: Vec<String>,
    #[serde(default)]
    quotes: bool,
    #[serde(default)]
    documents: Vec<String>,
    #[serde(default)]
    properties: Vec<String>,
}

/// A policy that cannot be applied.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// It is no TOML, or has keys that mean nothing.
    #[error("{0}\nhint: the keys are key, names, roles, keep, quotes, documents and properties")]
    Syntax(#[from] toml::de::Error),
    /// The key is empty.
    #[error("the key is empty, and whoever knows a name could find its pseudonym\nhint: give it some secret words")]
    NoKey,
    /// A class or property that the ontology does not have.
    #[error("the ontology has no `{0}`")]
    Unknown(String),
    /// More names than can be looked for.
    #[error("there are too many names to look for: {0}")]
    Names(#[from] regex::Error),
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// If it is no policy, or names what the ontology does not have.
    ///
    /// ```
    /// use isnad::export::redact::Policy;
    /// assert!(Policy::parse("key = \"k\"\nnames = [\"Person\"]").is_ok());
    /// assert!(Policy::parse("names = [\"Person\"]").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text)?;
        if policy.key.is_empty() {
            return Err(PolicyError::NoKey);
        }
        let schema = Schema::embedded();
        let class = policy.names.iter().find(|class| schema.class(class).is_none());
        let property = policy.roles.iter().chain(&policy.properties).find(|name| schema.property(name).is_none());
        match class.or(property) {
            Some(unknown) => Err(PolicyError::Unknown(unknown.clone())),
            None => Ok(policy),
        }
    }

    /// What the policy does to each statement of a graph that holds these.
    ///
    /// # Errors
    /// If there are more names than can be looked for.
    pub fn change(&self, quads: &[Quad]) -> Result<Change, PolicyError> {
        let hidden = self.hidden(quads);
        let mut iris: HashMap<String, NamedNode> = HashMap::new();
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        for (iri, names) in &hidden {
            let pseudonym = self.pseudonym(iri);
            iris.insert(iri.clone(), NamedNode::new_unchecked(redacted(iri, &pseudonym)));
            for name in names {
                parts.entry(name.to_lowercase()).or_insert_with(|| format!("[{pseudonym}]"));
                for part in name.split(|letter: char| !letter.is_alphanumeric()).filter(|part| is_part(part)) {
                    parts.entry(part.to_lowercase()).or_insert_with(|| "[…]".to_owned());
                }
            }
        }
        // IRIs that once were those of the same people are hashes over their names as well.
        for quad in quads.iter().filter(|quad| quad.predicate == property::MERGED_INTO) {
            if let (NamedOrBlankNode::NamedNode(old), Term::NamedNode(new)) = (&quad.subject, &quad.object)
                && hidden.contains_key(new.as_str())
            {
                let pseudonym = self.pseudonym(old.as_str());
                iris.insert(old.as_str().to_owned(), NamedNode::new_unchecked(redacted(old.as_str(), &pseudonym)));
            }
        }
        let pattern = pattern(&parts)?;
        let gone = self.left_out(quads);
        let unsupported = unsupported(quads, &gone);
        let quotes = self.quotes;
        let properties: HashSet<String> = self.properties.iter().map(|name| format!("{NAMESPACE}{name}")).collect();
        let labels: HashMap<String, String> =
            iris.iter().map(|(iri, new)| (iri.clone(), label(new.as_str()))).collect();
        Ok(Box::new(move |mut quad| {
            let leaves = |iri: &str| gone.contains(iri) || gone.contains(iri.split('#').next().unwrap_or(iri));
            if matches!(&quad.graph_name, GraphName::NamedNode(graph) if leaves(graph.as_str()))
                || matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if leaves(node.as_str()))
                || matches!(&quad.object, Term::NamedNode(node) if leaves(node.as_str()))
                || properties.contains(quad.predicate.as_str())
                || !quotes && is_words(&quad)
                || unsupported.contains(&quad)
            {
                return None;
            }
            if let NamedOrBlankNode::NamedNode(node) = &quad.subject
                && let Some(new) = iris.get(node.as_str())
            {
                // A person has no name of any kind any more, but a label.
                if quad.predicate == rdfs::LABEL {
                    quad.object = Literal::new_simple_literal(&labels[node.as_str()]).into();
                } else if is_name(&quad) {
                    return None;
                }
                quad.subject = new.clone().into();
            }
            if let Term::NamedNode(node) = &quad.object
                && let Some(new) = iris.get(node.as_str())
            {
                quad.object = new.clone().into();
            }
            if let (Term::Literal(literal), Some(pattern)) = (&quad.object, &pattern)
                && let Some(clean) = clean(literal, pattern, &parts)
            {
                quad.object = clean.into();
            }
            Some(quad)
        }))
    }

    fn pseudonym(&self, iri: &str) -> String {
        let mut digest = Sha256::new();
        for part in [self.key.as_str(), iri] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        crate::model::hex(&digest.finalize()[..6])
    }

    /// Entities whose names go, with all their names.
    fn hidden(&self, quads: &[Quad]) -> BTreeMap<String, BTreeSet<String>> {
        let schema = Schema::embedded();
        let (mut of_class, mut in_role) = (BTreeSet::new(), HashSet::new());
        let mut names: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut labels: HashMap<&str, String> = HashMap::new();
        let mut claims: HashMap<&str, (Option<&str>, Option<&str>)> = HashMap::new();
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            match &quad.object {
                Term::NamedNode(object) => {
                    let class = local_name(object.as_ref()).unwrap_or_default();
                    if quad.predicate == rdf::TYPE && self.names.iter().any(|wanted| schema.is_subclass(class, wanted))
                    {
                        of_class.insert(subject.as_str());
                    }
                    let claim = quad.predicate == rdf::PREDICATE || quad.predicate == rdf::OBJECT;
                    if claim {
                        let ends = claims.entry(subject.as_str()).or_default();
                        let end = if quad.predicate == rdf::PREDICATE { &mut ends.0 } else { &mut ends.1 };
                        *end = Some(object.as_str());
                    }
                }
                Term::Literal(literal) if quad.predicate == rdfs::LABEL => {
                    labels.insert(subject.as_str(), literal.value().to_owned());
                }
                Term::Literal(literal) if is_name(quad) => {
                    names.entry(subject.as_str()).or_default().insert(literal.value().to_owned());
                }
                _ => {}
            }
        }
        for (predicate, object) in claims.values() {
            let role = predicate.and_then(|predicate| predicate.strip_prefix(NAMESPACE)).unwrap_or_default();
            if self.roles.iter().any(|wanted| wanted == role) {
                in_role.extend(*object);
            }
        }
        let kept = |iri: &str, names: &BTreeSet<String>| {
            self.keep.iter().any(|keep| keep == iri || names.iter().any(|name| name.eq_ignore_ascii_case(keep)))
        };
        of_class
            .into_iter()
            .filter(|iri| self.roles.is_empty() || in_role.contains(iri))
            // Who has a description only has no name to hide.
            .filter_map(|iri| {
                let mut all = names.get(iri)?.clone();
                all.extend(labels.get(iri).cloned());
                Some((iri.to_owned(), all))
            })
            .filter(|(iri, names)| !kept(iri, names))
            .collect()
    }

    /// Documents that go.
    fn left_out(&self, quads: &[Quad]) -> HashSet<String> {
        let mut gone: HashSet<String> = HashSet::new();
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let Term::Literal(literal) = &quad.object else { continue };
            let of_document = quad.predicate == property::SOURCE_PATH || quad.predicate == schema::HEADLINE;
            let named = |wanted: &String| literal.value().contains(wanted.as_str()) || subject.as_str() == wanted;
            if of_document && self.documents.iter().filter(|wanted| !wanted.is_empty()).any(named) {
                gone.insert(subject.as_str().to_owned());
            }
        }
        gone
    }
}

/// The facts that nobody supports but documents that go.
fn unsupported(quads: &[Quad], gone: &HashSet<String>) -> HashSet<Quad> {
    if gone.is_empty() {
        return HashSet::new();
    }
    let (lost, left) = (Said::by(quads, |graph| gone.contains(graph)), Said::by(quads, |graph| !gone.contains(graph)));
    quads.iter().filter(|quad| lost.supports(quad) && !left.supports(quad)).cloned().collect()
}

fn is_name(quad: &Quad) -> bool {
    [
        property::NAME,
        property::ALIAS,
        property::NICKNAME,
        property::GIVEN_NAME,
        property::FAMILY_NAME,
        property::PATRONYMIC,
        property::NISBA,
        property::KUNYA,
    ]
    .iter()
    .any(|name| quad.predicate == *name)
}

/// Whether a statement holds words of a document.
fn is_words(quad: &Quad) -> bool {
    [
        oa::EXACT,
        oa::PREFIX,
        oa::SUFFIX,
        property::CUE,
        property::SOURCE_WORDS,
        property::TRIGGER,
        property::TEXT,
        property::DURATION_TEXT,
    ]
    .iter()
    .any(|words| quad.predicate == *words)
}

/// Whether a word of a name is one by itself: "Tatari" and "تتري", not "al" or "the".
fn is_part(word: &str) -> bool {
    word.chars().count() >= SHORTEST && !word.starts_with(char::is_lowercase)
}

/// An IRI in the same folder that tells nothing.
fn redacted(iri: &str, pseudonym: &str) -> String {
    let folder = iri.strip_prefix(ID_NAMESPACE).and_then(|rest| rest.split('/').next()).unwrap_or("entity");
    format!("{ID_NAMESPACE}{folder}/redacted-{pseudonym}")
}

fn label(iri: &str) -> String {
    format!("[{}]", iri.rsplit("redacted-").next().unwrap_or_default())
}

/// The names and their parts, in any case; the longest first.
fn pattern(parts: &BTreeMap<String, String>) -> Result<Option<Regex>, PolicyError> {
    if parts.is_empty() {
        return Ok(None);
    }
    let mut longest: Vec<&String> = parts.keys().collect();
    longest.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let any: Vec<String> = longest.iter().map(|part| regex::escape(part)).collect();
    let pattern = RegexBuilder::new(&any.join("|")).case_insensitive(true).size_limit(1 << 30).build()?;
    Ok(Some(pattern))
}

/// The literal without names; none if it has none.
fn clean(literal: &Literal, pattern: &Regex, parts: &BTreeMap<String, String>) -> Option<Literal> {
    let value = literal.value();
    let clean = pattern.replace_all(value, |found: &Captures<'_>| {
        let word = &found[0];
        let at = found.get(0).map(|found| found.range()).unwrap_or_default();
        let joined =
            value[..at.start].ends_with(char::is_alphanumeric) || value[at.end..].starts_with(char::is_alphanumeric);
        if joined && word.is_ascii() && word.len() < CERTAIN {
            return word.to_owned();
        }
        parts.get(&word.to_lowercase()).cloned().unwrap_or_else(|| "[…]".to_owned())
    });
    if clean == value {
        return None;
    }
    Some(match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(clean, language),
        // What is no longer of its datatype is words.
        None => Literal::new_simple_literal(clean),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_from_every_text() {
        let parts: BTreeMap<String, String> =
            [("rana al-qasir", "[1]"), ("rana", "[…]"), ("qasir", "[…]"), ("قصير", "[…]")]
                .map(|(a, b)| (a.into(), b.into()))
                .into();
        let pattern = pattern(&parts).expect("small").expect("not empty");
        for (text, expected) in [
            ("RANA al-Qasir said", Some("[1] said")),
            ("https://x.example/rana-al_qasir.html", Some("https://x.example/[…]-al_[…].html")),
            ("Mrs Qasir's cell", Some("Mrs […]'s cell")),
            ("بالقصير", Some("بال[…]")),
            ("the piranah", None),
            ("nobody", None),
        ] {
            let clean = clean(&Literal::new_simple_literal(text), &pattern, &parts);
            assert_eq!(clean.as_ref().map(Literal::value), expected, "{text}");
        }
        assert!(is_part("Tatari") && is_part("تتري") && !is_part("al") && !is_part("the"));
    }

    #[test]
    fn a_wrong_policy_says_what_is_wrong() {
        for (text, expected) in [
            ("key = \"\"", "key is empty"),
            ("key = \"k\"\nname = []", "unknown field"),
            ("key = \"k\"\nnames = [\"Persn\"]", "no `Persn`"),
            ("key = \"k\"\nroles = [\"victim\"]", "no `victim`"),
            ("names", "hint"),
        ] {
            let error = Policy::parse(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
