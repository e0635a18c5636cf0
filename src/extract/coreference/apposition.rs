//! Descriptions that the grammar says to be one with a name or another description: "Omar, a teacher", "the
//! actress Ana Ruiz", "Omar is a teacher", "the city of Rosario".

use super::Resolver;
use crate::model::{EntityType, MentionForm};

/// Nouns before or after the name of what they call: "the Falcon militia", "the agency Meridian".
const CALLING: &[&str] = &[
    "group",
    "organisation",
    "organization",
    "agency",
    "network",
    "movement",
    "charity",
    "company",
    "union",
    "militia",
    "party",
    "newspaper",
    "website",
    "channel",
    "coalition",
    "alliance",
    "magazine",
    "watchdog",
    "firm",
    "faction",
    "broadcaster",
];
/// Words before the name by which somebody is known.
const CALLED: &[&[&str]] = &[
    &["known", "as"],
    &["also", "known", "as"],
    &["known", "only", "as"],
    &["nicknamed"],
    &["codenamed"],
    &["called"],
    &["dubbed"],
];
/// Words that doubt or deny what a sentence says somebody is.
const DENIED: &[&str] = &["not", "n't", "n’t", "never", "would", "could", "may", "might", "if", "no", "nor"];

impl Resolver<'_, '_> {
    /// The entity that the words right beside a description name.
    pub(super) fn beside(&self, index: usize) -> Option<usize> {
        self.appositive(index)
            .or_else(|| self.parsed_apposition(index))
            .or_else(|| self.called_by_name(index))
            .or_else(|| self.place_of_name(index))
            .or_else(|| self.predicate(index))
            .or_else(|| self.known_as(index))
    }

    /// "a defector, known as “Caesar”": the name in quotation marks is his.
    fn known_as(&self, index: usize) -> Option<usize> {
        let (text, mention) = (self.text, &self.found[index]);
        let from = mention.end + usize::from(text.word(mention.end) == ",");
        let cue = CALLED.iter().find(|cue| cue.iter().enumerate().all(|(at, word)| text.lower(from + at) == *word))?;
        let first = from + cue.len();
        let first = first + usize::from(text.lower(first) == "the");
        let first = first + usize::from(matches!(text.word(first), "“" | "‘" | "\"" | "'"));
        let other = (index + 1..self.found.len()).take(3).find(|&other| self.found[other].first == first)?;
        let same = self.found[other].form == MentionForm::Name && self.found[other].kind == mention.kind;
        self.of[other].filter(|_| same && !mention.plural)
    }

    /// "X, a Syrian pilot …", "the activist X": the description and the name are one.
    fn appositive(&self, index: usize) -> Option<usize> {
        let (text, found, mention) = (self.text, self.found, &self.found[index]);
        if mention.kind != EntityType::Person {
            return None;
        }
        let named = |other: usize| {
            (found[other].kind == EntityType::Person && found[other].form == MentionForm::Name)
                .then(|| self.of[other])
                .flatten()
        };
        let before = (0..index)
            .rev()
            .take(4)
            .find(|&other| found[other].end + 1 == mention.first && text.word(found[other].end) == ",");
        let in_list =
            text.lower(mention.end) == "and" || (text.word(mention.end) == "," && text.lower(mention.end + 1) == "and");
        let article = matches!(text.lower(mention.first), "a" | "an" | "the" | "one" | "another")
            || self.lexicon.person.modifiers.contains(text.lower(mention.first));
        let after = (index + 1..found.len()).take(3).find(|&other| found[other].first == mention.end);
        if let Some(entity) = after.and_then(named) {
            return Some(entity);
        }
        // "Omar Saleh, the secretary, Ana Ruiz, and …": nobody knows whose post it is.
        let between = text.word(mention.end) == ","
            && (index + 1..found.len())
                .take(3)
                .any(|other| found[other].first == mention.end + 1 && named(other).is_some());
        before.and_then(named).filter(|_| article && !in_list && !between)
    }

