//! Accurate and fast readings, and going from one to the other.

use super::support::{Workspace, project};

const READING: &str = "https://w3id.org/isnad/ontology#reading";

/// The readings that the store names, each once for a document.
fn readings(workspace: &Workspace) -> Vec<String> {
    let rows = workspace.query("SELECT ?document ?reading { ?document isnad:reading ?reading } ORDER BY ?document");
    rows.into_iter().map(|mut row| row.remove("reading").expect("bound")).collect()
}

#[test]
fn every_line_and_document_says_how_it_was_read() {
    let workspace = Workspace::new();
    workspace.write("note.txt", "Ali Hassan was released from Evin Prison.\n");
    for (arguments, reading) in
        [(&["extract", "note.txt"][..], "accurate"), (&["extract", "note.txt", "--reading", "fast"], "fast")]
    {
        let line: serde_json::Value = serde_json::from_str(&workspace.ok(arguments)).expect("JSON");
        assert_eq!(line["reading"], reading);
        let named = |layer: &str| line["mentions"].to_string().contains(layer);
        assert_eq!(named("encoder:person"), reading == "accurate", "{line}");
    }
    workspace.ok(&["build", "note.txt"]);
    assert_eq!(readings(&workspace), ["accurate"]);
}

#[test]
fn another_reading_takes_the_place_of_the_one_before() {
    let workspace = Workspace::new();
    let corpus = "data/corpus";
    workspace.ok(&["build", corpus, "--reading", "fast"]);
    let fast = workspace.export();
    assert!(fast.contains(&format!("<{READING}> \"fast\"")) && !fast.contains(&format!("<{READING}> \"accurate\"")));
    let told: serde_json::Value = serde_json::from_str(&workspace.ok(&["build", corpus, "--json"])).expect("JSON");
    assert_eq!((told["new"].as_u64(), told["unchanged"].as_u64()), (Some(0), Some(0)), "{told}");
    assert_eq!(told["replaced"], told["documents_in_store"]);
    let again: serde_json::Value = serde_json::from_str(&workspace.ok(&["build", corpus, "--json"])).expect("JSON");
    assert_eq!(again["unchanged"], told["replaced"]);
    // Nothing of the first reading is left, nothing of the second is missing.
    let fresh = Workspace::new();
    fresh.ok(&["build", corpus]);
    assert_eq!(workspace.export(), fresh.export());
    workspace.ok(&["build", corpus, "--reading", "fast"]);
    assert_eq!(workspace.export(), fast);
}

#[test]
fn both_paths_of_a_text_outlive_another_reading() {
    let workspace = Workspace::new();
    for name in ["one.txt", "two.txt"] {
        workspace.write(name, "Ali Hassan was released from Evin Prison.\n");
    }
    workspace.ok(&["build", "one.txt", "two.txt", "--reading", "fast"]);
    workspace.ok(&["build", "one.txt"]);
    let paths = workspace.query("SELECT ?path { ?document isnad:sourcePath ?path } ORDER BY ?path");
    let paths: Vec<&str> = paths.iter().map(|row| row["path"].as_str()).collect();
    assert_eq!(paths, ["one.txt", "two.txt"]);
    assert_eq!(readings(&workspace), ["accurate"]);
}

#[test]
fn refuses_encoders_and_readings_that_are_none() {
    let workspace = Workspace::new();
    workspace.write("note.txt", "Ali Hassan was released from Evin Prison.\n");
    let good = std::fs::read(project().join("data/models/names.isnad-encoder")).expect("the encoder");
    let mut altered = good.clone();
    altered[good.len() / 2] ^= 1;
    workspace.write("altered", &altered);
    workspace.write("short", &good[..good.len() / 2]);
    workspace.write("text", "no model at all");
    for (file, said) in
        [("altered", "altered"), ("short", "cut short"), ("text", "not a names model"), ("none", "read")]
    {
        let ran = workspace.run(&["extract", "note.txt", "--encoder", file]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains(file) && ran.stderr.contains(said) && ran.stdout.is_empty(), "{ran:?}");
        // A fast reading has no use for it.
        workspace.ok(&["extract", "note.txt", "--encoder", file, "--reading", "fast"]);
    }
    let ran = workspace.run(&["extract", "note.txt", "--reading", "slow"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("accurate, fast"), "{ran:?}");
}

#[test]
fn hard_text_is_read_to_its_end() {
    let workspace = Workspace::new();
    let sentence = format!("{} and at last Ali Hassan of Aleppo", "word ".repeat(10_000));
    let word = format!("{} Ali Hassan of Aleppo left.", "x".repeat(10_000));
    let scripts = "Владимир поехал в Киев. 习近平在北京。 Αθήνα. Ali Hassan left Aleppo. غادر علي حسن حلب.";
    for (name, text) in [("sentence.txt", sentence.as_str()), ("word.txt", &word), ("scripts.txt", scripts)] {
        workspace.write(name, text);
        let line: serde_json::Value = serde_json::from_str(&workspace.ok(&["extract", name])).expect("JSON");
        let mentions = line["mentions"].as_array().expect("mentions");
        for wanted in ["Ali Hassan", "Aleppo"] {
            assert!(mentions.iter().any(|mention| mention["text"] == wanted), "{name}: {wanted}");
        }
    }
}
