//! Entities of single documents that share an IRI with others, and that somebody set apart.
//!
//! A rare name has one IRI in all documents. Where one of these means somebody else by it, a decision can speak of the
//! entity as that document has it, by an IRI of its own ([`apart()`]): from then on it is an entity like every other.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::decisions::Decisions;
use super::resolve::DocumentRecords;
use crate::claims::iri;
use crate::model::EntityType;

/// The IRI of what a document calls `local`, apart from what others call so; `document` is its id.
///
/// ```
/// use isnad::link::apart;
/// use isnad::model::EntityType;
/// let named = "https://w3id.org/isnad/id/person/3f2a";
/// assert_ne!(apart(EntityType::Person, "one", named), apart(EntityType::Person, "two", named));
/// ```
pub fn apart(kind: EntityType, document: &str, local: &str) -> String {
    iri::hashed(kind, &["apart", document, local])
}

/// Document → IRI in it → IRI apart, of what decisions speak of so.
pub type Apart = BTreeMap<String, BTreeMap<String, String>>;

/// The IRI of what a document calls `local`, as far as it was set apart.
pub(crate) fn own<'a>(apart: &'a Apart, document: &str, local: &'a str) -> &'a str {
    apart.get(document).and_then(|apart| apart.get(local)).map_or(local, String::as_str)
}

/// What `decisions` speak of by IRIs of single documents.
pub(super) fn decided(documents: &[&DocumentRecords], decisions: &Decisions) -> Apart {
    let named: BTreeSet<&str> = decisions.entities().collect();
    if named.is_empty() {
        return Apart::new();
    }
    let known: HashSet<&str> = documents
        .iter()
        .flat_map(|document| &document.records)
        .map(|record| record.local.as_str())
        .filter(|local| named.contains(local))
        .collect();
    if named.iter().all(|iri| known.contains(iri)) {
        return Apart::new();
    }
    let mut found = Apart::new();
    for document in documents {
        for record in &document.records {
            let iri = apart(record.kind, &document.document, &record.local);
            if named.contains(iri.as_str()) {
                found.entry(document.document.clone()).or_default().insert(record.local.clone(), iri);
            }
        }
    }
    found
}
