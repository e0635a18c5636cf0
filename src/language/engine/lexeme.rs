//! What the model sees of a word form: its lexical features, computed once per form.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::python_text::{is_alpha, is_digit, is_space};
use super::seeded_hash::SeededMap;
use super::string_store::string_id;

/// spaCy's `norm_exceptions.BASE_NORMS`: typographic variants of quotes, dashes and currency signs.
static BASE_NORMS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| include_str!("base_norms.tsv").lines().filter_map(|line| line.split_once('\t')).collect());

/// A lexical attribute that an embedding table can be keyed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

/// A word form and its features; strings as ids of the string store.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    pub text: Box<str>,
    pub lower: Box<str>,
    pub norm: Box<str>,
    pub is_space: bool,
    orth_id: u64,
    lower_id: u64,
    norm_id: u64,
    prefix_id: u64,
    suffix_id: u64,
    shape_id: u64,
}

impl Lexeme {
    /// The features of `text`; `norm` where a tokenizer exception sets it, else from the tables.
    pub fn new(text: &str, norm: Option<&str>, norms: &SeededMap<u64, String>) -> Self {
        let orth_id = string_id(text);
        let lower = text.to_lowercase();
        let norm = norm
            .or_else(|| norms.get(&orth_id).map(String::as_str))
            .or_else(|| BASE_NORMS.get(text).copied())
            .unwrap_or(&lower);
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last_three = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Self {
            is_space: !text.is_empty() && text.chars().all(is_space),
            orth_id,
            lower_id: string_id(&lower),
            norm_id: string_id(norm),
            prefix_id: string_id(&text[..first]),
            suffix_id: string_id(&text[last_three..]),
            shape_id: string_id(&word_shape(text)),
            norm: norm.into(),
            text: text.into(),
            lower: lower.into(),
        }
    }

    /// The value of `attribute` for a token of this form; `spacy`: one space follows the token.
    pub fn feature(&self, attribute: Attribute, spacy: bool) -> u64 {
        match attribute {
            Attribute::Orth => self.orth_id,
            Attribute::Lower => self.lower_id,
            Attribute::Norm => self.norm_id,
            Attribute::Prefix => self.prefix_id,
            Attribute::Suffix => self.suffix_id,
            Attribute::Shape => self.shape_id,
            Attribute::Spacy => u64::from(spacy),
            Attribute::IsSpace => u64::from(self.is_space),
        }
    }
}

/// "Aleppo" → "Xxxxx": letters as x or X, digits as d, runs cut after four; "LONG" from 100 characters.
fn word_shape(text: &str) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let (mut shape, mut last, mut run) = (String::with_capacity(text.len()), None, 0);
    for c in text.chars() {
        let class = match c {
            c if is_alpha(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(class) { run + 1 } else { 0 };
        last = Some(class);
        if run < 4 {
            shape.push(class);
        }
    }
    shape
}

/// Word forms in the order in which they were first seen.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    lexemes: Vec<Lexeme>,
    by_text: SeededMap<Box<str>, u32>,
    by_norm: SeededMap<(Box<str>, Box<str>), u32>,
    bytes: usize,
}

impl Lexicon {
    /// The number of `text`, entered if it is new.
    pub fn number(&mut self, text: &str, norm: Option<&str>, norms: &SeededMap<u64, String>) -> u32 {
        let known = match norm {
            None => self.by_text.get(text).copied(),
            Some(norm) => self.by_norm.get(&(text.into(), norm.into())).copied(),
        };
        known.unwrap_or_else(|| {
            let number = u32::try_from(self.lexemes.len()).expect("fewer word forms than bytes");
            self.bytes += 4 * text.len() + 256;
            self.lexemes.push(Lexeme::new(text, norm, norms));
            match norm {
                None => self.by_text.insert(text.into(), number),
                Some(norm) => self.by_norm.insert((text.into(), norm.into()), number),
            };
            number
        })
    }

    pub fn get(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    pub fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// About how much memory the forms take.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}
