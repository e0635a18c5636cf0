//! Sentences, words and tokens of a document, and the names that a model finds in it.

use smol_str::SmolStr;

use super::{Reading, Span};

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

/// What a tagger thinks of every word: how likely it begins or continues a name of each type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tagging {
    /// Types of names, such as `Person`.
    pub types: Vec<SmolStr>,
    /// Words as the tagger cuts them ("U", ".", "S", "."), in order of position.
    pub words: Vec<Span>,
    /// words × (1 + 2 × types) logarithms of probabilities: no name, then for each type that the word
    /// begins one and that it continues one.
    pub logs: Vec<f32>,
    /// The likeliest names, in order of position, not overlapping.
    pub names: Vec<ModelName>,
}

impl Tagging {
    /// The words of a span, if it begins and ends on bounds of words.
    pub fn words_of(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let first = self.words.partition_point(|word| word.start < span.start);
        let end = self.words.partition_point(|word| word.end <= span.end);
        let fits = first < end && self.words[first].start == span.start && self.words[end - 1].end == span.end;
        fits.then_some(first..end)
    }

    /// For each type the probability, from 0 to 1, that the words `words` and no more are a name of it, taking
    /// the words for independent of each other.
    ///
    /// # Panics
    /// If there are not so many words.
    ///
    /// ```
    /// use isnad::model::{Span, Tagging};
    /// let logs = [0.1_f32, 0.9, 0.0, 0.2, 0.0, 0.8].map(f32::ln).to_vec();
    /// let words = vec![Span::new(0, 3), Span::new(4, 8)];
    /// let tagging = Tagging { types: vec!["Person".into()], words, logs, names: Vec::new() };
    /// let whole = tagging.words_of(Span::new(0, 8)).expect("two words");
    /// assert!((tagging.likelihoods(whole)[0] - 0.72).abs() < 1e-6);
    /// // "Ali" alone is a name only if "Omar" does not go on with it.
    /// assert!((tagging.likelihoods(0..1)[0] - 0.18).abs() < 1e-6);
    /// ```
    pub fn likelihoods(&self, words: std::ops::Range<usize>) -> Vec<f32> {
        let count = 1 + 2 * self.types.len();
        let row = |word: usize| &self.logs[word * count..][..count];
        (0..self.types.len())
            .map(|kind| {
                let begins = row(words.start)[1 + 2 * kind];
                let continues: f32 = (words.start + 1..words.end).map(|word| row(word)[2 + 2 * kind]).sum();
                let goes_on = if words.end < self.words.len() { row(words.end)[2 + 2 * kind].exp() } else { 0.0 };
                (begins + continues).exp() * (1.0 - goes_on).max(0.0)
            })
            .collect()
    }
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
    /// What the names encoder thinks, where it has read the text.
    pub tagging: Option<Tagging>,
}

impl Analysis {
    /// How the text was read.
    pub fn reading(&self) -> Reading {
        if self.tagging.is_some() { Reading::Accurate } else { Reading::Fast }
    }

    /// The sentence that holds byte offset `at`, or the one before it.
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= at).checked_sub(1)
    }

    /// The first word that ends after byte offset `at`.
    pub fn word_at(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.span.end <= at)
    }
}
