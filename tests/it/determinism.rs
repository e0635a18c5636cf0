//! The graph is a function of the documents: not of their order, of threads, or of what came before.

use std::fs;

use super::support::{Workspace, corpus, project, seeds, shuffled};

/// The files of the corpus, and the articles where they are at hand.
fn inputs() -> Vec<String> {
    let mut files: Vec<String> = fs::read_dir(project().join("data/corpus"))
        .expect("the corpus")
        .map(|entry| format!("data/corpus/{}", entry.expect("an entry").file_name().display()))
        .filter(|name| !name.ends_with("README.md"))
        .collect();
    assert_eq!(files.len(), 10);
    if let Some(folder) = seeds() {
        files.extend(
            fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path().display().to_string()),
        );
    }
    files.sort();
    files
}

/// The export of a new store of these inputs.
fn built(arguments: &[&str], inputs: &[&str]) -> String {
    let workspace = Workspace::new();
    workspace.ok(&[&["build"], arguments, inputs].concat());
    workspace.export()
}

#[test]
fn neither_order_nor_threads_nor_increments_matter() {
    let inputs = inputs();
    let names: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let expected = built(&[], &names);
    assert!(expected.lines().count() > 5_000, "{} quads", expected.lines().count());
    let mut sorted: Vec<&str> = expected.lines().collect();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), expected.lines().count(), "no quad twice");
    for (seed, one_by_one) in [(1, false), (2, true)] {
        let order: Vec<&str> = shuffled(names.len(), seed).into_iter().map(|at| names[at]).collect();
        assert_ne!(order, names);
        let workspace = Workspace::new();
        if one_by_one {
            order.iter().for_each(|name| drop(workspace.ok(&["build", name])));
        } else {
            workspace.ok(&[&["build"], &order[..]].concat());
        }
        assert!(workspace.export() == expected, "one by one {one_by_one}: {order:?}");
    }
    for jobs in ["1", "2"] {
        assert!(built(&["--jobs", jobs], &names) == expected, "--jobs {jobs}");
    }
}

