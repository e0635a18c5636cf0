use super::*;

fn event(node: &str, kind: &str, fillers: &[(&str, &str)], days: Option<(&str, &str)>) -> EventRecord {
    let day = |text: &str| text.parse().expect("a day");
    EventRecord {
        node: format!("urn:{node}"),
        kind: kind.to_owned(),
        fillers: fillers.iter().map(|(role, iri)| ((*role).to_owned(), format!("urn:id/{iri}"))).collect(),
        days: days.map(|(first, last)| (day(first), day(last))),
    }
}

/// The accounts of every happening, each event in a document of its own unless names share what is before the colon.
fn grouped(events: &[EventRecord]) -> Vec<Vec<&str>> {
    let mut documents: BTreeMap<&str, Vec<EventRecord>> = BTreeMap::new();
    for event in events {
        documents
            .entry(event.node.rsplit_once('#').map_or(event.node.as_str(), |(document, _)| document))
            .or_default()
            .push(event.clone());
    }
    let documents: Vec<&[EventRecord]> = documents.values().map(Vec::as_slice).collect();
    let found = happenings(&documents, &|_, local| local);
    let name = |account: &String| events.iter().find(|event| event.node == *account).map(|event| &event.node[4..]);
    found.iter().map(|happening| happening.accounts.iter().filter_map(name).collect()).collect()
}

const DAY: Option<(&str, &str)> = Some(("2024-12-08", "2024-12-08"));
const NEXT: Option<(&str, &str)> = Some(("2024-12-09", "2024-12-09"));
const YEARS_BEFORE: Option<(&str, &str)> = Some(("2012-03-01", "2012-03-31"));

#[test]
fn one_is_killed_once_however_accounts_differ() {
    let who = [("person", "person/1")];
    let events = [
        event("a", "Killing", &who, DAY),
        event("b", "Execution", &who, YEARS_BEFORE),
        event("c", "Death", &[("person", "person/1"), ("place", "city/homs")], None),
        event("d", "Death", &[("person", "person/2")], DAY),
    ];
    assert_eq!(grouped(&events), [["a", "b", "c"]]);
}

#[test]
fn the_death_of_two_is_not_the_death_of_each() {
    let events = [
        event("a", "Killing", &[("person", "person/1"), ("person", "person/2")], DAY),
        event("b", "Killing", &[("person", "person/1")], DAY),
        event("c", "Killing", &[("person", "person/2")], DAY),
    ];
    let found = grouped(&events);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].len(), 2, "{found:?}");
}

#[test]
fn a_town_falls_more_than_once() {
    let town = [("place", "city/hama")];
    let events = [
        event("a", "Capture", &town, DAY),
        event("b", "Capture", &town, NEXT),
        event("c", "Capture", &town, YEARS_BEFORE),
        event("d", "Capture", &town, None),
        event("e", "Withdrawal", &town, DAY),
        event("f", "Capture", &[("place", "city/homs")], DAY),
    ];
    assert_eq!(grouped(&events), [["a", "b"]]);
}

#[test]
fn who_can_be_arrested_twice_is_arrested_once_by_day_or_by_place() {
    let who = ("person", "person/1");
    let [homs, hama] = [("facility", "facility/homs"), ("facility", "facility/hama")];
    let events = [
        event("a", "Arrest", &[who, homs], None),
        event("b", "Arrest", &[who, homs], DAY),
        event("c", "Arrest", &[who, hama], DAY),
        event("d", "Arrest", &[who], YEARS_BEFORE),
        event("e", "Arrest", &[who], None),
    ];
    assert_eq!(grouped(&events), [["a", "b"]]);
}

#[test]
fn a_government_falls_once_by_any_of_its_names() {
    let events = [
        event("a", "RegimeFall", &[("word", "asad")], None),
        event("b", "RegimeFall", &[("word", "asad"), ("organization", "organization/2")], DAY),
        event("c", "RegimeFall", &[("word", "asad")], Some(("1970-11-16", "1970-11-16"))),
        event("d", "RegimeFall", &[("organization", "organization/3")], DAY),
    ];
    let found = grouped(&events);
    assert_eq!(found, [["a", "b"]]);
}

#[test]
fn a_document_has_one_account_of_what_can_happen_again() {
    let town = [("place", "city/hama")];
    let events =
        [event("a#1", "Capture", &town, DAY), event("a#2", "Capture", &town, DAY), event("b", "Capture", &town, DAY)];
    let found = grouped(&events);
    assert_eq!((found.len(), found[0].len()), (1, 2), "{found:?}");
}

#[test]
fn thousands_of_accounts_take_bounded_time() {
    let events: Vec<EventRecord> =
        (0..20_000).map(|number| event(&format!("{number}"), "Capture", &[("place", "city/hama")], DAY)).collect();
    let documents: Vec<&[EventRecord]> = events.iter().map(std::slice::from_ref).collect();
    let start = std::time::Instant::now();
    let found = happenings(&documents, &|_, local| local);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].accounts.len(), 20_000);
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
