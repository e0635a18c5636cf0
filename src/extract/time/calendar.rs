//! Days, weeks, months and years, and steps between them. Nothing here leaves the years 1 to 9999.

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// Units of time that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Whether the unit is shorter than a day.
    pub fn is_of_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }

    /// Days in one on average.
    pub fn mean_days(self) -> f64 {
        const YEAR: f64 = 365.2425;
        match self {
            Self::Second => 1.0 / 86_400.0,
            Self::Minute => 1.0 / 1440.0,
            Self::Hour => 1.0 / 24.0,
            Self::Day => 1.0,
            Self::Week | Self::Weekend => 7.0,
            Self::Fortnight => 14.0,
            Self::Month => YEAR / 12.0,
            Self::Quarter => YEAR / 4.0,
            Self::Half => YEAR / 2.0,
            Self::Year => YEAR,
            Self::Decade => YEAR * 10.0,
            Self::Century => YEAR * 100.0,
        }
    }

    /// The designator of ISO 8601 and how many of it one unit is; units of the clock stand after a "T".
    pub fn designator(self) -> (u32, char) {
        match self {
            Self::Second => (1, 'S'),
            Self::Minute => (1, 'M'),
            Self::Hour => (1, 'H'),
            Self::Day => (1, 'D'),
            Self::Week | Self::Weekend => (1, 'W'),
            Self::Fortnight => (2, 'W'),
            Self::Month => (1, 'M'),
            Self::Quarter => (3, 'M'),
            Self::Half => (6, 'M'),
            Self::Year => (1, 'Y'),
            Self::Decade => (10, 'Y'),
            Self::Century => (100, 'Y'),
        }
    }
}

/// Whole days from a first to a last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub first: Date,
    pub last: Date,
}

impl Days {
    pub fn new(first: Date, last: Date) -> Option<Self> {
        let within = |day: Date| (1..=9999).contains(&day.year());
        (first <= last && within(first) && within(last)).then_some(Self { first, last })
    }

    pub fn day(day: Date) -> Option<Self> {
        Self::new(day, day)
    }

    /// How many they are.
    pub fn count(self) -> i64 {
        days_between(self.first, self.last) + 1
    }

    /// The smallest stretch that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Both ends moved by `count` units.
    pub fn shifted(self, count: i64, unit: Unit) -> Option<Self> {
        Self::new(shift(self.first, count, unit)?, shift(self.last, count, unit)?)
    }

    /// Wider by `days` at both ends.
    pub fn widened(self, days: i64) -> Option<Self> {
        Self::new(shift(self.first, -days, Unit::Day)?, shift(self.last, days, Unit::Day)?)
    }
}

/// From one day to another, in days; at most four million here.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The day `count` units later; none past the ends of the calendar. A day that the month has not is its last.
pub(super) fn shift(day: Date, count: i64, unit: Unit) -> Option<Date> {
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
        Unit::Day => span.try_days(count),
        Unit::Week | Unit::Weekend => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(count.checked_mul(2)?),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(count.checked_mul(3)?),
        Unit::Half => span.try_months(count.checked_mul(6)?),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count.checked_mul(10)?),
        Unit::Century => span.try_years(count.checked_mul(100)?),
    };
    day.checked_add(span.ok()?).ok().filter(|day| (1..=9999).contains(&day.year()))
}

/// The unit that holds a day. Weeks begin on Monday, centuries with their year 1.
pub(super) fn around(day: Date, unit: Unit) -> Option<Days> {
    let year = day.year();
    let back = i64::from(day.weekday().since(Weekday::Monday));
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Days::day(day),
        Unit::Week => {
            let monday = shift(day, -back, Unit::Day)?;
            Days::new(monday, shift(monday, 6, Unit::Day)?)
        }
        Unit::Weekend => {
            let saturday = shift(day, 5 - back, Unit::Day)?;
            Days::new(saturday, shift(saturday, 1, Unit::Day)?)
        }
        Unit::Fortnight => {
            let monday = shift(day, -back, Unit::Day)?;
            Days::new(monday, shift(monday, 13, Unit::Day)?)
        }
        Unit::Month => month(year, day.month()),
        Unit::Quarter => months(year, (day.month() - 1) / 3 * 3 + 1, 3),
        Unit::Half => months(year, if day.month() > 6 { 7 } else { 1 }, 6),
        Unit::Year => years(year, 1),
        Unit::Decade => years(year.div_euclid(10) * 10, 10),
        Unit::Century => years((year - 1).div_euclid(100) * 100 + 1, 100),
    }
}

