//! What later words say of a plan: who was to be executed and is freed was not executed.

use std::collections::HashMap;

use super::words::EventWords;
use crate::model::{Event, Modality, Polarity};

/// Turns planned events to averted ones where the same person is said to have come out otherwise, in the same sentence
/// or later (`[[outcome]]` in `data/lexicon/events.toml`).
pub(super) fn settle(events: &mut [(usize, Event)]) {
    let outcomes = &EventWords::embedded().outcome;
    // Kind of event and person → where the last one is told that happened.
    let mut happened: HashMap<(&str, usize), usize> = HashMap::new();
    for (_, event) in events.iter() {
        if event.modality == Modality::Actual && event.polarity == Polarity::Positive {
            for person in people(event) {
                let last = happened.entry((&event.kind, person)).or_default();
                *last = event.evidence.start.max(*last);
            }
        }
    }
    let averted = |plan: &Event| {
        plan.modality == Modality::Planned
            && plan.polarity == Polarity::Positive
            && outcomes.iter().filter(|outcome| outcome.planned == plan.kind).flat_map(|outcome| &outcome.happened).any(
                |kind| {
                    people(plan)
                        .filter_map(|person| happened.get(&(kind.as_str(), person)))
                        .any(|&told| told >= plan.evidence.start)
                },
            )
    };
    let averted: Vec<usize> =
        events.iter().enumerate().filter(|(_, (_, event))| averted(event)).map(|(index, _)| index).collect();
    for index in averted {
        events[index].1.modality = Modality::Averted;
    }
}

/// Those to whom an event happens.
fn people(event: &Event) -> impl Iterator<Item = usize> + '_ {
    event.arguments.iter().filter(|argument| argument.role == "person").map(|argument| argument.entity)
}
