//! Descriptions that mean what was called so before: "the man" after "a man", "the network" after its name.
//!
//! A description with "a" starts somebody new. One with "the" is what the same noun called before, if it says
//! nothing that was not said of it then, and if only one thing was called so; otherwise nothing is chosen.

use std::collections::BTreeSet;

use super::{Doubt, MOST_BACK, Resolver};
use crate::model::{EntityType, MentionForm, WordShape};

/// Nouns that can stand for any organisation named just before.
const GENERIC: &[&str] = &[
    "group",
    "organisation",
    "organization",
    "agency",
    "network",
    "movement",
    "charity",
    "watchdog",
    "company",
    "union",
];
/// Words that say that something is known already.
const KNOWN: &[&str] = &["the", "this", "that", "these", "those", "same"];
/// Words that say nothing of what is called.
const EMPTY: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "same", "some", "any", "all", "both", "his", "her", "its",
    "their", "my", "our", "your", "one", "two", "three", "of", "very", "s", "'s", "’s",
];
/// Words that say that another one is meant.
const OTHER: &[&str] = &["a", "an", "another", "other", "one", "some", "any", "no", "each", "every", "several", "many"];
/// Nouns for people in general: the same noun is no sign of the same people.
const ANYBODY: &[&str] = &[
    "people",
    "person",
    "persons",
    "others",
    "member",
    "members",
    "those",
    "everyone",
    "someone",
    "everybody",
    "somebody",
    "anyone",
    "anybody",
];
/// Sentences back in which people are called by a noun again.
const REACH: usize = 12;
/// Sentences back in which groups of people are.
const GROUP_REACH: usize = 8;
/// As good as the whole text.
const FAR: usize = usize::MAX / 2;
/// Adjectives that tell one body from another; others only say what it is like.
const TELLING: &[&str] = &[
    "local",
    "provincial",
    "regional",
    "federal",
    "state",
    "national",
    "central",
    "interim",
    "transitional",
    "former",
    "previous",
    "new",
    "military",
    "civilian",
    "opposition",
    "rebel",
    "city",
    "municipal",
    "foreign",
    "supreme",
    "constituent",
    "upper",
    "lower",
    "riot",
    "secret",
    "traffic",
    "border",
    "metropolitan",
    "air",
    "royal",
];
/// Entities called by one noun that are looked at.
const MOST_CALLED: usize = 12;
/// How likely it is that one of two that could be meant is.
pub(super) const UNDECIDED: f32 = 0.4;

/// An entity that a noun called.
pub(super) struct Called {
    pub entity: usize,
    /// The last mention that called it so.
    pub last: usize,
    /// What else was said with the noun.
    modifiers: BTreeSet<String>,
}

impl Resolver<'_, '_> {
    /// Every description, in order of position.
    pub(super) fn descriptions(&mut self) {
        for index in 0..self.found.len() {
            if self.found[index].form != MentionForm::Nominal {
                continue;
            }
            let entity = self.beside(index).or_else(|| self.called_before(index));
            match entity {
                Some(entity) => self.join(index, entity),
                None => {
                    let name = self.name_of(index);
                    self.add(index, name, false);
                }
            }
            self.note(index);
        }
    }

    /// Remembers what the noun of a description calls.
    pub(super) fn note(&mut self, index: usize) {
        let Some(entity) = self.of[index] else { return };
        let modifiers = self.modifiers(index);
        let list = self.called.entry(self.found[index].head.clone()).or_default();
        match list.iter().position(|called| called.entity == entity) {
            Some(at) => {
                let mut called = list.remove(at);
                called.last = index;
                called.modifiers.extend(modifiers);
                list.push(called);
            }
            None => list.push(Called { entity, last: index, modifiers }),
        }
        if list.len() > 4 * MOST_CALLED {
            list.drain(..2 * MOST_CALLED);
        }
    }

