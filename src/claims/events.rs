//! Events as nodes, their types and roles as claims, and the short relations they entail.

use std::collections::HashMap;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Term};

use super::graph::{Claim, DocumentGraph, day, integer, own};
use super::iri;
use crate::model::{EntityType, Event, Interval, Span};
use crate::ontology::Schema;
use crate::ontology::vocabulary::property;

/// A short relation that an event entails: event, role of the subject, role of the object, property,
/// types that the object may have.
const ENTAILED: &[(&str, &str, &str, &str, &[EntityType])] = &[
    ("Detention", "person", "facility", "heldAt", &[EntityType::Facility]),
    ("Transfer", "person", "facility", "transferredTo", &[EntityType::Facility]),
    ("Transfer", "person", "destination", "transferredTo", &[EntityType::Facility]),
    ("Transfer", "person", "origin", "heldAt", &[EntityType::Facility]),
    ("Release", "person", "facility", "releasedFrom", &[EntityType::Facility]),
    ("Escape", "person", "facility", "heldAt", &[EntityType::Facility]),
    ("Capture", "agent", "place", "captured", &[EntityType::City, EntityType::Region]),
];

/// Writes the document's events; their nodes come in the same order.
pub(super) fn write(
    graph: &mut DocumentGraph<'_>,
    entities: &[NamedNode],
    attributions: &[NamedNode],
) -> Vec<NamedNode> {
    let annotations = graph.annotations;
    let mut nodes = Vec::with_capacity(annotations.events.len());
    let mut tellings: HashMap<usize, Vec<&Event>> = HashMap::new();
    for event in &annotations.events {
        if let Some(first) = event.same {
            tellings.entry(first).or_default().push(event);
        }
    }
    for (index, event) in annotations.events.iter().enumerate() {
        let (start, end) = graph.position(event.trigger);
        let arguments: Vec<String> = event
            .arguments
            .iter()
            .map(|argument| format!("{} {}", argument.role, entities[argument.entity].as_str()))
            .collect();
        let mut fields =
            vec![graph.document.as_str().to_owned(), event.kind.clone(), start.to_string(), end.to_string()];
        fields.extend(arguments);
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        // Every telling of one happening speaks of one node.
        let first = event.same.and_then(|first| nodes.get(first).cloned());
        let node: NamedNode = first.unwrap_or_else(|| NamedNode::new_unchecked(iri::node("event", &fields)));
        if Schema::embedded().is_subclass(&event.kind, "Event") {
            if event.same.is_none() {
                let others = tellings.get(&index).into_iter().flatten().copied();
                describe(graph, event, when(event, others), &node);
            }
            claims(graph, event, &node, entities, attributions);
        }
        nodes.push(node);
    }
    nodes
}

/// When it happened by all that is told of it: the days that every stated time allows.
fn when<'e>(event: &'e Event, others: impl Iterator<Item = &'e Event>) -> Option<Interval> {
    let own = event.time.as_ref();
    let stated = |time: &&'e (Interval, Option<Span>)| time.1.is_some();
    let mut times = own.into_iter().chain(others.filter_map(|other| other.time.as_ref())).filter(stated);
    let Some((first, _)) = times.next() else { return own.map(|(interval, _)| *interval) };
    Some(times.fold(*first, |known, (next, _)| {
        let earliest = known.earliest.max(next.earliest);
        let latest = match (known.latest, next.latest) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let empty = matches!((earliest, latest), (Some(earliest), Some(latest)) if latest < earliest);
        if empty { known } else { Interval { earliest, latest, basis: known.basis } }
    }))
}

/// When and in which words; nothing that would make it look like a fact.
fn describe(graph: &mut DocumentGraph<'_>, event: &Event, time: Option<Interval>, node: &NamedNode) {
    let document = graph.document.clone();
    graph.add(node, property::ACCOUNT, document);
    let trigger = event.trigger.slice(&graph.annotations.document.text).to_owned();
    graph.add(node, property::TRIGGER, Literal::new_simple_literal(trigger));
    if let Some(interval) = time {
        if let Some(earliest) = interval.earliest {
            graph.add(node, property::EARLIEST, day(earliest));
        }
        if let Some(latest) = interval.latest {
            graph.add(node, property::LATEST, day(latest));
        }
        graph.add(node, property::TIME_BASIS, interval.basis.concept().into_owned());
    }
    if let Some(time) = event.duration.map(|time| &graph.annotations.times[time]) {
        let words = time.span.slice(&graph.annotations.document.text).to_owned();
        let (least, most) = time.length.map_or((None, None), |length| (length.least, length.most));
        graph.add(node, property::DURATION_TEXT, Literal::new_simple_literal(words));
        if let Some(least) = least {
            graph.add(node, property::DURATION_AT_LEAST, integer(least.into()));
        }
        if let Some(most) = most {
            graph.add(node, property::DURATION_AT_MOST, integer(most.into()));
        }
    }
}

fn claims(
    graph: &mut DocumentGraph<'_>,
    event: &Event,
    node: &NamedNode,
    entities: &[NamedNode],
    attributions: &[NamedNode],
) {
    let attribution: Vec<NamedNode> = event.attribution.iter().map(|&index| attributions[index].clone()).collect();
    let claim = |predicate: NamedNode, object: NamedNode, confidence: f32, rule: String| Claim {
        subject: node,
        predicate,
        object: Term::NamedNode(object),
        polarity: event.polarity,
        modality: event.modality,
        confidence,
        evidence: event.evidence,
        rule,
        attribution: attribution.clone(),
    };
    graph.claim(claim(rdf::TYPE.into_owned(), own(&event.kind), event.confidence, event.rule.clone()));
    if let Some(class) = &event.class {
        let class = NamedNode::new_unchecked(class.clone());
        graph.claim(claim(rdf::TYPE.into_owned(), class, event.confidence, event.rule.clone()));
    }
    for argument in &event.arguments {
        if Schema::embedded().property(&argument.role).is_some() {
            let rule = format!("role:{}", argument.rule);
            let claim = claim(own(&argument.role), entities[argument.entity].clone(), argument.confidence, rule);
            let node = graph.claim(claim);
            if argument.open {
                graph.add(&node, property::OPEN_LIST, Literal::new_typed_literal("true", xsd::BOOLEAN));
            }
        }
    }
    for (kind, subject_role, object_role, relation, types) in ENTAILED {
        if *kind != event.kind {
            continue;
        }
        for subject in event.arguments.iter().filter(|argument| argument.role == *subject_role) {
            for object in event.arguments.iter().filter(|argument| argument.role == *object_role) {
                let target = &graph.annotations.entities[object.entity];
                // A city is a place of custody only through a site in it.
                if !types.contains(&target.kind) || subject.entity == object.entity {
                    continue;
                }
                let rule = format!("entailed:{relation}/{kind}.{object_role}");
                graph.claim(Claim {
                    subject: &entities[subject.entity],
                    predicate: own(relation),
                    object: Term::NamedNode(entities[object.entity].clone()),
                    polarity: event.polarity,
                    modality: event.modality,
                    confidence: subject.confidence.min(object.confidence),
                    evidence: event.evidence,
                    rule,
                    attribution: attribution.clone(),
                });
            }
        }
    }
}
