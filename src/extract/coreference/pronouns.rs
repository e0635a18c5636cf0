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
    /// Every personal pronoun, in order. Quotations whose speakers are pronouns know them by then only if they
    /// stand before; those of the first and second person come last.
    pub(super) fn pronouns(&mut self) {
        for index in 0..self.found.len() {
            let kind = match self.found[index].head.as_str() {
                "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Kind::One,
                "they" | "them" | "their" | "theirs" | "themselves" => Kind::Several,
                "it" | "its" | "itself" => Kind::Thing,
                _ => continue,
            };
            if self.found[index].form == MentionForm::Pronoun {
                self.third(index, kind);
            }
        }
        for index in 0..self.found.len() {
            if self.found[index].form == MentionForm::Pronoun && self.of[index].is_none()
                && let Some(entity) = self.spoken(index)
            {
                self.join(index, entity);
            }
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
        let mut weights: Vec<(usize, i32)> = Vec::new();
        for other in (index.saturating_sub(MOST)..index).rev() {
            let distance = self.sentence[index] - self.sentence[other].min(self.sentence[index]);
            if distance >= NEARNESS.len() {
                break;
            }
            let Some(entity) = self.of[other] else { continue };
            if !self.agrees(index, other, kind) {
                continue;
            }
            let weight = self.weight(index, other, kind);
            match weights.iter_mut().find(|(known, _)| *known == entity) {
                Some((_, known)) => *known = (*known).max(weight) + 2,
                None => weights.push((entity, weight)),
            }
        }
        // What one mention rules out by grammar is ruled out.
        let apart: Vec<usize> = (index.saturating_sub(MOST)..index)
            .rev()
            .take_while(|&other| self.sentence[other] == self.sentence[index])
            .filter(|&other| self.is_bound_apart(index, other))
            .filter_map(|other| self.of[other])
            .collect();
        weights.retain(|(entity, _)| !apart.contains(entity) && !self.is_speaker(index, *entity));
        weights.sort_by_key(|&(entity, weight)| (std::cmp::Reverse(weight), entity));
        let Some(&(entity, weight)) = weights.first().filter(|(_, weight)| *weight >= LEAST) else { return };
        let lead = weights.get(1).map_or(i32::MAX, |(_, next)| weight - next);
        self.doubtful[index] = lead < CLEAR;
        self.join(index, entity);
    }

    /// "thank God, he …": the nearest before the pronoun is no human being.
    fn follows_deity(&self, index: usize) -> bool {
        let first = self.text.sentences()[self.sentence[index]].first;
        let word = self.found[index].first;
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
                EntityType::Organization => known.form != MentionForm::Name || self.acts(other),
                _ => false,
            },
            Kind::Thing => {
                let thing = matches!(
                    what,
                    EntityType::Organization | EntityType::Facility | EntityType::City | EntityType::Country | EntityType::Region
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
        let quoted = |mention: usize| self.quotation_at(self.found[mention].first).map(|quotation| quotation.first);
        if quoted(index).is_some() != quoted(other).is_some() {
            weight -= 8;
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
