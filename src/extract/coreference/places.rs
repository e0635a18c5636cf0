//! Places that are called by what they are: "the country", "the city".

use std::collections::HashSet;

use super::{MOST_BACK, Resolver};
use crate::model::{EntityType, MentionForm};

/// Sentences back in which the place that is meant was named.
const REACH: usize = 2;
/// Which part of what a text says of countries must be of one for "the country" to mean it.
const MOST: f32 = 0.6;

impl Resolver<'_, '_> {
    /// The place that a description means.
    pub(super) fn place(&mut self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        let definite = matches!(self.text.lower(self.first_word(index)), "the" | "this" | "that");
        if mention.plural || !definite {
            return None;
        }
        // "the capital city" is as plain as "the city".
        let between = self.first_word(index) + 1..mention.head_word;
        let plain = between.clone().all(|at| self.text.lower(at) == "capital");
        if plain && (mention.head == "capital" || !between.is_empty()) {
            return self.capital(index).or_else(|| self.same_noun(index, MOST_BACK).first().copied());
        }
        let named = plain.then(|| match mention.kind {
            EntityType::Country => self.only_or_main(index, EntityType::Country),
            EntityType::City => self.nearest(index, EntityType::City).or_else(|| self.main(index, EntityType::City)),
            EntityType::Region => self.region(index),
            _ => None,
        });
        named.flatten().or_else(|| self.same_noun(index, MOST_BACK).first().copied())
    }

    /// The only capital among the cities named shortly before, else among all that the document names so far. A capital
    /// is that of a country whose name or adjective the document uses.
    fn capital(&self, index: usize) -> Option<usize> {
        let countries =
            self.found.iter().filter_map(|found| found.entries.first()).filter(|row| row.kind == EntityType::Country);
        let capitals: HashSet<&str> = countries.filter_map(|row| row.city.as_deref()).collect();
        let is_capital = |entity: &usize| {
            let city = &self.entities[*entity];
            capitals.contains(city.name.as_str())
                || city.canonical.as_deref().is_some_and(|name| capitals.contains(name))
        };
        let mut near: Vec<usize> = self.before(index, EntityType::City).filter(is_capital).collect();
        if near.is_empty() {
            let all = self.of[..index].iter().flatten().copied();
            near = all.filter(|&entity| self.entities[entity].kind == EntityType::City).filter(is_capital).collect();
        }
        let first = *near.first()?;
        near.iter().all(|other| *other == first).then_some(first)
    }

    /// Places of a kind that were named shortly before, the nearest first, once for each mention.
    fn before(&self, index: usize, kind: EntityType) -> impl Iterator<Item = usize> + '_ {
        (0..index)
            .rev()
            .take(MOST_BACK)
            .take_while(move |&other| self.sentence[other] + REACH >= self.sentence[index])
            .filter(|&other| self.found[other].form == MentionForm::Name)
            .filter_map(|other| self.of[other])
            .filter(move |&entity| self.entities[entity].kind == kind)
    }

    /// The only place of a kind spoken of just before; where there is none, the one that most of the text speaks of.
    fn only_or_main(&self, index: usize, kind: EntityType) -> Option<usize> {
        let near: Vec<usize> = self.before(index, kind).collect();
        match near.as_slice() {
            [first, rest @ ..] => rest.iter().all(|other| other == first).then_some(*first),
            [] => self.main(index, kind),
        }
    }

    /// The place of a kind that most of the text so far speaks of, where none was named just before.
    fn main(&self, index: usize, kind: EntityType) -> Option<usize> {
        if self.before(index, kind).next().is_some() {
            return None;
        }
        let mut counts: Vec<(usize, u32)> = Vec::new();
        for entity in self.of[index.saturating_sub(4 * MOST_BACK)..index].iter().flatten().copied() {
            if self.entities[entity].kind != kind || !self.entities[entity].named {
                continue;
            }
            match counts.iter_mut().find(|(known, _)| *known == entity) {
                Some((_, count)) => *count += 1,
                None => counts.push((entity, 1)),
            }
        }
        let all: u32 = counts.iter().map(|(_, count)| count).sum();
        let (most, count) = counts.into_iter().max_by_key(|&(entity, count)| (count, std::cmp::Reverse(entity)))?;
        (all > 1 && count as f32 >= MOST * all as f32).then_some(most)
    }

    /// The last place of a kind that was named, if no other was named in the same sentence.
    fn nearest(&self, index: usize, kind: EntityType) -> Option<usize> {
        let first = self.before(index, kind).next()?;
        let rival = (0..index)
            .rev()
            .take(MOST_BACK)
            .skip_while(|&other| self.of[other] != Some(first))
            .take_while(|&other| self.sentence[other] + REACH >= self.sentence[index])
            .filter(|&other| self.found[other].form == MentionForm::Name && self.kind(other) == kind)
            .any(|other| self.of[other] != Some(first) && self.sentence[other] + 1 >= self.sentence[index]);
        (!rival).then_some(first)
    }

    /// "the province" after one whose name says that it is one, or after the only region named just before.
    fn region(&self, index: usize) -> Option<usize> {
        let head = &self.found[index].head;
        let near: Vec<usize> = self.before(index, EntityType::Region).collect();
        let so_called = near.iter().copied().find(|&entity| self.entities[entity].name.to_lowercase().contains(head));
        so_called.or_else(|| match near.as_slice() {
            [first, rest @ ..] if rest.iter().all(|other| other == first) => Some(*first),
            _ => None,
        })
    }
}
