//! Relative pronouns: "who", "whose", "which", "where" mean the noun that their clause says something of.

use super::Resolver;
use crate::model::{EntityType, MentionForm};

/// Words between a noun and its relative pronoun at most.
const FARTHEST: usize = 14;

impl Resolver<'_, '_> {
    /// Every relative pronoun, in order.
    pub(super) fn relatives(&mut self) {
        for index in 0..self.found.len() {
            let relative = self.found[index].form == MentionForm::Pronoun
                && matches!(self.found[index].head.as_str(), "who" | "whom" | "whose" | "which" | "that" | "where");
            if let Some(entity) = relative.then(|| self.antecedent(index)).flatten() {
                self.join(index, entity);
            }
        }
    }

    fn antecedent(&self, index: usize) -> Option<usize> {
        let (syntax, word) = (self.syntax, self.found[index].first);
        let clause = syntax.above(word).find(|&at| syntax.dep(at) == "relcl")?;
        let noun = syntax.head(clause).filter(|&noun| noun < word && word - noun <= FARTHEST)?;
        let parsed = self.at_head(noun).filter(|&other| self.may_open(index, other));
        parsed.or_else(|| self.just_before(index)).and_then(|other| self.of[other])
    }

    /// The mention that ends right before the pronoun, but for a comma or a preposition.
    fn just_before(&self, index: usize) -> Option<usize> {
        let first = self.found[index].first;
        let end = (first.saturating_sub(2)..first)
            .find(|&at| (at..first).all(|at| self.text.word(at) == "," || self.syntax.tag(at) == "IN"))
            .unwrap_or(first);
        (0..index)
            .rev()
            .take(4)
            .find(|&other| self.found[other].end == end && self.found[other].form != MentionForm::Pronoun)
            .filter(|&other| self.may_open(index, other))
    }

    /// Whether the pronoun can stand for such a thing: "who" for people, "where" for places.
    fn may_open(&self, index: usize, other: usize) -> bool {
        let kind = self.kind(other);
        let people = matches!(kind, EntityType::Person | EntityType::PersonGroup);
        match self.found[index].head.as_str() {
            "who" | "whom" => people || kind == EntityType::Organization,
            "whose" => true,
            "where" => kind.is_geographic() || kind == EntityType::Facility,
            "which" => !people || kind == EntityType::PersonGroup,
            _ => kind != EntityType::Nationality,
        }
    }
}
