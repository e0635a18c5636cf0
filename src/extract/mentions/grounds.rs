//! What somebody is held, tried or punished for, in the text's own words: "for refusing orders", "with theft".

use super::Finder;
use crate::extract::names::Found;
use crate::model::{EntityType, MentionForm, WordShape};

/// Words of one ground that are read at most.
const LONGEST: usize = 12;

impl Finder<'_, '_> {
    /// Grounds, in order of their verbs. The reading of events alone sees them.
    pub(super) fn grounds(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for word in 0..self.text.len() {
            let verb = self.syntax.is_verb(word) || self.syntax.is_noun(word);
            if !verb || !self.lexicon.grounds.verbs.contains(self.syntax.lemma(word)) {
                continue;
            }
            for preposition in self.syntax.dependents(word, &["prep"]) {
                found.extend(self.ground(preposition));
            }
        }
        found
    }

    fn ground(&self, preposition: usize) -> Option<Found> {
        let (syntax, grounds) = (self.syntax, &self.lexicon.grounds);
        let word = self.text.lower(preposition);
        let content = syntax.child(preposition, &["pobj", "pcomp"])?;
        let deed = syntax.tag(content) == "VBG";
        let noun = syntax.is_noun(content) && !grounds.not.contains(syntax.lemma(content));
        let legal = grounds.formal.contains(syntax.lemma(content));
        let says = match word {
            "for" | "over" | "of" | "with" => deed || noun,
            "on" => legal,
            "after" => deed,
            _ => false,
        };
        if !says || self.taken[content] && !deed {
            return None;
        }
        let (first, end) = self.phrase_of(content);
        let mut mention = Found::new(first, end, EntityType::Other, "phrase:ground", 0.6);
        mention.form = MentionForm::Nominal;
        mention.head_word = content;
        mention.head = self.text.lower(content).to_owned();
        mention.quiet = true;
        Some(mention)
    }

    /// The words that hang together around `content`, up to a name or a mark.
    fn phrase_of(&self, content: usize) -> (usize, usize) {
        let within = |at: usize| at == content || self.syntax.above(at).take(LONGEST).any(|above| above == content);
        let plain = |at: usize| !self.taken[at] && self.text.shape(at) != WordShape::Punctuation && within(at);
        let first = (content.saturating_sub(3)..content).rev().take_while(|&at| plain(at)).last().unwrap_or(content);
        let mut end = content + 1;
        while end < self.text.len() && end - first < LONGEST && plain(end) {
            end += 1;
        }
        // "with the murder of": what is left of a phrase that a name ends.
        while end > content + 1 && matches!(self.syntax.tag(end - 1), "IN" | "TO" | "DT" | "CC" | "PRP$") {
            end -= 1;
        }
        (first, end)
    }
}
