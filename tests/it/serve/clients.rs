//! Programs of others that ask the server: curl, SPARQLWrapper and rdflib.

use std::process::Command;

use super::http::Server;
use crate::readers::python;
use crate::support::{corpus, project, values};

#[test]
fn python_clients() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let script = project().join("tests/clients/ask.py");
    let done = Command::new(python()).arg(script).arg(server.base()).output().expect("Python runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told: serde_json::Value = serde_json::from_slice(&done.stdout).expect("a line of JSON");

    let cities = workspace.query("SELECT ?s { ?s a isnad:City } ORDER BY ?s");
    let expected: serde_json::Value = values(&cities, "s").into_iter().collect();
    assert!(cities.len() > 3);
    for way in ["json", "posted", "posted directly", "xml", "csv", "tsv", "store", "store triples", "store posted"] {
        assert_eq!(told[way], expected, "{way}");
    }
    for way in ["rdfxml", "turtle", "n3", "federated"] {
        assert_eq!(told[way], cities.len(), "{way}");
    }
    for way in ["ask", "entity", "service", "void"] {
        assert_eq!(told[way], true, "{way}");
    }
    let count = |graph: &str| {
        let counted = workspace.query(&format!("SELECT (COUNT(*) AS ?n) {{ {graph} }}"));
        counted[0]["n"].parse::<usize>().expect("a number")
    };
    assert_eq!(told["facts"], count("?s ?p ?o"));
    let document = told["document"].as_str().expect("an IRI");
    assert_eq!(told["graph"], count(&format!("GRAPH <{document}> {{ ?s ?p ?o }}")));
}

#[test]
fn curl() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let base = server.base();
    let cities = "query=SELECT ?name { ?c a isnad:City ; rdfs:label ?name } ORDER BY ?name";
    let expected = workspace.ok(&["query", "--format", "csv", &cities["query=".len()..]]);
    for line in [
        format!("curl -sfG {base}/sparql -H 'Accept: text/csv' --data-urlencode '{cities}'"),
        format!("curl -sf {base}/sparql -H 'Accept: text/csv' --data-urlencode '{cities}'"),
        format!("curl -sf --compressed {base}/sparql -H 'Accept: text/csv' --data-urlencode '{cities}'"),
        format!(
            "curl -sf {base}/sparql -H 'Accept: text/csv' -H 'Content-Type: application/sparql-query' --data '{}'",
            &cities["query=".len()..]
        ),
    ] {
        let ran = workspace.shell(&line);
        assert_eq!(ran.stdout, expected, "{line}: {ran:?}");
    }
}
