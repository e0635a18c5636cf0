//! What was found in one document: mentions, entities, events, relations, figures, attributions.
//!
//! Spans are byte offsets here; `crate::extract::lines` prints them as code points.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::kinds::closed_list;
use smol_str::SmolStr;

use super::{
    Analysis, Document, EntityType, Gender, GrammaticalNumber, Interval, Modality, Point, Polarity, Reading, Span,
    TimeExpression, UnknownKind,
};

closed_list!(
    /// How a mention refers.
    MentionForm, "mention form", {
    /// By a name ("Saydnaya").
    Name => "name",
    /// By a description ("the prison").
    Nominal => "nominal",
    /// By a pronoun ("he").
    Pronoun => "pronoun",
});

closed_list!(
    /// What kind of source stands behind an attribution.
    SourceKind, "kind of source", {
    /// A person or organisation with a name.
    Named => "named",
    /// Somebody without a name ("one prisoner").
    Unnamed => "unnamed",
    /// A film, photograph or recording.
    Footage => "footage",
    /// A written document.
    Document => "document",
});

closed_list!(
    /// In which way a source conveys something.
    AttributionKind, "kind of attribution", {
    /// A statement or indirect speech.
    Statement => "statement",
    /// A report.
    Report => "report",
    /// An estimate.
    Estimate => "estimate",
    /// The source's own words, in quotation marks.
    Quote => "quote",
    /// Footage that shows something.
    Footage => "footage",
});

closed_list!(
    /// How a figure bounds what it counts.
    Bound, "bound of a figure", {
    /// Just this number.
    Exact => "exact",
    /// Around this number.
    About => "about",
    /// This number or more.
    AtLeast => "atLeast",
    /// This number or fewer.
    AtMost => "atMost",
    /// From one number to another.
    Range => "range",
    /// A word such as "dozens"; a value only where it can be bounded.
    Vague => "vague",
});

/// Words that refer to an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Of which type.
    pub kind: EntityType,
    /// By name, description or pronoun.
    pub form: MentionForm,
    /// Index into [`Annotations::entities`], once known.
    pub entity: Option<usize>,
    /// The word of a description that says what it is: "pilot" in "a Syrian pilot".
    pub head: Option<Span>,
    /// One or several, where a description or pronoun tells.
    pub number: Option<GrammaticalNumber>,
    /// The gender that the words tell.
    pub gender: Option<Gender>,
    /// The rule, table or model that found it, e.g. `gazetteer:city`.
    pub rule: String,
    /// What each layer that spoke for a name counted, as a logarithm of odds; empty where one rule decided.
    pub layers: Vec<(SmolStr, f32)>,
    /// Between 0 and 1.
    pub confidence: f32,
}

/// Coordinates and identity of a place in a gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// GeoNames id, where known.
    pub geonames: Option<u64>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// How likely this place is meant, among all of its name, between 0 and 1; none where nothing was weighed.
    pub score: Option<f32>,
    /// Keys of the gazetteer of the next likely ones, best first; empty where there is no doubt.
    pub candidates: Vec<String>,
}

impl Place {
    /// Where it lies, if that is known.
    pub fn point(&self) -> Option<Point> {
        Some(Point { latitude: self.latitude?, longitude: self.longitude? })
    }
}

/// A person, place, organisation… as one document speaks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Of which type.
    pub kind: EntityType,
    /// A subclass in the ontology, such as `Prison`.
    pub subtype: Option<String>,
    /// The fullest name, or the description where there is no name.
    pub name: String,
    /// Whether `name` is a name rather than a description.
    pub named: bool,
    /// Other names used in the document, sorted.
    pub aliases: Vec<String>,
    /// Key of the gazetteer entry it was recognised as, e.g. `geonames:170654`.
    pub gazetteer: Option<String>,
    /// The usual name in the gazetteer, where it was recognised.
    pub canonical: Option<String>,
    /// Where it lies, for places.
    pub place: Option<Place>,
    /// Attributes with their values and evidence, e.g. `age` → ("63", span).
    pub attributes: BTreeMap<String, Vec<(String, Span)>>,
}

