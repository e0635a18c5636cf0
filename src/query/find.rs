//! Entities by name, in any spelling that folds or sounds alike.

use std::collections::HashMap;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::error::QueryError;
use crate::gazetteer::Gazetteer;
use crate::link::names::{self, Name, NameKind};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{local_name, property, schema};
use crate::store::GraphStore;
use crate::text::{fold, name_parts, skeleton};

/// The score of a name that only the gazetteer has.
const GAZETTEER_SCORE: f64 = 0.9;
/// The most that a description scores.
const DESCRIPTION_SCORE: f64 = 0.8;
/// The most that another spelling scores.
const SPELLED_SCORE: f64 = 0.9;
/// The score of a name with the same consonants that is no spelling of the same.
const OTHER_VOWELS_SCORE: f64 = 0.3;
/// Names that are less likely spellings of one are none.
const LIKELY: f64 = 0.5;
/// The score of a name of which the beginning is there.
const BEGUN_SCORE: f64 = 0.35;
/// Entities that are looked at.
const MOST: usize = 150;
/// The same where most may be of another class.
const MOST_OF_ALL_CLASSES: usize = 1_000;
/// Names that are compared part by part.
const MOST_COMPARED: usize = 80;

/// An entity that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Its IRI.
    pub entity: NamedNode,
    /// The name it is shown by.
    pub label: String,
    /// Local name of its most specific class.
    pub class: String,
    /// The name that matched.
    pub name: String,
    /// Between 0 and 1; 1 is the same name but for case, marks and hyphens.
    pub score: f64,
    /// How many documents mention it.
    pub documents: usize,
}

/// Entities whose names are like `text`, best first; those of class `class` only, where given. Names in any spelling and
/// script are compared, so far as they are in the store's index; of very many that are alike those of most documents come.
///
/// # Errors
/// If the index or the database cannot be read.
pub fn find(store: &GraphStore, text: &str, class: Option<&str>) -> Result<Vec<Match>, QueryError> {
    let schema = Schema::embedded();
    let fits = |classes: &[String]| match class {
        Some(wanted) => classes.iter().any(|class| schema.is_subclass(class, wanted)),
        None => !classes.is_empty(),
    };
    let mut wanted = Wanted::new(text);
    let mut matches: HashMap<String, Match> = HashMap::new();
    for named in store.named(text, if class.is_some() { MOST_OF_ALL_CLASSES } else { MOST })? {
        if !fits(&named.classes) {
            continue;
        }
        let all = named.names.iter().map(|name| (name, 1.0));
        let all = all.chain(named.descriptions.iter().map(|name| (name, DESCRIPTION_SCORE)));
        let kind = named.kind();
        let best = all
            .map(|(name, weight)| (wanted.score(name, kind) * weight, name))
            .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(one.1)));
        if let Some((score, name)) = best.filter(|(score, _)| *score > 0.0) {
            let found = Match {
                entity: NamedNode::new_unchecked(named.iri.as_str()),
                label: named.label.clone(),
                class: named.classes[0].clone(),
                name: name.clone(),
                score,
                documents: named.documents as usize,
            };
            matches.insert(named.iri, found);
        }
    }
    // Names that no document uses, in other scripts too: the gazetteer knows them.
    for hit in Gazetteer::embedded().lookup(text) {
        let key = Literal::new_simple_literal(hit.entry.key.as_str());
        for quad in store.database().quads_for_pattern(
            None,
            Some(property::GAZETTEER_SOURCE),
            Some((&key).into()),
            Some(GraphNameRef::DefaultGraph),
        ) {
            let NamedOrBlankNode::NamedNode(entity) = quad?.subject else { continue };
            if matches.get(entity.as_str()).is_some_and(|found| found.score >= GAZETTEER_SCORE) {
                continue;
            }
            let classes = classes(store, entity.as_ref())?;
            if !classes.is_empty() && fits(&classes) {
                let name = hit.entry.name.clone();
                let found = Match {
                    label: label(store, entity.as_ref())?.unwrap_or_else(|| name.clone()),
                    class: classes[0].clone(),
                    name,
                    score: GAZETTEER_SCORE,
                    documents: documents_with(store, entity.as_ref())?,
                    entity: entity.clone(),
                };
                matches.insert(entity.into_string(), found);
            }
        }
    }
    let mut matches: Vec<Match> = matches.into_values().collect();
    matches.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(other.documents.cmp(&one.documents))
            .then_with(|| one.entity.as_str().cmp(other.entity.as_str()))
    });
    Ok(matches)
}