    /// What the parser holds for an apposition, between mentions of one kind.
    fn parsed_apposition(&self, index: usize) -> Option<usize> {
        let (syntax, mention) = (self.syntax, &self.found[index]);
        let word = mention.head_word;
        // "Ana, a lawyer and longtime critic, said": the second says the same of her.
        let ends = matches!(self.text.word(mention.end), "," | ".");
        let first = syntax.head(word).filter(|_| syntax.dep(word) == "conj" && ends && !self.is_owned(index));
        let apposed = first.filter(|&first| syntax.dep(first) == "appos").unwrap_or(word);
        let above = syntax.head(apposed).filter(|_| syntax.dep(apposed) == "appos").and_then(|head| self.at_head(head));
        let below = || {
            let named = |&child: &usize| syntax.dep(child) == "appos" && child > word;
            syntax.children(word).iter().copied().filter(named).find_map(|child| self.at_head(child))
        };
        let listed = syntax.children(word).iter().any(|&child| syntax.dep(child) == "conj");
        let near = |other: &usize| {
            let known = &self.found[*other];
            let (one, next) = if known.first < mention.first { (known, mention) } else { (mention, known) };
            // A description, a comma, a name; an age may stand between.
            let gap = next.first.saturating_sub(one.end);
            gap <= 8 && self.sentence[*other] == self.sentence[index]
        };
        let other = above.or_else(below).filter(near).filter(|_| !listed)?;
        let fits = self.found[other].form != MentionForm::Pronoun
            && self.found[other].plural == mention.plural
            && self.may_be_one(index, other);
        self.of[other].filter(|_| fits)
    }

    /// "the Falcon militia", "the agency Meridian": the noun stands right beside the name.
    fn called_by_name(&self, index: usize) -> Option<usize> {
        let (found, mention) = (self.found, &self.found[index]);
        let geographic = mention.kind.is_geographic() || mention.kind == EntityType::Facility;
        let calling = mention.kind == EntityType::Organization && CALLING.contains(&mention.head.as_str());
        if mention.plural || !(geographic || calling) {
            return None;
        }
        let first = self.first_word(index);
        let before = (0..index).rev().take(3).find(|&other| {
            let marks = (found[other].end..first).all(|at| matches!(self.text.word(at), "”" | "’" | "\"" | "'" | ")"));
            found[other].end <= first && marks
        });
        let after = (index + 1..found.len()).take(2).find(|&other| {
            let marks = (mention.end..found[other].first).all(|at| matches!(self.text.word(at), "“" | "‘" | "\""));
            found[other].first >= mention.end && found[other].first <= mention.end + 1 && marks
        });
        let other = before.or(after)?;
        let same = found[other].kind == mention.kind && found[other].form == MentionForm::Name;
        // "Meridian's group" is a group of Meridian's.
        let owned = matches!(self.text.lower(found[other].end), "'s" | "’s");
        self.of[other].filter(|_| same && !owned)
    }

    /// "the city of Rosario".
    fn place_of_name(&self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        let of = mention.kind.is_geographic() && !mention.plural && self.text.lower(mention.end) == "of";
        let other = (index + 1..self.found.len()).take(3).find(|&other| {
            of && self.found[other].form == MentionForm::Name && self.found[other].first <= mention.end + 2
        })?;
        let kind = self.kind(other);
        let same = kind == mention.kind || kind == EntityType::City && mention.kind == EntityType::Region;
        self.of[other].filter(|_| same)
    }

    /// "Omar is a teacher": what the sentence says somebody is.
    fn predicate(&self, index: usize) -> Option<usize> {
        let (syntax, mention) = (self.syntax, &self.found[index]);
        let word = mention.head_word;
        let verb = syntax.head(word).filter(|&verb| syntax.dep(word) == "attr" && syntax.lemma(verb) == "be")?;
        let denied = syntax.children(verb).iter().any(|&child| DENIED.contains(&self.text.lower(child)))
            || DENIED.contains(&self.text.lower(self.first_word(index)));
        let subject = syntax.child(verb, &["nsubj"]).filter(|&subject| subject < word && !denied)?;
        let other = self.at_head(subject)?;
        let fits = self.found[other].form != MentionForm::Pronoun
            && self.found[other].plural == mention.plural
            && self.may_be_one(index, other);
        self.of[other].filter(|_| fits)
    }

    /// Whether the kinds of two mentions allow them to be one, and neither is somebody else's word for it.
    fn may_be_one(&self, index: usize, other: usize) -> bool {
        let (own, known) = (self.found[index].kind, self.kind(other));
        own == known
            || matches!((own, known), (EntityType::PersonGroup, EntityType::Organization))
            || own == EntityType::Region && known == EntityType::City
            || own == EntityType::City && known == EntityType::Region
    }
}
