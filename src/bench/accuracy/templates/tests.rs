//! Scores of invented templates, which the publishers' program gives the same, and incidents of invented reports.

use proptest::prelude::*;

use super::*;
use crate::bench::accuracy::told::{Told, on};
use crate::model::{EntityType, Modality};

/// A template from slots and the mentions of each filler.
fn template(incident: &str, slots: &[(Slot, &[&[&str]])]) -> Template {
    let filler = |mentions: &&[&str]| -> Filler {
        mentions.iter().map(|words| Words { words: (*words).to_owned(), span: None }).collect()
    };
    let slots = slots.iter().map(|(slot, fillers)| (*slot, fillers.iter().map(filler).collect())).collect();
    Template { incident: incident.to_owned(), slots }
}

fn gold() -> Vec<Template> {
    vec![
        template(
            "attack",
            &[
                (Slot::Perpetrator, &[&["rebels", "the rebel column"]]),
                (Slot::Victim, &[&["mina ravi"]]),
                (Slot::Weapon, &[&["guns"]]),
            ],
        ),
        template(
            "attack",
            &[
                (Slot::PerpetratorOrganization, &[&["NLF", "norland liberation front"]]),
                (Slot::Victim, &[&["omar ravi"], &["sami ravi"]]),
            ],
        ),
        template("bombing / attack", &[(Slot::Target, &[&["\"moon\" hotel"]]), (Slot::Weapon, &[&["bomb"]])]),
    ]
}

fn found() -> Vec<Template> {
    vec![
        template(
            "attack",
            &[
                (Slot::PerpetratorOrganization, &[&["n.l.f."]]),
                (Slot::Victim, &[&["omar ravi"], &["Omar Ravi"], &["mina ravi"]]),
            ],
        ),
        template("bombing", &[(Slot::Target, &[&["the moon hotel"]]), (Slot::Weapon, &[&["two bombs"]])]),
        template("attack", &[(Slot::Perpetrator, &[&["a rebel column"]])]),
        template("arson", &[(Slot::Target, &[&["farm"]])]),
    ]
}

fn tally(found: usize, found_right: usize, gold: usize, gold_right: usize) -> Tally {
    Tally { found, found_right, gold, gold_right }
}

#[test]
fn templates_are_aligned_for_the_highest_f1() {
    let (gold, found) = (gold(), found());
    let alignment = Alignment::best(&gold, &found);
    for (slot, expected) in [
        (Slot::Incident, tally(4, 3, 3, 3)),
        (Slot::Perpetrator, tally(1, 1, 1, 1)),
        (Slot::PerpetratorOrganization, tally(1, 1, 1, 1)),
        (Slot::Target, tally(2, 1, 1, 1)),
        // A name that was found twice is right twice, and one of two victims is found.
        (Slot::Victim, tally(3, 2, 3, 1)),
        (Slot::Weapon, tally(1, 0, 2, 0)),
    ] {
        assert_eq!(alignment.tally(Some(slot)), expected, "{slot:?}");
    }
    assert_eq!(alignment.tally(None), tally(12, 8, 11, 7));
    let words = |wrong: Vec<(&Template, Slot, Option<&Filler>)>| -> Vec<String> {
        let told = |(template, slot, filler): (&Template, Slot, Option<&Filler>)| {
            let words = filler.map_or("", |filler| filler[0].words.as_str());
            format!("{} {} {words}", template.incident, slot.as_str())
        };
        wrong.into_iter().map(told).collect()
    };
    let (missed, spurious) = alignment.mistakes();
    assert_eq!(
        words(missed),
        ["attack Victim mina ravi", "attack Weapon guns", "attack Victim sami ravi", "bombing / attack Weapon bomb"]
    );
    assert_eq!(
        words(spurious),
        ["attack Victim mina ravi", "bombing Weapon two bombs", "arson incident type ", "arson Target farm"]
    );
}

#[test]
fn nothing_found_and_nothing_to_find() {
    let (gold, found) = (gold(), found());
    assert_eq!(Alignment::best(&gold, &[]).tally(None), tally(0, 0, 11, 0));
    assert_eq!(Alignment::best(&[], &found).tally(None), tally(12, 0, 0, 0));
    let figures = Alignment::best(&[], &[]).tally(None).figures();
    assert_eq!((figures.precision(), figures.recall(), figures.f1()), (Some(0.0), Some(0.0), Some(0.0)));
}

#[test]
fn templates_with_the_same_words_are_equal() {
    let one = &gold()[0];
    let mut other = one.clone();
    other.slots.insert(Slot::Target, Vec::new());
    assert!(one.says_the_same(&other));
    other.slots.insert(Slot::Weapon, Vec::new());
    assert!(!one.says_the_same(&other));
}

