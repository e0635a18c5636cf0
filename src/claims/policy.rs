//! Claims → accepted facts.

use std::collections::{HashMap, HashSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use serde::Deserialize;

use crate::model::{Modality, Polarity, Stance};
use crate::ontology::vocabulary::{class, geo, property, schema};

/// Which claims count as facts.
///
/// ```
/// use isnad::claims::Policy;
/// let strict = Policy::parse("polarity = ['positive']\nmodality = ['actual']\nminimum_confidence = 0.9").unwrap();
/// assert!(Policy::parse("modality = ['certain']").is_err());
/// # let _ = strict;
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    polarity: Vec<Polarity>,
    modality: Vec<Modality>,
    /// How everybody must stand to it through whom it came.
    #[serde(default = "asserted")]
    stance: Vec<Stance>,
    minimum_confidence: f64,
}

fn asserted() -> Vec<Stance> {
    vec![Stance::Asserts]
}

/// A policy that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("policy: {0}\nhint: see data/policy.toml for the keys")]
pub struct PolicyError(String);

impl Default for Policy {
    /// The policy of `data/policy.toml`.
    fn default() -> Self {
        Self::parse(include_str!("../../data/policy.toml")).expect("a test reads the embedded policy")
    }
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// If the text is not TOML with the keys of a policy, or the confidence is not between 0 and 1.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text).map_err(|error| PolicyError(error.to_string()))?;
        if !(0.0..=1.0).contains(&policy.minimum_confidence) {
            return Err(PolicyError(format!(
                "minimum_confidence is {}, not between 0 and 1",
                policy.minimum_confidence
            )));
        }
        Ok(policy)
    }

    fn accepts(&self, claim: &RawClaim, chains: &Chains<'_>) -> bool {
        let polarity =
            self.polarity.iter().any(|polarity| claim.polarity.as_deref() == Some(polarity.concept().as_str()));
        let modality =
            self.modality.iter().any(|modality| claim.modality.as_deref() == Some(modality.concept().as_str()));
        let stance = claim.attribution.iter().all(|attribution| chains.all(attribution, &self.stance));
        polarity && modality && stance && claim.confidence >= self.minimum_confidence
    }

    /// The plain facts that a document's graph supports, in order and each once.
    ///
    /// Facts are: the document and its entities as described, and the accepted claims; events only
    /// where their type is accepted, with their time and trigger.
    pub fn facts(&self, graph: &[Quad]) -> Vec<Triple> {
        let mut claims: HashMap<&str, RawClaim> = HashMap::new();
        let mut other: HashSet<&str> = HashSet::new();
        let mut events: HashSet<&str> = HashSet::new();
        for quad in graph {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            if quad.predicate == rdf::TYPE {
                match &quad.object {
                    Term::NamedNode(object) if *object == class::CLAIM => {
                        claims.entry(subject.as_str()).or_default();
                    }
                    Term::NamedNode(object) if NODES.contains(&object.as_ref()) => {
                        other.insert(subject.as_str());
                    }
                    _ => {}
                }
            } else if quad.predicate == property::ACCOUNT {
                events.insert(subject.as_str());
            }
        }
        for quad in graph {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            if let Some(claim) = claims.get_mut(subject.as_str()) {
                claim.read(quad);
            }
        }
        let chains = Chains::of(graph);
        let mut facts: Vec<Triple> = Vec::new();
        let mut accepted: HashSet<String> = HashSet::new();
        let mut nodes: Vec<&&str> = claims.keys().collect();
        nodes.sort_unstable();
        for node in nodes {
            let claim = &claims[*node];
            let Some(triple) = claim.triple().filter(|_| self.accepts(claim, &chains)) else { continue };
            if triple.predicate == rdf::TYPE {
                accepted.insert(node_of(&triple.subject).to_owned());
            }
            facts.push(triple);
        }
        // A role of an event that is not accepted is no fact either.
        facts.retain(|triple| {
            let subject = node_of(&triple.subject);
            !events.contains(subject) || accepted.contains(subject)
        });
        for quad in graph {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let name = subject.as_str();
            let kept = if events.contains(name) {
                accepted.contains(name)
            } else {
                !claims.contains_key(name) && !other.contains(name) && is_description(&quad.predicate)
            };
            if kept {
                facts.push(Triple::new(subject.clone(), quad.predicate.clone(), quad.object.clone()));
            }
        }
        let mut seen: HashSet<Triple> = HashSet::new();
        facts.retain(|triple| seen.insert(triple.clone()));
        facts
    }
}

