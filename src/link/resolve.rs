//! Which entities of all documents are one.
//!
//! Records under one IRI of their documents make a node. Nodes whose names share a key are held against each other
//! (`odds.rs`); pairs are joined in the order of their odds, as long as nothing that is known of either side
//! forbids it. The result is a function of the set of documents and of the decisions: their order does not matter.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::apart::{self, Apart};
use super::clusters::Clusters;
use super::decisions::{Decisions, Verdict};
use super::names::keys;
use super::node::{Facts, Node};
use super::odds::{self, POSSIBLE, Reason, SAME};
use super::record::Record;
use super::weigh::mixed;
use crate::model::EntityType;

/// Nodes of one key that are all held against each other; of more, only those that share a fact besides.
const LARGEST_BLOCK: usize = 48;
/// Records that may share a fact that helps to find pairs.
const LARGEST_FACT: u32 = 200;
/// By how much the odds must be above those of somebody else.
const MARGIN: f64 = 2.0;
/// Entities near to one that are looked at for that.
const MOST_NEIGHBOURS: usize = 24;
/// Entities that one is said to be possibly the same as, at most.
pub(super) const MOST_POSSIBLE: usize = 5;

/// The records of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecords {
    /// The document's id.
    pub document: String,
    /// Its entities that have names.
    pub records: Vec<Record>,
}

/// Two entities that are one, or may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// IRIs that both have in their documents.
    pub entities: (String, String),
    /// Natural logarithm of the odds that they are one; without bounds where somebody decided.
    pub odds: f64,
    /// What the odds rest on.
    pub reasons: Vec<Reason>,
}

/// A decision that could not be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfollowed {
    /// The entities it is about.
    pub entities: (String, String),
    /// Why not.
    pub problem: String,
}

/// Which IRI stands for which entity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// IRI in the documents → IRI in the graph, where they differ.
    pub same: BTreeMap<String, String>,
    /// Where a document means somebody else by an IRI than others do.
    pub apart: Apart,
    /// IRIs of what single documents say of entities that may be two, with the ids of these documents.
    pub mixed: BTreeMap<String, String>,
    /// Why entities were joined.
    pub joined: Vec<Pair>,
    /// Who may be one, by IRIs in the graph, the likeliest first.
    pub possible: Vec<Pair>,
    /// Decisions that contradict each other or speak of nobody.
    pub unfollowed: Vec<Unfollowed>,
    /// Pairs that were held against each other.
    pub compared: usize,
}

impl Resolution {
    /// The IRI in the graph of an entity that has the IRI `local` in a document.
    pub fn iri<'a>(&'a self, document: &str, local: &'a str) -> &'a str {
        let own = apart::own(&self.apart, document, local);
        self.same.get(own).map_or(own, String::as_str)
    }
}

