//! One person, many spellings: what is linked across documents, and what people decide.

use std::fs;

use super::support::{Row, Workspace};

const LINKS: &str = "https://w3id.org/isnad/id/graph/links";

/// Documents that speak of one man in two spellings, of his father, and of two men of one common name.
fn with_documents() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "a/one.txt",
        "Ragheed al-Tatari, a pilot, was held at Sednaya Prison. Mohammed Ahmed was arrested in Homs.",
    );
    workspace.write(
        "a/two.txt",
        "Raghid Ahmad Tattari was freed from Saydnaya prison. Mohammed Ahmed was arrested in Aleppo.",
    );
    workspace.write("a/three.txt", "Ahmad al-Tatari was killed in Damascus in 1985.");
    workspace
}

fn built() -> Workspace {
    let workspace = with_documents();
    workspace.ok(&["build", "--reading", "fast", "a"]);
    workspace
}

/// The nodes of people whose name contains `part`.
fn people(workspace: &Workspace, part: &str) -> Vec<String> {
    let query = format!(
        "SELECT DISTINCT ?person WHERE {{ ?person a isnad:Person ; isnad:name ?name FILTER(CONTAINS(?name, '{part}')) }} ORDER BY ?person"
    );
    workspace.query(&query).iter().map(|row| row["person"].clone()).collect()
}

fn links(workspace: &Workspace, state: &str) -> Vec<Row> {
    workspace.query(&format!(
        "SELECT DISTINCT ?one ?other WHERE {{ GRAPH <{LINKS}> {{ ?link isnad:linkState '{state}' ; isnad:linkOf ?one, ?other FILTER(STR(?one) < STR(?other)) }} }} ORDER BY ?one ?other"
    ))
}

#[test]
fn one_man_in_two_spellings_is_one_node() {
    let workspace = built();
    let held = workspace.query(
        "SELECT DISTINCT ?person ?label WHERE { ?person rdfs:label ?label ; isnad:heldAt ?prison . ?person isnad:releasedFrom ?prison }",
    );
    assert_eq!(held.len(), 1, "{held:?}");
    // The fullest name; his father and those of a common name stay apart.
    assert_eq!(held[0]["label"], "Raghid Ahmad Tattari");
    assert_eq!(people(&workspace, "Tat").len(), 2);
    assert_eq!(people(&workspace, "Mohammed Ahmed").len(), 2);
    // The IRI that he had in the other document leads to him.
    let merged =
        workspace.query(&format!("SELECT ?from ?to WHERE {{ GRAPH <{LINKS}> {{ ?from isnad:mergedInto ?to }} }}"));
    assert_eq!(merged.len(), 1, "{merged:?}");
    assert_eq!(merged[0]["to"], held[0]["person"]);
    assert_eq!(workspace.ok(&["show", &merged[0]["from"]]), workspace.ok(&["show", &merged[0]["to"]]));
    assert!(!workspace.export().lines().any(|quad| quad.contains(&merged[0]["from"]) && !quad.contains(LINKS)));
}

#[test]
fn why_two_are_one_or_not_is_explained() {
    let workspace = built();
    let same = workspace.ok(&["explain", "Ragheed al-Tatari", "Raghid Ahmad Tattari"]);
    for words in ["one entity", "(table)", "few are called", "both: Saydnaya Military Prison"] {
        assert!(same.contains(words), "{words}: {same}");
    }
    let apart = workspace.ok(&["explain", "Ahmad al-Tatari", "Ragheed al-Tatari"]);
    assert!(apart.starts_with("two entities"), "{apart}");
    let json = workspace.ok(&["explain", "--json", "Ahmad al-Tatari", "Ragheed al-Tatari"]);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["same"], false, "{first}");
}

