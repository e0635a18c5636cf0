//! The words of a sentence, cut at hyphens and between digits and letters: "63-year-old" is five pieces, "5pm" two.

use std::borrow::Cow;

use super::super::text::Text;
use super::lexicon::{Sense, TimeWords};
use crate::model::{Sentence, Span, WordShape};
use crate::text::fold;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Digits,
    Letters,
    Mark,
}

/// The smallest thing that times are read of.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub span: Span,
    /// The word it is part of.
    pub word: usize,
    /// Folded; marks and digits as written.
    pub key: Cow<'a, str>,
    pub form: Form,
    /// Begins with a capital.
    pub capital: bool,
    /// No white space before it.
    pub glued: bool,
    pub sense: Option<&'a Sense>,
}

/// The pieces of a sentence.
pub(super) fn cut<'a>(text: &'a Text<'_>, sentence: &Sentence, words: &'a TimeWords) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(sentence.end - sentence.first + 4);
    let mut end = None;
    for word in sentence.words() {
        let span = text.analysis.words[word].span;
        let written = text.word(word);
        let whole = written.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_uppercase());
        if whole {
            let key = Cow::Borrowed(text.lower(word));
            let sense = words.sense(&key);
            let capital = written.starts_with(|letter: char| letter.is_ascii_uppercase());
            let glued = end == Some(span.start);
            pieces.push(Piece { span, word, key, form: Form::Letters, capital, glued, sense });
            end = Some(span.end);
            continue;
        }
        for (start, part, form) in parts(written, text.shape(word)) {
            let span = Span::new(span.start + start, span.start + start + part.len());
            let key = match form {
                Form::Letters => fold(part),
                _ => part.to_owned(),
            };
            // A possessive ending, or a letter of another script that folds to nothing.
            let form = if key.is_empty() { Form::Mark } else { form };
            let sense = if form == Form::Letters { words.sense(&key) } else { None };
            let capital = part.starts_with(char::is_uppercase);
            let glued = end == Some(span.start);
            end = Some(span.end);
            pieces.push(Piece { span, word, key: Cow::Owned(key), form, capital, glued, sense });
        }
    }
    pieces
}

/// The parts of one word with their offsets.
fn parts(word: &str, shape: WordShape) -> Vec<(usize, &str, Form)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut last: Option<Form> = None;
    let mut push = |from: usize, to: usize, form: Option<Form>| {
        if let Some(form) = form.filter(|_| from < to) {
            parts.push((from, &word[from..to], form));
        }
    };
    for (at, letter) in word.char_indices() {
        let separates =
            matches!(letter, '-' | '‐' | '‑') || !letter.is_alphanumeric() && shape == WordShape::Punctuation;
        let form = if separates {
            Form::Mark
        } else if letter.is_ascii_digit() {
            Form::Digits
        } else if matches!(letter, ',' | '.') && last == Some(Form::Digits) {
            // "136,614", "9.30"
            Form::Digits
        } else {
            Form::Letters
        };
        if last != Some(form) || form == Form::Mark {
            push(start, at, last);
            start = at;
            last = Some(form);
        }
    }
    push(start, word.len(), last);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_hyphens_and_digits() {
        for (word, expected) in [
            ("63-year-old", vec!["63", "-", "year", "-", "old"]),
            ("5pm", vec!["5", "pm"]),
            ("9.30pm", vec!["9.30", "pm"]),
            ("136,614", vec!["136,614"]),
            ("2024‑12‑08", vec!["2024", "‑", "12", "‑", "08"]),
            ("Sha’ban", vec!["Sha’ban"]),
            ("p.m.", vec!["p.m."]),
            ("½", vec!["½"]),
            ("1990s.", vec!["1990", "s."]),
        ] {
            let found: Vec<&str> = parts(word, WordShape::Lower).into_iter().map(|(_, part, _)| part).collect();
            assert_eq!(found, expected, "{word}");
        }
    }
}
