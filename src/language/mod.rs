//! Document → [`Analysis`]: tokens and sentences with exact offsets.
//!
//! Rules only, no model: words, numbers and marks by character class, sentences by punctuation,
//! line structure and a table of abbreviations (`data/lexicon/abbreviations.txt`).

pub mod engine;
mod sentence;
mod tokenize;

use crate::model::Analysis;

/// Splits `text` into tokens and sentences.
///
/// Linear in the length of the text. No text is rewritten: every token and sentence is a span.
///
/// ```
/// let text = "Gen. Hassan fled. He left at 3 p.m. on Sunday.";
/// let analysis = isnad::language::analyse(text);
/// let sentences: Vec<&str> = analysis.sentences.iter().map(|s| s.span.slice(text)).collect();
/// assert_eq!(sentences, ["Gen. Hassan fled.", "He left at 3 p.m. on Sunday."]);
/// ```
pub fn analyse(text: &str) -> Analysis {
    let tokens = tokenize::tokenize(text);
    let sentences = sentence::split(text, &tokens);
    Analysis { tokens, sentences }
}
