//! Which words name an event: the triggers of frames, where the sentence uses them so.

use super::frames::{Form, Frames, Trigger};
use super::participants::Participants;
use super::words::EventWords;
use crate::extract::clause::PREPOSITIONS;
use crate::extract::lexicon::Lexicon;
use crate::extract::text::Text;
use crate::model::WordShape;

/// Words between the parts of a trigger that an object may fill: "took the three men hostage".
const WIDEST_GAP: usize = 8;
/// Words after a trigger within which "to death" belongs to it.
const BESIDE: usize = 8;

/// A trigger where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'f> {
    /// Its first word.
    pub word: usize,
    /// One past its last word, where they stand together; else one past the first.
    pub end: usize,
    /// The word that the sentence's grammar hangs the others on.
    pub head: usize,
    pub trigger: &'f Trigger,
    /// A verb in the passive.
    pub passive: bool,
}

impl Hit<'_> {
    /// The word of which negation and mood are asked: the head of a noun phrase, or the verb.
    pub fn end_word(&self) -> usize {
        if self.trigger.form == Form::Noun { self.end - 1 } else { self.head }
    }
}

/// What the search looks at.
pub(super) struct Search<'a, 't> {
    pub text: &'a Text<'t>,
    pub participants: Participants<'a, 't>,
    pub lexicon: &'a Lexicon,
    pub words: &'a EventWords,
    /// Word → whether it is part of a name.
    pub named: &'a [bool],
    pub frames: &'a Frames,
}

