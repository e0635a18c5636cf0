//! What the help and the saved questions say works, works.

use std::fs;
use std::time::Duration;

use super::formats::samples;
use super::support::{Workspace, corpus, project, rows};

/// The commands that `isnad --help` lists.
fn commands(workspace: &Workspace) -> Vec<String> {
    let help = workspace.ok(&["--help"]);
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.trim().is_empty());
    let names: Vec<String> = listed
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    assert!(names.len() >= 13, "{names:?}");
    names
}

/// What cannot be run as it stands, and what is run in its place.
const INSTEAD: &[(&str, &str)] = &[
    // There may be no pager for manual pages, and no texts to measure with.
    ("isnad man | man -l -", "isnad man | grep -q isnad"),
    ("isnad bench speed --data ../shared/bench", "isnad bench speed --help"),
    // It goes on until it is told to end, and the port may be taken.
    ("isnad serve", "timeout -s INT 5 isnad serve --listen 127.0.0.1:0 || test $? -eq 124"),
];

/// The files that examples speak of as if they were there.
fn files_of_examples(workspace: &Workspace) {
    let text = "Omar Haddad was arrested in Homs.";
    let page = format!("<html><p>{text}</p></html>");
    workspace.write("reports.zip", samples::zip(&[("report.pdf", &samples::pdf(&[&[text]]))]));
    workspace.write("inbox.mbox", samples::mbox(&[samples::message("Report", text, None)]));
    workspace.write("crawl.warc.gz", samples::gzip(&samples::warc("https://wire.example/1", &page)));
    workspace.write("incidents.csv", format!("id,incident_date,summary\n1,2024-12-09,{text}\n"));
}

#[test]
fn examples_of_every_command_work() {
    let graph = corpus();
    for command in commands(&graph) {
        let help = graph.ok(&[&command, "--help"]);
        let at = help.find("Example").unwrap_or_else(|| panic!("{command} --help has no example"));
        let examples: Vec<&str> = help[at..]
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .filter(|line| line.starts_with("isnad "))
            .collect();
        assert!(!examples.is_empty(), "{command} --help has no example");
        assert!(
            examples
                .iter()
                .any(|example| example.starts_with(&format!("isnad {command}"))
                    || example.contains(&format!(" {command} "))),
            "{command}: {examples:?}"
        );
        let workspace = graph.copied();
        files_of_examples(&workspace);
        fs::create_dir_all(workspace.path(".local/share/bash-completion/completions")).expect("folders");
        for example in examples {
            let line = INSTEAD.iter().find(|(known, _)| *known == example).map_or(example, |(_, line)| line);
            let ran = workspace.shell(&format!("set -o pipefail; {line}"));
            assert_eq!(ran.code, Some(0), "{example}: {ran:?}");
            assert!(
                !ran.stdout.is_empty() || line.contains("-o ") || line.contains('>') || line.contains("-q"),
                "{example} says nothing"
            );
        }
    }
}

#[test]
fn the_start_that_the_help_proposes_works() {
    let workspace = Workspace::new();
    let help = workspace.ok(&["--help"]);
    let start: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Start with:")
        .skip(1)
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert!(start.len() >= 2, "{start:?}");
    for line in start {
        let ran = workspace.shell(line);
        assert_eq!(ran.code, Some(0), "{line}: {ran:?}");
    }
    let bare = workspace.run(&[]);
    assert_eq!(bare.code, Some(2));
    assert!(bare.stderr.contains("Usage:"), "{bare:?}");
}

#[test]
fn examples_of_every_saved_question_have_answers() {
    let graph = corpus();
    let list = graph.ok(&["ask", "--format", "json"]);
    let questions: Vec<serde_json::Value> =
        list.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let files = fs::read_dir(project().join("data/questions")).expect("there").count();
    assert_eq!(questions.len(), files);
    for question in &questions {
        let name = question["name"].as_str().expect("a name");
        for field in ["title", "description"] {
            assert!(question[field].as_str().is_some_and(|text| text.len() > 10), "{name} has no {field}");
        }
        let example = question["example"].as_str().expect("an example");
        assert!(example.starts_with(&format!("isnad ask {name}")), "{example}");
        let ran = graph.shell(&format!("{example} --format json"));
        assert_eq!(ran.code, Some(0), "{example}: {ran:?}");
        assert!(!rows(&ran.stdout).is_empty(), "{example} has no answer");
        let table = graph.shell(example);
        assert!(table.code == Some(0) && table.stdout.lines().count() > 1, "{table:?}");
        let parameters = question["parameters"].as_array().expect("a list");
        if parameters.iter().all(|parameter| parameter["optional"] == true) {
            let ran = graph.run(&["ask", name, "--format", "json"]);
            assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
            assert!(ran.took < Duration::from_secs(5), "{name}: {:?}", ran.took);
        }
    }
}

#[test]
fn manual_and_completions() {
    let workspace = Workspace::new();
    let page = workspace.ok(&["man"]);
    assert!(page.contains(".TH") && page.contains("isnad"));
    workspace.ok(&["man", "--output", "man"]);
    for command in commands(&workspace) {
        let page = workspace.read(&format!("man/isnad-{command}.1"));
        assert!(page.contains(".TH"), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = workspace.ok(&["completions", shell]);
        assert!(script.contains("isnad") && script.contains("export"), "{shell}");
    }
    let checked = workspace.shell("isnad completions bash > c.sh && bash -n c.sh");
    assert_eq!(checked.code, Some(0), "{checked:?}");
    workspace.run(&["completions", "cmd"]).fails(2, &["cmd"]).silent();
}

#[test]
fn the_version_is_that_of_the_project() {
    let workspace = Workspace::new();
    assert_eq!(workspace.ok(&["--version"]).trim(), format!("isnad {}", env!("CARGO_PKG_VERSION")));
}

/// Lines of the README that are commands of this program, in order.
fn commands_of_readme() -> Vec<String> {
    let readme = fs::read_to_string(project().join("README.md")).expect("a README");
    let mut commands = Vec::new();
    let mut block = None;
    for line in readme.lines() {
        match (block, line.strip_prefix("```")) {
            (None, Some(language)) => block = Some(language),
            (Some(_), Some(_)) => block = None,
            (Some("console"), None) => commands.extend(line.strip_prefix("$ ").map(str::to_owned)),
            (Some("sh"), None) => commands.push(line.to_owned()),
            _ => {}
        }
    }
    commands.retain(|line| line.starts_with("isnad "));
    commands
}

#[test]
fn commands_of_the_readme_work() {
    let commands = commands_of_readme();
    assert!(commands.len() >= 8, "{commands:?}");
    let workspace = Workspace::new();
    for command in commands {
        let ran = workspace.shell(&format!("set -o pipefail; {command}"));
        assert_eq!(ran.code, Some(0), "{command}: {ran:?}");
        assert!(!ran.stdout.is_empty() || command.contains(" -o "), "{command} says nothing");
    }
}