#[test]
fn every_format_is_the_same_for_every_order() {
    let inputs = inputs();
    let forward = Workspace::new();
    forward.ok(&[&["build"], &inputs.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat());
    let backward = Workspace::new();
    backward.ok(&[&["build"], &inputs.iter().rev().map(String::as_str).collect::<Vec<_>>()[..]].concat());
    for format in [
        "turtle", "rdfxml", "jsonld", "trig", "turtle12", "graphml", "gexf", "dot", "svg", "html", "cypher", "ftm",
        "mermaid", "geojson", "void", "ro-crate",
    ] {
        let arguments = ["export", "--format", format];
        assert!(forward.ok(&arguments) == backward.ok(&arguments), "{format}");
    }
}

#[test]
fn building_again_changes_nothing() {
    let workspace = corpus().copied();
    let before = workspace.export();
    let summary: serde_json::Value =
        serde_json::from_str(&workspace.ok(&["build", "--json", "data/corpus"])).expect("JSON");
    for (field, expected) in
        [("new", 0), ("replaced", 0), ("failed", 0), ("unchanged", 11), ("quads", 0), ("documents_in_store", 11)]
    {
        assert_eq!(summary[field], expected, "{field} of {summary}");
    }
    assert!(workspace.export() == before);
}

const PARTS: [&str; 4] = [
    "Ali Hassan was released from Evin Prison. Rebels captured Hama on 5 December 2024.\n",
    "Ali Hassan was released from Evin Prison. Omar Haddad was arrested in Homs.\n",
    "Rebels captured Hama on 5 December 2024. Mr. Haddad, 41, was held at Sednaya Prison.\n",
    "Amnesty International said that at least 400 people were held at Saydnaya prison.\n",
];

#[test]
fn a_changed_file_takes_with_it_what_only_it_said() {
    let workspace = Workspace::new();
    workspace.write("a.txt", PARTS[1]);
    workspace.write("b.txt", PARTS[0]);
    workspace.ok(&["build", "a.txt", "b.txt"]);
    let told = |name: &str| {
        !workspace.query(&format!("SELECT * WHERE {{ ?event isnad:person/isnad:name '{name}' ; a ?class }}")).is_empty()
    };
    assert!(told("Ali Hassan") && told("Omar Haddad"));
    workspace.write("a.txt", PARTS[3]);
    let summary: serde_json::Value = serde_json::from_str(&workspace.ok(&["build", "--json", "a.txt"])).expect("JSON");
    assert_eq!((&summary["new"], &summary["replaced"]), (&0.into(), &1.into()), "{summary}");
    assert!(!told("Omar Haddad"), "only the old text of a.txt spoke of him");
    assert!(told("Ali Hassan"), "b.txt speaks of him as well");
    assert!(!workspace.export().contains("Haddad"));
    let fresh = Workspace::new();
    fresh.write("a.txt", PARTS[3]);
    fresh.write("b.txt", PARTS[0]);
    fresh.ok(&["build", "a.txt", "b.txt"]);
    assert_eq!(workspace.export(), fresh.export());
}

#[test]
fn any_history_of_edits_ends_like_a_fresh_build() {
    for seed in 1..=3 {
        let workspace = Workspace::new();
        let mut history = Vec::new();
        for step in 0..4 {
            // Two of three files change at each step; texts come and go, and can be shared.
            let order = shuffled(PARTS.len(), seed * 100 + step);
            let files = shuffled(3, seed * 1000 + step);
            let names: Vec<String> = files.iter().take(2).map(|file| format!("{file}.txt")).collect();
            for (name, part) in names.iter().zip(&order) {
                workspace.write(name, PARTS[*part]);
            }
            history.push((names.clone(), order[..2].to_vec()));
            workspace.ok(&["build", &names[0], &names[1]]);
        }
        let fresh = Workspace::new();
        let left: Vec<String> =
            (0..3).map(|file| format!("{file}.txt")).filter(|name| workspace.path(name).exists()).collect();
        for name in &left {
            fresh.write(name, workspace.read(name));
        }
        fresh.ok(&[&["build"], &left.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat());
        assert_eq!(workspace.export(), fresh.export(), "{history:?}");
    }
}

#[test]
fn the_same_text_under_two_paths_is_one_document() {
    let workspace = Workspace::new();
    workspace.write("a.txt", PARTS[0]);
    workspace.write("copy/b.txt", PARTS[0]);
    let summary: serde_json::Value =
        serde_json::from_str(&workspace.ok(&["build", "--json", "a.txt", "copy/b.txt"])).expect("JSON");
    assert_eq!((&summary["new"], &summary["documents_in_store"]), (&1.into(), &1.into()), "{summary}");
    let rows = workspace.query("SELECT ?document ?path WHERE { ?document a isnad:Document ; isnad:sourcePath ?path }");
    assert_eq!(super::support::values(&rows, "document").len(), 1);
    assert_eq!(super::support::values(&rows, "path"), super::support::set(&["a.txt", "copy/b.txt"]));
}

#[test]
fn extracting_first_gives_the_same_graph() {
    let direct = corpus();
    let workspace = Workspace::new();
    let lines = workspace.ok(&["extract", "data/corpus"]);
    assert_eq!(lines.lines().count(), 11);
    workspace.write("annotations.jsonl", &lines);
    workspace.ok(&["build", "--annotations", "annotations.jsonl"]);
    assert!(workspace.export() == direct.export(), "from a file");
    let piped = Workspace::new();
    let ran = piped.run_with(&["build", "--annotations", "-"], lines.as_bytes());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(piped.export() == direct.export(), "through a pipe");
}

#[test]
fn two_files_can_change_places() {
    let workspace = Workspace::new();
    workspace.write("a.txt", PARTS[0]);
    workspace.write("b.txt", PARTS[2]);
    workspace.ok(&["build", "a.txt", "b.txt"]);
    workspace.write("a.txt", PARTS[2]);
    workspace.write("b.txt", PARTS[0]);
    workspace.ok(&["build", "a.txt", "b.txt"]);
    let rows = workspace.query("SELECT ?document ?path WHERE { ?document a isnad:Document ; isnad:sourcePath ?path }");
    assert_eq!(rows.len(), 2, "one path each: {rows:?}");
}
