//! Attributions as nodes, chained by `via`; the document is the last link of every chain.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode};

use super::graph::{DocumentGraph, decimal};
use super::iri;
use crate::link::Link;
use crate::model::{AttributionKind, SourceKind, Stance};
use crate::ontology::vocabulary::{class, property, schema};

/// Writes the document's attributions; their nodes come in the same order.
pub(super) fn write(graph: &mut DocumentGraph<'_>, entities: &[NamedNode]) -> Vec<NamedNode> {
    let annotations = graph.annotations;
    let nodes = nodes(graph, entities);
    let text = |words: &str| Literal::new_simple_literal(words);
    for (said, node) in annotations.attributions.iter().zip(&nodes) {
        graph.add(node, rdf::TYPE, class::ATTRIBUTION.into_owned());
        if let Some(source) = said.source {
            graph.add(node, property::SOURCE, entities[source].clone());
        }
        if let Some(words) = said.source_words {
            graph.add(node, property::SOURCE_WORDS, text(words.slice(&annotations.document.text)));
        }
        graph.add(node, property::SOURCE_KIND, said.source_kind.concept().into_owned());
        graph.add(node, property::CUE, text(said.cue.slice(&annotations.document.text)));
        graph.add(node, property::ATTRIBUTION_KIND, said.kind.concept().into_owned());
        graph.add(node, property::STANCE, said.stance.concept().into_owned());
        let via = said.via.map_or_else(|| graph.told_by_document.clone(), |via| nodes[via].clone());
        graph.add(node, property::VIA, via);
        graph.add(node, property::CONFIDENCE, decimal(said.confidence));
        graph.add(node, property::RULE, text(&said.rule));
        let evidence = graph.evidence(said.content);
        graph.add(node, property::EVIDENCE, evidence);
    }
    nodes
}

/// The node of every attribution: what comes through different chains is told differently.
fn nodes(graph: &DocumentGraph<'_>, entities: &[NamedNode]) -> Vec<NamedNode> {
    let attributions = &graph.annotations.attributions;
    let mut nodes: Vec<Option<NamedNode>> = vec![None; attributions.len()];
    for start in 0..attributions.len() {
        // The links from here to one that has its node, the one nearest to the document last.
        let mut chain = Vec::new();
        let mut at = Some(start);
        while let Some(index) = at.filter(|&index| nodes[index].is_none()) {
            chain.push(index);
            at = attributions[index].via;
        }
        while let Some(index) = chain.pop() {
            let said = &attributions[index];
            let (start, end) = graph.position(said.cue);
            let (from, to) = graph.position(said.content);
            let places = [start, end, from, to].map(|place| place.to_string());
            let source = said.source.map_or("", |source| entities[source].as_str());
            let via = said.via.and_then(|via| nodes[via].clone());
            let fields = [
                graph.document.as_str(),
                source,
                &places[0],
                &places[1],
                &places[2],
                &places[3],
                said.stance.as_str(),
                via.as_ref().map_or("", |via| via.as_str()),
            ];
            nodes[index] = Some(NamedNode::new_unchecked(iri::node("attribution", &fields)));
        }
    }
    nodes.into_iter().flatten().collect()
}

/// Writes the attribution that every chain ends in: the document says it, or rather who published it.
pub(super) fn write_document(graph: &mut DocumentGraph<'_>, publisher: Option<&Link>) {
    let (document, node) = (graph.document.clone(), graph.told_by_document.clone());
    graph.add(&node, rdf::TYPE, class::ATTRIBUTION.into_owned());
    graph.add(&node, property::SOURCE_KIND, SourceKind::Document.concept().into_owned());
    graph.add(&node, property::ATTRIBUTION_KIND, AttributionKind::Report.concept().into_owned());
    graph.add(&node, property::STANCE, Stance::Asserts.concept().into_owned());
    let (Some(publisher), Some(name)) = (publisher, &graph.annotations.document.publisher) else { return };
    let entity = NamedNode::new_unchecked(publisher.iri.clone());
    let name = Literal::new_simple_literal(name.as_str());
    graph.add(&entity, rdf::TYPE, class::ORGANIZATION.into_owned());
    graph.add(&entity, property::NAME, name);
    graph.add(&document, schema::PUBLISHER, entity.clone());
    graph.add(&node, property::SOURCE, entity);
}
