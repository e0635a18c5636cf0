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
            return beside
                .filter(|&mention| self.fits(mention, types) && self.found[mention].form == MentionForm::Name);
        }
        self.left(verb, sentence, types)
    }

    /// Whether the deed at `token` is what somebody is only suspected of.
    pub fn is_suspected(&self, token: usize, sentence: &Sentence) -> bool {
        let from = token.saturating_sub(REACH / 2).max(sentence.first);
        (from..token)
            .rev()
            .take_while(|&at| {
                !matches!(self.text.lower(at), "," | ";" | ":" | "who" | "that" | "and" | "but" | "(" | "”")
            })
            .any(|at| self.lexicon.accusation.suspected.contains(self.text.lower(at)))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::Reader;
    use crate::model::{Document, Modality, Polarity};

    /// Who is said to have killed whom, and whether it is said to have happened.
    fn killings(text: &str) -> Vec<(String, String, bool)> {
        let found = Reader::default().read(Document::from_text("test", text));
        let mut pairs = Vec::new();
        for event in found.events.iter().filter(|event| event.kind == "Killing") {
            let filler = |role: &str| {
                let argument = event.arguments.iter().find(|argument| argument.role == role)?;
                Some(found.entities[argument.entity].name.clone())
            };
            if let (Some(agent), Some(person)) = (filler("agent"), filler("person")) {
                let sure = event.polarity == Polarity::Positive && event.modality == Modality::Actual;
                pairs.push((agent, person, sure));
            }
        }
        pairs
    }

    #[test]
    fn who_killed_whom() {
        let pair = |sure| vec![("Omar Darwish".to_owned(), "Sami Khalil".to_owned(), sure)];
        for (text, sure) in [
            ("Omar Darwish, the assassin of Sami Khalil, was hanged.", true),
            ("Sami Khalil's killer, Omar Darwish, fled.", true),
            ("Omar Darwish was convicted of murdering Sami Khalil.", true),
            ("Omar Darwish was sentenced to death for the murder of Sami Khalil.", true),
            ("Omar Darwish fatally shot Sami Khalil.", true),
            ("Sami Khalil was shot to death by Omar Darwish in 1978.", true),
            ("Omar Darwish was accused of killing Sami Khalil.", false),
            ("Omar Darwish was charged in the slaying of Sami Khalil.", false),
            ("Omar Darwish is not the killer of Sami Khalil.", false),
        ] {
            assert_eq!(killings(text), pair(sure), "{text}");
        }
        for text in [
            "Omar Darwish shot Sami Khalil in the leg.",
            "Omar Darwish met the killer of the judge, and Sami Khalil.",
            "Omar Darwish mourned Sami Khalil, who was shot dead.",
        ] {
            assert_eq!(killings(text), [], "{text}");
        }
    }
}
