//! What linking made of the records, held against what they stand for.
//!
//! Measured are records whose names can be linked: not people with one name alone. A wrong pair counts whatever it is made
//! of. **Pairs**: of all pairs of records taken for one, those that are one, and the other way round. **B³** (Bagga
//! and Baldwin 1998): the same for each record, averaged, so that what is named often does not outweigh all else. **False
//! merges**: entities that stand in one with another that has more records there. **Pair completeness**: pairs that are one
//! and share a key by which names are found; of each entity a few pairs are drawn.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::Serialize;

use super::Problem;
use super::random::Random;
use crate::link::Record;
use crate::link::names::{Name, NameKind, keys};
use crate::model::EntityType;

/// Pairs of each entity that pair completeness is measured on, at most.
const PAIRS: usize = 3;

/// False merges of each sort that are shown.
const EXAMPLES: usize = 8;

/// How much of what was put together is right, and how much of what is right was put together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shares {
    /// Right among what was put together.
    pub precision: f64,
    /// Put together among what is right.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Shares {
    fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Self { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// How well records were linked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Linked {
    /// Over pairs of records.
    pub pairs: Shares,
    /// Over records.
    pub b_cubed: Shares,
    /// Entities wrongly put together with another, for every thousand that are named.
    pub false_merges_per_1000: f64,
    /// How many of these are alike in which way.
    pub false_merges: BTreeMap<&'static str, usize>,
    /// The first of each of these: a name in its first document, on either side.
    pub examples: Vec<(&'static str, String, String)>,
}

/// How well records are linked if `iri` gives the IRI of the entity that a record of a document stands for.
///
/// ```
/// use isnad::bench::linking::{Problem, measure};
/// let problem = Problem::new(500, 1);
/// let by_key = measure(&problem, |_, record| record.local.as_str());
/// assert!(by_key.pairs.precision > by_key.pairs.recall);
/// ```
pub fn measure<'a>(problem: &'a Problem, iri: impl Fn(&'a str, &'a Record) -> &'a str) -> Linked {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut together: HashMap<(u32, u32), (u64, u64)> = HashMap::new();
    for (document, truth) in problem.documents.iter().zip(&problem.truth) {
        for (record, &entity) in document.records.iter().zip(truth) {
            let next = numbers.len() as u32;
            let number = *numbers.entry(iri(&document.document, record)).or_insert(next);
            let cell = together.entry((number, entity)).or_default();
            cell.0 += 1;
            cell.1 += u64::from(is_linkable(record));
        }
    }
    drop(numbers);
    let mut cells: Vec<((u32, u32), (u64, u64))> = together.into_iter().collect();
    cells.sort_unstable();
    let mut of_entity: HashMap<u32, u64> = HashMap::new();
    for ((_, entity), (_, linkable)) in &cells {
        *of_entity.entry(*entity).or_default() += linkable;
    }
    let pairs = |count: u64| (count * count.saturating_sub(1) / 2) as f64;
    let truth = of_entity.values().map(|count| count * count.saturating_sub(1) / 2).sum::<u64>() as f64;
    let (mut taken, mut right, mut found) = (0.0, 0.0, 0.0);
    let (mut precision, mut recall, mut records) = (0.0, 0.0, 0.0);
    let mut false_merges: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut merged: Vec<(&'static str, u32, u32)> = Vec::new();
    for cluster in cells.chunk_by(|one, other| one.0.0 == other.0.0) {
        let all: u64 = cluster.iter().map(|(_, (all, _))| all).sum();
        taken += pairs(all);
        let most = cluster.iter().max_by_key(|((_, entity), (all, _))| (*all, std::cmp::Reverse(*entity)));
        for ((_, entity), (count, linkable)) in cluster {
            right += pairs(*count);
            found += pairs(*linkable);
            let (count, linkable) = (*count as f64, *linkable as f64);
            precision += linkable * count / all as f64;
            recall += linkable * linkable / (of_entity[entity] as f64).max(1.0);
            records += linkable;
            if let Some(((_, main), _)) = most.filter(|((_, main), _)| main != entity) {
                let likeness = problem.likeness(*main, *entity);
                let count = false_merges.entry(likeness).or_default();
                *count += 1;
                if *count <= EXAMPLES {
                    merged.push((likeness, *main, *entity));
                }
            }
        }
    }
    merged.sort_unstable();
    let wanted: BTreeSet<u32> = merged.iter().flat_map(|(_, one, other)| [*one, *other]).collect();
    let mut names: HashMap<u32, &str> = HashMap::new();
    for (document, truth) in problem.documents.iter().zip(&problem.truth) {
        for (record, entity) in document.records.iter().zip(truth).filter(|(_, entity)| wanted.contains(entity)) {
            names.entry(*entity).or_insert(record.names.first().map_or("", String::as_str));
        }
    }
    let name = |entity: u32| names.get(&entity).copied().unwrap_or_default().to_owned();
    let of = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 1.0 };
    Linked {
        pairs: Shares::new(of(right, taken), of(found, truth)),
        b_cubed: Shares::new(of(precision, records), of(recall, records)),
        false_merges_per_1000: of(false_merges.values().sum::<usize>() as f64 * 1000.0, of_entity.len() as f64),
        false_merges,
        examples: merged.into_iter().map(|(why, one, other)| (why, name(one), name(other))).collect(),
    }
}

