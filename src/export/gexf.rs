//! GEXF 1.3, for Gephi and its timeline.

use std::io::{self, Write};

use jiff::civil::Date;
use petgraph::visit::EdgeRef;

use super::escape::xml;
use super::graphml::{BETWEEN, KEYS, edge_values, node_values};
use super::palette::category_style;
use crate::graph::{KnowledgeGraph, standings};

/// Writes the graph with the attributes that [`graphml`](super::graphml) has, colours by category, weights, and the
/// days of events and statements as `start` and `end`.
///
/// Days that are known on one side only leave the other open; a node or edge without days is there all the time.
///
/// # Errors
/// Those of `out`.
///
/// ```
/// use isnad::{export::gexf, graph::KnowledgeGraph};
/// let mut text = Vec::new();
/// gexf::write(&KnowledgeGraph::new(), &mut text)?;
/// assert!(String::from_utf8_lossy(&text).contains("mode=\"dynamic\""));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">"
    )?;
    writeln!(out, "  <meta><creator>isnad {}</creator></meta>", env!("CARGO_PKG_VERSION"))?;
    writeln!(
        out,
        "  <graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" timerepresentation=\"interval\">"
    )?;
    for class in ["node", "edge"] {
        writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">")?;
        for (_, name, kind) in attributes(class) {
            let kind = if kind == "int" { "integer" } else { kind };
            writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>")?;
        }
        writeln!(out, "    </attributes>")?;
    }
    writeln!(out, "    <nodes count=\"{}\">", graph.node_count())?;
    for (index, standing) in graph.node_indices().zip(standings(graph)) {
        let node = &graph[index];
        let days = interval(node.earliest.as_deref(), node.latest.as_deref());
        writeln!(out, "      <node id=\"n{}\" label=\"{}\"{days}>", index.index(), xml(&node.label))?;
        write_values(out, "node", &node_values(node, &standing))?;
        let [red, green, blue] = category_style(node.category).channels();
        writeln!(out, "        <viz:color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/>")?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges count=\"{}\">", graph.edge_count())?;
    for edge in graph.edge_references() {
        let weight = edge.weight();
        writeln!(
            out,
            "      <edge id=\"e{}\" source=\"n{}\" target=\"n{}\" kind=\"{}\" label=\"{}\" weight=\"{}.0\"{}>",
            edge.id().index(),
            edge.source().index(),
            edge.target().index(),
            xml(&weight.predicate),
            xml(&weight.label),
            weight.evidence.len().max(1),
            interval(weight.earliest.as_deref(), weight.latest.as_deref()),
        )?;
        write_values(out, "edge", &edge_values(weight))?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

/// The keys of a class that GEXF has no attribute of its own for.
fn attributes(class: &str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    KEYS.into_iter().filter(move |(element, name, _)| *element == class && !matches!(*name, "label" | "weight"))
}

fn write_values(out: &mut dyn Write, class: &str, values: &[(&str, Option<String>)]) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (_, name, _) in attributes(class) {
        let value = values.iter().find(|(key, _)| *key == name).and_then(|(_, value)| value.as_deref());
        if let Some(value) = value.filter(|value| !value.is_empty() && *value != BETWEEN) {
            writeln!(out, "          <attvalue for=\"{name}\" value=\"{}\"/>", xml(value))?;
        }
    }
    writeln!(out, "        </attvalues>")
}

/// ` start="…" end="…"`, as far as there are days and they are in order.
fn interval(from: Option<&str>, to: Option<&str>) -> String {
    let day = |text: Option<&str>| text.and_then(|text| text.parse::<Date>().ok());
    let (from, to) = (day(from), day(to));
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return String::new();
    }
    let attribute = |name: &str, day: Option<Date>| day.map(|day| format!(" {name}=\"{day}\"")).unwrap_or_default();
    attribute("start", from) + &attribute("end", to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{assert_well_formed, hostile, text};

    #[test]
    fn hostile_text_stays_text() {
        let written = text(|out| write(&hostile(), out));
        assert_well_formed(&written);
        assert!(!written.contains("<script") && !written.contains("2024-02-30\" label"));
    }

    #[test]
    fn only_days_that_are_days_in_order() {
        for (from, to, expected) in [
            (Some("2024-01-02"), Some("2024-01-03"), " start=\"2024-01-02\" end=\"2024-01-03\""),
            (None, Some("2024-01-03"), " end=\"2024-01-03\""),
            (Some("2024-02-30"), None, ""),
            (Some("2025-01-01"), Some("2024-01-01"), ""),
            (None, None, ""),
        ] {
            assert_eq!(interval(from, to), expected);
        }
    }
}
