//! Which tellings of one document mean one happening.
//!
//! Two tellings are one where their kinds agree, nothing contradicts it, and something ties them: the same person, the
//! same site with nobody named on either side, or a noun with an article that takes up what was told ("the attack").
//! When in doubt they stay two. Every telling keeps its own words, polarity and attribution.

use std::collections::BTreeSet;

use crate::extract::coreference::Resolved;
use crate::extract::text::Text;
use crate::model::{EntityType, Event, Modality, Polarity};
use crate::ontology::Schema;

/// Sentences back to which a noun with an article may point.
const REACH: usize = 4;
/// Happenings before a telling that it is compared with.
const MOST: usize = 200;
/// Roles that tell happenings apart when both tell them differently.
const TELLING: &[&str] = &["person", "facility", "place", "origin", "destination", "target", "organization"];
/// Kinds that happen to a person once.
const ONCE: &[&str] = &["Killing", "Execution", "Death", "Birth"];

/// Kinds that happen to a place.
const BY_PLACE: &[&str] = &["Capture", "Withdrawal", "Destruction"];

/// What the tellings of one happening say together.
struct Happening {
    first: usize,
    kind: String,
    /// Role and entity.
    fillers: BTreeSet<(String, usize)>,
    last_sentence: usize,
    polarity: Polarity,
    happened: bool,
}

/// Sets [`Event::same`] of every telling of a happening that was told before. `vague` says of which events the frame's
/// requirements are not met: those that no earlier telling explains are dropped.
pub(super) fn join(text: &Text<'_>, resolved: &Resolved, events: &mut Vec<(usize, Event)>, vague: &[bool]) {
    let mut happenings: Vec<Happening> = Vec::new();
    let mut kept: Vec<bool> = vec![true; events.len()];
    for index in 0..events.len() {
        let (head, event) = &events[index];
        let sentence = text.sentence_of(*head);
        let recent = happenings.len().saturating_sub(MOST)..happenings.len();
        let tied = recent.rev().find(|&at| {
            let known = &happenings[at];
            let first = &events[known.first].1;
            may_be_one(known, event)
                && !contradicts(resolved, known, event)
                && !apart(first, event)
                && ties(resolved, known, event, vague[index].then_some(sentence))
        });
        let tied = tied.or_else(|| the_only_one(&happenings, event).filter(|_| vague[index]));
        match tied {
            Some(found) => {
                let known = &mut happenings[found];
                known.fillers.extend(fillers(event));
                known.last_sentence = sentence;
                events[index].1.same = Some(known.first);
            }
            None if vague[index] => {
                kept[index] = false;
                if let Some(plan) = plan_denied(&happenings, events, index, sentence) {
                    events[plan].1.modality = Modality::Averted;
                }
            }
            None => happenings.push(Happening {
                first: index,
                kind: event.kind.clone(),
                fillers: fillers(event).collect(),
                last_sentence: sentence,
                polarity: event.polarity,
                happened: happened(event),
            }),
        }
    }
    drop_unkept(events, &kept);
}

/// The happening that "the attack" means far from where it was told: the only one of its kind.
fn the_only_one(happenings: &[Happening], event: &Event) -> Option<usize> {
    let takes_up =
        |known: &Happening| known.kind == event.kind || Schema::embedded().is_subclass(&known.kind, &event.kind);
    let fits = |(_, known): &(usize, &Happening)| takes_up(known) && may_be_one(known, event);
    let mut fitting = happenings.iter().enumerate().rev().take(MOST).filter(fits);
    let (only, _) = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

/// "He was to be executed; the execution did not take place": the plan that a denied noun takes up.
fn plan_denied(happenings: &[Happening], events: &[(usize, Event)], index: usize, sentence: usize) -> Option<usize> {
    let event = &events[index].1;
    let denied = event.polarity == Polarity::Negative;
    let plan = happenings.iter().rev().find(|known| {
        known.kind == event.kind
            && known.last_sentence + REACH >= sentence
            && events[known.first].1.modality == Modality::Planned
    });
    plan.filter(|_| denied).map(|known| known.first)
}

/// Removes what is not kept, and keeps the indices of the rest true.
fn drop_unkept(events: &mut Vec<(usize, Event)>, kept: &[bool]) {
    let mut moved: Vec<usize> = Vec::with_capacity(kept.len());
    let mut next = 0;
    for &stays in kept {
        moved.push(next);
        next += usize::from(stays);
    }
    let mut index = 0;
    events.retain(|_| {
        index += 1;
        kept[index - 1]
    });
    for (_, event) in events {
        event.same = event.same.map(|first| moved[first]);
    }
}

fn fillers(event: &Event) -> impl Iterator<Item = (String, usize)> + '_ {
    event.arguments.iter().map(|argument| (argument.role.clone(), argument.entity))
}

fn happened(event: &Event) -> bool {
    matches!(event.modality, Modality::Actual | Modality::ReportedDoubtful)
}

/// Whether kind, polarity and mood allow it.
fn may_be_one(known: &Happening, event: &Event) -> bool {
    let schema = Schema::embedded();
    let kinds = known.kind == event.kind
        || schema.is_subclass(&known.kind, &event.kind)
        || schema.is_subclass(&event.kind, &known.kind);
    kinds && known.polarity == event.polarity && known.happened == happened(event)
}

