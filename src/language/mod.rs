//! Document → [`Analysis`](crate::model::Analysis): words, sentences, tokens and the names a model reads, with exact offsets.
//!
//! Words and sentences come from rules: character classes, punctuation, line structure and a table of
//! abbreviations (`data/lexicon/abbreviations.txt`). Text in capitals is read as if it were written in
//! sentences (`truecase.rs`). Tokens, tags, lemmas, dependencies and names come from a model ([`engine`]),
//! which reads one sentence at a time.

mod analyser;
mod container;
pub mod encoder;
pub mod engine;
mod ordinary;
mod sentence;
mod truecase;
mod words;

pub use analyser::Analyser;
pub(crate) use ordinary::is_ordinary;