/// Finds out which entities of all `documents` are one, by what they share and by what people have decided.
///
/// ```
/// use isnad::link::{Decisions, DocumentRecords, link, records, resolve};
/// use isnad::{extract::Reader, model::Document};
///
/// let read = |name: &str, text: &str| {
///     let annotations = Reader::default().read(Document::from_text(name, text));
///     let records = records(&annotations, &link(&annotations));
///     DocumentRecords { document: annotations.document.id.as_str().to_owned(), records }
/// };
/// let one = read("one", "Ragheed al-Tatari, a pilot, was held at Sednaya Prison.");
/// let other = read("two", "Raghid Ahmad Tattari was freed from Saydnaya prison.");
/// let resolution = resolve(&[one.clone(), other.clone()], &Decisions::default());
/// let iri = |of: &DocumentRecords| resolution.iri(&of.document, &of.records[0].local).to_owned();
/// assert_eq!(iri(&one), iri(&other));
/// ```
pub fn resolve(documents: &[DocumentRecords], decisions: &Decisions) -> Resolution {
    let mut sorted: Vec<&DocumentRecords> = documents.iter().collect();
    sorted.sort_by(|one, other| one.document.cmp(&other.document));
    let facts = Facts::new(sorted.iter().flat_map(|document| &document.records));
    let apart = apart::decided(&sorted, decisions);
    let (nodes, mixed) = nodes(&sorted, &facts, &apart, decisions);
    let pairs = candidates(&nodes, &facts);
    let mut resolution = Resolution { compared: pairs.len(), apart, ..Resolution::default() };
    let mut likely: Vec<(f64, usize, usize)> = pairs
        .into_par_iter()
        .map(|(one, other)| (odds::odds(&nodes[one], &nodes[other], &facts), one, other))
        .filter(|(odds, _, _)| *odds >= POSSIBLE)
        .collect();
    // Nodes are in the order of their IRIs.
    likely.par_sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let doubtful = ambiguous(&likely);
    let by_iri: HashMap<&str, usize> = nodes.iter().enumerate().map(|(at, node)| (node.iri.as_str(), at)).collect();
    let mut clusters = Clusters::new(&nodes);
    decide(decisions, &by_iri, &mut clusters, &mut resolution);
    let mut joined: Vec<(f64, usize, usize)> = Vec::new();
    let mut undecided: Vec<(f64, usize, usize)> = Vec::new();
    for &(odds, one, other) in &likely {
        if clusters.are_one(one, other) || clusters.are_settled(one, other) {
            continue;
        }
        if odds >= SAME && !doubtful.contains(&(one, other)) && clusters.join(one, other) {
            joined.push((odds, one, other));
        } else {
            undecided.push((odds, one, other));
        }
    }
    for at in 0..nodes.len() {
        let canonical = clusters.first(at);
        if canonical != at {
            resolution.same.insert(nodes[at].iri.clone(), nodes[canonical].iri.clone());
        }
    }
    let pair = |&(odds, one, other): &(f64, usize, usize)| {
        let (_, reasons) = odds::explained(&nodes[one], &nodes[other], &facts);
        Pair { entities: (nodes[one].iri.clone(), nodes[other].iri.clone()), odds, reasons }
    };
    resolution.joined.extend(joined.par_iter().map(pair).collect::<Vec<_>>());
    let undecided = strongest(&undecided, &mut clusters);
    resolution.possible = undecided.par_iter().map(pair).collect();
    for (pair, document) in mixed {
        let leads = resolution.same.get(&pair.entities.0).unwrap_or(&pair.entities.0).clone();
        resolution.same.insert(pair.entities.1.clone(), leads);
        resolution.mixed.insert(pair.entities.1.clone(), document);
        resolution.possible.push(pair);
    }
    resolution
}

/// Applies what people decided, "different" first.
fn decide(
    decisions: &Decisions,
    by_iri: &HashMap<&str, usize>,
    clusters: &mut Clusters<'_>,
    resolution: &mut Resolution,
) {
    for verdict in [Verdict::Different, Verdict::Unsure, Verdict::Same] {
        for ((one, other), decision) in decisions.pairs(verdict) {
            let (Some(&left), Some(&right)) = (by_iri.get(one), by_iri.get(other)) else {
                let unknown = if by_iri.contains_key(one) { other } else { one };
                let problem = format!("no document names an entity with the IRI {unknown}");
                resolution.unfollowed.push(Unfollowed { entities: (one.to_owned(), other.to_owned()), problem });
                continue;
            };
            match verdict {
                Verdict::Different => clusters.forbid(left, right),
                Verdict::Unsure => clusters.settle(left, right),
                _ if clusters.are_one(left, right) => {}
                _ if clusters.is_forbidden(left, right) => {
                    let problem = "decided to be the same, and by other decisions to be different".to_owned();
                    resolution.unfollowed.push(Unfollowed { entities: (one.to_owned(), other.to_owned()), problem });
                }
                _ => {
                    clusters.unite(left, right);
                    let reasons = vec![Reason { text: decision.told(), weight: f64::INFINITY }];
                    let entities = (one.to_owned(), other.to_owned());
                    resolution.joined.push(Pair { entities, odds: f64::INFINITY, reasons });
                }
            }
        }
    }
}

/// Records under one IRI together, in the order of IRIs; and under which IRI there may be two.
fn nodes(
    documents: &[&DocumentRecords],
    facts: &Facts<'_>,
    apart: &Apart,
    decisions: &Decisions,
) -> (Vec<Node>, Vec<(Pair, String)>) {
    let decided: BTreeSet<&str> = decisions.entities().collect();
    let mut by_iri: BTreeMap<&str, Vec<(u32, &Record)>> = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        for record in &document.records {
            let iri = apart::own(apart, &document.document, &record.local);
            if odds::name_kind(record.kind).is_some() || decided.contains(iri) {
                by_iri.entry(iri).or_default().push((number as u32, record));
            }
        }
    }
    let unsure = decisions.pairs(Verdict::Unsure);
    let grouped: Vec<(&str, Vec<(u32, &Record)>)> = by_iri.into_iter().collect();
    let nodes = grouped.par_iter().map(|(iri, records)| Node::new(iri, records, facts)).collect();
    let mixed = grouped.par_iter().flat_map_iter(|(iri, records)| mixed(iri, records, documents, facts));
    let open = |(pair, _): &(Pair, String)| {
        let (one, other) = (pair.entities.0.as_str(), pair.entities.1.as_str());
        !unsure.contains_key(&(one.min(other), one.max(other)))
    };
    (nodes, mixed.filter(open).collect())
}

