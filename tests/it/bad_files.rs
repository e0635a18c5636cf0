//! Inputs that cannot be read: each is named, with what to do, and nothing in the store is lost.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;
use std::time::Duration;

use super::support::{GOOD, Workspace, with_store};

/// Builds a bad file alone (exit 2) and with a good one that is new (exit 1, and the good one is
/// there); what was in the store before is there each time.
#[track_caller]
fn is_refused(workspace: &Workspace, before: &str, name: &str, words: &[&str]) {
    let words = [&[name, "hint:"], words].concat();
    let ran = workspace.run(&["build", name]);
    ran.fails(2, &words);
    assert!(workspace.export() == before, "{name} changed the store");
    workspace.run(&["extract", name]).fails(2, &words).silent();

    workspace.write("other.txt", "Rebels captured Hama on 5 December 2024.\n");
    let ran = workspace.run(&["build", "--json", name, "other.txt"]);
    ran.fails(1, &words);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).expect("standard output is the summary alone");
    assert_eq!((&summary["new"], &summary["failed"]), (&1.into(), &1.into()), "{summary}");
    let after = workspace.export();
    assert!(before.lines().all(|line| after.contains(line)), "{name}: something is lost");
    assert!(after.contains("captured Hama"));
}

#[test]
fn a_missing_path() {
    let (workspace, before) = with_store();
    is_refused(&workspace, &before, "gone.txt", &["no such file or folder"]);
    workspace.run(&["build", "none/*.txt"]).fails(2, &["none/*.txt", "hint:"]).silent();
    workspace.run(&["build"]).fails(2, &["INPUT"]).silent();
}

#[test]
fn an_empty_file() {
    let (workspace, before) = with_store();
    workspace.write("empty.txt", "");
    is_refused(&workspace, &before, "empty.txt", &["no text"]);
    workspace.write("blank.txt", "\u{feff} \n\t\n");
    workspace.run(&["build", "blank.txt"]).fails(2, &["blank.txt", "no text", "hint:"]);
    workspace.write("blank.html", "<html><body><script>let a = 1;</script></body></html>");
    workspace.run(&["build", "blank.html"]).fails(2, &["blank.html", "hint:"]);
}

#[test]
fn text_that_is_damaged() {
    let (workspace, before) = with_store();
    let damaged = ["كان علي حسن في سجن صيدنايا. ".as_bytes(), b"\xe9 Hama.\n"].concat();
    workspace.write("damaged.txt", damaged);
    is_refused(&workspace, &before, "damaged.txt", &["byte ", "not valid UTF-8", "iconv"]);
    workspace.write("half.txt", b"\xff\xfe\x00\xd8a\0");
    workspace.run(&["build", "half.txt"]).fails(2, &["half.txt", "UTF-16", "hint:"]);
}