/// A filler of an event's role.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Local name of the role's property in the ontology, such as `person`.
    pub role: String,
    /// Index into [`Annotations::entities`].
    pub entity: usize,
    /// Index into [`Annotations::mentions`].
    pub mention: Option<usize>,
    /// Between 0 and 1.
    pub confidence: f32,
    /// The frame and pattern that filled it, e.g. `Release/passive-subject`.
    pub rule: String,
}

/// Something that happened, or is said to.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Local name of its class in the ontology, such as `Release`.
    pub kind: String,
    /// The words that name it.
    pub trigger: Span,
    /// The sentence or clause that is its evidence.
    pub evidence: Span,
    /// Said to be so, or not.
    pub polarity: Polarity,
    /// In which way it is said.
    pub modality: Modality,
    /// When, and the words that say so (none where it was inherited or inferred).
    pub time: Option<(Interval, Option<Span>)>,
    /// How long: index into [`Annotations::times`].
    pub duration: Option<usize>,
    /// Who and where.
    pub arguments: Vec<Argument>,
    /// Indices into [`Annotations::attributions`].
    pub attribution: Vec<usize>,
    /// The frame that made it.
    pub rule: String,
    /// Between 0 and 1.
    pub confidence: f32,
}

/// A relation that needs no event.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Local name of the property in the ontology, such as `locatedIn`.
    pub kind: String,
    /// Index of the subject entity.
    pub subject: usize,
    /// Index of the object entity.
    pub object: usize,
    /// The words that say it.
    pub evidence: Span,
    /// Said to be so, or not.
    pub polarity: Polarity,
    /// In which way it is said.
    pub modality: Modality,
    /// Indices into [`Annotations::attributions`].
    pub attribution: Vec<usize>,
    /// The pattern that made it.
    pub rule: String,
    /// Between 0 and 1.
    pub confidence: f32,
}

/// A count that somebody gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The number's words.
    pub span: Span,
    /// The sentence that is its evidence.
    pub evidence: Span,
    /// The number, the lower one of a range.
    pub value: Option<i64>,
    /// The upper number of a range.
    pub upper: Option<i64>,
    /// How it bounds.
    pub bound: Bound,
    /// What is counted, singular ("detainee").
    pub unit: String,
    /// The figure it is a part of ("including 3,698 children").
    pub part_of: Option<usize>,
    /// Index of the event it measures.
    pub event: Option<usize>,
    /// Index of the place entity it is about.
    pub place: Option<usize>,
    /// The period it covers.
    pub period: Option<Interval>,
    /// Indices into [`Annotations::attributions`].
    pub attribution: Vec<usize>,
    /// Whether the sentence hedges it.
    pub modality: Modality,
    /// Between 0 and 1.
    pub confidence: f32,
}

/// Who says something.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Index of the entity that says it, where there is one.
    pub source: Option<usize>,
    /// What kind of source it is.
    pub source_kind: SourceKind,
    /// The word that shows it ("said", "according to").
    pub cue: Span,
    /// How it is conveyed.
    pub kind: AttributionKind,
    /// The attribution it was reported through.
    pub via: Option<usize>,
    /// What is said.
    pub content: Span,
}

/// Everything found in one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotations {
    /// The document.
    pub document: Document,
    /// Its sentences and tokens.
    pub analysis: Analysis,
    /// With how much care it was read, where that is known.
    pub reading: Option<Reading>,
    /// In order of position.
    pub mentions: Vec<Mention>,
    /// In order of first mention.
    pub entities: Vec<Entity>,
    /// In order of position.
    pub times: Vec<TimeExpression>,
    /// In order of trigger.
    pub events: Vec<Event>,
    /// In order of evidence.
    pub relations: Vec<Relation>,
    /// In order of position.
    pub figures: Vec<Figure>,
    /// In order of cue.
    pub attributions: Vec<Attribution>,
}
