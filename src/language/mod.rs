//! Document → [`Analysis`]: words, sentences, tokens and the names a model reads, with exact offsets.
//!
//! Words and sentences come from rules: character classes, punctuation, line structure and a table of
//! abbreviations (`data/lexicon/abbreviations.txt`). Tokens, tags, lemmas, dependencies and names come
//! from a model ([`engine`]), which reads one sentence at a time.

mod analyser;
pub mod engine;
mod sentence;
mod words;

pub use analyser::Analyser;
