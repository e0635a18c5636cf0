//! Questions that cannot be asked and answers that cannot be written.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;
use std::time::Duration;

use super::support::{BINARY, Workspace, corpus};

#[test]
fn malformed_sparql() {
    let graph = corpus();
    for (sparql, place) in [
        ("SELEC ?s", "1:"),
        ("SELECT ?s WHERE {\n ?s isnad:heldAt }", "2:"),
        ("", "1:"),
        ("SELECT ?s WHERE { ?s nope:x ?o }", "prefix of this name"),
    ] {
        graph.run(&["query", "--format", "json", sparql]).fails(2, &["SPARQL", place, "hint:"]).silent();
    }
    graph.run(&["query", "DELETE WHERE { ?s ?p ?o }"]).fails(2, &["SPARQL", "hint:"]).silent();
    graph.run(&["query"]).fails(2, &["SPARQL"]).silent();
    graph.run(&["query", "-f", "gone.rq"]).fails(2, &["gone.rq"]).silent();
}

#[test]
fn other_servers_are_never_asked() {
    let graph = corpus();
    for sparql in [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { VALUES ?where { <http://127.0.0.1:9/> } SERVICE ?where { ?s ?p ?o } }",
        "SELECT * WHERE { ?d a isnad:Document . OPTIONAL { SERVICE <http://127.0.0.1:9/> { ?d ?p ?o } } }",
    ] {
        graph.run(&["query", "--format", "json", sparql]).fails(2, &["SERVICE is refused", "hint:"]);
    }
    let loaded =
        graph.run(&["query", "SELECT * FROM <http://127.0.0.1:9/data> WHERE { ?s ?p ?o }", "--format", "json"]);
    assert_eq!(loaded.code, Some(1), "a graph that is not here is empty: {loaded:?}");
}

#[test]
fn a_question_without_end_is_stopped() {
    let graph = corpus();
    let four = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l";
    for sparql in [
        format!("SELECT (COUNT(*) AS ?n) WHERE {{ {four} }}"),
        format!("SELECT * WHERE {{ {four} }}"),
        format!("SELECT DISTINCT ?a ?d WHERE {{ {four} }} ORDER BY ?c ?l"),
        format!("ASK {{ {four} FILTER(?a = ?l && ?c = ?d && ?d = ?a && ?g = ?f) }}"),
    ] {
        let ran = graph.run(&["query", "--timeout", "100ms", "--format", "json", &sparql]);
        ran.fails(2, &["took longer", "hint:", "--timeout"]);
        assert!(ran.took < Duration::from_secs(4), "{sparql}: {:?}", ran.took);
    }
    for time in ["soon", "1y", "-1s", "1e99h", ""] {
        graph.run(&["query", &format!("--timeout={time}"), "ASK {}"]).fails(2, &["--timeout"]).silent();
    }
}

#[test]
fn unknown_names() {
    let graph = corpus();
    for (arguments, words) in [
        (&["ask", "weather"][..], &["weather", "hint:", "isnad ask"][..]),
        (&["ask", "held"], &["held", "hint:", "held-at"]),
        (&["ask", "held-at"], &["person", "hint:"]),
        (&["ask", "held-at", "who=Tatari"], &["who", "hint:", "person="]),
        (&["ask", "held-at", "Tatari"], &["name=value", "hint:"]),
        (&["ask", "held-at", "person=Nobody Atall"], &["Nobody Atall", "hint:"]),
        (&["ask", "held-at", "person=Tatari", "person=Tatari"], &["twice"]),
        (&["ask", "events-at", "place=Hama", "since=yesterday"], &["yesterday", "YYYY-MM-DD"]),
        (&["show", "Nobody Atall"], &["Nobody Atall", "hint:"]),
        (&["explain", "Nobody Atall"], &["Nobody Atall", "hint:"]),
        (&["explain", "Tatari", "Nobody Atall"], &["Nobody Atall", "hint:"]),
        (&["path", "Tatari", "Nobody Atall"], &["Nobody Atall", "hint:"]),
        (&["export", "--format", "dot", "--root", "Nobody Atall"], &["Nobody Atall", "hint:"]),
        (&["export", "--format", "word"], &["word", "turtle"]),
        (&["export"], &["--format"]),
        (&["query", "--format", "word", "ASK {}"], &["word", "json"]),
        (&["find", "Tatari", "--type", "Wizard"], &["Wizard", "hint:"]),
        (&["frobnicate"], &["frobnicate"]),
        (&["build", "--jobs", "0", "data/corpus"], &["--jobs"]),
        (&["export", "--format", "dot", "--depth", "2"], &["--root"]),
    ] {
        graph.run(arguments).fails(2, words).silent();
    }
    let none = graph.run(&["find", "Nobody Atall"]);
    none.fails(1, &["Nobody Atall"]).silent();
    let none = graph.run(&["ask", "events-at", "place=Geneva"]);
    none.fails(1, &["0 answers"]).silent();
    let none = graph.run(&["show", "id:person/0000000000000000"]);
    none.fails(1, &[]).silent();
}

#[test]
fn a_value_never_becomes_part_of_the_question() {
    let graph = corpus();
    for value in ["\" } #", "x' OR 1=1", "?s", "> } ASK {", "\\", "\u{0}".trim_end_matches('\0')] {
        let ran = graph.run(&["ask", "figures", &format!("unit={value}"), "--format", "json"]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(super::support::rows(&ran.stdout).is_empty());
    }
    graph.run(&["ask", "held-at", "person=https://x> } ASK { <y"]).fails(2, &["not an IRI"]).silent();
    graph.run(&["show", "<https://a b>"]).fails(2, &["IRI"]).silent();
}

#[test]
fn formats_that_do_not_fit_the_answer() {
    let graph = corpus();
    graph
        .run(&["query", "--format", "turtle", "SELECT ?s WHERE { ?s a isnad:Prison }"])
        .fails(2, &["hint:", "CONSTRUCT"])
        .silent();
    graph.run(&["query", "--format", "turtle", "ASK {}"]).fails(2, &["hint:"]).silent();
    graph
        .run(&["query", "--format", "csv", "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"])
        .fails(2, &["hint:", "turtle"])
        .silent();
}

#[test]
fn nothing_is_overwritten_unasked() {
    let workspace = corpus().copied();
    workspace.write("there.ttl", "mine");
    for format in ["turtle", "svg", "html", "nquads"] {
        workspace
            .run(&["export", "--format", format, "-o", "there.ttl"])
            .fails(2, &["there.ttl", "already", "hint:", "--force"])
            .silent();
        assert_eq!(workspace.read("there.ttl"), "mine");
    }
    workspace.ok(&["export", "--format", "turtle", "-o", "there.ttl", "--force"]);
    assert_eq!(workspace.read("there.ttl"), workspace.ok(&["export", "--format", "turtle"]));
    fs::create_dir(workspace.path("folder")).expect("a folder");
    for force in [&["--force"][..], &[]] {
        workspace
            .run(&[&["export", "--format", "turtle", "-o", "folder"], force].concat())
            .fails(2, &["folder", "hint:"])
            .silent();
    }
    workspace
        .run(&["export", "--format", "turtle", "-o", "none/graph.ttl"])
        .fails(2, &["none/graph.ttl", "hint:"])
        .silent();
    assert!(!workspace.path("none").exists());
    // A failed export leaves the old file as it was, and no draft.
    workspace.write("there.ttl", "mine");
    workspace
        .run(&["export", "--format", "dot", "--root", "Nobody Atall", "-o", "there.ttl", "--force"])
        .fails(2, &["Nobody Atall"]);
    assert_eq!(workspace.read("there.ttl"), "mine");
    let ran = workspace.shell("trap '' XFSZ; ulimit -f 16; exec isnad export --format nquads -o there.ttl --force");
    ran.fails(2, &["there.ttl", "could not be written"]).silent();
    assert_eq!(workspace.read("there.ttl"), "mine");
    let drafts: Vec<_> = fs::read_dir(workspace.root())
        .expect("there")
        .map(|entry| entry.expect("an entry").file_name())
        .filter(|name| name.display().to_string().contains(".part"))
        .collect();
    assert!(drafts.is_empty(), "{drafts:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device() {
    let graph = corpus();
    for format in ["nquads", "turtle", "svg", "html", "graphml", "dot"] {
        let ran = graph.run(&["export", "--format", format, "-o", "/dev/full", "--force"]);
        ran.fails(2, &["/dev/full", "could not be written"]).silent();
    }
    for command in [
        "export --format nquads",
        "query --format csv 'SELECT * WHERE { ?s ?p ?o }'",
        "ask sites",
        "stats",
        "extract data/corpus",
        "show Tatari",
        "man",
    ] {
        let ran = graph.shell(&format!("isnad {command} > /dev/full"));
        ran.fails(2, &["No space left"]);
    }
}

#[test]
fn a_reader_that_has_seen_enough() {
    let graph = corpus();
    let commands = [
        &["export", "--format", "nquads"][..],
        &["export", "--format", "html"],
        &["extract", "data/corpus"],
        &["query", "SELECT * WHERE { ?s ?p ?o }", "--format", "json"],
        &["query", "SELECT * WHERE { ?s ?p ?o }"],
        &["query", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"],
    ];
    for command in commands {
        let mut child =
            graph.command(BINARY).args(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        let mut out = child.stdout.take().expect("a pipe");
        let mut first = [0; 100];
        out.read_exact(&mut first).expect("it has more to say than that");
        drop(out);
        let ended = child.wait_with_output().expect("ends");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(0), "{command:?}: {said}");
        assert!(
            !said.contains("error") && !said.contains("panicked") && !said.to_lowercase().contains("pipe"),
            "{command:?}: {said}"
        );
    }
    let line = graph.shell("isnad export --format nquads | head -1; echo ${PIPESTATUS[0]}; isnad --help | true; isnad man | true; isnad completions bash | true; isnad ask | true");
    assert_eq!((line.stdout.lines().count(), line.stdout.lines().last(), line.stderr.as_str()), (2, Some("0"), ""));
}

#[test]
fn rdf_with_an_error() {
    let workspace = Workspace::new();
    workspace.write("good.txt", "Ali Hassan was released from Evin Prison.\n");
    workspace.ok(&["build", "good.txt"]);
    let before = workspace.export();
    let line = "<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n";
    for (name, content, place) in [
        ("bad.nt", format!("{line}{line}<http://example.org/a> <http://example.org/b> .\n{line}"), "line 3"),
        ("bad.nq", format!("{line}nonsense\n"), "line 2"),
        ("bad.ttl", format!("@prefix a: <http://example.org/> .\n{line}a:x a:y ] .\n"), "line 3"),
        ("bad.trig", format!("{line}<http://example.org/g> {{\n{line}\n"), ""),
        ("bad.rdf", "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description>\n</rdf:RDF>\n".to_owned(), ""),
        ("bad.jsonld", "{\"@id\": ".to_owned(), ""),
        ("list.foo", line.to_owned(), ".foo"),
        ("noextension", line.to_owned(), "RDF format"),
    ] {
        workspace.write(name, content);
        workspace.run(&["import", name]).fails(2, &[name, place, "hint:"]).silent();
        assert!(workspace.export() == before, "{name} changed the store");
    }
    workspace.run(&["import", "gone.ttl"]).fails(2, &["gone.ttl", "hint:"]).silent();
    workspace.write("binary.nt", b"\x00\xff\xfe\x00");
    workspace.run(&["import", "binary.nt"]).fails(2, &["binary.nt"]).silent();
    assert!(workspace.export() == before);
}
