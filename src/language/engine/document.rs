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
}

impl Document {
    /// A text of `pieces` that are not empty; if they are `whole`, no sentence begins inside of one.
    pub fn new(tokens: Vec<Token>, spaces: Vec<bool>, pieces: Vec<Range<usize>>, whole: bool) -> Self {
        let length = tokens.len();
        let mut starts = vec![if whole { -1 } else { 0 }; length];
        for piece in &pieces {
            starts[piece.start] = 1;
        }
        Self {
            spaces,
            tags: vec![Label::default(); length],
            pos: vec![Label::default(); length],
            morphs: vec![Label::default(); length],
            lemmas: vec![None; length],
            heads: (0..length as u32).collect(),
            deps: vec![Label::default(); length],
            starts,
            entities: Vec::new(),
            pieces,
            tokens,
        }
    }
}
