//! `isnad path`

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::{Result, bail};
use isnad::graph::{self, Between, KnowledgeGraph, Path, Status, View, Walk};
use isnad::store::{Access, GraphStore};
use oxigraph::model::NamedNode;
use petgraph::graph::NodeIndex;

use super::Outcome;
use super::args::{Common, PathArgs};
use super::output::{Output, clean};
use super::resolve;

/// Ways that are told at most.
const MOST: usize = 1_000;

pub(crate) fn run(args: &PathArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let from = resolve::entity(&store, &args.from, None, output)?;
    let to = resolve::entity(&store, &args.to, None, output)?;
    let mut walk = Walk::new(&store);
    let between = if args.all {
        walk.within(from.as_str(), to.as_str(), args.max)?
    } else {
        walk.shortest(from.as_str(), to.as_str(), args.max)?
    };
    let nodes = match between {
        Between::Nodes(nodes) => nodes,
        Between::Nothing => {
            output.say(&format!("no connection of at most {} steps", args.max));
            return Ok(Outcome::Nothing);
        }
        Between::TooMany => bail!(
            "more than {} people, places and events lie within {} steps\nhint: give fewer with --max",
            graph::MOST_NODES,
            args.max
        ),
    };
    let graph = facts_between(&store, &nodes)?;
    let (from, to) = (index(&graph, &from)?, index(&graph, &to)?);
    let mut paths: Vec<Path> = if args.all {
        graph::simple_paths(&graph, from, to, args.max, MOST + 1)
    } else {
        graph::shortest_path(&graph, from, to, args.max).into_iter().collect()
    };
    let more = paths.len() > MOST;
    paths.truncate(MOST);
    let mut out = std::io::stdout().lock();
    for (number, path) in paths.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        print(&graph, path, output, &mut out)?;
    }
    if more {
        output.say(&format!("there are more than these {MOST}; fewer steps with --max leave fewer"));
    }
    Ok(if paths.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// What connects these nodes; a denied or planned connection is none.
fn facts_between(store: &GraphStore, nodes: &BTreeSet<String>) -> Result<KnowledgeGraph> {
    let mut graph = graph::build(&graph::read_about(store, nodes)?, View::All);
    graph.retain_edges(|graph, edge| graph[edge].status == Status::Fact);
    Ok(graph)
}

/// The node of an entity in the view.
pub(super) fn index(graph: &KnowledgeGraph, entity: &NamedNode) -> Result<NodeIndex> {
    match graph.node_indices().find(|index| graph[*index].iri == entity.as_str()) {
        Some(index) => Ok(index),
        None => bail!(
            "nothing connects {} with anything\nhint: `isnad show` tells what is known of it",
            isnad::query::shorten(entity.as_str())
        ),
    }
}

fn print(graph: &KnowledgeGraph, path: &Path, output: &Output, out: &mut impl Write) -> Result<()> {
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
    Ok(())
}
