//! Communities: nodes that are connected with each other more than with the rest.
//!
//! The Leiden algorithm (Traag, Waltman and van Eck 2019) for modularity: nodes move to the neighbouring community that gains
//! most; each community is then built up again from its nodes, so that it holds together; these become the nodes of a smaller
//! graph, and so on. Nodes are visited in order, and the best move is made where the paper chooses by chance, so that the same
//! graph has the same communities.

use std::collections::VecDeque;

use super::Net;
use super::measures::by_size;

/// Rounds of moving and building up at most.
const ROUNDS: usize = 32;
/// Gains below this are none.
const LEAST: f64 = 1e-12;

/// The community of each node, the largest first, and the modularity of them all.
///
/// ```
/// use isnad::graph::{Net, communities};
/// let net = Net::of_pairs([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("d", "f")]);
/// let (community, modularity) = communities(&net);
/// assert_eq!(community, [0, 0, 0, 1, 1, 1]);
/// assert!(modularity > 0.3);
/// ```
pub fn communities(net: &Net) -> (Vec<u32>, f64) {
    let first = Weighted::of(net);
    let mut graph = first.clone();
    // The community of each node of the graph, and the node of the graph that each node of the net is in.
    let mut community: Vec<u32> = (0..graph.len() as u32).collect();
    let mut holder: Vec<u32> = community.clone();
    for _ in 0..ROUNDS {
        graph.moved(&mut community);
        let refined = graph.refined(&community);
        let (smaller, count) = numbered(&refined);
        if count == graph.len() {
            break;
        }
        let mut of_smaller = vec![0; count];
        for (node, group) in smaller.iter().enumerate() {
            of_smaller[*group as usize] = community[node];
        }
        holder.iter_mut().for_each(|node| *node = smaller[*node as usize]);
        graph = graph.gathered(&smaller, count);
        community = numbered(&of_smaller).0;
    }
    let of_net: Vec<u32> = holder.iter().map(|node| community[*node as usize]).collect();
    let of_net = by_size(&numbered(&of_net).0);
    let modularity = first.modularity(&of_net);
    (of_net, modularity)
}

/// The same groups, numbered in the order in which they come, and how many there are.
fn numbered(groups: &[u32]) -> (Vec<u32>, usize) {
    let mut numbers = std::collections::HashMap::new();
    let numbered = groups
        .iter()
        .map(|group| {
            let next = numbers.len() as u32;
            *numbers.entry(*group).or_insert(next)
        })
        .collect();
    (numbered, numbers.len())
}

/// A graph whose edges have weights.
#[derive(Clone)]
struct Weighted {
    starts: Vec<usize>,
    edges: Vec<(u32, f64)>,
    /// The weights of all edges at each node; those within it count twice.
    strengths: Vec<f64>,
    /// The same of the whole graph.
    total: f64,
}

impl Weighted {
    fn of(net: &Net) -> Self {
        let mut starts = vec![0];
        let mut edges = Vec::with_capacity(net.edges() * 2);
        for node in net.nodes() {
            edges.extend(net.neighbours(node).iter().map(|other| (*other, 1.0)));
            starts.push(edges.len());
        }
        let strengths: Vec<f64> = starts.windows(2).map(|ends| (ends[1] - ends[0]) as f64).collect();
        let total = strengths.iter().sum();
        Self { starts, edges, strengths, total }
    }

    fn len(&self) -> usize {
        self.strengths.len()
    }

    fn neighbours(&self, node: u32) -> &[(u32, f64)] {
        &self.edges[self.starts[node as usize]..self.starts[node as usize + 1]]
    }

