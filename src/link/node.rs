//! Entities by the IRI of their documents: what all records under one IRI say together.

use std::collections::HashMap;

use super::life::Life;
use super::names::Name;
use super::odds::{is_comparable, name_kind};
use super::record::{Fact, FactKind, Record};
use crate::model::EntityType;

/// Names of a node that are compared.
const MOST_NAMES: usize = 8;
/// Facts of a node that are compared.
const MOST_FACTS: usize = 256;

/// An entity as the records under one IRI have it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub iri: String,
    pub kind: EntityType,
    /// Whether the gazetteer knows it.
    pub listed: bool,
    /// Names that can be held against others, those of most records first.
    pub names: Vec<Name>,
    pub life: Life,
    /// Numbers of facts, in order.
    pub facts: Vec<u32>,
    /// Numbers of documents, in order.
    pub documents: Vec<u32>,
}

impl Node {
    /// What the records under `iri` say; `records` with the numbers of their documents, in the order of these.
    pub fn new(iri: &str, records: &[(u32, &Record)], facts: &Facts) -> Self {
        let (_, first) = records[0];
        let kind = first.kind;
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for name in records.iter().flat_map(|(_, record)| &record.names) {
            *counts.entry(name).or_default() += 1;
        }
        let mut names: Vec<(&str, u32)> = counts.into_iter().collect();
        names.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let names = name_kind(kind).map_or_else(Vec::new, |kind| {
            names.iter().map(|(name, _)| Name::parse(name, kind)).filter(is_comparable).take(MOST_NAMES).collect()
        });
        let mut numbers: Vec<u32> =
            records.iter().flat_map(|(_, record)| &record.facts).filter_map(|fact| facts.number(fact)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(MOST_FACTS);
        let mut documents: Vec<u32> = records.iter().map(|(document, _)| *document).collect();
        documents.dedup();
        let life = Life::of_all(records.iter().map(|(_, record)| *record));
        let listed = first.rule == super::LinkRule::Gazetteer && first.local == iri;
        Self { iri: iri.to_owned(), kind, listed, names, life, facts: numbers, documents }
    }

    /// Whether a document names both.
    pub fn stands_beside(&self, other: &Self) -> bool {
        let (few, many) = if self.documents.len() < other.documents.len() { (self, other) } else { (other, self) };
        few.documents.iter().any(|document| many.documents.binary_search(document).is_ok())
    }
}

/// What records are said to share, and how rare it is.
#[derive(Debug, Default)]
pub(super) struct Facts<'r> {
    numbers: HashMap<&'r Fact, u32>,
    list: Vec<&'r Fact>,
    /// How many records have each.
    counts: Vec<u32>,
    /// Records in all.
    records: usize,
}

impl<'r> Facts<'r> {
    pub fn new(records: impl Iterator<Item = &'r Record>) -> Self {
        let mut facts = Self::default();
        for record in records {
            facts.records += 1;
            for fact in &record.facts {
                let next = facts.list.len() as u32;
                let number = *facts.numbers.entry(fact).or_insert(next);
                if number == next {
                    facts.list.push(fact);
                    facts.counts.push(0);
                }
                facts.counts[number as usize] += 1;
            }
        }
        facts
    }

    fn number(&self, fact: &Fact) -> Option<u32> {
        self.numbers.get(fact).copied()
    }

    /// How many records have a fact.
    pub fn count(&self, fact: u32) -> u32 {
        self.counts[fact as usize]
    }

    /// What both have, with the natural logarithm of its rarity, the rarest first.
    pub fn shared(&self, one: &Node, other: &Node) -> Vec<(u32, f64)> {
        let (few, many) = if one.facts.len() < other.facts.len() { (one, other) } else { (other, one) };
        let mut shared: Vec<(u32, f64)> = few
            .facts
            .iter()
            .filter(|fact| many.facts.binary_search(fact).is_ok())
            .map(|&fact| (fact, self.rarity(fact)))
            .collect();
        shared.sort_by(|one, other| {
            other.1.total_cmp(&one.1).then_with(|| self.list[one.0 as usize].cmp(self.list[other.0 as usize]))
        });
        shared
    }

    fn rarity(&self, fact: u32) -> f64 {
        let kind = match self.list[fact as usize].kind {
            FactKind::Event => 1.5,
            FactKind::Company => 1.2,
            FactKind::Site => 1.0,
            FactKind::Body => 0.7,
            FactKind::Place => 0.5,
            FactKind::Trait => 0.4,
        };
        let records = self.records as f64 + 10.0;
        kind * (records / (f64::from(self.counts[fact as usize]) + 1.0)).ln().max(0.0)
    }

    /// Whether both are said to be in cities, and in none together.
    pub fn in_other_cities(&self, one: &Node, other: &Node) -> bool {
        let is_city = |fact: &u32| {
            let Fact { kind, value } = self.list[*fact as usize];
            *kind == FactKind::Place && value.contains("/city/")
        };
        let of = |node: &Node| -> Vec<u32> { node.facts.iter().copied().filter(is_city).collect() };
        let (one, other) = (of(one), of(other));
        !one.is_empty() && !other.is_empty() && one.iter().all(|fact| other.binary_search(fact).is_err())
    }

    /// A fact in words.
    pub fn told(&self, fact: u32) -> &str {
        &self.list[fact as usize].value
    }
}
