use super::*;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::GraphName;

const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <urn:x:> . ";

fn report(shapes: &str, data: &str) -> Report {
    let store = GraphStore::in_memory().expect("a store");
    for (number, quad) in
        RdfParser::from_format(RdfFormat::Turtle).for_slice(format!("{PREFIXES}{data}").as_bytes()).enumerate()
    {
        let mut quad = quad.expect("a triple");
        // Spread over graphs: all of them count together.
        if number % 2 == 1 {
            quad.graph_name = GraphName::NamedNode(oxigraph::model::NamedNode::new_unchecked("urn:x:graph"));
        }
        store.database().insert(&quad).expect("inserted");
    }
    let shapes = Shapes::parse("shapes.ttl", &format!("{PREFIXES}{shapes}")).expect("shapes");
    validate(&store, &shapes).expect("a report")
}

/// Component, focus and value of every result.
fn results(shapes: &str, data: &str) -> Vec<String> {
    let found = report(shapes, data).results;
    let told = |found: &Found| {
        let value = found.value.as_ref().map(|value| format!(" {value}")).unwrap_or_default();
        format!("{} {}{value}", found.component, found.focus)
    };
    found.iter().map(told).collect()
}

#[test]
fn every_component_has_something_to_say() {
    let data = ":a a :T ; :p 5, 'long', 'x'@en, 'y'@en-GB ; :q 4 ; :r :b ; :day '2024-12-09'^^xsd:date ; :until '2024-12-08'^^xsd:date . :b :r :c .";
    for (constraint, expected) in [
        ("sh:property [ sh:path :none ; sh:minCount 1 ]", vec!["MinCount <urn:x:a>"]),
        ("sh:property [ sh:path :p ; sh:maxCount 3 ]", vec!["MaxCount <urn:x:a>"]),
        (
            "sh:property [ sh:path :q ; sh:datatype xsd:string ]",
            vec!["Datatype <urn:x:a> \"4\"^^<http://www.w3.org/2001/XMLSchema#integer>"],
        ),
        (
            "sh:property [ sh:path :q ; sh:minInclusive 4 ; sh:maxExclusive 4 ]",
            vec!["MaxExclusive <urn:x:a> \"4\"^^<http://www.w3.org/2001/XMLSchema#integer>"],
        ),
        ("sh:property [ sh:path :r ; sh:nodeKind sh:Literal ]", vec!["NodeKind <urn:x:a> <urn:x:b>"]),
        ("sh:property [ sh:path :r ; sh:nodeKind sh:BlankNodeOrIRI ]", vec![]),
        ("sh:property [ sh:path :r ; sh:class :T ]", vec!["Class <urn:x:a> <urn:x:b>"]),
        ("sh:property [ sh:path [ sh:inversePath :r ] ; sh:minCount 1 ]", vec!["MinCount <urn:x:a>"]),
        ("sh:property [ sh:path ( :r :r ) ; sh:hasValue :c ]", vec![]),
        ("sh:property [ sh:path [ sh:oneOrMorePath :r ] ; sh:maxCount 1 ]", vec!["MaxCount <urn:x:a>"]),
        ("sh:property [ sh:path [ sh:alternativePath ( :q :none ) ] ; sh:in ( 4 ) ]", vec![]),
        (
            "sh:property [ sh:path :q ; sh:in ( 5 6 ) ]",
            vec!["In <urn:x:a> \"4\"^^<http://www.w3.org/2001/XMLSchema#integer>"],
        ),
        (
            "sh:property [ sh:path :day ; sh:lessThanOrEquals :until ]",
            vec!["LessThanOrEquals <urn:x:a> \"2024-12-09\"^^<http://www.w3.org/2001/XMLSchema#date>"],
        ),
        (
            "sh:property [ sh:path :p ; sh:languageIn ( 'en' ) ]",
            vec![
                "LanguageIn <urn:x:a> \"5\"^^<http://www.w3.org/2001/XMLSchema#integer>",
                "LanguageIn <urn:x:a> \"long\"",
            ],
        ),
        ("sh:property [ sh:path :p ; sh:pattern '^[lxy5]' ]", vec![]),
        ("sh:property [ sh:path :r ; sh:equals :r ; sh:disjoint :r ]", vec!["Disjoint <urn:x:a> <urn:x:b>"]),
        ("sh:not [ sh:property [ sh:path :q ; sh:minCount 1 ] ]", vec!["Not <urn:x:a> <urn:x:a>"]),
        (
            "sh:xone ( [ sh:property [ sh:path :q ; sh:minCount 1 ] ] [ sh:property [ sh:path :r ; sh:minCount 1 ] ] )",
            vec!["Xone <urn:x:a> <urn:x:a>"],
        ),
        (
            "sh:closed true ; sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> :p :r :day :until )",
            vec!["Closed <urn:x:a> \"4\"^^<http://www.w3.org/2001/XMLSchema#integer>"],
        ),
        (
            "sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:minLength 3 ] ; sh:qualifiedMinCount 2 ]",
            vec!["QualifiedMinCount <urn:x:a>"],
        ),
        ("sh:deactivated true ; sh:property [ sh:path :none ; sh:minCount 1 ]", vec![]),
    ] {
        assert_eq!(results(&format!(":S sh:targetClass :T ; {constraint} ."), data), expected, "{constraint}");
    }
}