    /// What a description says beside its noun: its adjectives and whose it is. Of bodies only what tells them from
    /// others.
    fn modifiers(&self, index: usize) -> BTreeSet<String> {
        let mention = &self.found[index];
        let first = self.first_word(index);
        let body = mention.kind == EntityType::Organization;
        let tells = |word: usize| !body || self.text.is_capital(word) || TELLING.contains(&self.text.lower(word));
        let mut words: BTreeSet<String> = (first..mention.head_word)
            .filter(|&word| self.text.shape(word) != WordShape::Punctuation && tells(word))
            .map(|word| self.text.lower(word).to_owned())
            .filter(|word| !EMPTY.contains(&word.as_str()))
            .collect();
        // "Syria’s government": whose it is.
        let ending = first.checked_sub(1).filter(|&at| matches!(self.text.lower(at), "'s" | "’s"));
        if let Some(owner) = ending.and_then(|at| at.checked_sub(1)) {
            words.insert(self.text.lower(owner).to_owned());
        }
        words
    }

    fn called_before(&mut self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        match mention.kind {
            EntityType::Facility => self.facility(index),
            EntityType::PersonGroup => self.group(index),
            EntityType::Organization => self.organization(index),
            EntityType::Person => self.person(index),
            kind if kind.is_geographic() => self.place(index),
            _ => None,
        }
    }

    /// Whether a description says that who hears it knows what is meant.
    pub(super) fn is_known(&self, index: usize) -> bool {
        KNOWN.contains(&self.text.lower(self.first_word(index)))
    }

    /// Whether what follows the noun says which one is meant: "the prisoners freed that day".
    fn is_restricted(&self, index: usize) -> bool {
        let word = self.found[index].head_word;
        let says = |&child: &usize| {
            child > word
                && self.text.word(word + 1) != ","
                && (matches!(self.syntax.dep(child), "acl" | "relcl") || self.text.lower(child) == "of")
        };
        self.syntax.children(word).iter().any(says)
    }

    /// Whether a description is somebody's: "her brother", "the victim’s son".
    pub(super) fn is_owned(&self, index: usize) -> bool {
        let first = self.first_word(index);
        self.syntax.tag(first) == "PRP$"
            || self.text.lower(first) == "whose"
            || first
                .checked_sub(1)
                .is_some_and(|at| matches!(self.text.lower(at), "'s" | "’s" | "whose") || self.syntax.tag(at) == "PRP$")
    }

    /// What the noun of a description called within `reach` sentences and of which nothing new is said, the
    /// latest first.
    pub(super) fn same_noun(&self, index: usize, reach: usize) -> Vec<usize> {
        let mention = &self.found[index];
        let own = self.modifiers(index);
        let Some(list) = self.called.get(&mention.head) else { return Vec::new() };
        list.iter()
            .rev()
            .take(MOST_CALLED)
            .take_while(|called| self.sentence[called.last] + reach >= self.sentence[index])
            .filter(|called| {
                let other = &self.found[called.last];
                let agrees = other.plural == mention.plural || self.nouns.is_sole(&mention.head);
                own.is_subset(&called.modifiers) && agrees
            })
            .map(|called| called.entity)
            .collect()
    }

    /// The only one of `candidates`; where there are two, that is noted as a doubt.
    fn only(&mut self, index: usize, candidates: &[usize]) -> Option<usize> {
        match candidates {
            [] => None,
            [entity] => Some(*entity),
            [latest, ..] => {
                if self.found[index].kind == EntityType::Person {
                    self.doubt_later(index, *latest);
                }
                None
            }
        }
    }

    /// Notes that the entity that `index` will get may be `other`.
    fn doubt_later(&mut self, index: usize, other: usize) {
        let evidence = self.found[index].span(self.text);
        self.doubts.push(Doubt { entity: self.entities.len(), other, evidence, confidence: UNDECIDED });
    }

    /// "the prison": the facility spoken of last, if it can be one.
    fn facility(&mut self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        if mention.plural || !self.is_known(index) {
            return None;
        }
        // "the central prison of Tartus" is told by its own place.
        let text = self.text;
        let placed = matches!(text.lower(mention.end), "of" | "in" | "at")
            && (index + 1..self.found.len())
                .take(2)
                .any(|other| self.found[other].first <= mention.end + 2 && self.found[other].kind.is_geographic());
        if placed {
            return None;
        }
        if mention.rule == "head-noun:table" {
            return self.same_noun(index, MOST_BACK).first().copied();
        }
        (0..index)
            .rev()
            .take(MOST_BACK)
            .take_while(|&other| self.sentence[other] + 6 >= self.sentence[index])
            .find(|&other| {
                !self.found[other].plural
                    && self.of[other].is_some_and(|entity| {
                        let known = &self.entities[entity];
                        known.kind == EntityType::Facility
                            && fits_class(known.subtype.as_deref(), mention.subtype.as_deref())
                    })
            })
            .and_then(|other| self.of[other])
    }

