//! Sentences and tokens of a document.

use super::Span;

/// What a token looks like, without knowing the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenShape {
    /// Starts with an upper-case letter and has a lower-case one ("Hama", "al-Hamwi" counts too).
    Capitalised,
    /// Two or more letters, all upper case ("SNHR").
    Upper,
    /// A word without upper-case start ("held"), or of a script without case.
    Lower,
    /// Digits, with separators or an ordinal ending ("136,614", "8th").
    Number,
    /// Anything else: punctuation, symbols.
    Punctuation,
}

/// One word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it looks like.
    pub shape: TokenShape,
}

/// A sentence: a run of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the first character of its first token to the last of its last.
    pub span: Span,
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// Number of the paragraph it belongs to, from 0.
    pub paragraph: usize,
}

impl Sentence {
    /// The range of its tokens.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.first..self.end
    }
}

/// What the language stage knows of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// In order of position, not overlapping.
    pub tokens: Vec<Token>,
    /// In order of position; together they hold every token once.
    pub sentences: Vec<Sentence>,
}

impl Analysis {
    /// The sentence that holds byte offset `at`, or the one before it.
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= at).checked_sub(1)
    }

    /// The first token that ends after byte offset `at`.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= at)
    }
}
