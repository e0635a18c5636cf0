//! Sentences into windows that the encoder reads at once.
//!
//! Sentences that fit are packed together, since each gives the others context. A longer one is read in
//! windows that overlap by a quarter; a word is decided in the one where it has more context.

use std::ops::Range;

use super::words::Sentence;

/// Pieces up to which sentences are packed together: the time for attention grows with the square.
const PACKED: usize = 94;

/// Pieces to read together, and the words to decide there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Sentences and the parts of their pieces, one after the other.
    pub parts: Vec<Part>,
    /// Number of pieces.
    pub length: usize,
}

/// A stretch of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Number of the sentence.
    pub sentence: usize,
    pub pieces: Range<usize>,
    /// The words decided here.
    pub words: Range<usize>,
}

/// Windows of at most `size` pieces (eight or more; fewer where sentences are packed) that decide every word of all sentences once.
pub(super) fn windows(sentences: &[Sentence], size: usize) -> Vec<Window> {
    let mut found: Vec<Window> = Vec::new();
    let mut open = false;
    for (number, sentence) in sentences.iter().enumerate() {
        let length = sentence.pieces.len();
        if sentence.words.is_empty() {
            continue;
        }
        if length > size {
            found.extend(overlapping(number, sentence, size));
            open = false;
            continue;
        }
        let part = Part { sentence: number, pieces: 0..length, words: 0..sentence.words.len() };
        match found.last_mut() {
            Some(window) if open && window.length + length <= size.min(PACKED) => {
                window.length += length;
                window.parts.push(part);
            }
            _ => found.push(Window { parts: vec![part], length }),
        }
        open = true;
    }
    found
}

fn overlapping(number: usize, sentence: &Sentence, size: usize) -> impl Iterator<Item = Window> {
    let (length, overlap) = (sentence.pieces.len(), size / 4);
    (0..length.saturating_sub(overlap)).step_by(size - overlap).filter_map(move |start| {
        let end = length.min(start + size);
        // Half of what two windows share is decided in each.
        let from = if start == 0 { 0 } else { start + overlap / 2 };
        let to = if end == length { length } else { end - (overlap - overlap / 2) };
        let word = |piece: usize| sentence.words.partition_point(|word| word.piece < piece);
        let words = word(from)..word(to);
        let part = Part { sentence: number, pieces: start..end, words };
        (!part.words.is_empty()).then(|| Window { parts: vec![part], length: end - start })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::encoder::words::Word;

    /// A sentence whose words have so many pieces.
    fn sentence(words: &[usize]) -> Sentence {
        let mut found = Sentence::default();
        for &pieces in words {
            let piece = found.pieces.len();
            found.words.push(Word { start: piece, end: piece + 1, piece });
            found.pieces.extend(std::iter::repeat_n(7, pieces));
        }
        found
    }

    #[test]
    fn sentences_that_fit_share_a_window() {
        let sentences = [sentence(&[3, 3]), sentence(&[]), sentence(&[2]), sentence(&[5])];
        let found = windows(&sentences, 8);
        let shape: Vec<Vec<usize>> = found.iter().map(|w| w.parts.iter().map(|p| p.sentence).collect()).collect();
        assert_eq!(shape, [vec![0, 2], vec![3]]);
    }

    #[test]
    fn a_word_longer_than_a_window_is_read_where_it_begins() {
        let found = windows(&[sentence(&[1, 100, 1])], 16);
        let words: Vec<Range<usize>> = found.iter().map(|w| w.parts[0].words.clone()).collect();
        assert_eq!(words, [0..2, 2..3]);
    }

    proptest! {
        #[test]
        fn every_word_is_decided_once(lengths in prop::collection::vec(prop::collection::vec(1..40usize, 0..40), 0..12), size in 8..64usize) {
            let sentences: Vec<Sentence> = lengths.iter().map(|words| sentence(words)).collect();
            let mut decided = Vec::new();
            for window in windows(&sentences, size) {
                prop_assert!(window.length <= size);
                prop_assert_eq!(window.length, window.parts.iter().map(|p| p.pieces.len()).sum::<usize>());
                for part in window.parts {
                    for word in part.words {
                        prop_assert!(part.pieces.contains(&sentences[part.sentence].words[word].piece));
                        decided.push((part.sentence, word));
                    }
                }
            }
            let all: Vec<(usize, usize)> = lengths.iter().enumerate().flat_map(|(s, words)| (0..words.len()).map(move |w| (s, w))).collect();
            prop_assert_eq!(decided, all);
        }
    }
}
