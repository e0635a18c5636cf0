//! Holding nodes against shapes.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Term};

use super::data::Data;
use super::path::{Path, Values};
use super::shapes::{Constraint, Shape, Shapes, Target};
use super::values::{compare, is_well_formed};
use super::vocabulary::sh;
use super::{Found, ValidationError};

/// How deep shapes may lead to other shapes: those that lead to themselves over data in a circle never end.
const DEEPEST: usize = 128;

pub(super) struct Checker<'s> {
    pub shapes: &'s Shapes,
    pub data: Data<'s>,
}

type Checked<T> = Result<T, ValidationError>;

impl Checker<'_> {
    /// What does not conform, of every node that a shape is for.
    pub fn all(&self) -> Checked<Vec<Found>> {
        let mut found = Vec::new();
        for (number, shape) in self.shapes.list.iter().enumerate().filter(|(_, shape)| !shape.deactivated) {
            let mut focus = Values::new();
            for target in &shape.targets {
                focus.extend(self.targets(target)?);
            }
            for node in focus.values() {
                self.shape(number, node, &mut found, 0)?;
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn targets(&self, target: &Target) -> Checked<Values> {
        Ok(match target {
            Target::Node(node) => Values::from([(node.to_string(), node.clone())]),
            Target::Class(class) => self.data.instances(class)?,
            Target::SubjectsOf(property) => self.data.ends(property, true)?,
            Target::ObjectsOf(property) => self.data.ends(property, false)?,
        })
    }

    fn conforms(&self, shape: usize, node: &Term, depth: usize) -> Checked<bool> {
        let mut found = Vec::new();
        self.shape(shape, node, &mut found, depth)?;
        Ok(found.is_empty())
    }

    /// Adds what of `focus` does not conform to a shape.
    fn shape(&self, number: usize, focus: &Term, found: &mut Vec<Found>, depth: usize) -> Checked<()> {
        if depth > DEEPEST {
            return Err(ValidationError::Endless { shape: self.shapes.list[number].id.to_string() });
        }
        let shape = &self.shapes.list[number];
        if shape.deactivated {
            return Ok(());
        }
        let values = match &shape.path {
            Some(path) => path.values(&self.data, focus)?,
            None => Values::from([(focus.to_string(), focus.clone())]),
        };
        for constraint in &shape.constraints {
            self.constraint(shape, constraint, focus, &values, found, depth)?;
        }
        Ok(())
    }

    fn constraint(
        &self,
        shape: &Shape,
        constraint: &Constraint,
        focus: &Term,
        values: &Values,
        found: &mut Vec<Found>,
        depth: usize,
    ) -> Checked<()> {
        let mut add = |component: &'static str, value: Option<&Term>| {
            found.push(Found::new(shape, component, focus, value.cloned()));
        };
        let of_each = |component: &'static str,
                       fits: &dyn Fn(&Term) -> Checked<bool>,
                       add: &mut dyn FnMut(&'static str, Option<&Term>)| {
            for value in values.values() {
                if !fits(value)? {
                    add(component, Some(value));
                }
            }
            Ok::<(), ValidationError>(())
        };
        match constraint {
            Constraint::MinCount(least) if values.len() < *least => add("MinCount", None),
            Constraint::MaxCount(most) if values.len() > *most => add("MaxCount", None),
            Constraint::MinCount(_) | Constraint::MaxCount(_) => {}
            Constraint::HasValue(wanted) => {
                if !values.contains_key(&wanted.to_string()) {
                    add("HasValue", None);
                }
            }
            Constraint::UniqueLang => self.unique_languages(values, &mut add),
            Constraint::Equals(property) => {
                let other = self.other(focus, property)?;
                let differ = values.iter().filter(|(key, _)| !other.contains_key(*key));
                let missing = other.iter().filter(|(key, _)| !values.contains_key(*key));
                differ.chain(missing).for_each(|(_, value)| add("Equals", Some(value)));
            }
            Constraint::Disjoint(property) => {
                let other = self.other(focus, property)?;
                values
                    .iter()
                    .filter(|(key, _)| other.contains_key(*key))
                    .for_each(|(_, value)| add("Disjoint", Some(value)));
            }
            Constraint::LessThan(property) | Constraint::LessThanOrEquals(property) => {
                let strict = matches!(constraint, Constraint::LessThan(_));
                let component = if strict { "LessThan" } else { "LessThanOrEquals" };
                for other in self.other(focus, property)?.values() {
                    for value in values.values() {
                        if !order(value, other).is_some_and(|order| order.is_lt() || (!strict && order.is_eq())) {
                            add(component, Some(value));
                        }
                    }
                }
            }
            Constraint::Property(inner) => {
                for value in values.values() {
                    self.shape(*inner, value, found, depth + 1)?;
                }
            }
            Constraint::Closed(allowed) => {
                for value in values.values() {
                    for (predicate, objects) in self.data.properties(value)? {
                        if !allowed.contains(&predicate) {
                            let path = Path::Predicate(predicate);
                            objects.into_iter().for_each(|object| {
                                found.push(Found {
                                    path: Some(path.clone()),
                                    ..Found::new(shape, "Closed", focus, Some(object))
                                })
                            });
                        }
                    }
                }
            }
            Constraint::Qualified { shape: inner, min, max, siblings } => {
                let mut fitting = 0;
                for value in values.values() {
                    let mut fits = self.conforms(*inner, value, depth + 1)?;
                    for sibling in siblings {
                        fits = fits && !self.conforms(*sibling, value, depth + 1)?;
                    }
                    fitting += usize::from(fits);
                }
                if min.is_some_and(|min| fitting < min) {
                    add("QualifiedMinCount", None);
                }
                if max.is_some_and(|max| fitting > max) {
                    add("QualifiedMaxCount", None);
                }
            }
            _ => {
                let component = of_value(constraint);
                of_each(component, &|value| self.fits(constraint, value, depth), &mut add)?;
            }
        }
        Ok(())
    }

    /// Whether a value fits a constraint on values one by one.
    fn fits(&self, constraint: &Constraint, value: &Term, depth: usize) -> Checked<bool> {
        let count = |shapes: &[usize]| -> Checked<usize> {
            shapes.iter().map(|shape| self.conforms(*shape, value, depth + 1).map(usize::from)).sum()
        };
        let bound = |limit: &oxigraph::model::Literal| match value {
            Term::Literal(literal) => compare(literal, limit),
            _ => None,
        };
        Ok(match constraint {
            Constraint::Class(class) => self.data.is_a(value, class)?,
            Constraint::Datatype(datatype) => {
                matches!(value, Term::Literal(literal) if literal.datatype() == datatype.as_ref() && is_well_formed(literal))
            }
            Constraint::NodeKind(kind) => is_kind(value, kind),
            Constraint::MinExclusive(limit) => bound(limit).is_some_and(|order| order.is_gt()),
            Constraint::MinInclusive(limit) => bound(limit).is_some_and(|order| order.is_ge()),
            Constraint::MaxExclusive(limit) => bound(limit).is_some_and(|order| order.is_lt()),
            Constraint::MaxInclusive(limit) => bound(limit).is_some_and(|order| order.is_le()),
            Constraint::MinLength(least) => text(value).is_some_and(|text| text.chars().count() >= *least),
            Constraint::MaxLength(most) => text(value).is_some_and(|text| text.chars().count() <= *most),
            Constraint::Pattern(pattern) => text(value).is_some_and(|text| pattern.is_match(text)),
            Constraint::LanguageIn(tags) => {
                let language = match value {
                    Term::Literal(literal) => literal.language().map(str::to_lowercase),
                    _ => None,
                };
                language.is_some_and(|own| {
                    tags.iter().any(|tag| {
                        own == *tag || own.strip_prefix(tag.as_str()).is_some_and(|rest| rest.starts_with('-'))
                    })
                })
            }
            Constraint::Not(shape) => !self.conforms(*shape, value, depth + 1)?,
            Constraint::And(shapes) => count(shapes)? == shapes.len(),
            Constraint::Or(shapes) => count(shapes)? > 0,
            Constraint::Xone(shapes) => count(shapes)? == 1,
            Constraint::Node(shape) => self.conforms(*shape, value, depth + 1)?,
            Constraint::In(allowed) => allowed.contains(value),
            _ => true,
        })
    }

    fn unique_languages(&self, values: &Values, add: &mut dyn FnMut(&'static str, Option<&Term>)) {
        let languages: Vec<String> = values
            .values()
            .filter_map(|value| match value {
                Term::Literal(literal) => literal.language().map(str::to_lowercase),
                _ => None,
            })
            .collect();
        let known: BTreeSet<&String> = languages.iter().collect();
        let twice = known.iter().filter(|language| languages.iter().filter(|other| *other == **language).count() > 1);
        twice.for_each(|_| add("UniqueLang", None));
    }

    fn other(&self, focus: &Term, property: &NamedNode) -> Checked<Values> {
        Ok(Path::Predicate(property.clone()).values(&self.data, focus)?)
    }
}

fn order(one: &Term, other: &Term) -> Option<std::cmp::Ordering> {
    match (one, other) {
        (Term::Literal(one), Term::Literal(other)) => compare(one, other),
        _ => None,
    }
}

/// The text of an IRI or literal.
fn text(value: &Term) -> Option<&str> {
    match value {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

fn is_kind(value: &Term, kind: &NamedNode) -> bool {
    let own = match value {
        Term::NamedNode(_) => "IRI",
        Term::BlankNode(_) => "BlankNode",
        _ => "Literal",
    };
    sh(kind).is_some_and(|kind| kind == own || kind.split("Or").any(|one| one == own))
}

/// The name of the component of a constraint on values one by one.
fn of_value(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::Class(_) => "Class",
        Constraint::Datatype(_) => "Datatype",
        Constraint::NodeKind(_) => "NodeKind",
        Constraint::MinExclusive(_) => "MinExclusive",
        Constraint::MinInclusive(_) => "MinInclusive",
        Constraint::MaxExclusive(_) => "MaxExclusive",
        Constraint::MaxInclusive(_) => "MaxInclusive",
        Constraint::MinLength(_) => "MinLength",
        Constraint::MaxLength(_) => "MaxLength",
        Constraint::Pattern(_) => "Pattern",
        Constraint::LanguageIn(_) => "LanguageIn",
        Constraint::Not(_) => "Not",
        Constraint::And(_) => "And",
        Constraint::Or(_) => "Or",
        Constraint::Xone(_) => "Xone",
        Constraint::Node(_) => "Node",
        _ => "In",
    }
}
