//! Figures: how many, of what, to whom what happened, where and when.
//!
//! `number.rs` reads numbers, `bounds.rs` what bounds them, `unit.rs` finds the noun that is counted,
//! `states.rs` what is said to have happened to the counted, `parts.rs` which figure is a part of which,
//! `scene.rs` period, place and rate, `unite.rs` makes one of a figure that the same claimant gives twice.
//! The words are data (`data/lexicon/figures.toml`).

mod bounds;
mod number;
mod parts;
mod scene;
mod states;
mod unit;
mod unite;
mod words;

#[cfg(test)]
mod tests;

pub(super) use unite::unite;

use super::clause::Clause;
use super::coreference::Resolved;
use super::lexicon::Lexicon;
use super::text::Text;
use super::time::TimeMention;
use crate::gazetteer::Gazetteer;
use crate::model::{Bound, Event, Figure, MentionForm, Modality, Sentence, WordShape};
use number::{Number, Numbers};
use unit::Counted;
use words::FigureWords;

/// Figures of one sentence; one with more is a table and no prose.
const MOST: usize = 64;

/// Finds figures that count people or things, in order of position.
pub(super) fn find(
    text: &Text<'_>,
    resolved: &Resolved,
    times: &[TimeMention],
    events: &[Event],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) -> Vec<Figure> {
    let clause = Clause::new(text, &resolved.found, lexicon);
    let words = FigureWords::embedded();
    let finder = Finder {
        text,
        clause: &clause,
        resolved,
        times,
        events,
        events_at: events_at(text, events),
        gazetteer,
        lexicon,
        words,
    };
    let mut found: Vec<Known> = Vec::new();
    for (index, sentence) in text.sentences().iter().enumerate() {
        finder.sentence(index, sentence, &mut found);
    }
    found.into_iter().map(|known| known.figure).collect()
}

/// Word → the event whose trigger stands there.
fn events_at(text: &Text<'_>, events: &[Event]) -> Vec<Option<usize>> {
    let mut at = vec![None; text.len()];
    for (index, event) in events.iter().enumerate() {
        let words = text.analysis.word_at(event.trigger.start)..;
        for word in words.take_while(|&word| word < text.len() && text.span(word, word + 1).start < event.trigger.end) {
            at[word] = at[word].or(Some(index));
        }
    }
    at
}

/// A figure on its way, with where its words stand.
struct Known {
    figure: Figure,
    number: Number,
    counted: Counted,
    sentence: usize,
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    clause: &'a Clause<'a, 't>,
    resolved: &'a Resolved,
    times: &'a [TimeMention],
    events: &'a [Event],
    events_at: Vec<Option<usize>>,
    gazetteer: &'a Gazetteer,
    lexicon: &'a Lexicon,
    words: &'a FigureWords,
}

impl Finder<'_, '_> {
    fn sentence(&self, index: usize, sentence: &Sentence, found: &mut Vec<Known>) {
        let numbers = Numbers { text: self.text, words: self.words };
        let first = self.times.partition_point(|time| time.end <= sentence.first);
        let mut dates = self.times[first..].iter().peekable();
        let before = found.len();
        let mut token = sentence.first;
        while token < sentence.end && found.len() - before < MOST {
            if !numbers.may_begin(token) {
                token += 1;
                continue;
            }
            while dates.next_if(|time| time.end <= token).is_some() {}
            let dated = dates.peek().is_some_and(|time| time.first <= token);
            let number = (!dated && !self.in_name(token) && !self.is_marker(token, sentence))
                .then(|| numbers.at(token, sentence.end))
                .flatten();
            let Some(number) = number else {
                token += 1;
                continue;
            };
            token = number.end;
            if dates.peek().is_some_and(|time| time.first < number.end) {
                continue;
            }
            // "rose from 20 to 45 people": the figure is the later one.
            let number = self.changed(number, sentence);
            if let Some(known) = self.figure(number, index, sentence, found) {
                found.push(known);
            }
        }
        self.relate(before, found);
    }

