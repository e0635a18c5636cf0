//! Entities of invented documents, linked.

use super::*;
use crate::model::{EntityType, Gender};

fn record(local: &str, name: &str) -> Record {
    Record {
        local: format!("https://w3id.org/isnad/id/{local}"),
        kind: if local.starts_with("facility") { EntityType::Facility } else { EntityType::Person },
        rule: if local.contains("listed") { LinkRule::Gazetteer } else { LinkRule::Name },
        names: vec![name.to_owned()],
        gender: None,
        born: None,
        died: None,
        facts: Vec::new(),
        mentions: 1,
    }
}

fn document(number: usize, records: Vec<Record>) -> DocumentRecords {
    DocumentRecords { document: format!("d{number}"), records }
}

/// Links records that stand in one document each.
fn linked(records: &[Record]) -> Resolution {
    let documents: Vec<DocumentRecords> =
        records.iter().enumerate().map(|(number, record)| document(number, vec![record.clone()])).collect();
    resolve(&documents, &Decisions::default())
}

fn groups(resolution: &Resolution, records: &[Record]) -> usize {
    let iris: std::collections::BTreeSet<&str> =
        records.iter().map(|record| resolution.iri("", &record.local)).collect();
    iris.len()
}

#[test]
fn what_contradicts_keeps_apart() {
    let one = record("person/1", "Daria Tatarian");
    let other = record("person/2", "Darya Tatarian");
    assert_eq!(groups(&linked(&[one.clone(), other.clone()]), &[one.clone(), other.clone()]), 1);
    let man = Record { gender: Some(Gender::Male), ..one.clone() };
    let woman = Record { gender: Some(Gender::Female), ..other.clone() };
    let old = Record { born: Some((1940, 1941)), ..one.clone() };
    let young = Record { born: Some((1980, 1981)), ..other.clone() };
    for (one, other) in [(man, woman), (old, young)] {
        let resolution = linked(&[one.clone(), other.clone()]);
        assert_eq!(groups(&resolution, &[one, other]), 2);
        assert!(resolution.possible.is_empty(), "{:?}", resolution.possible);
    }
    // One document that names both as two.
    let together = resolve(&[document(1, vec![one.clone(), other.clone()])], &Decisions::default());
    assert_eq!(groups(&together, &[one, other]), 2);
}

#[test]
fn who_may_as_well_be_a_third_is_nobody() {
    let records = [
        record("person/1", "H. Ellmoreau"),
        record("person/2", "Hugo Ellmoreau"),
        record("person/3", "Sophie Ellmoreau"),
        record("person/4", "Helena Ellmoreau"),
    ];
    let resolution = linked(&records);
    assert_eq!(groups(&resolution, &records), 4, "{:?}", resolution.same);
}

#[test]
fn two_of_the_gazetteer_are_never_one() {
    let records = [
        record("facility/listed-1", "Branch 215"),
        record("facility/listed-2", "Branch 215"),
        record("facility/3", "Branch 251"),
    ];
    let resolution = linked(&records);
    assert_eq!(groups(&resolution, &records), 3);
    // A spelling that the gazetteer lacks leads to its entry.
    let records =
        [record("facility/listed-9", "Saydnaya Military Prison"), record("facility/1", "Seidnaya Military Prison")];
    let resolution = linked(&records);
    assert_eq!(resolution.iri("", &records[1].local), records[0].local);
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let names = ["Daria Tatarian", "Darya Tatarian", "Darja Tatarjan", "Nadim Haloubian", "Nadeem Halloubian", "Omar"];
    let documents: Vec<DocumentRecords> = names
        .iter()
        .enumerate()
        .map(|(number, name)| document(number, vec![record(&format!("person/{number}"), name)]))
        .collect();
    let expected = resolve(&documents, &Decisions::default());
    assert!(!expected.same.is_empty());
    for shift in 1..documents.len() {
        let mut turned = documents.clone();
        turned.rotate_left(shift);
        assert_eq!(resolve(&turned, &Decisions::default()), expected);
    }
}

#[test]
fn decisions_in_a_circle_end() {
    let records: Vec<Record> =
        (0..4).map(|number| record(&format!("person/{number}"), ["Ali", "Omar", "Sami", "Nour"][number])).collect();
    let iri = |number: usize| records[number].local.as_str();
    let decision = |verdict: &str, a: usize, b: usize| {
        format!("[[decision]]\nverdict = '{verdict}'\na = '{}'\nb = '{}'\n", iri(a), iri(b))
    };
    let text = [decision("same", 0, 1), decision("same", 1, 2), decision("same", 2, 0), decision("different", 0, 2)];
    let decisions = Decisions::parse("d.toml", &text.concat()).expect("decisions");
    let documents: Vec<DocumentRecords> =
        records.iter().enumerate().map(|(number, record)| document(number, vec![record.clone()])).collect();
    let resolution = resolve(&documents, &decisions);
    assert_ne!(resolution.iri("", iri(0)), resolution.iri("", iri(2)));
    assert!(!resolution.unfollowed.is_empty());
    assert_eq!(resolution.iri("", iri(3)), iri(3));
}

#[test]
fn one_rare_name_of_two_people_is_shown_and_set_apart() {
    let old = Record { born: Some((1940, 1941)), ..record("person/1", "Daria Tatarian") };
    let young = Record { born: Some((1980, 1981)), ..old.clone() };
    let documents: Vec<DocumentRecords> = [&old, &young, &old]
        .into_iter()
        .enumerate()
        .map(|(number, record)| document(number, vec![record.clone()]))
        .collect();
    // Nothing is split by itself; somebody is to look.
    let resolution = resolve(&documents, &Decisions::default());
    let own = apart(EntityType::Person, "d1", &old.local);
    assert_eq!(
        resolution.possible.iter().map(|pair| &pair.entities).collect::<Vec<_>>(),
        [&(old.local.clone(), own.clone())]
    );
    assert!(resolution.possible[0].reasons.iter().any(|reason| reason.text.starts_with("born 1940")));
    let iris =
        |resolution: &Resolution| ["d0", "d1", "d2"].map(|document| resolution.iri(document, &old.local).to_owned());
    assert_eq!(iris(&resolution), [&old.local, &old.local, &old.local].map(Clone::clone));
    assert_eq!(resolution.same[&own], old.local, "its own IRI leads to the node");
    // Somebody looked.
    let decide = |verdict: &str| {
        let text = format!("[[decision]]\nverdict = '{verdict}'\na = '{own}'\nb = '{}'\n", old.local);
        resolve(&documents, &Decisions::parse("d.toml", &text).expect("decisions"))
    };
    let different = decide("different");
    assert_eq!(iris(&different), [old.local.clone(), own.clone(), old.local.clone()]);
    assert_eq!((&different.possible, &different.unfollowed), (&vec![], &vec![]));
    for verdict in ["same", "unsure"] {
        let resolution = decide(verdict);
        assert_eq!(groups_of(&iris(&resolution)), 1, "{verdict}");
        assert_eq!(resolution.possible, []);
    }
}

fn groups_of(iris: &[String]) -> usize {
    iris.iter().collect::<std::collections::BTreeSet<_>>().len()
}
