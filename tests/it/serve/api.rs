//! What the pages ask for, held against the graph itself; and who gets a page.

use std::collections::BTreeSet;

use serde_json::Value;

use super::http::{Server, escaped};
use crate::support::{ID, ISNAD, Workspace, corpus, values};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("`{name}` is no list in {value}"))
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("`{name}` is no text in {value}"))
}

fn found(server: &Server, name: &str) -> String {
    let hits = server.get(&format!("/api/search?q={}", escaped(name)), "*/*").json();
    text(&hits[0], "iri").to_owned()
}

#[test]
fn a_browser_gets_a_page_and_a_program_its_data() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    for path in ["/", "/ask", "/ask/held-at", "/find?q=x", "/sparql", "/entity/person/none", "/document/none", "/help"]
    {
        let page = server.get(path, BROWSER);
        assert_eq!((page.status, page.media()), (200, "text/html"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert!(page.header("vary").contains("accept"));
        if path != "/help" {
            assert_ne!(server.get(path, "application/json").media(), "text/html", "{path}");
            assert_ne!(server.get(path, "*/*").media(), "text/html", "{path}");
        }
    }
    // Nothing is hidden behind a page: who may not ask is told so.
    let elsewhere = server.request("GET", "/", &[("Accept", BROWSER), ("Host", "evil.example")], b"");
    assert_eq!(elsewhere.status, 421);
    server.request("POST", "/", &[("Accept", BROWSER)], b"x").fails(405, &[]);
    for path in ["/assets/none.js", "/assets/", "/assets/..%2findex.html", "/assets/%2e%2e"] {
        assert_eq!(server.get(path, "*/*").status, 404, "{path}");
    }
}

#[test]
fn the_page_is_the_same_in_every_encoding_and_is_kept() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let page = server.get("/", BROWSER);
    let tag = page.header("etag").to_owned();
    if tag.is_empty() {
        assert!(page.text().contains("make web"), "a build without pages says how to get them: {page:?}");
        return;
    }
    let html = page.text();
    let script = html.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a script");
    let plain = server.get(script, "*/*");
    assert_eq!(plain.media(), "text/javascript");
    assert!(plain.header("cache-control").contains("immutable"));
    for encoding in ["br", "gzip"] {
        let packed = server.request("GET", script, &[("Accept-Encoding", encoding)], b"");
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(packed.body.len() * 2 < plain.body.len(), "{encoding}");
    }
    let known = server.request("GET", "/", &[("Accept", BROWSER), ("If-None-Match", &tag)], b"");
    assert_eq!((known.status, known.body.len()), (304, 0));
    let other = server.request("GET", "/", &[("Accept", BROWSER), ("If-None-Match", "\"other\"")], b"");
    assert_eq!(other.status, 200);
    // Everything that the page loads comes from here.
    let elsewhere: Vec<&str> =
        html.split(['"', '\'']).filter(|part| part.starts_with("http") || part.starts_with("//")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[test]
fn a_search_tells_one_from_another() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let hits = server.get("/api/search?q=raghid+tatary&type=Person", "*/*").json();
    let person = &hits[0];
    assert_eq!((text(person, "label"), text(person, "class")), ("Ragheed al-Tatari", "Person"));
    let documents = workspace.query(&format!("SELECT ?d {{ ?d schema:mentions <{}> }}", text(person, "iri")));
    assert_eq!(person["documents"], documents.len());
    let places: BTreeSet<String> = values(
        &workspace.query(&format!(
            "SELECT ?name {{ <{}> isnad:heldAt ?site . ?site isnad:name ?any ; rdfs:label ?name }}",
            text(person, "iri")
        )),
        "name",
    );
    let told = list(person, "places");
    assert!(!told.is_empty() && told.iter().all(|place| places.contains(place.as_str().expect("a name"))), "{told:?}");
    assert!(text(person, "earliest") < text(person, "latest"), "{person}");
    assert_eq!(server.get("/api/search?q=a&limit=1", "*/*").json().as_array().map(Vec::len), Some(1));
    assert_eq!(server.get("/api/search?q=qqqzzz", "*/*").json(), Value::Array(Vec::new()));
    for (path, status) in [
        ("/api/search", 400),
        ("/api/search?q=", 400),
        ("/api/search?q=a&type=Nonsense", 400),
        ("/api/search?q=a&limit=many", 400),
        ("/api/entity", 400),
        ("/api/entity?iri=none", 400),
        ("/api/entity?iri=id%3Ax%20y", 400),
        (&format!("/api/entity?iri={ID}person/none"), 404),
        ("/api/document?iri=https://example.org/", 404),
        (&format!("/api/document?iri={ID}document/..%2f..%2fmanifest"), 404),
        ("/api/evidence?predicate=x", 400),
        ("/api/nothing", 404),
    ] {
        server.get(path, "*/*").fails(status, &[]);
    }
}

#[test]
fn an_entity_is_what_the_graph_says_of_it() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let iri = found(&server, "Ragheed al-Tatari");
    let profile = server.get(&format!("/api/entity?iri={}", escaped(&iri)), "*/*").json();
    let ask = |pattern: &str| values(&workspace.query(&format!("SELECT ?x {{ {pattern} }}")), "x");
    let told = |name: &str, part: &str| -> BTreeSet<String> {
        list(&profile, name).iter().map(|one| text(one, part).to_owned()).collect()
    };
    assert_eq!(told("names", "text"), ask(&format!("<{iri}> isnad:name|isnad:description ?x")));
    assert_eq!(told("sources", "iri"), ask(&format!("?x schema:mentions <{iri}>")));
    assert_eq!(
        told("events", "iri"),
        ask(&format!("GRAPH ?g {{ ?c rdf:subject ?x ; rdf:object <{iri}> }} FILTER(CONTAINS(STR(?x), '/event/'))"))
    );
    assert_eq!(profile["events_total"], list(&profile, "events").len());
    for relation in list(&profile, "relations") {
        let (property, inverse) = (text(relation, "property"), relation["inverse"] == true);
        let others: BTreeSet<String> =
            list(relation, "others").iter().map(|other| text(other, "iri").to_owned()).collect();
        let pattern = match inverse {
            true => format!("?x isnad:{property} <{iri}>"),
            false => format!("<{iri}> isnad:{property} ?x"),
        };
        assert_eq!(others, ask(&pattern), "{property}");
    }
    let steps: usize = list(&profile, "custody").iter().map(|episode| list(episode, "steps").len()).sum();
    let known = ask(&format!("GRAPH ?g {{ ?e isnad:episodePerson <{iri}> ; isnad:episodeStep ?x }}"));
    assert!(steps > 3 && steps == known.len(), "{steps} of {}", known.len());
    // "Was never tried" is told as what it is.
    let trial = list(&profile, "events").iter().find(|event| event["class"] == "Trial").expect("a trial");
    assert_eq!(text(trial, "polarity"), "negative");
}