impl<'a> Search<'a, '_> {
    /// Every place where the words of a trigger stand outside a name and are used as the frame wants, in order of
    /// position, longer triggers first.
    pub fn hits(&self) -> Vec<Hit<'a>> {
        let mut hits = Vec::new();
        for word in 0..self.text.len() {
            if self.named[word] || self.text.shape(word) == WordShape::Punctuation {
                continue;
            }
            for trigger in self.frames.beginning_with(self.text.lower(word)) {
                hits.extend(self.hit(word, trigger));
            }
        }
        hits
    }

    fn hit(&self, word: usize, trigger: &'a Trigger) -> Option<Hit<'a>> {
        let syntax = &self.text.syntax;
        let end = self.end(word, trigger)?;
        let tag = syntax.tag(word);
        let head = match trigger.form {
            Form::Noun => end - 1,
            Form::Phrase => (word..end).find(|&at| syntax.is_verb(at)).unwrap_or(word),
            _ => word,
        };
        let verb = matches!(trigger.form, Form::Base | Form::Past | Form::Preterite | Form::Gerund);
        if verb && !self.is_used_as_verb(word, tag, trigger.form) {
            return None;
        }
        // The verb's own noun: "a 10-day attack", but not "to attack".
        if trigger.form == Form::Noun && !self.is_used_as_noun(end - 1) {
            return None;
        }
        // "in prison cells", "under arrest warrants"
        let part_of_noun =
            matches!(syntax.dep(end - 1), "compound" | "nmod") && syntax.head(end - 1).is_some_and(|head| head >= end);
        if trigger.form == Form::Phrase && part_of_noun {
            return None;
        }
        let passive = verb && self.is_passive(word, end, trigger);
        let frame = &self.frames.frames[trigger.frame];
        let custody_unsaid = || !self.has_auxiliary(word) && !self.is_custodial(end);
        if trigger.passive_only && (!passive || custody_unsaid()) {
            return None;
        }
        let mut above = syntax.above(head).take(3);
        if !frame.unless_under.is_empty()
            && above.any(|at| frame.unless_under.iter().any(|lemma| lemma == syntax.lemma(at)))
        {
            return None;
        }
        let before = |words: &Vec<String>| word.checked_sub(words.len()).is_some_and(|at| self.text.has(at, words));
        if frame.unless_followed_by.iter().any(|words| self.text.has(end, words))
            || frame.unless_after.iter().any(before)
        {
            return None;
        }
        if !frame.only_with.is_empty() && !self.has_beside(word, end, &frame.only_with) {
            return None;
        }
        Some(Hit { word, end, head, trigger, passive })
    }

    /// One past the last word of a trigger that begins at `word`, if all its words are there. The object of a verb may
    /// stand between its words.
    fn end(&self, word: usize, trigger: &Trigger) -> Option<usize> {
        let (text, rest) = (self.text, &trigger.words[1..]);
        if text.has(word + 1, rest) {
            return Some(word + trigger.words.len());
        }
        if matches!(trigger.form, Form::Noun | Form::Phrase) {
            return None;
        }
        let sentence = &text.sentences()[text.sentence_of(word)];
        let last = sentence.end.min(word + WIDEST_GAP);
        // A preposition alone is no part of a verb that its object may stand before: "shot him in".
        // "Shot repeatedly at": an adverb may.
        if rest.len() == 1 && PREPOSITIONS.contains(&rest[0].as_str()) {
            let adverbs = (word + 1..last).take_while(|&at| text.syntax.tag(at).starts_with("RB")).count();
            return text.has(word + 1 + adverbs, rest).then_some(word + 1);
        }
        let governed = |at: usize| text.syntax.above(at).take(2).any(|above| above == word);
        (word + 2..last).find(|&at| text.has(at, rest) && governed(at)).map(|_| word + 1)
    }

    /// Whether the word is the verb here, or its participle before a noun.
    fn is_used_as_verb(&self, word: usize, tag: &str, form: Form) -> bool {
        let syntax = &self.text.syntax;
        if tag.starts_with("VB") {
            return true;
        }
        // The model takes participles before nouns for adjectives, and some verbs for nouns.
        match (form, tag) {
            (Form::Past, "JJ") => matches!(syntax.dep(word), "amod" | "acl" | "ROOT" | "conj" | "acomp" | "advcl"),
            (Form::Past, "NN" | "NNP") => syntax.child(word, &["nsubj", "nsubjpass", "auxpass"]).is_some(),
            (Form::Gerund, "NN") => syntax.child(word, &["dobj"]).is_some(),
            (Form::Base, _) => syntax
                .child(word, &["nsubj", "aux"])
                .is_some_and(|child| syntax.dep(child) == "nsubj" || syntax.tag(child) != "TO"),
            _ => false,
        }
    }

    fn is_used_as_noun(&self, last: usize) -> bool {
        let syntax = &self.text.syntax;
        let noun = syntax.tag(last).starts_with("NN")
            || syntax.tag(last) == "VBG" && syntax.child(last, &["det", "poss"]).is_some();
        let before_noun = matches!(syntax.dep(last), "compound" | "nmod")
            && syntax
                .head(last)
                .is_some_and(|head| head > last && self.lexicon.compound.nouns.contains(self.text.lower(head)));
        let threatens = self.lexicon.compound.nouns.contains(self.text.lower(last + 1));
        noun && !before_noun && !threatens
    }

    fn is_passive(&self, word: usize, end: usize, trigger: &Trigger) -> bool {
        let object = self.frames.frames[trigger.frame].takes_object();
        if trigger.form != Form::Past || !object {
            return false;
        }
        if self.participants.is_passive(word) {
            return true;
        }
        let syntax = &self.text.syntax;
        let frame = &self.frames.frames[trigger.frame];
        let alone = syntax.child(word, &["dobj", "aux", "ccomp", "xcomp", "dative", "oprd"]).is_none();
        let followed = matches!(syntax.tag(end), "IN" | "TO");
        if frame.always_object && alone && followed && syntax.dep(word) != "relcl" && syntax.dep(word) != "conj" {
            return true;
        }
        let bare = syntax.child(word, &["dobj", "aux", "ccomp", "xcomp"]).is_none() && syntax.dep(word) != "relcl";
        // A head line: "Two reporters killed in blast".
        let sentence = &self.text.sentences()[self.text.sentence_of(word)];
        let unended = !matches!(self.text.word(sentence.end - 1), "." | "!" | "?" | "”" | "\"");
        let follows = matches!(syntax.tag(end), "IN" | "TO" | "," | "") || end >= sentence.end;
        bare && follows && unended && syntax.head(word).is_none()
    }

    /// Whether a form of "be" belongs to the verb, or to the one it is joined to.
    fn has_auxiliary(&self, word: usize) -> bool {
        let syntax = &self.text.syntax;
        std::iter::once(word).chain(syntax.above(word).take(2)).any(|at| syntax.child(at, &["auxpass"]).is_some())
    }

    /// Whether what follows a bare participle ("held", "tried") is a place, a time or an end.
    fn is_custodial(&self, end: usize) -> bool {
        let next = self.text.lower(end);
        self.words.custodial.followers.contains(next)
            && (matches!(next, "." | ",") || !matches!(self.text.shape(end + 1), WordShape::Punctuation))
    }

    /// Whether one of `phrases` stands right before the trigger, or after it with nothing but its object between.
    fn has_beside(&self, word: usize, end: usize, phrases: &[Vec<String>]) -> bool {
        let sentence = &self.text.sentences()[self.text.sentence_of(word)];
        let until = (end..sentence.end.min(end + BESIDE))
            .find(|&at| matches!(self.text.lower(at), "," | ";" | ":" | "who" | "that" | "but"))
            .unwrap_or(sentence.end.min(end + BESIDE));
        phrases.iter().any(|words| {
            let before = word.checked_sub(words.len()).filter(|at| *at >= sentence.first);
            before.is_some_and(|at| self.text.has(at, words))
                || (end..until).any(|at| self.text.has(at, words) && at + words.len() <= sentence.end)
        })
    }
}
