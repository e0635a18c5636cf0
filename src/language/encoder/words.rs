//! A sentence as words and the pieces that the encoder reads.
//!
//! The rules are those the model was trained with, which are Python's: a chunk is a run without white
//! space, a word a run of letters and digits in it or one other character. A chunk is normalised
//! character by character, preceded by `▁` and cut into pieces; a word is tagged on the first piece that
//! reaches into it.

use std::collections::HashMap;
use std::ops::Range;

use unicode_general_category::{GeneralCategory, get_general_category};

use super::unigram::{Piece, Unigram, UnigramCache};

/// Marks the beginning of a chunk, and spaces.
const SPACE: char = '▁';

/// A word of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// Number of the piece that stands for it, among those of the sentence.
    pub piece: usize,
}

/// Pieces and words of a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sentence {
    pub pieces: Vec<u32>,
    pub words: Vec<Word>,
}

/// Splits text by a vocabulary and a table of replacements for characters.
#[derive(Debug)]
pub(super) struct Splitter {
    pub unigram: Unigram,
    pub replacements: HashMap<char, Box<str>>,
}

/// Buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct SplitterCache {
    unigram: UnigramCache,
    normalised: String,
    /// For each character of the normalised chunk, where it ends there and where its source ends in the chunk.
    sources: Vec<(usize, usize)>,
    pieces: Vec<Piece>,
}

impl Splitter {
    /// The pieces and words of `text[range]`.
    pub fn split(&self, text: &str, range: Range<usize>, cache: &mut SplitterCache) -> Sentence {
        let mut sentence = Sentence::default();
        let base = range.start;
        let part = &text[range];
        let mut rest = part.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            if is_space(c) {
                continue;
            }
            let mut end = start + c.len_utf8();
            while let Some((at, c)) = rest.next_if(|&(_, c)| !is_space(c)) {
                end = at + c.len_utf8();
            }
            self.chunk(&part[start..end], base + start, cache, &mut sentence);
        }
        sentence
    }

    fn chunk(&self, chunk: &str, base: usize, cache: &mut SplitterCache, sentence: &mut Sentence) {
        let SplitterCache { unigram, normalised, sources, pieces } = cache;
        normalised.clear();
        sources.clear();
        pieces.clear();
        normalised.push(SPACE);
        // The mark counts as the first character: a word may be tagged on it.
        sources.push((normalised.len(), character_length(chunk, 0)));
        for (at, c) in chunk.char_indices() {
            let mut own = [0; 4];
            let replaced = self.replacements.get(&c).map_or_else(|| &*c.encode_utf8(&mut own), |text| &**text);
            for c in replaced.chars() {
                normalised.push(if c == ' ' { SPACE } else { c });
                sources.push((normalised.len(), at + character_length(chunk, at)));
            }
        }
        self.unigram.segment(normalised, unigram, pieces);
        // Where each piece ends in the chunk: the last character of it that has a source.
        let first = sentence.pieces.len();
        let mut source = sources.iter();
        let ends: Vec<usize> = pieces
            .iter()
            .map(|piece| source.by_ref().find(|s| s.0 == piece.end as usize).map_or(chunk.len(), |s| s.1))
            .collect();
        sentence.pieces.extend(pieces.iter().map(|piece| piece.number));
        let mut at = 0;
        for word in words(chunk) {
            while at + 1 < ends.len() && ends[at] <= word.start {
                at += 1;
            }
            sentence.words.push(Word { start: base + word.start, end: base + word.end, piece: first + at });
        }
    }
}

fn character_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Runs of letters and digits, and every other character by itself.
fn words(chunk: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = chunk.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, c) = rest.next()?;
        let mut end = start + c.len_utf8();
        if is_alphanumeric(c) {
            while let Some((at, c)) = rest.next_if(|&(_, c)| is_alphanumeric(c)) {
                end = at + c.len_utf8();
            }
        }
        Some(start..end)
    })
}

/// Python's `str.isspace`.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Python's `str.isalnum`: letters and numbers of any kind, no marks.
fn is_alphanumeric(c: char) -> bool {
    use GeneralCategory::{
        DecimalNumber, LetterNumber, LowercaseLetter, ModifierLetter, OtherLetter, OtherNumber, TitlecaseLetter,
        UppercaseLetter,
    };
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    matches!(
        get_general_category(c),
        UppercaseLetter
            | LowercaseLetter
            | TitlecaseLetter
            | ModifierLetter
            | OtherLetter
            | DecimalNumber
            | LetterNumber
            | OtherNumber
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        text.split(is_space).flat_map(|chunk| words(chunk).map(move |word| &chunk[word])).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            cut("O'Neill-Smith, foo_Bar 1,234.5"),
            ["O", "'", "Neill", "-", "Smith", ",", "foo", "_", "Bar", "1", ",", "234", ".", "5"]
        );
        assert_eq!(cut("km² ٢١٥ محمّد"), ["km²", "٢١٥", "محم", "\u{651}", "د"]);
        assert_eq!(cut("a\u{1f}b\u{a0}c\u{200b}d"), ["a", "b", "c", "\u{200b}", "d"]);
    }
}
