//! The formats on offer, each kind in order of preference.

use axum::http::HeaderMap;

use super::super::worker::{Accepted, Format};
use super::negotiate::Accept;

/// A media type by which a client may ask for a format, and the one by which the serializer knows it.
type Offer = (&'static str, &'static str);

const RESULTS: &[Offer] = &[
    ("application/sparql-results+json", "application/sparql-results+json"),
    ("application/json", "application/sparql-results+json"),
    ("application/sparql-results+xml", "application/sparql-results+xml"),
    ("application/xml", "application/sparql-results+xml"),
    ("text/csv", "text/csv"),
    ("text/tab-separated-values", "text/tab-separated-values"),
];

const RDF: &[Offer] = &[
    ("text/turtle", "text/turtle"),
    ("application/n-triples", "application/n-triples"),
    ("application/rdf+xml", "application/rdf+xml"),
    ("application/ld+json", "application/ld+json"),
    ("application/trig", "application/trig"),
    ("application/n-quads", "application/n-quads"),
    ("application/x-turtle", "text/turtle"),
    ("application/xml", "application/rdf+xml"),
    ("application/json", "application/ld+json"),
];

/// Media types of what is told in JSON of our own.
const JSON: &str = "application/json";

/// The media type of pages.
const PAGE: &str = "text/html";

/// The formats of a query's answer that suit the client.
pub(super) fn answers(headers: &HeaderMap) -> Accepted {
    let accept = Accept::of(headers);
    Accepted { results: format(&accept, RESULTS), rdf: format(&accept, RDF), json: false }
}

/// The format for triples that suits the client.
pub(super) fn rdf(headers: &HeaderMap) -> Accepted {
    Accepted { rdf: format(&Accept::of(headers), RDF), ..Accepted::default() }
}

/// JSON of our own, or triples, whatever suits the client better; JSON where both do.
pub(super) fn node(headers: &HeaderMap) -> Accepted {
    let accept = Accept::of(headers);
    let mut offers = vec![(JSON, JSON)];
    offers.extend(RDF.iter().filter(|(media, _)| *media != JSON));
    let chosen = format(&accept, &offers);
    let json = chosen.as_ref().is_some_and(|format| format.media == JSON);
    Accepted { results: None, rdf: chosen.filter(|_| !json), json }
}

/// Whether JSON of our own suits the client.
pub(super) fn takes_json(headers: &HeaderMap) -> bool {
    Accept::of(headers).best(&[JSON], |media| media).is_some()
}

/// Whether a client would rather have a page to look at than anything that a program reads.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    let data = [RESULTS, RDF].concat();
    let offers = data.iter().map(|(media, _)| *media).chain([PAGE]);
    Accept::of(headers).best(&offers.collect::<Vec<_>>(), |media| media).is_some_and(|media| *media == PAGE)
}

fn format(accept: &Accept, offers: &[Offer]) -> Option<Format> {
    let (media, known) = accept.best(offers, |(media, _)| media)?;
    let content_type = if media.starts_with("text/") { format!("{media}; charset=utf-8") } else { (*media).to_owned() };
    Some(Format { content_type, media: (*known).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::RdfFormat;
    use oxigraph::sparql::results::QueryResultsFormat;

    #[test]
    fn every_offer_has_a_serializer() {
        for (_, known) in RESULTS {
            assert!(QueryResultsFormat::from_media_type(known).is_some(), "{known}");
        }
        for (_, known) in RDF {
            assert!(RdfFormat::from_media_type(known).is_some(), "{known}");
        }
    }

    #[test]
    fn only_a_browser_gets_a_page() {
        for (accept, expected) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true),
            ("text/html", true),
            ("*/*", false),
            ("text/*", false),
            ("application/json", false),
            ("text/html;q=0.5, application/json", false),
            ("application/sparql-results+json,*/*;q=0.9", false),
            ("image/png", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.append("accept", accept.parse().expect("a value"));
            assert_eq!(wants_page(&headers), expected, "{accept}");
        }
    }

    #[test]
    fn a_node_is_json_unless_triples_suit_better() {
        for (accept, json, rdf) in [
            ("*/*", true, None),
            ("application/json", true, None),
            ("text/turtle", false, Some("text/turtle")),
            ("text/turtle;q=0.5, application/ld+json", false, Some("application/ld+json")),
            ("image/png", false, None),
        ] {
            let mut headers = HeaderMap::new();
            headers.append("accept", accept.parse().expect("a value"));
            let accepted = node(&headers);
            assert_eq!(
                (accepted.json, accepted.rdf.as_ref().map(|format| format.media.as_str())),
                (json, rdf),
                "{accept}"
            );
        }
    }
}
