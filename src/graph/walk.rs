//! Ways from one node to another, found in the database step by step: only what lies between the two is read.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Term};

use super::net::connecting;
use crate::store::{GraphStore, StoreError};

/// Nodes that are looked at on the way.
pub const MOST_NODES: usize = 200_000;

/// The facts of a store, as ways between nodes.
pub struct Walk<'s> {
    store: &'s GraphStore,
    connecting: HashSet<String>,
    /// What has been read already.
    known: HashMap<String, Vec<String>>,
}

/// What lies between two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Between {
    /// The nodes of all ways that are looked for, both ends included.
    Nodes(BTreeSet<String>),
    /// There is no way.
    Nothing,
    /// More nodes lie within so many steps than are looked at.
    TooMany,
}

impl<'s> Walk<'s> {
    /// Walks over the facts of a store.
    pub fn new(store: &'s GraphStore) -> Self {
        let connecting = connecting().into_iter().map(|predicate| predicate.into_string()).collect();
        Self { store, connecting, known: HashMap::new() }
    }

    /// Those that facts connect a node with, whichever way they point.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn neighbours(&mut self, node: &str) -> Result<&[String], StoreError> {
        if !self.known.contains_key(node) {
            let found = self.read(node)?;
            self.known.insert(node.to_owned(), found);
        }
        Ok(self.known.get(node).map_or(&[], Vec::as_slice))
    }

    fn read(&self, node: &str) -> Result<Vec<String>, StoreError> {
        let default = Some(GraphNameRef::DefaultGraph);
        let here = NamedNodeRef::new_unchecked(node);
        let mut found = BTreeSet::new();
        for quad in self.store.database().quads_for_pattern(Some(here.into()), None, None, default) {
            let quad = self.store.check(quad)?;
            if let (Term::NamedNode(object), true) = (quad.object, self.connecting.contains(quad.predicate.as_str())) {
                found.insert(object.into_string());
            }
        }
        for quad in self.store.database().quads_for_pattern(None, None, Some(here.into()), default) {
            let quad = self.store.check(quad)?;
            if let (NamedOrBlankNode::NamedNode(subject), true) =
                (quad.subject, self.connecting.contains(quad.predicate.as_str()))
            {
                found.insert(subject.into_string());
            }
        }
        found.remove(node);
        Ok(found.into_iter().collect())
    }

    /// The nodes of all shortest ways from one node to another of at most `max` steps.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn shortest(&mut self, from: &str, to: &str, max: usize) -> Result<Between, StoreError> {
        let mut sides = [Side::new(from), Side::new(to)];
        if from == to {
            return Ok(Between::Nodes(BTreeSet::from([from.to_owned()])));
        }
        for length in 1..=max {
            // The side with less at its edge goes one step further: who is known to thousands is entered last.
            let (near, far) = sides.split_at_mut(1);
            let (one, other) =
                if near[0].edge.len() <= far[0].edge.len() { (&mut near[0], &far[0]) } else { (&mut far[0], &near[0]) };
            if !one.step(self)? {
                return Ok(Between::TooMany);
            }
            if one.edge.is_empty() {
                return Ok(Between::Nothing);
            }
            if one.edge.iter().any(|node| other.distances.contains_key(node)) {
                return self.on_the_way(&sides, length).map(Between::Nodes);
            }
        }
        Ok(Between::Nothing)
    }

    /// The nodes whose distances from both ends add up to `length`.
    fn on_the_way(&mut self, sides: &[Side; 2], length: usize) -> Result<BTreeSet<String>, StoreError> {
        let both = |node: &String| {
            Some(sides[0].distances.get(node)? + sides[1].distances.get(node)?).filter(|sum| *sum == length)
        };
        let met: BTreeSet<String> = sides[0].distances.keys().filter(|node| both(node).is_some()).cloned().collect();
        let mut found = met.clone();
        for side in sides {
            let mut edge = met.clone();
            while !edge.is_empty() {
                let mut nearer = BTreeSet::new();
                for node in &edge {
                    let distance = side.distances[node];
                    for next in self.neighbours(node)? {
                        if side.distances.get(next).is_some_and(|known| known + 1 == distance) {
                            nearer.insert(next.clone());
                        }
                    }
                }
                found.extend(nearer.iter().cloned());
                edge = nearer;
            }
        }
        Ok(found)
    }

    /// The nodes through which a way of at most `max` steps from one node to another can lead.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn within(&mut self, from: &str, to: &str, max: usize) -> Result<Between, StoreError> {
        // Whatever lies on such a way is near one of its ends.
        let mut sides = [Side::new(from), Side::new(to)];
        for step in 0..max {
            if !sides[step % 2].step(self)? {
                return Ok(Between::TooMany);
            }
        }
        let mut near: HashSet<String> = HashSet::new();
        for side in sides {
            near.extend(side.distances.into_keys());
        }
        let (there, back) = (self.distances(from, &near, max)?, self.distances(to, &near, max)?);
        let length = |node: &String| Some(there.get(node)? + back.get(node)?);
        let lies = |node: &&String| length(node).is_some_and(|length| length <= max);
        let found: BTreeSet<String> = near.iter().filter(lies).cloned().collect();
        Ok(if found.is_empty() { Between::Nothing } else { Between::Nodes(found) })
    }

    /// How far nodes are from `start`, going over these nodes only.
    fn distances(
        &mut self,
        start: &str,
        nodes: &HashSet<String>,
        max: usize,
    ) -> Result<HashMap<String, usize>, StoreError> {
        let mut distances = HashMap::from([(start.to_owned(), 0)]);
        let mut edge = vec![start.to_owned()];
        for distance in 1..=max {
            let mut next = Vec::new();
            for node in &edge {
                for neighbour in self.neighbours(node)? {
                    if nodes.contains(neighbour) && !distances.contains_key(neighbour) {
                        distances.insert(neighbour.clone(), distance);
                        next.push(neighbour.clone());
                    }
                }
            }
            edge = next;
        }
        Ok(distances)
    }
}

