//! When a document without a date was published at the earliest: not before what it tells as over.

use super::calendar::days_between;
use super::{TimeMention, YEAR};
use crate::model::{Basis, Interval, Span, TimeKind};

/// The latest time that the text tells as past with its year, or the day it begins with, and the words that tell it. When
/// the document was published at the latest nobody can say.
pub(in super::super) fn inferred(times: &[TimeMention]) -> Option<(Interval, Span)> {
    let days = times.iter().filter(|mention| mention.past).filter_map(|mention| {
        let dates = matches!(mention.time.kind, TimeKind::Date | TimeKind::Time);
        let interval = mention.time.interval.filter(|interval| dates && interval.basis == Basis::Stated)?;
        let (first, last) = (interval.earliest?, interval.latest?);
        (days_between(first, last) < YEAR).then_some((first, mention.time.span))
    });
    let (day, span) = days.reduce(|latest, other| if other.0 > latest.0 { other } else { latest })?;
    Some((Interval { earliest: Some(day), latest: None, basis: Basis::Inferred }, span))
}
