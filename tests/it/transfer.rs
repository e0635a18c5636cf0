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

/// What others know of two that a report names, and of one that none does.
const OTHERS: &str = r#"
    @prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    wd:Q9000001 wdt:P31 wd:Q5 ; rdfs:label "Daria Tatarian"@en, "داريا تاتاريان"@ar ; wdt:P569 "1971-01-01T00:00:00Z" .
    wd:Q9000002 wdt:P31 wd:Q5 ; rdfs:label "Wolfgang Ostermann"@en .
"#;
const ENTITIES: &str = concat!(
    r#"{"id": "d1", "schema": "Person", "properties": {"name": ["Darya Tatarian"], "position": ["teacher"]}}"#,
    "\n",
    r#"{"id": "m1", "schema": "Membership", "properties": {"member": ["d1"], "organization": ["o1"]}}"#,
    "\n",
    r#"{"id": "o1", "schema": "Organization", "properties": {"name": ["Harbour Teachers Union"]}}"#
);

#[test]
fn what_others_know_takes_part_in_linking() {
    let report = "Daria Tatarian, a member of the Harbour Teachers Union, was freed from Evin Prison.";
    let built = |steps: &[&[&str]]| {
        let workspace = Workspace::new();
        workspace.write("report.txt", report);
        workspace.write("others.ttl", OTHERS);
        workspace.write("entities.ftm", ENTITIES);
        steps.iter().for_each(|step| drop(workspace.ok(step)));
        workspace
    };
    let graph = built(&[&["build", "report.txt"], &["import", "others.ttl", "entities.ftm"]]);
    let other = built(&[&["import", "entities.ftm"], &["build", "report.txt"], &["import", "others.ttl"]]);
    assert_eq!(graph.export(), other.export(), "whatever comes first");
    let leads = |iri: &str| {
        let rows = graph.query(&format!("SELECT ?to {{ GRAPH ?g {{ <{iri}> isnad:mergedInto ?to }} }}"));
        rows.first().map(|row| row["to"].clone())
    };
    let own = leads("http://www.wikidata.org/entity/Q9000001").expect("she is the one of the report");
    assert!(own.starts_with("https://w3id.org/isnad/id/person/"), "ours stands for all: {own}");
    assert_eq!(leads("urn:ftm:d1").as_deref(), Some(own.as_str()));
    assert!(leads("urn:ftm:o1").is_some_and(|to| to.contains("/organization/")));
    assert_eq!(leads("http://www.wikidata.org/entity/Q9000002"), None);
    // Names that only others know are found too.
    for (text, iri) in [("داريا تاتاريان", own.as_str()), ("Ostermann", "http://www.wikidata.org/entity/Q9000002")]
    {
        let found = graph.ok(&["find", text, "--json"]);
        let first: serde_json::Value = serde_json::from_str(found.lines().next().expect("found")).expect("JSON");
        assert_eq!(first["iri"], iri, "{text}");
    }
    // What was loaded stays as it came, and is no fact.
    let asked = "SELECT ?v { GRAPH ?g { <urn:ftm:d1> <https://w3id.org/ftm#position> ?v } }";
    assert_eq!(graph.query(asked).len(), 1);
    assert!(graph.query("SELECT ?v { <urn:ftm:d1> ?p ?v }").is_empty());
    // Whose age in the report fits another birth is somebody else.
    let born = Workspace::new();
    born.write(
        "report.md",
        "---\ndate: 2024-12-09\n---\n\nDaria Tatarian, 34, was freed from Evin Prison on Sunday.\n",
    );
    born.write("others.ttl", OTHERS);
    born.ok(&["build", "report.md"]);
    born.ok(&["import", "others.ttl"]);
    assert!(born.query("SELECT ?to { GRAPH ?g { ?from isnad:mergedInto ?to } }").is_empty());
}

#[test]
fn entities_that_are_none_are_not_loaded() {
    let (workspace, before) = super::support::with_store();
    workspace.write("bad.ftm", "{\"id\": \"a\", \"schema\": \"Person\"}\nnothing");
    workspace.run(&["import", "bad.ftm"]).fails(2, &["bad.ftm", "line 2", "no JSON"]);
    workspace.write("x.zip", "PK");
    workspace.run(&["import", "x.zip"]).fails(2, &["x.zip", "neither an RDF format nor FollowTheMoney"]);
    assert_eq!(workspace.export(), before);
}
