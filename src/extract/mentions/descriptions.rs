//! Descriptions by the lexicon and the words around them: "a Syrian pilot", "women detainees", "the prison".

use super::Finder;
use crate::extract::clause::Clause;
use crate::extract::names::Found;
use crate::model::{EntityType, MentionForm, WordShape};

const DETERMINERS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "my",
    "our",
    "your",
    "some",
    "many",
    "several",
    "all",
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "dozens",
    "hundreds",
    "thousands",
    "another",
    "other",
    "more",
    "most",
    "scores",
    "tens",
    "few",
    "both",
    "every",
    "each",
    "any",
    "numerous",
    "almost",
    "nearly",
    "about",
    "whose",
];
const QUANTITIES: &[&str] = &[
    "one",
    "two",
    "three",
    "some",
    "many",
    "most",
    "dozens",
    "hundreds",
    "thousands",
    "tens",
    "scores",
    "millions",
    "several",
    "all",
    "both",
    "few",
    "none",
    "number",
];
const DEFINITE: &[&str] = &["the", "this", "that", "these", "those", "same"];

impl Finder<'_, '_> {
    /// Descriptions by the lexicon, in the gaps between names, in order.
    pub(super) fn descriptions(&self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for sentence in self.text.sentences() {
            let mut token = sentence.first;
            let mut floor = sentence.first;
            while token < sentence.end {
                let mention = if self.taken[token] {
                    self.people_of(token, floor, sentence.end)
                } else {
                    self.at(token, floor, sentence.end)
                };
                match mention {
                    Some(mention) => {
                        token = mention.end;
                        floor = mention.end;
                        found.push(mention);
                    }
                    None => token += 1,
                }
            }
        }
        found
    }

    fn at(&self, token: usize, floor: usize, end: usize) -> Option<Found> {
        self.those(token, end)
            .or_else(|| self.people_of(token, floor, end))
            .or_else(|| self.facility(token, floor, end))
            .or_else(|| self.person(token, floor, end))
            .or_else(|| self.organization(token, floor, end))
    }

    /// "those imprisoned under the regime", "those who fled".
    fn those(&self, token: usize, end: usize) -> Option<Found> {
        let next = self.text.lower(token + 1);
        let participle =
            next.ends_with("ed") || matches!(next, "who" | "held" | "still" | "being" | "taken" | "kept" | "killed");
        if self.text.lower(token) != "those" || !participle || token + 1 >= end {
            return None;
        }
        let mut mention = self.mention(token, token + 1, EntityType::PersonGroup, "head-noun:those", 0.6);
        mention.plural = true;
        mention.head = "those".to_owned();
        Some(mention)
    }

    /// "Thousands of Syrians": people of a country.
    fn people_of(&self, token: usize, floor: usize, end: usize) -> Option<Found> {
        if !self.text.word(token).ends_with('s')
            || !self.is_demonym(token)
            || token + 1 < end && self.lexicon.is_plural_person(self.text.lower(token + 1))
        {
            return None;
        }
        let start = self.start(token, floor, |word| self.lexicon.person.modifiers.contains(word));
        let mut mention = self.mention(start, token + 1, EntityType::PersonGroup, "demonym:people", 0.7);
        mention.plural = true;
        mention.head = "people".to_owned();
        Some(mention)
    }

