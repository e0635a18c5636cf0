//! `isnad validate`, held against a validator of other people.

use std::path::Path;

use serde_json::Value;

use super::readers::read;
use super::support::{Workspace, corpus, project};

/// Focus node and constraint of every result, by us.
fn ours(report: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(report).expect("JSON");
    let text = |result: &Value, key: &str| result[key].as_str().expect("text").to_owned();
    let results = report["results"].as_array().expect("results");
    let mut found: Vec<(String, String)> =
        results.iter().map(|result| (text(result, "focusNode"), text(result, "constraint"))).collect();
    found.sort();
    assert_eq!(report["conforms"], found.is_empty());
    found
}

/// The same by pySHACL.
fn theirs(quads: &Path, shapes: &Path) -> Vec<(String, String)> {
    let report = read("shacl.py", &[quads, &project().join("ontology/isnad.ttl"), shapes]);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let results = report["results"].as_array().expect("results");
    let mut found: Vec<(String, String)> = results.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect();
    found.sort();
    found
}

#[test]
fn what_is_built_conforms_and_others_agree() {
    let graph = corpus();
    let ran = graph.run(&["validate"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.starts_with("the graph conforms to"), "{ran:?}");
    let files = Workspace::new();
    let quads = files.write("graph.nq", graph.export());
    assert_eq!(theirs(&quads, &project().join("ontology/shapes.ttl")), []);
}

#[test]
fn what_is_wrong_is_told_and_others_agree() {
    let graph = corpus();
    let files = Workspace::new();
    let isnad = "https://w3id.org/isnad/ontology#";
    let a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
    let date = "<http://www.w3.org/2001/XMLSchema#date>";
    let wrong = [
        format!("<urn:claim> {a} <{isnad}Claim> <urn:g> ."),
        format!("<urn:person> {a} <{isnad}Person> ."),
        format!("<urn:person> {a} <{isnad}Prison> <urn:g> ."),
        format!("<urn:person> <{isnad}age> \"old\" ."),
        format!("<urn:city> {a} <{isnad}City> ."),
        "<urn:city> <http://www.w3.org/2000/01/rdf-schema#label> \"City\" .".to_owned(),
        "<urn:city> <https://schema.org/latitude> \"200\"^^<http://www.w3.org/2001/XMLSchema#integer> .".to_owned(),
        format!("<urn:event> {a} <{isnad}CustodyEvent> ."),
        format!("<urn:event> <{isnad}earliest> \"2024-12-09\"^^{date} ."),
        format!("<urn:event> <{isnad}latest> \"2024-12-08\"^^{date} <urn:g> ."),
        format!("<urn:event> <{isnad}facility> <urn:city> ."),
    ];
    let quads = format!("{}{}\n", graph.export(), wrong.join("\n"));
    let file = files.write("wrong.nq", quads);
    files.ok(&["import", "wrong.nq"]);
    let ran = files.run(&["validate", "--format", "json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let found = ours(&ran.stdout);
    for focus in ["<urn:claim>", "<urn:person>", "<urn:city>", "<urn:event>"] {
        assert!(found.iter().any(|(known, _)| known == focus), "{focus}: {found:?}");
    }
    assert!(found.iter().all(|(focus, _)| focus.starts_with("<urn:")), "{found:?}");
    assert_eq!(found, theirs(&file, &project().join("ontology/shapes.ttl")));
    let text = files.run(&["validate"]).stdout;
    for words in
        ["violation: urn:city schema:latitude “200”", "a claim rests on at least one piece of evidence", "latest"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let turtle = files.run(&["validate", "--format", "turtle"]).stdout;
    assert!(turtle.contains("sh:ValidationReport") && turtle.contains("sh:conforms false"), "{turtle}");
}

#[test]
fn own_shapes_and_wrong_ones() {
    let graph = corpus();
    let files = Workspace::new();
    let prefix = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix isnad: <https://w3id.org/isnad/ontology#> . ";
    let shapes = files.write(
        "own.ttl",
        format!("{prefix} <urn:s> sh:targetClass isnad:Event ; sh:property [ sh:path isnad:facility ; sh:maxCount 0 ; sh:severity sh:Warning ; sh:message \"no event is at a site\" ] ."),
    );
    let path = shapes.to_str().expect("a path");
    let found = ours(&graph.run(&["validate", "--shapes", path, "--format", "json"]).stdout);
    assert!(found.len() > 5, "{found:?}");
    let quads = files.write("graph.nq", graph.export());
    assert_eq!(found, theirs(&quads, &shapes));
    let text = graph.run(&["validate", "--shapes", path]);
    assert!(text.stdout.starts_with("warning: ") && text.stderr.contains("0 violations"), "{text:?}");
    for (name, content, words) in [
        (
            "sparql.ttl",
            format!("{prefix} <urn:s> sh:targetClass isnad:Event ; sh:sparql [ sh:select \"\" ] ."),
            "sh:sparql",
        ),
        ("broken.ttl", "<urn:s> <urn:p".to_owned(), "broken.ttl"),
    ] {
        let file = files.write(name, content);
        graph.run(&["validate", "--shapes", file.to_str().expect("a path")]).fails(2, &[name, words]).silent();
    }
    graph.run(&["validate", "--shapes", "nowhere.ttl"]).fails(2, &["nowhere.ttl", "--shapes"]).silent();
}