    /// Moves nodes to other communities as long as modularity grows.
    fn moved(&self, community: &mut [u32]) {
        let mut sums = vec![0.0; self.len()];
        for (node, group) in community.iter().enumerate() {
            sums[*group as usize] += self.strengths[node];
        }
        let mut free: Vec<u32> = (0..self.len() as u32).rev().filter(|group| sums[*group as usize] == 0.0).collect();
        let mut queue: VecDeque<u32> = (0..self.len() as u32).collect();
        let mut queued = vec![true; self.len()];
        let mut weights = Weights::new(self.len());
        while let Some(node) = queue.pop_front() {
            queued[node as usize] = false;
            let own = community[node as usize];
            let strength = self.strengths[node as usize];
            sums[own as usize] -= strength;
            weights.gather(self.neighbours(node).iter().filter(|(other, _)| *other != node), community);
            let gain = |group: u32, weight: f64| weight - strength * sums[group as usize] / self.total;
            let mut best = (own, gain(own, weights.of(own)));
            for &group in &weights.groups {
                let gained = gain(group, weights.of(group));
                if gained > best.1 + LEAST || (gained > best.1 - LEAST && group < best.0 && best.0 != own) {
                    best = (group, gained);
                }
            }
            // By itself it gains nothing and loses nothing.
            if best.1 < -LEAST
                && let Some(&group) = free.last()
            {
                best = (group, 0.0);
                free.pop();
            }
            sums[best.0 as usize] += strength;
            if best.0 != own {
                if sums[own as usize] <= LEAST {
                    free.push(own);
                }
                community[node as usize] = best.0;
                for &(other, _) in self.neighbours(node) {
                    if community[other as usize] != best.0 && !queued[other as usize] {
                        queued[other as usize] = true;
                        queue.push_back(other);
                    }
                }
            }
        }
    }

    /// Communities within the communities, each of which holds together.
    fn refined(&self, community: &[u32]) -> Vec<u32> {
        let mut group: Vec<u32> = (0..self.len() as u32).collect();
        let mut whole = vec![0.0; self.len()];
        for (node, own) in community.iter().enumerate() {
            whole[*own as usize] += self.strengths[node];
        }
        let mut sums = self.strengths.clone();
        let mut alone = vec![true; self.len()];
        // Weight of the edges from each group to the rest of its community.
        let mut outside: Vec<f64> = (0..self.len() as u32)
            .map(|node| {
                let own = community[node as usize];
                let within = |(other, _): &&(u32, f64)| *other != node && community[*other as usize] == own;
                self.neighbours(node).iter().filter(within).map(|(_, weight)| weight).sum()
            })
            .collect();
        let holds = |outside: f64, sum: f64, whole: f64| outside >= sum * (whole - sum) / self.total - LEAST;
        let mut weights = Weights::new(self.len());
        for node in 0..self.len() as u32 {
            let whole = whole[community[node as usize] as usize];
            let strength = self.strengths[node as usize];
            if !alone[node as usize] || !holds(outside[node as usize], strength, whole) {
                continue;
            }
            let within =
                |(other, _): &&(u32, f64)| *other != node && community[*other as usize] == community[node as usize];
            weights.gather(self.neighbours(node).iter().filter(within), &group);
            let mut best: Option<(u32, f64)> = None;
            for &other in &weights.groups {
                let gained = weights.of(other) - strength * sums[other as usize] / self.total;
                let better =
                    best.is_none_or(|(known, most)| gained > most + LEAST || (gained > most - LEAST && other < known));
                if gained > LEAST && better && holds(outside[other as usize], sums[other as usize], whole) {
                    best = Some((other, gained));
                }
            }
            if let Some((other, _)) = best {
                let shared = weights.of(other);
                group[node as usize] = other;
                sums[other as usize] += strength;
                sums[node as usize] = 0.0;
                outside[other as usize] += outside[node as usize] - 2.0 * shared;
                alone[other as usize] = false;
            }
        }
        group
    }

    /// The graph whose nodes are these groups.
    fn gathered(&self, group: &[u32], count: usize) -> Self {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (node, group) in group.iter().enumerate() {
            members[*group as usize].push(node as u32);
        }
        let mut starts = vec![0];
        let mut edges = Vec::new();
        let mut weights = Weights::new(count);
        for members in &members {
            let all = members.iter().flat_map(|node| self.neighbours(*node));
            weights.gather(all, group);
            weights.groups.sort_unstable();
            edges.extend(weights.groups.iter().map(|other| (*other, weights.of(*other))));
            starts.push(edges.len());
        }
        let strengths = members.iter().map(|members| members.iter().map(|node| self.strengths[*node as usize]).sum());
        Self { starts, edges, strengths: strengths.collect(), total: self.total }
    }

