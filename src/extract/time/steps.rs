//! Units, steps and stretches counted from the document's day or from the last date told.

use jiff::civil::Date;

use super::calendar::{Days, Unit, around, shift};
use super::context::{Against, Context, Tense};
use super::lexicon::{Approximation, Order, Origin};
use super::meaning::{Amount, Extent, From};
use super::resolve::{Outcome, length_value, written};

/// "Two decades ago" is off by so many days at most.
const MOST_OFF: i64 = 730;

impl Context {
    /// The days that an order counts from. "The previous week" is told from the document's day where no date was told,
    /// and so is "the following week" of what is not past.
    pub(super) fn origin(&self, order: Order) -> Option<(Days, Against)> {
        let told = self.near().filter(|_| order.origin == Origin::Told).map(|days| (days, Against::Told));
        let document =
            order.origin == Origin::Document || order.steps < 0 || order.steps > 0 && self.tense != Tense::Past;
        told.or_else(|| self.reference.filter(|_| document).map(|days| (days, Against::Document)))
    }

    /// "last week", "the same day", "the following month".
    pub(super) fn unit(&self, unit: Unit, order: Order) -> Outcome {
        let step = if unit == Unit::Weekend { Unit::Week } else { unit };
        let found = self.origin(order).and_then(|(base, against)| {
            // What is told by its year has no next day.
            let near_enough = against == Against::Document || base.count() as f64 <= unit.mean_days().max(1.0) + 1.0;
            let moved = base.shifted(order.steps, step).filter(|_| near_enough)?;
            Some((around(moved.first, unit)?.cover(around(moved.last, unit)?), against))
        });
        found.map_or_else(
            || Outcome::open(unknown(unit)),
            |(days, against)| Outcome::new(days, unit_value(days, unit), against),
        )
    }

    /// "two days ago", "three years later", "two weeks before Christmas".
    pub(super) fn shift(&self, extent: &Extent, sign: i64, from: &From) -> Outcome {
        let nobody = || Outcome::open(length_value(extent));
        let base = match from {
            From::Origin(origin) => self.origin(counted_from(*origin, sign)),
            From::Point(point) => {
                let point = self.resolve(point);
                point.days().map(|days| (days, point.against))
            }
        };
        let Some((base, against)) = base else { return nobody() };
        let exact = moved(base, extent, sign, Amount::least);
        let far = moved(base, extent, sign, |amount| amount.most().unwrap_or(f64::INFINITY));
        let vague = extent.parts.iter().any(|(amount, _)| !matches!(amount, Amount::Exact(_)));
        let value = exact.filter(|_| !vague).map_or_else(|| length_value(extent), written);
        let Some(near) = exact else { return nobody() };
        let slack = slack(extent, base, matches!(from, From::Point(_)));
        let about = |days: Days, slack: i64| days.widened(slack).unwrap_or(days);
        let (first, last) = match (extent.approximation, sign > 0) {
            (Some(Approximation::More), true) => (Some(about(near, slack).first), None),
            (Some(Approximation::More), false) => (None, Some(about(near, slack).last)),
            (Some(Approximation::Less), true) => (Some(base.first), Some(near.last)),
            (Some(Approximation::Less), false) => (Some(near.first), Some(base.last)),
            (approximation, forward) => {
                let slack = if approximation.is_some() { slack.max(1) * 2 } else { slack };
                let (near, far) = (about(near, slack), far.map(|far| about(far, slack)));
                if forward {
                    (Some(near.first), far.map(|far| far.last))
                } else {
                    (far.map(|far| far.first), Some(near.last))
                }
            }
        };
        // What is told from a day lies on its own side of it.
        let (first, last) = match from {
            From::Origin(_) if sign < 0 => (first, last.map(|last| last.min(base.last))),
            From::Origin(_) => (first.map(|first| first.max(base.first)), last),
            From::Point(_) => (first, last),
        };
        Outcome { first, last, against, value }
    }

