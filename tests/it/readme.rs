//! The transcripts of the README are what the program prints.
//!
//! `UPDATE_README=1 make test` writes what is printed now into the README.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A `console` block: commands after `$ `, each with the lines printed.
struct Step {
    command: String,
    expected: String,
}

fn steps(block: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.to_owned(), expected: String::new() }),
            (None, Some(step)) => {
                step.expected.push_str(line);
                step.expected.push('\n');
            }
            (None, None) => panic!("a transcript starts with a command, not with {line:?}"),
        }
    }
    steps
}

/// Times and memory differ from run to run; `…` stands for them in the README.
fn settle(printed: &str) -> String {
    let measured = ["seconds", "words per second", "peak memory"];
    let mut settled = String::new();
    for line in printed.lines() {
        match measured.iter().find(|name| line.trim_start().starts_with(**name)) {
            Some(name) => settled.push_str(&format!(" {name:<17} …")),
            None => settled.push_str(line),
        }
        settled.push('\n');
    }
    settled
}

#[test]
fn transcripts_are_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README is there");
    let scratch = tempfile::tempdir().expect("a temporary folder");
    std::os::unix::fs::symlink(root.join("data"), scratch.path().join("data")).expect("a link to data");
    let binary = Path::new(env!("CARGO_BIN_EXE_isnad"));
    let path =
        format!("{}:{}", binary.parent().expect("a folder").display(), std::env::var("PATH").unwrap_or_default());
    let mut updated = String::new();
    let mut rest = readme.as_str();
    let mut count = 0;
    let mut wrong = Vec::new();
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (block, after) = after.split_once("```").expect("a block ends");
        updated.push_str(before);
        updated.push_str("```console\n");
        for step in steps(block) {
            count += 1;
            let done = Command::new("bash")
                .args(["-c", &step.command])
                .current_dir(scratch.path())
                .env("PATH", &path)
                .env_remove("ISNAD_STORE")
                .output()
                .expect("bash runs");
            let printed = settle(&String::from_utf8_lossy(&done.stdout));
            assert!(done.status.success(), "{}: {}", step.command, String::from_utf8_lossy(&done.stderr));
            updated.push_str(&format!("$ {}\n{printed}", step.command));
            if printed != step.expected {
                wrong.push(format!("$ {}\nprints\n{printed}\nbut the README says\n{}", step.command, step.expected));
            }
        }
        updated.push_str("```");
        rest = after;
    }
    updated.push_str(rest);
    assert!(count >= 5, "the README has transcripts");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(root.join("README.md"), updated).expect("the README can be written");
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }
}
