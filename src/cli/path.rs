//! `isnad path`

use std::io::Write;

use anyhow::{Result, bail};
use isnad::graph::{self, KnowledgeGraph, Status, View};
use isnad::store::{Access, GraphStore};
use oxigraph::model::NamedNode;

use super::Outcome;
use super::args::{Common, PathArgs};
use super::output::{Output, clean};
use super::resolve;

pub(crate) fn run(args: &PathArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let from = resolve::entity(&store, &args.from, None, output)?;
    let to = resolve::entity(&store, &args.to, None, output)?;
    let mut graph = graph::build(&store.sorted_quads()?, View::All);
    // A denied or planned connection is none.
    graph.retain_edges(|graph, edge| graph[edge].status == Status::Fact);
    let (from, to) = (index(&graph, &from)?, index(&graph, &to)?);
    let Some(path) = graph::shortest_path(&graph, from, to, args.max) else {
        output.say(&format!("no connection of at most {} steps", args.max));
        return Ok(Outcome::Nothing);
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", output.bold(&clean(&graph[path.start].label)))?;
    for step in &path.steps {
        let edge = &graph[step.edge];
        let arrow = if step.forward { format!("{} →", edge.label) } else { format!("← {}", edge.label) };
        writeln!(
            out,
            "  {} {}  {}",
            clean(&arrow),
            output.bold(&clean(&graph[step.node].label)),
            output.faint(&graph[step.node].class)
        )?;
        if let Some(evidence) = edge.evidence.first() {
            let said = if evidence.said_by.is_empty() {
                String::new()
            } else {
                format!(" — {}", clean(&evidence.said_by.join(" ← ")))
            };
            writeln!(
                out,
                "      {}",
                output.faint(&format!("“{}” {}{said}", clean(&evidence.quote), clean(&evidence.document)))
            )?;
        }
    }
    Ok(Outcome::Done)
}

/// The node of an entity in the view.
pub(super) fn index(graph: &KnowledgeGraph, entity: &NamedNode) -> Result<petgraph::graph::NodeIndex> {
    match graph.node_indices().find(|index| graph[*index].iri == entity.as_str()) {
        Some(index) => Ok(index),
        None => bail!(
            "nothing connects {} with anything\nhint: `isnad show` tells what is known of it",
            isnad::query::shorten(entity.as_str())
        ),
    }
}
