//! A document's tokens with their words in lower case and folded, made once.

use super::syntax::Syntax;
use crate::model::{Analysis, Document, Sentence, Span, WordShape};
use crate::text::fold;

/// What every finder reads.
pub(super) struct Text<'a> {
    pub document: &'a Document,
    pub analysis: &'a Analysis,
    /// What the language model says of the words.
    pub syntax: Syntax<'a>,
    lower: Vec<String>,
    folded: Vec<String>,
}

impl<'a> Text<'a> {
    pub fn new(document: &'a Document, analysis: &'a Analysis) -> Self {
        let words = || analysis.words.iter().map(|word| word.span.slice(&document.text));
        let lower = words().map(str::to_lowercase).collect();
        let folded = words().map(fold).collect();
        Self { document, analysis, syntax: Syntax::new(analysis), lower, folded }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.lower.len()
    }

    /// The word as written; empty past the end.
    pub fn word(&self, token: usize) -> &'a str {
        self.analysis.words.get(token).map_or("", |token| token.span.slice(&self.document.text))
    }

    /// The word in lower case; empty past the end.
    pub fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", String::as_str)
    }

    /// The folded word; empty past the end and for marks.
    pub fn folded(&self, token: usize) -> &str {
        self.folded.get(token).map_or("", String::as_str)
    }

    /// The token's shape; punctuation past the end.
    pub fn shape(&self, token: usize) -> WordShape {
        self.analysis.words.get(token).map_or(WordShape::Punctuation, |token| token.shape)
    }

    /// Whether the word starts like a name.
    pub fn is_capital(&self, token: usize) -> bool {
        matches!(self.shape(token), WordShape::Capitalised | WordShape::Upper)
    }

    /// Whether a capital at `token` says nothing: it opens a sentence, a quotation, a bracket or an item.
    pub fn opens(&self, token: usize) -> bool {
        let first = self.sentences().get(self.sentence_of(token)).is_some_and(|sentence| sentence.first == token);
        first || matches!(self.word(token - 1), "“" | "\"" | "‘" | ":" | "(" | "—" | "–" | "-" | "*" | "•" | "/")
    }

    /// The text of tokens `first..end`.
    pub fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.analysis.words[first].span.start, self.analysis.words[end - 1].span.end)
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        span.slice(&self.document.text)
    }

    /// Whether the lower-case words `words` stand at `token`.
    pub fn has(&self, token: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.lower(token + offset) == word)
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.analysis.sentences.partition_point(|sentence| sentence.end <= token)
    }

    /// Every sentence.
    pub fn sentences(&self) -> &'a [Sentence] {
        &self.analysis.sentences
    }
}