#[test]
fn evidence_is_the_words_in_their_place() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let iri = found(&server, "Ragheed al-Tatari");
    let path = format!("/api/evidence?subject={}&predicate={}", escaped(&iri), escaped(&format!("{ISNAD}heldAt")));
    let evidence = server.get(&path, "*/*").json();
    let places = list(&evidence, "places");
    assert!(places.len() > 1 && evidence["total"] == places.len(), "{evidence}");
    for place in places {
        let document = server.get(&format!("/api/document?iri={}", escaped(text(place, "document"))), "*/*").json();
        let letters: Vec<char> = text(&document, "text").chars().collect();
        let at = |name: &str| place[name].as_u64().expect("a number") as usize;
        let quote: String = letters[at("start")..at("end")].iter().collect();
        assert_eq!(quote, text(place, "quote"));
        let whole = format!("{}{}{}", text(place, "before"), quote, text(place, "after"));
        assert!(text(&document, "text").contains(&whole), "{whole}");
        for statement in list(place, "statements") {
            assert_eq!(text(statement, "property"), "heldAt");
        }
        let chains = list(place, "chains");
        assert!(
            !chains.is_empty() && chains.iter().all(|chain| chain.as_array().is_some_and(|chain| !chain.is_empty()))
        );
    }
    let one = text(&list(&places[0], "statements")[0], "node");
    let narrower = server.get(&format!("{path}&object={}", escaped(one)), "*/*").json();
    assert!(list(&narrower, "places").len() < places.len());
    let nothing = server.get(&format!("{path}&object=nothing"), "*/*").json();
    assert_eq!((nothing["total"].as_u64(), list(&nothing, "places").len()), (Some(0), 0));
}

