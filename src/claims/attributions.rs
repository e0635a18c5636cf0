//! Attributions as nodes, chained by `via`.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode};

use super::graph::DocumentGraph;
use super::iri;
use crate::ontology::vocabulary::{class, property};

/// Writes the document's attributions; their nodes come in the same order.
pub(super) fn write(graph: &mut DocumentGraph<'_>, entities: &[NamedNode]) -> Vec<NamedNode> {
    let annotations = graph.annotations;
    let nodes: Vec<NamedNode> = annotations
        .attributions
        .iter()
        .map(|said| {
            let (start, end) = graph.position(said.cue);
            let source = said.source.map_or("", |source| entities[source].as_str());
            let (from, to) = graph.position(said.content);
            let places = [start, end, from, to].map(|place| place.to_string());
            NamedNode::new_unchecked(iri::node(
                "attribution",
                &[graph.document.as_str(), source, &places[0], &places[1], &places[2], &places[3]],
            ))
        })
        .collect();
    for (said, node) in annotations.attributions.iter().zip(&nodes) {
        graph.add(node, rdf::TYPE, class::ATTRIBUTION.into_owned());
        if let Some(source) = said.source {
            graph.add(node, property::SOURCE, entities[source].clone());
        }
        graph.add(node, property::SOURCE_KIND, said.source_kind.concept().into_owned());
        graph.add(node, property::CUE, Literal::new_simple_literal(said.cue.slice(&annotations.document.text)));
        graph.add(node, property::ATTRIBUTION_KIND, said.kind.concept().into_owned());
        if let Some(via) = said.via {
            graph.add(node, property::VIA, nodes[via].clone());
        }
        let evidence = graph.evidence(said.content);
        graph.add(node, property::EVIDENCE, evidence);
    }
    nodes
}
