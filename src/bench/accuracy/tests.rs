//! Every format on invented files.

use std::fs;
use std::path::Path;

use super::{GoldDocument, Measure, NameKind, SETS, Score, Set, compare};

const WORLDWIDE: &str = "Storm\tO\nin\tO\nNorland\tB-Location\n\nMina\tB-Person\nRavi\tI-Person\n’\tO\ns\tO\n\
                         University\tB-Organization\nof\tI-Organization\nNorland\tI-Organization\tB-Location\n.\tO\n";
const UNER: &str = "# newdoc id = one\n# sent_id = one-1\n# text = Don't, Mina.\n1\tDo\tO\t-\t-\n2\tn't\tO\t-\t-\n\
                    3\t,\tO\t-\t-\n4\tMina\tB-PER\t-\ta\n5\t.\tO\t-\t-\n\n# newdoc id = two\n# text = Norland\n\
                    1\tNorland\tB-LOC\t-\ta";
const CONLL04: &str = "#doc 7\n0\tMina\tB-Peop\t['N']\t[0]\n1\tleft\tO\t['N']\t[1]\n2\tNorland.\tB-Loc\t['N']\t[2]\n\
                       #doc 8\n0\tNorland\tB-Other\t['N']\t[0]\n";
const RE3D_DOCUMENTS: &str =
    r#"{"_id": "D1", "text": "“Go,” said the Norland Army. The soldiers of Norland saw Mina.", "title": "x"}"#;
const RE3D_ENTITIES: &str = r#"{"documentId": "D1", "begin": 11, "end": 27, "type": "Organisation", "confidence": 1}
{"documentId": "D1", "begin": 29, "end": 52, "type": "Organisation", "confidence": 0.5}
{"documentId": "D1", "begin": 57, "end": 61, "type": "Person", "confidence": 0.75}
{"documentId": "D1", "begin": 45, "end": 52, "type": "Location", "confidence": 0.4}
{"documentId": "D1", "begin": 0, "end": 5, "type": "Quantity", "confidence": 1}
"#;
const WIKIEVENTS: &str = r#"{"doc_id": "w1", "tokens": [], "text": "", "sentences": [[[["Raid", 0, 4], ["in", 5, 7], ["Norland", 8, 15]], "Raid in Norland"], [[["Ravenholm", 17, 26], ["Jail", 27, 31], ["’s", 31, 33], ["guards", 34, 40], [".", 40, 41]], "Ravenholm Jail’s guards."]], "entity_mentions": [{"start": 2, "end": 3, "entity_type": "GPE"}, {"start": 3, "end": 5, "entity_type": "FAC"}, {"start": 6, "end": 7, "entity_type": "PER"}, {"start": 0, "end": 1, "entity_type": "WEA"}]}"#;

/// Names and contents.
type Files<'a> = &'a [(&'a str, &'a str)];
/// Text and names of every document.
type Told<'a> = &'a [(&'a str, &'a str)];

fn set(name: &str) -> &'static Set {
    SETS.iter().find(|set| set.name == name).expect("a set")
}

fn read(name: &str, files: Files<'_>) -> Result<Vec<GoldDocument>, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, content) in files {
        let path = folder.path().join(name).join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, content).expect("a file");
    }
    set(name).documents(folder.path()).map_err(|error| error.to_string())
}

/// Text and names of each document.
fn told(documents: &[GoldDocument]) -> Vec<(String, String)> {
    let names = |document: &GoldDocument| {
        let name = |name: &super::Name| format!("{} {}", name.kind.as_str(), name.span.slice(&document.text));
        document.names().iter().map(name).collect::<Vec<_>>().join(", ")
    };
    documents.iter().map(|document| (document.text.clone(), names(document))).collect()
}

#[test]
fn every_format_is_read() {
    let cases: [(&str, Files<'_>, Told<'_>); 5] = [
        (
            "worldwide",
            &[("a.tsv", WORLDWIDE), ("notes.md", "no file of the set")],
            &[(
                "Storm in Norland\n\nMina Ravi’s University of Norland.",
                "LOC Norland, PER Mina Ravi, ORG University of Norland",
            )],
        ),
        ("uner_ewt", &[("a.iob2", UNER)], &[("Don't, Mina.", "PER Mina"), ("Norland", "LOC Norland")]),
        ("conll04", &[("a.txt", CONLL04)], &[("Mina left Norland.", "PER Mina, LOC Norland."), ("Norland", "")]),
        (
            "re3d",
            &[("A/documents.jsonl", RE3D_DOCUMENTS), ("A/entities.jsonl", RE3D_ENTITIES), ("README", "")],
            &[("“Go,” said the Norland Army. The soldiers of Norland saw Mina.", "ORG Norland Army, PER Mina")],
        ),
        (
            "wikievents",
            &[("a.jsonl", WIKIEVENTS), ("a.coref.jsonl", "not read"), ("a.coref.jsonlines", "not read")],
            &[("Raid in Norland\n\nRavenholm Jail’s guards.", "LOC Norland, FAC Ravenholm Jail")],
        ),
    ];
    for (name, files, expected) in cases {
        let documents = read(name, files).expect("well formed");
        let expected: Vec<(String, String)> =
            expected.iter().map(|(text, names)| ((*text).to_owned(), (*names).to_owned())).collect();
        assert_eq!(told(&documents), expected, "{name}");
        let found = documents.iter().map(|document| document.names().to_vec()).collect();
        assert_eq!(set(name).compare(&documents, found).score(Measure::All).f1(), 1.0, "{name}");
    }
}

