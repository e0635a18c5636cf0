//! Intervals of days, with what they rest on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::UnknownKind;
use super::kinds::closed_list;
use std::fmt;
use std::str::FromStr;

closed_list!(
    /// What a date rests on.
    Basis, "basis of a date", {
    /// The file's own metadata: front matter, a date line, HTML meta tags.
    Metadata => "metadata",
    /// The dateline at the head of the text.
    Dateline => "dateline",
    /// Words of the sentence ("on 27 November 2024").
    Stated => "stated",
    /// Worked out from other dates ("Sunday", seen from the document's date).
    Inferred => "inferred",
});

/// The days between which something lies, both included; an open end is `None`.
///
/// ```
/// use isnad::model::{Basis, Interval};
/// let day = Interval::day("2024-12-08".parse().unwrap(), Basis::Stated);
/// assert_eq!(day.earliest, day.latest);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day it can lie on.
    pub earliest: Option<Date>,
    /// Last day it can lie on.
    pub latest: Option<Date>,
    /// What this rests on.
    pub basis: Basis,
}

impl Interval {
    /// Exactly one day.
    pub const fn day(date: Date, basis: Basis) -> Self {
        Self { earliest: Some(date), latest: Some(date), basis }
    }

    /// From `earliest` to `latest`, both included.
    pub const fn between(earliest: Date, latest: Date, basis: Basis) -> Self {
        Self { earliest: Some(earliest), latest: Some(latest), basis }
    }
}
