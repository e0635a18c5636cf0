//! RDF out and in again: every format says the same, and what is loaded is what was written.

use std::collections::BTreeSet;

use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::{GraphName, Quad};

use super::support::{Workspace, corpus, parse};

fn lines(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(ToString::to_string).collect()
}

/// The triples of quads, graphs left aside.
fn triples(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object)).collect()
}

#[test]
fn every_rdf_format_says_the_same() {
    let graph = corpus();
    let all = parse(RdfFormat::NQuads, &graph.export());
    let facts: Vec<Quad> = all.iter().filter(|quad| quad.graph_name == GraphName::DefaultGraph).cloned().collect();
    assert!(facts.len() > 500 && all.len() > 2 * facts.len(), "{} of {}", facts.len(), all.len());
    assert!(
        !all.iter().any(|quad| quad.to_string().contains("_:")),
        "no blank nodes, so that sets of lines can be compared"
    );
    for (name, format) in
        [("trig", RdfFormat::TriG), ("jsonld", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() })]
    {
        let parsed = parse(format, &graph.ok(&["export", "--format", name]));
        assert!(lines(&parsed) == lines(&all), "{name}");
    }
    for (name, format) in
        [("turtle", RdfFormat::Turtle), ("ntriples", RdfFormat::NTriples), ("rdfxml", RdfFormat::RdfXml)]
    {
        let parsed = parse(format, &graph.ok(&["export", "--format", name]));
        assert!(lines(&parsed) == lines(&facts), "{name}: the facts and nothing else");
        let parsed = parse(format, &graph.ok(&["export", "--format", name, "--claims"]));
        assert!(triples(&parsed) == triples(&all), "{name} --claims");
        assert_eq!(parsed.len(), triples(&parsed).len(), "{name} --claims: each once");
    }
}

#[test]
fn what_is_imported_is_what_was_exported() {
    let graph = corpus();
    let expected = graph.export();
    for (format, file) in [("nquads", "copy.nq"), ("trig", "copy.trig"), ("jsonld", "copy.jsonld")] {
        let workspace = Workspace::new();
        workspace.write(file, graph.ok(&["export", "--format", format]));
        workspace.ok(&["import", file]);
        assert!(workspace.export() == expected, "{format}");
        let rows = workspace.ask(&["captured-cities"]);
        assert_eq!(rows, graph.ask(&["captured-cities"]), "an imported graph answers as the built one does");
    }
}

#[test]
fn triples_go_to_a_graph_of_their_own() {
    let workspace = Workspace::new();
    workspace.write("note.ttl", "@prefix ex: <http://example.org/> . ex:a ex:b ex:c , \"d\" .");
    workspace.ok(&["import", "note.ttl"]);
    let quads = parse(RdfFormat::NQuads, &workspace.export());
    assert_eq!(quads.len(), 2);
    assert!(
        quads.iter().all(|quad| quad.graph_name != GraphName::DefaultGraph),
        "an import makes nothing a fact: {quads:?}"
    );
    workspace.ok(&["import", "note.ttl"]);
    assert_eq!(parse(RdfFormat::NQuads, &workspace.export()), quads, "twice is once");
}

#[test]
fn a_part_is_a_part_of_the_whole() {
    let graph = corpus();
    let all = lines(&parse(RdfFormat::NQuads, &graph.export()));
    let near =
        lines(&parse(RdfFormat::NQuads, &graph.ok(&["export", "--format", "nquads", "--root", "Insein Prison"])));
    assert!(!near.is_empty() && near.len() < all.len() / 2, "{} of {}", near.len(), all.len());
    assert!(near.is_subset(&all));
    assert!(!near.iter().any(|line| line.contains("sy-saydnaya-military-prison")), "another country");
}
