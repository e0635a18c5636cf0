//! Who is kin of whom: "Ali's brother Omar", "Omar, the younger brother of Ali", "her brother".

use super::Finder;
use crate::model::{EntityType, MentionForm, Relation, Sentence};

/// Words over which the other name is looked for: "'s younger".
const REACH: usize = 4;

impl Finder<'_, '_> {
    /// Kin by every noun of kinship in a sentence.
    pub(super) fn kin(&self, sentence: &Sentence, relations: &mut Vec<Relation>) {
        for at in sentence.words() {
            let Some(kind) = self.lexicon.kinship.get(self.text.lower(at)) else { continue };
            let owner = self.owner(at, sentence);
            let relative = self.relative(at, sentence);
            if let (Some(owner), Some(relative)) = (owner, relative) {
                let found = &self.resolved.found;
                let evidence = found[owner].span(self.text).cover(found[relative].span(self.text));
                let pair = (self.entity(relative), self.entity(owner));
                self.push(relations, "relativeOf", pair, evidence.cover(self.text.span(at, at + 1)), kind, 0.8);
            }
        }
    }

    /// Whose kin the noun at `at` is: "X's brother", "her brother", "the brother of X".
    fn owner(&self, at: usize, sentence: &Sentence) -> Option<usize> {
        if self.text.lower(at + 1) == "of" && at + 2 < sentence.end {
            return self.person_at(at + 2);
        }
        let mut before = at;
        while before > sentence.first && at - before < REACH {
            before -= 1;
            if matches!(self.text.lower(before), "'s" | "’s") {
                return self.clause.mention(before.checked_sub(1)?).filter(|&owner| self.is_person_name(owner));
            }
            let pronoun = self.clause.mention(before).filter(|&owner| {
                let found = &self.resolved.found[owner];
                found.form == MentionForm::Pronoun && matches!(self.text.lower(before), "his" | "her")
            });
            if pronoun.is_some() {
                return pronoun;
            }
            if !self.is_inner(before) {
                return None;
            }
        }
        None
    }

    /// Who the kin is: a name right after the noun, or one that the noun stands in apposition to.
    pub(super) fn relative(&self, at: usize, sentence: &Sentence) -> Option<usize> {
        let after = if self.text.word(at + 1) == "," { at + 2 } else { at + 1 };
        let of = self.text.lower(at + 1) == "of";
        if !of
            && after < sentence.end
            && let Some(named) = self.person_at(after)
        {
            return Some(named);
        }
        let mut before = at;
        while before > sentence.first && at - before <= REACH {
            before -= 1;
            let word = self.text.lower(before);
            if matches!(word, "," | "is" | "was") && before > sentence.first {
                let named = self.clause.mention(before - 1).filter(|&mention| self.is_person_name(mention));
                return named.filter(|_| of || word != ",");
            }
            if !self.is_inner(before) {
                return None;
            }
        }
        None
    }

    fn person_at(&self, at: usize) -> Option<usize> {
        self.name_at(at).filter(|&mention| self.is_person_name(mention))
    }

    /// Whether a name of a person covers word `at`.
    pub(super) fn is_person_name_at(&self, at: usize) -> bool {
        self.clause.mention(at).is_some_and(|mention| self.is_person_name(mention))
    }

    fn is_person_name(&self, mention: usize) -> bool {
        self.is_name(mention) && self.resolved.found[mention].kind == EntityType::Person
    }
}
