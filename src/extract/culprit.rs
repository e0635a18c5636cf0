//! Who did it, where no verb of the deed has a subject: "the assassin of X, Y", "Y was convicted of the murder of X".

use super::clause::Clause;
use crate::model::{EntityType, MentionForm, Sentence, WordShape};

/// Words over which the one who was tried, or the other half of an apposition, is looked for.
const REACH: usize = 14;

impl Clause<'_, '_> {
    /// The name that stands beside a noun for somebody: "the killer, X", "killer X", "X, the convicted killer".
    pub fn beside(&self, token: usize, end: usize, sentence: &Sentence, types: &[EntityType]) -> Option<usize> {
        let named = |mention: &usize| self.found[*mention].form == MentionForm::Name && self.fits(*mention, types);
        let after = if self.text.word(end) == "," { end + 1 } else { end };
        let next = (after < sentence.end).then(|| self.mention(after)).flatten();
        if let Some(next) = next.filter(|&next| self.found[next].first == after).filter(named) {
            return Some(next);
        }
        let mut at = token;
        while at > sentence.first && token - at < REACH {
            at -= 1;
            if matches!(self.text.lower(at), "," | "is" | "was") {
                return self.mention(at.checked_sub(1)?).filter(named);
            }
            let possessive = matches!(self.text.lower(at), "'s" | "’s");
            if self.text.shape(at) != WordShape::Lower && self.mention(at).is_none() && !possessive {
                return None;
            }
        }
        None
    }

    /// The name right before a noun: "the Hassan killing".
    pub fn modifier(&self, token: usize, types: &[EntityType]) -> Option<usize> {
        let mention = self.mention(token.checked_sub(1)?)?;
        let found = &self.found[mention];
        (found.end == token && found.form == MentionForm::Name && self.fits(mention, types)).then_some(mention)
    }

    /// Who is tried, suspected or sentenced for what the trigger at `token` names: "X was convicted of killing".
    pub fn accused(&self, token: usize, sentence: &Sentence, types: &[EntityType]) -> Option<usize> {
        let words = &self.lexicon.accusation;
        let from = token.saturating_sub(REACH).max(sentence.first);
        let tried = (from..token)
            .rev()
            .take_while(|&at| !matches!(self.text.lower(at), ";" | ":" | "who" | "that" | "which" | "but"))
            .find(|&at| words.suspected.contains(self.text.lower(at)) || words.tried.contains(self.text.lower(at)))?;
        // "found guilty" hangs on its verb.
        let verb = if self.text.lower(tried) == "guilty" { tried.checked_sub(1)? } else { tried };
        // "X, convicted of"
        let before = verb.checked_sub(1)?;
        if self.text.word(before) == "," {
            let beside = self.mention(before.checked_sub(1)?);
            return beside.filter(|&mention| self.fits(mention, types) && self.found[mention].form == MentionForm::Name);
        }
        self.left(verb, sentence, types)
    }

    /// Whether the deed at `token` is what somebody is only suspected of.
    pub fn is_suspected(&self, token: usize, sentence: &Sentence) -> bool {
        let from = token.saturating_sub(REACH / 2).max(sentence.first);
        (from..token)
            .rev()
            .take_while(|&at| !matches!(self.text.lower(at), "," | ";" | ":" | "who" | "that" | "and" | "but" | "(" | "”"))
            .any(|at| self.lexicon.accusation.suspected.contains(self.text.lower(at)))
    }
}
