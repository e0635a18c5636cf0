//! What the graph of the sample corpus must say, and what it must not.

use super::support::{ID, Row, Texts, corpus, set, values};

fn document(name: &str) -> String {
    format!("data/corpus/{name}")
}

#[test]
fn one_man_under_all_spellings() {
    let graph = corpus();
    let rows = graph.query(
        "SELECT ?person ?name ?source WHERE {
           ?person a isnad:Person ; isnad:name ?name FILTER(REGEX(?name, 'tat+a?r[iy]', 'i'))
           ?document schema:mentions ?person ; isnad:sourcePath ?source .
         }",
    );
    assert_eq!(values(&rows, "person").len(), 1, "{rows:?}");
    let names = values(&rows, "name");
    for name in ["Ragheed al-Tatari", "Ragheed Tatari", "Ragheed al-Tatary", "Raghid al-Tatri", "Ragheed al-Tatri"] {
        assert!(names.contains(name), "{name} is not among {names:?}");
    }
    let told = [
        "01-agency-wire.txt",
        "02-longest-held-feature.html",
        "05-broadcast-transcript.txt",
        "08-captions-and-profile.jsonl#sample-08a",
    ];
    assert_eq!(values(&rows, "source"), told.iter().map(|name| document(name)).collect());
}

#[test]
fn one_saydnaya_under_all_spellings() {
    let graph = corpus();
    let rows = graph.query(
        "SELECT ?prison ?name ?source WHERE {
           ?prison a isnad:Facility ; isnad:name ?name FILTER(REGEX(?name, '^s[ae][iy]?dnaya', 'i'))
           ?document schema:mentions ?prison ; isnad:sourcePath ?source .
         }",
    );
    assert_eq!(values(&rows, "prison"), set(&[&format!("{ID}facility/sy-saydnaya-military-prison")]));
    let names = values(&rows, "name");
    for name in ["Sednaya", "Saydnaya", "Seidnaya", "Saidnaya"] {
        assert!(names.iter().any(|known| known.starts_with(name)), "{name} is not among {names:?}");
    }
    let sources = values(&rows, "source");
    assert_eq!(sources.len(), 8, "{sources:?}");
    assert!(
        !sources.iter().any(|source| source.contains("/09-") || source.contains("/10-") || source.contains("08b")),
        "{sources:?}"
    );
}

#[test]
fn branches_of_the_same_service_are_not_the_same() {
    let graph = corpus();
    let found = |name: &str| {
        let line = graph.ok(&["find", name, "--json", "--limit", "1"]);
        let hit: serde_json::Value = serde_json::from_str(&line).expect("a line of JSON");
        (hit["iri"].as_str().expect("an IRI").to_owned(), hit["class"].as_str().expect("a class").to_owned())
    };
    let branches: Vec<(String, String)> =
        ["Branch 215", "Branch 235", "Branch 251"].iter().map(|name| found(name)).collect();
    for (number, (iri, class)) in ["215", "235", "251"].iter().zip(&branches) {
        assert!(iri.ends_with(number), "{iri} is not branch {number}");
        assert_eq!(class, "SecurityBranch");
    }
    assert_eq!(found("Palestine Branch").0, branches[1].0, "another name of branch 235");
}

#[test]
fn the_trade_note_has_no_prison_and_no_detainee() {
    let graph = corpus();
    let rows = |pattern: &str| {
        graph.query(&format!("SELECT * WHERE {{ ?document isnad:sourcePath ?source FILTER(CONTAINS(?source, '/10-trade')) GRAPH ?document {{ {pattern} }} }}"))
    };
    assert!(!rows("?thing isnad:name ?name").is_empty(), "the document is there and names somebody");
    assert_eq!(rows("?thing a isnad:Facility"), Vec::<Row>::new());
    assert_eq!(
        rows("?claim rdf:subject ?event ; rdf:predicate rdf:type ; rdf:object ?class"),
        Vec::<Row>::new(),
        "it tells of no event"
    );
    assert_eq!(rows("?event isnad:trigger ?trigger"), Vec::<Row>::new());
}

#[test]
fn what_did_not_happen_is_no_fact() {
    let graph = corpus();
    let facts = |pattern: &str| graph.query(&format!("SELECT * WHERE {{ {pattern} }}"));
    assert_eq!(
        facts("?event a isnad:Trial ; isnad:person/isnad:name ?name FILTER(CONTAINS(?name, 'Tatari'))"),
        Vec::<Row>::new()
    );
    assert_eq!(
        facts("?event a isnad:Execution ; isnad:person/isnad:name ?name FILTER(CONTAINS(?name, 'Barhoum'))"),
        Vec::<Row>::new()
    );
    let kyi = facts("?event a isnad:Release ; isnad:person/isnad:name ?name FILTER(CONTAINS(?name, 'Suu Kyi'))");
    assert_eq!(kyi, Vec::<Row>::new(), "she was pardoned on five counts and not freed");
}

#[test]
fn figures_that_contradict_each_other_stand_side_by_side() {
    let graph = corpus();
    let rows = graph.ask(&["figures"]);
    let counted = values(&rows, "value");
    for value in ["136614", "112414", "150000", "24200", "30000", "5000"] {
        assert!(counted.contains(value), "{value} is not among {counted:?}");
    }
    let by = |claimant: &str, value: &str| {
        rows.iter().any(|row| {
            row.get("by").is_some_and(|by| by == claimant) && row.get("value").is_some_and(|known| known == value)
        })
    };
    assert!(by("Syrian Network for Human Rights", "136614"), "{rows:?}");
    assert!(by("Amnesty International", "5000"), "{rows:?}");
    let amnesty = rows.iter().find(|row| row.get("value").is_some_and(|value| value == "5000")).expect("found above");
    assert_eq!((amnesty["bound"].as_str(), amnesty["upper"].as_str()), ("range", "13000"));
    let statement: Vec<Row> = rows.iter().filter(|row| row["source"].contains("/04-ngo")).cloned().collect();
    assert!(values(&statement, "value").len() >= 4, "all figures of one statement: {statement:?}");
    let texts = Texts::of(&graph, &["data/corpus"]);
    for row in &rows {
        let text = texts.from(&row["source"]).expect("a document of that name");
        assert!(text.contains(&row["quote"]), "{row:?}");
    }
}
