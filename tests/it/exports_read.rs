//! Every format is read by a program of other people, which must find what the store has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oxigraph::io::RdfFormat;
use serde_json::Value;

use super::readers::read;
use super::support::{Graph, ISNAD, Workspace, corpus, parse, values};

const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";

/// Exports into a file of a workspace's own, and reads it.
#[track_caller]
fn exported(graph: &Workspace, into: &Workspace, arguments: &[&str], name: &str) -> std::path::PathBuf {
    let path = into.path(name);
    graph.ok(&[&["export", "-o", path.to_str().expect("a path"), "--format"], arguments].concat());
    path
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn count(graph: &Workspace, pattern: &str) -> u64 {
    let rows = graph.query(&format!("SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"));
    rows[0]["n"].parse().expect("a number")
}

#[test]
fn rdf_formats_are_one_graph() {
    let (graph, files) = (corpus(), Workspace::new());
    let formats = [
        ("nquads", "all.nq"),
        ("turtle", "facts.ttl"),
        ("ntriples", "facts.nt"),
        ("trig", "all.trig"),
        ("rdfxml", "facts.rdf"),
        ("jsonld", "all.jsonld"),
    ];
    let paths: Vec<_> = formats.iter().map(|(format, name)| exported(&graph, &files, &[format], name)).collect();
    let found = read("rdf.py", &paths.iter().map(|path| path.as_path()).collect::<Vec<_>>());
    let quads = Graph::of(&graph);
    let facts = quads.facts().count();
    assert_eq!(found["facts"], facts);
    assert_eq!(found["claims"], quads.quads.len() - facts);
    assert!(found["graphs"].as_u64() > Some(10), "{found}");
}

#[test]
fn json_ld_is_short() {
    let json = corpus().ok(&["export", "--format", "jsonld"]);
    assert!(json.contains("\"heldAt\":\"id:facility/"), "a property by its own name, its value as an IRI");
    assert!(json.contains("\"publishedLatest\":\"2024-12-09\""), "a day without its datatype");
    assert_eq!(json.matches("https://w3id.org/isnad/ontology#").count(), 1, "long names stand in the context alone");
}

#[test]
fn claims_are_reifiers_in_turtle_1_2() {
    let (graph, files) = (corpus(), Workspace::new());
    let quads = exported(&graph, &files, &["nquads"], "all.nq");
    let turtle = exported(&graph, &files, &["turtle12"], "all.ttl");
    let found = read("turtle12.py", &[&quads, &turtle]);
    let claims = count(&graph, "GRAPH ?g { ?x a isnad:Claim }");
    assert_eq!(found["reifiers"], claims);
    let accepted = found["accepted"].as_u64().expect("a number");
    assert!(accepted > 100 && accepted < claims, "some are accepted, some are not: {found}");
}

/// Subject, predicate, object and status.
type Edge = (String, String, String, String);

/// The labels that a graph file gives its nodes, and its edges, by IRI.
fn view(found: &Value) -> (BTreeMap<String, String>, BTreeSet<Edge>) {
    let nodes = found["nodes"].as_object().expect("nodes");
    let iri = |id: &str| text(&nodes[id], "iri").to_owned();
    let labels = nodes.values().map(|node| (text(node, "iri").to_owned(), text(node, "label").to_owned())).collect();
    let edges = found["edges"].as_array().expect("edges").iter().map(|edge| {
        (
            iri(text(edge, "source")),
            text(edge, "predicate").to_owned(),
            iri(text(edge, "target")),
            text(edge, "status").to_owned(),
        )
    });
    (labels, edges.collect())
}

#[test]
fn graph_files_have_the_entities_and_relations_of_the_store() {
    let (graph, files) = (corpus(), Workspace::new());
    let store = Graph::of(&graph);
    let mut views = Vec::new();
    for (format, name) in [("graphml", "all.graphml"), ("gexf", "all.gexf")] {
        let path = exported(&graph, &files, &[format, "--view", "all"], name);
        let found = read("graphs.py", &[&path]);
        let (labels, edges) = view(&found);
        for (iri, label) in &labels {
            let expected = store.objects(iri, LABEL);
            assert!(expected.is_empty() || expected.contains(label), "{format}: {iri} is {label}, not {expected:?}");
        }
        for predicate in ["heldAt", "releasedFrom", "captured"] {
            let facts: BTreeSet<(String, String)> = store
                .facts()
                .filter(|fact| fact.predicate.as_str() == format!("{ISNAD}{predicate}"))
                .map(|fact| (super::support::subject(fact), super::support::text(&fact.object)))
                .collect();
            let own: BTreeSet<(String, String)> = edges
                .iter()
                .filter(|(_, edge, _, status)| edge == predicate && status == "fact")
                .map(|(source, _, target, _)| (source.clone(), target.clone()))
                .collect();
            assert!(facts.is_subset(&own) && !facts.is_empty(), "{format}: {predicate}: {facts:?} {own:?}");
        }
        let weighed =
            found["edges"].as_array().expect("edges").iter().all(|edge| text(edge, "weight").parse::<f64>().is_ok());
        assert!(weighed, "{format}: every edge has a weight");
        views.push((labels, edges));
    }
    assert!(views[0] == views[1], "both files tell the same");
}

#[test]
fn gephi_gets_its_timeline() {
    let (graph, files) = (corpus(), Workspace::new());
    let path = exported(&graph, &files, &["gexf", "--view", "all"], "all.gexf");
    let found = read("graphs.py", &[&path]);
    let store = Graph::of(&graph);
    let mut dated = 0;
    for node in found["nodes"].as_object().expect("nodes").values() {
        let iri = text(node, "iri");
        for (attribute, property) in [("start", "earliest"), ("end", "latest")] {
            let expected = store.objects(iri, &format!("{ISNAD}{property}"));
            assert_eq!(expected.first().map_or("", String::as_str), text(node, attribute), "{attribute} of {iri}");
            dated += expected.len();
        }
    }
    assert!(dated > 50, "{dated}");
    let edges = found["edges"].as_array().expect("edges");
    assert!(edges.iter().filter(|edge| !text(edge, "end").is_empty()).count() > 20);
}

#[test]
fn follow_the_money_accepts_every_entity() {
    let (graph, files) = (corpus(), Workspace::new());
    let path = exported(&graph, &files, &["ftm"], "all.ftm.json");
    let found = read("ftm.py", &[&path]);
    assert_eq!(found["Article"], count(&graph, "?x a isnad:Document"));
    assert_eq!(found["Person"], count(&graph, "{ ?x a isnad:Person } UNION { GRAPH ?g { ?x a isnad:Person } }"));
    for schema in ["Organization", "Address", "Event", "UnknownLink"] {
        assert!(found[schema].as_u64() > Some(5), "{schema}: {found}");
    }
}

#[test]
fn tables_hold_what_the_store_has() {
    let (graph, files) = (corpus(), Workspace::new());
    let zip = read("tables.py", &[&exported(&graph, &files, &["csv"], "tables.zip")]);
    let folder = read("tables.py", &[&exported(&graph, &files, &["csv"], "tables")]);
    assert_eq!(zip, folder, "a folder and a zip hold the same");
    let rows = |name: &str| zip[name].as_array().unwrap_or_else(|| panic!("{name} is a table"));
    for (table, pattern) in [
        ("claims.csv", "GRAPH ?g { ?x a isnad:Claim }"),
        ("figures.csv", "GRAPH ?g { ?x a isnad:Figure }"),
        ("sources.csv", "?x a isnad:Document"),
    ] {
        assert_eq!(rows(table).len() as u64, count(&graph, pattern), "{table}");
    }
    let labels: BTreeSet<String> = rows("entities.csv").iter().map(|row| text(row, "label").to_owned()).collect();
    let known = values(
        &graph.query("SELECT ?l WHERE { ?x rdfs:label ?l . { ?x a isnad:Prison } UNION { ?x a isnad:City } }"),
        "l",
    );
    assert!(known.is_subset(&labels), "{:?}", known.difference(&labels));
    let quotes = rows("claims.csv").iter().filter(|row| !text(row, "quote").is_empty()).count();
    assert_eq!(quotes, rows("claims.csv").len(), "every claim has its words");
    assert!(rows("claims.csv").iter().any(|row| text(row, "accepted") == "yes"));
    assert!(rows("claims.csv").iter().any(|row| text(row, "accepted") == "no"));
    assert!(rows("events.csv").iter().any(|row| !text(row, "person").is_empty() && !text(row, "latest").is_empty()));
}

#[test]
fn neo4j_gets_nodes_and_relationships_that_fit() {
    let (graph, files) = (corpus(), Workspace::new());
    let tables = read("tables.py", &[&exported(&graph, &files, &["csv", "--tables", "neo4j"], "import")]);
    let (nodes, edges) =
        (tables["nodes.csv"].as_array().expect("nodes"), tables["relationships.csv"].as_array().expect("edges"));
    let ids: BTreeSet<&str> = nodes.iter().map(|node| text(node, "iri:ID")).collect();
    assert_eq!(ids.len(), nodes.len(), "every id once");
    assert!(edges.len() > 50);
    for edge in edges {
        assert!(ids.contains(text(edge, ":START_ID")) && ids.contains(text(edge, ":END_ID")), "{edge}");
        assert!(!text(edge, ":TYPE").is_empty());
    }
    let prison = nodes.iter().find(|node| text(node, "label") == "Saydnaya Military Prison").expect("the prison");
    assert_eq!(text(prison, ":LABEL"), "Resource;Prison;Facility;SpatialThing;Entity");
    let cypher = graph.ok(&["export", "--format", "cypher"]);
    let statements = cypher.lines().skip(1);
    assert_eq!(statements.clone().filter(|line| line.starts_with("MERGE")).count(), nodes.len());
    assert_eq!(statements.filter(|line| line.starts_with("MATCH")).count(), edges.len());
}

#[test]
fn maps_show_places_where_they_are() {
    let graph = corpus();
    let json: Value = serde_json::from_str(&graph.ok(&["export", "--format", "geojson"])).expect("JSON");
    let rows = graph.query("SELECT ?x ?lat ?long WHERE { ?x schema:latitude ?lat ; schema:longitude ?long }");
    let expected: BTreeMap<String, (f64, f64)> = rows
        .iter()
        .map(|row| (row["x"].clone(), (row["long"].parse().expect("degrees"), row["lat"].parse().expect("degrees"))))
        .collect();
    assert!(expected.len() > 20);
    let mut events = 0;
    for feature in json["features"].as_array().expect("features") {
        let at = &feature["geometry"]["coordinates"];
        let at = (at[0].as_f64().expect("degrees"), at[1].as_f64().expect("degrees"));
        let properties = &feature["properties"];
        if text(properties, "category") == "event" {
            events += 1;
            assert!(expected.values().any(|known| *known == at) && !text(properties, "positionOf").is_empty());
        } else {
            assert_eq!(expected.get(text(feature, "id")), Some(&at), "{feature}");
            let class = text(properties, "class");
            assert_eq!(
                properties["approximate"],
                !["Prison", "Airport", "Hospital"].contains(&class)
                    && !class.contains("Base")
                    && !class.contains("Branch"),
                "{feature}"
            );
        }
    }
    assert!(events > 3, "{events}");
}

#[test]
fn descriptions_count_what_there_is() {
    let (graph, files) = (corpus(), Workspace::new());
    let store = Graph::of(&graph);
    let void = graph.ok(&["export", "--format", "void"]);
    let quads = parse(RdfFormat::Turtle, &void.replace("<#", "<https://data.example/#"));
    let number = |subject: &str, predicate: &str| {
        let subject = format!("https://data.example/#{subject}");
        let predicate = format!("http://rdfs.org/ns/void#{predicate}");
        let found =
            quads.iter().find(|quad| super::support::subject(quad) == subject && quad.predicate.as_str() == predicate);
        super::support::text(&found.expect("a count").object).parse::<usize>().expect("a number")
    };
    assert_eq!(number("dataset", "triples"), store.quads.len());
    assert_eq!(number("facts", "triples"), store.facts().count());
    assert_eq!(number("dataset", "documents") as u64, count(&graph, "?x a isnad:Document"));
    let path = exported(&graph, &files, &["ro-crate"], "ro-crate-metadata.json");
    let crate_: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON");
    assert_eq!(crate_["@graph"][0]["about"]["@id"], "./");
    assert_eq!(crate_["@graph"][1]["temporalCoverage"].as_str().map(|text| text.len()), Some(21));
    for text in [void, crate_.to_string()] {
        assert!(!text.contains("license"), "whose licence it is, is not ours to say");
    }
}

/// A store with names that try to break out of every format.
fn hostile() -> Workspace {
    let workspace = Workspace::new();
    let long = "Yes ".repeat(2500);
    let titles =
        ["=HYPERLINK(\"http://x.example\")", "]]></data><x>", "a\u{1}b\u{1b}[31m\u{fffe}", "\"`;]|{}\\\n--", &long];
    let lines = titles.iter().enumerate().map(|(at, title)| {
        let text = format!("Ali Hassan{at} was released from Evin Prison on {} March 2024.", at + 1);
        serde_json::json!({"text": text, "title": title, "publisher": title, "url": format!("https://x.example/{at}")})
            .to_string()
    });
    workspace.write("evil.jsonl", lines.collect::<Vec<_>>().join("\n"));
    workspace.ok(&["build", "evil.jsonl"]);
    workspace
}

#[test]
fn hostile_names_break_no_reader() {
    let (graph, files) = (hostile(), Workspace::new());
    for (format, name) in [("graphml", "all.graphml"), ("gexf", "all.gexf")] {
        let found = read("graphs.py", &[&exported(&graph, &files, &[format, "--view", "all"], name)]);
        let documents: BTreeSet<&str> =
            found["edges"].as_array().expect("edges").iter().map(|edge| text(edge, "document")).collect();
        assert!(
            documents.contains("]]></data><x>") && documents.contains("=HYPERLINK(\"http://x.example\")"),
            "{documents:?}"
        );
    }
    let names = ["all.nq", "all.ttl", "all.nt", "all.trig", "all.rdf", "all.jsonld"];
    let formats = ["nquads", "turtle", "ntriples", "trig", "rdfxml", "jsonld"];
    let paths: Vec<_> =
        formats.iter().zip(names).map(|(format, name)| exported(&graph, &files, &[format], name)).collect();
    // XML 1.0 cannot hold every character: RDF/XML is read, but is not the same.
    let same: Vec<&Path> = paths.iter().map(|path| path.as_path()).filter(|path| !path.ends_with("all.rdf")).collect();
    read("rdf.py", &same);
    let nquads = graph.export();
    let replaced = nquads.replace("\\uFFFE", "\u{fffd}");
    assert_ne!(nquads, replaced, "something that XML cannot hold");
    read("rdf.py", &[&files.write("xml.nq", replaced), &paths[4]]);
    read("turtle12.py", &[&paths[0], &exported(&graph, &files, &["turtle12"], "twelve.ttl")]);
    read("ftm.py", &[&exported(&graph, &files, &["ftm"], "all.ftm.json")]);
    let tables = read("tables.py", &[&exported(&graph, &files, &["csv"], "tables.zip")]);
    let cells = tables.as_object().expect("tables").values().flat_map(|rows| rows.as_array().expect("rows"));
    let mut defused = 0;
    for (name, cell) in cells.flat_map(|row| row.as_object().expect("a row")) {
        let cell = cell.as_str().expect("a cell");
        let number = cell.parse::<f64>().is_ok();
        assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
        defused += usize::from(cell.starts_with("'=HYPERLINK"));
    }
    assert!(defused > 1, "{defused}");
    for format in ["cypher", "mermaid", "dot", "svg", "html", "geojson", "void", "ro-crate"] {
        graph.ok(&["export", "--format", format]);
    }
}
