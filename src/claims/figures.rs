//! Figures as nodes: what is counted, how many, by whom, when and where.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode};

use super::graph::{DocumentGraph, day, decimal, integer, own};
use super::iri;
use crate::ontology::Schema;
use crate::ontology::vocabulary::{class, property};

/// The IRI of a figure whose number stands at these code points of a document.
pub(crate) fn figure_iri(document: &str, (start, end): (usize, usize), unit: &str) -> String {
    iri::node("figure", &[document, &start.to_string(), &end.to_string(), unit])
}

/// Writes the document's figures.
pub(super) fn write(
    graph: &mut DocumentGraph<'_>,
    entities: &[NamedNode],
    events: &[NamedNode],
    attributions: &[NamedNode],
) {
    let annotations = graph.annotations;
    let nodes: Vec<NamedNode> = annotations
        .figures
        .iter()
        .map(|figure| {
            NamedNode::new_unchecked(figure_iri(graph.document.as_str(), graph.position(figure.span), &figure.unit))
        })
        .collect();
    for (figure, node) in annotations.figures.iter().zip(&nodes) {
        graph.add(node, rdf::TYPE, class::FIGURE.into_owned());
        graph.add(node, property::TEXT, Literal::new_simple_literal(figure.span.slice(&annotations.document.text)));
        graph.add(node, property::UNIT, Literal::new_simple_literal(figure.unit.as_str()));
        graph.add(node, property::BOUND, figure.bound.concept().into_owned());
        graph.add(node, property::MODALITY, figure.modality.concept().into_owned());
        graph.add(node, property::CONFIDENCE, decimal(figure.confidence));
        if let Some(value) = figure.value {
            graph.add(node, property::VALUE, integer(value));
        }
        if let Some(upper) = figure.upper {
            graph.add(node, property::UPPER_VALUE, integer(upper));
        }
        let known = |class: &&String| Schema::embedded().is_subclass(class, "Event");
        for class in figure.counted.iter().filter(known) {
            graph.add(node, property::COUNTED, own(class));
        }
        if let Some(rate) = figure.rate {
            graph.add(node, property::RATE, rate.concept().into_owned());
        }
        if let Some(whole) = figure.part_of {
            graph.add(node, property::PART_OF, nodes[whole].clone());
        }
        if let Some(event) = figure.event {
            graph.add(node, property::FIGURE_EVENT, events[event].clone());
        }
        if let Some(place) = figure.place {
            graph.add(node, property::FIGURE_PLACE, entities[place].clone());
        }
        if let Some(period) = &figure.period {
            if let Some(earliest) = period.earliest {
                graph.add(node, property::PERIOD_EARLIEST, day(earliest));
            }
            if let Some(latest) = period.latest {
                graph.add(node, property::PERIOD_LATEST, day(latest));
            }
        }
        let attribution = figure.attribution.iter().map(|&index| attributions[index].clone()).collect();
        graph.attribute(node, attribution);
        for &span in &figure.evidence {
            let evidence = graph.evidence(span);
            graph.add(node, property::EVIDENCE, evidence);
        }
    }
}
