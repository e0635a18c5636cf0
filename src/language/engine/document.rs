//! What is known of a text while the components run: one layer per component, by token.

use std::ops::Range;
use std::sync::Arc;

use super::entity_recognizer::EntitySpan;
use super::labels::Label;
use super::tokenizer::Token;

/// A text being analysed.
#[derive(Debug)]
pub(super) struct Document {
    pub tokens: Vec<Token>,
    pub spaces: Vec<bool>,
    pub tags: Vec<Label>,
    pub pos: Vec<Label>,
    pub morphs: Vec<Label>,
    pub lemmas: Vec<Option<Arc<str>>>,
    pub heads: Vec<u32>,
    pub deps: Vec<Label>,
    /// 1: a sentence begins here; −1: none does; 0: not known.
    pub starts: Vec<i8>,
    pub entities: Vec<EntitySpan>,
    /// The tokens of each piece, in order: pieces know nothing of each other.
    pub pieces: Vec<Range<usize>>,
    /// Tokens that are no language, and how many of `tokens` come before them.
    pub unread: Vec<(usize, Vec<Token>)>,
}

/// A stretch of this many tokens …
const STRETCH: usize = 1_000;
/// … that has fewer bytes of text is no language. The news under `tools/parity.py` have 4,700 and more.
const BYTES: u32 = 3_500;

impl Document {
    /// A text of `pieces` that are not empty; if they are `whole`, no sentence begins inside of one.
    /// What is no language is taken out, and cuts the piece in which it lies.
    pub fn new(mut tokens: Vec<Token>, mut pieces: Vec<Range<usize>>, whole: bool) -> Self {
        let unread = take_out(&mut tokens, &mut pieces);
        let length = tokens.len();
        let mut starts = vec![if whole { -1 } else { 0 }; length];
        for piece in &pieces {
            starts[piece.start] = 1;
        }
        Self {
            spaces: Vec::new(),
            tags: vec![Label::default(); length],
            pos: vec![Label::default(); length],
            morphs: vec![Label::default(); length],
            lemmas: vec![None; length],
            heads: (0..length as u32).collect(),
            deps: vec![Label::default(); length],
            starts,
            entities: Vec::new(),
            pieces,
            unread,
            tokens,
        }
    }
}

/// Takes the stretches that are no language out of `tokens` and `pieces`.
fn take_out(tokens: &mut Vec<Token>, pieces: &mut Vec<Range<usize>>) -> Vec<(usize, Vec<Token>)> {
    let dense = |at: usize| {
        let end = tokens.get(at + STRETCH).map_or(tokens[at + STRETCH - 1].end, |next| next.start);
        end - tokens[at].start < BYTES
    };
    let stretches = (0..tokens.len() / STRETCH).map(|number| number * STRETCH);
    let dense: Vec<usize> = stretches.filter(|&at| dense(at)).collect();
    if dense.is_empty() {
        return Vec::new();
    }
    let (mut kept, mut cut, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    let (mut from, mut next) = (0, pieces.iter().cloned().peekable());
    for range in dense.iter().map(|&at| at..at + STRETCH).chain([tokens.len()..tokens.len()]) {
        // What lies before the stretch is kept, and so are its pieces, without what the stretch takes.
        while let Some(piece) = next.peek_mut().filter(|piece| piece.start < range.start) {
            let moved = kept.len() + piece.start - from;
            cut.push(moved..moved + piece.end.min(range.start) - piece.start);
            if piece.end > range.start {
                piece.start = range.start;
            } else {
                next.next();
            }
        }
        while let Some(piece) = next.peek_mut().filter(|piece| piece.start < range.end) {
            if piece.end > range.end {
                piece.start = range.end;
            } else {
                next.next();
            }
        }
        kept.extend_from_slice(&tokens[from..range.start]);
        unread.push((kept.len(), tokens[range.clone()].to_vec()));
        from = range.end;
    }
    unread.pop();
    (*tokens, *pieces) = (kept, cut);
    unread
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Token `n` is its number times `width` bytes from the beginning.
    fn tokens(widths: &[u32]) -> Vec<Token> {
        let mut start = 0;
        let widths = widths.iter().flat_map(|&width| std::iter::repeat_n(width, STRETCH));
        let token = |width: u32| {
            start += width;
            Token { lexeme: 0, start: start - width, end: start - 1, spacy: true }
        };
        widths.map(token).collect()
    }

    #[test]
    fn only_whole_stretches_of_tokens_without_letters_are_taken_out() {
        for (widths, pieces, cut, unread) in [
            (&[2, 5][..], vec![0..2000], vec![0..1000], vec![0]),
            (&[5, 2, 5], vec![0..3000], vec![0..1000, 1000..2000], vec![1000]),
            (
                &[5, 2, 2, 5],
                vec![0..900, 900..1100, 1200..1300, 2999..4000],
                vec![0..900, 900..1000, 1000..2000],
                vec![1000, 1000],
            ),
            (&[4, 4], vec![0..10, 10..2000], vec![0..10, 10..2000], vec![]),
            (&[2], vec![0..500, 500..1000], vec![], vec![0]),
        ] {
            let mut tokens = tokens(widths);
            let (mut pieces, before) = (pieces, tokens.len());
            let found = take_out(&mut tokens, &mut pieces);
            assert_eq!(pieces, cut, "{widths:?}");
            assert_eq!(found.iter().map(|(at, _)| *at).collect::<Vec<_>>(), unread, "{widths:?}");
            assert_eq!(tokens.len() + found.len() * STRETCH, before);
        }
        let mut few = tokens(&[2])[..999].to_vec();
        assert!(take_out(&mut few, &mut vec![0..999]).is_empty());
    }
}
