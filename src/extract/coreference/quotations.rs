//! What is said in quotation marks, and by whom: "I" in it is who speaks, "we" a body that speaks.

use super::Resolver;
use crate::model::{EntityType, MentionForm};

/// Words after a quotation among which the verb of saying stands.
const AFTER: usize = 12;
/// Words before it.
const BEFORE: usize = 14;
/// Words of the longest quotation; a mark that nothing closes by then opens none.
const LONGEST: usize = 600;

/// Words in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The mark that opens it.
    pub first: usize,
    /// One past the mark that closes it, or past the paragraph.
    pub end: usize,
    /// The mention that says who speaks.
    pub speaker: Option<usize>,
    /// The mention that says to whom.
    pub addressee: Option<usize>,
}

impl Resolver<'_, '_> {
    /// The quotations of the document, in order, with their speakers.
    pub(super) fn find_quotations(&self) -> Vec<Quotation> {
        let mut quotations = Vec::new();
        let mut first = 0;
        // Whether the paragraph before ended within a quotation.
        let mut open = false;
        let sentences = self.text.sentences();
        while first < sentences.len() {
            let paragraph = sentences[first].paragraph;
            let end = sentences[first..].iter().position(|sentence| sentence.paragraph != paragraph);
            let end = end.map_or(sentences.len(), |length| first + length);
            let words = (sentences[first].first, sentences[end - 1].end);
            let own = self.paragraph(words, open, &mut quotations);
            open = own;
            first = end;
        }
        quotations
    }

    /// Adds the quotations of the words of one paragraph; whether the last is not closed.
    fn paragraph(&self, (first, end): (usize, usize), goes_on: bool, quotations: &mut Vec<Quotation>) -> bool {
        let known = quotations.len();
        let mut at = first;
        let mut open = false;
        while at < end {
            if !self.opens(at) {
                at += 1;
                continue;
            }
            let close = (at + 1..end.min(at + LONGEST)).find(|&mark| self.closes(mark));
            open = close.is_none();
            let past = close.map_or(end, |close| close + 1);
            quotations.push(Quotation { first: at, end: past, speaker: None, addressee: None });
            at = past;
        }
        for index in known..quotations.len() {
            let after = quotations.get(index + 1).map_or(end, |next| next.first);
            let before = if index > known { quotations[index - 1].end } else { first };
            let verb = self
                .verb_after(quotations[index].end, after)
                .or_else(|| self.verb_before(quotations[index].first, before));
            let (speaker, addressee) =
                verb.map_or((None, None), |verb| (self.speaker(verb, &quotations[index]), self.addressee(verb)));
            quotations[index].speaker = speaker;
            quotations[index].addressee = addressee;
        }
        // “…,” she said. “…” — and a quotation over several paragraphs.
        for index in known..quotations.len() {
            let alone = index == known && quotations[index].first == first;
            let earlier = if index > known || goes_on && alone { index.checked_sub(1) } else { None };
            if let (None, Some(earlier)) = (quotations[index].speaker, earlier) {
                quotations[index].speaker = quotations[earlier].speaker;
                quotations[index].addressee = quotations[earlier].addressee;
            }
        }
        // “…” she said: the one before has the speaker of the one after.
        for index in (known..quotations.len().saturating_sub(1)).rev() {
            if quotations[index].speaker.is_none() {
                quotations[index].speaker = quotations[index + 1].speaker;
            }
        }
        open
    }

    fn opens(&self, word: usize) -> bool {
        matches!(self.text.word(word), "“" | "\"")
    }

    fn closes(&self, word: usize) -> bool {
        matches!(self.text.word(word), "”" | "\"")
    }

    fn says(&self, word: usize) -> bool {
        self.lexicon.saying.verbs.contains(self.text.lower(word)) && self.syntax.is_verb(word)
    }

    /// The verb of saying after the mark that closes: “…,” said X; “…,” X said.
    fn verb_after(&self, first: usize, end: usize) -> Option<usize> {
        (first..end.min(first + AFTER))
            .take_while(|&at| !matches!(self.text.word(at), "." | ";"))
            .find(|&at| self.says(at))
    }

    /// The verb of saying before the mark that opens: X said: “…”.
    fn verb_before(&self, end: usize, first: usize) -> Option<usize> {
        (first.max(end.saturating_sub(BEFORE))..end)
            .rev()
            .take_while(|&at| !matches!(self.text.word(at), "." | ";" | "!" | "?"))
            .find(|&at| self.says(at))
    }

    /// Who speaks: the subject of the verb, or the mention right after it.
    fn speaker(&self, verb: usize, quotation: &Quotation) -> Option<usize> {
        let inside = |word: usize| (quotation.first..quotation.end).contains(&word);
        let subject = self.syntax.subject(verb).filter(|&subject| !inside(subject)).and_then(|word| self.at_head(word));
        let beside = || {
            let next = (verb + 1..=verb + 3).find_map(|word| self.at_head(word).filter(|_| !inside(word)));
            let before =
                || (verb.saturating_sub(2)..verb).rev().find_map(|word| self.at_head(word).filter(|_| !inside(word)));
            next.or_else(before)
        };
        subject.or_else(beside).filter(|&speaker| self.can_speak(speaker))
    }

    fn can_speak(&self, mention: usize) -> bool {
        let known = &self.found[mention];
        let social = matches!(known.kind, EntityType::Person | EntityType::PersonGroup | EntityType::Organization);
        social || known.form == MentionForm::Pronoun && matches!(known.head.as_str(), "who" | "it")
    }

    /// To whom it is said: "told her", "said to the prisoners".
    fn addressee(&self, verb: usize) -> Option<usize> {
        let syntax = self.syntax;
        let told =
            syntax.child(verb, &["dobj", "dative"]).filter(|_| matches!(syntax.lemma(verb), "tell" | "ask" | "warn"));
        let to = || {
            let to = syntax.children(verb).iter().copied().find(|&child| self.text.lower(child) == "to")?;
            syntax.child(to, &["pobj"])
        };
        told.or_else(to).and_then(|word| self.at_head(word)).filter(|&mention| self.can_speak(mention))
    }

    /// The quotation in which a word stands.
    pub(super) fn quotation_at(&self, word: usize) -> Option<&Quotation> {
        let after = self.quotations.partition_point(|quotation| quotation.first <= word);
        self.quotations[..after].last().filter(|quotation| word < quotation.end)
    }

    /// What a pronoun of the first or second person within a quotation means.
    pub(super) fn spoken(&self, index: usize) -> Option<usize> {
        let mention = &self.found[index];
        let quotation = self.quotation_at(mention.first)?;
        let speaker = quotation.speaker.and_then(|speaker| self.of[speaker]);
        match mention.head.as_str() {
            "i" | "me" | "my" | "mine" | "myself" => {
                speaker.filter(|&entity| self.entities[entity].kind == EntityType::Person)
            }
            "we" | "us" | "our" | "ours" | "ourselves" => speaker.filter(|&entity| {
                matches!(self.entities[entity].kind, EntityType::Organization | EntityType::PersonGroup)
            }),
            "you" | "your" | "yours" | "yourself" => quotation.addressee.and_then(|addressee| self.of[addressee]),
            _ => None,
        }
    }
}
