//! Custody episodes: the history of one person in custody as one document tells it, in order.
//!
//! Steps come from events that are told to have happened. What an event says of a step is stated; the order of steps
//! without dates, and that somebody moved from a place was held there, are inferred and marked so. A list that the
//! text leaves open ("several jails including …") marks its steps as open: there may be others between them.

use jiff::civil::Date;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode};

use super::graph::{DocumentGraph, day, integer, own};
use super::iri;
use crate::model::{Annotations, Basis, EntityType, Event, Interval, Modality, Polarity};
use crate::ontology::vocabulary::{class, property};

/// Kinds of events that make steps, in the order that custody takes; the last ones end it.
const STAGES: &[(&str, u8)] = &[
    ("Arrest", 0),
    ("Abduction", 0),
    ("Detention", HELD),
    ("Transfer", HELD),
    ("EnforcedDisappearance", 2),
    ("Release", END),
    ("Escape", END),
    ("Execution", END),
    ("Killing", END),
    ("Death", END),
];
const HELD: u8 = 1;
const END: u8 = 3;
/// Roles of a place of custody, in the order in which one event passes them.
const SITES: &[&str] = &["origin", "facility", "destination"];

/// One step as it is worked out.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    /// Index of the event that tells it.
    event: usize,
    /// Where, if that is told.
    site: Option<usize>,
    stage: u8,
    /// Whether the event says it, or it follows from it.
    basis: Basis,
    /// Whether the list it stands in is left open.
    open: bool,
    when: Option<Interval>,
}

/// Writes the episodes of every person of the document.
pub(super) fn write(graph: &mut DocumentGraph<'_>, entities: &[NamedNode], events: &[NamedNode]) {
    let annotations = graph.annotations;
    for person in 0..annotations.entities.len() {
        if annotations.entities[person].kind != EntityType::Person {
            continue;
        }
        for (number, steps) in episodes(annotations, person).iter().enumerate() {
            episode(graph, number, steps, &entities[person], entities, events);
        }
    }
}

fn episode(
    graph: &mut DocumentGraph<'_>,
    number: usize,
    steps: &[Step],
    person: &NamedNode,
    entities: &[NamedNode],
    events: &[NamedNode],
) {
    let document = graph.document.clone();
    let fields = [document.as_str(), person.as_str(), &number.to_string()];
    let node = NamedNode::new_unchecked(iri::node("episode", &fields));
    graph.add(&node, rdf::TYPE, class::CUSTODY_EPISODE.into_owned());
    graph.add(&node, property::EPISODE_PERSON, person.clone());
    let ended = steps.iter().any(|step| step.stage == END);
    graph.add(&node, property::EPISODE_ENDED, Literal::new_typed_literal(ended.to_string(), xsd::BOOLEAN));
    for (place, step) in steps.iter().enumerate() {
        let order = place.to_string();
        let own_node = NamedNode::new_unchecked(iri::node("step", &[node.as_str(), &order]));
        graph.add(&node, property::EPISODE_STEP, own_node.clone());
        graph.add(&node, property::EPISODE_EVENT, events[step.event].clone());
        graph.add(&own_node, rdf::TYPE, class::CUSTODY_STEP.into_owned());
        graph.add(&own_node, property::STEP_NUMBER, integer(place as i64 + 1));
        graph.add(&own_node, property::STEP_EVENT, events[step.event].clone());
        let event = &graph.annotations.events[step.event];
        graph.add(&own_node, property::STEP_KIND, own(&event.kind));
        graph.add(&own_node, property::STEP_BASIS, step.basis.concept().into_owned());
        graph.add(&own_node, property::MODALITY, event.modality.concept().into_owned());
        graph.add(&own_node, property::OPEN_LIST, Literal::new_typed_literal(step.open.to_string(), xsd::BOOLEAN));
        if let Some(site) = step.site {
            graph.add(&own_node, property::STEP_SITE, entities[site].clone());
        }
        if let Some(when) = step.when {
            if let Some(earliest) = when.earliest {
                graph.add(&own_node, property::EARLIEST, day(earliest));
            }
            if let Some(latest) = when.latest {
                graph.add(&own_node, property::LATEST, day(latest));
            }
        }
        let evidence = graph.evidence(event.evidence);
        graph.add(&own_node, property::EVIDENCE, evidence);
    }
}

/// The steps of a person, one list for each time in custody, in order.
fn episodes(annotations: &Annotations, person: usize) -> Vec<Vec<Step>> {
    let mut steps: Vec<Step> = Vec::new();
    for (index, event) in annotations.events.iter().enumerate() {
        let told = event.polarity == Polarity::Positive
            && matches!(event.modality, Modality::Actual | Modality::ReportedDoubtful);
        if told && has(event, person) {
            add_steps(annotations, index, event, &mut steps);
        }
    }
    // A death alone is no custody.
    if !steps
        .iter()
        .any(|step| step.stage < END || matches!(annotations.events[step.event].kind.as_str(), "Release" | "Escape"))
    {
        return Vec::new();
    }
    let ends: Vec<Date> =
        steps.iter().filter(|step| step.stage == END).filter_map(|step| stated(step)?.latest).collect();
    // What is dated after a dated end belongs to another time in custody.
    let turn = |step: &Step| {
        let begin = stated(step).and_then(|when| when.earliest);
        ends.iter().filter(|&&end| begin.is_some_and(|begin| begin > end)).count()
    };
    steps.sort_by_key(|step| (turn(step), step.stage));
    let mut all: Vec<Vec<Step>> = Vec::new();
    let mut last = usize::MAX;
    for step in steps {
        let own = turn(&step);
        if own != last {
            all.push(Vec::new());
            last = own;
        }
        let list = all.last_mut().expect("a list has just been added");
        if !says_nothing_new(list, &step) {
            // A place that is told now says where what was told before without one took place.
            list.retain(|known| !says_nothing_new(std::slice::from_ref(&step), known));
            list.push(step);
        }
    }
    all
}

fn has(event: &Event, person: usize) -> bool {
    event.arguments.iter().any(|argument| argument.role == "person" && argument.entity == person)
}

fn stated(step: &Step) -> Option<Interval> {
    step.when
}

/// Whether a step repeats one of the same stage: the same site, or no site where one is told.
fn says_nothing_new(list: &[Step], step: &Step) -> bool {
    list.iter().any(|known| {
        let one_stage = known.stage == step.stage;
        one_stage
            && (known.site == step.site || (step.site.is_none() && (step.when.is_none() || step.when == known.when)))
    })
}

fn add_steps(annotations: &Annotations, index: usize, event: &Event, steps: &mut Vec<Step>) {
    let Some((_, stage)) = STAGES.iter().find(|(kind, _)| *kind == event.kind) else { return };
    // The date of an event only where words say it.
    let when = event.time.as_ref().filter(|(_, words)| words.is_some()).map(|(interval, _)| *interval);
    let mut sites: Vec<(usize, Basis, u8, bool)> = Vec::new();
    for role in SITES {
        for argument in event.arguments.iter().filter(|argument| argument.role == *role) {
            if annotations.entities[argument.entity].kind == EntityType::Facility {
                // Where somebody is moved from, they were held before.
                let (basis, stage) = if *role == "origin" { (Basis::Inferred, HELD) } else { (Basis::Stated, *stage) };
                sites.push((argument.entity, basis, stage, argument.open));
            }
        }
    }
    if sites.is_empty() {
        steps.push(Step { event: index, site: None, stage: *stage, basis: Basis::Stated, open: false, when });
    }
    for (site, basis, stage, open) in sites {
        steps.push(Step { event: index, site: Some(site), stage, basis, open, when });
    }
}
