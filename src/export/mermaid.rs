//! Mermaid, for diagrams in Markdown.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::describe::edge_label;
use super::palette::category_style;
use crate::graph::{Category, KnowledgeGraph, Status, display_text, shorten};

/// Width of a label, in points of the font that [`shorten`] knows.
const LABEL_WIDTH: f64 = 260.0;
const FONT: f64 = 11.0;

/// Edges from which on Mermaid refuses to draw, unless its page is told otherwise.
pub const MOST_EDGES: usize = 500;

/// Writes the graph as a flowchart: nodes with their category's colour, what is no fact dashed.
///
/// # Errors
/// Those of `out`.
///
/// ```
/// use isnad::{export::mermaid, graph::KnowledgeGraph};
/// let mut text = Vec::new();
/// mermaid::write(&KnowledgeGraph::new(), &mut text)?;
/// assert!(text.starts_with(b"flowchart LR"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for category in Category::ALL {
        if graph.node_weights().any(|node| node.category == category) {
            let style = category_style(category);
            writeln!(out, "  classDef {} fill:{},stroke:#444,color:{}", category.as_str(), style.fill, style.text())?;
        }
    }
    for index in graph.node_indices() {
        let node = &graph[index];
        let (open, close) = match node.category {
            Category::Event => ("{{", "}}"),
            Category::Facility => ("[[", "]]"),
            Category::Location => ("(", ")"),
            Category::Person | Category::Group => ("([", "])"),
            Category::Organization | Category::Other => ("[", "]"),
        };
        writeln!(out, "  n{}{open}{}{close}:::{}", index.index(), quoted(&node.label), node.category.as_str())?;
    }
    for edge in graph.edge_references() {
        let line = match edge.weight().status {
            Status::Fact => "-->",
            Status::Doubtful | Status::Negated | Status::Planned => "-.->",
        };
        let (source, target) = (edge.source().index(), edge.target().index());
        writeln!(out, "  n{source} {line}|{}| n{target}", quoted(&edge_label(edge.weight())))?;
    }
    Ok(())
}

/// A text in quotation marks, with everything that has a meaning to Mermaid, Markdown or HTML by its number.
fn quoted(text: &str) -> String {
    let shown = shorten(&display_text(text), FONT, LABEL_WIDTH);
    let mut quoted = String::from("\"");
    for letter in shown.chars() {
        let plain = letter.is_alphanumeric() || !letter.is_ascii() && !letter.is_control();
        if plain || matches!(letter, ' ' | ',' | '.' | '-' | ':' | '\'' | '(' | ')' | '/') {
            quoted.push(letter);
        } else {
            quoted += &format!("#{};", u32::from(letter));
        }
    }
    if quoted.len() == 1 {
        // A node without a text would take its id for one.
        quoted.push('\u{a0}');
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{hostile, text};

    #[test]
    fn nothing_ends_its_quotation() {
        for (label, expected) in [
            ("a \"b\" <c>", "\"a #34;b#34; #60;c#62;\""),
            ("`x` #1; [y]", "\"#96;x#96; #35;1#59; #91;y#93;\""),
            ("سجن", "\"سجن\""),
            ("a\n|b|", "\"a #124;b#124;\""),
            ("", "\"\u{a0}\""),
        ] {
            assert_eq!(quoted(label), expected);
        }
    }

    #[test]
    fn every_line_is_one_statement() {
        let written = text(|out| write(&hostile(), out));
        for line in written.lines().skip(1) {
            assert!(line.starts_with("  n") || line.starts_with("  classDef "), "{line}");
            assert!(matches!(line.matches('"').count(), 0 | 2), "{line}");
        }
        let nodes_and_edges = hostile().node_count() + hostile().edge_count();
        assert_eq!(written.lines().filter(|line| line.starts_with("  n")).count(), nodes_and_edges);
    }
}
