use crate::extract::Reader;
use crate::model::{Annotations, Document, EntityType, MentionForm};

fn read(text: &str) -> Annotations {
    Reader::default().read(Document::from_text("test", text))
}

/// Names and their types, in order.
fn names(text: &str) -> Vec<(String, EntityType)> {
    let found = read(text);
    let names = found.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    names.map(|mention| (mention.span.slice(text).to_owned(), mention.kind)).collect()
}

#[test]
fn facilities_joined_by_and_are_two() {
    use EntityType::*;
    for (text, expected) in [
        (
            "They were held in Evin Prison and Qarchak Prison near Tehran.",
            &[("Evin Prison", Facility), ("Qarchak Prison", Facility), ("Tehran", City)][..],
        ),
        ("He was questioned at Branch 215 in Damascus.", &[("Branch 215", Facility), ("Damascus", City)]),
        ("The fire reached Kandara Hospital on Monday.", &[("Kandara Hospital", Facility)]),
    ] {
        let expected: Vec<(String, EntityType)> =
            expected.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn a_name_may_end_inside_a_word() {
    let found = names("The U.S.-backed fighters of Hassan Ali left Raqqa.");
    assert!(found.contains(&("U.S.".to_owned(), EntityType::Country)), "{found:?}");
}

#[test]
fn titles_are_no_part_of_a_name() {
    for text in ["President Maria Okello spoke in Kampala.", "Yesterday Mr Okello spoke in Kampala."] {
        let found = names(text);
        assert!(found.iter().all(|(name, _)| !name.starts_with("President") && !name.starts_with("Mr")), "{found:?}");
        assert!(found.iter().any(|(name, kind)| name.ends_with("Okello") && *kind == EntityType::Person), "{found:?}");
    }
}

#[test]
fn capitals_throughout_are_read_like_sentences() {
    let found = names("THE ARMY ARRESTED MARIA OKELLO IN KAMPALA ON MONDAY. SHE WAS TAKEN TO LUZIRA PRISON.");
    for name in
        [("MARIA OKELLO", EntityType::Person), ("KAMPALA", EntityType::City), ("LUZIRA PRISON", EntityType::Facility)]
    {
        assert!(found.contains(&(name.0.to_owned(), name.1)), "{name:?} is not among {found:?}");
    }
}

#[test]
fn mentions_say_which_layers_counted() {
    let text = "Maria Okello was arrested in Kampala.";
    let found = read(text);
    let kampala = found.mentions.iter().find(|mention| mention.span.slice(text) == "Kampala").expect("a mention");
    let layers: Vec<&str> = kampala.layers.iter().map(|(layer, _)| layer.as_str()).collect();
    assert!(layers.iter().any(|layer| layer.starts_with("document:")), "{layers:?}");
    assert!(layers.iter().any(|layer| layer.starts_with("gazetteer:")), "{layers:?}");
    assert!((0.5..=1.0).contains(&kampala.confidence), "{}", kampala.confidence);
    assert!(kampala.layers.iter().all(|(_, counted)| *counted > 0.0));
}

#[test]
fn a_script_that_the_model_does_not_read_is_left_to_the_rules() {
    let text = "اعتقل في سجن صيدنايا قرب دمشق.";
    let found = read(text);
    assert!(found.analysis.tokens.is_empty() && found.analysis.names.is_empty());
    assert!(found.mentions.iter().any(|mention| mention.kind == EntityType::Facility), "{:?}", found.mentions);
}

#[test]
fn given_names_before_a_surname_belong_to_it() {
    let found = names("GUNMEN KILLED JOSE ANTONIO RUEDA CASTRO IN THE CAPITAL, MINISTER PEDRO OKELLO SAID ON MONDAY.");
    for name in ["JOSE ANTONIO RUEDA CASTRO", "PEDRO OKELLO"] {
        assert!(found.contains(&(name.to_owned(), EntityType::Person)), "{name} is not among {found:?}");
    }
}
