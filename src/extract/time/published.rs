//! When a document without a date was published at the earliest: not before what it tells as over.

use super::TimeMention;
use crate::model::{Basis, Interval, Span, TimeKind};

/// The latest day that the text tells as past with day, month and year, and the words that tell it.
pub(in super::super) fn inferred(times: &[TimeMention]) -> Option<(Interval, Span)> {
    let full = |mention: &&TimeMention| mention.past && mention.time.kind == TimeKind::Date;
    let days = times.iter().filter(full).filter_map(|mention| {
        let interval = mention.time.interval.filter(|interval| interval.basis == Basis::Stated)?;
        let day = interval.earliest.filter(|day| interval.latest == Some(*day))?;
        Some((day, mention.time.span))
    });
    let (day, span) = days.reduce(|latest, other| if other.0 > latest.0 { other } else { latest })?;
    Some((Interval { earliest: Some(day), latest: None, basis: Basis::Inferred }, span))
}
