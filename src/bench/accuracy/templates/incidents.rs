//! Events of a document → templates of incidents. What makes an incident is said in `data/bench/incidents.toml`.
//!
//! An event joins the last incident before it that may take it, unless both name other places, other days, or other
//! victims. Events that are an incident of a kind of its own come first, then those that belong to some incident or
//! are an attack like any other. An incident of which nothing is known but that there was one is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Filler, Slot, Template, Words};
use crate::model::{Annotations, Argument, EntityType, Event, MentionForm, Modality, Polarity, Span};

/// Sentences between an event and the incident that it belongs to.
const NEAR: usize = 1;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    modalities: Vec<Modality>,
    #[serde(rename = "incident")]
    incidents: Vec<IncidentType>,
    slots: BTreeMap<Slot, SlotRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentType {
    name: String,
    opens: BTreeSet<String>,
    joins: BTreeSet<String>,
}

/// What fills a slot; an empty list rules nothing out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotRule {
    roles: BTreeSet<String>,
    #[serde(default)]
    kinds: BTreeSet<String>,
    #[serde(default)]
    types: Vec<EntityType>,
    /// Whether only who has a name counts.
    #[serde(default)]
    named: bool,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/bench/incidents.toml")).expect("a test reads the embedded table")
});

/// An incident under construction.
struct Incident<'a> {
    kind: &'static IncidentType,
    events: Vec<&'a Event>,
}

/// The incidents that a document reports, in order.
pub(super) fn templates(annotations: &Annotations) -> Vec<Template> {
    let told = |event: &&Event| event.polarity == Polarity::Positive && TABLE.modalities.contains(&event.modality);
    let opens = |event: &Event| TABLE.incidents.iter().find(|incident| incident.opens.contains(&event.kind));
    let joins = |event: &Event| TABLE.incidents.iter().any(|incident| incident.joins.contains(&event.kind));
    // What can be part of something else is looked at when that is known.
    let (later, first): (Vec<&Event>, Vec<&Event>) = annotations
        .events
        .iter()
        .filter(told)
        .filter(|event| opens(event).is_some() || joins(event))
        .partition(|event| joins(event));
    let reader = Reader { annotations };
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
    let mut templates: Vec<(usize, Template)> =
        incidents.iter().filter_map(|incident| reader.template(incident)).collect();
    templates.sort_by_key(|(start, _)| *start);
    templates.into_iter().map(|(_, template)| template).collect()
}

struct Reader<'a> {
    annotations: &'a Annotations,
}

impl<'a> Reader<'a> {
    /// Whether an event is part of an incident.
    fn takes(&self, incident: &Incident<'a>, event: &Event) -> bool {
        let own = incident.kind.opens.contains(&event.kind);
        let belongs = own || incident.kind.joins.contains(&event.kind) && self.is_beside(incident, event);
        belongs && !self.differs(incident, event)
    }

    /// Whether the incident is told nearby, or somebody or something takes part in both.
    fn is_beside(&self, incident: &Incident<'a>, event: &Event) -> bool {
        let sentence = |event: &Event| self.annotations.analysis.sentence_at(event.trigger.start).unwrap_or_default();
        let parties = |event: &Event| -> BTreeSet<usize> {
            let arguments = event.arguments.iter().filter(|argument| argument.role != "agent");
            arguments.map(|argument| argument.entity).filter(|entity| !self.is_place(*entity)).collect()
        };
        let own = parties(event);
        incident
            .events
            .iter()
            .any(|known| sentence(known).abs_diff(sentence(event)) <= NEAR || !parties(known).is_disjoint(&own))
    }