#[test]
fn malformed_files_are_named_with_line_and_remedy() {
    let documents = ("A/documents.jsonl", RE3D_DOCUMENTS);
    let unknown = RE3D_ENTITIES.replace("\"D1\"", "\"D2\"");
    let outside = RE3D_ENTITIES.replace("27", "270");
    let twice = format!("{RE3D_DOCUMENTS}\n{RE3D_DOCUMENTS}");
    let strange = WIKIEVENTS.replace("Raid in Norland\"", "Fire in Norland\"");
    let far = WIKIEVENTS.replace("\"end\": 7", "\"end\": 70");
    let cases: [(&str, Files<'_>, &[&str]); 14] = [
        ("worldwide", &[("a.tsv", "Mina\tO\n\nRavi")], &["a.tsv, line 3", "no tag"]),
        ("worldwide", &[("a.tsv", "Mina\tPerson")], &["a.tsv, line 1", "`Person` is no tag", "B-Person"]),
        ("worldwide", &[("a.tsv", "\tO")], &["a.tsv, line 1", "no token"]),
        ("uner_ewt", &[("a.iob2", "1\tMina\tB-PER\t-\t-\n")], &["a.iob2, line 2", "no text", "# text ="]),
        ("uner_ewt", &[("a.iob2", "# text = Mona\n1\tMina\tB-PER\n")], &["a.iob2, line 3", "`Mina`"]),
        ("uner_ewt", &[("a.iob2", "# text = Mina\n1 Mina B-PER\n")], &["a.iob2, line 2", "no token", "tabs"]),
        ("conll04", &[("a.txt", "#doc 1\n0\tMina\n")], &["a.txt, line 2", "no tag", "B-Peop"]),
        ("re3d", &[documents], &["entities.jsonl", "No such file"]),
        ("re3d", &[documents, ("A/entities.jsonl", &unknown)], &["entities.jsonl, line 1", "`D2`", "documents.jsonl"]),
        ("re3d", &[documents, ("A/entities.jsonl", &outside)], &["entities.jsonl, line 1", "11..270", "code points"]),
        ("re3d", &[("A/documents.jsonl", &twice), ("A/entities.jsonl", "")], &["documents.jsonl, line 2", "already"]),
        ("wikievents", &[("a.jsonl", "\n{}")], &["a.jsonl, line 2", "doc_id", "entity_mentions"]),
        ("wikievents", &[("a.jsonl", &strange)], &["a.jsonl, line 1", "`Raid`"]),
        ("wikievents", &[("a.jsonl", &far)], &["a.jsonl, line 1", "6..70"]),
    ];
    for (name, files, said) in cases {
        let problem = read(name, files).expect_err("malformed");
        assert!(said.iter().chain(&["\nhint: "]).all(|words| problem.contains(words)), "{name}: {problem}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("worldwide")).expect("a folder");
    fs::write(folder.path().join("worldwide/a.tsv"), b"\xff\xfe").expect("a file");
    let problem = set("worldwide").documents(folder.path()).expect_err("no text").to_string();
    assert!(problem.contains("a.tsv") && problem.contains("UTF-8"), "{problem}");
}

#[test]
fn a_missing_folder_holds_nothing() {
    for set in SETS {
        assert_eq!(set.documents(Path::new("/nowhere/at/all")).expect("no error"), []);
    }
}

#[test]
fn facilities_are_locations_where_the_set_has_none() {
    let documents = read("conll04", &[("a.txt", CONLL04)]).expect("well formed");
    let mut found: Vec<Vec<_>> = documents.iter().map(|document| document.names().to_vec()).collect();
    found[0][1].kind = NameKind::Facility;
    let location = Measure::Kind(NameKind::Location);
    assert_eq!(compare(&documents, &found).score(location), Score { gold: 1, predicted: 0, correct: 0 });
    assert_eq!(set("conll04").compare(&documents, found).score(location), Score { gold: 1, predicted: 1, correct: 1 });
}
