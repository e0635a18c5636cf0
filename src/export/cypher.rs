//! Cypher, for Neo4j, Memgraph and others that speak openCypher.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;
use serde_json::Value;

use super::graphml::{edge_values, node_values};
use crate::graph::{KnowledgeGraph, Node, standings};
use crate::ontology::Schema;

/// Writes one statement per node and edge, which can be run again: `MERGE` by the IRI of a node, and by the ends, name
/// and status of an edge.
///
/// Nodes have their class and its superclasses as labels. The constraint at the head makes merging fast.
///
/// # Errors
/// Those of `out`.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "CREATE CONSTRAINT isnad_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE;")?;
    for (node, standing) in graph.node_weights().zip(standings(graph)) {
        let labels: String = labels(node).iter().map(|label| format!(":{}", name(label))).collect();
        writeln!(
            out,
            "MERGE (n:Resource {{iri: {}}}) SET n{labels}{};",
            string(&node.iri),
            properties("n", &node_values(node, &standing), &["iri"])
        )?;
    }
    for edge in graph.edge_references() {
        let weight = edge.weight();
        writeln!(
            out,
            "MATCH (a:Resource {{iri: {}}}), (b:Resource {{iri: {}}}) MERGE (a)-[r:{} {{status: {}}}]->(b) SET r.predicate = {}{};",
            string(&graph[edge.source()].iri),
            string(&graph[edge.target()].iri),
            name(&relationship(&weight.predicate)),
            string(weight.status.as_str()),
            string(&weight.predicate),
            properties("r", &edge_values(weight), &["predicate", "status"]),
        )?;
    }
    Ok(())
}

/// The class of a node and what lies above it.
pub(super) fn labels(node: &Node) -> Vec<String> {
    let above = Schema::embedded().superclasses(&node.class);
    std::iter::once(node.class.clone()).chain(above.into_iter().map(str::to_owned)).collect()
}

/// The type of a relationship as Neo4j writes them: `heldAt` → `HELD_AT`.
pub(super) fn relationship(predicate: &str) -> String {
    let mut kind = String::new();
    for letter in predicate.chars() {
        if letter.is_uppercase() && !kind.is_empty() {
            kind.push('_');
        }
        kind.extend(letter.to_uppercase());
    }
    kind
}

fn properties(variable: &str, values: &[(&str, Option<String>)], without: &[&str]) -> String {
    let given = values.iter().filter(|(key, _)| !without.contains(key));
    given
        .filter_map(|(key, value)| Some((key, value.as_deref().filter(|value| !value.is_empty())?)))
        .map(|(key, value)| {
            let number = matches!(*key, "latitude" | "longitude" | "weight" | "confidence" | "passages");
            let value = if number { value.to_owned() } else { string(value) };
            format!(", {variable}.{key} = {value}")
        })
        .collect()
}

/// A string literal. JSON's escapes are Cypher's too.
fn string(text: &str) -> String {
    // What cannot be stored or is nothing to look at is left out.
    let shown: String = text.chars().filter(|letter| !matches!(letter, '\0' | '\u{7f}'..='\u{9f}')).collect();
    // A line of its own for every statement: these end lines, too.
    Value::from(shown).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A name of a label or type; in backticks unless it is plain.
fn name(text: &str) -> String {
    let plain = text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if plain {
        return text.to_owned();
    }
    let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
    format!("`{}`", if clean.is_empty() { "_".to_owned() } else { clean.replace('`', "``").replace('\\', "\\\\") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{hostile, text};

    #[test]
    fn strings_and_names_hold() {
        assert_eq!(string("a\"b\\c\n\u{0}\u{2028}"), "\"a\\\"b\\\\c\\n\\u2028\"");
        assert_eq!(string("\\u0000\u{85}"), "\"\\\\u0000\"");
        assert_eq!(name("Prison"), "Prison");
        assert_eq!(name("a` SET"), "`a`` SET`");
        assert_eq!(name(""), "`_`");
        assert_eq!(relationship("heldAt"), "HELD_AT");
    }

    #[test]
    fn every_line_is_one_statement() {
        let written = text(|out| write(&hostile(), out));
        assert_eq!(written.lines().count(), 1 + hostile().node_count() + hostile().edge_count());
        for line in written.lines() {
            assert!(line.ends_with(';') && !line.contains(char::is_control), "{line:?}");
            assert_eq!(line.replace("\\\\", "").replace("\\\"", "").matches('"').count() % 2, 0, "{line}");
        }
    }
}
