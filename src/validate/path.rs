//! Paths from a node to values.

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::data::Data;
use super::shapes::term;
use crate::store::StoreError;

/// Steps of a path that is walked again and again.
const MOST_STEPS: usize = 100_000;

/// A path of SHACL.
#[derive(Debug, Clone)]
pub(super) enum Path {
    Predicate(NamedNode),
    Inverse(Box<Path>),
    Sequence(Vec<Path>),
    Alternative(Vec<Path>),
    ZeroOrMore(Box<Path>),
    OneOrMore(Box<Path>),
    ZeroOrOne(Box<Path>),
}

/// Terms in the order in which they are written.
pub(super) type Values = std::collections::BTreeMap<String, Term>;

fn put(values: &mut Values, term: Term) {
    values.insert(term.to_string(), term);
}

impl Path {
    /// The values that it leads to.
    pub fn values(&self, data: &Data<'_>, from: &Term) -> Result<Values, StoreError> {
        self.walk(data, from, false)
    }

    fn walk(&self, data: &Data<'_>, from: &Term, back: bool) -> Result<Values, StoreError> {
        let mut values = Values::new();
        match self {
            Self::Predicate(predicate) => {
                let found = if back { data.subjects(from, predicate)? } else { data.objects(from, predicate)? };
                found.into_iter().for_each(|term| put(&mut values, term));
            }
            Self::Inverse(path) => return path.walk(data, from, !back),
            Self::Sequence(steps) => {
                put(&mut values, from.clone());
                let order: Vec<&Path> = if back { steps.iter().rev().collect() } else { steps.iter().collect() };
                for step in order {
                    let mut next = Values::new();
                    for value in values.values() {
                        next.extend(step.walk(data, value, back)?);
                    }
                    values = next;
                }
            }
            Self::Alternative(ways) => {
                for way in ways {
                    values.extend(way.walk(data, from, back)?);
                }
            }
            Self::ZeroOrOne(path) => {
                values = path.walk(data, from, back)?;
                put(&mut values, from.clone());
            }
            Self::ZeroOrMore(path) | Self::OneOrMore(path) => {
                let mut open = vec![from.clone()];
                if matches!(self, Self::ZeroOrMore(_)) {
                    put(&mut values, from.clone());
                }
                let mut walked = BTreeSet::new();
                while let Some(at) = open.pop() {
                    if !walked.insert(at.to_string()) || walked.len() > MOST_STEPS {
                        continue;
                    }
                    for (_, next) in path.walk(data, &at, back)? {
                        put(&mut values, next.clone());
                        open.push(next);
                    }
                }
            }
        }
        Ok(values)
    }

    /// The path as triples of a report, and the node that stands for it; `fresh` gives new blank nodes.
    pub fn describe(
        &self,
        triples: &mut Vec<(NamedOrBlankNode, NamedNode, Term)>,
        fresh: &mut dyn FnMut() -> NamedOrBlankNode,
    ) -> Term {
        match self {
            Self::Predicate(predicate) => predicate.clone().into(),
            Self::Sequence(paths) => list(paths, triples, fresh),
            Self::Alternative(paths) => {
                let inner = list(paths, triples, fresh);
                let node = fresh();
                triples.push((node.clone(), term("alternativePath"), inner));
                node.into()
            }
            Self::Inverse(path) | Self::ZeroOrMore(path) | Self::OneOrMore(path) | Self::ZeroOrOne(path) => {
                let name = match self {
                    Self::Inverse(_) => "inversePath",
                    Self::ZeroOrMore(_) => "zeroOrMorePath",
                    Self::OneOrMore(_) => "oneOrMorePath",
                    _ => "zeroOrOnePath",
                };
                let inner = path.describe(triples, fresh);
                let node = fresh();
                triples.push((node.clone(), term(name), inner));
                node.into()
            }
        }
    }
}

fn list(
    paths: &[Path],
    triples: &mut Vec<(NamedOrBlankNode, NamedNode, Term)>,
    fresh: &mut dyn FnMut() -> NamedOrBlankNode,
) -> Term {
    let mut rest: Term = rdf::NIL.into_owned().into();
    for path in paths.iter().rev() {
        let first = path.describe(triples, fresh);
        let cell = fresh();
        triples.push((cell.clone(), rdf::FIRST.into_owned(), first));
        triples.push((cell.clone(), rdf::REST.into_owned(), rest));
        rest = cell.into();
    }
    rest
}
