//! People who are only counted: "killing 13", "dozens were injured".

use super::Finder;
use crate::extract::names::Found;
use crate::model::{EntityType, MentionForm};

/// Words that count people without a number.
const COUNTS: &[&str] = &["dozens", "scores", "hundreds", "thousands", "others", "many", "several"];
/// What the counted are to a verb of an event.
const TAKES_PART: &[&str] = &["nsubj", "nsubjpass", "dobj", "conj"];

impl Finder<'_, '_> {
    /// Numbers that are the subject or object of a verb that names an event, with no noun that says what is counted.
    pub(super) fn counts(&self) -> Vec<Found> {
        (0..self.text.len()).filter_map(|word| self.count(word)).collect()
    }

    fn count(&self, word: usize) -> Option<Found> {
        let syntax = self.syntax;
        let counts = syntax.tag(word) == "CD" || COUNTS.contains(&self.text.lower(word));
        if !counts || self.taken[word] || !TAKES_PART.contains(&syntax.dep(word)) {
            return None;
        }
        let verb = syntax.governor(word)?;
        let event = syntax.is_verb(verb) && self.frames.has_verb(self.text.lower(verb));
        // "258 of them" counts them; "13 percent", "100 metres" is no one.
        let of = syntax.dependents(word, &["prep"]).any(|prep| self.text.lower(prep) == "of");
        let unit = syntax.tag(word + 1).starts_with("NN") || self.text.lower(word + 1) == "%";
        let money = word.checked_sub(1).is_some_and(|before| matches!(self.text.word(before), "$" | "€" | "£"));
        if !event || of || unit || money {
            return None;
        }
        let first = self.phrase_start(word);
        let mut mention = Found::new(first, word + 1, EntityType::PersonGroup, "count:people", 0.5);
        mention.form = MentionForm::Nominal;
        mention.head_word = word;
        mention.head = self.text.lower(word).to_owned();
        mention.plural = true;
        mention.quiet = true;
        Some(mention)
    }
}
