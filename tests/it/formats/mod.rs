//! Every format that is read, what it is told by, and what is kept of it.

mod hostile;
pub mod samples;

use std::collections::BTreeMap;

use super::support::{Workspace, parse};
use oxigraph::io::RdfFormat;
use serde_json::Value;

const SENTENCE: &str = "Ali Hassan was released from Evin Prison.";

/// Each document of what is printed, by its source.
fn documents(stdout: &str) -> BTreeMap<String, Value> {
    let lines = stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines
        .map(|line| (line["document"]["source"].as_str().expect("a source").to_owned(), line["document"].clone()))
        .collect()
}

fn text(document: &Value) -> &str {
    document["text"].as_str().expect("a text")
}

#[test]
fn a_folder_of_every_format() {
    let workspace = Workspace::new();
    let page = format!("<!doctype html><html><head><title>T</title></head><body><p>{SENTENCE}</p></body></html>");
    let record = format!("{{\"text\": \"{SENTENCE}\", \"id\": \"r1\"}}");
    let feed = format!(
        "<?xml version='1.0'?><rss><channel><title>Wire</title><item><guid>g1</guid><description>{SENTENCE}</description></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:1</id><summary>{SENTENCE}</summary></entry></feed>"
    );
    let message = samples::message("Report", SENTENCE, Some(("notes.txt", SENTENCE.as_bytes())));
    let table = format!("id,text\nr1,{SENTENCE}\n");
    let nested = samples::zip(&[
        ("deep/a.txt", SENTENCE.as_bytes()),
        ("picture.png", b"\x89PNG"),
        ("b.docx", &samples::docx(&[SENTENCE])),
    ]);
    let files: &[(&str, Vec<u8>, &[&str])] = &[
        ("a.txt", SENTENCE.into(), &["a.txt"]),
        ("b.html", page.clone().into(), &["b.html"]),
        ("c.pdf", samples::pdf(&[&[SENTENCE]]), &["c.pdf"]),
        ("d.docx", samples::docx(&[SENTENCE]), &["d.docx"]),
        ("e.odt", samples::odt(&[SENTENCE]), &["e.odt"]),
        ("f.rtf", format!("{{\\rtf1\\ansi {SENTENCE}\\par}}").into(), &["f.rtf"]),
        ("g.epub", samples::epub(&[SENTENCE]), &["g.epub"]),
        ("h.eml", message.clone().into(), &["h.eml", "h.eml!/notes.txt"]),
        ("i.mbox", samples::mbox(&[message]).into(), &["i.mbox#1", "i.mbox#1!/notes.txt"]),
        ("j.json", format!("[{record}]").into(), &["j.json#r1"]),
        ("k.jsonl", record.into(), &["k.jsonl#r1"]),
        ("l.csv", table.clone().into(), &["l.csv#r1"]),
        ("m.tsv", table.replace(',', "\t").into(), &["m.tsv#r1"]),
        ("n.warc", samples::warc("https://wire.example/1", &page), &["n.warc#https://wire.example/1"]),
        (
            "o.warc.gz",
            samples::gzip(&samples::warc("https://wire.example/1", &page)),
            &["o.warc.gz#https://wire.example/1"],
        ),
        ("p.zip", nested.clone(), &["p.zip!/deep/a.txt", "p.zip!/b.docx"]),
        ("q.tar", samples::tar(&[("x/a.txt", SENTENCE.as_bytes())]), &["q.tar!/x/a.txt"]),
        (
            "r.tar.gz",
            samples::gzip(&samples::tar(&[("n.zip", &nested)])),
            &["r.tar.gz!/n.zip!/deep/a.txt", "r.tar.gz!/n.zip!/b.docx"],
        ),
        ("s.xml", feed.into(), &["s.xml#g1"]),
        ("t.atom", atom.into(), &["t.atom#urn:1"]),
        ("u.txt.gz", samples::gzip(SENTENCE.as_bytes()), &["u.txt.gz"]),
        ("v.md", SENTENCE.into(), &["v.md"]),
        // What it is counts more than what it is called.
        ("w.txt", samples::pdf(&[&[SENTENCE]]), &["w.txt"]),
        ("x.pdf", page.into(), &["x.pdf"]),
    ];
    let mut expected: Vec<String> = Vec::new();
    for (name, bytes, sources) in files {
        workspace.write(&format!("in/{name}"), bytes);
        expected.extend(sources.iter().map(|source| format!("in/{source}")));
    }
    workspace.write("in/picture.png", b"\x89PNG\r\n");
    let ran = workspace.run(&["extract", "--reading", "fast", "in"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found = documents(&ran.stdout);
    expected.sort();
    assert_eq!(found.keys().cloned().collect::<Vec<_>>(), expected);
    for (source, document) in &found {
        assert!(text(document).contains(SENTENCE), "{source}: {document}");
        assert_eq!(document["sha256"].as_str().map(str::len), Some(64), "{source}");
    }
    assert_eq!(text(&found["in/d.docx"]), format!("{SENTENCE}\n\nYear\t2012\n\nA note."));
    assert_eq!(
        (&found["in/d.docx"]["title"], &found["in/d.docx"]["author"]),
        (&"A title".into(), &"Mona Haddad".into())
    );
    assert_eq!((&found["in/h.eml"]["title"], &found["in/h.eml"]["author"]), (&"Report".into(), &"Mona".into()));
    assert_eq!(found["in/h.eml"]["published"]["earliest"], "2024-12-09");
    assert_eq!(found["in/g.epub"]["published"]["earliest"], "2024-12-09");
    assert_eq!(found["in/n.warc#https://wire.example/1"]["url"], "https://wire.example/1");
    assert_eq!(found["in/s.xml#g1"]["publisher"], "Wire");
    assert_eq!(text(&found["in/w.txt"]), SENTENCE);
}

#[test]
fn standard_input_of_any_format() {
    let workspace = Workspace::new();
    for bytes in [samples::pdf(&[&[SENTENCE]]), samples::docx(&[SENTENCE]), samples::gzip(SENTENCE.as_bytes())] {
        let ran = workspace.run_with(&["extract", "--reading", "fast", "-"], &bytes);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(text(&documents(&ran.stdout)["-"]).starts_with(SENTENCE), "{}", ran.stdout);
    }
}

#[test]
fn evidence_says_on_which_page_it_stands() {
    let workspace = Workspace::new();
    let head = |page: usize| format!("Sample Commission - page {page}");
    let heads: Vec<String> = (1..=3).map(head).collect();
    let filler = [
        "The roads were closed for the whole of that week and nobody was let",
        "through, as several farmers who live beside them told the commission.",
    ];
    let pages: Vec<Vec<&str>> = vec![
        vec![&heads[0], "", filler[0], filler[1], filler[0], filler[1], filler[0], filler[1]],
        vec![
            &heads[1],
            "",
            filler[0],
            filler[1],
            filler[0],
            filler[1],
            filler[0],
            "through, until the morning on which Ali Hassan was re-",
        ],
        vec![
            &heads[2],
            "",
            "leased from Evin Prison. Omar Haddad was arrested in Homs on Monday.",
            filler[0],
            filler[1],
            filler[0],
            filler[1],
            filler[0],
        ],
    ];
    let pages: Vec<&[&str]> = pages.iter().map(Vec::as_slice).collect();
    workspace.write("report.pdf", samples::pdf(&pages));
    let line = workspace.ok(&["extract", "report.pdf"]);
    let document = &documents(&line)["report.pdf"];
    assert!(text(document).contains("on which Ali Hassan was released from Evin Prison. Omar Haddad"), "{document}");
    assert!(!text(document).contains("Sample Commission"), "{document}");
    let numbers: Vec<&Value> = document["pages"].as_array().expect("pages").iter().map(|page| &page["page"]).collect();
    assert_eq!(numbers, [1, 2, 3]);

    workspace.ok(&["build", "report.pdf"]);
    let page_of = |words: &str| {
        let rows = workspace.query(&format!(
            "SELECT DISTINCT ?page {{ GRAPH ?d {{ ?e isnad:page ?page ; oa:hasSelector/oa:exact ?words FILTER(CONTAINS(?words, '{words}')) }} }}"
        ));
        rows.iter().map(|row| row["page"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(page_of("Omar Haddad was arrested"), ["3"]);
    // A sentence stands where it begins.
    assert_eq!(page_of("Ali Hassan was released"), ["2"]);
    for command in ["show", "explain"] {
        let told = workspace.ok(&[command, "Omar Haddad"]);
        assert!(told.contains("report.pdf, page 3 ["), "{command}: {told}");
    }
    // Annotation lines carry the pages.
    let other = Workspace::new();
    other.write("lines.jsonl", &line);
    other.ok(&["build", "--annotations", "lines.jsonl"]);
    let sorted = |export: String| parse(RdfFormat::NQuads, &export).len();
    assert_eq!(other.export(), workspace.export());
    assert!(sorted(other.export()) > 50);
    other.write("wrong.jsonl", line.replace("\"page\":2,\"start\":", "\"page\":2,\"start\":9"));
    other.run(&["build", "--annotations", "wrong.jsonl"]).fails(2, &["wrong.jsonl, line 1", "hint:"]);
    assert!(workspace.ok(&["validate"]).contains("conform"));
}

#[test]
fn other_encodings_are_read_and_recorded() {
    let workspace = Workspace::new();
    workspace.write("latin.txt", b"Ali Hassan was seen at the caf\xe9 \x93Central\x94 in Hama on Sunday.\n");
    let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(SENTENCE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    workspace.write("wide.txt", utf_16);
    workspace.ok(&["build", "latin.txt", "wide.txt", "--reading", "fast"]);
    let rows = workspace
        .query("SELECT ?path ?encoding { ?d isnad:sourcePath ?path ; isnad:encoding ?encoding } ORDER BY ?path");
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row["path"].as_str(), row["encoding"].as_str())).collect();
    assert_eq!(told, [("latin.txt", "windows-1252"), ("wide.txt", "UTF-16LE")]);
    assert!(workspace.export().contains("the café “Central” in Hama"));
}
