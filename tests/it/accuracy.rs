//! Scoring as a user meets it, on invented benchmark folders.

use super::support::Workspace;

const DOCUMENT: &str = "Ali\tB-Person\nHassan\tI-Person\nwas\tO\nreleased\tO\nin\tO\nAleppo\tB-Location\n.\tO\n";

fn with_worldwide() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("sets/worldwide/a.tsv", DOCUMENT);
    workspace
}

fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn a_line_for_every_set_system_and_measure() {
    let workspace = with_worldwide();
    let ran = workspace.run(&["bench", "accuracy", "--data", "sets", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for missing in ["uner_ewt", "re3d", "conll04", "wikievents", "ecbplus", "geoparsing", "ucdp_places"] {
        assert!(ran.stderr.contains(missing), "{ran:?}");
    }
    let printed = lines(&ran.stdout);
    let named = |line: &serde_json::Value| {
        ["set", "system", "measure"].map(|key| line[key].as_str().expect("a name").to_owned()).join(" ")
    };
    let expected: Vec<String> = ["spacy-sm", "encoder", "isnad-fast", "isnad"]
        .iter()
        .flat_map(|system| {
            ["PER", "ORG", "LOC", "FAC", "PER+ORG+LOC"].map(|measure| format!("worldwide {system} {measure}"))
        })
        .collect();
    assert_eq!(printed.iter().map(named).collect::<Vec<_>>(), expected);
    let place = r#"{"set":"worldwide","system":"isnad","measure":"LOC","gold":1,"predicted":1,"correct":1,"precision":1.0,"recall":1.0,"f1":1.0}"#;
    assert!(ran.stdout.lines().any(|line| line == place), "{}", ran.stdout);
    let nothing = printed.iter().find(|line| named(line) == "worldwide isnad ORG").expect("a line");
    assert_eq!((nothing["gold"].as_u64(), nothing["f1"].as_f64()), (Some(0), Some(0.0)));
}

#[test]
fn a_table_for_people() {
    let workspace = with_worldwide();
    let both = workspace.ok(&["bench", "accuracy", "--data", "sets", "worldwide"]);
    assert!(["spacy-sm", "isnad-fast", "PER+ORG+LOC"].iter().all(|words| both.contains(words)), "{both}");
    let one = workspace.ok(&["bench", "accuracy", "--data", "sets", "--system", "isnad"]);
    assert!(!one.contains("spacy-sm") && one.contains("isnad"), "{one}");
}

#[test]
fn sets_and_measures_are_listed() {
    let list = Workspace::new().ok(&["bench", "accuracy", "--list"]);
    assert!(list.lines().any(|line| line == "worldwide: PER, ORG, LOC, FAC, PER+ORG+LOC"), "{list}");
    // Their annotators know no facilities.
    for set in ["uner_ewt", "re3d"] {
        assert!(list.lines().any(|line| line == format!("{set}: PER, ORG, LOC, PER+ORG+LOC")), "{list}");
    }
    for (set, measures) in [
        ("conll04", "Work_For, relations"),
        ("wikievents", "CEAF-e within, coreference"),
        ("ecbplus", "coreference, MUC across, B³ across, CEAF-e across, cross-document entities"),
        ("geoparsing", "accuracy@161km, end to end GeoVirus"),
        ("ucdp_places", "accuracy@30km, median km"),
        ("rams", "triggers, known types, event types"),
        ("muc4", "Victim, Weapon, micro F1"),
        ("hrdsattack", "victim F1 exact, victim F1 fuzzy, violation F1, perpetrator type"),
    ] {
        assert!(list.lines().any(|line| line.starts_with(set) && line.contains(measures)), "{set}: {list}");
    }
}

#[test]
fn whole_readings_are_measured_on_more_than_names() {
    let workspace = Workspace::new();
    workspace.write("sets/ucdp_places/a.csv", "where_coordinates,latitude,longitude\nHoms city,34.73,36.72\nQxv,1,2\n");
    let killed = "#doc 1\n0\tOmar\tB-Peop\t['Kill']\t[3]\n1\tkilled\tO\t['N']\t[1]\n\
                  2\tAli\tB-Peop\t['N']\t[2]\n3\tHassan\tI-Peop\t['N']\t[3]\n";
    workspace.write("sets/conll04/a.txt", killed);
    let systems = ["--system", "spacy-sm", "--system", "isnad-fast"];
    let arguments = [&["bench", "accuracy", "--data", "sets"], &systems[..]].concat();
    let printed = workspace.run(&[&arguments[..], &["--json", "--errors", "mistakes.jsonl"]].concat()).stdout;
    let place =
        r#"{"set":"ucdp_places","system":"isnad-fast","measure":"accuracy@30km","gold":2,"correct":1,"value":0.5}"#;
    assert!(printed.lines().any(|line| line == place), "{printed}");
    let alone = lines(&printed).into_iter().filter(|line| line["system"] == "spacy-sm");
    assert!(alone.clone().count() == 4 && alone.into_iter().all(|line| line["set"] == "conll04"), "{printed}");
    let kill = lines(&printed).into_iter().find(|line| line["measure"] == "Kill").expect("a measure");
    assert_eq!((&kill["system"], &kill["gold"]), (&"isnad-fast".into(), &1.into()));
    let table = workspace.ok(&arguments);
    assert!(table.lines().any(|line| line.contains("median km") && line.ends_with(" km")), "{table}");
    let unlocated = lines(&workspace.read("mistakes.jsonl")).into_iter().find(|line| line["of"] == "place");
    let unlocated = unlocated.expect("a place");
    assert_eq!((&unlocated["mistake"], &unlocated["words"]), (&"unlocated".into(), &"Qxv".into()));
}

#[test]
fn mistakes_are_written_with_their_surroundings() {
    let workspace = with_worldwide();
    let wrong = DOCUMENT.replace("Aleppo\tB-Location", "Aleppo\tB-Organization");
    workspace.write("sets/worldwide/b.tsv", wrong.replace("released\tO", "released\tB-Location"));
    let arguments = ["bench", "accuracy", "--data", "sets", "--system", "isnad", "--errors", "mistakes.jsonl"];
    workspace.ok(&arguments);
    let written = lines(&workspace.read("mistakes.jsonl"));
    let about = |text: &str| written.iter().find(|line| line["words"] == text).expect("a mistake");
    let mistyped = about("Aleppo");
    assert_eq!(mistyped["mistake"], "mistyped");
    assert_eq!((&mistyped["gold"]["type"], &mistyped["found"]["type"]), (&"ORG".into(), &"LOC".into()));
    assert_eq!((&mistyped["before"], &mistyped["after"]), (&"Ali Hassan was released in ".into(), &".".into()));
    let missed = about("released");
    assert_eq!((&missed["mistake"], &missed["found"]), (&"missed".into(), &serde_json::Value::Null));
    assert!(written.iter().all(|line| line["document"] == "b" && line["set"] == "worldwide"), "{written:?}");

    let ran = workspace.run(&arguments);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("mistakes.jsonl is there already") && ran.stderr.contains("--force"), "{ran:?}");
    workspace.ok(&[&arguments[..], &["--force"]].concat());
}

#[test]
fn bad_requests_and_bad_files_are_told() {
    let workspace = with_worldwide();
    workspace.write("sets/conll04/dev.txt", "#doc 1\n0\tMina\n");
    workspace.write("empty/notes.txt", "nothing");
    let cases: [(&[&str], &[&str]); 6] = [
        (&["--data", "sets", "uner_ewt"], &["uner_ewt", "*.iob2", "hint: ", "--data"]),
        (&["--data", "sets", "conll"], &["`conll`", "hint: ", "conll04"]),
        (&["--data", "sets", "--system", "spacy"], &["`spacy`", "hint: ", "spacy-sm"]),
        (&["--data", "sets", "conll04"], &["dev.txt, line 2", "no tag", "hint: "]),
        (&["--data", "empty"], &["empty", "no set", "hint: ", "--list"]),
        (&["--data", "sets", "worldwide", "--errors", "no/such/folder"], &["no/such/folder", "cannot be written"]),
    ];
    for (arguments, said) in cases {
        let ran = workspace.run(&[&["bench", "accuracy"], arguments].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(said.iter().all(|words| ran.stderr.contains(words)), "{said:?}: {ran:?}");
    }
}
