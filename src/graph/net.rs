//! The facts between entities as a plain graph: who is connected with whom, without evidence, for what asks about all of it.
//!
//! Nodes are numbers, neighbours lie side by side, so that a million edges fit into a few dozen megabytes and are walked
//! through in milliseconds. Edges have no direction and no kind: what is counted is that two are connected, once.

use std::collections::HashMap;

use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term};
use petgraph::Directed;
use petgraph::csr::Csr;
use rayon::prelude::*;

use crate::ontology::Schema;
use crate::store::{GraphStore, StoreError};

/// Entities and events, and which of them facts connect.
#[derive(Debug, Clone)]
pub struct Net {
    /// IRI of each node, in order.
    iris: Vec<String>,
    /// Each pair in both directions.
    pairs: Csr<(), (), Directed, u32>,
}

impl Net {
    /// The facts of a store that connect two nodes: the relations and the roles of events.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn of_store(store: &GraphStore) -> Result<Self, StoreError> {
        let predicates = connecting();
        let read = |predicate: &NamedNode| -> Result<Vec<(String, String)>, StoreError> {
            let default = Some(GraphNameRef::DefaultGraph);
            let mut pairs = Vec::new();
            for quad in store.database().quads_for_pattern(None, Some(predicate.as_ref()), None, default) {
                let quad = store.check(quad)?;
                if let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (quad.subject, quad.object) {
                    pairs.push((subject.into_string(), object.into_string()));
                }
            }
            Ok(pairs)
        };
        let pairs: Vec<Vec<(String, String)>> = predicates.par_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self::of_pairs(pairs.into_iter().flatten()))
    }

    /// The graph of these pairs of IRIs; a pair of one is left out, and so are repetitions.
    ///
    /// ```
    /// use isnad::graph::Net;
    /// let net = Net::of_pairs([("urn:b", "urn:a"), ("urn:a", "urn:b"), ("urn:a", "urn:c")]);
    /// assert_eq!((net.len(), net.edges()), (3, 2));
    /// assert_eq!(net.neighbours(net.node("urn:a").unwrap()), [1, 2]);
    /// ```
    pub fn of_pairs<S: Into<String>>(pairs: impl IntoIterator<Item = (S, S)>) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut number = |iri: String| {
            let next = numbers.len() as u32;
            *numbers.entry(iri).or_insert(next)
        };
        let mut edges: Vec<(u32, u32)> =
            pairs.into_iter().map(|(one, other)| (number(one.into()), number(other.into()))).collect();
        let mut named: Vec<(String, u32)> = numbers.into_iter().collect();
        named.par_sort_unstable();
        let mut rank = vec![0_u32; named.len()];
        for (place, (_, number)) in named.iter().enumerate() {
            rank[*number as usize] = place as u32;
        }
        for (one, other) in &mut edges {
            (*one, *other) = (rank[*one as usize], rank[*other as usize]);
        }
        let back: Vec<(u32, u32)> = edges.iter().map(|(one, other)| (*other, *one)).collect();
        edges.extend(back);
        edges.retain(|(one, other)| one != other);
        edges.par_sort_unstable();
        edges.dedup();
        let mut pairs = Csr::from_sorted_edges(&edges).unwrap_or_default();
        while pairs.node_count() < named.len() {
            pairs.add_node(());
        }
        Self { iris: named.into_iter().map(|(iri, _)| iri).collect(), pairs }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.iris.len()
    }

    /// Whether nothing is connected.
    pub fn is_empty(&self) -> bool {
        self.iris.is_empty()
    }

    /// How many pairs are connected.
    pub fn edges(&self) -> usize {
        self.pairs.edge_count() / 2
    }

    /// Every node.
    pub fn nodes(&self) -> impl Iterator<Item = u32> + use<> {
        0..self.iris.len() as u32
    }

    /// The number of a node.
    pub fn node(&self, iri: &str) -> Option<u32> {
        self.iris.binary_search_by(|known| known.as_str().cmp(iri)).ok().map(|place| place as u32)
    }

    /// The IRI of a node.
    ///
    /// # Panics
    /// If there is no such node.
    pub fn iri(&self, node: u32) -> &str {
        &self.iris[node as usize]
    }

    /// Those that a node is connected with, in order.
    ///
    /// # Panics
    /// If there is no such node.
    pub fn neighbours(&self, node: u32) -> &[u32] {
        self.pairs.neighbors_slice(node)
    }
}

/// Properties of facts that connect an entity or event with another.
pub(super) fn connecting() -> Vec<NamedNode> {
    let schema = Schema::embedded();
    schema.roles().chain(schema.relations()).filter_map(|term| schema.iri(&term.name)).collect()
}
