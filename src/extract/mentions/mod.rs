//! Mentions without a name: descriptions ("a Syrian pilot", "the government") and pronouns.
//!
//! `descriptions.rs` reads the nouns that the lexicon knows much of, by the words around them; `nouns.rs`
//! every other noun of its tables, by the dependencies; `pronouns.rs` the pronouns. None of them changes a
//! name, and no description overlaps a name but that of a nationality.

mod counts;
mod descriptions;
mod grounds;
mod nouns;
mod phrase;
mod pronouns;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::events::Frames;
use super::lexicon::Lexicon;
use super::names::Found;
use super::nouns::Nouns;
use super::syntax::Syntax;
use super::text::Text;
use crate::gazetteer::{Gazetteer, NameRole};
use crate::model::EntityType;

/// What the finders look at.
struct Finder<'a, 't> {
    text: &'a Text<'t>,
    syntax: &'a Syntax<'t>,
    lexicon: &'a Lexicon,
    nouns: &'a Nouns,
    gazetteer: &'a Gazetteer,
    frames: &'a Frames,
    /// Word → whether a name or a description covers it.
    taken: Vec<bool>,
    /// Word → whether a name of a person begins there.
    persons: Vec<bool>,
}

/// Finds descriptions and pronouns beside `names`, which must be in order.
pub(super) fn find(
    text: &Text<'_>,
    names: &[Found],
    gazetteer: &Gazetteer,
    frames: &Frames,
    lexicon: &Lexicon,
) -> Vec<Found> {
    let mut taken = vec![false; text.len()];
    let mut persons = vec![false; text.len()];
    for name in names {
        taken[name.first..name.end].fill(true);
        persons[name.first] |= name.kind == EntityType::Person;
    }
    let mut finder =
        Finder { text, syntax: &text.syntax, lexicon, nouns: Nouns::embedded(), gazetteer, frames, taken, persons };
    let mut found = finder.descriptions();
    for mention in &mut found {
        finder.complete(mention);
    }
    // A nationality inside a description does not free its words for another.
    for mention in &found {
        finder.taken[mention.first..mention.end].fill(true);
    }
    let peoples = finder.peoples();
    found.extend(peoples);
    let named = finder.nouns();
    found.extend(named);
    let known: HashSet<usize> = found.iter().filter(|one| one.end - one.first == 1).map(|one| one.first).collect();
    found.extend(finder.modifiers().into_iter().filter(|modifier| !known.contains(&modifier.first)));
    found.extend(finder.counts());
    found.extend(finder.grounds());
    found.extend(finder.pronouns());
    found
}

impl Finder<'_, '_> {
    /// "Russian troops": adjectives of a people that no name covers.
    fn peoples(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for word in (0..self.text.len()).filter(|&word| !self.taken[word] && self.text.is_capital(word)) {
            let hits = self.gazetteer.lookup_folded(self.text.folded(word));
            let entries: Vec<_> =
                hits.into_iter().filter(|hit| hit.role == NameRole::Demonym).map(|hit| hit.entry).collect();
            if !entries.is_empty() && self.syntax.tag(word) == "JJ" {
                let mention = Found::new(word, word + 1, EntityType::Nationality, "gazetteer:demonym", 0.7);
                found.push(Found { entries, ..mention });
            }
        }
        found
    }

    fn is_demonym(&self, word: usize) -> bool {
        self.text.is_capital(word)
            && self.gazetteer.lookup_folded(self.text.folded(word)).iter().any(|hit| hit.role == NameRole::Demonym)
    }
}
