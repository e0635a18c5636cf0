//! Saved questions with parameters.

use std::collections::BTreeSet;
use std::fs;

use super::support::{Row, corpus, project};

/// Name of every question and of its optional parameters that take an entity.
fn optional_entities() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in fs::read_dir(project().join("data/questions")).expect("the questions") {
        let path = file.expect("an entry").path();
        let question = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = fs::read_to_string(&path).expect("a question");
        for line in text.lines().filter_map(|line| line.strip_prefix("# parameter: ")) {
            let head: Vec<&str> = line.split(" — ").next().unwrap_or_default().split_whitespace().collect();
            if let [name, "entity", _, "optional"] = head[..] {
                found.push((question.clone(), name.to_owned()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn an_optional_entity_leaves_only_its_own_answers() {
    let graph = corpus();
    let questions = optional_entities();
    assert!(questions.len() > 10, "{questions:?}");
    let mut narrowed = 0;
    for (question, parameter) in &questions {
        let all: BTreeSet<Row> = graph.ask(&[question]).into_iter().collect();
        let values: BTreeSet<&String> = all.iter().filter_map(|row| row.get(parameter)).collect();
        for value in values {
            let own: BTreeSet<Row> = graph.ask(&[question, &format!("{parameter}={value}")]).into_iter().collect();
            let expected: BTreeSet<Row> = all.iter().filter(|row| row.get(parameter) == Some(value)).cloned().collect();
            assert_eq!(own, expected, "{question} {parameter}={value}");
            narrowed += usize::from(own.len() < all.len());
        }
    }
    assert!(narrowed > 20, "{narrowed}");
}