    /// Whether an event is at another place, on another day or to others than the incident.
    fn differs(&self, incident: &Incident<'a>, event: &Event) -> bool {
        let apart = |of: fn(&Self, &Event) -> BTreeSet<usize>| {
            let own = of(self, event);
            let known: BTreeSet<usize> = incident.events.iter().flat_map(|known| of(self, known)).collect();
            !own.is_empty() && !known.is_empty() && own.is_disjoint(&known)
        };
        let sentence = |event: &Event| self.annotations.analysis.sentence_at(event.trigger.start);
        let together = incident.events.iter().any(|known| sentence(known) == sentence(event));
        let dates = incident.events.iter().filter_map(|known| stated(known));
        let other_day = stated(event).is_some_and(|own| {
            let known: Vec<_> = dates.collect();
            !known.is_empty() && known.iter().all(|known| known.1 < own.0 || own.1 < known.0)
        });
        apart(Self::cities) || other_day || !together && apart(Self::victims)
    }

    fn is_place(&self, entity: usize) -> bool {
        self.annotations.entities[entity].kind.is_geographic()
    }

    /// Cities where an event is.
    fn cities(&self, event: &Event) -> BTreeSet<usize> {
        let entities = event.arguments.iter().map(|argument| argument.entity);
        entities.filter(|entity| self.annotations.entities[*entity].kind == EntityType::City).collect()
    }

    /// Those with a name to whom it happens.
    fn victims(&self, event: &Event) -> BTreeSet<usize> {
        let arguments = event.arguments.iter().filter(|argument| argument.role == "person");
        arguments.map(|argument| argument.entity).filter(|entity| self.annotations.entities[*entity].named).collect()
    }

    /// Where the incident is first told, and what is known of it.
    fn template(&self, incident: &Incident<'a>) -> Option<(usize, Template)> {
        let mut slots: BTreeMap<Slot, Vec<Filler>> = BTreeMap::new();
        // Slot and entity, which fills it once.
        let mut known: BTreeSet<(Slot, usize)> = BTreeSet::new();
        for event in &incident.events {
            for (slot, rule) in &TABLE.slots {
                for argument in &event.arguments {
                    if self.fills(rule, event, argument) && known.insert((*slot, argument.entity)) {
                        let filler = vec![self.words(argument)];
                        let fillers = slots.entry(*slot).or_default();
                        if !fillers.contains(&filler) {
                            fillers.push(filler);
                        }
                    }
                }
            }
        }
        let start = incident.events.iter().map(|event| event.trigger.start).min()?;
        (!slots.is_empty()).then(|| (start, Template { incident: incident.kind.name.clone(), slots }))
    }

    fn fills(&self, rule: &SlotRule, event: &Event, argument: &Argument) -> bool {
        let entity = &self.annotations.entities[argument.entity];
        rule.roles.contains(&argument.role)
            && (rule.kinds.is_empty() || rule.kinds.contains(&event.kind))
            && (rule.types.is_empty() || rule.types.contains(&entity.kind))
            && (entity.named || !rule.named)
    }

    /// The words that stand for an entity: its fullest name, or the description that fills the role, or its first.
    fn words(&self, argument: &Argument) -> Words {
        let entity = &self.annotations.entities[argument.entity];
        let text = &self.annotations.document.text;
        let of_entity = |form: MentionForm| {
            self.annotations
                .mentions
                .iter()
                .filter(move |mention| mention.entity == Some(argument.entity) && mention.form == form)
                .map(|mention| mention.span)
        };
        let named = of_entity(MentionForm::Name)
            .max_by_key(|span| (span.slice(text) == entity.name, std::cmp::Reverse(span.start)));
        let own = argument.mention.map(|mention| &self.annotations.mentions[mention]);
        let described = own.filter(|mention| mention.form == MentionForm::Nominal).map(|mention| mention.span);
        let span: Option<Span> = named.or(described).or_else(|| of_entity(MentionForm::Nominal).next());
        Words { words: span.map_or(entity.name.as_str(), |span| span.slice(text)).to_owned(), span }
    }
}

/// The days between which an event lies, where words say so.
fn stated(event: &Event) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let (interval, Some(_)) = event.time? else { return None };
    Some((interval.earliest?, interval.latest?))
}
