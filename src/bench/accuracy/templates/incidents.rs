//! Events of a document → templates of incidents. What makes an incident is said in `data/bench/incidents.toml`.
//!
//! An event joins the last incident before it that may take it, unless both name other places, other days, other
//! victims, or, in different sentences, other things that were hit. Events that are an incident of a kind of its own come
//! first, then those that belong to some incident or are an attack like any other. Fighting between armed forces is no
//! incident, nor is one of which nothing is known but that there was one, unless it befell civilians.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::fillers::Reader;
use super::{Filler, Slot, Template};
use crate::model::{Annotations, Argument, EntityType, Event, Modality, Polarity};

/// Sentences between an event and the incident that it belongs to.
const NEAR: usize = 1;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    modalities: Vec<Modality>,
    #[serde(rename = "incident")]
    incidents: Vec<IncidentType>,
    by_instrument: Vec<ByInstrument>,
    pub combatants: Combatants,
    pub nobody: BTreeSet<String>,
    pub titles: BTreeSet<String>,
    pub groups: BTreeSet<String>,
    pub sites: BTreeSet<String>,
    pub left_off: BTreeSet<String>,
    pub numbers: BTreeSet<String>,
    pub slots: BTreeMap<Slot, SlotRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentType {
    name: String,
    opens: BTreeSet<String>,
    joins: BTreeSet<String>,
}

/// What an event is by what it was done with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByInstrument {
    kinds: BTreeSet<String>,
    kind: String,
    words: BTreeSet<String>,
}

/// Words for those who fight, and for what they fight over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Combatants {
    state: BTreeSet<String>,
    rebels: BTreeSet<String>,
    others: BTreeSet<String>,
    pub bodies: BTreeSet<String>,
    pub installations: BTreeSet<String>,
}

/// What fills a slot; an empty list rules nothing out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SlotRule {
    pub roles: BTreeSet<String>,
    #[serde(default)]
    pub kinds: BTreeSet<String>,
    #[serde(default)]
    pub types: Vec<EntityType>,
    /// Whether only who has a name counts.
    #[serde(default)]
    pub named: bool,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/bench/incidents.toml")).expect("a test reads the embedded table")
});

/// An incident under construction.
struct Incident<'a> {
    kind: &'static IncidentType,
    events: Vec<&'a Event>,
}

/// The incidents that a document reports, in order.
pub(super) fn templates(annotations: &Annotations) -> Vec<Template> {
    let reader = Reader { annotations };
    let told = |event: &&Event| event.polarity == Polarity::Positive && TABLE.modalities.contains(&event.modality);
    let opens = |event: &Event| TABLE.incidents.iter().find(|incident| incident.opens.contains(reader.kind(event)));
    let joins = |event: &Event| TABLE.incidents.iter().any(|incident| incident.joins.contains(reader.kind(event)));
    // What can be part of something else is looked at when that is known.
    let (later, first): (Vec<&Event>, Vec<&Event>) = annotations
        .events
        .iter()
        .filter(told)
        .filter(|event| (opens(event).is_some() || joins(event)) && !reader.is_combat(event))
        .partition(|event| joins(event));
    let mut incidents: Vec<Incident<'_>> = Vec::new();
    for event in first.into_iter().chain(later) {
        let takes = |incident: &Incident<'_>| reader.takes(incident, event);
        // The nearest one before, or else the nearest one after.
        let distance = |incident: &Incident<'_>| {
            let nearest = incident.events.iter().map(|known| event.trigger.start.abs_diff(known.trigger.start)).min();
            let after = incident.events.iter().all(|known| known.trigger.start > event.trigger.start);
            (after, nearest)
        };
        let open = opens(event);
        let place = (0..incidents.len()).filter(|at| takes(&incidents[*at])).min_by_key(|at| distance(&incidents[*at]));
        match (place, open) {
            (Some(at), _) => incidents[at].events.push(event),
            (None, Some(kind)) => incidents.push(Incident { kind, events: vec![event] }),
            (None, None) => {}
        }
    }
    let group = reader.armed_group();
    let mut templates: Vec<(usize, Template)> =
        incidents.iter().filter_map(|incident| reader.template(incident, group)).collect();
    templates.sort_by_key(|(start, _)| *start);
    templates.into_iter().map(|(_, template)| template).collect()
}

impl<'a> Reader<'a> {
    /// Whether an event is part of an incident.
    fn takes(&self, incident: &Incident<'a>, event: &Event) -> bool {
        let own = incident.kind.opens.contains(self.kind(event));
        let belongs = own || incident.kind.joins.contains(self.kind(event)) && self.is_beside(incident, event);
        belongs && !self.differs(incident, event)
    }