    /// "the rebels" are the same rebels through a text; "the protesters" those spoken of just before.
    fn group(&mut self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        if let Some(noun) = self.lexicon.person.collective.get(&mention.head) {
            // "thousands of rebels" are some rebels, "the rebels" and "Syrian rebels" the same.
            let some = (mention.first..mention.end).any(|at| {
                self.text.lower(at) == "of" || self.syntax.tag(at) == "CD" || OTHER.contains(&self.text.lower(at))
            });
            let key = format!("group {noun}");
            if some {
                return None;
            }
            if let Some(&entity) = self.keys.get(&key) {
                return Some(entity);
            }
            self.keys.insert(key, self.entities.len());
            return None;
        }
        if self.nouns.is_sole(&mention.head) && self.first_word(index) == mention.head_word {
            return self.same_noun(index, FAR).first().copied();
        }
        if !self.is_known(index) || ANYBODY.contains(&mention.head.as_str()) || self.is_restricted(index) {
            return None;
        }
        let candidates = self.same_noun(index, GROUP_REACH);
        self.only(index, &candidates)
    }

    fn organization(&mut self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        if mention.plural && !self.is_known(index) && !self.nouns.is_sole(&mention.head) {
            return None;
        }
        if self.is_known(index)
            && !mention.plural
            && let Some(entity) = self.named_so(index)
        {
            return Some(entity);
        }
        let sole = self.nouns.is_sole(&mention.head);
        let other = OTHER.contains(&self.text.lower(self.first_word(index)));
        if !(self.is_known(index) || sole && !other) {
            return None;
        }
        self.same_noun(index, FAR).first().copied()
    }

    /// "the man": who was called so before, if it is one.
    fn person(&mut self, index: usize) -> Option<usize> {
        let head = &self.found[index].head;
        if !self.is_known(index)
            || self.is_owned(index)
            || ANYBODY.contains(&head.as_str())
            || self.is_restricted(index)
        {
            return None;
        }
        let candidates = self.same_noun(index, REACH);
        self.only(index, &candidates)
    }

    /// "the network" after one organisation whose name has that word, or, where the word fits any, after
    /// exactly one organisation in this sentence and the one before.
    fn named_so(&self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        // "the Syrian network", "the rights group": told apart by its own words.
        if !self.modifiers(index).is_empty() {
            return None;
        }
        let recent = |reach: usize| {
            (0..index)
                .rev()
                .take(MOST_BACK)
                .take_while(move |&other| self.sentence[other] + reach >= self.sentence[index])
                .filter(|&other| {
                    self.found[other].form == MentionForm::Name && self.found[other].kind == EntityType::Organization
                })
        };
        let only = |mut candidates: Vec<usize>| {
            candidates.sort_unstable();
            candidates.dedup();
            (candidates.len() == 1).then(|| candidates[0])
        };
        let has_word = |&other: &usize| {
            let known = &self.found[other];
            [known.head_word, known.end - 1].iter().any(|&at| self.text.lower(at) == mention.head)
        };
        let worded = only(recent(12).filter(has_word).filter_map(|other| self.of[other]).collect());
        worded.or_else(|| {
            GENERIC
                .contains(&mention.head.as_str())
                .then(|| only(recent(1).filter_map(|other| self.of[other]).collect()))
                .flatten()
        })
    }
}

/// Whether a facility of class `known` can be called by a noun of class `called`.
fn fits_class(known: Option<&str>, called: Option<&str>) -> bool {
    match (known, called) {
        (_, None) => true,
        (Some(known), Some(called)) => known == called || (known == "DetentionCentre" && called == "Prison"),
        (None, Some(_)) => false,
    }
}
