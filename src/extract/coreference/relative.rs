//! Relative pronouns: "who", "whose", "which", "where" mean the noun that their clause says something of.

use super::Resolver;
use crate::model::{EntityType, MentionForm};

/// Words between a noun and its relative pronoun at most.
const FARTHEST: usize = 14;
/// How many of those before are meant.
const SHARES: &[&str] = &["many", "most", "some", "all", "both", "several", "none", "one", "few", "each", "half"];

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
        // "her brother and her cousin, who were held": two, and no one entity.
        let listed = |&child: &usize| self.syntax.dep(child) == "conj" && child < word && self.at_head(child).is_some();
        if self.syntax.dep(noun) == "conj" || self.syntax.children(noun).iter().any(listed) {
            let several = matches!(self.syntax.lemma(clause), "be") || self.syntax.tag(clause) != "VBZ";
            if several {
                return None;
            }
        }
        let parsed = self.at_head(noun).filter(|&other| self.may_open(index, other));
        parsed.or_else(|| self.just_before(index)).and_then(|other| self.of[other])
    }

    /// The mention that ends right before the pronoun, but for a comma or a preposition.
    fn just_before(&self, index: usize) -> Option<usize> {
        let first = self.found[index].first;
        // "detainees, many of whom": what stands between says only how many.
        let between = |at: usize| {
            self.text.word(at) == ","
                || matches!(self.syntax.tag(at), "IN" | "CD")
                || SHARES.contains(&self.text.lower(at))
        };
        let end = (first.saturating_sub(4)..first).find(|&at| (at..first).all(between)).unwrap_or(first);
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
