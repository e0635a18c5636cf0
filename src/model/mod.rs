//! Plain data that travels between the stages: no I/O, no decisions.
//!
//! The order of the modules is the order of the pipeline: a [`Document`] is read, an [`Analysis`]
//! adds sentences and tokens, [`Annotations`] add what was found in it.

mod analysis;
mod annotations;
mod document;
mod kinds;
mod period;
mod point;
mod span;
mod time;

pub use analysis::{Analysis, ModelName, Sentence, Tagging, Token, Word, WordShape};
pub use annotations::{
    Annotations, Argument, Attribution, AttributionKind, Bound, Entity, Event, Figure, Mention, MentionForm, Place,
    Rate, Relation, SourceKind, Stance,
};
pub(crate) use document::hex;
pub use document::{Document, DocumentId, PageSpan};
pub use kinds::{EntityType, Gender, GrammaticalNumber, Modality, Polarity, Reading, UnknownKind};
pub use period::Period;
pub use point::Point;
pub use span::{CodePoints, Span};
pub use time::{Basis, Interval, Length, TimeExpression, TimeKind};
