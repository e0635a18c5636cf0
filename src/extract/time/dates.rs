//! Dates with the name of a month: "27 November 2024", "Nov. 27th", "the 7th and 8th of December", "March 2011".

use jiff::civil::{Date, Weekday};

use super::calendar::Unit;
use super::grammar::{Grammar, Parse, Preparation};
use super::meaning::Meaning;
use super::pieces::Form;

/// Two digits above this are a year of the last century.
const PIVOT: i16 = 31;

/// Words before a date that say it is one.
const DATE_PREPOSITIONS: &[&str] =
    &["on", "of", "since", "until", "by", "from", "to", "between", "before", "after", "the"];

impl Grammar<'_> {
    /// A date with the name of a month; `loose` lets a month stand alone.
    pub(super) fn date(&self, at: usize, loose: bool) -> Parse {
        let (weekday, start) = self.leading_weekday(at);
        let found = self.day_first(start, weekday).or_else(|| self.month_first(start, weekday));
        found.or_else(|| if start == at { self.month_alone(at, loose) } else { None })
    }

    /// "Sunday, 8 December": the weekday, and where the rest begins.
    fn leading_weekday(&self, at: usize) -> (Option<Weekday>, usize) {
        match self.weekday_word(at) {
            Some((end, weekday)) => {
                let next = self.past(end, &[","]);
                (Some(weekday), self.past(next, &["the", "on"]))
            }
            None => (None, at),
        }
    }

    /// "27 November 2024", "the 7th and 8th of December".
    fn day_first(&self, at: usize, weekday: Option<Weekday>) -> Parse {
        let start = self.past(at, &["the"]);
        let (end, days) = self.days(start)?;
        let end = if self.key(end) == "day" { end + 1 } else { end };
        let end = self.past(end, &[","]);
        let of = self.past(end, &["of", "in", "/", "-"]);
        let of = self.has(of, &["the", "month", "of"]).unwrap_or(of);
        let told = weekday.is_some() || self.caseless && DATE_PREPOSITIONS.contains(&self.before(at));
        let (end, month) = self.month_word(of, of > end || told)?;
        // "20 May Day rallies"
        if self.holiday(of).is_some_and(|(longer, _)| longer > end) {
            return None;
        }
        if let Some(found) = self.of_told_year(end, month, Some(days)) {
            return Some(found);
        }
        let (end, year) = self.year_behind(end, true);
        Some((end, calendar(year, month, Some(days), weekday)))
    }

    /// "November 27th, 2024", "November 27-28", "March 2011".
    fn month_first(&self, at: usize, weekday: Option<Weekday>) -> Parse {
        if let Some((end, year)) = self.year_digits(at) {
            // "2017 April", "2019-Aug-01"
            let next = self.past(end, &["-", "/"]);
            let (end, month) = self.month_word(next, false)?;
            let next = self.past(end, &["-", "/"]);
            let days = self.days(next).filter(|_| next > end);
            return Some(match days {
                Some((end, days)) => (end, calendar(Some(year), month, Some(days), weekday)),
                None => (end, calendar(Some(year), month, None, weekday)),
            });
        }
        let (named, month) = self.month_word(at, self.days_of_month(at))?;
        let next = self.past(named, &["."]);
        let next = self.past(next, &[",", "/", "-"]);
        let next = self.past(next, &["the"]);
        if let Some((end, days)) =
            self.days(next).or_else(|| self.day_in_words(next)).filter(|(end, _)| !self.is_counting(*end))
        {
            if let Some(found) = self.of_told_year(end, month, Some(days)) {
                return Some(found);
            }
            let (end, year) = self.year_behind(end, false);
            return Some((end, calendar(year, month, Some(days), weekday)));
        }
        if let Some(found) = self.of_told_year(named, month, None) {
            return Some(found);
        }
        // "45 December 2024": a day that does not exist leaves no month behind.
        if self.form(at.wrapping_sub(1)) == Some(Form::Digits) && self.before(at).len() <= 2 && weekday.is_none() {
            return None;
        }
        let next = self.past(self.past(named, &["."]), &[",", "/", "-"]);
        let next = self.past(next, &["of", "in"]);
        let (end, year) =
            self.year_digits(next).or_else(|| self.year_in_words(next)).or_else(|| self.short_year(next))?;
        Some((end, calendar(Some(year), month, None, weekday)))
    }

    /// "March last year", "17 May of this year": `end` is where the year begins.
    fn of_told_year(&self, end: usize, month: i8, days: Option<(i8, i8)>) -> Parse {
        let next = self.past(self.past(end, &[","]), &["of", "in"]);
        let (after, of) = self.unit_in_order(next)?;
        matches!(of, Meaning::Unit { unit: Unit::Year, .. })
            .then(|| (after, Meaning::InYear { of: Box::new(of), month, days }))
    }

    /// "in December": a month that a preposition or another date makes one.
    fn month_alone(&self, at: usize, loose: bool) -> Parse {
        let (end, month) = self.month_word(at, false)?;
        let name = self.sense(at).is_some_and(|sense| sense.name);
        // "by May" is somebody, "and March" another verb, unless nothing of that sort can follow.
        let somebody = self.before(at) == "by" && matches!(self.key(end), "and" | "or");
        let closed = !name || self.follows(end) && !somebody;
        let prepared = match self.prepared(at) {
            Some(Preparation::Strong) => true,
            Some(Preparation::Weak) => {
                loose || self.is_capital(at) && !matches!(self.before(at), "and" | "or" | "," | "(" | "for")
            }
            None => loose,
        };
        (prepared && closed).then_some((end, calendar(None, month, None, None)))
    }

    /// A month's name; `certain` where words around leave no doubt that a word in small letters is one.
    pub(super) fn month_word(&self, at: usize, certain: bool) -> Option<(usize, i8)> {
        let sense = self.sense(at)?;
        let month = sense.month?;
        (self.is_capital(at) || !sense.ambiguous || certain).then_some((at + 1, month))
    }

    /// "may 29th": what follows a word in small letters says that it is a month.
    fn days_of_month(&self, at: usize) -> bool {
        let next = self.past(at + 1, &["the"]);
        self.form(next) == Some(Form::Digits) && self.ordinal(next).is_some()
            || self.year_digits(at + 1).is_some() && self.follows(at + 2)
    }

    /// Days of a month in digits or ordinal words: the first and the last.
    pub(super) fn days(&self, at: usize) -> Option<(usize, (i8, i8))> {
        let (end, low) = self.day(at)?;
        let joint = self.past(end, &["-", "–", "—", "to", "and", "through", "till", "until", "&", "/"]);
        let second = self.past(joint, &["the"]);
        if joint == end {
            return Some((end, (low, low)));
        }
        match self.day(second).filter(|(_, high)| low < *high) {
            // "May 12 and 40 people"
            Some((after, high)) if !self.is_counting(after) => Some((after, (low, high))),
            _ => Some((end, (low, low))),
        }
    }

    /// A day of a month in digits or as an ordinal number.
    fn day(&self, at: usize) -> Option<(usize, i8)> {
        let (end, day) = match self.ordinal(at) {
            Some((end, day)) => (end, i8::try_from(day).ok()?),
            None if self.form(at)? == Form::Digits && self.key(at).len() <= 2 => (at + 1, self.key(at).parse().ok()?),
            None => return None,
        };
        (1..=31).contains(&day).then_some((end, day))
    }

    /// "May twenty-nine", if nothing follows that is counted.
    fn day_in_words(&self, at: usize) -> Option<(usize, (i8, i8))> {
        let (end, day) = self.words_below_hundred(at)?;
        let day = i8::try_from(day).ok().filter(|day| *day <= 31)?;
        let closed = self.follows(end) || self.year_in_words(end).is_some() || self.year_digits(end).is_some();
        closed.then_some((end, (day, day)))
    }

    /// Whether the number before `end` counts what stands there, or goes on: "12-year-old", "12th-grade".
    fn is_counting(&self, end: usize) -> bool {
        let counted = self.words.is_counted(self.key(end)) || matches!(self.key(end), "%" | "percent");
        let hyphenated = self.is_hyphen(end)
            && self.form(end + 1) == Some(Form::Letters)
            && self.month_word(end + 1, false).is_none();
        counted || hyphenated || self.is_glued(end) && self.form(end) != Some(Form::Mark)
    }

    /// The year behind a day or month, if there is one.
    fn year_behind(&self, end: usize, day_first: bool) -> (usize, Option<i16>) {
        let next = if day_first { self.past(end, &["."]) } else { end };
        let next = self.past(next, &[",", "/", "-"]);
        let next = self.past(next, &["of", "in"]);
        let year = self.year_digits(next).or_else(|| self.year_in_words(next)).or_else(|| self.short_year(next));
        match year.filter(|(end, _)| !self.words.is_counted(self.key(*end))) {
            Some((end, year)) => (end, Some(year)),
            None => (end, None),
        }
    }

    /// Four digits that can be a year.
    pub(super) fn year_digits(&self, at: usize) -> Option<(usize, i16)> {
        let key = self.key(at);
        let year = key.parse().ok().filter(|_| key.len() == 4 && self.form(at) == Some(Form::Digits))?;
        let goes_on = self.is_glued(at + 1) && self.form(at + 1) == Some(Form::Letters);
        ((1000..=2200).contains(&year) && !goes_on).then_some((at + 1, year))
    }

    /// "’24", and after a month two digits that can be no day of it and count nothing ("25 Oct 89").
    fn short_year(&self, at: usize) -> Option<(usize, i16)> {
        let apostrophe = matches!(self.key(at), "'" | "’" | "‘") && self.is_glued(at + 1);
        let start = if apostrophe { at + 1 } else { at };
        let key = self.key(start);
        let year: i16 = key.parse().ok().filter(|_| key.len() == 2 && self.form(start) == Some(Form::Digits))?;
        let plain = year > PIVOT && self.follows(start + 1) && self.is_closed(start + 1);
        (apostrophe || plain).then_some((start + 1, century_of(year)))
    }
}

/// The year that two digits mean.
pub(super) fn century_of(year: i16) -> i16 {
    if year > PIVOT { 1900 + year } else { 2000 + year }
}

/// A date, if the calendar has it.
fn calendar(year: Option<i16>, month: i8, days: Option<(i8, i8)>, weekday: Option<Weekday>) -> Meaning {
    // A leap year, where it is not known which.
    let exists = |day: i8| Date::new(year.unwrap_or(2024), month, day).is_ok();
    match days {
        Some((low, high)) if !exists(low) || !exists(high) => Meaning::Nothing,
        _ => Meaning::Calendar { year, month, days, weekday },
    }
}
