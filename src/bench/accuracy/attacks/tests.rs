//! Scores of invented answers, and attacks of invented reports.

use super::*;
use crate::bench::accuracy::told::{Told, on};
use crate::model::{Basis, Interval, Place, Polarity};

fn attack(victims: &[&str], violations: &[&str]) -> Attack {
    let owned = |words: &&str| (*words).to_owned();
    Attack {
        victims: victims.iter().map(owned).collect(),
        violations: violations.iter().map(owned).collect(),
        ..Attack::default()
    }
}

#[test]
fn victims_and_violations_are_counted() {
    let gold = attack(&["Mina Ravi", "Omar"], &["killing", "torture"]);
    let found = attack(&["Mina Ravi", "Omar Ravi", "Sami"], &["killing"]);
    for (question, predicted, correct) in
        [(Question::Victims, 3, 1), (Question::VictimsFuzzy, 3, 2), (Question::Violations, 1, 1)]
    {
        assert_eq!(compared(&gold, &found, question), Score { gold: 2, predicted, correct }, "{question}");
    }
    let nothing = Attack::default();
    assert_eq!(compared(&gold, &nothing, Question::Victims), Score { gold: 2, predicted: 0, correct: 0 });
}

#[test]
fn facts_are_compared_in_one_spelling() {
    let with = |country: &str, city: &str| Attack {
        country: Some(country.to_owned()),
        city: Some(city.to_owned()),
        year: Some(2020),
        ..Attack::default()
    };
    let (gold, found) = (with("USA", "Malmö"), with("United States", "malmo"));
    for (fact, correct) in
        [(Fact::Country, 1), (Fact::CountryAsWritten, 0), (Fact::City, 1), (Fact::Year, 1), (Fact::Day, 0)]
    {
        assert_eq!(compared(&gold, &found, Question::One(fact)).correct, correct, "{fact:?}");
    }
    assert_eq!(country("Norland"), "norland");
}

#[test]
fn an_article_without_an_answer_cannot_be_answered() {
    let gold = |attack: Attack| {
        let mut document = GoldDocument::new("one", TEXT, Vec::new());
        document.attack = Some(attack);
        document
    };
    let documents = [gold(Attack { year: Some(2020), ..Attack::default() }), gold(Attack::default())];
    let findings = [published(Told::new(TEXT)).findings(), published(Told::new(TEXT)).findings()];
    let measured = |question| figures(&documents, &findings, question);
    assert_eq!(measured(Question::One(Fact::Year)), Some(Figures::Accuracy { gold: 2, correct: 1 }));
    let counts = Score { gold: 1, predicted: 2, correct: 1 };
    assert_eq!(measured(Question::Answered(Fact::Year)), Some(Figures::Counts(counts)));
    let wrong: Vec<String> = mistakes(&documents, &findings)
        .iter()
        .filter_map(|one| Some(format!("{:?} {}", one.kind, one.found.as_ref()?.label)))
        .collect();
    assert_eq!(wrong, ["Spurious violation F1: unknown", "Spurious violation F1: unknown", "Spurious year: 2020"]);
    assert_eq!(figures(&[GoldDocument::new("one", TEXT, Vec::new())], &findings[..1], Question::Victims), None);
}

const TEXT: &str = "Police beat Mina Ravi in Ravenholm. The journalist was jailed on Monday. Gunmen shot Omar Sami years \
                    ago. One of the gunmen, Lina Noor, was held.";

fn published(mut told: Told) -> Told {
    told.published(Interval::day("2020-05-04".parse().expect("a day"), Basis::Metadata));
    told
}

#[test]
fn the_weightiest_events_answer() {
    let mut told = published(Told::new(TEXT));
    let police = told.described("Police", EntityType::Organization);
    let mina = told.named("Mina Ravi", EntityType::Person);
    let town = told.named("Ravenholm", EntityType::City);
    let gunmen = told.described("Gunmen", EntityType::PersonGroup);
    let omar = told.named("Omar Sami", EntityType::Person);
    let lina = told.named("Lina Noor", EntityType::Person);
    told.known(town, |town| {
        town.place = Some(Place {
            geonames: None,
            latitude: None,
            longitude: None,
            country: Some("SE".to_owned()),
            score: None,
            candidates: Vec::new(),
        });
    });
    told.event("Torture", "beat", &[("agent", police), ("person", mina), ("place", town)]);
    told.event("Detention", "jailed", &[("person", mina)]).time = on("2020-05-04");
    told.event("Killing", "shot", &[("agent", gunmen), ("agent", lina), ("person", omar)]).time = on("2012-01-01");
    told.event("Detention", "held", &[("person", lina)]);
    told.event("Abduction", "ago", &[("person", omar)]).polarity = Polarity::Negative;
    let found = report::attack(&told.annotations());
    assert_eq!(
        found,
        Attack {
            perpetrator: Some("state actor".to_owned()),
            year: Some(2020),
            month: Some(5),
            day: Some(4),
            city: Some("Ravenholm".to_owned()),
            country: Some("Sweden".to_owned()),
            ..attack(&["Mina Ravi", "Omar Sami"], &["torture", "arbitrary detention", "killing"])
        }
    );
}

#[test]
fn nothing_told_is_nothing_known() {
    let found = report::attack(&Told::new("Nothing happened.").annotations());
    assert_eq!(found, attack(&[], &["unknown"]));
}

#[test]
fn who_is_held_for_what_they_did_suffers_no_violation() {
    let violations = |kind: &str, words: &str| {
        let mut told = Told::new("A suspect, a baker and a journalist were held and sentenced.");
        let person = told.described(words, EntityType::Person);
        told.event(kind, "held", &[("person", person)]);
        report::attack(&told.annotations()).violations
    };
    let of = |words: &[&str]| attack(&[], words).violations;
    assert_eq!(violations("Arrest", "A suspect"), of(&["unknown"]));
    assert_eq!(violations("Arrest", "a baker"), of(&["arbitrary detention"]));
    assert_eq!(violations("Sentence", "a baker"), of(&["unknown"]));
    assert_eq!(violations("Sentence", "a journalist"), of(&["arbitrary detention"]));
}
