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

/// Of a stretch of this many tokens that has fewer than [`BYTES`] bytes of text a token …
const STRETCH: usize = 10_000;
/// … those parts of this many tokens are no language of which the same is true.
const PART: usize = 100;
/// No thousand tokens of the news that `tools/parity.py` takes have fewer than 4.7 bytes a token; short
/// questions and answers may have 3.5, but hardly for twenty pages.
const BYTES: f64 = 3.5;

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

/// The stretches of `tokens` that are no language.
fn no_language(tokens: &[Token]) -> Vec<Range<usize>> {
    let dense = |range: Range<usize>| {
        let end = tokens.get(range.end).map_or(tokens[range.end - 1].end, |next| next.start);
        f64::from(end - tokens[range.start].start) < BYTES * range.len() as f64
    };
    let stretches = (0..tokens.len() / STRETCH).map(|number| number * STRETCH..(number + 1) * STRETCH);
    let parts = stretches.filter(|stretch| dense(stretch.clone())).flat_map(|stretch| stretch.step_by(PART));
    let mut found: Vec<Range<usize>> = Vec::new();
    for part in parts.map(|first| first..first + PART).filter(|part| dense(part.clone())) {
        match found.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end,
            _ => found.push(part),
        }
    }
    found
}

/// Takes what is no language out of `tokens` and `pieces`.
fn take_out(tokens: &mut Vec<Token>, pieces: &mut Vec<Range<usize>>) -> Vec<(usize, Vec<Token>)> {
    let dense = no_language(tokens);
    if dense.is_empty() {
        return Vec::new();
    }
    let (mut kept, mut cut, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    let (mut from, mut next) = (0, pieces.iter().cloned().peekable());
    for range in dense.into_iter().chain(std::iter::once(tokens.len()..tokens.len())) {
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
    fn only_long_stretches_of_tokens_without_letters_are_taken_out() {
        type Ends = &'static [(usize, usize)];
        let cases: [(&[u32], Ends, Ends, Ends); 5] = [
            (&[2, 5], &[(0, 20_000)], &[(0, 10_000)], &[(0, 10_000)]),
            (&[5, 2, 5], &[(0, 30_000)], &[(0, 10_000), (10_000, 20_000)], &[(10_000, 10_000)]),
            (
                &[5, 2, 2, 5],
                &[(0, 900), (900, 11_000), (12_000, 13_000), (29_999, 40_000)],
                &[(0, 900), (900, 10_000), (10_000, 20_000)],
                &[(10_000, 20_000)],
            ),
            (&[4, 4], &[(0, 10), (10, 20_000)], &[(0, 10), (10, 20_000)], &[]),
            (&[2], &[(0, 500), (500, 10_000)], &[], &[(0, 10_000)]),
        ];
        for (widths, pieces, cut, unread) in cases {
            let mut tokens = tokens(widths);
            let mut pieces: Vec<_> = pieces.iter().map(|&(start, end)| start..end).collect();
            let before = tokens.len();
            let found = take_out(&mut tokens, &mut pieces);
            assert!(pieces.iter().map(|piece| (piece.start, piece.end)).eq(cut.iter().copied()), "{widths:?}");
            assert!(found.iter().map(|(at, tokens)| (*at, tokens.len())).eq(unread.iter().copied()), "{widths:?}");
            assert_eq!(tokens.len() + unread.iter().map(|(_, count)| count).sum::<usize>(), before);
        }
        assert!(no_language(&tokens(&[2])[..9_999]).is_empty());
    }

    #[test]
    fn language_beside_it_is_kept_by_the_hundred() {
        let mut tokens = tokens(&[2, 5]);
        // The first stretch ends with fifty tokens that are language.
        tokens.drain(..50);
        assert!(no_language(&tokens).into_iter().eq(std::iter::once(0..9_900)));
    }
}
