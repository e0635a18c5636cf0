//! Names, days and distances inside a query, and questions of one's own.

use std::fs;

use super::support::{corpus, set, values};

#[test]
fn a_name_is_found_in_any_spelling() {
    let graph = corpus();
    let held =
        |pattern: &str| values(&graph.query(&format!("SELECT ?who {{ {pattern} . ?p rdfs:label ?who }}")), "who");
    let expected = held("?p isnad:heldAt ?site . ?site rdfs:label 'Saydnaya Military Prison'");
    assert!(!expected.is_empty());
    for pattern in [
        "?p isnad:heldAt ?site . ?site fun:spelled 'Seydnaya'",
        "?p isnad:heldAt ?site . ?site fun:spelled 'صيدنايا'",
        "?p isnad:heldAt/fun:spelled 'Saydnaya'",
        "?p isnad:heldAt [ fun:spelled 'Saydnaya' ]",
        "{ SELECT ?site { (?site ?score) fun:spelled 'Saydnaya' FILTER(?score > 0.8) } } ?p isnad:heldAt ?site",
        "?p isnad:heldAt ?site FILTER EXISTS { ?site fun:spelled 'Saydnaya' }",
        "GRAPH ?document { ?claim rdf:subject ?p ; rdf:predicate isnad:heldAt ; rdf:object ?site } ?site fun:spelled 'Saydnaya'",
    ] {
        assert_eq!(held(pattern), expected, "{pattern}");
    }
    assert!(held("?p isnad:heldAt ?site . ?site fun:spelled 'Wolfgangsee'").is_empty());
    let one = "<https://w3id.org/isnad/id/facility/sy-saydnaya-military-prison>";
    assert!(!graph.query(&format!("SELECT * {{ {one} fun:spelled 'Saydnaya' ; rdfs:label ?who }}")).is_empty());
    assert!(graph.query(&format!("SELECT * {{ {one} fun:spelled 'Homs' ; rdfs:label ?who }}")).is_empty());
}

#[test]
fn what_cannot_be_looked_for_is_an_error() {
    let graph = corpus();
    for (pattern, problem) in [
        ("?e fun:spelled ?name", "a string, or a variable that is given"),
        ("?e fun:spelled <urn:x>", "a string"),
        ("'x' fun:spelled 'x'", "a variable or an IRI"),
        ("(?e) fun:spelled 'x'", "(?entity ?score)"),
        ("(?e ?e) fun:spelled 'x'", "a variable of its own"),
        ("(?e 1) fun:spelled 'x'", "a variable of its own"),
        ("?e fun:spelled+ 'x'", "not within a path"),
        ("BIND(fun:spelt('x') AS ?e)", "no function `fun:spelt`"),
    ] {
        graph.run(&["query", &format!("SELECT * {{ {pattern} }}")]).fails(2, &[problem, "hint:"]).silent();
    }
}

#[test]
fn distances_between_places_of_the_graph() {
    let graph = corpus();
    let near = "SELECT ?name { ?d fun:spelled 'Damascus' ; geo:asWKT ?here . ?p a isnad:City ; rdfs:label ?name ; \
                geo:asWKT ?there FILTER(geof:distance(?here, ?there, uom:metre) < 150000) }";
    let cities = values(&graph.query(near), "name");
    assert!(cities.contains("Damascus") && cities.contains("Homs") && !cities.contains("Aleppo"), "{cities:?}");
}

#[test]
fn days_that_are_not_exactly_known() {
    let graph = corpus();
    let ask = |test: &str| {
        let events = "?event isnad:earliest|isnad:latest ?day OPTIONAL { ?event isnad:earliest ?from } OPTIONAL { ?event isnad:latest ?to }";
        values(&graph.query(&format!("SELECT DISTINCT ?event {{ {events} FILTER({test}) }}")), "event")
    };
    let (all, may, surely) =
        (ask("true"), ask("fun:mayBeIn(?from, ?to, '2024-12')"), ask("fun:isIn(?from, ?to, '2024-12')"));
    assert!(surely.len() < may.len() && may.len() < all.len(), "{} {} {}", surely.len(), may.len(), all.len());
    assert!(surely.is_subset(&may));
}

#[test]
fn questions_of_ones_own() {
    let graph = corpus().copied();
    let own = graph.path("isnad.graph/questions");
    fs::create_dir(&own).expect("a folder");
    let text = "# title: Who was held where\n# parameter: site entity Facility — where\nSELECT ?name ?site ?p { ?p isnad:heldAt ?site ; rdfs:label ?name }";
    graph.write("isnad.graph/questions/held.rq", text);
    assert!(graph.ok(&["ask"]).contains("isnad ask held site=FACILITY"));
    assert_eq!(values(&graph.ask(&["held", "site=Saydnaya"]), "name"), set(&["Ragheed al-Tatari"]));
    assert!(graph.ok(&["export", "--format", "dot", "--question", "held", "site=Saydnaya"]).contains("Ragheed"));
    graph.write("isnad.graph/questions/bad.rq", "SELECT * {}");
    let listed = graph.run(&["ask"]);
    assert!(listed.code == Some(0) && listed.stderr.contains("bad.rq, line 1: the header has no title"), "{listed:?}");
    graph.run(&["ask", "bad"]).fails(2, &["bad.rq, line 1", "no title"]);
    graph.write("mine/more.rq", "# title: More\nASK {}");
    assert!(graph.ok(&["ask", "--questions", "mine", "more"]).contains("yes"));
    graph.run(&["ask", "--questions", "none", "more"]).fails(2, &["none: there is no such folder", "hint:"]);
}
