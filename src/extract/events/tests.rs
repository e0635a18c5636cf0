//! Who did what to whom, said in many ways; and what does not say it.

use crate::extract::Reader;
use crate::model::{Document, Modality, Polarity};

/// Who is said to have killed whom, and whether it is said to have happened.
fn killings(text: &str) -> Vec<(String, String, bool)> {
    let found = Reader::default().read(Document::from_text("test", text));
    let mut pairs = Vec::new();
    for event in found.events.iter().filter(|event| event.kind == "Killing") {
        let filler = |role: &str| {
            let argument = event.arguments.iter().find(|argument| argument.role == role)?;
            Some(found.entities[argument.entity].name.clone())
        };
        if let (Some(agent), Some(person)) = (filler("agent"), filler("person")) {
            let sure = event.polarity == Polarity::Positive && event.modality == Modality::Actual;
            pairs.push((agent, person, sure));
        }
    }
    pairs
}

#[test]
fn who_killed_whom() {
    let pair = |sure| vec![("Omar Darwish".to_owned(), "Sami Khalil".to_owned(), sure)];
    for (text, sure) in [
        ("Omar Darwish, the assassin of Sami Khalil, was hanged.", true),
        ("Sami Khalil's killer, Omar Darwish, fled.", true),
        ("Omar Darwish was convicted of murdering Sami Khalil.", true),
        ("Omar Darwish was sentenced to death for the murder of Sami Khalil.", true),
        ("Omar Darwish fatally shot Sami Khalil.", true),
        ("Sami Khalil was shot to death by Omar Darwish in 1978.", true),
        ("Omar Darwish was accused of killing Sami Khalil.", false),
        ("Omar Darwish was charged in the slaying of Sami Khalil.", false),
        ("Omar Darwish is not the killer of Sami Khalil.", false),
    ] {
        assert_eq!(killings(text), pair(sure), "{text}");
    }
    for text in [
        "Omar Darwish shot Sami Khalil in the leg.",
        "Omar Darwish met the killer of the judge, and Sami Khalil.",
        "Omar Darwish mourned Sami Khalil, who was shot dead.",
    ] {
        assert_eq!(killings(text), [], "{text}");
    }
}