#[test]
fn a_binary_file() {
    let (workspace, before) = with_store();
    workspace.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0");
    is_refused(&workspace, &before, "picture.txt", &["binary"]);
    let random: Vec<u8> = (0..4096_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["noise.txt", "noise.md", "noise.html", "noise.jsonl", "noise"] {
        workspace.write(name, &random);
        workspace.run(&["build", name]).fails(2, &[name]);
    }
    assert!(workspace.export().contains("Ali Hassan"));
}

#[test]
fn a_folder_that_contains_itself() {
    let (workspace, _) = with_store();
    workspace.write("folder/in/a.txt", "Rebels captured Hama on 5 December 2024.\n");
    symlink(workspace.path("folder"), workspace.path("folder/in/again")).expect("a link");
    let ran = workspace.run(&["build", "folder"]);
    ran.fails(1, &["folder/in/again", "leads back", "hint:"]);
    assert!(workspace.export().contains("captured Hama"), "the rest is read");
}

#[test]
fn a_pipe_a_device_and_a_socket() {
    let (workspace, before) = with_store();
    assert!(Command::new("mkfifo").arg(workspace.path("pipe.txt")).status().expect("mkfifo runs").success());
    is_refused(&workspace, &before, "pipe.txt", &["pipe", "not opened"]);
    workspace.run(&["build", "/dev/zero"]).fails(2, &["/dev/zero", "device"]).silent();
}

#[test]
fn a_file_larger_than_allowed() {
    let (workspace, before) = with_store();
    let file = File::create(workspace.path("huge.txt")).expect("a file");
    file.set_len(1 << 30).expect("a sparse file");
    let ran = workspace.run(&["build", "huge.txt"]);
    ran.fails(2, &["huge.txt", "1073741824 bytes", "--max-size", "hint:"]);
    assert!(ran.took < Duration::from_secs(2), "{:?}", ran.took);
    assert!(workspace.export() == before);
    // A line of JSON Lines is skipped without being held whole.
    File::create(workspace.path("huge.jsonl")).expect("a file").set_len(1 << 28).expect("a sparse file");
    let ran = workspace.run(&["build", "--json", "huge.jsonl"]);
    ran.fails(2, &["huge.jsonl"]);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(summary["peak_memory_mib"].as_u64().is_none_or(|peak| peak < 256), "{summary}");
    workspace.write("three.txt", "word ".repeat(600_000));
    workspace.run(&["build", "--max-size", "2", "three.txt"]).fails(2, &["three.txt", "--max-size"]);
    workspace.run(&["build", "--max-size", "0", "good.txt"]).fails(2, &["--max-size"]).silent();
}

#[test]
fn twenty_million_letters_without_a_space() {
    let (workspace, before) = with_store();
    workspace.write("line.txt", "a".repeat(20_000_000));
    let ran = workspace.run(&["build", "--json", "line.txt"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    assert!(ran.took < Duration::from_secs(20), "{:?}", ran.took);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(summary["peak_memory_mib"].as_u64().is_none_or(|peak| peak < 1024), "{summary}");
    let after = workspace.export();
    assert!(before.lines().all(|line| after.contains(line)));
    assert!(after.len() < before.len() + 100_000, "no node with 20 MB of name");
}

#[test]
fn a_file_that_may_not_be_read() {
    let (workspace, before) = with_store();
    let closed = workspace.write("closed.txt", GOOD);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions");
    // Root may read everything.
    if File::open(&closed).is_ok() {
        eprintln!("skipped: this user may read files of mode 000");
        return;
    }
    is_refused(&workspace, &before, "closed.txt", &["permission denied"]);
}

#[test]
fn a_bad_line_among_good_ones() {
    let (workspace, before) = with_store();
    let record = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
    let lines = [
        record("Rebels captured Hama on 5 December 2024."),
        "{\"text\": \n".to_owned(),
        record("Omar Haddad was arrested in Homs."),
    ];
    workspace.write("lines.jsonl", lines.concat());
    let ran = workspace.run(&["build", "--json", "lines.jsonl"]);
    ran.fails(1, &["lines.jsonl, line 2", "hint:"]);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!((&summary["new"], &summary["failed"]), (&2.into(), &1.into()), "{summary}");
    let after = workspace.export();
    assert!(after.contains("captured Hama") && after.contains("Omar Haddad"));
    assert!(before.lines().all(|line| after.contains(line)));
    for line in ["[1, 2]", "{\"body\": 1}", "7", "\"text\""] {
        workspace.write("odd.jsonl", format!("{line}\n"));
        workspace.run(&["build", "odd.jsonl"]).fails(2, &["odd.jsonl, line 1", "hint:"]);
    }
    workspace.write("one.json", "{}");
    workspace.run(&["build", "one.json"]).fails(2, &["one.json", "no text", "hint:"]);
}

#[test]
fn a_name_cannot_write_to_the_terminal() {
    let (workspace, _) = with_store();
    let ran = workspace.run(&["build", "a\u{1b}c\u{7}\u{202e}b.txt"]);
    ran.fails(2, &["no such file"]);
    assert!(!ran.stderr.contains('\u{1b}') && !ran.stderr.contains('\u{202e}'), "{:?}", ran.stderr);
}

/// The annotation line of [`GOOD`], with one text put for another.
fn line(workspace: &Workspace, from: &str, to: &str) -> String {
    let line = workspace.ok(&["extract", "good.txt"]);
    assert!(line.contains(from), "{from} is not in {line}");
    line.replace(from, to)
}

#[test]
fn annotation_lines_that_are_wrong() {
    let (workspace, before) = with_store();
    let whole = line(&workspace, "Ali", "Ali");
    let wrong = [
        ("format", line(&workspace, "isnad-annotations/1", "isnad-annotations/7"), "isnad-annotations/7"),
        ("entity", line(&workspace, "\"entity\":\"e1\"", "\"entity\":\"e99\""), "e99"),
        ("mention", line(&workspace, "\"mention\":\"m2\"", "\"mention\":\"m99\""), "m99"),
        ("polarity", line(&workspace, "\"positive\"", "\"perhaps\""), "perhaps"),
        ("trigger", line(&workspace, "\"start\":15,\"end\":23,\"text\"", "\"start\":15,\"end\":9999,\"text\""), ""),
        ("backwards", line(&workspace, "\"start\":15,\"end\":23,\"text\"", "\"start\":23,\"end\":15,\"text\""), ""),
        ("quote", line(&workspace, "\"start\":15,\"end\":23,\"text\"", "\"start\":16,\"end\":24,\"text\""), "released"),
        (
            "evidence",
            line(&workspace, "\"evidence\":{\"start\":0,\"end\":41}", "\"evidence\":{\"start\":0,\"end\":4100}"),
            "",
        ),
        ("sentence", line(&workspace, "[[0,41]]", "[[0,4100]]"), ""),
        ("mentioned", line(&workspace, "\"start\":29,\"end\":40,\"text\"", "\"start\":30,\"end\":40,\"text\""), "Evin"),
        ("truncated", whole[..300].to_owned(), "EOF"),
        ("list", "[]\n".to_owned(), ""),
        ("object", "{}\n".to_owned(), ""),
    ];
    for (name, content, word) in &wrong {
        let file = format!("{name}.jsonl");
        workspace.write(&file, content);
        let ran = workspace.run(&["build", "--annotations", &file]);
        ran.fails(2, &[&format!("{file}, line 1"), "hint:", word]);
        assert!(workspace.export() == before, "{name} changed the store");
    }
    // A good line before and after a bad one is stored.
    let good = |name: &str| {
        workspace.write("next.txt", format!("{name} was arrested in Homs."));
        workspace.ok(&["extract", "next.txt"])
    };
    workspace.write(
        "mixed.jsonl",
        [good("Omar Haddad"), wrong[0].1.clone(), good("Sami Khoury").replace("next.txt", "last.txt")].concat(),
    );
    workspace.run(&["build", "--annotations", "mixed.jsonl"]).fails(1, &["mixed.jsonl, line 2"]);
    let after = workspace.export();
    assert!(after.contains("Omar Haddad") && after.contains("Sami Khoury") && after.contains("Ali Hassan"));
}