#[test]
fn what_cannot_be_checked_is_refused() {
    for (shapes, words) in [
        (":S sh:targetClass :T ; sh:sparql [ sh:select 'x' ] .", "sh:sparql"),
        (":S sh:targetClass :T ; sh:minKount 1 .", "sh:minKount"),
        (":S sh:targetClass :T ; sh:property [ sh:minCount 1 ] .", "sh:path"),
        (":S sh:targetClass :T ; sh:property [ sh:path :p ; sh:minCount 'one' ] .", "number"),
        (":S sh:targetClass :T ; sh:property [ sh:path :p ; sh:pattern '(' ] .", "pattern"),
        (
            ":S sh:targetClass :T ; sh:or :l . :l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> :S ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> :l .",
            "list",
        ),
        (":S sh:targetClass", "shapes.ttl"),
    ] {
        let error =
            Shapes::parse("shapes.ttl", &format!("{PREFIXES}{shapes}")).map(|_| ()).expect_err(shapes).to_string();
        assert!(error.contains(words) && error.starts_with("shapes.ttl"), "{shapes}: {error}");
    }
}

#[test]
fn shapes_in_a_circle_end() {
    let store = GraphStore::in_memory().expect("a store");
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(format!("{PREFIXES} :a :next :a .").as_bytes()) {
        store.database().insert(&quad.expect("a triple")).expect("inserted");
    }
    let shapes = ":S sh:targetSubjectsOf :next ; sh:property [ sh:path :next ; sh:node :S ] .";
    let shapes = Shapes::parse("shapes.ttl", &format!("{PREFIXES}{shapes}")).expect("shapes");
    let error = validate(&store, &shapes).map(|_| ()).expect_err("it has no end").to_string();
    assert!(error.contains("urn:x:S") || error.contains("leads to itself"), "{error}");
}

#[test]
fn the_report_is_that_of_the_specification() {
    let found = report(
        ":S sh:targetClass :T ; sh:property [ sh:path :none ; sh:minCount 1 ; sh:message 'it needs one'@en ] .",
        ":a a :T .",
    );
    let mut turtle = Vec::new();
    found.turtle(&mut turtle).expect("written");
    let triples: Vec<String> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&turtle)
        .map(|quad| quad.expect("Turtle").to_string())
        .collect();
    for words in [
        "#ValidationReport",
        "#conforms> \"false\"",
        "#focusNode> <urn:x:a>",
        "#resultPath> <urn:x:none>",
        "#MinCountConstraintComponent",
        "#sourceShape>",
        "it needs one",
    ] {
        assert!(triples.iter().any(|triple| triple.contains(words)), "{words}: {triples:?}");
    }
    assert_eq!(found.json()["results"][0]["message"], "it needs one");
    assert_eq!((found.conforms(), found.count(Severity::Violation), found.count(Severity::Warning)), (false, 1, 0));
    assert!(report(":S sh:targetClass :T .", ":a a :T .").conforms());
}
