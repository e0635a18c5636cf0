//! Parts of a stretch of days, and what comes once a year: edges, units counted inside it, months, seasons, days with a
//! name, the months of the Hijri calendar.

use jiff::civil::{Date, Weekday};

use super::calendar::{self, Days, Unit, around, days_between, easter, from_hijri, shift};
use super::context::{Against, Context};
use super::lexicon::{Edge, Holiday, Order, Origin};
use super::meaning::Meaning;
use super::resolve::{Outcome, written};
use super::steps::unit_value;

/// The Hijri calendar as it is observed may be a day off the tables.
const OBSERVED: i64 = 1;

impl Context {
    /// What lies early, in the middle or late in something.
    pub(super) fn edge(&self, edge: Edge, of: &Meaning) -> Outcome {
        let whole = self.resolve(of);
        let Some(days) = whole.days() else { return whole };
        let found = match edge {
            Edge::Before => self.reference.and_then(|reference| Days::new(days.first, reference.last.min(days.last))),
            Edge::After => self.reference.and_then(|reference| Days::new(reference.first.max(days.first), days.last)),
            Edge::Start | Edge::Middle | Edge::End => third(days, edge),
        };
        let against = if days.count() == 1 { whole.against } else { whole.against.max(Against::Convention) };
        match found {
            Some(found) => Outcome::new(found, whole.value, against),
            None => whole,
        }
    }

    /// "the first quarter of 2013", "the last two weeks of October".
    pub(super) fn nth(&self, which: i64, count: i64, unit: Unit, of: Option<&Meaning>) -> Outcome {
        let pick = |whole: Days| pick(whole, which, count, unit);
        let found = match of {
            Some(of) => {
                let whole = self.resolve(of);
                whole.days().and_then(|days| Some((pick(days)?, whole.against)))
            }
            None => self.in_year(|year| pick(calendar::years(year, 1)?)),
        };
        match found {
            Some((days, against)) => Outcome::new(days, unit_value(days, unit), against),
            None => Outcome::open(match unit {
                Unit::Quarter => format!("XXXX-Q{which}"),
                Unit::Half => format!("XXXX-H{which}"),
                _ => "XXXX".to_owned(),
            }),
        }
    }

    /// "the week of 10 April".
    pub(super) fn unit_of(&self, unit: Unit, of: &Meaning) -> Outcome {
        let point = self.resolve(of);
        match point.first.and_then(|day| around(day, unit)) {
            Some(days) => Outcome::new(days, unit_value(days, unit), point.against),
            None => Outcome::open(point.value),
        }
    }

    /// "last March", "this June".
    pub(super) fn month_in_order(&self, month: i8, order: Order) -> Outcome {
        self.yearly(order, |year| calendar::month(year, month)).map_or_else(
            || Outcome::open(format!("XXXX-{month:02}")),
            |(days, against)| Outcome::new(days, unit_value(days, Unit::Month), against),
        )
    }

    /// "summer 2013", "last winter", "in the spring".
    pub(super) fn season(&self, season: usize, year: Option<i16>, order: Option<Order>) -> Outcome {
        let season = &self.words.seasons[season];
        let (mut first, mut last) = season.months;
        if self.southern {
            (first, last) = ((first + 5) % 12 + 1, (last + 5) % 12 + 1);
        }
        let occurs = |year: i16| {
            let turns = if last < first { year + 1 } else { year };
            Days::new(Date::new(year, first, 1).ok()?, Date::new(turns, last, 1).ok()?.last_of_month())
        };
        // The winter of a year may be the one that it begins with, or the one that it ends with.
        let of_year = |year: i16| {
            if last < first { Days::new(Date::new(year, 1, 1).ok()?, occurs(year)?.last) } else { occurs(year) }
        };
        let value = |year: String| format!("{year}-{}", season.value);
        let found = match (year, order) {
            (Some(year), _) => of_year(year).map(|days| (days, Against::Convention)),
            (None, Some(order)) => self.yearly(order, occurs),
            // In the year that was told, and in no other.
            (None, None) => {
                let whole = self.near().filter(|told| told.count() > 300 && told.first.year() == told.last.year());
                whole.and_then(|told| of_year(told.first.year())).map(|days| (days, Against::Told))
            }
        };
        let year = year
            .or(found.map(|(days, _)| days.first.year()))
            .map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
        found.map_or_else(
            || Outcome::open(value(year.clone())),
            |(days, against)| Outcome::new(days, value(year.clone()), against),
        )
    }

