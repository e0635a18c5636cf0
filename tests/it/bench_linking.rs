//! Linking as it is measured, on invented documents.

use super::support::Workspace;

#[test]
fn linking_is_measured_on_invented_documents() {
    let workspace = Workspace::new();
    let printed = workspace.ok(&["bench", "linking", "--mentions", "2000", "--json"]);
    let line: serde_json::Value = serde_json::from_str(&printed).expect("a line of JSON");
    assert_eq!((line["mentions"].as_u64(), line["entities"].as_u64()), (Some(2000), Some(600)));
    let share = |path: &str| line.pointer(path).and_then(serde_json::Value::as_f64).expect("a number");
    // Names are linked beyond those whose keys are equal, and hardly any of different people.
    assert!(share("/linked/b_cubed/recall") > share("/by_key/b_cubed/recall") + 0.1, "{line}");
    assert!(share("/linked/b_cubed/precision") > 0.95, "{line}");
    assert!(share("/pair_completeness") > 0.9, "{line}");
}

#[test]
fn every_number_of_mentions_has_its_rows() {
    let workspace = Workspace::new();
    let table = workspace.ok(&["bench", "linking", "--mentions", "500", "--mentions", "1000", "--seed", "2"]);
    for size in ["500", "1,000"] {
        let rows = table.lines().filter(|line| line.starts_with(&format!("| {size} |"))).count();
        assert_eq!(rows, 3, "{table}");
    }
}

#[test]
fn somebody_is_found_by_another_spelling() {
    let line = Workspace::new().ok(&["bench", "find", "--entities", "2000", "--json"]);
    let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert!(line["queries"].as_u64().is_some_and(|queries| queries > 100), "{line}");
    assert!(line["among_five"].as_f64().is_some_and(|share| share > 0.7), "{line}");
    assert!(line["p50_ms"].as_f64().is_some_and(|time| time < 100.0), "{line}");
    Workspace::new().run(&["bench", "find", "--entities", "0"]).fails(2, &["--entities"]).silent();
}

#[test]
fn nothing_cannot_be_linked() {
    let ran = Workspace::new().run(&["bench", "linking", "--mentions", "0"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("1..=10000000"), "{ran:?}");
}
