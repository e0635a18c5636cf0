//! The closed lists of [`crate::model`] as terms of the ontology.
//!
//! Each match is exhaustive: a value added to a list does not compile until it has a term.

use oxigraph::model::NamedNodeRef;

use super::vocabulary::{class, value};
use crate::model::{AttributionKind, Basis, Bound, EntityType, Modality, Polarity, Rate, SourceKind, Stance};

impl EntityType {
    /// Its class in the ontology.
    ///
    /// ```
    /// use isnad::{model::EntityType, ontology::vocabulary::class};
    /// assert_eq!(EntityType::City.class(), class::CITY);
    /// ```
    pub const fn class(self) -> NamedNodeRef<'static> {
        match self {
            Self::Person => class::PERSON,
            Self::PersonGroup => class::PERSON_GROUP,
            Self::Organization => class::ORGANIZATION,
            Self::Facility => class::FACILITY,
            Self::City => class::CITY,
            Self::Region => class::REGION,
            Self::Country => class::COUNTRY,
            Self::Place => class::PLACE,
            Self::NamedEvent => class::NAMED_EVENT,
            Self::Nationality => class::NATIONALITY,
            Self::Work => class::WORK,
            Self::Product => class::PRODUCT,
            Self::Law => class::LAW,
            Self::Other => class::OTHER,
        }
    }
}

impl Polarity {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Positive => value::POLARITY_POSITIVE,
            Self::Negative => value::POLARITY_NEGATIVE,
        }
    }
}

impl Modality {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Actual => value::MODALITY_ACTUAL,
            Self::ReportedDoubtful => value::MODALITY_REPORTED_DOUBTFUL,
            Self::Planned => value::MODALITY_PLANNED,
            Self::Averted => value::MODALITY_AVERTED,
            Self::Hypothetical => value::MODALITY_HYPOTHETICAL,
        }
    }
}

impl Bound {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Exact => value::BOUND_EXACT,
            Self::About => value::BOUND_ABOUT,
            Self::AtLeast => value::BOUND_AT_LEAST,
            Self::AtMost => value::BOUND_AT_MOST,
            Self::Range => value::BOUND_RANGE,
            Self::Vague => value::BOUND_VAGUE,
        }
    }
}

impl Stance {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Asserts => value::STANCE_ASSERTS,
            Self::Denies => value::STANCE_DENIES,
            Self::Doubts => value::STANCE_DOUBTS,
        }
    }
}

impl Rate {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Hour => value::RATE_HOUR,
            Self::Day => value::RATE_DAY,
            Self::Week => value::RATE_WEEK,
            Self::Month => value::RATE_MONTH,
            Self::Year => value::RATE_YEAR,
        }
    }
}

impl AttributionKind {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Statement => value::ATTRIBUTION_KIND_STATEMENT,
            Self::Report => value::ATTRIBUTION_KIND_REPORT,
            Self::Estimate => value::ATTRIBUTION_KIND_ESTIMATE,
            Self::Quote => value::ATTRIBUTION_KIND_QUOTE,
            Self::Footage => value::ATTRIBUTION_KIND_FOOTAGE,
        }
    }
}

impl SourceKind {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Named => value::SOURCE_KIND_NAMED,
            Self::Unnamed => value::SOURCE_KIND_UNNAMED,
            Self::Footage => value::SOURCE_KIND_FOOTAGE,
            Self::Document => value::SOURCE_KIND_DOCUMENT,
        }
    }
}

impl Basis {
    /// Its concept in the ontology.
    pub const fn concept(self) -> NamedNodeRef<'static> {
        match self {
            Self::Metadata => value::TIME_BASIS_METADATA,
            Self::Dateline => value::TIME_BASIS_DATELINE,
            Self::Stated => value::TIME_BASIS_STATED,
            Self::Inferred => value::TIME_BASIS_INFERRED,
        }
    }
}
