//! Pronouns of the third person: candidates shortly before, held against each other.
//!
//! Agreement of number, gender and kind and the grammar of the clause (`binding.rs`) rule candidates out;
//! what is left is weighed by nearness, function in its clause and how often the text speaks of it.

use super::Resolver;
use crate::model::{EntityType, MentionForm};

/// Mentions back that are weighed.
const MOST: usize = 60;
/// What a sentence's distance counts, from the pronoun's own sentence on.
const NEARNESS: [i32; 5] = [40, 34, 20, 10, 4];
/// Weight that a candidate must reach.
const LEAST: i32 = 24;
/// Lead over the next candidate with which a pronoun is beyond doubt.
const CLEAR: i32 = 6;
/// Words back in which things are looked for that "they" may mean.
const THINGS_REACH: usize = 30;
/// Words between the name of a deity and a pronoun at most.
const DEITY_REACH: usize = 12;
/// Whom no text can know.
const DEITIES: &[&str] = &["god", "allah", "lord", "jesus"];

/// Whom a pronoun can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// "he", "she".
    One,
    /// "they".
    Several,
    /// "it".
    Thing,
}

impl Resolver<'_, '_> {
    /// Every personal pronoun: those outside quotations first, who speaks being among them; then those inside,
    /// and those of the first and second person last.
    pub(super) fn pronouns(&mut self) {
        let told = |index: &usize| self.quotation_at(self.found[*index].first).is_none();
        let (told, quoted): (Vec<usize>, Vec<usize>) = (0..self.found.len()).partition(told);
        for index in told.into_iter().chain(quoted) {
            if let Some(kind) = self.third_person(index) {
                self.third(index, kind);
            }
        }
        for index in 0..self.found.len() {
            if self.found[index].form == MentionForm::Pronoun
                && self.of[index].is_none()
                && let Some(entity) = self.spoken(index)
            {
                self.join(index, entity);
            }
        }
    }

    /// Whom a pronoun of the third person can mean.
    fn third_person(&self, index: usize) -> Option<Kind> {
        let mention = &self.found[index];
        match mention.head.as_str() {
            _ if mention.form != MentionForm::Pronoun => None,
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Some(Kind::One),
            "they" | "them" | "their" | "theirs" | "themselves" => Some(Kind::Several),
            "it" | "its" | "itself" => Some(Kind::Thing),
            _ => None,
        }
    }

    fn third(&mut self, index: usize, kind: Kind) {
        if self.is_reflexive(index) {
            let subject = self.subject_of_clause(index).filter(|&other| self.agrees(index, other, kind));
            if let Some(entity) = subject.and_then(|other| self.of[other]) {
                self.join(index, entity);
            }
            return;
        }
        if kind == Kind::One && self.follows_deity(index) {
            return;
        }
        // Entity, weight and the last mention.
        let mut weights: Vec<(usize, i32, usize)> = Vec::new();
        for other in (index.saturating_sub(MOST)..index).rev() {
            let distance = self.sentence[index] - self.sentence[other].min(self.sentence[index]);
            if distance >= NEARNESS.len() {
                break;
            }
            let Some(entity) = self.of[other] else { continue };
            if !self.agrees(index, other, kind) || kind == Kind::Thing && !self.goes_on(index, other) {
                continue;
            }
            let weight = self.weight(index, other, kind);
            match weights.iter_mut().find(|(known, _, _)| *known == entity) {
                Some((_, known, _)) => *known = (*known).max(weight) + 2,
                None => weights.push((entity, weight, other)),
            }
        }
        // What one mention rules out by grammar is ruled out.
        let apart: Vec<usize> = (index.saturating_sub(MOST)..index)
            .rev()
            .take_while(|&other| self.sentence[other] == self.sentence[index])
            .filter(|&other| self.is_bound_apart(index, other))
            .filter_map(|other| self.of[other])
            .collect();
        weights.retain(|(entity, _, _)| !apart.contains(entity) && !self.is_speaker(index, *entity));
        weights.sort_by_key(|&(_, weight, last)| (std::cmp::Reverse(weight), std::cmp::Reverse(last)));
        let Some(&(entity, weight, _)) = weights.first().filter(|(_, weight, _)| *weight >= LEAST) else { return };
        let speaks_of_things = kind == Kind::Several && self.things_between(index, weights[0].2);
        if speaks_of_things {
            return;
        }
        let lead = weights.get(1).map_or(i32::MAX, |(_, next, _)| weight - next);
        self.doubtful[index] = lead < CLEAR;
        self.join(index, entity);
    }

    /// "The soldiers heard shots. They came nearer": whether things are the subject that stands between "they" and
    /// the mention that it might mean.
    fn things_between(&self, index: usize, other: usize) -> bool {
        let (first, word) = (self.found[other].end, self.found[index].first);
        let is_subject = |&at: &usize| self.syntax.tag(at) == "NNS" && self.syntax.is_subject(at);
        let nearest = (first.max(word.saturating_sub(THINGS_REACH))..word).rev().find(is_subject);
        self.syntax.is_subject(word)
            && nearest.is_some_and(|at| {
                self.at_head(at).is_none_or(|known| matches!(self.kind(known), EntityType::Product | EntityType::Other))
            })
    }