    /// A day with a name.
    pub(super) fn holiday(&self, index: usize, year: Option<i16>, order: Option<Order>) -> Outcome {
        let holiday = &self.words.holidays[index];
        let occurs = |year: i16| occurs(holiday, year);
        let exact = holiday.hijri.is_none() && holiday.days == 1;
        let found = match (year, order) {
            (Some(year), _) => {
                occurs(year).map(|days| (days, if exact { Against::Itself } else { Against::Convention }))
            }
            (None, Some(order)) => self.yearly(order, occurs),
            (None, None) => self.in_year(occurs),
        };
        let value =
            holiday.date.map_or_else(|| "XXXX-XX-XX".to_owned(), |(month, day)| format!("XXXX-{month:02}-{day:02}"));
        found.map_or_else(|| Outcome::open(value), |(days, against)| Outcome::new(days, written(days), against))
    }

    /// A day or month of the Hijri calendar.
    pub(super) fn hijri(&self, year: Option<i16>, month: i8, day: Option<i8>) -> Outcome {
        let in_hijri = |year: i16| hijri_days(year, month, day);
        let found = match year {
            Some(year) => in_hijri(year).map(|days| (days, Against::Convention)),
            None => self.in_year(|year| in_gregorian(year, month, day)),
        };
        match found {
            Some((days, against)) => Outcome::new(days, written(days), against),
            None => Outcome::open("XXXX-XX"),
        }
    }

    /// Which of the yearly times an order means.
    fn yearly(&self, order: Order, occurs: impl Fn(i16) -> Option<Days>) -> Option<(Days, Against)> {
        let (base, against) = match order.origin {
            Origin::Told => self
                .near()
                .map(|told| (told, Against::Told))
                .or(self.reference.map(|days| (days, Against::Document)))?,
            Origin::Document => (self.reference?, Against::Document),
        };
        let year = base.first.year();
        let found = match order.steps {
            0 => occurs(year),
            steps if steps > 0 => (year..=year + 2).filter_map(occurs).find(|days| days.first > base.last),
            _ => (year - 2..=year).rev().filter_map(occurs).find(|days| days.last < base.first),
        };
        found.map(|days| (days, against))
    }
}

/// The first, second or last third of a stretch: of years in months, of months at the 10th and the 20th.
fn third(days: Days, edge: Edge) -> Option<Days> {
    let Days { first, last } = days;
    let count = days.count();
    if (365..=366).contains(&count) && first.day() == 1 {
        let quarter = |from: i64| shift(first, from, Unit::Month);
        return match edge {
            Edge::Start => Days::new(first, shift(quarter(4)?, -1, Unit::Day)?),
            Edge::Middle => Days::new(quarter(4)?, shift(quarter(8)?, -1, Unit::Day)?),
            _ => Days::new(quarter(8)?, last),
        };
    }
    if (28..=31).contains(&count) && first.day() == 1 {
        let day = |day: i64| shift(first, day - 1, Unit::Day);
        return match edge {
            Edge::Start => Days::new(first, day(10)?),
            Edge::Middle => Days::new(day(10)?, day(20)?),
            _ => Days::new(day(21)?, last),
        };
    }
    if count > 3000 {
        // Decades and centuries are cut at the turn of a year.
        let years = i64::from(last.year() - first.year()) + 1;
        let cut = |part: i64| shift(first, (years * part + 1) / 3, Unit::Year);
        return match edge {
            Edge::Start => Days::new(first, shift(cut(1)?, -1, Unit::Day)?),
            Edge::Middle => Days::new(cut(1)?, shift(cut(2)?, -1, Unit::Day)?),
            _ => Days::new(cut(2)?, last),
        };
    }
    let cut = |part: i64| shift(first, count * part / 3, Unit::Day);
    match edge {
        Edge::Start => Days::new(first, cut(1)?.min(last)),
        Edge::Middle => Days::new(cut(1)?.min(last), cut(2)?.min(last)),
        _ => Days::new(cut(2)?.min(last), last),
    }
}

