//! Terms of a sorted line, and their short forms.

use crate::ontology::vocabulary::PREFIXES;

/// Subject, predicate and object of a line of N-Triples without its dot.
pub(super) fn split(line: &str) -> Option<(&str, &str, &str)> {
    let (subject, rest) = line.split_once(' ')?;
    let (predicate, object) = rest.split_once(' ')?;
    Some((subject, predicate, object))
}

/// The IRI that a term of N-Triples writes out; none for a literal or blank node.
pub(super) fn iri(term: &str) -> Option<&str> {
    term.strip_prefix('<')?.strip_suffix('>')
}

/// Prefix and rest of an IRI in one of the project's namespaces.
pub(super) fn prefixed(iri: &str) -> Option<(&'static str, &str)> {
    let found = PREFIXES.iter().filter_map(|(prefix, namespace)| Some((*prefix, iri.strip_prefix(namespace)?)));
    found.min_by_key(|(_, local)| local.len()).filter(|(_, local)| !local.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_namespace_wins() {
        assert_eq!(prefixed("https://w3id.org/isnad/id/city/1"), Some(("id", "city/1")));
        assert_eq!(prefixed("https://w3id.org/isnad/id/"), None);
        assert_eq!(prefixed("urn:x"), None);
        assert_eq!(split("<a> <b> \"c d\"@en"), Some(("<a>", "<b>", "\"c d\"@en")));
        assert_eq!((iri("<a>"), iri("\"a\""), iri("_:a")), (Some("a"), None, None));
    }
}
