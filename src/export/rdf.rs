//! RDF formats: sorted, so that the same graph gives the same bytes, and streamed.

use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::GraphNameRef;

use super::statements::{Lines, Statements};
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

/// Writes the statements in their order, with the project's prefixes.
///
/// Formats without graphs get the facts of the default graph, or every triple once where `claims` is
/// set; formats with graphs get everything.
///
/// # Errors
/// If the statements cannot be read or the output cannot be written.
pub fn write(statements: &Statements<'_>, format: RdfFormat, claims: bool, out: &mut dyn Write) -> io::Result<()> {
    match format {
        RdfFormat::NQuads => return write_nquads(statements, out),
        RdfFormat::NTriples => return write_lines(chosen(statements, claims)?, b"", out),
        _ => {}
    }
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(&mut *out);
    if format.supports_datasets() {
        statements.each_graph(|name, lines| {
            lines.triples(|triple| writer.serialize_quad(triple.as_ref().in_graph(name)))
        })?;
    } else {
        chosen(statements, claims)?.triples(|triple| writer.serialize_triple(&triple))?;
    }
    writer.finish()?.flush()
}

/// What a format without graphs holds.
pub(super) fn chosen(statements: &Statements<'_>, claims: bool) -> io::Result<Lines> {
    if claims { statements.merged() } else { statements.facts() }
}

/// The statements are lines already: nothing is taken apart and put together again.
fn write_nquads(statements: &Statements<'_>, out: &mut dyn Write) -> io::Result<()> {
    statements.each_graph(|name, lines| {
        let graph = match name {
            GraphNameRef::DefaultGraph => String::new(),
            name => format!(" {name}"),
        };
        write_lines(lines, graph.as_bytes(), out)
    })?;
    out.flush()
}

fn write_lines(mut lines: Lines, graph: &[u8], out: &mut dyn Write) -> io::Result<()> {
    while let Some(line) = lines.next()? {
        out.write_all(line)?;
        out.write_all(graph)?;
        out.write_all(b" .\n")?;
    }
    out.flush()
}
