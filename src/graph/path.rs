//! The shortest way from one node to another, whichever way the edges point.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, VecDeque};

use petgraph::Direction;
use petgraph::algo::all_simple_paths;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::graphmap::UnGraphMap;
use petgraph::visit::EdgeRef;

use super::{KnowledgeGraph, Status};

/// A walk through the graph: where it starts, and each step after that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The first node.
    pub start: NodeIndex,
    /// The steps; empty when start and goal are the same node.
    pub steps: Vec<Step>,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The edge walked along.
    pub edge: EdgeIndex,
    /// True when the edge points the way of the walk, false when it is walked backwards.
    pub forward: bool,
    /// The node arrived at.
    pub node: NodeIndex,
}

/// The shortest path from `start` to `goal` of at most `max` steps, edges taken in both directions.
///
/// Among paths of equal length the one whose IRIs sort first, node by node, wins; among parallel
/// edges a fact before a doubtful, negated or planned one, then the predicate that sorts first.
/// Every status is walked: filter the graph first (`filter_map`) where a denied link must not count.
/// Returns `None` when there is no such path or a node is not in the graph.
///
/// ```
/// use isnad::graph::{Category, KnowledgeGraph, Node, shortest_path};
/// let mut graph = KnowledgeGraph::new();
/// let a = graph.add_node(Node::new("urn:a", "A", "Person", Category::Person));
/// assert_eq!(shortest_path(&graph, a, a, 3).map(|path| path.steps.len()), Some(0));
/// ```
pub fn shortest_path(graph: &KnowledgeGraph, start: NodeIndex, goal: NodeIndex, max: usize) -> Option<Path> {
    graph.node_weight(start)?;
    graph.node_weight(goal)?;
    let distances = distances_to(graph, goal, start, max);
    let mut left = *distances.get(&start)?;
    let mut path = Path { start, steps: Vec::with_capacity(left) };
    let mut here = start;
    while left > 0 {
        left -= 1;
        let nearer = steps_from(graph, here).filter(|step| distances.get(&step.node) == Some(&left));
        let step = nearer.min_by_key(|step| rank(graph, step))?;
        here = step.node;
        path.steps.push(step);
    }
    Some(path)
}

/// The distance to `goal` of every node no farther than `max` and no farther than `until`.
fn distances_to(graph: &KnowledgeGraph, goal: NodeIndex, until: NodeIndex, max: usize) -> BTreeMap<NodeIndex, usize> {
    let mut distances = BTreeMap::from([(goal, 0)]);
    let mut queue = VecDeque::from([goal]);
    while let Some(node) = queue.pop_front() {
        let distance = distances.get(&node).map_or(0, |distance| distance + 1);
        if distance > max || node == until {
            break;
        }
        for neighbour in graph.neighbors_undirected(node) {
            distances.entry(neighbour).or_insert_with(|| {
                queue.push_back(neighbour);
                distance
            });
        }
    }
    distances
}

/// Every path from `start` to `goal` of at most `max` steps that comes by no node twice, the shortest first and at most
/// `limit`; edges are taken in both directions, and of several between two nodes the one that [`shortest_path`] takes.
///
/// ```
/// use isnad::graph::{Category, Edge, KnowledgeGraph, Node, Status, simple_paths};
/// let mut graph = KnowledgeGraph::new();
/// let node = |graph: &mut KnowledgeGraph, iri: &str| graph.add_node(Node::new(iri, iri, "City", Category::Location));
/// let (a, b, c) = (node(&mut graph, "urn:a"), node(&mut graph, "urn:b"), node(&mut graph, "urn:c"));
/// for (from, to) in [(a, b), (c, b), (a, c)] {
///     graph.add_edge(from, to, Edge::new("locatedIn", "located in", Status::Fact));
/// }
/// let lengths: Vec<usize> = simple_paths(&graph, a, b, 3, 10).iter().map(|path| path.steps.len()).collect();
/// assert_eq!(lengths, [1, 2]);
/// ```
pub fn simple_paths(graph: &KnowledgeGraph, start: NodeIndex, goal: NodeIndex, max: usize, limit: usize) -> Vec<Path> {
    if start == goal {
        return vec![Path { start, steps: Vec::new() }];
    }
    let mut pairs: UnGraphMap<NodeIndex, ()> = UnGraphMap::new();
    for edge in graph.edge_references().filter(|edge| edge.source() != edge.target()) {
        pairs.add_edge(edge.source(), edge.target(), ());
    }
    if !pairs.contains_node(start) || !pairs.contains_node(goal) {
        return Vec::new();
    }
    let mut paths = Vec::new();
    for between in 0..max {
        let left = limit - paths.len();
        let found = all_simple_paths::<Vec<NodeIndex>, _, RandomState>(&pairs, start, goal, between, Some(between));
        let mut ways: Vec<Vec<NodeIndex>> = found.take(left).collect();
        ways.sort_by(|one, other| {
            let names = |way: &[NodeIndex]| way.iter().map(|node| graph[*node].iri.as_str()).collect::<Vec<_>>();
            names(one).cmp(&names(other))
        });
        paths.extend(ways.iter().map(|way| {
            let steps = way.windows(2).filter_map(|ends| {
                let to = steps_from(graph, ends[0]).filter(|step| step.node == ends[1]);
                to.min_by_key(|step| rank(graph, step))
            });
            Path { start, steps: steps.collect() }
        }));
    }
    paths
}