/// What has been reached from one end.
struct Side {
    distances: BTreeMap<String, usize>,
    /// What was reached last.
    edge: Vec<String>,
}

impl Side {
    fn new(start: &str) -> Self {
        Self { distances: BTreeMap::from([(start.to_owned(), 0)]), edge: vec![start.to_owned()] }
    }

    /// Goes one step further; `false` where that is too much.
    fn step(&mut self, walk: &mut Walk<'_>) -> Result<bool, StoreError> {
        let mut next = Vec::new();
        for node in &self.edge {
            let distance = self.distances[node] + 1;
            for neighbour in walk.neighbours(node)? {
                if !self.distances.contains_key(neighbour) {
                    self.distances.insert(neighbour.clone(), distance);
                    next.push(neighbour.clone());
                }
            }
            if self.distances.len() > MOST_NODES {
                return Ok(false);
            }
        }
        self.edge = next;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::vocabulary::property;
    use oxigraph::model::{GraphName, NamedNode, Quad};

    /// Nodes of one letter each, connected by facts.
    fn store(pairs: &[&str]) -> GraphStore {
        let store = GraphStore::in_memory().expect("memory is enough");
        for pair in pairs {
            let (one, other) = pair.split_at(1);
            let node = |letter: &str| NamedNode::new_unchecked(format!("urn:{letter}"));
            let quad = Quad::new(node(one), property::HELD_AT, node(other), GraphName::DefaultGraph);
            store.database().insert(quad.as_ref()).expect("memory is enough");
        }
        store
    }

    fn letters(between: Between) -> String {
        match between {
            Between::Nodes(nodes) => nodes.iter().map(|node| node.trim_start_matches("urn:")).collect(),
            Between::Nothing => "nothing".to_owned(),
            Between::TooMany => "too many".to_owned(),
        }
    }

    #[test]
    fn all_shortest_ways_and_no_others() {
        // a–b–d and a–c–d, a longer way over e and f, and a pair apart.
        let store = store(&["ab", "bd", "ac", "dc", "ae", "ef", "fd", "xy"]);
        let mut walk = Walk::new(&store);
        let mut shortest = |from: &str, to: &str, max| {
            letters(walk.shortest(&format!("urn:{from}"), &format!("urn:{to}"), max).expect("read"))
        };
        assert_eq!(shortest("a", "d", 6), "abcd");
        assert_eq!(shortest("d", "a", 2), "abcd");
        assert_eq!(shortest("a", "d", 1), "nothing");
        assert_eq!(shortest("a", "b", 1), "ab");
        assert_eq!(shortest("a", "a", 0), "a");
        assert_eq!(shortest("a", "x", 9), "nothing");
        assert_eq!(shortest("b", "e", 9), "abe");
        assert_eq!(shortest("b", "f", 9), "bdf");
    }

    #[test]
    fn ways_within_so_many_steps() {
        let store = store(&["ab", "bd", "ac", "dc", "ae", "ef", "fd", "xy", "bq"]);
        let mut walk = Walk::new(&store);
        let mut within = |from: &str, to: &str, max| {
            letters(walk.within(&format!("urn:{from}"), &format!("urn:{to}"), max).expect("read"))
        };
        assert_eq!(within("a", "d", 1), "nothing");
        assert_eq!(within("a", "d", 2), "abcd");
        assert_eq!(within("a", "d", 3), "abcdef");
        assert_eq!(within("a", "x", 6), "nothing");
        assert_eq!(within("a", "b", 1), "ab");
    }
}
