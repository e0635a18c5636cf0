//! Intervals of days, with what they rest on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kinds::closed_list;
use super::{Span, UnknownKind};
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

closed_list!(
    /// What a time expression tells.
    TimeKind, "kind of time", {
    /// A day, month, year, decade or the like.
    Date => "date",
    /// A stretch with an end on one side or both ("since 2011", "the past ten days").
    Period => "period",
    /// How long something lasts.
    Duration => "duration",
    /// How often something is.
    Set => "set",
    /// How old somebody is.
    Age => "age",
    /// A time of the day, with or without its day.
    Time => "time",
});

/// How long something lasts or how old somebody is, in days; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// So many days or more.
    pub least: Option<u32>,
    /// So many or fewer.
    pub most: Option<u32>,
}

/// Words that tell a time.
///
/// ```
/// use isnad::{extract::Reader, model::{Document, TimeKind}};
/// let found = Reader::default().read(Document::from_text("note.txt", "He was held for 13 years, since March 2011."));
/// let told: Vec<(TimeKind, &str)> = found.times.iter().map(|time| (time.kind, time.value.as_str())).collect();
/// assert_eq!(told, [(TimeKind::Duration, "P13Y"), (TimeKind::Period, "2011-03/..")]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where.
    pub span: Span,
    /// What it tells.
    pub kind: TimeKind,
    /// The days it can mean; none where nothing dates it. No year is invented.
    pub interval: Option<Interval>,
    /// Of durations and ages.
    pub length: Option<Length>,
    /// The words taken at face value, as TIMEX3 and ISO 8601 write them: "2024-11-27", "XXXX-11-27", "P13Y",
    /// "2011-03/..", "2024-12-08TNI". "Two years ago" has a day here and half a year on either side in `interval`.
    pub value: String,
    /// The family of rules that found it, and what it was told from: `time:weekday/document`.
    pub rule: String,
}
