//! The event that governs a time, by the dependencies.

use super::Scene;
use crate::extract::time::{self, TimeMention};

/// Words up a tree that are followed at most.
const DEEPEST: usize = 30;
/// Relations of those that a verb such as "take place" or "spend" speaks of.
const PARTIES: &[&str] = &["nsubj", "nsubjpass", "dobj", "attr", "prep", "advmod", "acomp", "oprd", "pobj"];

/// What a time belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governed {
    /// Index of the event; none where the clause is about something else.
    pub event: Option<usize>,
    /// The word that governs the clause, or the trigger.
    pub verb: usize,
    pub trail: Trail,
}

/// How a time or an event stands to the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trail {
    /// In the same clause.
    Own,
    /// In a clause or phrase behind "before": later.
    Later,
    /// Behind "after": earlier.
    Earlier,
}

impl Scene<'_, '_> {
    /// The event, or the verb, that governs a time.
    pub(super) fn governed(&self, mention: &TimeMention) -> Option<Governed> {
        let syntax = &self.text.syntax;
        let words = mention.first..mention.end;
        let outside = |word: usize| syntax.head(word).is_none_or(|head| !words.contains(&head));
        let top = words.clone().find(|&word| !syntax.tag(word).is_empty() && outside(word))?;
        let mut trail = Trail::Own;
        let mut at = top;
        let mut beside = false;
        if let Some(event) = self.opened(mention) {
            return Some(Governed { event: Some(event), verb: self.events[event].0, trail });
        }
        for _ in 0..DEEPEST {
            if let Some(event) = self.event_at(at).filter(|_| !words.contains(&at)) {
                return Some(Governed { event: Some(event), verb: at, trail });
            }
            if syntax.is_verb(at) && !words.contains(&at) {
                if let Some(event) = self.spoken_of(at).filter(|_| !beside) {
                    return Some(Governed { event: Some(event), verb: at, trail });
                }
                match self.trail(at) {
                    Some(step) if trail == Trail::Own => trail = step,
                    _ if self.is_beside(at) => beside = true,
                    // "On Sunday, he left and was arrested": of the verb that is no event, and of those joined to it.
                    _ => {
                        let said = self.lexicon.saying.verbs.contains(self.text.lower(at));
                        return (!said && trail == Trail::Own).then_some(Governed { event: None, verb: at, trail });
                    }
                }
            }
            // "since the start of the uprising in 2011": the event is not the start.
            if trail == Trail::Own && !words.contains(&at) && !syntax.is_verb(at) {
                trail = self.trail(at).unwrap_or(trail);
            }
            at = syntax.head(at)?;
        }
        None
    }

    /// Whether a verb's clause says what happens at the same time as the clause above ("while reporting", "aged 77"), or
    /// is no clause.
    fn is_beside(&self, verb: usize) -> bool {
        let syntax = &self.text.syntax;
        let mark = || syntax.child(verb, &["mark", "advmod"]).map_or("", |mark| self.text.lower(mark));
        match syntax.dep(verb) {
            "aux" | "auxpass" => true,
            "advcl" | "pcomp" => matches!(mark(), "while" | "when" | "as"),
            _ => self.text.lower(verb) == "aged",
        }
    }

    /// The event of a clause that a time opens: "…, and on 5 December, rebels seized". Parsers tie it to the clause before.
    fn opened(&self, mention: &TimeMention) -> Option<usize> {
        let text = self.text;
        let before = mention.first.checked_sub(2).filter(|at| *at >= self.sentence.first)?;
        let opens = matches!(text.lower(before), "and" | "but" | ";") && matches!(text.lower(before + 1), "on" | "in");
        let next = self.events.partition_point(|(word, _)| *word < mention.end);
        let word = self.events.get(next).filter(|_| opens && text.word(mention.end) == ",")?.0;
        let other = (mention.end..word).any(|at| matches!(text.syntax.tag(at), "VBD" | "VBZ" | "VBP"));
        let passive = (mention.end..word)
            .all(|at| !matches!(text.syntax.tag(at), "VBD" | "VBZ" | "VBP") || text.syntax.head(at) == Some(word));
        (!other || passive).then_some(next)
    }

    /// The events of clauses that are told of a time, or of the verb that governs it: "…, when guards arrested", "a bomb
    /// went off, killing".
    pub(super) fn told_of(&self, mention: &TimeMention, verb: usize) -> Vec<usize> {
        let syntax = &self.text.syntax;
        let of_it = |word: usize| {
            let head = syntax.head(word);
            let told = head.is_some_and(|head| (mention.first..mention.end).contains(&head) || head == verb);
            let clause = matches!(syntax.dep(word), "relcl" | "advcl") && word > mention.end;
            let when = syntax.children(word).iter().any(|&child| self.text.lower(child) == "when");
            let participle = head == Some(verb) && syntax.tag(word) == "VBG" && syntax.child(word, &["mark"]).is_none();
            told && clause && (when || participle)
        };
        (0..self.events.len()).filter(|&index| of_it(self.events[index].0)).collect()
    }

    /// The event whose trigger a word is part of.
    pub(super) fn event_at(&self, word: usize) -> Option<usize> {
        let last = self.events.partition_point(|(token, _)| *token <= word);
        (0..last).rev().take(4).find(|&index| {
            let (token, event) = &self.events[index];
            *token == word || self.text.analysis.words[word].span.end <= event.trigger.end && *token <= word
        })
    }

    /// The event that a verb without much meaning of its own speaks of: "the arrest took place", "spent years in prison".
    fn spoken_of(&self, verb: usize) -> Option<usize> {
        let syntax = &self.text.syntax;
        if !time::is_light(syntax.lemma(verb)) {
            return None;
        }
        let inside = |party: usize| {
            let deeper = syntax.children(party).iter().copied().filter(|_| syntax.tag(party) == "IN");
            std::iter::once(party).chain(deeper).find_map(|word| self.event_at(word))
        };
        syntax.dependents(verb, PARTIES).find_map(inside)
    }

    /// What a verb's clause is to the clause above, if "before" or "after" joins them.
    pub(super) fn trail(&self, word: usize) -> Option<Trail> {
        let syntax = &self.text.syntax;
        let joint = match syntax.dep(word) {
            "pcomp" | "pobj" => syntax.head(word)?,
            "advcl" => syntax.child(word, &["mark", "advmod"])?,
            _ => return None,
        };
        match self.text.lower(joint) {
            "before" | "until" | "till" => Some(Trail::Later),
            "after" | "since" | "following" | "once" => Some(Trail::Earlier),
            _ => None,
        }
    }

    /// The events whose verbs are joined to one: "left for the coast, was stopped and arrested".
    pub(super) fn joined(&self, verb: usize) -> Vec<usize> {
        let syntax = &self.text.syntax;
        let leads = |word: usize| {
            let mut at = word;
            for _ in 0..DEEPEST {
                match syntax.head(at).filter(|_| syntax.dep(at) == "conj" && syntax.is_verb(at)) {
                    Some(head) if head == verb => return true,
                    Some(head) => at = head,
                    None => return false,
                }
            }
            false
        };
        (0..self.events.len()).filter(|&index| leads(self.events[index].0)).collect()
    }
}
