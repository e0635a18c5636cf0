//! The part of a graph within a few steps of one node.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::KnowledgeGraph;

/// Everything within `depth` steps of `root`, edges taken in both directions, with all edges
/// between the kept nodes.
///
/// The root comes first, then the others by distance and IRI; edges are ordered by their ends, then
/// predicate and status, so the result does not depend on the order in which the graph was built.
/// A root that is not in the graph gives an empty graph.
///
/// ```
/// use isnad::graph::{Category, KnowledgeGraph, Node, neighbourhood};
/// let mut graph = KnowledgeGraph::new();
/// let a = graph.add_node(Node::new("urn:a", "A", "Person", Category::Person));
/// graph.add_node(Node::new("urn:b", "B", "City", Category::Location));
/// assert_eq!(neighbourhood(&graph, a, 2).node_count(), 1);
/// ```
pub fn neighbourhood(graph: &KnowledgeGraph, root: NodeIndex, depth: usize) -> KnowledgeGraph {
    let mut result = KnowledgeGraph::new();
    let Some(node) = graph.node_weight(root) else {
        return result;
    };
    let mut kept = BTreeMap::from([(root, result.add_node(node.clone()))]);
    let mut frontier = vec![root];
    for _ in 0..depth {
        let mut next: Vec<NodeIndex> = frontier
            .iter()
            .flat_map(|&node| graph.neighbors_undirected(node))
            .filter(|node| !kept.contains_key(node))
            .collect();
        next.sort_by(|&a, &b| (&graph[a].iri, a).cmp(&(&graph[b].iri, b)));
        next.dedup();
        for &node in &next {
            kept.insert(node, result.add_node(graph[node].clone()));
        }
        frontier = next;
        if frontier.is_empty() {
            break;
        }
    }
    let mut edges: Vec<_> = graph
        .edge_references()
        .filter_map(|edge| Some((*kept.get(&edge.source())?, *kept.get(&edge.target())?, edge)))
        .collect();
    edges.sort_by(|(source_a, target_a, a), (source_b, target_b, b)| {
        let key = |edge: &petgraph::graph::EdgeReference<'_, super::Edge>| edge.id();
        (source_a, target_a, &a.weight().predicate, a.weight().status, key(a)).cmp(&(
            source_b,
            target_b,
            &b.weight().predicate,
            b.weight().status,
            key(b),
        ))
    });
    for (source, target, edge) in edges {
        result.add_edge(source, target, edge.weight().clone());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Category, Edge, Node, Status};

    fn chain(order: &[usize]) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        let mut at = [NodeIndex::end(); 5];
        for &i in order {
            at[i] = graph.add_node(Node::new(format!("urn:{i}"), i.to_string(), "Thing", Category::Other));
        }
        for (a, b) in [(0, 1), (2, 1), (2, 3), (3, 4), (0, 0)] {
            let edge = Edge::new("p", "p", Status::Fact);
            graph.add_edge(at[a], at[b], edge);
        }
        graph
    }

    fn iris(graph: &KnowledgeGraph) -> Vec<&str> {
        graph.node_weights().map(|node| node.iri.as_str()).collect()
    }

    #[test]
    fn keeps_what_is_near_in_both_directions() {
        let graph = chain(&[0, 1, 2, 3, 4]);
        let root = NodeIndex::new(1);
        for (depth, expected, edges) in [
            (0, vec!["urn:1"], 0),
            (1, vec!["urn:1", "urn:0", "urn:2"], 3),
            (2, vec!["urn:1", "urn:0", "urn:2", "urn:3"], 4),
            (99, vec!["urn:1", "urn:0", "urn:2", "urn:3", "urn:4"], 5),
        ] {
            let near = neighbourhood(&graph, root, depth);
            assert_eq!(iris(&near), expected);
            assert_eq!(near.edge_count(), edges);
        }
    }

    #[test]
    fn does_not_depend_on_insertion_order() {
        let (a, b) = (chain(&[0, 1, 2, 3, 4]), chain(&[4, 2, 0, 3, 1]));
        let near_a = neighbourhood(&a, NodeIndex::new(1), 3);
        let near_b = neighbourhood(&b, NodeIndex::new(4), 3);
        assert_eq!(iris(&near_a), iris(&near_b));
        let ends = |graph: &KnowledgeGraph| -> Vec<_> {
            graph.edge_references().map(|edge| (edge.source(), edge.target())).collect()
        };
        assert_eq!(ends(&near_a), ends(&near_b));
    }

    #[test]
    fn an_unknown_root_has_no_neighbourhood() {
        assert_eq!(neighbourhood(&chain(&[0, 1, 2, 3, 4]), NodeIndex::new(77), 2).node_count(), 0);
    }
}
