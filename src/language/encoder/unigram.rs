//! Text into pieces: the most probable segmentation by a Unigram model (Kudo 2018).
//!
//! The answers are those of SentencePiece as Hugging Face's `tokenizers` has it: characters that no piece
//! covers become the unknown piece, neighbouring ones one together.

use super::error::{Error, Result};

/// How much less probable an unknown character is than the least probable piece (logarithm).
const UNKNOWN_PENALTY: f64 = 10.0;

/// A vocabulary, sorted by bytes.
#[derive(Debug)]
pub(super) struct Unigram {
    /// The pieces one after the other, in the order of their bytes.
    text: Box<[u8]>,
    /// Where each ends.
    ends: Box<[u32]>,
    /// Number and score (logarithm of the probability) of each.
    entries: Box<[(u32, f64)]>,
    /// The pieces that begin with each byte.
    first: Box<[(u32, u32); 256]>,
    unknown: u32,
    unknown_score: f64,
}

/// A piece of a text: its number and where it ends, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub number: u32,
    pub end: u32,
}

/// The best way to a place in the text.
#[derive(Debug, Clone, Copy)]
struct Step {
    score: f64,
    from: u32,
    number: u32,
}

/// Buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct UnigramCache {
    steps: Vec<Step>,
}

impl Unigram {
    /// A vocabulary of `pieces` with their `scores`; `unknown` is the number of the unknown piece.
    pub fn new(pieces: &[String], scores: &[f32], unknown: u32) -> Result<Self> {
        if pieces.len() != scores.len() || unknown as usize >= pieces.len() {
            return Err(Error::content(format!("{} pieces, {} scores, unknown {unknown}", pieces.len(), scores.len())));
        }
        let mut order: Vec<u32> = (0..pieces.len() as u32).filter(|&n| !pieces[n as usize].is_empty()).collect();
        // Of pieces that are written alike, the last counts.
        order.sort_by_key(|&n| (pieces[n as usize].as_bytes(), std::cmp::Reverse(n)));
        order.dedup_by_key(|n| pieces[*n as usize].as_bytes());
        let (mut text, mut ends, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        let mut first = Box::new([(0, 0); 256]);
        for (at, number) in order.into_iter().enumerate() {
            let piece = pieces[number as usize].as_bytes();
            let range = &mut first[usize::from(piece[0])];
            *range = (if range.1 == 0 { at as u32 } else { range.0 }, at as u32 + 1);
            text.extend_from_slice(piece);
            ends.push(u32::try_from(text.len()).map_err(Error::content)?);
            entries.push((number, f64::from(scores[number as usize])));
        }
        let least = scores.iter().copied().fold(f32::INFINITY, f32::min);
        Ok(Self {
            text: text.into(),
            ends: ends.into(),
            entries: entries.into(),
            first,
            unknown,
            unknown_score: f64::from(least) - UNKNOWN_PENALTY,
        })
    }

    fn piece(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.text[start..self.ends[at] as usize]
    }

    /// Calls `found` with the length, number and score of every piece that `text` begins with, shortest first.
    fn prefixes(&self, text: &[u8], mut found: impl FnMut(usize, u32, f64)) {
        let (mut low, mut high) = self.first[usize::from(text[0])];
        let mut length = 1;
        while low < high {
            // The pieces from `low` to `high` agree with the text in `length` bytes; one that ends there is the first.
            if self.piece(low as usize).len() == length {
                let (number, score) = self.entries[low as usize];
                found(length, number, score);
                low += 1;
            }
            let Some(&next) = text.get(length) else { return };
            let part = |from: u32, high: u32, before: &dyn Fn(u8) -> bool| {
                let (mut a, mut b) = (from, high);
                while a < b {
                    let middle = a + (b - a) / 2;
                    if before(self.piece(middle as usize)[length]) { a = middle + 1 } else { b = middle }
                }
                a
            };
            low = part(low, high, &|byte| byte < next);
            high = part(low, high, &|byte| byte <= next);
            length += 1;
        }
    }

    /// Appends the pieces of `text` (normalised, at most 4 GiB) to `out`.
    pub fn segment(&self, text: &str, cache: &mut UnigramCache, out: &mut Vec<Piece>) {
        const NONE: u32 = u32::MAX;
        let bytes = text.as_bytes();
        let steps = &mut cache.steps;
        steps.clear();
        steps.resize(bytes.len() + 1, Step { score: 0.0, from: NONE, number: self.unknown });
        for (at, character) in text.char_indices() {
            let before = steps[at].score;
            let (width, mut single) = (character.len_utf8(), false);
            let mut offer = |length: usize, number: u32, score: f64| {
                let step = &mut steps[at + length];
                let score = before + score;
                if step.from == NONE || score > step.score {
                    *step = Step { score, from: at as u32, number };
                }
            };
            self.prefixes(&bytes[at..], |length, number, score| {
                single |= length == width;
                offer(length, number, score);
            });
            if !single {
                offer(width, self.unknown, self.unknown_score);
            }
        }
        let first = out.len();
        let mut at = bytes.len();
        while at > 0 {
            let step = steps[at];
            let joined = step.number == self.unknown
                && out.len() > first
                && out.last().is_some_and(|p| p.number == self.unknown);
            if !joined {
                out.push(Piece { number: step.number, end: at as u32 });
            }
            at = step.from as usize;
        }
        out[first..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segmented(text: &str) -> Vec<(u32, u32)> {
        let pieces = ["<unk>", "▁", "a", "b", "ab", "abc", "▁ab", "é"].map(String::from);
        let unigram = Unigram::new(&pieces, &[0.0, -3.0, -4.0, -4.0, -5.0, -9.0, -5.5, -4.5], 0).expect("a vocabulary");
        let mut out = Vec::new();
        unigram.segment(text, &mut UnigramCache::default(), &mut out);
        out.into_iter().map(|piece| (piece.number, piece.end)).collect()
    }

    #[test]
    fn the_most_probable_pieces_are_found() {
        assert_eq!(segmented("▁abab"), [(6, 5), (4, 7)]);
        assert_eq!(segmented("▁abc"), [(1, 3), (5, 6)]);
        assert_eq!(segmented("ba"), [(3, 1), (2, 2)]);
        assert_eq!(segmented(""), []);
    }

    #[test]
    fn unknown_characters_are_one_piece_together() {
        assert_eq!(segmented("aжжb"), [(2, 1), (0, 5), (3, 6)]);
        assert_eq!(segmented("жaж"), [(0, 2), (2, 3), (0, 5)]);
        assert_eq!(segmented("ж"), [(0, 2)]);
        assert_eq!(segmented("éж"), [(7, 2), (0, 4)]);
    }
}