#[test]
fn people_decide_and_take_back() {
    let workspace = built();
    let before = workspace.export();
    let merged = links(&workspace, "same");
    assert_eq!(merged.len(), 1);
    let (one, other) = (&merged[0]["one"], &merged[0]["other"]);
    let decide =
        |verdict: &str, a: &str, b: &str| format!("[[decision]]\nverdict = \"{verdict}\"\na = \"{a}\"\nb = \"{b}\"\n");
    workspace.write("isnad.graph/decisions.toml", decide("different", one, other));
    workspace.ok(&["build", "--relink"]);
    assert_eq!(people(&workspace, "Tat").len(), 3);
    assert!(links(&workspace, "same").is_empty() && links(&workspace, "possible").is_empty());
    // Two of a common name are one if somebody says so, whatever the odds.
    let namesakes = people(&workspace, "Mohammed Ahmed");
    workspace.write("mine.toml", decide("same", &namesakes[0], &namesakes[1]));
    workspace.ok(&["build", "--relink", "--decisions", "mine.toml"]);
    assert_eq!((people(&workspace, "Mohammed Ahmed").len(), people(&workspace, "Tat").len()), (1, 2));
    // A name to be shown by.
    let name = format!("[[decision]]\nverdict = \"name\"\na = \"{}\"\nname = \"M. Ahmed of Homs\"\n", namesakes[0]);
    workspace.write("mine.toml", name);
    workspace.ok(&["build", "--relink", "--decisions", "mine.toml"]);
    let shown = workspace.query(&format!("SELECT ?label WHERE {{ <{}> rdfs:label ?label }}", namesakes[0]));
    assert_eq!(shown[0]["label"], "M. Ahmed of Homs");
    // A class.
    let class = format!("[[decision]]\nverdict = \"type\"\na = \"{}\"\ntype = \"Organization\"\n", namesakes[0]);
    workspace.write("mine.toml", class);
    workspace.ok(&["build", "--relink", "--decisions", "mine.toml"]);
    assert_eq!(people(&workspace, "Mohammed Ahmed"), [namesakes[1].clone()]);
    let typed = workspace.query(&format!("SELECT ?class WHERE {{ <{}> a ?class }}", namesakes[0]));
    assert!(typed.iter().all(|row| row["class"].ends_with("#Organization")) && !typed.is_empty(), "{typed:?}");
    // Without decisions everything is as it was.
    fs::remove_file(workspace.path("isnad.graph/decisions.toml")).expect("removed");
    workspace.ok(&["build", "--relink"]);
    assert!(workspace.export() == before);
}

