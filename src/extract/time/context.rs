//! What a time is told from: the document's day, the last date that the text told, and the tense around it.

use jiff::civil::{Date, Weekday};

use super::calendar::{Days, Unit, days_between, shift};
use super::lexicon::TimeWords;

/// Days that a date without a year may lie after the document's where nothing says that it is past.
const AHEAD: i64 = 31;
/// Days between which a date without a year and the one told before it can lie: the year is in no doubt.
const HALF_YEAR: i64 = 183;
/// Years that are looked through: a weekday comes back to its date within eleven, 29 February within eight.
const YEARS: i16 = 11;

/// Whether what happens at a time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// What was told from: kept with the result, so that it can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Against {
    /// The words alone.
    Itself,
    /// What words such as "early" or "summer" usually mean, or a calendar that observers may differ from.
    Convention,
    Document,
    Told,
}

impl Against {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Itself => "",
            Self::Convention => "/convention",
            Self::Document => "/document",
            Self::Told => "/told",
        }
    }
}

/// A date that the text told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub days: Days,
    pub sentence: usize,
    pub paragraph: usize,
    /// Stands alone over what follows.
    pub heading: bool,
}

/// What a time is told from.
#[derive(Clone)]
pub(super) struct Context {
    pub words: &'static TimeWords,
    /// The days on which the document may have been published.
    pub reference: Option<Days>,
    /// The last date told.
    pub told: Option<Told>,
    /// The last one that dates without a year can be told from: a day, or what stands at the head of its sentence.
    pub scene: Option<Told>,
    /// Whether "11/12" has the day first in this document, if it can be told.
    pub day_first: Option<bool>,
    /// Whether the document is about the southern half of the world.
    pub southern: bool,
    pub tense: Tense,
    /// The sentence that is read, and its paragraph.
    pub sentence: usize,
    pub paragraph: usize,
}

/// Sentences behind a date within which a date without a year may be told from it across paragraphs.
const CLOSE: usize = 3;
/// Sentences behind a date within which "the next day" is told from it.
const REACH: usize = 2;

impl Context {
    /// The last date told, if it is near enough for "the next day".
    pub fn near(&self) -> Option<Days> {
        let told = self.told?;
        let near = told.heading || told.paragraph == self.paragraph || self.sentence - told.sentence <= REACH;
        near.then_some(told.days)
    }

    /// The days in one of which something that comes once a year falls; `occurs` says which days it has in a year.
    pub fn in_year(&self, occurs: impl Fn(i16) -> Option<Days>) -> Option<(Days, Against)> {
        let here = |told: &Told| told.heading || told.paragraph == self.paragraph;
        let far =
            |told: &Told| !is_long(told.days) && (self.reference.is_none() || self.sentence - told.sentence <= CLOSE);
        let scene = self.scene.filter(|told| here(told) || far(told));
        let found = scene.and_then(|told| Some((told, self.near_told(told.days, &occurs)?)));
        // Where the document has a date, only what follows shortly is told from a date of another paragraph.
        let shortly = |told: &Told, days: &Days| days_between(told.days.first, days.first).abs() <= AHEAD;
        let told = found.filter(|(told, days)| here(told) || self.reference.is_none() || shortly(told, days));
        let told = told.map(|(_, days)| (days, Against::Told));
        told.or_else(|| self.near_reference(&occurs).map(|days| (days, Against::Document)))
    }

    /// The day that words tell, without what they say of the tense: "ahead of 3 May" may be said of what is to come.
    pub fn without_tense(&self) -> Self {
        let tense = if self.tense == Tense::Past { Tense::Unknown } else { self.tense };
        Self { tense, ..self.clone() }
    }

    /// In the year that was told, or in the one that brings it nearest to the day told.
    fn near_told(&self, told: Days, occurs: &impl Fn(i16) -> Option<Days>) -> Option<Days> {
        // Where nothing else dates the text, what is to come may be in any year.
        if self.reference.is_none() && self.tense == Tense::Future {
            return None;
        }
        let late = |days: &Days| {
            self.reference.is_some_and(|reference| {
                shift(reference.last, AHEAD, Unit::Day).is_some_and(|limit| days.first > limit)
            })
        };
        if is_long(told) {
            return if told.first.year() == told.last.year() {
                occurs(told.first.year()).filter(|days| !late(days))
            } else {
                None
            };
        }
        let year = told.first.year();
        let near =
            (year - 1..=year + 1).filter_map(occurs).min_by_key(|days| days_between(told.first, days.first).abs())?;
        (days_between(told.first, near.first).abs() <= HALF_YEAR && !late(&near)).then_some(near)
    }

    /// As the document's day and the tense have it.
    fn near_reference(&self, occurs: &impl Fn(i16) -> Option<Days>) -> Option<Days> {
        let reference = self.reference?;
        let one = self.seen_from(reference.first, occurs)?;
        // Where the document's day is in doubt the year must not be.
        (one == self.seen_from(reference.last, occurs)?).then_some(one)
    }

    fn seen_from(&self, day: Date, occurs: &impl Fn(i16) -> Option<Days>) -> Option<Days> {
        let year = day.year();
        match self.tense {
            Tense::Future => (year..=year + YEARS).filter_map(occurs).find(|days| days.last >= day),
            tense => {
                let ahead = if tense == Tense::Past { 1 } else { AHEAD };
                let limit = shift(day, ahead, Unit::Day)?;
                (year - YEARS..=year + 1).rev().filter_map(occurs).find(|days| days.first <= limit)
            }
        }
    }

    /// The weekday on or before the document's day, or the first after it where what happens is to come.
    pub fn weekday(&self, weekday: Weekday) -> Option<Days> {
        let reference = self.reference?;
        let towards = |day: Date| match self.tense {
            Tense::Future => shift(day, after(day, weekday), Unit::Day),
            _ => shift(day, -i64::from(day.weekday().since(weekday)), Unit::Day),
        };
        Days::new(towards(reference.first)?, towards(reference.last)?)
    }
}

/// Whether a stretch of days is a year rather than a month.
fn is_long(days: Days) -> bool {
    days.count() > HALF_YEAR
}

/// Days to the first such weekday after a day, from 1 to 7.
pub(super) fn after(day: Date, weekday: Weekday) -> i64 {
    match i64::from(weekday.since(day.weekday())) {
        0 => 7,
        days => days,
    }
}

/// Days back to the last such weekday before a day, from 1 to 7.
pub(super) fn before(day: Date, weekday: Weekday) -> i64 {
    match i64::from(day.weekday().since(weekday)) {
        0 => 7,
        days => days,
    }
}