/// `count` units from the `which`-th inside a stretch, counted from 1, or from the end where below 0.
fn pick(whole: Days, which: i64, count: i64, unit: Unit) -> Option<Days> {
    let step = if unit == Unit::Weekend { Unit::Week } else { unit };
    let begin = match unit {
        Unit::Day => whole.first,
        // A week belongs to where its Thursday lies, as in ISO 8601.
        Unit::Week | Unit::Weekend => {
            shift(whole.first, (Weekday::Thursday.since(whole.first.weekday())).into(), Unit::Day)?
        }
        _ => around(whole.first, unit)?.first,
    };
    let end = match unit {
        Unit::Week | Unit::Weekend => {
            shift(whole.last, -i64::from(whole.last.weekday().since(Weekday::Thursday)), Unit::Day)?
        }
        Unit::Day => whole.last,
        _ => around(whole.last, unit)?.first,
    };
    let (first, last) = if which > 0 {
        let first = shift(begin, which - 1, step)?;
        (first, shift(first, count - 1, step)?)
    } else {
        let last = shift(end, which + 1, step)?;
        (shift(last, 1 - count, step)?, last)
    };
    let days = around(first, unit)?.cover(around(last, unit)?);
    // "the fifth week of February", "the second year of the decade": only what lies inside.
    (days_between(whole.first, first) >= 0 && days_between(last, whole.last) >= 0).then_some(days)
}

/// The days of a holiday that begins in a year.
fn occurs(holiday: &Holiday, year: i16) -> Option<Days> {
    if let Some((month, day)) = holiday.hijri {
        let found = in_gregorian(year, month, Some(day))?;
        return Days::new(found.first, shift(found.last, holiday.days - 1, Unit::Day)?);
    }
    let first = match (holiday.date, holiday.easter, holiday.nth) {
        (Some((month, day)), ..) => Date::new(year, month, day).ok()?,
        (_, Some(days), _) => shift(easter(year)?, days, Unit::Day)?,
        (_, _, Some((month, which, weekday))) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(which, weekday).ok()?
        }
        _ => return None,
    };
    Days::new(first, shift(first, holiday.days - 1, Unit::Day)?)
}

/// A day or month of the Hijri calendar, as far as observers may be off.
fn hijri_days(year: i16, month: i8, day: Option<i8>) -> Option<Days> {
    let days = match day {
        Some(day) => Days::day(from_hijri(year, month, day)?)?,
        None => {
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            Days::new(from_hijri(year, month, 1)?, shift(from_hijri(next_year, next, 1)?, -1, Unit::Day)?)?
        }
    };
    days.widened(OBSERVED)
}

/// As [`hijri_days`], in the Hijri year that has it begin in a Gregorian one.
fn in_gregorian(year: i16, month: i8, day: Option<i8>) -> Option<Days> {
    let years = [hijri_year(year), hijri_year(year) - 1];
    years.into_iter().filter_map(|hijri| hijri_days(hijri, month, day)).find(|days| days.first.year() == year)
}

/// The Hijri year that is going on at the end of a Gregorian one.
fn hijri_year(year: i16) -> i16 {
    let end = i32::from(year) - 621;
    // 33 Hijri years are 32 of the other.
    i16::try_from(end + (end - 1) / 32).unwrap_or(i16::MAX)
}
