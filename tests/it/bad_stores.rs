//! Stores that are missing, in use, damaged, foreign, or on a disk that is full.

use std::fs::{self, File, OpenOptions};
use std::process::{Command, Stdio};

use super::support::{GOOD, Workspace, articles, corpus, with_store};

/// Every command that reads a store, and two that write one.
const READ: [&[&str]; 8] = [
    &["query", "ASK {}"],
    &["find", "Ali"],
    &["show", "Ali Hassan"],
    &["explain", "Ali Hassan"],
    &["ask", "captured-cities"],
    &["path", "Ali Hassan", "Evin Prison"],
    &["export", "--format", "nquads"],
    &["stats"],
];
const WRITE: [&[&str]; 2] = [&["build", "good.txt"], &["import", "good.nt"]];

#[test]
fn no_store() {
    let workspace = Workspace::new();
    for command in READ {
        let ran = workspace.run(command);
        ran.fails(2, &["isnad.graph", "no graph", "hint:", "isnad build"]).silent();
        let ran = workspace.run(&[command, &["--store", "elsewhere"]].concat());
        ran.fails(2, &["elsewhere", "hint:"]).silent();
    }
    assert!(!workspace.path("isnad.graph").exists() && !workspace.path("elsewhere").exists(), "reading makes no store");
}

#[test]
fn a_store_in_use() {
    let (workspace, before) = with_store();
    workspace.write("good.nt", "<http://a> <http://b> <http://c> .\n");
    let lock = OpenOptions::new().read(true).write(true).open(workspace.path("isnad.graph/lock")).expect("a lock");
    lock.lock().expect("nobody else has it");
    for command in READ.iter().chain(&WRITE) {
        workspace.run(command).fails(2, &["isnad.graph", "another isnad", "hint:"]).silent();
    }
    lock.unlock().expect("unlocked");
    lock.lock_shared().expect("nobody else has it");
    for command in WRITE {
        workspace.run(command).fails(2, &["isnad.graph", "another isnad", "hint:"]).silent();
    }
    assert!(workspace.export() == before, "others may read while one reads");
    drop(lock);
    workspace.ok(&["build", "good.txt"]);
    assert!(workspace.export() == before);
}

#[test]
fn a_store_of_another_version() {
    let (workspace, before) = with_store();
    workspace.write("good.nt", "<http://a> <http://b> <http://c> .\n");
    let manifest = workspace.read("isnad.graph/manifest.json");
    let mut other: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    other["format"] = 99.into();
    workspace.write("isnad.graph/manifest.json", other.to_string());
    for command in READ.iter().chain(&WRITE) {
        workspace.run(command).fails(2, &["isnad.graph", "format 99", "hint:"]).silent();
    }
    workspace.write("isnad.graph/manifest.json", manifest);
    assert!(workspace.export() == before);
}

#[test]
fn a_damaged_manifest() {
    let (workspace, before) = with_store();
    workspace.write("good.nt", "<http://a> <http://b> <http://c> .\n");
    let manifest = workspace.read("isnad.graph/manifest.json");
    for damage in [b"" as &[u8], b"{\"format\": 1", b"{}", b"\xff\xfe", b"[]"] {
        workspace.write("isnad.graph/manifest.json", damage);
        for command in READ.iter().chain(&WRITE) {
            workspace.run(command).fails(2, &["isnad.graph", "hint:"]).silent();
        }
        assert_eq!(
            fs::read(workspace.path("isnad.graph/manifest.json")).expect("there"),
            damage,
            "nothing is put right unasked"
        );
    }
    workspace.write("isnad.graph/manifest.json", manifest);
    assert!(workspace.export() == before);
}

#[test]
fn a_damaged_database() {
    let (workspace, _) = with_store();
    workspace.write("isnad.graph/quads/CURRENT", "MANIFEST-999999\n");
    for command in [READ[0], READ[6], WRITE[0]] {
        workspace.run(command).fails(2, &["isnad.graph", "hint:"]).silent();
    }
}