    fn facility(&self, token: usize, floor: usize, end: usize) -> Option<Found> {
        let nouns = &self.lexicon.facility;
        for words in (1..=3).rev() {
            if token + words > end || (token..token + words).any(|at| self.taken[at]) {
                continue;
            }
            let phrase = (token..token + words).map(|at| self.text.lower(at)).collect::<Vec<_>>().join(" ");
            let (class, plural) = match (nouns.singular.get(&phrase), nouns.plural.get(&phrase)) {
                (Some(class), _) => (class, false),
                (None, Some(class)) => (class, true),
                (None, None) => continue,
            };
            // "prison cell", "prison doors", "court orders": the noun is not what is spoken of.
            if !plural && token + words < end && self.is_noun_after(token + words) {
                return None;
            }
            let start =
                self.start(token, floor, |word| nouns.modifiers.contains(word) || nouns.qualifiers.contains(word));
            // "in prison", "from prison": being a prisoner, no site of its own.
            if !plural && start == token {
                return None;
            }
            let mut mention =
                self.mention(start, token + words, EntityType::Facility, "head-noun:facility-description", 0.7);
            mention.plural = plural;
            mention.subtype = (class != "Facility").then(|| class.clone());
            mention.head = phrase;
            return Some(mention);
        }
        None
    }

    fn is_noun_after(&self, at: usize) -> bool {
        matches!(
            self.text.lower(at),
            "cell"
                | "cells"
                | "door"
                | "doors"
                | "guard"
                | "guards"
                | "staff"
                | "system"
                | "order"
                | "orders"
                | "term"
                | "terms"
                | "sentence"
                | "sentences"
                | "population"
                | "facilities"
                | "break"
                | "gate"
                | "gates"
                | "case"
                | "cases"
                | "inmates"
                | "yard"
                | "officials"
                | "authorities"
                | "warden"
                | "morgue"
                | "ruling"
        )
    }

    /// Whether the noun at `token` only says of what kind the next one is; of an event it says who did it.
    fn modifies(&self, token: usize) -> bool {
        let (syntax, next) = (self.syntax, token + 1);
        matches!(syntax.dep(token), "compound" | "nmod")
            && syntax.head(token) == Some(next)
            && self.nouns.sense(syntax.lemma(next)).is_some()
            && !self.text.is_capital(next)
            && !self.frames.has_noun(self.text.lower(next))
    }

    fn person(&self, token: usize, floor: usize, end: usize) -> Option<Found> {
        let word = self.text.lower(token);
        let nouns = &self.lexicon.person;
        let plural = self.lexicon.is_plural_person(word);
        if !plural && !nouns.singular.contains_key(word) {
            return None;
        }
        if nouns.not_before_of.contains(word) && self.text.lower(token + 1) == "of" {
            return None;
        }
        // "women detainees", "human rights groups": the last noun is the head.
        let next = self.text.lower(token + 1);
        if token + 1 < end
            && !self.taken[token + 1]
            && (self.lexicon.is_plural_person(next) || nouns.singular.contains_key(next) && !plural)
        {
            return None;
        }
        // "the general strike", "rebel units", "guard post": a noun before a noun is a modifier.
        if !plural && (self.is_noun_after(token + 1) || self.modifies(token)) {
            return None;
        }
        let start = self.start(token, floor, |word| {
            nouns.modifiers.contains(word) || self.lexicon.is_plural_person(word) || nouns.singular.contains_key(word)
        });
        // "her brother and brother-in-law", "my son", "the mother's cousin"
        let before = token
            .checked_sub(1)
            .filter(|at| *at >= floor || matches!(self.text.lower(*at), "her" | "his" | "whose"))
            .map_or("", |at| self.text.lower(at));
        let owned = matches!(before, "his" | "her" | "whose" | "'s" | "’s")
            || (before == "and" && self.lexicon.kinship.contains_key(word));
        if nouns.needs_article.contains(word) && !(start..token).any(|at| self.text.lower(at) == "the") {
            return None;
        }
        let determined = start < token || plural || owned;
        let capital = self.text.is_capital(token) && !self.opens_sentence(token);
        if !determined || capital {
            return None;
        }
        let one_of = self.text.lower(start) == "one" && self.text.lower(start + 1) == "of";
        let plural = plural && !one_of;
        let (kind, rule) = if plural {
            (EntityType::PersonGroup, "head-noun:group")
        } else {
            (EntityType::Person, "head-noun:person")
        };
        let mut mention = self.mention(start, token + 1, kind, rule, 0.7);
        mention.plural = plural;
        mention.gender =
            nouns.singular.get(word).and_then(|gender| gender.chars().next()).filter(|gender| *gender != '-');
        mention.head = word.to_owned();
        Some(mention)
    }

