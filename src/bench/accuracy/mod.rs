//! How well this build reads texts that others have annotated.
//!
//! A [`Set`] is a folder of gold documents in the format of its publishers. A [`System`] reads their
//! texts, whole documents at a time, and [`compare`] counts what it found. Nothing is tuned or trained
//! here, and no text of a set is part of the program.
//!
//! What counts as right: the same words and the same type. Both sides are normalised alike: leading
//! articles and a trailing possessive `'s` belong to no name, and where the gold has tokens a span
//! covers whole ones. Gold is flat, so of names inside each other the outermost counts.
//!
//! ```
//! use isnad::bench::accuracy::{GoldDocument, Measure, Name, NameKind, System, compare};
//! use isnad::model::Span;
//!
//! let text = "He was arrested in Damascus.";
//! let gold = GoldDocument::new("an example", text, vec![Name { span: Span::new(19, 27), kind: NameKind::Location }]);
//! let found = System::SpacySm.load()?.names(text);
//! assert_eq!(compare(&[gold], &[found]).score(Measure::All).f1(), 1.0);
//! # Ok::<(), isnad::language::engine::Error>(())
//! ```

mod capitals;
mod conll04;
mod detokenise;
mod document;
mod error;
mod files;
mod re3d;
mod score;
mod sets;
mod systems;
mod tagged;
mod tags;
#[cfg(test)]
mod tests;
mod uner_ewt;
mod wikievents;
mod worldwide;

pub use document::{GoldDocument, Name, NameKind};
pub use error::AccuracyError;
pub use score::{Comparison, Measure, Mistake, MistakeKind, Score, compare};
pub use sets::{SETS, Set};
pub use systems::{Recogniser, System};
