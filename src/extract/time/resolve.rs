//! What words say of a time → the days they can mean, and how TIMEX3 and ISO 8601 write it.

use jiff::civil::{Date, Weekday};

use super::calendar::{self, Days, Unit, around, shift};
use super::context::{self, Against, Context};
use super::lexicon::{Edge, Order, Side};
use super::meaning::{Amount, Clock, Extent, Meaning};
use crate::model::{Basis, Interval};

/// The days that an expression can mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    pub first: Option<Date>,
    pub last: Option<Date>,
    pub against: Against,
    pub value: String,
}

impl Outcome {
    pub fn new(days: Days, value: impl Into<String>, against: Against) -> Self {
        Self { first: Some(days.first), last: Some(days.last), against, value: value.into() }
    }

    /// Nobody can say which days.
    pub fn open(value: impl Into<String>) -> Self {
        Self { first: None, last: None, against: Against::Itself, value: value.into() }
    }

    /// The days, where both ends are known.
    pub fn days(&self) -> Option<Days> {
        Days::new(self.first?, self.last?)
    }

    /// The interval, where anything is known.
    pub fn interval(&self) -> Option<Interval> {
        let basis = if self.against == Against::Itself { Basis::Stated } else { Basis::Inferred };
        (self.first.is_some() || self.last.is_some()).then_some(Interval {
            earliest: self.first,
            latest: self.last,
            basis,
        })
    }
}

impl Context {
    /// What `meaning` comes to, seen from here.
    pub fn resolve(&self, meaning: &Meaning) -> Outcome {
        match meaning {
            Meaning::Nothing => Outcome::open(""),
            Meaning::Calendar { year, month, days, weekday } => self.calendar(*year, *month, *days, *weekday),
            Meaning::InYear { of, month, days } => {
                let year = self.resolve(of);
                let found = year.first.map(|day| self.calendar(Some(day.year()), *month, *days, None));
                let against = year.against.max(Against::Convention);
                found.map_or_else(|| self.calendar(None, *month, *days, None), |found| Outcome { against, ..found })
            }
            Meaning::EitherOrder { first, second, year } => self.either_order(*first, *second, *year),
            Meaning::DayOfMonth { day, weekday } => self.day_of_month(*day, *weekday),
            Meaning::Years { first, count, stated } => years(*first, *count, *stated),
            Meaning::Weekday { weekday, order } => self.weekday_in_order(*weekday, *order),
            Meaning::Month { month, order } => self.month_in_order(*month, *order),
            Meaning::Season { season, year, order } => self.season(*season, *year, *order),
            Meaning::Unit { unit, order } => self.unit(*unit, *order),
            Meaning::RelativeDay(days) => {
                match self.reference.and_then(|reference| reference.shifted(*days, Unit::Day)) {
                    Some(days) => Outcome::new(days, written(days), Against::Document),
                    None => Outcome::open("XXXX-XX-XX"),
                }
            }
            Meaning::Shift { extent, sign, from } => self.shift(extent, *sign, from),
            Meaning::Window { extent, sign, origin } => self.window(extent, *sign, *origin),
            Meaning::Edge { edge, of } => self.edge(*edge, of),
            Meaning::Nth { which, count, unit, of } => self.nth(*which, *count, *unit, of.as_deref()),
            Meaning::UnitOf { unit, of } => self.unit_of(*unit, of),
            Meaning::WeekdayOf { weekday, of } => {
                let week = self.resolve(of);
                let day = week.days().and_then(|days| {
                    Days::day(shift(days.first, i64::from(weekday.since(Weekday::Monday)), Unit::Day)?)
                });
                day.map_or_else(
                    || Outcome::open(weekday_value(*weekday)),
                    |day| Outcome::new(day, written(day), week.against),
                )
            }
            Meaning::Holiday { index, year, order } => self.holiday(*index, *year, *order),
            Meaning::Hijri { year, month, day } => self.hijri(*year, *month, *day),
            Meaning::Range(from, to) => self.range(from, to),
            // "before the end of December": all of it.
            Meaning::Bound(side @ (Side::Before | Side::Until | Side::By), of) => match &**of {
                Meaning::Edge { edge: Edge::End, of } => bounded(Side::By, &self.without_tense().resolve(of)),
                of => bounded(*side, &self.without_tense().resolve(of)),
            },
            Meaning::Bound(side, of) => bounded(*side, &self.resolve(of)),
            Meaning::Timed { day, clock } => {
                let mut outcome = self.resolve(day);
                outcome.value = format!("{}{}", outcome.value, clock_value(*clock));
                outcome
            }
            Meaning::Clock(clock) => Outcome::open(clock_value(*clock)),
            Meaning::Duration(extent) | Meaning::Age(extent) => Outcome::open(length_value(extent)),
            Meaning::Set(value) => Outcome::open(value.as_str()),
        }
    }

