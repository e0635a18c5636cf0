//! Graphviz DOT.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::PictureOptions;
use super::describe::{edge_label, edge_text, node_text};
use super::escape::dot;
use super::palette::{category_style, status_style};
use crate::graph::{FONT_SIZE, KnowledgeGraph, wrap};

const LABEL_WIDTH: f64 = 150.0;
const LABEL_LINES: usize = 3;

/// Writes the graph for `dot`, `neato` or `sfdp`, with shapes, colours and tooltips.
///
/// Nodes are named `n0`, `n1`… in the order of the graph and carry their IRI as the attribute `iri`.
///
/// # Errors
///
/// Those of `out`.
///
/// ```
/// use isnad::export::{PictureOptions, dot};
/// use isnad::graph::KnowledgeGraph;
/// let mut text = Vec::new();
/// dot::write(&KnowledgeGraph::new(), &PictureOptions::default(), &mut text)?;
/// assert!(text.starts_with(b"digraph"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(graph: &KnowledgeGraph, options: &PictureOptions, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph isnad {{")?;
    writeln!(
        out,
        "  graph [label={}, labelloc=t, overlap=false, outputorder=edgesfirst, fontname=\"Helvetica,Arial,sans-serif\"];",
        dot(&heading(options))
    )?;
    writeln!(
        out,
        "  node [style=filled, fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, penwidth=0, margin=\"0.08,0.04\"];"
    )?;
    writeln!(out, "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, arrowsize=0.7];")?;
    for index in graph.node_indices() {
        let node = &graph[index];
        let style = category_style(node.category);
        writeln!(
            out,
            "  n{} [label={}, {}, fillcolor=\"{}\", fontcolor=\"{}\", tooltip={}, class=\"{}\", iri={}];",
            index.index(),
            dot(&wrap(&node.label, FONT_SIZE, LABEL_WIDTH, LABEL_LINES).join("\n")),
            style.dot_shape,
            style.fill,
            style.text(),
            dot(&node_text(node)),
            node.category.as_str(),
            dot(&node.iri),
        )?;
    }
    for edge in graph.edge_references() {
        let weight = edge.weight();
        let style = status_style(weight.status);
        let tooltip = dot(&edge_text(graph, edge.id()));
        writeln!(
            out,
            "  n{} -> n{} [label={}, style={}, color=\"{}\", fontcolor=\"{}\", tooltip={tooltip}, labeltooltip={tooltip}, class=\"{}\"];",
            edge.source().index(),
            edge.target().index(),
            dot(&edge_label(weight)),
            style.dot_style,
            style.light,
            style.light,
            weight.status.as_str(),
        )?;
    }
    writeln!(out, "}}")
}

fn heading(options: &PictureOptions) -> String {
    match &options.subtitle {
        Some(subtitle) => format!("{}\n{subtitle}", options.title),
        None => options.title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{hostile, text};

    #[test]
    fn every_line_is_one_statement() {
        let written = text(|out| write(&hostile(), &PictureOptions::default(), out));
        let lines: Vec<_> = written.lines().collect();
        assert_eq!(lines.first().copied(), Some("digraph isnad {"));
        assert_eq!(lines.last().copied(), Some("}"));
        for line in &lines[1..lines.len() - 1] {
            assert!(line.ends_with("];"), "{line}");
            let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
            assert_eq!(quotes % 2, 0, "{line}");
        }
        assert_eq!(lines.len(), 5 + hostile().node_count() + hostile().edge_count());
    }
}
