//! Short texts from several settings: which relations they say, and which they do not.

use std::sync::LazyLock;

use crate::extract::Reader;
use crate::model::{Document, Modality, Polarity};

static READER: LazyLock<Reader<'static>> = LazyLock::new(Reader::default);

/// The relations that a text says to hold, as "kind: subject > object".
fn said(text: &str) -> Vec<String> {
    let found = READER.read(Document::from_text("test", text));
    let holds = found
        .relations
        .iter()
        .filter(|relation| relation.polarity == Polarity::Positive && relation.modality == Modality::Actual);
    let name = |entity: usize| found.entities[entity].name.as_str();
    holds.map(|relation| format!("{}: {} > {}", relation.kind, name(relation.subject), name(relation.object))).collect()
}

/// Checks that a text says all of `expected`, and nothing that begins with one of `unsaid`.
fn check(cases: &[(&str, &[&str], &[&str])]) {
    for (text, expected, unsaid) in cases {
        let found = said(text);
        for relation in *expected {
            assert!(found.iter().any(|known| known == relation), "{text}\nno {relation} in {found:#?}");
        }
        for start in *unsaid {
            assert!(!found.iter().any(|known| known.starts_with(start)), "{text}\n{start} in {found:#?}");
        }
    }
}

#[test]
fn places_lie_in_wider_ones() {
    check(&[
        (
            "The bodies were found in Talbiseh, Homs Governorate, Syria.",
            &["locatedIn: Talbiseh > Homs Governorate", "locatedIn: Homs Governorate > Syria"],
            &[],
        ),
        ("A court in Rosario, Argentina, heard the case.", &["locatedIn: Rosario > Argentina"], &[]),
        ("He was seen in Dayton, Ohio, in May.", &["locatedIn: Dayton > Ohio"], &[]),
        ("They were moved from Meiktila in central Myanmar.", &["locatedIn: Meiktila > Myanmar"], &[]),
        ("Troops entered Aleppo, Hama and Homs.", &[], &["locatedIn"]),
        ("He has lived in Syria, Lebanon and Turkey.", &[], &["locatedIn"]),
        ("The delegation went from Beirut to Damascus.", &[], &["locatedIn"]),
    ]);
}

#[test]
fn organisations_have_their_seat() {
    check(&[
        ("The Rivers Institute, based in Yangon, published the list.", &["locatedIn: Rivers Institute > Yangon"], &[]),
        ("Paris-based Legal Aid Foundation sent two lawyers.", &["locatedIn: Legal Aid Foundation > Paris"], &[]),
        ("The Legal Aid Foundation met him in Beirut.", &[], &["locatedIn"]),
    ]);
}

#[test]
fn people_have_posts() {
    check(&[
        (
            "Marta Suarez, director of the Rivers Institute, read out the names.",
            &["headOf: Marta Suarez > Rivers Institute"],
            &[],
        ),
        (
            "Marta Suarez, deputy director of the Rivers Institute, read out the names.",
            &["worksFor: Marta Suarez > Rivers Institute"],
            &["headOf"],
        ),
        (
            "Rivers Institute spokesman Omar Khalil confirmed it.",
            &["worksFor: Omar Khalil > Rivers Institute"],
            &["headOf"],
        ),
        (
            "Aung Min is a member of the National League for Democracy.",
            &["memberOf: Aung Min > National League for Democracy"],
            &[],
        ),
        ("Omar Khalil is not a member of the Rivers Institute.", &[], &["memberOf", "worksFor"]),
        ("Omar Khalil never worked for the Rivers Institute.", &[], &["memberOf", "worksFor"]),
        ("Omar Khalil denied working for the Rivers Institute.", &[], &["memberOf", "worksFor"]),
        (
            "The mayor, Omar Khalil, the acting head of the Rivers Institute, Sami Darwish, and two guards came.",
            &["headOf: Sami Darwish > Rivers Institute"],
            &["headOf: Omar Khalil"],
        ),
        ("Omar Khalil visited the Rivers Institute.", &[], &["memberOf", "worksFor", "headOf"]),
        (
            "Ohio Gov. Richard Stone met Sen. Paula Reed.",
            &["headOf: Richard Stone > Ohio"],
            &["headOf: Paula", "worksFor: Paula"],
        ),
    ]);
}

#[test]
fn people_live_somewhere_and_come_from_somewhere() {
    check(&[
        ("Omar Khalil, 34, of Aleppo, was released.", &["residesIn: Omar Khalil > Aleppo"], &[]),
        ("Omar Khalil, who lives in Berlin, wrote it down.", &["residesIn: Omar Khalil > Berlin"], &["comesFrom"]),
        (
            "Marta Suarez was born in Rosario, Argentina.",
            &["comesFrom: Marta Suarez > Rosario", "comesFrom: Marta Suarez > Argentina"],
            &["residesIn"],
        ),
        ("Marta Suarez, born March 15, 1951, in Rosario, wrote it down.", &["comesFrom: Marta Suarez > Rosario"], &[]),
        ("Marta Suarez was born on 15 March 1951 in Rosario.", &["comesFrom: Marta Suarez > Rosario"], &[]),
        ("Omar Khalil is from Aleppo.", &["comesFrom: Omar Khalil > Aleppo"], &[]),
        ("Omar Khalil is not from Aleppo.", &[], &["comesFrom", "residesIn"]),
        ("Omar Khalil does not live in Berlin.", &[], &["comesFrom", "residesIn"]),
        ("Omar Khalil spoke in Berlin and visited Hama.", &[], &["comesFrom", "residesIn", "locatedIn"]),
        ("The Syrian pilot Omar Khalil was freed.", &["citizenOf: Omar Khalil > Syrian"], &["residesIn"]),
    ]);
}

#[test]
fn other_names() {
    let alias = |text: &str| {
        let found = READER.read(Document::from_text("test", text));
        let of = |entity: &crate::model::Entity| Some(entity.attributes.get("alias")?.first()?.0.clone());
        found.entities.iter().find_map(of)
    };
    for (text, expected) in [
        ("Farid Khalil, also known as “Caesar,” left in 2013.", Some("Caesar")),
        ("Farid Khalil, alias Omar Darwish, left in 2013.", Some("Omar Darwish")),
        ("Farid Khalil, known to Omar Darwish, left in 2013.", None),
    ] {
        assert_eq!(alias(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn kin() {
    check(&[
        ("Omar Khalil's brother Sami Khalil was arrested.", &["relativeOf: Sami Khalil > Omar Khalil"], &[]),
        ("Marta Suarez, the sister of Diego Suarez, testified.", &["relativeOf: Marta Suarez > Diego Suarez"], &[]),
        ("Marta Suarez met Diego Suarez, a brother in arms.", &[], &["relativeOf"]),
    ]);
}
