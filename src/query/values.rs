//! Reading single values of nodes.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term};

use super::error::QueryError;
use super::find::label;
use crate::ontology::vocabulary::local_name;
use crate::store::GraphStore;

/// The first object of a subject and predicate in any graph, in order of text.
pub(super) fn one(
    store: &GraphStore,
    subject: NamedOrBlankNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<Option<Term>, QueryError> {
    let mut objects = Vec::new();
    for quad in store.database().quads_for_pattern(Some(subject), Some(predicate), None, None) {
        objects.push(quad?.object);
    }
    Ok(objects.into_iter().min_by_key(ToString::to_string))
}

/// The same where it is a node.
pub(super) fn node(
    store: &GraphStore,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<Option<NamedNode>, QueryError> {
    Ok(match one(store, subject.into(), predicate)? {
        Some(Term::NamedNode(node)) => Some(node),
        _ => None,
    })
}

/// The same where it is a literal.
pub(super) fn literal(
    store: &GraphStore,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<Option<String>, QueryError> {
    Ok(match one(store, subject.into(), predicate)? {
        Some(Term::Literal(value)) => Some(value.value().to_owned()),
        _ => None,
    })
}

/// The same where it is one of a closed list: `negative` for `isnad:polarity-negative`; empty where there is none.
pub(super) fn notation(
    store: &GraphStore,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<String, QueryError> {
    Ok(node(store, subject, predicate)?.map(|value| notation_of(value.as_ref())).unwrap_or_default())
}

/// The notation of a value of a closed list.
pub(super) fn notation_of(value: NamedNodeRef<'_>) -> String {
    local_name(value)
        .and_then(|local| local.split_once('-'))
        .map(|(_, notation)| notation.to_owned())
        .unwrap_or_default()
}

/// The name of a node, or its short IRI.
pub(super) fn name_of(store: &GraphStore, node: NamedNodeRef<'_>) -> Result<String, QueryError> {
    Ok(label(store, node)?.unwrap_or_else(|| super::shorten(node.as_str())))
}