/// Whether the two name different fillers for a role of which there is one.
fn contradicts(resolved: &Resolved, known: &Happening, event: &Event) -> bool {
    TELLING.iter().any(|role| {
        let of_known: Vec<usize> =
            known.fillers.iter().filter(|(name, _)| name == role).map(|(_, entity)| *entity).collect();
        let of_event: Vec<usize> =
            event.arguments.iter().filter(|argument| argument.role == *role).map(|argument| argument.entity).collect();
        let shared = of_known.iter().any(|entity| of_event.contains(entity));
        if shared || of_known.is_empty() || of_event.is_empty() {
            return false;
        }
        let definite = |entities: &[usize]| entities.iter().any(|&entity| is_definite(resolved, entity));
        match *role {
            // Somebody with a name is not "two men"; groups may overlap.
            "person" => {
                definite(&of_known)
                    || definite(&of_event)
                    || !all_groups(resolved, &of_known)
                    || !all_groups(resolved, &of_event)
            }
            // A town and its country are no contradiction.
            "organization" if event.kind == "RegimeFall" => !one_rule(resolved, known, event),
            "place" => of_known.iter().all(|&one| of_event.iter().all(|&other| same_level(resolved, one, other))),
            _ => definite(&of_known) && definite(&of_event),
        }
    })
}

/// Whether an entity has a name, or is one thing.
fn is_definite(resolved: &Resolved, entity: usize) -> bool {
    resolved.entities[entity].named
}

fn all_groups(resolved: &Resolved, entities: &[usize]) -> bool {
    entities.iter().all(|&entity| resolved.entities[entity].kind == EntityType::PersonGroup)
}

fn same_level(resolved: &Resolved, one: usize, other: usize) -> bool {
    resolved.entities[one].kind == resolved.entities[other].kind
}

/// Whether stated times lie apart.
fn apart(one: &Event, other: &Event) -> bool {
    let (Some((first, Some(_))), Some((second, Some(_)))) = (&one.time, &other.time) else { return false };
    let before = |end: Option<jiff::civil::Date>, start: Option<jiff::civil::Date>| matches!((end, start), (Some(end), Some(start)) if end < start);
    before(first.latest, second.earliest) || before(second.latest, first.earliest)
}

/// Whether something ties a telling to what was told before; `vague` is its sentence where it has no participants.
fn ties(resolved: &Resolved, known: &Happening, event: &Event, vague: Option<usize>) -> bool {
    if let Some(sentence) = vague {
        // "the attack" takes up a bombing, "the bombing" no attack.
        let takes_up = known.kind == event.kind || Schema::embedded().is_subclass(&known.kind, &event.kind);
        return takes_up && sentence <= known.last_sentence + REACH;
    }
    let shares = |role: &str| {
        event
            .arguments
            .iter()
            .any(|argument| argument.role == role && known.fillers.contains(&(argument.role.clone(), argument.entity)))
    };
    let nobody_named = known.fillers.iter().filter(|(role, _)| role == "person").all(|(_, entity)| {
        resolved.entities[*entity].kind == EntityType::PersonGroup && !resolved.entities[*entity].named
    }) && event.arguments.iter().filter(|argument| argument.role == "person").all(|argument| {
        let entity = &resolved.entities[argument.entity];
        entity.kind == EntityType::PersonGroup && !entity.named
    });
    let persons = known.fillers.iter().any(|(role, _)| role == "person")
        && event.arguments.iter().any(|argument| argument.role == "person");
    let once = ONCE.contains(&event.kind.as_str());
    if shares("person") {
        let site = shares("facility") || shares("place") || shares("agent");
        let unsaid = |role: &str| {
            !known.fillers.iter().any(|(name, _)| name == role)
                || !event.arguments.iter().any(|argument| argument.role == role)
        };
        return once || site || (unsaid("facility") && unsaid("place"));
    }
    if shares("target") || shares("organization") {
        return true;
    }
    if event.kind == "RegimeFall" {
        return one_rule(resolved, known, event);
    }
    // A town sees many attacks; it is captured, or lost, once in a report.
    let town = shares("place") && (shares("agent") || (!persons && BY_PLACE.contains(&event.kind.as_str())));
    let site = shares("facility") && known.kind == event.kind;
    (site || town) && nobody_named && !once
}

/// Whether what falls is one rule by the words: a name in common ("the Assad regime", "the Assad dynasty"), or no name
/// on one side ("the regime", "the government").
fn one_rule(resolved: &Resolved, known: &Happening, event: &Event) -> bool {
    let rules = |fillers: &mut dyn Iterator<Item = (String, usize)>| -> Vec<usize> {
        fillers
            .filter(|(role, _)| matches!(role.as_str(), "organization" | "person"))
            .map(|(_, entity)| entity)
            .collect()
    };
    let before = rules(&mut known.fillers.iter().cloned());
    let now = rules(&mut fillers(event));
    let words = |entity: usize| -> BTreeSet<&str> {
        let names = std::iter::once(&resolved.entities[entity].name).chain(&resolved.entities[entity].aliases);
        names
            .flat_map(|name| name.split_whitespace())
            .filter(|word| word.starts_with(char::is_uppercase) && word.len() > 3)
            .collect()
    };
    before.iter().any(|&one| {
        now.iter().any(|&other| {
            let unnamed = !resolved.entities[one].named || !resolved.entities[other].named;
            unnamed || !words(one).is_disjoint(&words(other))
        })
    })
}