    fn calendar(&self, year: Option<i16>, month: i8, days: Option<(i8, i8)>, weekday: Option<Weekday>) -> Outcome {
        let occurs = |year: i16| match days {
            Some((low, high)) => Days::new(Date::new(year, month, low).ok()?, Date::new(year, month, high).ok()?),
            None => calendar::month(year, month),
        };
        let falls = |days: &Days| weekday.is_none_or(|weekday| days.first.weekday() == weekday);
        let (found, against) = match year {
            // Weekday and date that contradict each other: the date counts, and is in doubt.
            Some(year) => {
                let found = occurs(year);
                let against = if found.is_none_or(|days| falls(&days)) { Against::Itself } else { Against::Convention };
                (found, against)
            }
            None => match self.in_year(|year| occurs(year).filter(falls)) {
                Some((days, against)) => (Some(days), against),
                None => (None, Against::Itself),
            },
        };
        let value = |year: &str| match days {
            Some((low, high)) if low == high => format!("{year}-{month:02}-{low:02}"),
            Some((low, high)) => format!("{year}-{month:02}-{low:02}/{year}-{month:02}-{high:02}"),
            None => format!("{year}-{month:02}"),
        };
        match found {
            Some(found) => Outcome::new(found, value(&format!("{:04}", found.first.year())), against),
            None => Outcome::open(value(&year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}")))),
        }
    }

    /// The order that the document has elsewhere; else what both orders can mean.
    fn either_order(&self, first: i8, second: i8, year: Option<i16>) -> Outcome {
        let day_first = self.calendar(year, second, Some((first, first)), None);
        let month_first = self.calendar(year, first, Some((second, second)), None);
        let exists = |month: i8, day: i8| Date::new(year.unwrap_or(2024), month, day).is_ok();
        match (exists(second, first), exists(first, second)) {
            (true, false) => day_first,
            (false, true) => month_first,
            _ if first == second || self.day_first == Some(true) => day_first,
            _ if self.day_first == Some(false) => month_first,
            _ => match (day_first.days(), month_first.days()) {
                (Some(one), Some(other)) => Outcome::new(
                    one.cover(other),
                    format!("{}|{}", day_first.value, month_first.value),
                    Against::Convention,
                ),
                _ => Outcome::open(format!("{}|{}", day_first.value, month_first.value)),
            },
        }
    }

    /// The nearest such day of a month, and weekday where that is told too.
    fn day_of_month(&self, day: i8, weekday: Option<Weekday>) -> Outcome {
        let (base, against) = match (self.near(), self.reference) {
            (Some(told), _) if told.count() <= 31 => (told, Against::Told),
            (_, Some(reference)) => (reference, Against::Document),
            _ => return Outcome::open(format!("XXXX-XX-{day:02}")),
        };
        let steps = |count: i64| {
            let month = shift(base.last.first_of_month(), count, Unit::Month)?;
            let found = Date::new(month.year(), month.month(), day).ok()?;
            weekday.is_none_or(|weekday| found.weekday() == weekday).then_some(found)
        };
        // A weekday falls on each day of some month within a year and a half.
        let forward = self.tense == context::Tense::Future;
        // "Tuesday the eleventh", of which nothing says whether it is past: the nearest.
        let either = weekday.is_some() && self.tense == context::Tense::Unknown;
        let found = if either {
            let around = (-18..=18).filter_map(steps);
            around.min_by_key(|found| calendar::days_between(base.first, *found).abs())
        } else if against == Against::Told {
            (-1..=1).filter_map(steps).min_by_key(|found| calendar::days_between(base.first, *found).abs())
        } else if forward {
            (0..=18).filter_map(steps).find(|found| *found >= base.first)
        } else {
            (0..=18).filter_map(|back| steps(-back)).find(|found| *found <= base.last)
        };
        match found.and_then(Days::day) {
            Some(days) => Outcome::new(days, written(days), against),
            None => Outcome::open(format!("XXXX-XX-{day:02}")),
        }
    }

    fn weekday_in_order(&self, weekday: Weekday, order: Option<Order>) -> Outcome {
        let Some(order) = order else {
            let found = self.weekday(weekday);
            return found.map_or_else(
                || Outcome::open(weekday_value(weekday)),
                |days| Outcome::new(days, written(days), Against::Document),
            );
        };
        let in_week = |day: Date| {
            let week = around(shift(day, order.steps, Unit::Week)?, Unit::Week)?;
            shift(week.first, i64::from(weekday.since(Weekday::Monday)), Unit::Day)
        };
        let from = |day: Date, nearest: bool| match order.steps {
            steps if steps > 0 && nearest => shift(day, context::after(day, weekday), Unit::Day),
            steps if steps < 0 && nearest => shift(day, -context::before(day, weekday), Unit::Day),
            _ => in_week(day),
        };
        let found = self.origin(order).and_then(|(base, against)| {
            let nearest = order.nearest || against == Against::Told;
            Some((Days::new(from(base.first, nearest)?, from(base.last, nearest)?)?, against))
        });
        match found {
            Some((days, against)) => Outcome::new(days, written(days), against),
            None => Outcome::open(weekday_value(weekday)),
        }
    }

    fn range(&self, from: &Meaning, to: &Meaning) -> Outcome {
        let (from, to) = self.settled(from, to);
        let (mut start, mut end) = (self.resolve(&from), self.resolve(&to));
        // "Friday to Sunday", told on a Saturday; "from 25 October to 25 January"
        if start.first.zip(end.first).is_some_and(|(one, other)| one > other)
            && let Some(unit) = returns(&from).filter(|unit| returns(&to) == Some(*unit))
        {
            let forward = self.tense == context::Tense::Future;
            let wrong = if forward { &mut end } else { &mut start };
            if let Some(days) = wrong.days().and_then(|days| days.shifted(if forward { 1 } else { -1 }, unit)) {
                *wrong = Outcome::new(days, written(days), wrong.against);
            }
        }
        let value = format!("{}/{}", start.value, end.value);
        match (start.first, end.last) {
            // "from 2016 to 2011": the words contradict each other.
            (Some(first), Some(last)) if first > last => Outcome::open(value),
            (first, last) => Outcome { first, last, against: start.against.max(end.against), value },
        }
    }

    /// Both ends of a stretch, each with what the other says of it: "27 November to 3 December 2024".
    fn settled(&self, from: &Meaning, to: &Meaning) -> (Meaning, Meaning) {
        let (mut from, mut to) = (from.clone(), to.clone());
        let date = |meaning: &Meaning| self.resolve(meaning).first;
        match (&mut from, &mut to) {
            (
                Meaning::Calendar { year: one @ None, month: early, days: first, .. },
                Meaning::Calendar { year, month: late, days: last, .. },
            ) => {
                let end = year.or_else(|| {
                    date(&Meaning::Calendar { year: None, month: *late, days: *last, weekday: None })
                        .map(|day| day.year())
                });
                let order = (*early, first.map_or(1, |days| days.0)) > (*late, last.map_or(31, |days| days.1));
                *one = end.map(|end| if order { end - 1 } else { end });
                *year = end;
            }
            (
                Meaning::Calendar { year: Some(one), month: early, .. },
                Meaning::Calendar { year: year @ None, month: late, .. },
            ) => {
                *year = Some(if *late < *early { *one + 1 } else { *one });
            }
            (
                Meaning::EitherOrder { first, second, year },
                Meaning::EitherOrder { first: one, second: other, year: late },
            ) => {
                let year = year.or(*late);
                // "5/1-5/7/2020": what both ends share is the month.
                let dates = match (first == one, second == other) {
                    (true, false) => Some([(*first, *second), (*one, *other)]),
                    (false, true) => Some([(*second, *first), (*other, *one)]),
                    _ => None,
                };
                if let Some([start, end]) = dates {
                    let date = |(month, day)| Meaning::Calendar { year, month, days: Some((day, day)), weekday: None };
                    return (date(start), date(end));
                }
                from = Meaning::EitherOrder { first: *first, second: *second, year };
            }
            (Meaning::Calendar { year, month, days: Some((day, _)), .. }, Meaning::DayOfMonth { day: last, .. }) => {
                let next = *last <= *day;
                let late = if next { *month % 12 + 1 } else { *month };
                let year = year.or_else(|| date(&from).map(|day| day.year()));
                let turned = year.map(|year| if next && late == 1 { year + 1 } else { year });
                to = Meaning::Calendar { year: turned, month: late, days: Some((*last, *last)), weekday: None };
            }
            (Meaning::DayOfMonth { day, .. }, Meaning::Calendar { year, month, days: Some((last, _)), .. }) => {
                let before = *day >= *last;
                let early = if before { (*month + 10) % 12 + 1 } else { *month };
                let year = year.or_else(|| date(&to).map(|day| day.year()));
                let turned = year.map(|year| if before && early == 12 { year - 1 } else { year });
                from = Meaning::Calendar { year: turned, month: early, days: Some((*day, *day)), weekday: None };
            }
            _ => {}
        }
        (from, to)
    }
}

/// After how long something that words do not date comes again.
fn returns(meaning: &Meaning) -> Option<Unit> {
    match meaning {
        Meaning::Weekday { order: None, .. } => Some(Unit::Week),
        Meaning::EitherOrder { year: None, .. } | Meaning::Calendar { year: None, .. } => Some(Unit::Year),
        Meaning::Holiday { year: None, order: None, .. } => Some(Unit::Year),
        _ => None,
    }
}

/// A stretch with one end.
fn bounded(side: Side, of: &Outcome) -> Outcome {
    let next = |day: Option<Date>, step: i64| day.and_then(|day| shift(day, step, Unit::Day));
    let (first, last) = match side {
        Side::Since => (of.first, None),
        Side::After => (next(of.last, 1), None),
        Side::Before => (None, next(of.first, -1)),
        Side::Until | Side::By => (None, of.last),
    };
    let value =
        if matches!(side, Side::Since | Side::After) { format!("{}/..", of.value) } else { format!("../{}", of.value) };
    Outcome { first, last, against: of.against, value }
}

/// A year, decade or century.
fn years(first: i16, count: i16, stated: bool) -> Outcome {
    let value = match count {
        10 => format!("{:03}X", first / 10),
        100 => format!("{:02}XX", first / 100),
        _ => format!("{first:04}"),
    };
    let against = if stated { Against::Itself } else { Against::Convention };
    calendar::years(first, count)
        .map_or_else(|| Outcome::open(value.as_str()), |days| Outcome::new(days, value.as_str(), against))
}

/// A day, or a first and a last one.
pub(super) fn written(days: Days) -> String {
    if days.first == days.last { days.first.to_string() } else { format!("{}/{}", days.first, days.last) }
}

/// Monday is 1.
pub(super) fn weekday_number(weekday: Weekday) -> i8 {
    weekday.to_monday_one_offset()
}

pub(super) fn weekday_value(weekday: Weekday) -> String {
    format!("XXXX-WXX-{}", weekday_number(weekday))
}

fn clock_value(clock: Clock) -> String {
    match clock {
        Clock::Part(part) => format!("T{}", part.as_str()),
        Clock::Time { hour, minute } => format!("T{hour:02}:{minute:02}"),
    }
}

/// A length as ISO 8601 writes it: "P13Y", "P1Y6M", "PT2H"; "PXD" where nobody says how many.
pub(super) fn length_value(extent: &Extent) -> String {
    let mut value = String::from("P");
    let mut in_clock = false;
    for &(amount, unit) in &extent.parts {
        if unit.is_of_clock() && !in_clock {
            value.push('T');
            in_clock = true;
        }
        let (times, letter) = unit.designator();
        match amount {
            Amount::Exact(amount) => value.push_str(&number(amount * f64::from(times))),
            Amount::Range(low, _) => value.push_str(&number(low * f64::from(times))),
            Amount::Vague(..) => value.push('X'),
        }
        value.push(letter);
    }
    // "two to three weeks": P2W/P3W
    match extent.parts[..] {
        [(Amount::Range(_, high), unit)] => {
            let high = length_value(&Extent::of(Amount::Exact(high), unit));
            format!("{value}/{high}")
        }
        _ => value,
    }
}

/// One amount of a unit as a length.
pub(super) fn designated(amount: Amount, unit: Unit) -> String {
    length_value(&Extent::of(amount, unit))
}

fn number(amount: f64) -> String {
    if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount}") }
}