/// How many documents mention an entity.
///
/// # Errors
/// If the database cannot be read.
pub fn documents_with(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<usize, QueryError> {
    let default = Some(GraphNameRef::DefaultGraph);
    let mut documents = 0;
    for quad in store.database().quads_for_pattern(None, Some(schema::MENTIONS), Some(entity.into()), default) {
        quad?;
        documents += 1;
    }
    Ok(documents)
}

/// Local name of the most specific class of an entity.
///
/// # Errors
/// If the database cannot be read.
pub fn class_of(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Option<String>, QueryError> {
    Ok(classes(store, entity)?.into_iter().next())
}

/// Local names of an entity's classes, most specific first.
pub(super) fn classes(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Vec<String>, QueryError> {
    let mut classes = Vec::new();
    for quad in
        store.database().quads_for_pattern(Some(entity.into()), Some(rdf::TYPE), None, Some(GraphNameRef::DefaultGraph))
    {
        if let Term::NamedNode(class) = quad?.object
            && let Some(local) = local_name(class.as_ref())
        {
            classes.push(local.to_owned());
        }
    }
    Schema::embedded().sort_by_depth(&mut classes);
    Ok(classes)
}

/// The name an entity is shown by.
///
/// # Errors
/// If the database cannot be read.
pub fn label(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Option<String>, QueryError> {
    let labels = store.database().quads_for_pattern(
        Some(entity.into()),
        Some(rdfs::LABEL),
        None,
        Some(GraphNameRef::DefaultGraph),
    );
    let mut names = Vec::new();
    for quad in labels {
        if let Term::Literal(name) = quad?.object {
            names.push(name.value().to_owned());
        }
    }
    Ok(names.into_iter().min())
}

/// A name that is looked for, prepared once.
struct Wanted {
    folded: String,
    parts: Vec<String>,
    skeletons: Vec<String>,
    /// Read as a name of each kind.
    read: [(NameKind, Name); 3],
    /// Names that may still be compared part by part, which takes long.
    left: usize,
}

impl Wanted {
    fn new(text: &str) -> Self {
        let parts = name_parts(text);
        let read = [NameKind::Person, NameKind::Organization, NameKind::Facility];
        let read = read.map(|kind| (kind, Name::parse(text, kind)));
        let skeletons = parts.iter().map(|part| skeleton(part)).collect();
        Self { folded: fold(text), skeletons, parts, read, left: MOST_COMPARED }
    }

    /// How like `name` is: 1 the same, 0.95 the same parts, less the less likely it is a spelling of the same, or the fewer
    /// parts are shared; 0 where nothing is.
    fn score(&mut self, name: &str, kind: Option<NameKind>) -> f64 {
        if self.folded.is_empty() {
            return 0.0;
        }
        if fold(name) == self.folded {
            return 1.0;
        }
        let parts = name_parts(name);
        if parts == self.parts {
            return 0.95;
        }
        let spelled = self.spelled(name, kind);
        let skeletons: Vec<String> = parts.iter().map(|part| skeleton(part)).collect();
        if skeletons == self.skeletons && skeletons.iter().any(|key| key.len() > 1) {
            // The same consonants: "Mahmoud" and "Mohammed", where names are compared more closely.
            return if spelled == Some(0.0) { OTHER_VOWELS_SCORE } else { spelled.unwrap_or_default().max(0.85) };
        }
        let shared =
            |own: &[String], other: &[String]| own.iter().filter(|part| part.len() > 1 && other.contains(part)).count();
        let same = shared(&self.parts, &parts);
        let alike = shared(&self.skeletons, &skeletons);
        let most = self.parts.len().max(parts.len()) as f64;
        let by_parts = if same == self.parts.len() {
            0.5 + 0.3 * same as f64 / most
        } else if alike == self.skeletons.len() {
            0.4 + 0.3 * alike as f64 / most
        } else if same > 0 && self.parts.len() > 1 {
            0.3 * same as f64 / most
        } else if self.begins(&parts) {
            BEGUN_SCORE
        } else {
            0.0
        };
        by_parts.max(spelled.unwrap_or_default())
    }

    /// How likely `name` is a spelling of the same; none where that is not compared.
    fn spelled(&mut self, name: &str, kind: Option<NameKind>) -> Option<f64> {
        let (_, read) = self.read.iter().find(|(known, _)| Some(*known) == kind).filter(|_| self.left > 0)?;
        self.left -= 1;
        let likely = names::score(read, &Name::parse(name, read.kind()));
        Some(if likely >= LIKELY { SPELLED_SCORE * likely } else { 0.0 })
    }

    /// Whether the parts are there but for the end of the last one, which somebody may still be writing.
    fn begins(&self, parts: &[String]) -> bool {
        let Some((last, before)) = self.parts.split_last() else { return false };
        before.iter().all(|part| parts.contains(part)) && parts.iter().any(|part| part.starts_with(last.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearer_spellings_score_higher() {
        let mut wanted = Wanted::new("Ragheed al-Tatari");
        let names = ["ragheed AL TATARI", "Ragheed Tatari", "Raghid al-Tatri", "Tatari", "Bashar Barhoum"];
        let scores: Vec<f64> = names.iter().map(|name| wanted.score(name, None)).collect();
        assert!(scores.windows(2).all(|pair| pair[0] > pair[1] || pair[1] == 0.0), "{scores:?}");
        assert_eq!(scores[4], 0.0);
        assert!(wanted.score("Righid Tattary", Some(NameKind::Person)) > 0.7);
        assert_eq!(wanted.score("Bashar Barhoum", Some(NameKind::Person)), 0.0);
        let mut wanted = Wanted::new("Muhammad Hasan");
        let (right, wrong) = ("Mohammed al-Hassan", "Mahmoud Hasan");
        assert!(wanted.score(right, Some(NameKind::Person)) > wanted.score(wrong, Some(NameKind::Person)) + 0.2);
        assert!(Wanted::new("Ragheed Tat").score("Ragheed al-Tatari", None) > 0.0);
        assert_eq!(Wanted::new("").score("anything", None), 0.0);
    }
}