    /// Whether "it" can mean a mention: most of what it stands for is no mention at all, so only the subject that a
    /// clause goes on from, and for "its" any thing of its sentence or the subject of the one before.
    fn goes_on(&self, index: usize, other: usize) -> bool {
        let (own, known) = (self.found[index].first, self.found[other].head_word);
        let same = self.sentence[index] == self.sentence[other];
        let above = || {
            let verb = self.syntax.governor(known);
            self.syntax.above(own).any(|at| Some(at) == verb)
        };
        if self.found[index].possessive { same || self.acts(other) } else { same && self.acts(other) && above() }
    }

    /// "thank God, he …": the nearest before the pronoun is no human being.
    fn follows_deity(&self, index: usize) -> bool {
        let word = self.found[index].first;
        let first = self.text.sentences()[self.sentence[index]].first.max(word.saturating_sub(DEITY_REACH));
        let deity = (first..word).rev().find(|&at| DEITIES.contains(&self.text.lower(at)));
        deity.is_some_and(|deity| {
            (0..index)
                .rev()
                .take_while(|&other| self.found[other].first > deity)
                .all(|other| self.kind(other) != EntityType::Person || self.found[other].gender.is_none())
        })
    }

    /// Whether the pronoun stands in words that the entity itself speaks: there it would be "I".
    fn is_speaker(&self, index: usize, entity: usize) -> bool {
        let quotation = self.quotation_at(self.found[index].first);
        quotation.and_then(|quotation| quotation.speaker).is_some_and(|speaker| self.of[speaker] == Some(entity))
    }

    /// Whether number, gender and kind allow the pronoun to mean what `other` means.
    fn agrees(&self, index: usize, other: usize, kind: Kind) -> bool {
        let (pronoun, known) = (&self.found[index], &self.found[other]);
        let Some(entity) = self.of[other] else { return false };
        let what = self.entities[entity].kind;
        if known.form == MentionForm::Name && known.kind == EntityType::Nationality {
            return false;
        }
        match kind {
            Kind::One => {
                let genders = [pronoun.gender, self.genders[entity]];
                what == EntityType::Person && !matches!(genders, [Some(one), Some(other)] if one != other)
            }
            Kind::Several => match what {
                EntityType::PersonGroup => true,
                // "them" are things as often as not.
                EntityType::Organization if pronoun.head == "them" => self.nouns.is_sole(&known.head),
                EntityType::Organization => known.form != MentionForm::Name || self.acts(other),
                EntityType::Facility => known.plural,
                _ => false,
            },
            Kind::Thing => {
                let thing = matches!(
                    what,
                    EntityType::Organization
                        | EntityType::Facility
                        | EntityType::City
                        | EntityType::Country
                        | EntityType::Region
                );
                thing && !known.plural
            }
        }
    }

    /// Whether a mention is the subject of its clause.
    fn acts(&self, mention: usize) -> bool {
        self.syntax.is_subject(self.found[mention].head_word)
    }

    fn weight(&self, index: usize, other: usize, kind: Kind) -> i32 {
        let known = &self.found[other];
        let distance = self.sentence[index] - self.sentence[other];
        let mut weight = NEARNESS.get(distance).copied().unwrap_or(0);
        weight += match self.syntax.function(known.head_word) {
            "nsubj" | "nsubjpass" => 12,
            "dobj" | "dative" => 4,
            "compound" | "amod" | "nmod" => -12,
            _ => 0,
        };
        weight += match known.form {
            MentionForm::Name => 3,
            MentionForm::Pronoun if known.head == self.found[index].head => 8,
            MentionForm::Pronoun => 5,
            MentionForm::Nominal => 0,
        };
        let paragraphs = self.text.sentences();
        if paragraphs[self.sentence[index]].paragraph == paragraphs[self.sentence[other]].paragraph {
            weight += 4;
        }
        // What is said and what is told are two stretches of talk.
        let quoted = |mention: usize| self.quotation_at(self.found[mention].first).is_some();
        if quoted(index) != quoted(other) {
            weight -= 16;
        }
        let speaks = |mention: usize| self.quotations_by.binary_search(&mention).is_ok();
        if speaks(index) && speaks(other) {
            weight += 10;
        }
        // "Omar and his brother"
        let noun = self.syntax.head(self.found[index].first).filter(|_| self.found[index].possessive);
        if noun.is_some_and(|noun| self.syntax.dep(noun) == "conj" && self.syntax.head(noun) == Some(known.head_word)) {
            weight += 20;
        }
        let main = self.syntax.governor(known.head_word).is_some_and(|verb| self.syntax.head(verb).is_none());
        if main && self.acts(other) {
            weight += 4;
        }
        let verb = self.syntax.governor(known.head_word);
        let above = self.syntax.above(self.found[index].first).any(|at| Some(at) == verb);
        if above && self.acts(other) {
            weight += 8;
        }
        if let Some(entity) = self.of[other]
            && self.found[index].gender.is_some()
            && self.genders[entity] == self.found[index].gender
        {
            weight += 8;
        }
        weight
            + match kind {
                Kind::Several if known.plural => 8,
                Kind::Several if known.form == MentionForm::Name => -6,
                Kind::Thing if known.kind.is_geographic() => -8,
                Kind::Thing if !self.acts(other) => -10,
                _ => 0,
            }
    }
}