/// The highest F1 of every alignment there is.
fn by_trying(gold: &[Template], found: &[Template], pairs: &mut Vec<Option<usize>>) -> f64 {
    if pairs.len() == found.len() {
        let alignment = Alignment { gold, found, pairs: pairs.clone() };
        return alignment.tally(None).figures().f1().unwrap_or_default();
    }
    let incident = &found[pairs.len()].incident;
    let fits = |at: &usize| gold[*at].incident.contains(incident.as_str()) && !pairs.contains(&Some(*at));
    let choices: Vec<Option<usize>> = (0..gold.len()).filter(fits).map(Some).chain([None]).collect();
    choices.into_iter().fold(0.0, |best, choice| {
        pairs.push(choice);
        let reached = by_trying(gold, found, pairs);
        pairs.pop();
        f64::max(best, reached)
    })
}

proptest! {
    #[test]
    fn the_alignment_is_what_trying_everything_finds(
        gold in prop::collection::vec((0..2_usize, prop::collection::vec(0..4_usize, 0..4)), 0..5),
        found in prop::collection::vec((0..2_usize, prop::collection::vec(0..5_usize, 0..4)), 0..5),
    ) {
        const NAMES: [&str; 5] = ["mina", "omar", "sami", "lina", "nadia"];
        let made = |templates: &[(usize, Vec<usize>)]| -> Vec<Template> {
            let one = |(incident, victims): &(usize, Vec<usize>)| {
                let names: Vec<[&str; 1]> = victims.iter().map(|at| [NAMES[*at]]).collect();
                let fillers: Vec<&[&str]> = names.iter().map(|name| name.as_slice()).collect();
                template(["attack", "bombing"][*incident], &[(Slot::Victim, &fillers)])
            };
            templates.iter().map(one).collect()
        };
        let (gold, found) = (made(&gold), made(&found));
        let best = Alignment::best(&gold, &found).tally(None).figures().f1().unwrap_or_default();
        prop_assert!((best - by_trying(&gold, &found, &mut Vec::new())).abs() < 1e-12);
    }
}

/// Incident types with the words in their slots.
fn told(told: Told) -> Vec<String> {
    let words = |filler: &Filler| filler[0].words.clone();
    let slot = |(slot, fillers): (&Slot, &Vec<Filler>)| {
        format!("{}: {}", slot.as_str(), fillers.iter().map(words).collect::<Vec<_>>().join(" + "))
    };
    let template = |template: Template| {
        let slots: Vec<String> = template.slots.iter().map(slot).collect();
        format!("{} ({})", template.incident, slots.join("; "))
    };
    incidents::templates(&told.annotations()).into_iter().map(template).collect()
}

const REPORT: &str = "Rebels bombed the moon hotel in Ravenholm with dynamite. Mina Ravi was killed there. The NLF seized \
                      Omar Ravi in Norstad. Guards were hurt.";

#[test]
fn a_bombing_takes_what_it_does_and_a_kidnapping_is_another_incident() {
    let mut report = Told::new(REPORT);
    let rebels = report.described("Rebels", EntityType::PersonGroup);
    let hotel = report.described("moon hotel", EntityType::Facility);
    let ravenholm = report.named("Ravenholm", EntityType::City);
    let dynamite = report.described("dynamite", EntityType::Product);
    let mina = report.named("Mina Ravi", EntityType::Person);
    let front = report.named("NLF", EntityType::Organization);
    let omar = report.named("Omar Ravi", EntityType::Person);
    let norstad = report.named("Norstad", EntityType::City);
    let guards = report.described("Guards", EntityType::PersonGroup);
    let bombing = [("agent", rebels), ("facility", hotel), ("place", ravenholm), ("instrument", dynamite)];
    report.event("Bombing", "bombed", &bombing);
    report.event("Killing", "killed", &[("person", mina)]);
    report.event("Abduction", "seized", &[("agent", front), ("person", omar), ("place", norstad)]);
    report.event("Release", "hurt", &[("person", guards)]);
    assert_eq!(
        told(report),
        [
            "bombing (PerpInd: Rebels; Target: moon hotel; Victim: Mina Ravi; Weapon: dynamite)",
            "kidnapping (PerpOrg: NLF; Victim: Omar Ravi)",
        ]
    );
}

/// A role, and the name of who fills it.
type Filled = (&'static str, &'static str, EntityType);

/// The incidents of a report of two attacks.
fn two_attacks(first: &[Filled], second: &[Filled]) -> Vec<String> {
    let mut report = Told::new(REPORT);
    for (trigger, filled) in [("bombed", first), ("seized", second)] {
        let arguments: Vec<(&str, usize)> =
            filled.iter().map(|(role, words, kind)| (*role, report.named(words, *kind))).collect();
        report.event("Attack", trigger, &arguments);
    }
    told(report)
}

