//! What the words around a number say of it: "up to", "more than", "or so", "every week".

use super::Finder;
use super::number::Number;
use crate::model::{Bound, Rate, Sentence};

/// Words behind a number among which its rate is looked for.
const REACH: usize = 12;

impl Finder<'_, '_> {
    /// How a number bounds what it counts.
    pub(super) fn bound(&self, number: &Number, noun: Option<usize>, sentence: &Sentence) -> Bound {
        match number.bound {
            Bound::Range | Bound::Vague => number.bound,
            own => self
                .bound_before(number.first, sentence)
                .or_else(|| self.bound_after(number.end, sentence))
                .or_else(|| {
                    noun.filter(|&noun| noun >= number.end).and_then(|noun| self.bound_after(noun + 1, sentence))
                })
                .unwrap_or(own),
        }
    }

    fn bound_before(&self, first: usize, sentence: &Sentence) -> Option<Bound> {
        let text = self.text;
        let ends_with =
            |end: usize, words: &[String]| end >= sentence.first + words.len() && text.has(end - words.len(), words);
        let mut end = first;
        // "at least another 20", "more than a total of 20"
        for _ in 0..2 {
            if end <= sentence.first {
                return None;
            }
            let fitting = self.words.before.get(text.lower(end - 1));
            let bound = fitting.and_then(|list| list.iter().find(|(words, _)| ends_with(end, words)));
            if let Some((_, bound)) = bound {
                return Some(*bound);
            }
            let filler = self.words.between.iter().filter(|words| ends_with(end, words)).map(Vec::len).max()?;
            end -= filler;
        }
        None
    }

    fn bound_after(&self, at: usize, sentence: &Sentence) -> Option<Bound> {
        let fitting = self.words.after.get(self.text.lower(at))?;
        let inside = |words: &Vec<String>| at + words.len() <= sentence.end && self.text.has(at, words);
        fitting.iter().find(|(words, _)| inside(words)).map(|(_, bound)| *bound)
    }

    /// "dozens every week", "20 a day", "each month 300 people", "2,000 weekly".
    pub(super) fn rate(&self, number: &Number, noun: Option<usize>, sentence: &Sentence) -> Option<Rate> {
        let behind = number.end..sentence.end.min(number.end.max(noun.unwrap_or(0)) + REACH);
        let stop = |at: &usize| !matches!(self.text.word(*at), "," | ";" | ":" | "." | "(" | "“" | "”");
        let after = behind.take_while(stop).find_map(|at| self.rate_at(at, sentence));
        after.or_else(|| {
            // Before the number only what cannot be "a day later".
            let from = number.first.saturating_sub(4).max(sentence.first);
            let every = |at: &usize| matches!(self.text.lower(*at), "every" | "each" | "per");
            (from..number.first).filter(every).find_map(|at| self.rate_at(at, sentence))
        })
    }

    fn rate_at(&self, at: usize, sentence: &Sentence) -> Option<Rate> {
        let text = self.text;
        if let Some(rate) = self.words.rate_adverbs.get(text.lower(at)) {
            // "daily newspapers"
            let behind = at + 1 >= sentence.end || !text.syntax.is_noun(at + 1);
            return behind.then_some(*rate);
        }
        let unit = *self.words.rates.get(text.lower(at + 1)).filter(|_| at + 1 < sentence.end)?;
        let article = matches!(text.lower(at), "a" | "an");
        let later = self.words.rate_unless.contains(text.lower(at + 2))
            || at > sentence.first && self.words.rate_unless_behind.contains(text.lower(at - 1));
        (self.words.rate_before.contains(text.lower(at)) && !(article && later)).then_some(unit)
    }
}
