//! IRIs and their short forms.

use oxigraph::model::NamedNode;

use super::error::{Kind, QueryError};
use crate::ontology::vocabulary::PREFIXES;

/// The short form of an IRI (`isnad:heldAt`), or the IRI itself.
///
/// ```
/// use isnad::query::shorten;
/// assert_eq!(shorten("https://w3id.org/isnad/ontology#heldAt"), "isnad:heldAt");
/// assert_eq!(shorten("https://w3id.org/isnad/id/city/geonames-170017"), "id:city/geonames-170017");
/// assert_eq!(shorten("urn:x"), "urn:x");
/// ```
pub fn shorten(iri: &str) -> String {
    let found = PREFIXES
        .iter()
        .filter_map(|(prefix, namespace)| iri.strip_prefix(namespace).map(|local| (prefix, local, namespace.len())));
    match found.max_by_key(|(_, _, length)| *length) {
        Some((prefix, local, _)) if !local.is_empty() => format!("{prefix}:{local}"),
        _ => iri.to_owned(),
    }
}

/// The IRI that a name with one of the known prefixes stands for; none if it has none of them.
///
/// ```
/// use isnad::query::unprefixed;
/// assert_eq!(unprefixed("isnad:heldAt").as_deref(), Some("https://w3id.org/isnad/ontology#heldAt"));
/// assert_eq!(unprefixed("Hama"), None);
/// ```
pub fn unprefixed(text: &str) -> Option<String> {
    PREFIXES.iter().find_map(|(prefix, namespace)| {
        text.strip_prefix(prefix)?.strip_prefix(':').map(|local| format!("{namespace}{local}"))
    })
}

/// The IRI that a short or long form stands for.
pub(super) fn expand(text: &str) -> Result<NamedNode, QueryError> {
    let bare = text.trim_start_matches('<').trim_end_matches('>');
    NamedNode::new(unprefixed(bare).unwrap_or_else(|| bare.to_owned()))
        .map_err(|_| QueryError(Kind::Iri(text.to_owned())))
}
