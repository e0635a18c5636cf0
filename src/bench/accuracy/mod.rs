//! How well this build reads texts that others have annotated.
//!
//! A [`Set`] is a folder of gold documents in the format of its publishers. A [`System`] reads their
//! texts, whole documents at a time, and [`Set::figures`] says how good what it found is. Nothing is tuned or
//! trained here, and no text of a set is part of the program.
//!
//! Of names those count as right that have the same words and the same type. Both sides are normalised alike: leading
//! articles and a trailing possessive `'s` belong to no name, and where the gold has tokens a span
//! covers whole ones. Gold is flat, so of names inside each other the outermost counts. What counts as a right
//! relation, cluster of mentions, place or time is said in `relations`, `coreference`, `toponyms` and `times`. Sets of
//! names without texts are measured as `spellings` says.
//!
//! ```
//! use isnad::bench::accuracy::{Counted, GoldDocument, Name, NameKind, System, compare};
//! use isnad::model::Span;
//!
//! let text = "He was arrested in Damascus.";
//! let gold = GoldDocument::new("an example", text, vec![Name { span: Span::new(19, 27), kind: NameKind::Location }]);
//! let found = System::SpacySm.load()?.names(text);
//! assert_eq!(compare(&[gold], &[found]).score(Counted::All).f1(), 1.0);
//! # Ok::<(), isnad::language::engine::Error>(())
//! ```

mod archive;
mod attacks;
mod capitals;
mod conll04;
mod coreference;
mod datetime;
mod detokenise;
mod document;
mod ecbplus;
mod error;
mod events;
mod files;
mod geoparsing;
mod google_ar2en;
mod heads;
mod hrdsattack;
mod measure;
mod mistakes;
mod muc4;
mod name_bench;
mod names;
mod rams;
mod re3d;
mod relations;
mod sets;
mod spellings;
mod systems;
mod tagged;
mod tags;
mod templates;
#[cfg(test)]
mod tests;
mod times;
#[cfg(test)]
mod told;
mod toponyms;
mod ucdp_places;
mod uner_ewt;
mod wikievents;
mod worldwide;
mod xml;

pub use attacks::{Fact, Question};
pub use coreference::{Metric, Scope};
pub use document::{GoldDocument, Name, NameKind};
pub use error::AccuracyError;
pub use events::{EventMeasure, Types};
pub use measure::{Counted, Figures, Measure, Score, Toponyms};
pub use mistakes::{Marked, Mistake, MistakeKind, Subject};
pub use name_bench::{has_arabic_elements, name_pairs};
pub use names::{Comparison, compare};
pub use relations::RelationKind;
pub use sets::{SETS, Set};
pub use spellings::Spellings;
pub use systems::{Findings, Recogniser, System};
pub use templates::Slot;
pub use times::Times;