    /// "the past ten days", "the next two weeks".
    pub(super) fn window(&self, extent: &Extent, sign: i64, origin: Origin) -> Outcome {
        let value = length_value(extent);
        // "over the next days he was moved": told from where the text stands.
        let origin = if sign > 0 && self.tense == Tense::Past { Origin::Told } else { origin };
        let Some((base, against)) = self.origin(counted_from(origin, sign)) else { return Outcome::open(value) };
        // "the past two quarters": whole ones, without the one that is going on.
        if let [(Amount::Exact(count), unit @ (Unit::Quarter | Unit::Weekend))] = extent.parts[..] {
            let edge = |steps: f64| shift(base.first, sign * steps as i64, unit).and_then(|day| around(day, unit));
            let days = edge(1.0).zip(edge(count)).map(|(near, far)| near.cover(far));
            return days
                .map_or_else(|| Outcome::open(value.as_str()), |days| Outcome::new(days, written(days), against));
        }
        let far = moved(base, extent, sign, |amount| amount.most().unwrap_or(f64::INFINITY));
        let known = moved(base, extent, sign, Amount::least).is_some();
        if !known {
            return Outcome::open(value);
        }
        match sign > 0 {
            true => Outcome {
                first: shift(base.first, 1, Unit::Day),
                last: far.map(|far| far.last),
                against,
                value: format!("{}/{value}", base.first),
            },
            false => Outcome {
                first: far.map(|far| far.first),
                last: Some(base.last),
                against,
                value: format!("{value}/{}", base.last),
            },
        }
    }
}

/// An order that counts from an origin in a direction.
fn counted_from(origin: Origin, sign: i64) -> Order {
    Order { steps: sign, origin, windows: true, nearest: false }
}

/// Days moved by an extent.
fn moved(base: Days, extent: &Extent, sign: i64, amount: impl Fn(Amount) -> f64) -> Option<Days> {
    let step = |day: Date| {
        extent.parts.iter().try_fold(day, |day, &(part, unit)| {
            let count = amount(part);
            if !count.is_finite() || count.abs() > 1e9 {
                return None;
            }
            match count.fract() == 0.0 && !unit.is_of_clock() {
                true => shift(day, sign * count as i64, unit),
                false => shift(day, sign * (count * unit.mean_days()).round() as i64, Unit::Day),
            }
        })
    };
    Days::new(step(base.first)?, step(base.last)?)
}

/// Days that "two years ago" may be off: half a unit and never more than two years. None, if the day counted from is no
/// nearer known than that, or is named.
fn slack(extent: &Extent, base: Days, named: bool) -> i64 {
    let unit = extent.unit().mean_days();
    if extent.unit().is_of_clock() {
        return 1;
    }
    if named || unit <= 1.0 || base.count() as f64 >= unit { 0 } else { ((unit / 2.0) as i64).min(MOST_OFF) }
}

/// A unit's own way to be written.
pub(super) fn unit_value(days: Days, unit: Unit) -> String {
    let (first, last) = (days.first, days.last);
    let week = first.iso_week_date();
    let one = around(first, unit) == Some(days);
    match unit {
        Unit::Week if one => format!("{:04}-W{:02}", week.year(), week.week()),
        Unit::Weekend if one => format!("{:04}-W{:02}-WE", week.year(), week.week()),
        Unit::Month if one => format!("{:04}-{:02}", first.year(), first.month()),
        Unit::Quarter if one => format!("{:04}-Q{}", first.year(), (first.month() - 1) / 3 + 1),
        Unit::Half if one => format!("{:04}-H{}", first.year(), if first.month() > 6 { 2 } else { 1 }),
        Unit::Year if one => format!("{:04}", first.year()),
        Unit::Decade if one => format!("{:03}X", first.year() / 10),
        Unit::Century if one => format!("{:02}XX", last.year() / 100 - 1),
        _ => written(days),
    }
}

/// A unit of which nobody knows which.
fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year | Unit::Decade | Unit::Century => "XXXX",
        _ => "XXXX-XX-XX",
    }
}