/// Which of several steps is taken: the smallest.
fn rank<'g>(graph: &'g KnowledgeGraph, step: &Step) -> (&'g str, NodeIndex, Status, &'g str, bool, EdgeIndex) {
    let (node, edge) = (&graph[step.node], &graph[step.edge]);
    (node.iri.as_str(), step.node, edge.status, edge.predicate.as_str(), !step.forward, step.edge)
}

fn steps_from(graph: &KnowledgeGraph, node: NodeIndex) -> impl Iterator<Item = Step> {
    let out = graph.edges_directed(node, Direction::Outgoing).map(|edge| Step {
        edge: edge.id(),
        forward: true,
        node: edge.target(),
    });
    let back = graph.edges_directed(node, Direction::Incoming).map(|edge| Step {
        edge: edge.id(),
        forward: false,
        node: edge.source(),
    });
    out.chain(back)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Category, Edge, Node};

    /// Nodes named by one letter each; edges `(from, to, predicate, status)`.
    fn graph(letters: &str, edges: &[(char, char, &str, Status)]) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        for letter in letters.chars() {
            graph.add_node(Node::new(letter.to_string(), letter.to_string(), "Thing", Category::Other));
        }
        for &(from, to, predicate, status) in edges {
            let edge = Edge::new(predicate, predicate, status);
            graph.add_edge(find(&graph, from), find(&graph, to), edge);
        }
        graph
    }

    fn find(graph: &KnowledgeGraph, letter: char) -> NodeIndex {
        graph.node_indices().find(|&node| graph[node].iri == letter.to_string()).unwrap()
    }

    fn walk(graph: &KnowledgeGraph, from: char, to: char, max: usize) -> Option<String> {
        let path = shortest_path(graph, find(graph, from), find(graph, to), max)?;
        let mut text = graph[path.start].iri.clone();
        for step in path.steps {
            let arrow = if step.forward { ">" } else { "<" };
            text += &format!("{arrow}{}{arrow}{}", graph[step.edge].predicate, graph[step.node].iri);
        }
        Some(text)
    }

    #[test]
    fn finds_the_shortest_with_ties_by_iri() {
        use Status::{Fact, Negated};
        let edges = [
            ('a', 'c', "p", Fact),
            ('a', 'b', "p", Fact),
            ('d', 'b', "q", Fact),
            ('d', 'c', "q", Fact),
            ('d', 'e', "a", Negated),
            ('d', 'e', "z", Fact),
            ('a', 'a', "self", Fact),
        ];
        for letters in ["abcdef", "fedcba", "cafebd"] {
            let graph = graph(letters, &edges);
            assert_eq!(walk(&graph, 'a', 'e', 9).as_deref(), Some("a>p>b<q<d>z>e"));
            assert_eq!(walk(&graph, 'e', 'a', 9).as_deref(), Some("e<z<d>q>b<p<a"));
            assert_eq!(walk(&graph, 'a', 'e', 3).as_deref(), Some("a>p>b<q<d>z>e"));
            assert_eq!(walk(&graph, 'a', 'e', 2), None, "too far");
            assert_eq!(walk(&graph, 'a', 'f', 9), None, "not connected");
            assert_eq!(walk(&graph, 'a', 'a', 0).as_deref(), Some("a"));
        }
    }

    #[test]
    fn nodes_that_are_not_there_have_no_path() {
        let graph = graph("a", &[]);
        assert_eq!(shortest_path(&graph, NodeIndex::new(0), NodeIndex::new(5), 9), None);
        assert_eq!(shortest_path(&graph, NodeIndex::new(5), NodeIndex::new(0), 9), None);
    }
}
