//! The part of an RDF graph that speaks of some entities.

use std::collections::{BTreeSet, HashMap, HashSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::ontology::vocabulary::{ID_NAMESPACE, oa, property, schema};
use crate::store::{GraphStore, StoreError};

/// Predicates that lead from a claim or figure to what it rests on: evidence, its selector and document, attributions and
/// their sources.
const LEADS: [NamedNodeRef<'static>; 7] = [
    property::EVIDENCE,
    property::ATTRIBUTION,
    property::VIA,
    property::SOURCE,
    oa::HAS_SOURCE,
    oa::HAS_SELECTOR,
    property::ACCOUNT,
];

fn is_own(iri: &str) -> bool {
    iri.starts_with(ID_NAMESPACE)
}

/// Whether an end of a claim is one of the entities, or a value.
fn is_inside(term: Option<&Term>, entities: &BTreeSet<String>) -> bool {
    match term {
        Some(Term::NamedNode(node)) => !is_own(node.as_str()) || entities.contains(node.as_str()),
        Some(_) => true,
        None => false,
    }
}

/// Whether a quad of a kept subject speaks of nothing but what is kept.
fn stays(quad: &Quad, entities: &BTreeSet<String>, kept: impl Fn(&str) -> bool) -> bool {
    match &quad.object {
        Term::NamedNode(object) if quad.predicate == schema::MENTIONS => entities.contains(object.as_str()),
        Term::NamedNode(object) => !is_own(object.as_str()) || kept(object.as_str()),
        _ => true,
    }
}

/// What [`quads_about`] finds among all quads of a store, in no order; only what belongs to it is read.
///
/// # Errors
/// If the database cannot be read.
pub fn read_about(store: &GraphStore, entities: &BTreeSet<String>) -> Result<Vec<Quad>, StoreError> {
    let all = |subject: Option<&str>, predicate: Option<NamedNodeRef<'_>>, object: Option<&str>| {
        let subject = subject.map(|iri| NamedNodeRef::new_unchecked(iri).into());
        let object = object.map(|iri| NamedNodeRef::new_unchecked(iri).into());
        store
            .database()
            .quads_for_pattern(subject, predicate, object, None)
            .map(|quad| store.check(quad))
            .collect::<Result<Vec<Quad>, StoreError>>()
    };
    let subject_of = |quad: &Quad| match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str().to_owned()),
        NamedOrBlankNode::BlankNode(_) => None,
    };
    let mut kept: HashMap<String, Vec<Quad>> = HashMap::new();
    for entity in entities {
        kept.insert(entity.clone(), all(Some(entity), None, None)?);
    }
    let claim = format!("{ID_NAMESPACE}claim/");
    let mut pending: Vec<String> = Vec::new();
    for entity in entities {
        for quad in all(None, Some(rdf::SUBJECT), Some(entity))? {
            let Some(node) = subject_of(&quad).filter(|node| node.starts_with(&claim)) else { continue };
            let about = all(Some(&node), None, None)?;
            let object = about.iter().find(|quad| quad.predicate == rdf::OBJECT).map(|quad| &quad.object);
            if is_inside(object, entities) {
                kept.insert(node.clone(), about);
                pending.push(node);
            }
        }
        for predicate in [property::FIGURE_EVENT, property::FIGURE_PLACE] {
            for node in all(None, Some(predicate), Some(entity))?.iter().filter_map(subject_of) {
                if !kept.contains_key(&node) {
                    kept.insert(node.clone(), all(Some(&node), None, None)?);
                    pending.push(node);
                }
            }
        }
    }
    pending.extend(entities.iter().cloned());
    while let Some(node) = pending.pop() {
        let leads: Vec<String> = kept[&node]
            .iter()
            .filter(|quad| LEADS.contains(&quad.predicate.as_ref()))
            .filter_map(|quad| match &quad.object {
                Term::NamedNode(object) => Some(object.as_str().to_owned()),
                _ => None,
            })
            .collect();
        for object in leads {
            if !kept.contains_key(&object) {
                kept.insert(object.clone(), all(Some(&object), None, None)?);
                pending.push(object);
            }
        }
    }
    let quads = kept.values().flatten().filter(|quad| stays(quad, entities, |iri| kept.contains_key(iri)));
    Ok(quads.cloned().collect())
}

/// The quads that speak of `entities` and of nothing else: their descriptions, the claims and facts
/// that connect them, and the evidence, attributions and documents on which these rest. Order is
/// kept.
pub fn quads_about(quads: &[Quad], entities: &BTreeSet<String>) -> Vec<Quad> {
    let claim = format!("{ID_NAMESPACE}claim/");
    let mut by_subject: HashMap<&str, Vec<&Quad>> = HashMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            by_subject.entry(subject.as_str()).or_default().push(quad);
        }
    }
    // Claims of the entities about each other or about a value.
    let mut kept: HashSet<&str> = entities.iter().map(String::as_str).collect();
    for (subject, about) in by_subject.iter().filter(|(subject, _)| subject.starts_with(&claim)) {
        let end = |predicate| about.iter().find(|quad| quad.predicate == predicate).map(|quad| &quad.object);
        if is_inside(end(rdf::SUBJECT), entities) && is_inside(end(rdf::OBJECT), entities) {
            kept.insert(subject);
        }
    }
    // Figures that count what happened there.
    let figure = format!("{ID_NAMESPACE}figure/");
    for (subject, about) in by_subject.iter().filter(|(subject, _)| subject.starts_with(&figure)) {
        let of = |quad: &&&Quad| quad.predicate == property::FIGURE_EVENT || quad.predicate == property::FIGURE_PLACE;
        let inside = |quad: &&Quad| matches!(&quad.object, Term::NamedNode(node) if entities.contains(node.as_str()));
        if about.iter().filter(of).any(inside) {
            kept.insert(subject);
        }
    }
    let mut pending: Vec<&str> = kept.iter().copied().collect();
    while let Some(node) = pending.pop() {
        for quad in by_subject.get(node).into_iter().flatten() {
            if let (true, Term::NamedNode(object)) = (LEADS.contains(&quad.predicate.as_ref()), &quad.object)
                && kept.insert(object.as_str())
            {
                pending.push(object.as_str());
            }
        }
    }
    quads
        .iter()
        .filter(|quad| {
            let subject = match &quad.subject {
                NamedOrBlankNode::NamedNode(subject) => kept.contains(subject.as_str()),
                NamedOrBlankNode::BlankNode(_) => false,
            };
            subject && stays(quad, entities, |iri| kept.contains(iri))
        })
        .cloned()
        .collect()
}