#[test]
fn places_days_and_victims_tell_incidents_apart() {
    let front: Filled = ("agent", "NLF", EntityType::Organization);
    let (mina, omar): (Filled, Filled) =
        (("person", "Mina Ravi", EntityType::Person), ("person", "Omar Ravi", EntityType::Person));
    let (here, there): (Filled, Filled) =
        (("place", "Ravenholm", EntityType::City), ("place", "Norstad", EntityType::City));
    let apart = ["attack (PerpOrg: NLF)", "attack (Victim: Omar Ravi)"];
    assert_eq!(two_attacks(&[front, here], &[omar, there]), apart);
    let others = ["attack (PerpOrg: NLF; Victim: Mina Ravi)", "attack (Victim: Omar Ravi)"];
    assert_eq!(two_attacks(&[front, mina], &[omar]), others);
    assert_eq!(two_attacks(&[front], &[omar, there]), ["attack (PerpOrg: NLF; Victim: Omar Ravi)"]);
    let incidents = |days: [&str; 2]| {
        let mut report = Told::new(REPORT);
        let who = report.named("Mina Ravi", EntityType::Person);
        for (trigger, day) in [("bombed", days[0]), ("hurt", days[1])] {
            report.event("Attack", trigger, &[("person", who)]).time = on(day);
        }
        told(report).len()
    };
    assert_eq!((incidents(["1990-05-01", "1990-05-03"]), incidents(["1990-05-01", "1990-05-01"])), (2, 1));
}

#[test]
fn what_did_not_happen_and_what_nothing_is_known_of_is_no_incident() {
    let mut report = Told::new(REPORT);
    let omar = report.named("Omar Ravi", EntityType::Person);
    report.event("Abduction", "seized", &[("person", omar)]).modality = Modality::Planned;
    report.event("Attack", "bombed", &[]);
    assert!(told(report).is_empty());
}

#[test]
fn fighting_is_no_incident() {
    let told_of = |agent: &str, person: &str| {
        let mut report = Told::new("Rebels killed soldiers. Troops killed rebels. Rebels shot villagers.");
        let (agent, person) =
            (report.described(agent, EntityType::PersonGroup), report.described(person, EntityType::PersonGroup));
        report.event("Killing", "killed", &[("agent", agent), ("person", person)]);
        told(report)
    };
    assert!(told_of("Rebels", "soldiers").is_empty());
    assert!(told_of("Troops", "rebels").is_empty());
    assert_eq!(told_of("Rebels", "villagers"), ["attack (PerpInd: Rebels)"]);
}

#[test]
fn what_was_done_with_a_bomb_is_a_bombing() {
    for (tool, expected) in [("a car-bomb", "bombing (Weapon: car-bomb)"), ("a stone", "attack (Weapon: stone)")] {
        let mut report = Told::new("Rebels attacked with a car-bomb and a stone.");
        let tool = report.described(tool, EntityType::Product);
        report.event("Attack", "attacked", &[("instrument", tool)]);
        assert_eq!(told(report), [expected]);
    }
}

#[test]
fn perpetrators_are_said_in_the_words_of_the_annotators() {
    let text = "Three members of the NLF, Colonel Omar Ravi and no group shot at the eleven buses.";
    let mut report = Told::new(text);
    let members = report.described("Three members", EntityType::PersonGroup);
    let front = report.named("NLF", EntityType::Organization);
    report.known(front, |front| front.subtype = Some("ArmedGroup".to_owned()));
    let colonel = report.named("Omar Ravi", EntityType::Person);
    let nobody = report.described("no group", EntityType::PersonGroup);
    let buses = report.described("the eleven buses", EntityType::Product);
    let agents = [("agent", members), ("agent", colonel), ("agent", nobody), ("target", buses)];
    report.event("Attack", "shot", &agents);
    assert_eq!(told(report), ["attack (PerpInd: Three members of the NLF + Colonel Omar Ravi; Target: buses)"]);
}

#[test]
fn things_are_said_with_whose_they_are() {
    for (words, kind, expected) in [
        ("house", EntityType::Facility, "Minister Omar Ravi's house"),
        ("offices", EntityType::Facility, "offices of the guild"),
        ("bridge", EntityType::Facility, "bridge"),
    ] {
        let mut report =
            Told::new("They burned Minister Omar Ravi's house, the offices of the guild and a bridge of wood.");
        report.named("Minister", EntityType::Person);
        report.named("Omar Ravi", EntityType::Person);
        report.described("guild", EntityType::Organization);
        report.described("wood", EntityType::Other);
        let thing = report.described(words, kind);
        report.event("Arson", "burned", &[("target", thing)]);
        assert_eq!(told(report), [format!("arson (Target: {expected})")]);
    }
}

#[test]
fn the_armed_group_of_a_document_is_meant_by_rebels() {
    for (agent, expected) in [
        ("Rebels", "attack (PerpInd: Rebels; PerpOrg: NLF; Victim: Mina Ravi)"),
        ("Neighbours", "attack (PerpInd: Neighbours; Victim: Mina Ravi)"),
    ] {
        let mut report = Told::new("Rebels and Neighbours shot Mina Ravi. The NLF did not say why.");
        let agent = report.described(agent, EntityType::PersonGroup);
        let mina = report.named("Mina Ravi", EntityType::Person);
        let front = report.named("NLF", EntityType::Organization);
        report.known(front, |front| front.subtype = Some("ArmedGroup".to_owned()));
        report.event("Killing", "shot", &[("agent", agent), ("person", mina)]);
        assert_eq!(told(report), [expected]);
    }
}