fn node_of(subject: &NamedOrBlankNode) -> &str {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

/// Properties of documents and entities that are shown as facts; evidence stays in the document's graph.
fn is_description(predicate: &NamedNode) -> bool {
    [
        rdf::TYPE,
        rdfs::LABEL,
        property::NAME,
        property::DESCRIPTION,
        property::GEONAMES_ID,
        property::GAZETTEER_SOURCE,
        property::SHA256,
        property::SOURCE_PATH,
        property::READING,
        property::PUBLISHER_NAME,
        property::AUTHOR_NAME,
        property::ENCODING,
        schema::PUBLISHER,
        property::PUBLISHED_EARLIEST,
        property::PUBLISHED_LATEST,
        property::PUBLISHED_BASIS,
        schema::HEADLINE,
        schema::URL,
        schema::IN_LANGUAGE,
        schema::MENTIONS,
        schema::LATITUDE,
        schema::LONGITUDE,
        geo::AS_WKT,
    ]
    .contains(&predicate.as_ref())
}

/// Classes of nodes that say how something is known, and are no facts themselves.
const NODES: &[NamedNodeRef<'static>] =
    &[class::EVIDENCE, class::ATTRIBUTION, class::FIGURE, class::CUSTODY_EPISODE, class::CUSTODY_STEP];

/// What a claim node says.
#[derive(Debug, Default)]
struct RawClaim {
    subject: Option<NamedNode>,
    predicate: Option<NamedNode>,
    object: Option<Term>,
    polarity: Option<String>,
    modality: Option<String>,
    attribution: Vec<String>,
    confidence: f64,
}

/// Attributions with their stances, and through whom each came.
#[derive(Debug, Default)]
struct Chains<'a> {
    stance: HashMap<&'a str, &'a str>,
    via: HashMap<&'a str, &'a str>,
}

impl<'a> Chains<'a> {
    fn of(graph: &'a [Quad]) -> Self {
        let mut chains = Self::default();
        for quad in graph {
            let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (&quad.subject, &quad.object) else {
                continue;
            };
            if quad.predicate == property::STANCE {
                chains.stance.insert(subject.as_str(), object.as_str());
            } else if quad.predicate == property::VIA {
                chains.via.insert(subject.as_str(), object.as_str());
            }
        }
        chains
    }

    /// Whether every link from an attribution to the document has one of the stances.
    fn all(&self, attribution: &'a str, stances: &[Stance]) -> bool {
        let mut at = Some(attribution);
        let mut steps = 0;
        while let Some(node) = at.filter(|_| steps <= self.via.len()) {
            let known = self.stance.get(node);
            if known.is_some_and(|known| !stances.iter().any(|stance| stance.concept().as_str() == *known)) {
                return false;
            }
            at = self.via.get(node).copied();
            steps += 1;
        }
        true
    }
}

impl RawClaim {
    fn read(&mut self, quad: &Quad) {
        let node = || match &quad.object {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        };
        match quad.predicate.as_ref() {
            predicate if predicate == rdf::SUBJECT => self.subject = node(),
            predicate if predicate == rdf::PREDICATE => self.predicate = node(),
            predicate if predicate == rdf::OBJECT => self.object = Some(quad.object.clone()),
            predicate if predicate == property::POLARITY => self.polarity = node().map(|node| node.as_str().to_owned()),
            predicate if predicate == property::MODALITY => self.modality = node().map(|node| node.as_str().to_owned()),
            predicate if predicate == property::ATTRIBUTION => {
                self.attribution.extend(node().map(|node| node.as_str().to_owned()));
            }
            predicate if predicate == property::CONFIDENCE => {
                if let Term::Literal(literal) = &quad.object {
                    self.confidence = literal.value().parse().unwrap_or(0.0);
                }
            }
            _ => {}
        }
    }

    fn triple(&self) -> Option<Triple> {
        Some(Triple::new(self.subject.clone()?, self.predicate.clone()?, self.object.clone()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Reader;
    use crate::model::Document;

    fn facts(text: &str) -> Vec<String> {
        let annotations = Reader::default().read(Document::from_text("t", text));
        let graph = crate::claims::document_graph(&annotations);
        let mut facts: Vec<String> = Policy::default()
            .facts(&graph)
            .into_iter()
            .map(|fact| {
                format!(
                    "{} {}",
                    crate::ontology::vocabulary::local_name(fact.predicate.as_ref()).unwrap_or("-"),
                    fact.object
                )
            })
            .collect();
        facts.sort();
        facts
    }

    #[test]
    fn what_is_told_as_a_fact_is_one() {
        let found = facts("Ali Hassan was released from Evin Prison.");
        assert!(found.iter().any(|fact| fact.contains("Release")), "{found:?}");
        assert!(found.iter().any(|fact| fact.starts_with("releasedFrom")), "{found:?}");
    }

    #[test]
    fn what_did_not_happen_is_none() {
        for text in [
            "Ali Hassan was never released from Evin Prison.",
            "Ali Hassan was due to be released from Evin Prison.",
            "Ali Hassan was reportedly released from Evin Prison.",
            "Could Ali Hassan be released from Evin Prison?",
        ] {
            let found = facts(text);
            assert!(
                !found.iter().any(|fact| fact.contains("Release")
                    || fact.starts_with("releasedFrom")
                    || fact.starts_with("trigger")),
                "{text}: {found:?}"
            );
            assert!(found.iter().any(|fact| fact.contains("Ali Hassan")), "the man is there all the same: {found:?}");
        }
    }

    #[test]
    fn what_somebody_denies_or_cannot_verify_is_none() {
        let told = "Police said that Ali Hassan was released from Evin Prison.";
        assert!(facts(told).iter().any(|fact| fact.contains("Release")), "{:?}", facts(told));
        for denial in [
            "The army denied the report.",
            "The claim could not be independently verified.",
            "Lawyers rejected the claim.",
        ] {
            let text = format!("{told} {denial}");
            let found = facts(&text);
            assert!(
                !found.iter().any(|fact| fact.contains("Release") || fact.starts_with("releasedFrom")),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_policy_may_take_what_nobody_vouches_for() {
        let text =
            "polarity = ['positive']\nmodality = ['actual']\nminimum_confidence = 0.5\nstance = ['asserts', 'denies']";
        let lenient = Policy::parse(text).expect("reads");
        let told = "Police said that Ali Hassan was released from Evin Prison. The army denied the report.";
        let graph = crate::claims::document_graph(&Reader::default().read(Document::from_text("t", told)));
        let released =
            |policy: &Policy| policy.facts(&graph).iter().any(|fact| fact.object.to_string().contains("Release"));
        assert!(released(&lenient) && !released(&Policy::default()));
        assert!(Policy::parse(&text.replace("denies", "denied")).is_err());
    }
}