    /// The kind of an event, seen what it was done with.
    fn kind<'e>(&self, event: &'e Event) -> &'e str {
        let tools = || event.arguments.iter().filter(|argument| argument.role == "instrument");
        let done_with = |known: &&ByInstrument| {
            known.kinds.contains(&event.kind) && tools().any(|tool| self.is_called(tool, &known.words))
        };
        TABLE.by_instrument.iter().find(done_with).map_or(event.kind.as_str(), |known| known.kind.as_str())
    }

    /// Whether an event befalls none but combatants.
    fn is_combat(&self, event: &Event) -> bool {
        let mut suffers = event.arguments.iter().filter(|argument| argument.role == "person").peekable();
        let hits =
            event.arguments.iter().any(|one| matches!(one.role.as_str(), "target" | "facility" | "organization"));
        suffers.peek().is_some() && !hits && suffers.all(|argument| self.is_combatant(argument))
    }

    fn is_combatant(&self, argument: &Argument) -> bool {
        let Combatants { state, rebels, others, .. } = &TABLE.combatants;
        !self.annotations.entities[argument.entity].named
            && [state, rebels, others].iter().any(|words| self.is_called(argument, words))
    }

    fn sentence(&self, event: &Event) -> usize {
        self.annotations.analysis.sentence_at(event.trigger.start).unwrap_or_default()
    }

    /// Whether the incident is told nearby, or somebody or something takes part in both.
    fn is_beside(&self, incident: &Incident<'a>, event: &Event) -> bool {
        let parties = |event: &Event| -> BTreeSet<usize> {
            let arguments = event.arguments.iter().filter(|argument| argument.role != "agent");
            arguments.map(|argument| argument.entity).filter(|entity| !self.is_place(*entity)).collect()
        };
        let own = parties(event);
        incident.events.iter().any(|known| {
            self.sentence(known).abs_diff(self.sentence(event)) <= NEAR || !parties(known).is_disjoint(&own)
        })
    }

    /// Whether an event is at another place, on another day, or to others than the incident.
    fn differs(&self, incident: &Incident<'a>, event: &Event) -> bool {
        let apart = |of: fn(&Self, &Event) -> BTreeSet<usize>| {
            let own = of(self, event);
            let known: BTreeSet<usize> = incident.events.iter().flat_map(|known| of(self, known)).collect();
            !own.is_empty() && !known.is_empty() && own.is_disjoint(&known)
        };
        let together = incident.events.iter().any(|known| self.sentence(known) == self.sentence(event));
        let dates = incident.events.iter().filter_map(|known| stated(known));
        let other_day = stated(event).is_some_and(|own| {
            let known: Vec<_> = dates.collect();
            !known.is_empty() && known.iter().all(|known| known.1 < own.0 || own.1 < known.0)
        });
        apart(Self::cities) || other_day || !together && (apart(Self::victims) || apart(Self::targets))
    }

    fn is_place(&self, entity: usize) -> bool {
        self.annotations.entities[entity].kind.is_geographic()
    }

    /// Cities with a name where an event is.
    fn cities(&self, event: &Event) -> BTreeSet<usize> {
        let entities = event.arguments.iter().map(|argument| argument.entity);
        let entity = |at: usize| &self.annotations.entities[at];
        entities.filter(|at| entity(*at).kind == EntityType::City && entity(*at).named).collect()
    }

    /// Those with a name to whom it happens.
    fn victims(&self, event: &Event) -> BTreeSet<usize> {
        let arguments = event.arguments.iter().filter(|argument| argument.role == "person");
        arguments.map(|argument| argument.entity).filter(|entity| self.annotations.entities[*entity].named).collect()
    }

    /// What it hits.
    fn targets(&self, event: &Event) -> BTreeSet<usize> {
        let hit = |argument: &&Argument| matches!(argument.role.as_str(), "target" | "facility");
        event.arguments.iter().filter(hit).map(|argument| argument.entity).collect()
    }

    /// Where the incident is first told, and what is known of it; `group` is the armed group of the document.
    fn template(&self, incident: &Incident<'a>, group: Option<usize>) -> Option<(usize, Template)> {
        let mut slots: BTreeMap<Slot, Vec<Filler>> = BTreeMap::new();
        // Slot and entity, which fills it once.
        let mut known: BTreeSet<(Slot, usize)> = BTreeSet::new();
        let mut events = incident.events.clone();
        events.sort_by_key(|event| event.trigger);
        for event in &events {
            for (slot, rule) in &TABLE.slots {
                for argument in &event.arguments {
                    if self.fills(*slot, rule, event, argument)
                        && known.insert((*slot, argument.entity))
                        && let Some(words) = self.words(*slot, argument)
                    {
                        let fillers = slots.entry(*slot).or_default();
                        if !fillers.contains(&vec![words.clone()]) {
                            fillers.push(vec![words]);
                        }
                    }
                }
            }
        }
        let agents = || events.iter().flat_map(|event| &event.arguments).filter(|argument| argument.role == "agent");
        let rebels = agents().any(|agent| self.is_called(agent, &TABLE.combatants.rebels));
        let state = agents().any(|agent| {
            self.annotations.entities[agent.entity].kind == EntityType::Country
                || self.is_called(agent, &TABLE.combatants.state)
        });
        let civilians = events
            .iter()
            .flat_map(|event| &event.arguments)
            .any(|argument| argument.role == "person" && !self.is_combatant(argument));
        if state && !rebels && !civilians && !slots.contains_key(&Slot::Target) {
            return None;
        }
        // A report that knows one armed group means it where it says "rebels", or nothing.
        let unsaid = rebels || !state && !slots.contains_key(&Slot::Perpetrator);
        if let Some(group) = group.filter(|_| unsaid && !slots.contains_key(&Slot::PerpetratorOrganization)) {
            slots.insert(Slot::PerpetratorOrganization, vec![vec![self.name(group)]]);
        }
        let start = events.first()?.trigger.start;
        let told = civilians || !slots.is_empty();
        told.then(|| (start, Template { incident: incident.kind.name.clone(), slots }))
    }
}

/// The days on which an event was, if its text says so.
fn stated(event: &Event) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let (interval, words) = event.time.as_ref()?;
    words.as_ref()?;
    Some((interval.earliest?, interval.latest?))
}
