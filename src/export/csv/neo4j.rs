//! Tables with the headers of `neo4j-admin database import`.

use oxigraph::model::Quad;
use petgraph::visit::EdgeRef;

use super::{Cell, Table};
use crate::export::cypher::{labels, relationship};
use crate::export::graphml::{KEYS, edge_values, node_values};
use crate::graph::{self, View, standings};

/// `nodes.csv` and `relationships.csv`, with every entity and event and all that joins them.
///
/// Texts stand as they are: the importer reads no formulas, and an apostrophe more would be part of a name. As
/// quotations go over several lines, it has to be called with `--multiline-fields=true`.
pub fn neo4j(quads: &[Quad]) -> Vec<Table> {
    let graph = graph::build(quads, View::Whole);
    let mut header = vec!["iri:ID".to_owned(), ":LABEL".to_owned()];
    header.extend(columns("node").map(|(name, kind)| column(name, kind)));
    let nodes = graph.node_weights().zip(standings(&graph)).map(|(node, standing)| {
        let mut row = vec![Cell::Exact(node.iri.clone()), Cell::Exact(format!("Resource;{}", labels(node).join(";")))];
        row.extend(cells("node", &node_values(node, &standing)));
        row
    });
    let nodes = Table { name: "nodes.csv", header, rows: nodes.collect(), marked: false };
    let mut header = vec![":START_ID".to_owned(), ":END_ID".to_owned(), ":TYPE".to_owned()];
    header.extend(columns("edge").map(|(name, kind)| column(name, kind)));
    let edges = graph.edge_references().map(|edge| {
        let mut row = vec![
            Cell::Exact(graph[edge.source()].iri.clone()),
            Cell::Exact(graph[edge.target()].iri.clone()),
            Cell::Exact(relationship(&edge.weight().predicate)),
        ];
        row.extend(cells("edge", &edge_values(edge.weight())));
        row
    });
    vec![nodes, Table { name: "relationships.csv", header, rows: edges.collect(), marked: false }]
}

fn columns(element: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = KEYS.into_iter().filter(move |(of, name, _)| *of == element && *name != "iri");
    own.map(|(_, name, kind)| (name, kind))
}

fn column(name: &str, kind: &str) -> String {
    if kind == "string" { name.to_owned() } else { format!("{name}:{kind}") }
}

fn cells(element: &str, values: &[(&str, Option<String>)]) -> Vec<Cell> {
    let value = |name: &str| values.iter().find(|(key, _)| *key == name).and_then(|(_, value)| value.clone());
    columns(element).map(|(name, _)| Cell::Exact(value(name).unwrap_or_default())).collect()
}
