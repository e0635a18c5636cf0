//! What later words say of a plan: who was to be executed and is freed was not executed.

use super::words::EventWords;
use crate::model::{Event, Modality, Polarity};

/// Turns planned events to averted ones where the same person is said to have come out otherwise, in the same sentence
/// or later (`[[outcome]]` in `data/lexicon/events.toml`).
pub(super) fn settle(events: &mut [(usize, Event)]) {
    let outcomes = &EventWords::embedded().outcome;
    for index in 0..events.len() {
        let plan = &events[index].1;
        if plan.modality != Modality::Planned || plan.polarity == Polarity::Negative {
            continue;
        }
        let averted = outcomes.iter().filter(|outcome| outcome.planned == plan.kind).any(|outcome| {
            events.iter().map(|(_, event)| event).any(|event| {
                outcome.happened.contains(&event.kind)
                    && event.modality == Modality::Actual
                    && event.polarity == Polarity::Positive
                    && event.evidence.start >= plan.evidence.start
                    && shares_person(plan, event)
            })
        });
        if averted {
            events[index].1.modality = Modality::Averted;
        }
    }
}

fn shares_person(one: &Event, other: &Event) -> bool {
    let person = |event: &Event, entity: usize| {
        event.arguments.iter().any(|argument| argument.role == "person" && argument.entity == entity)
    };
    one.arguments.iter().any(|argument| argument.role == "person" && person(other, argument.entity))
}
