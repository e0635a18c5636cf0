//! IRIs of the graph's nodes.
//!
//! Ids are hashes over length-prefixed fields: no two lists of fields collide by joining.

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};

use crate::model::{DocumentId, EntityType};
use crate::ontology::vocabulary::ID_NAMESPACE;

/// The IRI of an entity with an id of its own: `…/id/city/geonames-170017`.
pub fn named(kind: EntityType, local: &str) -> String {
    let safe: String = local
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.') { letter } else { '-' })
        .collect();
    format!("{ID_NAMESPACE}{}/{safe}", folder(kind))
}

/// The IRI of an entity known by a hash over `fields`.
pub fn hashed(kind: EntityType, fields: &[&str]) -> String {
    format!("{ID_NAMESPACE}{}/{}", folder(kind), hash(fields))
}

/// The IRI of a node that is no entity: `…/id/claim/3f…`.
pub fn node(folder: &str, fields: &[&str]) -> String {
    format!("{ID_NAMESPACE}{folder}/{}", hash(fields))
}

/// The IRI of a document, which is also the name of its graph.
pub fn document(id: &DocumentId) -> String {
    document_with(id.as_str())
}

/// The same, of an id that was one before.
pub fn document_with(id: &str) -> String {
    format!("{ID_NAMESPACE}document/{id}")
}

/// The id of a document, of its IRI.
pub fn document_id(iri: &str) -> Option<&str> {
    iri.strip_prefix(ID_NAMESPACE)?.strip_prefix("document/")
}

/// The name of the graph that says which entities of all documents are one.
pub fn links() -> NamedNode {
    NamedNode::new_unchecked(format!("{ID_NAMESPACE}graph/links"))
}

/// The name of the graph of what follows from the facts.
pub fn inferred() -> NamedNode {
    NamedNode::new_unchecked(format!("{ID_NAMESPACE}graph/inferred"))
}

/// The IRI of a place in a document, by code points: `…/id/evidence/<document>-120-188`.
pub fn evidence(id: &DocumentId, start: usize, end: usize) -> String {
    evidence_in(id.as_str(), start, end)
}

/// The same, of an id that was one before.
pub fn evidence_in(id: &str, start: usize, end: usize) -> String {
    format!("{ID_NAMESPACE}evidence/{id}-{start}-{end}")
}

fn folder(kind: EntityType) -> String {
    kind.as_str().to_ascii_lowercase()
}

/// Sixteen hexadecimal digits that stand for fields.
pub(crate) fn hash(fields: &[&str]) -> String {
    crate::model::hex(&digest(fields)[..8])
}

/// The SHA-256 of fields that are told apart.
pub(crate) fn digest(fields: &[&str]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for field in fields {
        digest.update((field.len() as u64).to_le_bytes());
        digest.update(field.as_bytes());
    }
    digest.finalize().into()
}