    fn figure(&self, number: Number, index: usize, sentence: &Sentence, found: &[Known]) -> Option<Known> {
        let counted = self.counted(&number, sentence, found)?;
        let states = self.states(&counted, &number, sentence);
        // "one man said", "the two brothers": too few to be a figure, unless something happened to them.
        let anaphoric = number.first > sentence.first && self.text.lower(number.first - 1) == "the";
        if number.value < 3
            && number.upper.is_none()
            && (!states.told || anaphoric || counted.partitive && number.value < 2)
        {
            return None;
        }
        let bound = self.bound(&number, counted.noun, sentence);
        let event = states.event;
        let modality = event.map_or(Modality::Actual, |event| self.events[event].modality);
        let evidence = vec![sentence.span];
        let figure = Figure {
            span: self.text.span(number.first, number.end),
            evidence,
            value: Some(number.value),
            upper: number.upper,
            bound,
            unit: counted.unit.clone(),
            counted: states.kinds,
            rate: self.rate(&number, counted.noun, sentence),
            part_of: None,
            event,
            place: self.place(&counted, event, sentence),
            period: self.period(&counted, event, sentence),
            attribution: Vec::new(),
            modality,
            confidence: counted.confidence,
        };
        let mut known = Known { figure, number, counted, sentence: index };
        known.figure.part_of = self.whole(&known, sentence, found);
        Some(known)
    }

    /// Whether a word stands within a name: "the April 6 Movement".
    fn in_name(&self, token: usize) -> bool {
        self.clause.mention(token).is_some_and(|mention| {
            let found = &self.resolved.found[mention];
            // "20 Syrians" may be a name to those who look for names.
            found.form == MentionForm::Name && (found.first < token || found.end - found.first > 2)
        })
    }

    /// Whether a number marks an item, a sum of money or a part: "1/5 Families", "3. Prisoners", "$500",
    /// "Resolution 1267".
    fn is_marker(&self, token: usize, sentence: &Sentence) -> bool {
        let text = self.text;
        let before = token.checked_sub(1).filter(|at| *at >= sentence.first);
        let next = text.word(token + 1);
        let part = matches!(next, "/" | "%" | "°" | "″" | "€" | "£" | "$")
            || before.is_some_and(|at| {
                matches!(text.word(at), "/" | "#" | "§" | "№" | "$" | "€" | "£" | "¥" | "₹" | "°" | "*" | "=" | "+")
            });
        let digits = text.shape(token) == WordShape::Number;
        let item = digits && token == sentence.first && matches!(next, "." | ")" | ":" | "-" | "–" | "]" | "|");
        let numbered = digits
            && before.is_some_and(|at| {
                let noun = self.words.unit.numbered.contains(text.lower(at));
                // "day 16 of the strike"
                let hangs = text.syntax.dep(token) == "nummod" && text.syntax.head(token) == Some(at);
                let named = hangs || text.is_capital(at) || text.lower(at).starts_with("age") || text.word(at) == "no.";
                noun && named || text.word(at) == "." && at > sentence.first && text.lower(at - 1) == "no"
            });
        part || item || numbered || self.is_share(token, sentence)
    }

    /// "3 out of 4 people", "one in five women": a share and no count.
    fn is_share(&self, token: usize, sentence: &Sentence) -> bool {
        let text = self.text;
        let numbers = Numbers { text, words: self.words };
        let number = |at: usize| numbers.may_begin(at).then(|| numbers.at(at, sentence.end)).flatten();
        let small = |at: usize| number(at).is_some_and(|number| number.value < 10);
        let of = token >= sentence.first + 3 && text.lower(token - 1) == "of" && text.lower(token - 2) == "out";
        let out_of = text.lower(token + 1) == "out" && text.lower(token + 2) == "of" && number(token + 3).is_some();
        let before = token >= sentence.first + 2 && text.lower(token - 1) == "in" && small(token - 2);
        let behind = text.lower(token + 1) == "in"
            && small(token)
            && number(token + 2).is_some_and(|number| number.value < 1000 && number.bound == Bound::Exact);
        of || out_of || before || behind
    }

    /// "from 20 to 45" after a verb of change: only the later number.
    fn changed(&self, number: Number, sentence: &Sentence) -> Number {
        let text = self.text;
        let from = number.first.checked_sub(1).filter(|at| *at >= sentence.first && text.lower(*at) == "from");
        let changes = |word: usize| self.words.unit.changing.contains(text.syntax.lemma(word));
        if number.bound != Bound::Range || !from.is_some_and(|from| text.syntax.above(from).take(2).any(changes)) {
            return number;
        }
        let to = (number.first..number.end).find(|&at| text.lower(at) == "to");
        let later = to.and_then(|to| Numbers { text, words: self.words }.at(to + 1, sentence.end));
        later.unwrap_or(number)
    }
}
