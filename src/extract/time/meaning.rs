//! What words say of a time, before it is known which days that are.

use jiff::civil::Weekday;

use super::calendar::Unit;
use super::lexicon::{Approximation, DayPart, Edge, Order, Origin, Side};

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// Words of a date that no calendar has: "31 February".
    Nothing,
    /// "27 November 2024", "7-8 December", "March 2011".
    Calendar { year: Option<i16>, month: i8, days: Option<(i8, i8)>, weekday: Option<Weekday> },
    /// "March last year", "17 May of this year".
    InYear { of: Box<Meaning>, month: i8, days: Option<(i8, i8)> },
    /// "11/12/2024": the month may be either.
    EitherOrder { first: i8, second: i8, year: Option<i16> },
    /// "the 27th", "Monday 21".
    DayOfMonth { day: i8, weekday: Option<Weekday> },
    /// A year, a decade, a century: the first year and how many; whether the words leave no doubt of the century.
    Years { first: i16, count: i16, stated: bool },
    /// "Sunday", "last Monday".
    Weekday { weekday: Weekday, order: Option<Order> },
    /// "last March".
    Month { month: i8, order: Order },
    /// "summer 2013", "last winter".
    Season { season: usize, year: Option<i16>, order: Option<Order> },
    /// "last week", "the same day".
    Unit { unit: Unit, order: Order },
    /// "yesterday": days from the document's.
    RelativeDay(i64),
    /// "two days ago", "three years later", "two weeks before Christmas".
    Shift { extent: Extent, sign: i64, from: From },
    /// "the past ten days", "within nine months".
    Window { extent: Extent, sign: i64, origin: Origin },
    /// "early 2013", "the end of last month".
    Edge { edge: Edge, of: Box<Meaning> },
    /// "the first two weeks of 2021", "the last quarter": counted from 1, or from the end where below 0.
    Nth { which: i64, count: i64, unit: Unit, of: Option<Box<Meaning>> },
    /// "the week of 10 April".
    UnitOf { unit: Unit, of: Box<Meaning> },
    /// "Monday of next week".
    WeekdayOf { weekday: Weekday, of: Box<Meaning> },
    /// A day with a name; index into the words' holidays.
    Holiday { index: usize, year: Option<i16>, order: Option<Order> },
    /// "15 Sha'ban 1445 AH".
    Hijri { year: Option<i16>, month: i8, day: Option<i8> },
    /// "from March 2011 until August 2024".
    Range(Box<Meaning>, Box<Meaning>),
    /// "since March 2011".
    Bound(Side, Box<Meaning>),
    /// "Sunday night", "3 p.m. on Sunday".
    Timed { day: Box<Meaning>, clock: Clock },
    /// A time of the day without a day.
    Clock(Clock),
    /// "for 13 years".
    Duration(Extent),
    /// "63-year-old".
    Age(Extent),
    /// "every week": what TIMEX3 writes for it.
    Set(String),
}

/// What a step leads away from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum From {
    Origin(Origin),
    Point(Box<Meaning>),
}

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Part(DayPart),
    Time { hour: i8, minute: i8 },
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Amount {
    Exact(f64),
    /// "two to three".
    Range(f64, f64),
    /// "several": at least and, where it can be said, at most.
    Vague(u32, Option<u32>),
}

/// How much time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Extent {
    /// "two years and six months": the largest unit first as a rule; never empty.
    pub parts: Vec<(Amount, Unit)>,
    pub approximation: Option<Approximation>,
}

impl Amount {
    pub fn least(self) -> f64 {
        match self {
            Self::Exact(amount) | Self::Range(amount, _) => amount,
            Self::Vague(least, _) => f64::from(least),
        }
    }

    pub fn most(self) -> Option<f64> {
        match self {
            Self::Exact(amount) | Self::Range(_, amount) => Some(amount),
            Self::Vague(_, most) => most.map(f64::from),
        }
    }
}

impl Extent {
    pub fn of(amount: Amount, unit: Unit) -> Self {
        Self { parts: vec![(amount, unit)], approximation: None }
    }

    /// The shortest unit.
    pub fn unit(&self) -> Unit {
        self.parts.iter().map(|(_, unit)| *unit).min().unwrap_or(Unit::Day)
    }
}
