//! Entities by name, in any spelling that folds or sounds alike.

use std::collections::HashMap;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::error::QueryError;
use crate::gazetteer::Gazetteer;
use crate::ontology::Schema;
use crate::ontology::vocabulary::{local_name, property, schema};
use crate::store::GraphStore;
use crate::text::{fold, name_parts, skeleton};

/// The score of a name that only the gazetteer has.
const GAZETTEER_SCORE: f64 = 0.9;

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

/// Entities whose names are like `text`, best first; those of class `class` only, where given.
///
/// # Errors
/// If the database cannot be read.
pub fn find(store: &GraphStore, text: &str, class: Option<&str>) -> Result<Vec<Match>, QueryError> {
    let wanted = Wanted::new(text);
    let mut best: HashMap<NamedNode, (f64, String)> = HashMap::new();
    for predicate in [property::NAME, rdfs::LABEL, property::ALIAS, property::NICKNAME, property::DESCRIPTION] {
        for quad in store.database().quads_for_pattern(None, Some(predicate), None, Some(GraphNameRef::DefaultGraph)) {
            let quad = quad?;
            let (NamedOrBlankNode::NamedNode(entity), Term::Literal(name)) = (quad.subject, quad.object) else {
                continue;
            };
            let weight = if predicate == property::DESCRIPTION { 0.8 } else { 1.0 };
            let score = wanted.score(name.value()) * weight;
            if score > 0.0 {
                let known = best.entry(entity).or_insert((0.0, String::new()));
                if score > known.0 || (score == known.0 && name.value() < known.1.as_str()) {
                    *known = (score, name.value().to_owned());
                }
            }
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
            if let NamedOrBlankNode::NamedNode(entity) = quad?.subject {
                best.entry(entity).or_insert_with(|| (GAZETTEER_SCORE, hit.entry.name.clone()));
            }
        }
    }
    let mut matches = Vec::new();
    for (entity, (score, name)) in best {
        let classes = classes(store, entity.as_ref())?;
        let schema = Schema::embedded();
        if class.is_some_and(|wanted| !classes.iter().any(|class| schema.is_subclass(class, wanted)))
            || classes.is_empty()
        {
            continue;
        }
        let label = label(store, entity.as_ref())?.unwrap_or_else(|| name.clone());
        let documents = documents_with(store, entity.as_ref())?;
        matches.push(Match { label, class: classes[0].clone(), name, score, documents, entity });
    }
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
    let depth = |class: &String| Schema::embedded().superclasses(class).len();
    classes.sort_by(|one, other| depth(other).cmp(&depth(one)).then_with(|| one.cmp(other)));
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
}

impl Wanted {
    fn new(text: &str) -> Self {
        let parts = name_parts(text);
        Self { folded: fold(text), skeletons: parts.iter().map(|part| skeleton(part)).collect(), parts }
    }

    /// How like `name` is: 1 the same, 0.9 the same parts, 0.8 the same consonants, less where only
    /// some parts are shared; 0 where nothing is.
    fn score(&self, name: &str) -> f64 {
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
        let skeletons: Vec<String> = parts.iter().map(|part| skeleton(part)).collect();
        if skeletons == self.skeletons && skeletons.iter().any(|key| key.len() > 1) {
            return 0.85;
        }
        let shared =
            |own: &[String], other: &[String]| own.iter().filter(|part| part.len() > 1 && other.contains(part)).count();
        let same = shared(&self.parts, &parts);
        let alike = shared(&self.skeletons, &skeletons);
        let most = self.parts.len().max(parts.len()) as f64;
        if same == self.parts.len() {
            return 0.5 + 0.3 * same as f64 / most;
        }
        if alike == self.skeletons.len() {
            return 0.4 + 0.3 * alike as f64 / most;
        }
        if same > 0 && self.parts.len() > 1 { 0.3 * same as f64 / most } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn nearer_spellings_score_higher() {
        let wanted = Wanted::new("Ragheed al-Tatari");
        let names = ["ragheed AL TATARI", "Ragheed Tatari", "Raghid al-Tatri", "Tatari", "Bashar Barhoum"];
        let scores: Vec<f64> = names.iter().map(|name| wanted.score(name)).collect();
        assert!(scores.windows(2).all(|pair| pair[0] > pair[1] || pair[1] == 0.0), "{scores:?}");
        assert_eq!(scores[4], 0.0);
        assert_eq!(Wanted::new("").score("anything"), 0.0);
    }
}
