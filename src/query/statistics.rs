//! What there is in a graph.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, Term};

use super::error::QueryError;
use crate::ontology::vocabulary::{local_name, property};
use crate::store::GraphStore;

/// Counts of a whole graph.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Statistics {
    /// Documents.
    pub documents: usize,
    /// Claims, accepted or not.
    pub claims: usize,
    /// Quads, facts included.
    pub quads: usize,
    /// Local name of a class of the ontology → nodes that are of it as a matter of fact.
    pub classes: BTreeMap<String, usize>,
    /// Year → documents that were published in it at the latest.
    pub documents_by_year: BTreeMap<String, usize>,
}

/// Counts what there is.
///
/// # Errors
/// If the database cannot be read.
pub fn statistics(store: &GraphStore) -> Result<Statistics, QueryError> {
    let facts = Some(GraphNameRef::DefaultGraph);
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for quad in store.database().quads_for_pattern(None, Some(rdf::TYPE), None, facts) {
        if let Term::NamedNode(class) = quad?.object
            && let Some(name) = local_name(class.as_ref())
        {
            *classes.entry(name.to_owned()).or_default() += 1;
        }
    }
    let mut documents_by_year: BTreeMap<String, usize> = BTreeMap::new();
    for quad in store.database().quads_for_pattern(None, Some(property::PUBLISHED_LATEST), None, facts) {
        if let Term::Literal(day) = quad?.object {
            *documents_by_year.entry(day.value().chars().take(4).collect()).or_default() += 1;
        }
    }
    Ok(Statistics {
        documents: store.documents(),
        claims: store.claims()?,
        quads: store.quads()?,
        classes,
        documents_by_year,
    })
}