    /// How much more weight lies within the communities than chance would have it (Newman and Girvan 2004).
    fn modularity(&self, community: &[u32]) -> f64 {
        if self.total == 0.0 {
            return 0.0;
        }
        let mut within = 0.0;
        let mut sums = vec![0.0; self.len()];
        for node in 0..self.len() as u32 {
            let own = community[node as usize];
            sums[own as usize] += self.strengths[node as usize];
            let same = self.neighbours(node).iter().filter(|(other, _)| community[*other as usize] == own);
            within += same.map(|(_, weight)| weight).sum::<f64>();
        }
        within / self.total - sums.iter().map(|sum| (sum / self.total).powi(2)).sum::<f64>()
    }
}

/// The weights of one node's edges to each group; made empty by what is gathered next.
struct Weights {
    of: Vec<f64>,
    groups: Vec<u32>,
}

impl Weights {
    fn new(groups: usize) -> Self {
        Self { of: vec![0.0; groups], groups: Vec::new() }
    }

    fn gather<'e>(&mut self, edges: impl Iterator<Item = &'e (u32, f64)>, group: &[u32]) {
        for group in self.groups.drain(..) {
            self.of[group as usize] = 0.0;
        }
        for (other, weight) in edges {
            let group = group[*other as usize];
            if self.of[group as usize] == 0.0 {
                self.groups.push(group);
            }
            self.of[group as usize] += weight;
        }
    }

    fn of(&self, group: u32) -> f64 {
        self.of[group as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::super::components;
    use super::*;
    use std::collections::BTreeMap;

    /// Groups of nodes that are connected at random, with more connections within a group.
    fn planted(groups: usize, size: usize, within: u64, across: u64) -> Net {
        let mut state = 7_u64;
        let mut chance = |thousandths: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % 1000 < thousandths
        };
        let mut pairs = Vec::new();
        for one in 0..groups * size {
            for other in one + 1..groups * size {
                if chance(if one / size == other / size { within } else { across }) {
                    pairs.push((format!("n{one:04}"), format!("n{other:04}")));
                }
            }
        }
        Net::of_pairs(pairs)
    }

    #[test]
    fn planted_groups_are_found_again() {
        let net = planted(6, 40, 300, 10);
        let (community, modularity) = communities(&net);
        let mut of_group: BTreeMap<usize, BTreeMap<u32, usize>> = BTreeMap::new();
        for node in net.nodes() {
            let number: usize = net.iri(node)[1..].parse().expect("a number");
            *of_group.entry(number / 40).or_default().entry(community[node as usize]).or_default() += 1;
        }
        let right: usize = of_group.values().filter_map(|counts| counts.values().max()).sum();
        assert!(right >= 235, "{right} of 240: {of_group:?}");
        assert!(modularity > 0.6, "{modularity}");
    }

    #[test]
    fn every_community_holds_together() {
        for across in [5, 20, 60] {
            let net = planted(10, 30, 150, across);
            let (community, modularity) = communities(&net);
            let within = net.nodes().flat_map(|node| {
                let own = community[node as usize];
                let same = net.neighbours(node).iter().filter(|other| community[**other as usize] == own);
                same.map(|other| (net.iri(node).to_owned(), net.iri(*other).to_owned())).collect::<Vec<_>>()
            });
            let parts = Net::of_pairs(within.collect::<Vec<_>>());
            let parts = components(&parts).into_iter().max().map_or(0, |last| last + 1);
            let alone =
                community.iter().filter(|own| community.iter().filter(|other| other == own).count() == 1).count();
            assert_eq!(parts + alone as u32, community.iter().max().expect("some") + 1, "{across}");
            assert!(modularity > 0.15, "{across}: {modularity}");
        }
    }

    #[test]
    fn a_small_club_of_two_parties() {
        // Two cliques of five with one friendship between them: 21 edges; each has 10 within and 21 ends.
        let clique = |letter: char| {
            (0..5).flat_map(move |one| {
                (one + 1..5).map(move |other| (format!("{letter}{one}"), format!("{letter}{other}")))
            })
        };
        let pairs = clique('a').chain(clique('b')).chain([("a0".to_owned(), "b0".to_owned())]);
        let (community, modularity) = communities(&Net::of_pairs(pairs));
        assert_eq!(community, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
        assert!((modularity - (20.0 / 21.0 - 0.5)).abs() < 1e-12, "{modularity}");
        let nobody = communities(&Net::of_pairs::<String>([]));
        assert_eq!(nobody, (Vec::new(), 0.0));
    }
}