pub(super) fn month(year: i16, month: i8) -> Option<Days> {
    months(year, month, 1)
}

/// `count` months of one year.
fn months(year: i16, first: i8, count: i8) -> Option<Days> {
    Days::new(Date::new(year, first, 1).ok()?, Date::new(year, first.checked_add(count - 1)?, 1).ok()?.last_of_month())
}

pub(super) fn years(first: i16, count: i16) -> Option<Days> {
    let last = first.checked_add(count - 1)?;
    Days::new(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?)
}

/// Easter Sunday of the western churches, by the anonymous algorithm ("Meeus/Jones/Butcher").
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A day of the tabular Hijri calendar (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty),
/// which observers of the moon may be a day off.
pub(super) fn from_hijri(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1..=9000).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let (year, months) = (i64::from(year), i64::from(month) - 1);
    let days = (year - 1) * 354 + (11 * year + 3) / 30 + months * 29 + (months + 1) / 2 + i64::from(day) - 1;
    // 1 Muharram of the year 1 is 19 July 622 of the Gregorian calendar reckoned backwards.
    shift(Date::new(622, 7, 19).ok()?, days, Unit::Day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_on_these_days() {
        for day in [date(1999, 4, 4), date(2018, 4, 1), date(2019, 4, 21), date(2024, 3, 31), date(2038, 4, 25)] {
            assert_eq!(easter(day.year()), Some(day));
        }
    }

    #[test]
    fn hijri_days_are_those_of_published_tables() {
        for ((year, month, day), expected) in [
            ((1, 1, 1), date(622, 7, 19)),
            ((1400, 1, 1), date(1979, 11, 21)),
            ((1440, 9, 1), date(2019, 5, 6)),
            ((1443, 10, 1), date(2022, 5, 3)),
            ((1445, 8, 15), date(2024, 2, 25)),
            ((1446, 1, 1), date(2024, 7, 8)),
        ] {
            assert_eq!(from_hijri(year, month, day), Some(expected), "{year}-{month}-{day}");
        }
        for (year, month, day) in [(0, 1, 1), (1445, 13, 1), (1445, 1, 31), (9999, 1, 1)] {
            assert_eq!(from_hijri(year, month, day), None);
        }
    }

    #[test]
    fn units_hold_their_days() {
        let day = date(2024, 12, 8);
        for (unit, first, last) in [
            (Unit::Week, date(2024, 12, 2), day),
            (Unit::Weekend, date(2024, 12, 7), day),
            (Unit::Quarter, date(2024, 10, 1), date(2024, 12, 31)),
            (Unit::Decade, date(2020, 1, 1), date(2029, 12, 31)),
            (Unit::Century, date(2001, 1, 1), date(2100, 12, 31)),
        ] {
            assert_eq!(around(day, unit), Days::new(first, last), "{unit:?}");
        }
    }

    #[test]
    fn the_calendar_ends() {
        assert_eq!(shift(date(9999, 12, 31), 1, Unit::Day), None);
        assert_eq!(shift(date(1, 1, 1), -1, Unit::Month), None);
        assert_eq!(shift(date(2024, 1, 1), i64::MIN, Unit::Century), None);
        assert_eq!(shift(date(2024, 1, 31), 1, Unit::Month), Some(date(2024, 2, 29)));
        assert_eq!(around(date(9999, 12, 31), Unit::Century), None);
        assert_eq!(around(date(1, 1, 1), Unit::Century), years(1, 100));
    }
}
