//! What the families of rules share: the pieces of a sentence, and which rule has its way where several fit.

use super::super::text::Text;
use super::lexicon::{Edge, Phrase, Sense, Side, TimeWords};
use super::meaning::Meaning;
use super::pieces::{self, Form, Piece};
use crate::model::{Sentence, Span};

/// Expressions inside expressions: "two weeks before the end of last year" needs three.
const DEEPEST: u8 = 3;
/// Words before which a month alone, or a number of four digits, is a time.
const PREPOSITIONS: &[&str] =
    &["in", "since", "until", "till", "during", "throughout", "circa", "late", "early", "mid", "last"];
/// Words before which it may be one.
const WEAK_PREPOSITIONS: &[&str] = &[
    "of", "by", "from", "between", "and", "or", "to", "before", "after", "for", "around", "through", "(", ",", "–",
    "—", "-", "[",
];

/// What a rule makes of the pieces from some place on: one past the last, and what they mean.
pub(super) type Parse = Option<(usize, Meaning)>;

/// The rules, looking at one sentence.
pub(super) struct Grammar<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) words: &'static TimeWords,
    pieces: Vec<Piece<'a>>,
    /// No word has a capital: small letters say nothing.
    pub(super) caseless: bool,
}

impl<'a> Grammar<'a> {
    pub fn new(text: &'a Text<'a>, sentence: &Sentence) -> Self {
        let words = TimeWords::embedded();
        let pieces = pieces::cut(text, sentence, words);
        let caseless = !pieces.iter().any(|piece| piece.capital);
        Self { text, words, pieces, caseless }
    }

    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Where the pieces `first..end` stand.
    pub fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.pieces[first].span.start, self.pieces[end - 1].span.end)
    }

    /// The word that a piece is part of.
    pub fn word(&self, at: usize) -> usize {
        self.pieces[at].word
    }

    /// A piece, folded; empty past the end.
    pub(super) fn key(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |piece| &piece.key)
    }

    /// The piece before, folded; empty at the beginning.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.key(before))
    }

    pub(super) fn form(&self, at: usize) -> Option<Form> {
        self.pieces.get(at).map(|piece| piece.form)
    }

    pub(super) fn sense(&self, at: usize) -> Option<&'a Sense> {
        self.pieces.get(at).and_then(|piece| piece.sense)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.capital)
    }

    /// Whether no white space stands before a piece.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.glued)
    }

    /// Whether a hyphen inside a word stands at `at`.
    pub(super) fn is_hyphen(&self, at: usize) -> bool {
        matches!(self.key(at), "-" | "‐" | "‑") && self.is_glued(at) && self.is_glued(at + 1)
    }

    /// `at`, or behind a hyphen inside a word.
    pub(super) fn past_hyphen(&self, at: usize) -> usize {
        if self.is_hyphen(at) { at + 1 } else { at }
    }

    /// `at`, or behind one of `words`.
    pub(super) fn past(&self, at: usize, words: &[&str]) -> usize {
        if !self.key(at).is_empty() && words.contains(&self.key(at)) { at + 1 } else { at }
    }

    /// Whether `words` stand at `at`; marks inside words count for nothing.
    pub(super) fn has(&self, at: usize, words: &[&str]) -> Option<usize> {
        let mut end = at;
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                end = self.past_marks(end);
            }
            if self.key(end) != *word {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The longest phrase of a kind that begins at `at`, with one past its last piece.
    pub(super) fn phrase<T>(&self, at: usize, kind: impl Fn(Phrase) -> Option<T>) -> Option<(usize, T)> {
        let phrases = &self.sense(at)?.phrases;
        phrases.iter().find_map(|(rest, phrase)| {
            let wanted = kind(*phrase)?;
            let mut end = at + 1;
            for word in rest {
                end = self.past_marks(end);
                if self.key(end) != word {
                    return None;
                }
                end += 1;
            }
            Some((end, wanted))
        })
    }

    /// Behind hyphens, apostrophes and full stops inside a word or abbreviation.
    fn past_marks(&self, mut at: usize) -> usize {
        while self.is_glued(at) && matches!(self.key(at), "-" | "‐" | "‑" | "'" | "’" | "‘" | ".") {
            at += 1;
        }
        at
    }

    /// Whether an expression may begin here: no number or word goes on into it.
    pub(super) fn is_free(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let joins_anyway = matches!(self.key(before), "$" | "#" | "@" | "€" | "£" | "+" | "№");
        if !self.is_glued(at) || joins_anyway {
            return !joins_anyway;
        }
        match self.form(before) {
            Some(Form::Mark) => {
                let joins = matches!(self.key(before), "-" | "‐" | "‑" | "." | "/" | "_" | "'" | "’");
                // "3:16" is one, "says:30 December" two.
                let colon =
                    self.key(before) == ":" && before.checked_sub(1).and_then(|at| self.form(at)) == Some(Form::Digits);
                !(joins || colon) || !self.is_glued(before)
            }
            _ => false,
        }
    }

    /// Whether an expression may end here: no number or word goes on behind it.
    pub(super) fn is_closed(&self, end: usize) -> bool {
        if !self.is_glued(end) {
            return true;
        }
        let continues = |at: usize| self.is_glued(at) && matches!(self.form(at), Some(Form::Digits | Form::Letters));
        match (self.form(end), self.key(end)) {
            (Some(Form::Mark), "-" | "‐" | "‑" | "_") => !continues(end + 1),
            (Some(Form::Mark), "/" | ":" | ".") => !(continues(end + 1) && self.form(end + 1) == Some(Form::Digits)),
            (Some(Form::Mark), _) => true,
            _ => false,
        }
    }

    /// Whether what stands here does not go on a noun phrase: a mark, the end, a preposition, a verb.
    pub(super) fn follows(&self, at: usize) -> bool {
        match self.form(at) {
            None | Some(Form::Mark) => !matches!(self.key(at), "%" | "$" | "°"),
            Some(Form::Letters) => {
                let verb = matches!(self.text.syntax.tag(self.word(at)), "VBD" | "VBZ" | "VBP" | "MD");
                (verb || self.words.is_follower(self.key(at))) && !self.is_capital(at)
            }
            Some(Form::Digits) => false,
        }
    }

    /// Whether the word before makes a month or a number of four digits a time; none: it says nothing.
    pub(super) fn prepared(&self, at: usize) -> Option<Preparation> {
        let before = self.before(at);
        if PREPOSITIONS.contains(&before) {
            return Some(Preparation::Strong);
        }
        WEAK_PREPOSITIONS.contains(&before).then_some(Preparation::Weak)
    }

    /// The expression that begins at `at`, the longest that any rule finds.
    pub fn expression(&self, at: usize) -> Parse {
        if !self.may_begin(at) || !self.is_free(at) {
            return None;
        }
        let found = [
            self.range(at),
            self.bound(at),
            self.bound_behind(at),
            self.timed(at),
            self.point(at, false, DEEPEST),
            self.window(at),
            self.ahead(at),
            self.age(at),
            self.set(at),
            self.duration(at),
            self.clock(at).map(|(end, clock)| (end, Meaning::Clock(clock))),
        ];
        longest(found).filter(|(end, _)| self.is_closed(*end))
    }

    /// A point in time or a stretch of it that is told as one; `loose` where words before have said that it is one.
    pub(super) fn point(&self, at: usize, loose: bool, depth: u8) -> Parse {
        let depth = depth.checked_sub(1)?;
        if !self.may_begin(at) {
            return None;
        }
        let found = [
            self.date(at, loose),
            self.numeric(at, loose),
            self.weekday(at, loose),
            self.relative_day(at),
            self.ordered(at),
            self.edge(at, depth),
            self.nth(at, depth),
            self.year(at, loose),
            self.season(at, loose),
            self.holiday(at),
            self.hijri(at, loose),
            self.shift(at, depth),
        ];
        longest(found)
    }

    /// As [`Grammar::point`], inside another expression.
    pub(super) fn inner(&self, at: usize) -> Parse {
        self.point(at, true, DEEPEST)
    }

    /// Whether a rule has a word that begins with the piece.
    fn may_begin(&self, at: usize) -> bool {
        let Some(piece) = self.pieces.get(at) else { return false };
        match piece.form {
            Form::Digits => true,
            Form::Mark => matches!(&*piece.key, "'" | "’" | "‘" | ","),
            Form::Letters => {
                piece.sense.is_some()
                    || matches!(
                        &*piece.key,
                        "the"
                            | "a"
                            | "an"
                            | "in"
                            | "from"
                            | "between"
                            | "within"
                            | "aged"
                            | "age"
                            | "ages"
                            | "every"
                            | "each"
                            | "at"
                            | "all"
                            | "per"
                            | "once"
                            | "twice"
                            | "half"
                            | "q"
                            | "these"
                            | "on"
                            | "his"
                            | "her"
                            | "their"
                            | "year"
                            | "recent"
                            | "for"
                            | "over"
                    )
                    || piece
                        .key
                        .strip_suffix('s')
                        .is_some_and(|day| self.words.sense(day).is_some_and(|sense| sense.weekday.is_some()))
            }
        }
    }

    /// An edge of something at `at`.
    pub(super) fn edge_word(&self, at: usize) -> Option<(usize, Edge)> {
        self.phrase(at, |phrase| match phrase {
            Phrase::Edge(edge) => Some(edge),
            _ => None,
        })
    }

    /// A word that opens an interval at `at`.
    pub(super) fn bound_word(&self, at: usize) -> Option<(usize, Side)> {
        self.phrase(at, |phrase| match phrase {
            Phrase::Bound(side) => Some(side),
            _ => None,
        })
    }
}

