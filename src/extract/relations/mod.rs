//! Relations and attributes that need no event: where a site lies, who heads what, who is whose brother.
//!
//! Three readings of a sentence, each with what it knows in `data/lexicon/relations.toml`: rows of words around two
//! names (`phrases.rs`), verbs with what depends on them (`verbs.rs`), and rules for one kind each.

mod kinship;
mod known_as;
mod organization;
mod pattern;
mod person;
mod phrases;
mod posts;
mod settle;
mod site;
mod verbs;
mod wider;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::clause::Clause;
use super::coreference::Resolved;
use super::lexicon::Lexicon;
use super::text::Text;
use crate::model::{EntityType, MentionForm, Modality, Polarity, Relation, Span};
use pattern::Table;

/// What is said of an entity: entity, attribute, value, and the words that say it.
type Attributes = Vec<(usize, &'static str, String, Span)>;

/// Finds relations between entities, and writes attributes into the entities themselves.
pub(super) fn find(text: &Text<'_>, resolved: &mut Resolved, lexicon: &Lexicon) -> Vec<Relation> {
    let mut attributes: Attributes = Vec::new();
    let mut relations: Vec<Relation> = Vec::new();
    {
        let clause = Clause::new(text, &resolved.found, lexicon);
        let names = names_by_first_word(resolved);
        let finder = Finder { text, resolved, clause: &clause, lexicon, names: &names };
        for index in (0..resolved.found.len()).filter(|&index| !resolved.found[index].quiet) {
            let Some(sentence) = text.sentences().get(text.sentence_of(resolved.found[index].first)) else { continue };
            match resolved.found[index].kind {
                EntityType::Person => finder.person(index, sentence, &mut relations, &mut attributes),
                EntityType::Facility => finder.site(index, sentence, &mut relations, &mut attributes),
                EntityType::Organization => finder.organization(index, sentence, &mut relations),
                _ => {}
            }
            finder.wider_place(index, &mut relations);
        }
        for sentence in text.sentences() {
            finder.phrases(sentence, &mut relations);
            finder.verbs(sentence, &mut relations);
            finder.posts(sentence, &mut relations);
            finder.kin(sentence, &mut relations);
        }
    }
    for (entity, attribute, value, span) in attributes {
        let values = resolved.entities[entity].attributes.entry(attribute.to_owned()).or_default();
        if !values.iter().any(|(known, _)| *known == value) {
            values.push((value, span));
        }
    }
    settle::settle(relations)
}

/// First word → the longest name that begins there.
fn names_by_first_word(resolved: &Resolved) -> HashMap<usize, usize> {
    let mut names: HashMap<usize, usize> = HashMap::new();
    for (index, found) in resolved.found.iter().enumerate().filter(|(_, found)| found.form == MentionForm::Name) {
        let known = names.entry(found.first).or_insert(index);
        if resolved.found[*known].end < found.end {
            *known = index;
        }
    }
    names
}

/// What every rule reads.
struct Finder<'a, 't> {
    text: &'a Text<'t>,
    resolved: &'a Resolved,
    clause: &'a Clause<'a, 't>,
    lexicon: &'a Lexicon,
    /// First word → the longest name that begins there.
    names: &'a HashMap<usize, usize>,
}

impl Finder<'_, '_> {
    fn entity(&self, mention: usize) -> Option<usize> {
        self.resolved.mentions[mention].entity
    }

    fn push(
        &self,
        relations: &mut Vec<Relation>,
        kind: &str,
        pair: (Option<usize>, Option<usize>),
        evidence: Span,
        rule: &str,
        confidence: f32,
    ) {
        // People live somewhere or come from there; they do not lie there.
        let lies = |subject: usize| {
            kind != "locatedIn"
                || !matches!(self.resolved.entities[subject].kind, EntityType::Person | EntityType::PersonGroup)
        };
        if let (Some(subject), Some(object)) = pair
            && subject != object
            && lies(subject)
        {
            relations.push(Relation {
                kind: kind.to_owned(),
                subject,
                object,
                evidence,
                polarity: Polarity::Positive,
                modality: Modality::Actual,
                attribution: Vec::new(),
                rule: format!("relation:{kind}/{rule}"),
                confidence,
            });
        }
    }

    /// The words of tokens `first..end` with single spaces.
    fn words(&self, first: usize, end: usize) -> String {
        if first >= end {
            return String::new();
        }
        self.text.slice(self.text.span(first, end)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether a class of the table has a lower-case word.
    fn in_class(&self, class: &str, word: &str) -> bool {
        Table::embedded().classes.get(class).is_some_and(|words| words.contains(word))
    }

    /// Whether a lower-case word says what somebody is to an organisation.
    fn is_post(&self, word: &str) -> bool {
        self.in_class("role", word) || self.in_class("head", word)
    }
}
