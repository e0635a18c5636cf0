//! Where each node of a view stands among the others.

use petgraph::visit::EdgeRef;

use super::{KnowledgeGraph, Net, Status, betweenness, communities, degrees, page_rank};

/// What the facts of a view make of a node; those that are denied, doubted or planned connect nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// How many others it is connected with.
    pub degree: usize,
    /// How often a random walk comes by it; all of them add up to 1.
    pub page_rank: f64,
    /// On what share of the shortest ways between two others it lies, 0 to 1.
    pub betweenness: f64,
    /// The number of its community, the largest has 0; none of a node that no fact connects.
    pub community: Option<u32>,
}

/// The standing of every node, in their order.
///
/// ```
/// use isnad::graph::{Category, Edge, KnowledgeGraph, Node, Status, standings};
/// let mut graph = KnowledgeGraph::new();
/// let a = graph.add_node(Node::new("urn:a", "A", "Person", Category::Person));
/// let b = graph.add_node(Node::new("urn:b", "B", "Prison", Category::Facility));
/// graph.add_edge(a, b, Edge::new("heldAt", "held at", Status::Negated));
/// assert_eq!(standings(&graph)[0].community, None);
/// graph.add_edge(a, b, Edge::new("heldAt", "held at", Status::Fact));
/// assert_eq!((standings(&graph)[0].degree, standings(&graph)[0].community), (1, Some(0)));
/// ```
pub fn standings(graph: &KnowledgeGraph) -> Vec<Standing> {
    let facts = graph.edge_references().filter(|edge| edge.weight().status == Status::Fact);
    let net = Net::of_pairs(facts.map(|edge| (graph[edge.source()].iri.as_str(), graph[edge.target()].iri.as_str())));
    let (degrees, ranks) = (degrees(&net), page_rank(&net));
    let (between, (community, _)) = (betweenness(&net), communities(&net));
    let standing = |node: &super::Node| {
        let Some(at) = net.node(&node.iri).map(|at| at as usize) else { return Standing::default() };
        Standing {
            degree: degrees[at],
            page_rank: ranks[at],
            betweenness: between[at],
            community: Some(community[at]).filter(|_| degrees[at] > 0),
        }
    };
    graph.node_weights().map(standing).collect()
}