/// How much the word before speaks for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preparation {
    /// "in", "since".
    Strong,
    /// "of", "from": of other things, too.
    Weak,
}

/// The parse that takes most pieces, the first of equal ones.
pub(super) fn longest<const N: usize>(parses: [Parse; N]) -> Parse {
    parses.into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::Document;

    /// Asks the rules about the first sentence of `text`.
    pub(in super::super) fn grammar<T>(text: &str, ask: impl FnOnce(&Grammar<'_>) -> T) -> T {
        let document = Document::from_text("test", text);
        let analysis = crate::language::Analyser::rules().analyse(text);
        let text = Text::new(&document, &analysis);
        let sentence = &text.sentences()[0];
        ask(&Grammar::new(&text, sentence))
    }

    #[test]
    fn numbers_inside_other_words_begin_and_end_nothing() {
        for (text, free) in
            [("(2012)", true), ("COVID-19", false), ("F16", false), ("$12", false), ("3:16", false), ("—2013", true)]
        {
            let at = grammar(text, |grammar| {
                (0..grammar.len()).find(|&at| grammar.form(at) == Some(Form::Digits) && at > 0)
            });
            let at = at.expect("digits");
            assert_eq!(grammar(text, |grammar| grammar.is_free(at)), free, "{text}");
        }
        for (text, closed) in
            [("2000-strong", false), ("2011.", true), ("2011’s", true), ("1980s", false), ("10/10", false)]
        {
            assert_eq!(grammar(text, |grammar| grammar.is_closed(1)), closed, "{text}");
        }
    }
}
