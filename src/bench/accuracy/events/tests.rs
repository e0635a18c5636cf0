//! Scores of one invented report, counted by hand.

use super::*;
use crate::bench::accuracy::told::Told;
use crate::model::EntityType;

const TEXT: &str = "Rebels killed the old mayor of Ravenholm on Monday. A bomb exploded in Norland, and police arrested \
                    two men there. They had threatened the mayor. A march followed.";

fn gold(told: &Told, exhaustive: bool) -> GoldDocument {
    let argument = |role: &str, mentions: &[&str]| {
        let same: Vec<Span> = mentions.iter().map(|words| told.span(words)).collect();
        GoldArgument { role: role.to_owned(), mention: same[0], same }
    };
    let event = |kind: &str, trigger: &str, arguments: Vec<GoldArgument>| GoldEvent {
        kind: kind.to_owned(),
        trigger: told.span(trigger),
        arguments,
    };
    let mut events = vec![event(
        "Life.Die.Unspecified",
        "killed",
        vec![
            argument("Victim", &["mayor", "the mayor"]),
            argument("Killer", &["Rebels"]),
            argument("Place", &["Norland"]),
        ],
    )];
    if exhaustive {
        events.push(event("Conflict.Attack.DetonateExplode", "exploded", vec![argument("ExplosiveDevice", &["bomb"])]));
        events.push(event("Justice.ArrestJailDetain.Unspecified", "arrested", vec![argument("Jailer", &["police"])]));
        events.push(event("Disaster.Crash.Unspecified", "followed", vec![argument("Place", &["Norland"])]));
    }
    let mut document = told.gold();
    document.events = Some(GoldEvents { ontology: Ontology::Kairos, events, exhaustive });
    document
}

/// A reader that finds the killing, takes the explosion for an arrest, and a threat that is not marked.
fn found() -> Told {
    let mut told = Told::new(TEXT);
    let rebels = told.described("Rebels", EntityType::PersonGroup);
    let mayor = told.described("the old mayor of Ravenholm", EntityType::Person);
    let town = told.named("Ravenholm", EntityType::City);
    let country = told.named("Norland", EntityType::Country);
    let men = told.described("two men", EntityType::PersonGroup);
    told.event("Killing", "killed", &[("agent", rebels), ("person", mayor), ("place", town)]);
    told.event("Arrest", "exploded", &[("place", country)]);
    told.event("Threat", "threatened", &[("agent", men), ("charge", mayor)]);
    told
}

fn counts(gold: usize, predicted: usize, correct: usize) -> Option<Figures> {
    Some(Figures::Counts(Score { gold, predicted, correct }))
}

#[test]
fn triggers_types_and_arguments_are_counted() {
    let told = found();
    let documents = [gold(&told, true)];
    let findings = [told.findings()];
    let measured = |measure| figures(&documents, &findings, measure);
    assert_eq!(measured(EventMeasure::Triggers(Types::All)), counts(4, 3, 2));
    assert_eq!(measured(EventMeasure::Triggers(Types::Known)), counts(3, 3, 2));
    assert_eq!(measured(EventMeasure::Classes(Types::All)), counts(4, 3, 1));
    // Of the five of the reader's that have a role here, those of the killer and the mayor are right: "mayor" is the head.
    assert_eq!(measured(EventMeasure::Arguments(Types::All)), counts(6, 5, 2));
    assert_eq!(measured(EventMeasure::Arguments(Types::Known)), counts(5, 5, 2));
    let told: Vec<_> = mistakes(&documents, &findings)
        .iter()
        .map(|one| (one.subject, one.kind, one.gold.as_ref().or(one.found.as_ref()).map(|marked| marked.label.clone())))
        .collect();
    let label = |text: &str| Some(text.to_owned());
    assert_eq!(
        told,
        [
            (Subject::Event, MistakeKind::Mistyped, label("Conflict.Attack.DetonateExplode")),
            (Subject::Event, MistakeKind::Missed, label("Justice.ArrestJailDetain.Unspecified")),
            (Subject::Event, MistakeKind::Spurious, label("Threat")),
            (Subject::Argument, MistakeKind::Missed, label("Life.Die.Unspecified/Place")),
            (Subject::Argument, MistakeKind::Spurious, label("Killing/place")),
        ]
    );
}

#[test]
fn any_mention_of_the_same_will_do_where_coreference_counts() {
    let mut told = Told::new(TEXT);
    let later = told.described("the mayor", EntityType::Person);
    told.event("Killing", "killed", &[("person", later)]);
    let documents = [gold(&told, true)];
    let findings = [told.findings()];
    assert_eq!(figures(&documents, &findings, EventMeasure::Arguments(Types::All)), counts(6, 1, 0));
    assert_eq!(figures(&documents, &findings, EventMeasure::CoreferentArguments(Types::All)), counts(6, 1, 1));
}

#[test]
fn an_argument_is_matched_once() {
    let mut told = Told::new(TEXT);
    let mayor = told.described("the old mayor", EntityType::Person);
    let again = told.described("old mayor", EntityType::Person);
    told.event("Killing", "killed", &[("person", mayor), ("person", again), ("agent", mayor)]);
    let documents = [gold(&told, true)];
    assert_eq!(figures(&documents, &[told.findings()], EventMeasure::Arguments(Types::All)), counts(6, 3, 1));
}

#[test]
fn nothing_else_counts_where_one_event_of_a_text_is_marked() {
    let told = found();
    let documents = [gold(&told, false)];
    let findings = [told.findings()];
    let measured = |measure| figures(&documents, &findings, measure);
    assert_eq!(measured(EventMeasure::Triggers(Types::Known)), Some(Figures::Accuracy { gold: 1, correct: 1 }));
    assert_eq!(measured(EventMeasure::Arguments(Types::Known)), counts(3, 3, 2));
    assert!(mistakes(&documents, &findings).iter().all(|one| one.subject == Subject::Argument));
    let nothing = [Told::new(TEXT).findings()];
    let measured = |measure| figures(&documents, &nothing, measure);
    assert_eq!(measured(EventMeasure::Classes(Types::Known)), Some(Figures::Accuracy { gold: 1, correct: 0 }));
    assert_eq!(measured(EventMeasure::Arguments(Types::Known)), counts(3, 0, 0));
}

#[test]
fn who_reads_no_events_is_not_measured() {
    let told = found();
    let documents = [gold(&told, true)];
    let names = [Findings { names: Vec::new(), whole: None }];
    assert_eq!(figures(&documents, &names, EventMeasure::Triggers(Types::All)), None);
    assert_eq!(figures(&[told.gold()], &[told.findings()], EventMeasure::Triggers(Types::All)), None);
}
