//! Who and what is named in the same documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Term};

use super::error::QueryError;
use crate::ontology::vocabulary::{property, schema};
use crate::store::GraphStore;

/// Entities of a document that are held against each other, where all pairs are asked for: those of fewest documents.
const MOST_OF_DOCUMENT: usize = 400;

/// Two entities that documents name together.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// IRI of the one; of the entity that was asked about.
    pub one: String,
    /// IRI of the other.
    pub other: String,
    /// How many documents name both; those that are copies of one text count once.
    pub documents: usize,
    /// The share of these among the documents that name either.
    pub jaccard: f64,
}

/// Pairs of entities that documents name together, those of most documents first, then those that are seldom named apart;
/// of one entity, or of all.
///
/// # Errors
/// If the database cannot be read.
pub fn named_together(store: &GraphStore, of: Option<NamedNodeRef<'_>>) -> Result<Vec<Together>, QueryError> {
    let copies = sources_of_copies(store)?;
    let default = Some(GraphNameRef::DefaultGraph);
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for quad in store.database().quads_for_pattern(None, Some(schema::MENTIONS), None, default) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(document), Term::NamedNode(entity)) = (quad.subject, quad.object) {
            let document = document.into_string();
            let source = copies.get(&document).cloned().unwrap_or(document);
            named.entry(source).or_default().insert(entity.into_string());
        }
    }
    let mut documents: HashMap<&str, usize> = HashMap::new();
    for entity in named.values().flatten() {
        *documents.entry(entity).or_default() += 1;
    }
    let mut pairs: HashMap<(&str, &str), usize> = HashMap::new();
    for entities in named.values() {
        if let Some(of) = of {
            if let Some(of) = entities.get(of.as_str()) {
                for other in entities.iter().filter(|other| *other != of) {
                    *pairs.entry((of, other)).or_default() += 1;
                }
            }
            continue;
        }
        let mut entities: Vec<&str> = entities.iter().map(String::as_str).collect();
        if entities.len() > MOST_OF_DOCUMENT {
            entities.sort_by_key(|entity| (documents[entity], *entity));
            entities.truncate(MOST_OF_DOCUMENT);
            entities.sort_unstable();
        }
        for (at, one) in entities.iter().enumerate() {
            for other in &entities[at + 1..] {
                *pairs.entry((one, other)).or_default() += 1;
            }
        }
    }
    let mut found: Vec<Together> = pairs
        .into_iter()
        .map(|((one, other), both)| Together {
            one: one.to_owned(),
            other: other.to_owned(),
            documents: both,
            jaccard: both as f64 / (documents[one] + documents[other] - both) as f64,
        })
        .collect();
    found.sort_by(|a, b| {
        let shares = b.jaccard.total_cmp(&a.jaccard);
        b.documents.cmp(&a.documents).then(shares).then_with(|| (&a.one, &a.other).cmp(&(&b.one, &b.other)))
    });
    Ok(found)
}

/// Document → the document that it is a copy of.
fn sources_of_copies(store: &GraphStore) -> Result<HashMap<String, String>, QueryError> {
    let mut sources = HashMap::new();
    for quad in store.database().quads_for_pattern(None, Some(property::COPY_OF), None, None) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(copy), Term::NamedNode(source)) = (quad.subject, quad.object) {
            sources.insert(copy.into_string(), source.into_string());
        }
    }
    Ok(sources)
}
