//! Saved questions, entities, documents, and what the server says of itself.

use oxigraph::io::RdfFormat;

use super::http::{Server, escaped};
use crate::support::{ID, Workspace, corpus, parse, rows};

#[test]
fn saved_questions_answer_as_on_the_command_line() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let listed = server.get("/ask", "application/json").json();
    let named = |name: &str| {
        let all = listed["questions"].as_array().expect("a list");
        all.iter().find(|question| question["name"] == name).expect("a question").clone()
    };
    assert_eq!(named("held-at")["parameters"][0]["class"], "Person");
    assert_eq!(named("held-at")["parameters"][0]["optional"], false);
    assert_eq!(named("disagree")["parameters"][0]["kind"], "text");
    let reply = server.get("/ask/captured-cities", "text/csv");
    assert_eq!(reply.text(), workspace.ok(&["ask", "captured-cities", "--format", "csv"]));
    let reply = server.get("/ask/held-at?person=Ragheed%20al-Tatari", "*/*");
    assert_eq!(rows(&reply.text()), workspace.ask(&["held-at", "person=Ragheed al-Tatari"]));
    assert!(reply.header("isnad-understood").starts_with("person = Ragheed al-Tatari (id:person/"), "{reply:?}");
    for (path, status, words) in [
        ("/ask/nothing", 404, &["nothing", "/ask lists them"][..]),
        ("/ask/held-at", 400, &["needs `person`", "/ask/held-at?person=PERSON"]),
        ("/ask/held-at?person=Nobody%20Whatever", 400, &["Nobody Whatever"]),
        ("/ask/held-at?person=id:x&person=id:y", 400, &["twice"]),
        ("/ask/held-at?x=y", 400, &["no parameter `x`"]),
        ("/ask/..%2f..%2fsecret", 404, &["no saved question"]),
    ] {
        server.get(path, "*/*").fails(status, words);
    }
    server.get("/ask/captured-cities", "text/turtle").fails(406, &["text/csv"]);
}

