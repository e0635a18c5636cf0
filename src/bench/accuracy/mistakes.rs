//! What was not found as the annotators marked it.

use crate::model::Span;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MistakeKind {
    /// In the gold, and nothing was found.
    Missed,
    /// Found where there is none.
    Spurious,
    /// The right words, the wrong type.
    Mistyped,
    /// Some of the words of the gold, or more than them.
    Boundary,
    /// A place whose name is given gets no coordinates.
    Unlocated,
    /// A place whose name is given gets coordinates too far off.
    Elsewhere,
    /// A time that is found means other days.
    Misvalued,
}

impl MistakeKind {
    /// The name used in lists of mistakes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Spurious => "spurious",
            Self::Mistyped => "mistyped",
            Self::Boundary => "boundary",
            Self::Unlocated => "unlocated",
            Self::Elsewhere => "elsewhere",
            Self::Misvalued => "misvalued",
        }
    }
}

/// What a mistake is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A name.
    Name,
    /// A relation.
    Relation,
    /// A mention of an entity.
    Mention,
    /// A place.
    Place,
    /// A time.
    Time,
}

impl Subject {
    /// The name used in lists of mistakes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Relation => "relation",
            Self::Mention => "mention",
            Self::Place => "place",
            Self::Time => "time",
        }
    }
}

/// Words and what they are said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Where.
    pub span: Span,
    /// A type of names or relations, the form of a mention, or degrees north and east.
    pub label: String,
}

/// Something that was not found as the annotators marked it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Index of the document.
    pub document: usize,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong.
    pub kind: MistakeKind,
    /// What the annotators marked.
    pub gold: Option<Marked>,
    /// What was found.
    pub found: Option<Marked>,
}