    fn organization(&self, token: usize, floor: usize, end: usize) -> Option<Found> {
        let word = self.text.lower(token);
        let nouns = &self.lexicon.organization;
        if !nouns.nominal.contains(word) || (self.text.is_capital(token) && !self.opens_sentence(token)) {
            return None;
        }
        let next = self.text.lower(token + 1);
        if token + 1 < end
            && (nouns.nominal.contains(next)
                || self.lexicon.is_plural_person(next)
                || self.lexicon.person.singular.contains_key(next))
        {
            return None;
        }
        // "one opposition member": the noun says of whom the next one is. "a police car", "the opposition advance":
        // the article is not its own.
        let above = self.syntax.head(token).filter(|&head| self.syntax.dep(token) == "compound" && head > token);
        if let Some(head) = above {
            let alone = self.nouns.is_sole(word) && self.nouns.sense(self.syntax.lemma(head)).is_none();
            return alone.then(|| self.body(token, token, word));
        }
        let start = self.start(token, floor, |word| nouns.modifiers.contains(word));
        let plural = matches!(word, "organisations" | "organizations" | "groups" | "authorities");
        // "one group who …" are people.
        if matches!(word, "group" | "groups") && matches!(next, "who" | "of") {
            let mut mention = self.mention(start, token + 1, EntityType::PersonGroup, "head-noun:group", 0.6);
            mention.plural = true;
            mention.head = word.to_owned();
            return (start < token || plural).then_some(mention);
        }
        // "police said", but "police custody"
        let acts = nouns.bare.contains(word)
            && (self.lexicon.saying.verbs.contains(next) || Clause::is_auxiliary(next) || next.ends_with("ed"));
        if start == token && !plural && !acts {
            return None;
        }
        if !plural && self.lexicon.compound.nouns.contains(next) {
            return None;
        }
        Some(Found { plural, ..self.body(start, token, word) })
    }

    fn body(&self, start: usize, token: usize, noun: &str) -> Found {
        let rule = "head-noun:organization-description";
        let mention = self.mention(start, token + 1, EntityType::Organization, rule, 0.6);
        Found { head: noun.to_owned(), ..mention }
    }

    fn mention(&self, start: usize, end: usize, kind: EntityType, rule: &'static str, confidence: f32) -> Found {
        let mut mention = Found::new(start, end, kind, rule, confidence);
        mention.form = MentionForm::Nominal;
        mention.definite = (start..end).any(|at| DEFINITE.contains(&self.text.lower(at)));
        mention
    }

    fn opens_sentence(&self, token: usize) -> bool {
        self.text.opens(token)
    }

    /// Where the noun phrase of head `token` starts: over modifiers, numbers and demonyms to a determiner.
    fn start(&self, token: usize, floor: usize, is_modifier: impl Fn(&str) -> bool) -> usize {
        let mut start = token;
        while start > floor && token - start < 12 {
            let at = start - 1;
            if self.taken[at] && !self.is_demonym(at) {
                break;
            }
            let word = self.text.lower(at);
            if matches!(word, "his" | "her" | "whose") || self.starts_anew(at, start) {
                break;
            }
            let hyphenated = word.contains('-') && self.text.shape(at) != WordShape::Punctuation;
            if is_modifier(word) || hyphenated || self.is_demonym(at) || self.text.shape(at) == WordShape::Number {
                start = at;
            } else if DETERMINERS.contains(&word) {
                start = at;
                break;
            } else {
                break;
            }
        }
        // "hundreds of detainees", "one of the rebels", "tens of thousands of people"
        while start >= floor + 2
            && self.text.lower(start - 1) == "of"
            && QUANTITIES.contains(&self.text.lower(start - 2))
        {
            start -= 2;
        }
        start
    }
}