#[test]
fn entities_are_found_and_described() {
    let workspace = Workspace::new();
    workspace.write("a/one.txt", "Ragheed al-Tatari, a pilot, was held at Sednaya Prison.");
    workspace.write("a/two.txt", "Raghid Ahmad Tattari was freed from Saydnaya prison.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    let server = Server::start(&workspace, &[]);
    let found = server.get("/find?q=Ragheed+al-Tatari&type=Person", "*/*").json();
    let iri = found["found"][0]["iri"].as_str().expect("somebody").to_owned();
    assert_eq!(found["found"].as_array().map(Vec::len), Some(1), "{found}");
    let path = format!("/entity/{}", iri.trim_start_matches(ID));

    let dossier = server.get(&path, "application/json").json();
    let shown: serde_json::Value = serde_json::from_str(&workspace.ok(&["show", "--json", &iri])).expect("JSON");
    assert_eq!(dossier, shown);
    assert_eq!(server.get(&format!("/entity?iri={}", escaped(&iri)), "*/*").json(), shown);
    let turtle = server.get(&path, "text/turtle");
    assert_eq!(turtle.media(), "text/turtle");
    let triples = parse(RdfFormat::Turtle, &turtle.text());
    assert!(triples.iter().all(|quad| quad.subject.to_string() == format!("<{iri}>")) && triples.len() > 5);
    assert!(turtle.text().contains("isnad:heldAt"), "{}", turtle.text());

    // The IRI of the other document's spelling leads here.
    let merged = workspace.query("SELECT ?from { GRAPH ?g { ?from isnad:mergedInto ?to } }");
    let from = format!("/entity/{}", merged[0]["from"].trim_start_matches(ID));
    let see = server.get(&from, "text/turtle");
    assert_eq!((see.status, see.header("location")), (303, path.as_str()));

    let claim = &workspace.query("SELECT ?c { GRAPH ?g { ?c a isnad:Claim ; rdf:predicate isnad:heldAt } }")[0]["c"];
    let told = server.get(&format!("/entity/{}", claim.trim_start_matches(ID)), "*/*").json();
    assert!(told["quotes"][0]["quote"].as_str().is_some_and(|words| words.contains("was held at")), "{told}");

    for (path, status) in [
        ("/entity/person/none", 404),
        ("/entity/..%2f..%2fetc%2fpasswd", 404),
        ("/entity/%00", 400),
        ("/entity/%ff", 400),
        ("/entity/a%20b", 400),
        ("/entity?iri=", 400),
        ("/entity", 400),
        ("/find", 400),
        ("/find?q=%20", 400),
        ("/find?q=a&type=Nonsense", 400),
        ("/find?q=a&limit=-1", 400),
        ("/document/none", 404),
        ("/document/..%2f..%2fmanifest", 404),
        ("/nothing", 404),
    ] {
        server.get(path, "*/*").fails(status, &[]);
    }
    server.get(&path, "text/csv").fails(406, &["text/turtle"]);
    assert_eq!(server.get("/find?q=Nobody+at+all", "*/*").json()["found"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_document_is_its_text_and_what_was_found() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let documents = workspace.query("SELECT ?d { ?d isnad:sourcePath ?path } ORDER BY ?d");
    let id = documents[0]["d"].rsplit('/').next().expect("an id");
    let document = server.get(&format!("/document/{id}"), "application/json").json();
    assert_eq!(document["document"]["id"], format!("doc:{id}"));
    let text: Vec<char> = document["document"]["text"].as_str().expect("a text").chars().collect();
    let mentions = document["mentions"].as_array().expect("mentions");
    assert!(!mentions.is_empty());
    for mention in mentions {
        let at = |name: &str| mention[name].as_u64().expect("a number") as usize;
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(mention["text"], words);
    }
}

#[test]
fn the_server_describes_itself() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let service = parse(RdfFormat::Turtle, &server.get("/sparql", "text/turtle").text());
    let endpoint = service.iter().find(|quad| quad.predicate.as_str().ends_with("#endpoint")).expect("an endpoint");
    assert_eq!(endpoint.object.to_string(), format!("<{}/sparql>", server.base()));
    let void = parse(RdfFormat::RdfXml, &server.get("/.well-known/void", "application/rdf+xml").text());
    let triples = void.iter().find(|quad| quad.predicate.as_str().ends_with("void#triples")).expect("a count");
    assert_eq!(
        triples.object.to_string().split('"').nth(1),
        Some(workspace.export().lines().count().to_string().as_str())
    );
    server.get("/.well-known/void", "text/csv").fails(406, &["text/turtle"]);

    assert_eq!(server.get("/health", "*/*").json()["status"], "ok");
    server.query("SELECT", "*/*").fails(400, &[]);
    server.get("/entity/person/none", "*/*").fails(404, &[]);
    let metrics = server.get("/metrics", "*/*").text();
    for line in [
        "isnad_http_request_seconds_count{path=\"/sparql\",status=\"400\"} 1",
        "isnad_http_request_seconds_count{path=\"/entity/{*path}\",status=\"404\"} 1",
        "isnad_jobs_running 0",
    ] {
        assert!(metrics.lines().any(|known| known == line), "{line} is not in\n{metrics}");
    }
    for line in metrics.lines().filter(|line| !line.starts_with('#')) {
        assert!(line.rsplit_once(' ').is_some_and(|(_, value)| value.parse::<f64>().is_ok()), "{line}");
    }
    let index = server.get("/", "*/*").json();
    for path in index["paths"].as_object().expect("paths").keys().filter(|path| *path != "/document") {
        assert!(!matches!(server.get(path, "*/*").status, 404 | 405 | 500), "{path}");
    }
}

#[test]
fn pages_elsewhere_read_only_what_they_may() {
    let workspace = corpus();
    let server = Server::start(&workspace, &["--cors", "https://one.example", "--cors", "https://two.example"]);
    let origin = |server: &Server, method: &str, origin: &str| {
        let headers = [("Origin", origin), ("Access-Control-Request-Method", "POST")];
        let reply = server.request(method, "/sparql?query=ASK%7B%7D", &headers, b"");
        reply.header("access-control-allow-origin").to_owned()
    };
    for method in ["GET", "OPTIONS"] {
        assert_eq!(origin(&server, method, "https://two.example"), "https://two.example");
        assert_eq!(origin(&server, method, "https://three.example"), "");
        assert_eq!(origin(&server, method, "null"), "");
    }
    let preflight = server.request("OPTIONS", "/sparql", &[("Origin", "https://one.example")], b"");
    assert!(
        preflight.header("access-control-allow-methods").contains("POST")
            && preflight.header("vary").contains("origin")
    );
    let open = Server::start(&workspace, &["--cors", "*"]);
    assert_eq!(origin(&open, "GET", "https://three.example"), "*");
}