#[test]
fn order_and_increments_do_not_matter_to_links() {
    let expected = built().export();
    for order in [["a/three.txt", "a/two.txt", "a/one.txt"], ["a/two.txt", "a/one.txt", "a/three.txt"]] {
        let workspace = with_documents();
        order.iter().for_each(|file| drop(workspace.ok(&["build", "--reading", "fast", file])));
        assert!(workspace.export() == expected, "{order:?}");
    }
    // A document that goes takes its links with it.
    let workspace = built();
    workspace.write("a/two.txt", "Nothing happened in Tartus.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    assert_eq!(links(&workspace, "same"), []);
    assert_eq!(people(&workspace, "Tat").len(), 2);
}

#[test]
fn decisions_that_cannot_be_followed_are_named() {
    let workspace = built();
    let before = workspace.export();
    let write = |text: &str| workspace.write("d.toml", text);
    let build = ["build", "--relink", "--decisions", "d.toml"];
    for (text, words) in [
        ("[[decision]]\nverdict = 'same'\na = 'urn:x'\n", ["d.toml, decision 1", "`b` is missing"]),
        ("[[decision]]\nverdict = 'perhaps'\na = 'urn:x'\nb = 'urn:y'\n", ["d.toml, line 2", "perhaps"]),
        ("[[decision]]\nverdict = 'same'\na = 'urn:x'\nb = 'urn:x'\n", ["decision 1", "same IRI"]),
        ("[[decision]]\nverdict = 'same'\na = 'Ali'\nb = 'urn:x'\n", ["`Ali` is not an IRI", "isnad find"]),
        ("[[decision]]\nverdict = 'type'\na = 'urn:x'\ntype = 'Dragon'\n", ["`Dragon`", "ontology"]),
        ("<<<<<<< mine\n", ["d.toml, line 1", "[[decision]]"]),
    ] {
        write(text);
        workspace.run(&build).fails(2, &words).silent();
    }
    workspace.run(&["build", "--relink", "--decisions", "none.toml"]).fails(2, &["none.toml", "no such file"]).silent();
    assert!(workspace.export() == before, "nothing has changed");
    // Unknown entities and contradictions are told, and the rest is done.
    let namesakes = people(&workspace, "Mohammed Ahmed");
    let merged = links(&workspace, "same");
    let decision =
        |verdict: &str, a: &str, b: &str| format!("[[decision]]\nverdict = '{verdict}'\na = '{a}'\nb = '{b}'\n");
    let all = [
        decision("same", &namesakes[0], "https://w3id.org/isnad/id/person/none"),
        decision("same", &namesakes[0], &namesakes[1]),
        decision("different", &namesakes[1], &namesakes[0]),
        decision("different", &merged[0]["one"], &merged[0]["other"]),
    ];
    write(&all.join("\n"));
    let ran = workspace.run(&build);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for words in ["id:person/none", "other decisions to be different"] {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
    assert_eq!((people(&workspace, "Mohammed Ahmed").len(), people(&workspace, "Tat").len()), (2, 3));
}

#[test]
fn what_came_as_rdf_stays_as_it_came() {
    let workspace = built();
    workspace.write("graph.nq", workspace.export());
    workspace.write("b/four.txt", "Ragheed al-Tatari was seen in Homs.");
    workspace.ok(&["import", "graph.nq", "--store", "other"]);
    workspace.ok(&["build", "--reading", "fast", "b", "--store", "other"]);
    let after = workspace.ok(&["export", "--format", "nquads", "--store", "other"]);
    let lost = |quad: &&str| !quad.contains(LINKS) && !quad.contains("rdf-schema#label") && !after.contains(*quad);
    assert_eq!(workspace.export().lines().filter(lost).collect::<Vec<_>>(), [""; 0]);
    assert!(after.contains("was seen in Homs"));
}

#[test]
fn review_asks_and_writes() {
    let workspace = Workspace::new();
    workspace.write("a/one.txt", "Mohammed Khatib was held at Sednaya Prison in 2012.");
    workspace.write("a/two.txt", "Muhammad al-Khateeb was held at Sednaya Prison in 2013.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    let listed = workspace.ok(&["review", "--list"]);
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(
        listed.contains("Mohammed Khatib (1) / Muhammad al-Khateeb (1)")
            || listed.contains("Muhammad al-Khateeb (1) / Mohammed Khatib (1)")
    );
    let json: serde_json::Value = serde_json::from_str(&workspace.ok(&["review", "--json"])).expect("JSON");
    assert!(json["a"]["iri"].is_string() && json["reasons"].is_array(), "{json}");
    let ran = workspace.run_with(&["review", "--author", "Lina"], b"s\n");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for words in ["1 of 1", "Sednaya Prison in 2012", "Sednaya Prison in 2013", "[s]ame"] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    assert!(ran.stderr.contains("one decision written to"), "{}", ran.stderr);
    let written = workspace.read("isnad.graph/decisions.toml");
    assert!(written.contains("verdict = \"same\"") && written.contains("author = \"Lina\""), "{written}");
    workspace.ok(&["build", "--relink"]);
    assert_eq!(people(&workspace, "Kha").len(), 1);
    assert_eq!(workspace.ok(&["review", "--list"]), "");
}

#[test]
fn names_that_say_nothing_are_never_merged_and_take_bounded_time() {
    let workspace = Workspace::new();
    let long = "Abd".repeat(4_000);
    for number in 0..300 {
        let extra = match number % 3 {
            0 => "Mohammed was arrested in Homs. ".to_owned(),
            1 => "Mohammed Ahmed was arrested in Homs. Dr. Al was there. ".to_owned(),
            _ => format!("Omar {long} was arrested in Homs. "),
        };
        workspace.write(&format!("a/{number}.txt"), format!("{extra}Report {number}."));
    }
    let ran = workspace.run(&["build", "--reading", "fast", "a"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.took.as_secs() < 60, "{:?}", ran.took);
    assert_eq!(people(&workspace, "Mohammed Ahmed").len(), 100);
}
