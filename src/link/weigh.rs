//! Entities held against each other for somebody who looks, rather than to link them.

use std::collections::{BTreeSet, HashMap};

use super::apart::{Apart, apart, own};
use super::life::Life;
use super::node::{Facts, Node};
use super::odds;
use super::record::Record;
use super::resolve::{DocumentRecords, MOST_POSSIBLE, Pair};

/// How likely the entities are one that have IRIs of `one` and of `other` in their documents, and why; none where no
/// document names either side, or where they are of different kinds.
pub fn weigh(
    documents: &[DocumentRecords],
    set_apart: &Apart,
    one: &BTreeSet<String>,
    other: &BTreeSet<String>,
) -> Option<Pair> {
    let facts = Facts::new(documents.iter().flat_map(|document| &document.records));
    let node = |iris: &BTreeSet<String>| {
        let records = named(documents, set_apart, iris);
        let first = own(set_apart, &documents[records.first()?.0 as usize].document, &records.first()?.1.local);
        Some(Node::new(first, &records, &facts))
    };
    let (left, right) = (node(one)?, node(other)?);
    if odds::name_kind(left.kind) != odds::name_kind(right.kind) {
        return None;
    }
    let (odds, reasons) = odds::explained(&left, &right, &facts);
    Some(Pair { entities: (left.iri, right.iri), odds, reasons })
}

/// The entity that has `iris` in its documents, beside itself as each of these has it, by their ids. Nothing where one
/// document alone has it.
pub fn in_documents(documents: &[DocumentRecords], set_apart: &Apart, iris: &BTreeSet<String>) -> Vec<(String, Pair)> {
    let facts = Facts::new(documents.iter().flat_map(|document| &document.records));
    let records = named(documents, set_apart, iris);
    let iri = |(number, record): (u32, &Record)| {
        own(set_apart, &documents[number as usize].document, &record.local).to_owned()
    };
    let mut counts: HashMap<String, u32> = HashMap::new();
    for &record in &records {
        *counts.entry(iri(record)).or_default() += 1;
    }
    let beside = |at: usize| {
        let (number, record) = records[at];
        let (document, common) = (&documents[number as usize].document, iri(records[at]));
        // What no other document calls so has an IRI of its own already.
        let single = if counts[&common] > 1 { apart(record.kind, document, &record.local) } else { common };
        let others: Vec<(u32, &Record)> =
            records.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, record)| *record).collect();
        let rest = iri(*others.first()?);
        let (odds, reasons) = odds::explained(
            &Node::new(&rest, &others, &facts),
            &Node::new(&single, &[(number, record)], &facts),
            &facts,
        );
        Some((document.clone(), Pair { entities: (rest, single), odds, reasons }))
    };
    (0..records.len()).filter_map(beside).collect()
}

/// The records that have one of `iris`, with the numbers of their documents.
fn named<'r>(documents: &'r [DocumentRecords], set_apart: &Apart, iris: &BTreeSet<String>) -> Vec<(u32, &'r Record)> {
    let mut records: Vec<(u32, &Record)> = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let fitting =
            document.records.iter().filter(|record| iris.contains(own(set_apart, &document.document, &record.local)));
        records.extend(fitting.map(|record| (number as u32, record)));
    }
    records
}

/// Documents under one IRI that say what excludes what most others say, each as a pair with the others. Rare names are
/// rarely of two people, and what is read of a life is sometimes wrong: so this is for somebody to look at.
pub(super) fn mixed(
    iri: &str,
    records: &[(u32, &Record)],
    documents: &[&DocumentRecords],
    facts: &Facts<'_>,
) -> Vec<(Pair, String)> {
    let mut lives: Vec<(Life, usize)> = Vec::new();
    for life in records.iter().map(|(_, record)| Life::of(record)) {
        match lives.iter_mut().find(|(known, _)| known.conflicts(&life).next().is_none()) {
            Some((known, count)) => (*known, *count) = (known.or(life), *count + 1),
            None => lives.push((life, 1)),
        }
    }
    if lives.len() < 2 {
        return Vec::new();
    }
    // The first of those that most documents agree with.
    let most = lives.iter().map(|(_, count)| *count).max();
    let Some((main, _)) = lives.iter().find(|(_, count)| Some(*count) == most) else { return Vec::new() };
    let (others, rest): (Vec<_>, Vec<_>) =
        records.iter().copied().partition(|(_, record)| main.conflicts(&Life::of(record)).next().is_some());
    if rest.is_empty() {
        return Vec::new();
    }
    let rest = Node::new(iri, &rest, facts);
    let pair = |(number, record): (u32, &Record)| {
        let document = &documents[number as usize].document;
        let own = apart(record.kind, document, &record.local);
        let (odds, reasons) = odds::explained(&rest, &Node::new(&own, &[(number, record)], facts), facts);
        (Pair { entities: (iri.to_owned(), own), odds, reasons }, document.clone())
    };
    others.into_iter().take(MOST_POSSIBLE).map(pair).collect()
}
