//! The part of an RDF graph that speaks of some entities.

use std::collections::{BTreeSet, HashMap, HashSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedOrBlankNode, Quad, Term};

use crate::ontology::vocabulary::{ID_NAMESPACE, oa, property, schema};

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
    let own = |iri: &str| iri.starts_with(ID_NAMESPACE);
    // Claims of the entities about each other or about a value.
    let mut kept: HashSet<&str> = entities.iter().map(String::as_str).collect();
    for (subject, about) in by_subject.iter().filter(|(subject, _)| subject.starts_with(&claim)) {
        let end = |predicate| about.iter().find(|quad| quad.predicate == predicate).map(|quad| &quad.object);
        let inside = |term: Option<&Term>| match term {
            Some(Term::NamedNode(node)) => !own(node.as_str()) || entities.contains(node.as_str()),
            Some(_) => true,
            None => false,
        };
        if inside(end(rdf::SUBJECT)) && inside(end(rdf::OBJECT)) {
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
    // What they rest on: evidence, its selector and document, attributions and their sources.
    let leads = [
        property::EVIDENCE,
        property::ATTRIBUTION,
        property::VIA,
        property::SOURCE,
        oa::HAS_SOURCE,
        oa::HAS_SELECTOR,
        property::ACCOUNT,
    ];
    let mut pending: Vec<&str> = kept.iter().copied().collect();
    while let Some(node) = pending.pop() {
        for quad in by_subject.get(node).into_iter().flatten() {
            if let (true, Term::NamedNode(object)) = (leads.contains(&quad.predicate.as_ref()), &quad.object)
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
            let object = match &quad.object {
                Term::NamedNode(object) => !own(object.as_str()) || kept.contains(object.as_str()),
                _ => true,
            };
            let mention = quad.predicate == schema::MENTIONS;
            subject
                && object
                && (!mention || matches!(&quad.object, Term::NamedNode(object) if entities.contains(object.as_str())))
        })
        .cloned()
        .collect()
}
