//! Who is spoken of without a name first and named in the next paragraph: "One prisoner told the reporter …",
//! then "Omar Saleh, 40, explained: “I …”".

use super::Resolver;
use crate::model::{EntityType, MentionForm};

/// Words before the verb of saying in the paragraph that names who spoke.
const NEAR: usize = 8;
/// Verbs with which somebody goes on to tell.
const GOES_ON: &[&str] = &[
    "explained",
    "explains",
    "added",
    "recalled",
    "recalls",
    "continued",
    "said",
    "says",
    "told",
    "described",
    "remembered",
];

impl Resolver<'_, '_> {
    /// Joins an unnamed source and the name that tells on in the next paragraph, where it is named for the first
    /// time and nobody else is spoken of between.
    pub(super) fn introductions(&mut self) {
        for index in 0..self.found.len() {
            if !self.is_unnamed_source(index) {
                continue;
            }
            if let (Some(entity), Some(named)) = (self.of[index], self.named_next(index)) {
                self.unite(entity, named);
            }
        }
    }

    /// "One prisoner told …": somebody new, at the head of a paragraph, with a verb of saying.
    fn is_unnamed_source(&self, index: usize) -> bool {
        let mention = &self.found[index];
        let sentence = &self.text.sentences()[self.sentence[index]];
        let opens = self.sentence[index] == 0
            || self.text.sentences()[self.sentence[index] - 1].paragraph != sentence.paragraph;
        let first = self.first_word(index);
        mention.form == MentionForm::Nominal
            && mention.kind == EntityType::Person
            && first == sentence.first
            && opens
            && matches!(self.text.lower(first), "one" | "a" | "an" | "another")
            && self.syntax.head(mention.head_word).is_some_and(|verb| {
                self.syntax.is_subject(mention.head_word) && self.lexicon.saying.verbs.contains(self.text.lower(verb))
            })
            && self.of[index].is_some_and(|entity| !self.entities[entity].named)
    }

    /// The person whose name opens the next paragraph and who tells on there.
    fn named_next(&self, index: usize) -> Option<usize> {
        let sentences = self.text.sentences();
        let own = sentences[self.sentence[index]].paragraph;
        let next =
            sentences.iter().skip(self.sentence[index]).take(8).position(|sentence| sentence.paragraph == own + 1)?;
        let sentence = &sentences[self.sentence[index] + next];
        let named =
            (index + 1..self.found.len().min(index + 60)).find(|&other| self.found[other].first == sentence.first)?;
        let mention = &self.found[named];
        let entity = self.of[named]?;
        // Only this once: somebody known before is not who was left unnamed.
        let first_time = (named.saturating_sub(super::MOST_BACK)..named).all(|other| self.of[other] != Some(entity));
        let tells = (mention.end..sentence.end.min(mention.end + NEAR))
            .any(|at| GOES_ON.contains(&self.text.lower(at)) && self.syntax.subject(at) == Some(mention.head_word));
        let speaks = self.quotations.iter().any(|quotation| quotation.speaker == Some(named));
        // Nobody else who might be the one told of stands between.
        let alone = (index + 1..named).all(|other| {
            let known = &self.found[other];
            known.kind != EntityType::Person
                || known.form == MentionForm::Pronoun
                || known.form == MentionForm::Nominal && self.is_known(other)
                || self.of[other] == self.of[index]
        });
        let genders = [self.of[index].and_then(|entity| self.genders[entity]), self.genders[entity]];
        let agrees = !matches!(genders, [Some(one), Some(other)] if one != other);
        let person = mention.form == MentionForm::Name && mention.kind == EntityType::Person;
        (person && mention.end - mention.first > 1 && first_time && tells && speaks && alone && agrees)
            .then_some(entity)
    }

    /// Makes one entity of two: that of a description, and that of a name.
    fn unite(&mut self, described: usize, named: usize) {
        self.of.iter_mut().filter(|entity| **entity == Some(described)).for_each(|entity| *entity = Some(named));
        for list in self.called.values_mut() {
            list.iter_mut().filter(|called| called.entity == described).for_each(|called| called.entity = named);
        }
        self.genders[named] = self.genders[named].or(self.genders[described]);
        self.drop_entity(described);
    }

    /// Takes an entity without mentions out of the list.
    fn drop_entity(&mut self, gone: usize) {
        self.entities.remove(gone);
        self.genders.remove(gone);
        let moved = |entity: &mut usize| *entity -= usize::from(*entity > gone);
        self.of.iter_mut().flatten().for_each(moved);
        self.called.values_mut().flatten().for_each(|called| moved(&mut called.entity));
        self.keys.values_mut().for_each(moved);
        self.doubts.retain(|doubt| doubt.entity != gone && doubt.other != gone);
        for doubt in &mut self.doubts {
            moved(&mut doubt.entity);
            moved(&mut doubt.other);
        }
    }
}
