//! Closed lists shared by every stage.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! closed_list {
    ($(#[$meta:meta])* $name:ident, $what:literal, { $($(#[$doc:meta])* $variant:ident => $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name used in annotation lines and in the ontology.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownKind;

            fn from_str(text: &str) -> Result<Self, UnknownKind> {
                Self::ALL.iter().copied().find(|kind| kind.as_str().eq_ignore_ascii_case(text)).ok_or_else(|| {
                    let known = Self::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>();
                    UnknownKind { what: $what, given: text.to_owned(), known: known.join(", ") }
                })
            }
        }
    };
}
pub(crate) use closed_list;

/// A word that is not in a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a known {what}\nhint: known are {known}")]
pub struct UnknownKind {
    pub(crate) what: &'static str,
    pub(crate) given: String,
    pub(crate) known: String,
}

closed_list!(
    /// With how much care a text was read.
    Reading, "reading", {
    /// With the names encoder beside everything else.
    Accurate => "accurate",
    /// Without it, several times as fast.
    Fast => "fast",
});

closed_list!(
    /// What a mention or an entity is; the ontology's top classes of entities.
    EntityType, "entity type", {
    /// One human being.
    Person => "Person",
    /// Several people taken together ("women detainees", "the rebels").
    PersonGroup => "PersonGroup",
    /// A state body, armed group, company, newspaper, agency.
    Organization => "Organization",
    /// A building or site with a purpose: prison, branch, court, base, hospital, mass grave.
    Facility => "Facility",
    /// A city, town or village.
    City => "City",
    /// A governorate, province, district or wider region inside a country.
    Region => "Region",
    /// A sovereign country.
    Country => "Country",
    /// Any other place: river, sea, continent, street.
    Place => "Place",
    /// An event with a name of its own ("the Arab Spring").
    NamedEvent => "NamedEvent",
    /// A people or citizenship ("Syrian", "Kurds").
    Nationality => "Nationality",
    /// A book, film, report or programme.
    Work => "Work",
    /// A thing that is made or sold.
    Product => "Product",
    /// A law, treaty, order or court case.
    Law => "Law",
    /// A name of none of these kinds.
    Other => "Other",
});

impl EntityType {
    /// Whether the type is a point or area on a map other than a facility.
    pub const fn is_geographic(self) -> bool {
        matches!(self, Self::City | Self::Region | Self::Country | Self::Place)
    }
}

closed_list!(
    /// Whether a description or pronoun means one or several.
    GrammaticalNumber, "grammatical number", {
    /// One.
    Singular => "singular",
    /// Several.
    Plural => "plural",
});

closed_list!(
    /// Which gender a word tells of a person.
    Gender, "gender", {
    /// "he", "the widower".
    Male => "male",
    /// "she", "the widow".
    Female => "female",
});

closed_list!(
    /// Whether something is said to have happened or said not to have.
    Polarity, "polarity", {
    /// Said to be so.
    Positive => "positive",
    /// Said not to be so ("never underwent a trial").
    Negative => "negative",
});

closed_list!(
    /// In which way something is said to be so.
    Modality, "modality", {
    /// Told as a fact.
    Actual => "actual",
    /// Told with a doubt ("reportedly", "allegedly").
    ReportedDoubtful => "reported-doubtful",
    /// Intended or due, outcome unknown ("was due to be executed").
    Planned => "planned",
    /// Intended and known not to have happened.
    Averted => "averted",
    /// Only imagined, feared, asked or conditional.
    Hypothetical => "hypothetical",
});
