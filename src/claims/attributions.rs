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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use crate::claims::document_graph;
    use crate::extract::Reader;
    use crate::model::{Document, Reading};
    use crate::ontology::vocabulary::{class, property, schema};

    /// Subject, predicate and object of the graph of a text, as text.
    fn graph(text: &str, publisher: Option<&str>) -> BTreeSet<(String, String, String)> {
        let mut document = Document::from_text("t", text);
        document.publisher = publisher.map(str::to_owned);
        let annotations = Reader::embedded(Reading::Fast).read(document);
        let bare = |term: String| term.trim_matches(['<', '>']).to_owned();
        document_graph(&annotations)
            .into_iter()
            .map(|quad| (bare(quad.subject.to_string()), quad.predicate.into_string(), bare(quad.object.to_string())))
            .collect()
    }

    fn of(graph: &BTreeSet<(String, String, String)>, predicate: &str) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (subject, _, object) in graph.iter().filter(|(_, known, _)| known == predicate) {
            found.entry(subject.clone()).or_default().push(object.clone());
        }
        found
    }

    const TEXT: &str = "Al Jazeera, citing rights groups, said that 40 men were released. Ali Hassan was arrested. \
        The army denied that 20 men were killed.";

    #[test]
    fn every_chain_ends_in_the_document() {
        let graph = graph(TEXT, Some("Reuters"));
        let (via, cues) = (of(&graph, property::VIA.as_str()), of(&graph, property::CUE.as_str()));
        let types = of(&graph, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
        let is = |node: &str, wanted: &str| types[node].iter().any(|known| known == wanted);
        let attributions: Vec<&String> = types.keys().filter(|node| is(node, class::ATTRIBUTION.as_str())).collect();
        assert!(attributions.len() >= 4, "{attributions:?}");
        let mut ends = BTreeSet::new();
        for start in &attributions {
            let mut at = (*start).clone();
            let mut steps = 0;
            while let Some(next) = via.get(&at) {
                assert_eq!(next.len(), 1, "{at} came through several");
                at = next[0].clone();
                steps += 1;
                assert!(steps < 10, "{start} leads nowhere");
            }
            assert!(!cues.contains_key(&at));
            ends.insert(at);
        }
        assert_eq!(ends.len(), 1);
        let publisher = &of(&graph, property::SOURCE.as_str())[ends.first().expect("one")];
        assert_eq!(publisher, &["https://w3id.org/isnad/id/organization/reuters"]);
        assert_eq!(of(&graph, schema::PUBLISHER.as_str()).values().next(), Some(publisher));
    }

    #[test]
    fn whatever_is_claimed_is_said_by_somebody() {
        let graph = graph(TEXT, None);
        let said = of(&graph, property::ATTRIBUTION.as_str());
        let types = of(&graph, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
        let mut own = 0;
        let cues = of(&graph, property::CUE.as_str());
        for (node, classes) in &types {
            if classes.iter().any(|known| *known == class::CLAIM.as_str() || *known == class::FIGURE.as_str()) {
                let by = said.get(node).unwrap_or_else(|| panic!("nobody says {node}"));
                own += usize::from(by.iter().any(|attribution| !cues.contains_key(attribution)));
            }
        }
        assert!(own > 0, "the arrest is told by the document itself");
        assert_eq!(of(&graph, schema::PUBLISHER.as_str()).len(), 0, "nobody is known to have published it");
    }
}
