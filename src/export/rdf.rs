//! RDF formats: sorted, so that the same graph gives the same bytes.

use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, Quad};

use crate::ontology::vocabulary::PREFIXES;

/// The RDF format of a name as given on the command line.
///
/// ```
/// use isnad::export::rdf::format_named;
/// assert!(format_named("turtle").is_some());
/// assert!(format_named("svg").is_none());
/// ```
pub fn format_named(name: &str) -> Option<RdfFormat> {
    Some(match name {
        "turtle" => RdfFormat::Turtle,
        "ntriples" => RdfFormat::NTriples,
        "nquads" => RdfFormat::NQuads,
        "trig" => RdfFormat::TriG,
        "rdfxml" => RdfFormat::RdfXml,
        "jsonld" => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        _ => return None,
    })
}

/// Writes `quads` in the order given, with the project's prefixes.
///
/// Formats without graphs get the facts of the default graph, or every triple once where `claims` is
/// set; formats with graphs get everything.
///
/// # Errors
/// If the output cannot be written.
pub fn write(quads: &[Quad], format: RdfFormat, claims: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    if format.supports_datasets() {
        for quad in quads {
            writer.serialize_quad(quad)?;
        }
    } else {
        let mut triples: Vec<&Quad> =
            quads.iter().filter(|quad| claims || quad.graph_name == GraphName::DefaultGraph).collect();
        if claims {
            triples.sort_by_cached_key(|quad| {
                (quad.subject.to_string(), quad.predicate.as_str().to_owned(), quad.object.to_string())
            });
            triples.dedup_by(|one, other| {
                one.subject == other.subject && one.predicate == other.predicate && one.object == other.object
            });
        }
        for quad in triples {
            writer.serialize_triple(quad.as_ref())?;
        }
    }
    writer.finish()?.flush()
}