/// Pairs of nodes that are worth a look: of one kind, with a key of their names in common.
fn candidates(nodes: &[Node], facts: &Facts<'_>) -> Vec<(usize, usize)> {
    let mut keyed: Vec<(EntityType, u64, u32)> = nodes
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, node)| {
            let own: BTreeSet<u64> = node.names.iter().flat_map(keys).collect();
            own.into_iter().map(move |key| (node.kind, key, at as u32))
        })
        .collect();
    keyed.par_sort_unstable();
    let blocks: Vec<&[(EntityType, u64, u32)]> =
        keyed.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)).collect();
    let mut pairs: Vec<(usize, usize)> =
        blocks.par_iter().flat_map_iter(|block| pairs_of(block, nodes, facts)).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn pairs_of(block: &[(EntityType, u64, u32)], nodes: &[Node], facts: &Facts<'_>) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut all = |members: &[u32]| {
        for (at, one) in members.iter().enumerate() {
            pairs.extend(members[at + 1..].iter().map(|other| (*one as usize, *other as usize)));
        }
    };
    let members: Vec<u32> = block.iter().map(|(_, _, at)| *at).collect();
    if members.len() <= LARGEST_BLOCK {
        all(&members);
        return pairs;
    }
    let mut sharing: Vec<(u32, u32)> = Vec::new();
    for &at in &members {
        let own = nodes[at as usize].facts.iter().filter(|&&fact| facts.count(fact) <= LARGEST_FACT);
        sharing.extend(own.map(|&fact| (fact, at)));
    }
    sharing.sort_unstable();
    for group in sharing.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() <= LARGEST_BLOCK) {
        all(&group.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    }
    pairs
}

/// Pairs of which one side may as well be somebody else, who is not the other side: "H. Ellmore", where there are a Hugo and
/// a Helen of that name.
fn ambiguous(likely: &[(f64, usize, usize)]) -> HashSet<(usize, usize)> {
    let known: HashSet<(usize, usize)> = likely.iter().map(|&(_, one, other)| (one, other)).collect();
    let near = likely.iter().filter(|(odds, _, _)| *odds >= SAME - MARGIN);
    let mut neighbours: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
    for &(odds, one, other) in near {
        neighbours.entry(one).or_default().push((other, odds));
        neighbours.entry(other).or_default().push((one, odds));
    }
    let mut doubtful = HashSet::new();
    for (at, near) in neighbours {
        // The likeliest come first.
        let near = &near[..near.len().min(MOST_NEIGHBOURS)];
        for (index, &(one, odds)) in near.iter().enumerate() {
            let rival = near.iter().enumerate().any(|(other_index, &(other, rival))| {
                other_index != index && rival > odds - MARGIN && !known.contains(&(one.min(other), one.max(other)))
            });
            if rival {
                doubtful.insert((at.min(one), at.max(one)));
            }
        }
    }
    doubtful
}

/// The best undecided pair of every two clusters, a few for each.
fn strongest(undecided: &[(f64, usize, usize)], clusters: &mut Clusters<'_>) -> Vec<(f64, usize, usize)> {
    let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let mut kept = Vec::new();
    for &(odds, one, other) in undecided {
        let (left, right) = (clusters.first(one), clusters.first(other));
        if left == right || clusters.is_forbidden(one, other) || clusters.are_settled(one, other) {
            continue;
        }
        let few = [left, right].iter().all(|end| counts.get(end).is_none_or(|&count| count < MOST_POSSIBLE));
        if few && known.insert((left.min(right), left.max(right))) {
            *counts.entry(left).or_default() += 1;
            *counts.entry(right).or_default() += 1;
            kept.push((odds, one, other));
        }
    }
    kept
}
