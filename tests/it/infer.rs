//! What follows from facts: right, in a graph of its own, and kept true by later builds.

use std::collections::BTreeSet;

use super::support::{Workspace, corpus, set, values};

const INFERRED: &str = "https://w3id.org/isnad/id/graph/inferred";

/// The lines of an export that are, or are not, in the graph of what follows.
fn part(export: &str, inferred: bool) -> BTreeSet<String> {
    export.lines().filter(|line| line.contains(&format!("<{INFERRED}> .")) == inferred).map(str::to_owned).collect()
}

#[test]
fn classes_above_inverses_and_ways_over_others() {
    let graph = corpus().copied();
    let facilities = "SELECT ?name { ?site a isnad:Facility ; rdfs:label ?name }";
    let prisons = values(&graph.query("SELECT ?name { ?site a isnad:Prison ; rdfs:label ?name }"), "name");
    assert!(!prisons.is_empty());
    graph.run(&["query", "--inferred", facilities]).fails(2, &["nothing has been inferred", "isnad infer"]).silent();
    let before = graph.export();
    let told = graph.ok(&["infer"]);
    let asked = |sparql: &str| {
        values(&super::support::rows(&graph.ok(&["query", "--inferred", "--format", "json", sparql])), "name")
    };
    assert!(asked(facilities).is_superset(&prisons));
    let things = "SELECT ?name { ?site a isnad:SpatialThing ; rdfs:label ?name }";
    assert!(asked(things).is_superset(&prisons), "{things}");
    graph.run(&["query", things]).fails(1, &["0 answers"]);
    assert!(part(&graph.export(), false) == part(&before, false), "facts alone stay as they were");
    let within = asked("SELECT ?name { ?place isnad:locatedIn ?c ; rdfs:label ?name . ?c rdfs:label 'Syria' }");
    assert!(within.is_superset(&set(&["Saydnaya Military Prison", "Homs"])), "{within:?}");
    let inside = asked("SELECT ?name { ?c isnad:contains ?place ; rdfs:label 'Syria' . ?place rdfs:label ?name }");
    assert_eq!(inside, within);
    let people = "SELECT ?name { ?x a schema:Person ; rdfs:label ?name }";
    graph.run(&["query", "--inferred", people]).fails(1, &["0 answers"]);
    let after = graph.export();
    assert_eq!(part(&after, false), part(&before, false), "nothing else has changed");
    assert_eq!(told.trim(), format!("{} triples follow from the facts", part(&after, true).len()));
    // Nothing follows that is a fact.
    let both = "SELECT ?s { ?s ?p ?o GRAPH <https://w3id.org/isnad/id/graph/inferred> { ?s ?p ?o } }";
    assert!(graph.query(both).is_empty());

    graph.ok(&["infer", "--aligned"]);
    assert!(asked(people).contains("Ragheed al-Tatari"));
    graph.ok(&["infer", "--off"]);
    assert_eq!(graph.export(), before);
}

#[test]
fn builds_keep_it_true() {
    let first = "Ali Hassan was held in Evin Prison. Evin Prison is in Tehran.";
    let texts = [
        ("a.txt", first),
        ("b.txt", "Omar Haddad was held in Saydnaya prison. Daria Tatarian was freed in Homs."),
        ("c.txt", "Darya Tatarian was held in Homs central prison, in Syria."),
    ];
    let whole = Workspace::new();
    for (name, text) in texts {
        whole.write(name, text);
    }
    whole.ok(&["build", "a.txt", "b.txt", "c.txt"]);
    for rules in [&["infer"][..], &["infer", "--aligned"]] {
        whole.ok(rules);
        let expected = whole.export();
        assert!(!part(&expected, true).is_empty());
        let steps = Workspace::new();
        steps.write("a.txt", "Ali Hassan was held in Adra prison, near Damascus.");
        steps.ok(&["build", "a.txt"]);
        steps.ok(rules);
        for (name, text) in texts.iter().rev() {
            steps.write(name, text);
            steps.ok(&["build", name]);
        }
        assert_eq!(steps.export(), expected, "{rules:?}");
        // What follows from what is taken away goes with it.
        steps.write("d.txt", "Basel Nasser was arrested in Raqqa.");
        steps.ok(&["build", "d.txt"]);
        assert_ne!(steps.export(), expected);
        steps.write("d.txt", texts[1].1);
        steps.ok(&["build", "d.txt"]);
        let same = |export: &str| part(export, true);
        assert_eq!(same(&steps.export()), same(&expected), "{rules:?}");
    }
}

#[test]
fn a_build_that_was_cut_short_is_made_good() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "Ali Hassan was held in Evin Prison.");
    workspace.ok(&["build", "a.txt"]);
    workspace.ok(&["infer"]);
    let expected = workspace.export();
    // As if it had ended between the facts and what follows from them.
    workspace.write("isnad.graph/unfinished", "");
    workspace.write("b.txt", "Omar Haddad was freed in Homs.");
    workspace.ok(&["build", "b.txt"]);
    let whole = Workspace::new();
    whole.write("a.txt", "Ali Hassan was held in Evin Prison.");
    whole.write("b.txt", "Omar Haddad was freed in Homs.");
    whole.ok(&["build", "a.txt", "b.txt"]);
    whole.ok(&["infer"]);
    assert_eq!(workspace.export(), whole.export());
    assert_ne!(workspace.export(), expected);
    let none = Workspace::new();
    none.run(&["infer"]).fails(2, &["there is no graph here", "hint:"]).silent();
    assert!(!none.path("isnad.graph").exists());
}
