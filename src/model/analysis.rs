//! Sentences, words and tokens of a document, and the names that a model finds in it.

use smol_str::SmolStr;

use super::Span;

/// What a word looks like, without knowing the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordShape {
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

/// One word, number or mark as it is written: "al-Hamwi" and "U.S.-backed" are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// What it looks like.
    pub shape: WordShape,
}

/// A sentence: a run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the first character of its first word to the last of its last.
    pub span: Span,
    /// Index of its first word.
    pub first: usize,
    /// One past the index of its last word.
    pub end: usize,
    /// Number of the paragraph it belongs to, from 0.
    pub paragraph: usize,
}

impl Sentence {
    /// The range of its words.
    pub fn words(&self) -> std::ops::Range<usize> {
        self.first..self.end
    }
}

/// One token as the language model cuts the text ("al", "-", "Hamwi"), and what the model says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Dictionary form.
    pub lemma: SmolStr,
    /// Fine-grained tag, such as VBD.
    pub tag: SmolStr,
    /// Universal part of speech, such as VERB.
    pub pos: SmolStr,
    /// Index of the head; its own for the root of a sentence.
    pub head: usize,
    /// Relation to the head, such as nsubj.
    pub dep: SmolStr,
}

/// A name as one model reads it: evidence, which [`extract`](crate::extract) weighs with the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelName {
    /// Where it stands.
    pub span: Span,
    /// The model's own label, such as PERSON or GPE.
    pub label: SmolStr,
    /// The model's probability, from 0 to 1, where it gives one.
    pub score: Option<f32>,
}

/// What the language stage knows of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// In order of position, not overlapping.
    pub words: Vec<Word>,
    /// In order of position; together they hold every word once.
    pub sentences: Vec<Sentence>,
    /// In order of position, not overlapping; none where no model has read the text. No head lies in
    /// another sentence.
    pub tokens: Vec<Token>,
    /// In order of position, not overlapping.
    pub names: Vec<ModelName>,
}

impl Analysis {
    /// The sentence that holds byte offset `at`, or the one before it.
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= at).checked_sub(1)
    }

    /// The first word that ends after byte offset `at`.
    pub fn word_at(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.span.end <= at)
    }
}
