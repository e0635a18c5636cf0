//! Nodes that are one, and what must not become one.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::life::Life;
use super::node::Node;
use crate::ontology::vocabulary::ID_NAMESPACE;

/// What is known of a cluster that another must agree with.
#[derive(Debug, Clone)]
struct Profile {
    /// The first of its nodes by rank: one of the gazetteer, else of the documents, else the one with the first IRI.
    first: usize,
    listed: Option<usize>,
    life: Life,
    documents: HashSet<u32>,
    /// Roots that it was decided to be different from, as they were when that was decided or last joined.
    forbidden: BTreeSet<usize>,
}

/// Disjoint sets of nodes.
pub(super) struct Clusters<'n> {
    nodes: &'n [Node],
    above: Vec<usize>,
    profiles: HashMap<usize, Profile>,
    settled: HashSet<(usize, usize)>,
}

impl<'n> Clusters<'n> {
    pub fn new(nodes: &'n [Node]) -> Self {
        Self { nodes, above: (0..nodes.len()).collect(), profiles: HashMap::new(), settled: HashSet::new() }
    }

    fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.above[root] != root {
            root = self.above[root];
        }
        let mut below = at;
        while self.above[below] != root {
            below = std::mem::replace(&mut self.above[below], root);
        }
        root
    }

    fn profile(&mut self, root: usize) -> &mut Profile {
        let node = &self.nodes[root];
        self.profiles.entry(root).or_insert_with(|| Profile {
            first: root,
            listed: node.listed.then_some(root),
            life: node.life,
            documents: node.documents.iter().copied().collect(),
            forbidden: BTreeSet::new(),
        })
    }

    /// Whether both are one by now.
    pub fn are_one(&mut self, one: usize, other: usize) -> bool {
        self.root(one) == self.root(other)
    }

    /// The node whose IRI stands for the cluster of `at`.
    pub fn first(&mut self, at: usize) -> usize {
        let root = self.root(at);
        self.profiles.get(&root).map_or(root, |profile| profile.first)
    }

    /// Somebody decided that these are two.
    pub fn forbid(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.profile(one).forbidden.insert(other);
        self.profile(other).forbidden.insert(one);
    }

    /// Whether it was decided that these are two.
    pub fn is_forbidden(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        let forbidden: Vec<usize> = self.profile(one).forbidden.iter().copied().collect();
        forbidden.into_iter().any(|at| self.root(at) == other)
    }

    /// Somebody looked at these and could not tell.
    pub fn settle(&mut self, one: usize, other: usize) {
        self.settled.insert((one.min(other), one.max(other)));
    }

    /// Whether somebody looked at these and could not tell.
    pub fn are_settled(&self, one: usize, other: usize) -> bool {
        self.settled.contains(&(one.min(other), one.max(other)))
    }

    /// Makes two one if nothing that is known of either side forbids it, and says whether it did.
    pub fn join(&mut self, one: usize, other: usize) -> bool {
        if self.is_forbidden(one, other) {
            return false;
        }
        let (one, other) = (self.root(one), self.root(other));
        let (left, right) = (self.profile(one).clone(), self.profile(other).clone());
        let (few, many) = if left.documents.len() < right.documents.len() { (&left, &right) } else { (&right, &left) };
        let contradicts = left.listed.is_some() && right.listed.is_some()
            || left.life.conflicts(&right.life).next().is_some()
            || few.documents.iter().any(|document| many.documents.contains(document));
        if contradicts {
            return false;
        }
        self.unite(one, other);
        true
    }

    /// Makes two one, whatever is known of them.
    pub fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        let nodes = self.nodes;
        let (root, below) = (one.min(other), one.max(other));
        self.profile(below);
        let Some(joined) = self.profiles.remove(&below) else { return };
        self.above[below] = root;
        let profile = self.profile(root);
        profile.listed = profile.listed.or(joined.listed);
        let rank = |at: usize| (!nodes[at].iri.starts_with(ID_NAMESPACE), at);
        let first = if rank(profile.first) <= rank(joined.first) { profile.first } else { joined.first };
        profile.first = profile.listed.unwrap_or(first);
        profile.life = profile.life.or(joined.life);
        profile.documents.extend(joined.documents);
        profile.forbidden.extend(joined.forbidden);
    }
}
