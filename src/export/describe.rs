//! Nodes, edges and their evidence in words, for tooltips.

use petgraph::graph::EdgeIndex;

use super::palette::status_style;
use crate::graph::{Edge, Evidence, KnowledgeGraph, Node, display_text, shorten};

const MOST_PASSAGES: usize = 3;
const MOST_ALIASES: usize = 6;
/// Widths here count in letters, roughly.
const QUOTE_WIDTH: f64 = 160.0;
const NAME_WIDTH: f64 = 60.0;

/// What is known of a node, in a few lines.
pub(super) fn node_text(node: &Node) -> String {
    let mut lines = vec![format!("{} ({})", short(&node.label, QUOTE_WIDTH), node.class)];
    if !node.aliases.is_empty() {
        let names: Vec<_> = node.aliases.iter().take(MOST_ALIASES).map(|name| short(name, NAME_WIDTH)).collect();
        lines.push(format!("Also: {}", names.join("; ")));
    }
    if let Some(dates) = dates(node) {
        lines.push(dates);
    }
    lines.extend(
        node.details
            .iter()
            .take(MOST_ALIASES)
            .map(|(name, value)| format!("{}: {}", short(name, NAME_WIDTH), short(value, QUOTE_WIDTH))),
    );
    lines.join("\n")
}

/// The dates of a node as a range.
pub(super) fn dates(node: &Node) -> Option<String> {
    match (&node.earliest, &node.latest) {
        (Some(from), Some(to)) if from == to => Some(from.clone()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("{from} or later")),
        (None, Some(to)) => Some(format!("{to} or earlier")),
        (None, None) => None,
    }
}

/// The label of an edge with the word for its status: `not: held at`.
pub(super) fn edge_label(edge: &Edge) -> String {
    format!("{}{}", status_style(edge.status).prefix, display_text(&edge.label))
}

/// The statement an edge makes, and the first passages that say it.
pub(super) fn edge_text(graph: &KnowledgeGraph, edge: EdgeIndex) -> String {
    let (Some((source, target)), Some(weight)) = (graph.edge_endpoints(edge), graph.edge_weight(edge)) else {
        return String::new();
    };
    let name = |node: petgraph::graph::NodeIndex| short(&graph[node].label, NAME_WIDTH);
    let mut lines = vec![format!("{} — {} → {}", name(source), edge_label(weight), name(target))];
    for evidence in weight.evidence.iter().take(MOST_PASSAGES) {
        lines.push(format!("“{}”", short(&evidence.quote, QUOTE_WIDTH)));
        lines.push(attribution(evidence));
    }
    if weight.evidence.len() > MOST_PASSAGES {
        lines.push(format!("and {} more", weight.evidence.len() - MOST_PASSAGES));
    }
    lines.join("\n")
}

/// Where a passage comes from: `Title, Publisher, date ← who said it ← who told them (80%)`.
fn attribution(evidence: &Evidence) -> String {
    let mut text = short(&evidence.document, QUOTE_WIDTH);
    for part in [&evidence.publisher, &evidence.date].into_iter().flatten() {
        text += &format!(", {}", short(part, NAME_WIDTH));
    }
    for speaker in &evidence.said_by {
        text += &format!(" ← {}", short(speaker, NAME_WIDTH));
    }
    if evidence.confidence.is_finite() {
        text += &format!(" ({:.0}%)", evidence.confidence.clamp(0.0, 1.0) * 100.0);
    }
    text
}

fn short(text: &str, letters: f64) -> String {
    shorten(&display_text(text), 1.0, letters * 0.6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Category, Status};

    #[test]
    fn an_edge_tells_its_evidence() {
        let mut graph = KnowledgeGraph::new();
        let a = graph.add_node(Node::new("urn:a", "A\u{202E}nna", "Person", Category::Person));
        let b = graph.add_node(Node::new("urn:b", "North Prison", "Prison", Category::Facility));
        let evidence = Evidence {
            document: "Report".into(),
            publisher: Some("Daily".into()),
            date: Some("2024-05-01".into()),
            quote: "Anna was\n not held".into(),
            start: 0,
            end: 17,
            said_by: vec!["a lawyer".into(), "her mother".into()],
            confidence: 0.8,
            rule: "held-at".into(),
        };
        let edge = Edge { evidence: vec![evidence; 5], ..Edge::new("heldAt", "held at", Status::Negated) };
        let edge = graph.add_edge(a, b, edge);
        let text = edge_text(&graph, edge);
        assert!(
            text.starts_with(
                "Anna — not: held at → North Prison\n“Anna was not held”\n\
                 Report, Daily, 2024-05-01 ← a lawyer ← her mother (80%)\n"
            ),
            "{text}"
        );
        assert!(text.ends_with("and 2 more"));
    }

    #[test]
    fn dates_are_a_range() {
        for (earliest, latest, expected) in [
            (None, None, None),
            (Some("2024"), Some("2024"), Some("2024")),
            (Some("2023"), Some("2024"), Some("2023 to 2024")),
            (Some("2023"), None, Some("2023 or later")),
            (None, Some("2024"), Some("2024 or earlier")),
        ] {
            let mut node = Node::new("urn:a", "A", "Person", Category::Person);
            node.earliest = earliest.map(str::to_owned);
            node.latest = latest.map(str::to_owned);
            assert_eq!(dates(&node).as_deref(), expected);
        }
    }
}