#[test]
fn a_document_leads_to_the_nodes_of_the_graph() {
    let workspace = Workspace::new();
    workspace.write("a/one.txt", "Ragheed al-Tatari, a pilot, was held at Sednaya Prison. Nothing else is known.");
    workspace.write("a/two.txt", "Raghid Ahmad Tattari was freed from Saydnaya prison. He was never tried.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    let server = Server::start(&workspace, &[]);
    let person = found(&server, "Ragheed al-Tatari");
    let documents = workspace.query("SELECT ?x ?path { ?x isnad:sourcePath ?path } ORDER BY ?path");
    assert_eq!(documents.len(), 2);
    for document in &documents {
        let iri = &document["x"];
        let reading = server.get(&format!("/api/document?iri={}", escaped(iri)), "*/*").json();
        let letters: Vec<char> = text(&reading, "text").chars().collect();
        let words = |range: &Value| -> String {
            let [start, end] = [0, 1].map(|at| range[at].as_u64().expect("a number") as usize);
            letters[start..end].iter().collect()
        };
        // Both spellings lead to the one node of both documents.
        let named =
            list(&reading, "mentions").iter().find(|mention| words(&mention["at"]).contains("Ta")).expect("him");
        let entity = &list(&reading, "entities")[named["entity"].as_u64().expect("somebody") as usize];
        assert_eq!(text(entity, "iri"), person);
        let claims = workspace.query(&format!(
            "SELECT ?c ?s ?o ?quote {{ GRAPH <{iri}> {{ ?c rdf:subject ?s ; rdf:object ?o ; \
             isnad:evidence/oa:hasSelector/oa:exact ?quote }} }}"
        ));
        let expected: BTreeSet<(String, String, String)> = claims
            .iter()
            .map(|row| {
                let object = row["o"].strip_prefix(ISNAD).unwrap_or(&row["o"]);
                (row["s"].clone(), object.to_owned(), row["quote"].clone())
            })
            .collect();
        let told: BTreeSet<(String, String, String)> = list(&reading, "claims")
            .iter()
            .map(|claim| (text(claim, "subject").to_owned(), text(claim, "object").to_owned(), words(&claim["at"])))
            .collect();
        assert_eq!(told, expected);
        let triggers: BTreeSet<String> =
            list(&reading, "triggers").iter().map(|trigger| text(trigger, "event").to_owned()).collect();
        let events = workspace.query(&format!("SELECT ?e {{ GRAPH ?g {{ ?e isnad:account <{iri}> }} }}"));
        assert_eq!(triggers, values(&events, "e"));
    }
}

#[test]
fn the_first_page_shows_who_is_spoken_of_most() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let overview = server.get("/api/overview", "*/*").json();
    let latest: Vec<&str> = list(&overview, "latest").iter().map(|document| text(document, "published")).collect();
    assert!(latest.len() > 3 && latest.is_sorted_by(|one, other| one >= other), "{latest:?}");
    let newest = workspace.query("SELECT (MAX(?day) AS ?x) { ?d isnad:publishedLatest ?day }");
    assert_eq!(latest[0], newest[0]["x"]);
    for kind in list(&overview, "most_spoken_of") {
        let shown = kind[1].as_array().expect("a list");
        let counts: Vec<u64> = shown.iter().map(|one| one["documents"].as_u64().expect("a number")).collect();
        assert!(counts.is_sorted_by(|one, other| one >= other), "{counts:?}");
        let first = text(&shown[0], "iri");
        let documents = workspace.query(&format!("SELECT ?d {{ ?d schema:mentions <{first}> }}"));
        assert_eq!(counts[0], documents.len() as u64);
        for one in shown {
            let iri = text(one, "iri");
            let named = workspace.run(&["query", &format!("ASK {{ <{iri}> isnad:name ?name }}")]).stdout;
            assert!(named.contains("yes"), "{one} has no name, only a description");
        }
    }
    let statistics = server.get("/api/statistics", "*/*").json();
    assert_eq!(statistics["quads"], workspace.export().lines().count());
    let vocabulary = server.get("/api/vocabulary", "*/*").json();
    assert_eq!(vocabulary["classes"]["Prison"]["labels"]["ar"], "سجن");
    assert_eq!(vocabulary["classes"]["Prison"]["above"][0], "Facility");
    assert_eq!(vocabulary["prefixes"]["isnad"], ISNAD);
}
