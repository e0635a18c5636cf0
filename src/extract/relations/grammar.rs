//! What the language model says of the words of a document: tags, heads and dependents, by word.

use crate::extract::text::Text;
use crate::model::Token;

/// Tokens by the words they stand in.
pub(super) struct Grammar<'a> {
    tokens: &'a [Token],
    /// Word → its last token.
    token_of: Vec<Option<usize>>,
    /// Token → the word it stands in.
    word_of: Vec<usize>,
    /// Token → the tokens that depend on it, in order.
    dependents: Vec<Vec<usize>>,
}

impl<'a> Grammar<'a> {
    pub fn new(text: &Text<'a>) -> Self {
        let tokens: &[Token] = &text.analysis.tokens;
        let mut token_of = vec![None; text.len()];
        let mut word_of = vec![text.len(); tokens.len()];
        let mut dependents = vec![Vec::new(); tokens.len()];
        let mut word = 0;
        for (at, token) in tokens.iter().enumerate() {
            while word < text.len() && text.analysis.words[word].span.end <= token.span.start {
                word += 1;
            }
            if word < text.len() && text.analysis.words[word].span.start < token.span.end {
                token_of[word] = Some(at);
                word_of[at] = word;
            }
            if token.head != at {
                dependents[token.head].push(at);
            }
        }
        Self { tokens, token_of, word_of, dependents }
    }

    /// The token that ends `word`.
    pub fn token(&self, word: usize) -> Option<usize> {
        self.token_of.get(word).copied().flatten()
    }

    /// What the model says of a token.
    pub fn of(&self, token: usize) -> &'a Token {
        &self.tokens[token]
    }

    /// Fine-grained tag of the last token of `word`; empty where no model has read it.
    pub fn tag(&self, word: usize) -> &'a str {
        self.token(word).map_or("", |token| self.tokens[token].tag.as_str())
    }

    /// The word a token stands in.
    pub fn word(&self, token: usize) -> usize {
        self.word_of[token]
    }

    /// The dependents of a token whose relation to it is one of `relations`.
    pub fn dependents<'s>(&'s self, token: usize, relations: &'s [&str]) -> impl Iterator<Item = usize> + 's {
        self.dependents[token].iter().copied().filter(|&other| relations.contains(&self.tokens[other].dep.as_str()))
    }

    /// Whether what `word` depends on is no verb.
    pub fn belongs_to_noun(&self, word: usize) -> bool {
        self.token(word).is_some_and(|token| !self.tokens[self.tokens[token].head].tag.starts_with("VB"))
    }
}
