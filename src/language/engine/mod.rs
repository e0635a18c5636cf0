//! spaCy's CNN pipelines, run natively: tokens, tags, features, lemmas, dependencies, names.
//!
//! spaCy is where models come from, this engine is where they run: [`Model::import`] turns a v3
//! pipeline folder or wheel into a [`Model`], [`Model::write`] into one file, [`Model::read`] and
//! [`Model::embedded`] bring it back. The answers are spaCy's (`tools/parity.py` compares).
//!
//! ```
//! use isnad::language::engine::Model;
//!
//! let model = Model::embedded()?;
//! let text = "He was arrested in Aleppo.";
//! let parsed = model.analyse(text);
//! let arrested = &parsed.tokens[2];
//! assert_eq!((&text[arrested.start..arrested.end], &*arrested.lemma, arrested.dep), ("arrested", "arrest", "ROOT"));
//! assert_eq!(parsed.tokens[0].head, 2);
//! # Ok::<(), isnad::language::engine::Error>(())
//! ```

mod attribute_ruler;
mod document;
mod embedding;
mod entity_recognizer;
mod error;
mod form_table;
mod hash_embed;
mod import;
mod labels;
mod lemmatizer;
mod lexeme;
mod linear;
mod matmul;
mod maxout;
mod model;
mod model_file;
mod parser;
mod pipeline;
mod projectivity;
mod python_regex;
mod python_text;
mod runner;
mod seeded_hash;
mod static_vectors;
mod string_store;
mod tensor;
mod tok2vec;
mod tokenizer;
mod transition;
mod window;

#[cfg(test)]
mod tests;

pub use error::Error;
pub use model::{ImportOptions, Model, ModelInfo, Parsed, ParsedEntity, ParsedToken};
pub use model_file::Precision;
