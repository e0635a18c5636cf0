//! What somebody sees who has not asked for anything yet.

use std::collections::BinaryHeap;

use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Term};

use super::super::error::QueryError;
use super::Source;
use crate::ontology::Schema;
use crate::ontology::vocabulary::property;
use crate::store::GraphStore;

/// Entities of each kind that are shown.
const SHOWN: usize = 8;
/// Entities that are looked at for them.
const LOOKED_AT: usize = 400;
/// Documents that are shown.
const DOCUMENTS: usize = 8;
/// The kinds, as classes of the ontology.
const KINDS: [&str; 4] = ["Person", "Facility", "Organization", "Location"];

/// An entity of which many documents speak.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Spoken {
    /// Its IRI.
    pub iri: String,
    /// The name it is shown by.
    pub label: String,
    /// Local name of its most specific class.
    pub class: String,
    /// How many documents mention it.
    pub documents: u32,
}

/// The entities of which most documents speak, and the latest documents.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Overview {
    /// How many documents there are.
    pub documents: usize,
    /// Kind → entities of most documents.
    pub most_spoken_of: Vec<(&'static str, Vec<Spoken>)>,
    /// The documents that were published last.
    pub latest: Vec<Source>,
}

/// The entities of which most documents speak, by kind, and the latest documents.
///
/// # Errors
/// If the index of names or the database cannot be read.
pub fn overview(store: &GraphStore) -> Result<Overview, QueryError> {
    let schema = Schema::embedded();
    let mut most_spoken_of: Vec<(&'static str, Vec<Spoken>)> = KINDS.iter().map(|kind| (*kind, Vec::new())).collect();
    for named in store.most_named(LOOKED_AT)? {
        // A country is an agent and a location; it is shown once.
        let of = |kind: &str| named.classes.iter().any(|class| schema.is_subclass(class, kind));
        let place = most_spoken_of.iter_mut().find(|(kind, shown)| shown.len() < SHOWN && of(kind));
        if let (Some((_, shown)), Some(class), false) = (place, named.classes.first(), named.names.is_empty()) {
            shown.push(Spoken { class: class.clone(), iri: named.iri, label: named.label, documents: named.documents });
        }
    }
    most_spoken_of.retain(|(_, shown)| !shown.is_empty());
    Ok(Overview { documents: store.documents(), most_spoken_of, latest: latest(store)? })
}

fn latest(store: &GraphStore) -> Result<Vec<Source>, QueryError> {
    let facts = Some(GraphNameRef::DefaultGraph);
    // The earliest of those that are kept is the greatest here, and goes first.
    let mut kept = BinaryHeap::with_capacity(DOCUMENTS + 1);
    for quad in store.database().quads_for_pattern(None, Some(property::PUBLISHED_LATEST), None, facts) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(document), Term::Literal(day)) = (quad.subject, quad.object) {
            kept.push((std::cmp::Reverse(day.value().to_owned()), document.into_string()));
            if kept.len() > DOCUMENTS {
                kept.pop();
            }
        }
    }
    kept.into_sorted_vec()
        .into_iter()
        .map(|(_, document)| Source::of(store, NamedNodeRef::new_unchecked(&document)))
        .collect()
}
