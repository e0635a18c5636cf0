//! Named mentions: what several independent layers say of a text, weighed against each other.
//!
//! The layers are the language model (`analysis.names`), the names encoder of accurate readings
//! (`analysis.tagging`), the rules (`rules.rs`: head nouns, patterns,
//! cues, name shapes), the gazetteer, and the rest of the document. None of them edits another: each
//! speaks for or against a candidate span, a table of weights (`weights.rs`) adds up what they say, and
//! the best candidates that do not overlap become mentions. Every mention records which layers spoke
//! for it and how much each of them counted.

mod candidate;
mod decide;
mod evidence;
mod features;
mod given;
mod listed;
mod marked;
mod persons;
mod rules;
mod sites;
mod weights;

#[cfg(test)]
mod tests;

pub use marked::{MarkedText, NameExample, name_examples};

use std::collections::HashSet;

use smol_str::SmolStr;

use super::lexicon::Lexicon;
use super::text::Text;
use crate::gazetteer::{Entry, Gazetteer};
use crate::model::{EntityType, MentionForm, Place, Span, WordShape};

/// A place is certain from this on.
const CERTAIN: f32 = 0.9;
/// How many more rows are kept of a name that may mean several places.
const CANDIDATES: usize = 3;

/// A mention on its way: words, type and the gazetteer rows it may be.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// Where it stands, if not on the bounds of words ("U.S." in "U.S.-backed").
    pub exact: Option<Span>,
    pub kind: EntityType,
    pub form: MentionForm,
    pub subtype: Option<String>,
    /// Rows of the gazetteer that have this name and type.
    pub entries: Vec<Entry>,
    pub rule: SmolStr,
    /// What each layer counted, for mentions that several layers were asked about.
    pub layers: Vec<(SmolStr, f32)>,
    pub confidence: f32,
    /// Between 0 and 1: how likely the first of several rows is the one that is meant.
    pub certainty: Option<f32>,
    pub gender: Option<char>,
    /// Several people or things.
    pub plural: bool,
    /// With a definite determiner ("the prison"), or a demonstrative.
    pub definite: bool,
    /// The noun that says what it is, for descriptions; the word itself, in lower case, for pronouns.
    pub head: String,
    /// The word that the others of the mention belong to.
    pub head_word: usize,
    /// A possessive pronoun ("his").
    pub possessive: bool,
    /// Not for the reading of clauses, which would take it for something it knows by name.
    pub quiet: bool,
}

impl Found {
    pub fn new(first: usize, end: usize, kind: EntityType, rule: &'static str, confidence: f32) -> Self {
        Self {
            first,
            end,
            exact: None,
            kind,
            form: MentionForm::Name,
            subtype: None,
            entries: Vec::new(),
            rule: SmolStr::new_static(rule),
            layers: Vec::new(),
            confidence,
            certainty: None,
            gender: None,
            plural: false,
            definite: false,
            head: String::new(),
            head_word: end.saturating_sub(1),
            possessive: false,
            quiet: false,
        }
    }

    /// Where the likeliest of its rows lies, with the next likely ones where there is doubt.
    pub fn place(&self) -> Option<Place> {
        let mut place = self.entries.first()?.place()?;
        // As it is written in an annotation line.
        place.score = self.certainty.map(|certainty| (certainty * 100.0).round() / 100.0);
        if place.score.is_some_and(|score| score < CERTAIN) {
            place.candidates = self.entries[1..].iter().take(CANDIDATES).map(|entry| entry.key.clone()).collect();
        }
        Some(place)
    }

    pub fn span(&self, text: &Text<'_>) -> Span {
        self.exact.unwrap_or_else(|| text.span(self.first, self.end))
    }
}

/// Finds named mentions, in order of position and without overlap.
pub(super) fn find(text: &Text<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Found> {
    let rules = rules::find(text, gazetteer, lexicon);
    if text.analysis.tokens.is_empty() && text.analysis.tagging.is_none() {
        return rules;
    }
    let evidence = evidence::Evidence::new(text, gazetteer, lexicon, &rules);
    let mut found = decide::decide(&evidence, weights::Weights::embedded(text.analysis.reading()));
    rules::houses(text, lexicon, &mut found);
    given::complete(text, lexicon, &mut found);
    short_names(text, &mut found);
    found
}

/// "Nordlicht", where the document names "Nordlicht Energy", and "(NLE)" right behind that name: not a place, of which
/// the gazetteer knows nothing, but the body.
fn short_names(text: &Text<'_>, found: &mut [Found]) {
    let bodies =
        found.iter().filter(|mention| mention.kind == EntityType::Organization && mention.end - mention.first > 1);
    let firsts: HashSet<String> = bodies.clone().map(|body| text.folded(body.first).to_owned()).collect();
    let ends: HashSet<usize> = bodies.map(|body| body.end).collect();
    for mention in found.iter_mut().filter(|mention| mention.kind.is_geographic() && mention.entries.is_empty()) {
        let bracketed = text.shape(mention.first) == WordShape::Upper
            && mention.first > 0
            && text.word(mention.first - 1) == "("
            && ends.contains(&(mention.first - 1));
        if mention.end - mention.first == 1 && (bracketed || firsts.contains(text.folded(mention.first))) {
            mention.kind = EntityType::Organization;
            mention.subtype = None;
        }
    }
}
