//! GraphML, for Gephi, yEd, Cytoscape, networkx and igraph.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::escape::xml;
use crate::graph::{Edge, KnowledgeGraph, Node, Standing, standings};

/// Between the several values of one attribute, as GraphML has no lists.
pub(super) const BETWEEN: &str = " | ";

/// Keys of nodes and edges: (element, name, type). Their ids are the names with `n_` or `e_` before.
pub(super) const KEYS: [(&str, &str, &str); 29] = [
    ("node", "iri", "string"),
    ("node", "label", "string"),
    ("node", "class", "string"),
    ("node", "category", "string"),
    ("node", "aliases", "string"),
    ("node", "details", "string"),
    ("node", "earliest", "string"),
    ("node", "latest", "string"),
    ("node", "latitude", "double"),
    ("node", "longitude", "double"),
    ("node", "degree", "int"),
    ("node", "pagerank", "double"),
    ("node", "betweenness", "double"),
    ("node", "community", "int"),
    ("edge", "predicate", "string"),
    ("edge", "label", "string"),
    ("edge", "status", "string"),
    ("edge", "weight", "double"),
    ("edge", "confidence", "double"),
    ("edge", "earliest", "string"),
    ("edge", "latest", "string"),
    ("edge", "quote", "string"),
    ("edge", "document", "string"),
    ("edge", "publisher", "string"),
    ("edge", "date", "string"),
    ("edge", "said_by", "string"),
    ("edge", "rule", "string"),
    ("edge", "passages", "int"),
    ("edge", "evidence", "string"),
];

/// Writes the graph as GraphML with typed attributes.
///
/// `weight` is the number of passages that support the edge, at least 1; `quote`, `document`,
/// `publisher`, `date`, `said_by` and `rule` are those of the best passage; `evidence` holds all passages as JSON.
/// A node's `degree`, `pagerank`, `betweenness` and `community` are those of the facts among what is written.
/// Characters that XML 1.0 cannot hold are left out.
///
/// # Errors
///
/// Those of `out`.
///
/// ```
/// use isnad::{export::graphml, graph::KnowledgeGraph};
/// let mut text = Vec::new();
/// graphml::write(&KnowledgeGraph::new(), &mut text)?;
/// assert!(String::from_utf8_lossy(&text).contains("edgedefault=\"directed\""));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    for (element, name, kind) in KEYS {
        let id = key(element, name);
        writeln!(out, "  <key id=\"{id}\" for=\"{element}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"isnad\" edgedefault=\"directed\">")?;
    for (index, standing) in graph.node_indices().zip(standings(graph)) {
        writeln!(out, "    <node id=\"n{}\">", index.index())?;
        write_data(out, "node", &node_values(&graph[index], &standing))?;
        writeln!(out, "    </node>")?;
    }
    for edge in graph.edge_references() {
        writeln!(
            out,
            "    <edge id=\"e{}\" source=\"n{}\" target=\"n{}\">",
            edge.id().index(),
            edge.source().index(),
            edge.target().index()
        )?;
        write_data(out, "edge", &edge_values(edge.weight()))?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn key(element: &str, name: &str) -> String {
    format!("{}_{name}", &element[..1])
}

fn write_data(out: &mut dyn Write, element: &str, values: &[(&str, Option<String>)]) -> io::Result<()> {
    for (name, value) in values {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            writeln!(out, "      <data key=\"{}\">{}</data>", key(element, name), xml(value))?;
        }
    }
    Ok(())
}

pub(super) fn node_values(node: &Node, standing: &Standing) -> Vec<(&'static str, Option<String>)> {
    let details: Vec<_> = node.details.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    vec![
        ("iri", Some(node.iri.clone())),
        ("label", Some(node.label.clone())),
        ("class", Some(node.class.clone())),
        ("category", Some(node.category.as_str().to_owned())),
        ("aliases", Some(node.aliases.join(BETWEEN))),
        ("details", Some(details.join(BETWEEN))),
        ("earliest", node.earliest.clone()),
        ("latest", node.latest.clone()),
        ("latitude", finite(node.latitude)),
        ("longitude", finite(node.longitude)),
        ("degree", Some(standing.degree.to_string())),
        ("pagerank", finite(Some(standing.page_rank))),
        ("betweenness", finite(Some(standing.betweenness))),
        ("community", standing.community.map(|community| community.to_string())),
    ]
}

pub(super) fn edge_values(edge: &Edge) -> Vec<(&'static str, Option<String>)> {
    let passages = edge.evidence.len();
    let best = edge.evidence.first();
    vec![
        ("predicate", Some(edge.predicate.clone())),
        ("label", Some(edge.label.clone())),
        ("status", Some(edge.status.as_str().to_owned())),
        ("weight", Some(format!("{}.0", passages.max(1)))),
        ("confidence", finite(Some(edge.confidence()))),
        ("earliest", edge.earliest.clone()),
        ("latest", edge.latest.clone()),
        ("quote", best.map(|evidence| evidence.quote.clone())),
        ("document", best.map(|evidence| evidence.document.clone())),
        ("publisher", best.and_then(|evidence| evidence.publisher.clone())),
        ("date", best.and_then(|evidence| evidence.date.clone())),
        ("said_by", best.map(|evidence| evidence.said_by.join(" ← "))),
        ("rule", best.map(|evidence| evidence.rule.clone())),
        ("passages", Some(passages.to_string())),
        ("evidence", serde_json::to_string(&edge.evidence).ok().filter(|_| passages > 0)),
    ]
}

fn finite(value: Option<f64>) -> Option<String> {
    value.filter(|value| value.is_finite()).map(|value| format!("{value:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{assert_well_formed, hostile, text};

    #[test]
    fn hostile_text_stays_text() {
        let written = text(|out| write(&hostile(), out));
        assert_well_formed(&written);
        assert!(!written.contains("<script"));
        assert!(written.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    #[test]
    fn every_value_has_its_key() {
        let graph = hostile();
        let node = node_values(graph.node_weights().next().unwrap(), &Standing::default());
        let edge = edge_values(graph.edge_weights().next().unwrap());
        let names: Vec<_> = node.iter().map(|v| ("node", v.0)).chain(edge.iter().map(|v| ("edge", v.0))).collect();
        let keys: Vec<_> = KEYS.iter().map(|&(element, name, _)| (element, name)).collect();
        assert_eq!(names, keys);
    }

    #[test]
    fn numbers_that_are_none_are_left_out() {
        for (value, expected) in
            [(None, None), (Some(f64::NAN), None), (Some(f64::INFINITY), None), (Some(31.5), Some("31.5"))]
        {
            assert_eq!(finite(value).as_deref(), expected);
        }
    }
}