#[test]
fn a_folder_of_something_else() {
    let workspace = Workspace::new();
    workspace.write("good.txt", GOOD);
    workspace.write("good.nt", "<http://a> <http://b> <http://c> .\n");
    workspace.write("thesis/chapter.tex", "years of work");
    for command in READ.iter().chain(&WRITE) {
        workspace.run(&[command, &["--store", "thesis"] as &[&str]].concat()).fails(2, &["thesis", "hint:"]).silent();
    }
    let left: Vec<_> = fs::read_dir(workspace.path("thesis"))
        .expect("there")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(left, ["chapter.tex"]);
    for command in READ.iter().chain(&WRITE) {
        workspace
            .run(&[command, &["--store", "thesis/chapter.tex"] as &[&str]].concat())
            .fails(2, &["thesis/chapter.tex", "hint:"])
            .silent();
    }
    assert_eq!(workspace.read("thesis/chapter.tex"), "years of work");
}

#[test]
fn an_empty_folder_becomes_a_store() {
    let workspace = Workspace::new();
    workspace.write("good.txt", GOOD);
    fs::create_dir(workspace.path("new")).expect("a folder");
    workspace.ok(&["build", "good.txt", "--store", "new"]);
    assert!(workspace.ok(&["find", "Ali Hassan", "--store", "new"]).contains("Ali Hassan"));
    let mut by_environment = workspace.command(super::support::BINARY);
    let found = by_environment.env("ISNAD_STORE", "new").args(["find", "Ali Hassan"]).output().expect("runs");
    assert!(found.status.success(), "{found:?}");
}

#[test]
fn two_writers_at_once() {
    let workspace = Workspace::new();
    let mut children: Vec<_> = (0..4)
        .map(|_| {
            workspace
                .command(super::support::BINARY)
                .args(["build", "data/corpus"])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("starts")
        })
        .collect();
    let ended: Vec<_> = children.drain(..).map(|child| child.wait_with_output().expect("ends")).collect();
    assert!(ended.iter().any(|one| one.status.success()), "{ended:?}");
    for one in &ended {
        let said = String::from_utf8_lossy(&one.stderr);
        assert!(
            one.status.success()
                || one.status.code() == Some(2) && said.contains("another isnad") && said.contains("hint:"),
            "{said}"
        );
    }
    assert!(workspace.export() == corpus().export());
}

#[test]
fn a_build_that_is_killed_loses_nothing() {
    let (workspace, _) = with_store();
    for delay in ["0.05", "0.1", "0.15", "0.2"] {
        let before = workspace.export();
        let _ = Command::new("timeout")
            .args(["-s", "KILL", delay, super::support::BINARY, "build", "--quiet", "data/corpus"])
            .current_dir(workspace.root())
            .output()
            .expect("timeout runs");
        let after = workspace.export();
        assert!(
            before.lines().filter(|line| !line.contains("rdf-schema#label")).all(|line| after.contains(line)),
            "killed after {delay} s"
        );
    }
    workspace.ok(&["build", "data/corpus"]);
    let fresh = Workspace::new();
    fresh.write("good.txt", GOOD);
    fresh.ok(&["build", "good.txt", "data/corpus"]);
    assert!(workspace.export() == fresh.export());
}

#[test]
fn a_full_disk() {
    // No file may grow beyond some KiB: what a full disk does, at several moments of a build.
    let template = articles().unwrap_or_else(|| {
        let workspace = Workspace::new();
        workspace.write("good.txt", GOOD);
        workspace.ok(&["build", "good.txt"]);
        std::sync::Arc::new(workspace)
    });
    let before = template.export();
    let whole = template.copied();
    whole.ok(&["build", "data/corpus"]);
    let whole = whole.export();
    let mut failed = 0;
    for kibibytes in [8, 64, 256, 1024] {
        let workspace = template.copied();
        let ran = workspace.shell(&format!("trap '' XFSZ; ulimit -f {kibibytes}; exec isnad build data/corpus"));
        if ran.code == Some(0) {
            continue;
        }
        failed += 1;
        ran.fails(2, &["isnad.graph", "File too large", "hint:"]).silent();
        assert!(workspace.export() == before, "{kibibytes} KiB");
        workspace.ok(&["build", "data/corpus"]);
        assert!(workspace.export() == whole, "after {kibibytes} KiB");
    }
    assert!(failed > 0, "the limit was never reached");
}

#[test]
fn a_store_that_cannot_be_made() {
    let workspace = Workspace::new();
    workspace.write("good.txt", GOOD);
    File::create(workspace.path("file")).expect("a file");
    workspace.run(&["build", "good.txt", "--store", "file/graph"]).fails(2, &["file/graph", "hint:"]).silent();
}