/// The share of pairs of records that stand for one entity of which the names share a key; `missed` gets some of those that
/// do not.
pub fn completeness(problem: &Problem, missed: &mut Vec<(String, String)>) -> f64 {
    let mut of_entity: Vec<Vec<&Record>> = vec![Vec::new(); problem.entities];
    for (document, truth) in problem.documents.iter().zip(&problem.truth) {
        for (record, &entity) in document.records.iter().zip(truth) {
            if is_linkable(record) {
                of_entity[entity as usize].push(record);
            }
        }
    }
    let pairs: Vec<(&Record, &Record)> = of_entity
        .iter()
        .enumerate()
        .filter(|(_, records)| records.len() > 1)
        .flat_map(|(entity, records)| {
            let mut random = Random::new(8, entity as u64);
            (0..PAIRS.min(records.len() - 1)).map(move |_| {
                let one = random.below(records.len());
                (records[one], records[(one + 1 + random.below(records.len() - 1)) % records.len()])
            })
        })
        .collect();
    let apart = |(one, other): &&(&Record, &Record)| one.local != other.local && !share_key(one, other);
    let apart: Vec<&(&Record, &Record)> = pairs.par_iter().filter(apart).collect();
    missed.extend(apart.iter().map(|(one, other)| (one.names.join(" / "), other.names.join(" / "))));
    1.0 - apart.len() as f64 / pairs.len().max(1) as f64
}

/// Whether one of the names tells enough to be another's too.
fn is_linkable(record: &Record) -> bool {
    let least = if record.kind == EntityType::Person { 2 } else { 1 };
    record.names.iter().any(|name| {
        let name = Name::parse(name, kind(record.kind));
        let told = name.parts().iter().filter(|part| part.role.is_content() || part.number.is_some()).count();
        told >= least
    })
}

fn share_key(one: &Record, other: &Record) -> bool {
    let all = |record: &Record| -> Vec<u64> {
        record.names.iter().flat_map(|name| keys(&Name::parse(name, kind(record.kind)))).collect()
    };
    let others = all(other);
    all(one).iter().any(|key| others.contains(key))
}

fn kind(kind: EntityType) -> NameKind {
    match kind {
        EntityType::Person => NameKind::Person,
        EntityType::Organization => NameKind::Organization,
        EntityType::Facility => NameKind::Facility,
        _ => NameKind::Place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truth(problem: &Problem) -> HashMap<(&str, &str), String> {
        let mut all = HashMap::new();
        for (document, truth) in problem.documents.iter().zip(&problem.truth) {
            for (record, entity) in document.records.iter().zip(truth) {
                all.insert((document.document.as_str(), record.local.as_str()), format!("entity {entity}"));
            }
        }
        all
    }

    #[test]
    fn the_truth_is_without_fault() {
        let problem = Problem::new(600, 3);
        let truth = truth(&problem);
        let linked = measure(&problem, |document, record| &truth[&(document, record.local.as_str())]);
        assert_eq!((linked.pairs, linked.b_cubed), (Shares::new(1.0, 1.0), Shares::new(1.0, 1.0)));
        assert_eq!(linked.false_merges_per_1000, 0.0);
    }

    #[test]
    fn everything_in_one_finds_all_and_is_wrong() {
        let problem = Problem::new(600, 3);
        let linked = measure(&problem, |_, _| "one");
        assert_eq!((linked.pairs.recall, linked.b_cubed.recall), (1.0, 1.0));
        assert!(linked.pairs.precision < 0.1 && linked.b_cubed.precision < 0.1, "{linked:?}");
        assert_eq!(linked.false_merges.values().sum::<usize>(), problem.entities - 1);
    }

    #[test]
    fn nothing_in_one_is_right_and_finds_nothing() {
        let problem = Problem::new(600, 3);
        let names: Vec<Vec<String>> = (0..problem.documents.len())
            .map(|at| (0..problem.documents[at].records.len()).map(|record| format!("{at} {record}")).collect())
            .collect();
        let own: HashMap<(&str, &str), &str> = problem
            .documents
            .iter()
            .zip(&names)
            .flat_map(|(document, names)| {
                let keys = document.records.iter().map(|record| (document.document.as_str(), record.local.as_str()));
                keys.zip(names.iter().map(String::as_str))
            })
            .collect();
        let linked = measure(&problem, |document, record| own[&(document, record.local.as_str())]);
        assert_eq!((linked.pairs.precision, linked.pairs.recall, linked.b_cubed.precision), (1.0, 0.0, 1.0));
        assert!(linked.b_cubed.recall > 0.0);
    }

    #[test]
    fn a_wrong_merge_is_counted_once() {
        let problem = Problem::new(600, 3);
        let truth = truth(&problem);
        let [one, other] = ["entity 1", "entity 2"];
        let merged = |iri: &'_ str| if iri == other { one.to_owned() } else { iri.to_owned() };
        let merged: HashMap<(&str, &str), String> = truth.iter().map(|(key, iri)| (*key, merged(iri))).collect();
        let linked = measure(&problem, |document, record| &merged[&(document, record.local.as_str())]);
        assert_eq!(linked.false_merges.values().sum::<usize>(), 1);
        assert!(linked.pairs.precision < 1.0 && linked.pairs.recall == 1.0);
    }
}
