//! RDF formats: sorted, so that the same graph gives the same bytes, and streamed.

use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, Literal, Term, Triple};

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
/// JSON-LD is written as it is expanded; [`jsonld`](super::jsonld) writes it to be read. Characters that XML cannot hold
/// are U+FFFD in RDF/XML.
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
        statements
            .each_graph(|name, lines| lines.triples(|triple| writer.serialize_quad(triple.as_ref().in_graph(name))))?;
    } else {
        let is_xml = format == RdfFormat::RdfXml;
        chosen(statements, claims)?.triples(|mut triple| {
            if is_xml {
                make_xml(&mut triple);
            }
            writer.serialize_triple(&triple)
        })?;
    }
    writer.finish()?.flush()
}

/// Puts U+FFFD in the place of characters that XML 1.0 cannot hold, not even by number.
fn make_xml(triple: &mut Triple) {
    let wrong = |letter: char| matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if let Term::Literal(literal) = &triple.object
        && literal.value().contains(wrong)
    {
        let value = literal.value().replace(wrong, "\u{fffd}");
        triple.object = match literal.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(value, language),
            None => Literal::new_typed_literal(value, literal.datatype()),
        }
        .into();
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;

    #[test]
    fn xml_holds_what_it_can() {
        let node = NamedNode::new_unchecked("urn:x");
        for (value, expected) in [("a\u{1}b\u{fffe}", "a\u{fffd}b\u{fffd}"), ("a\tb\n\r", "a\tb\n\r"), ("سجن", "سجن")]
        {
            for literal in
                [Literal::new_simple_literal(value), Literal::new_language_tagged_literal_unchecked(value, "en")]
            {
                let language = literal.language().map(str::to_owned);
                let mut triple = Triple::new(node.clone(), node.clone(), literal);
                make_xml(&mut triple);
                let Term::Literal(literal) = triple.object else { panic!("still a literal") };
                assert_eq!((literal.value(), literal.language()), (expected, language.as_deref()));
            }
        }
    }
}
