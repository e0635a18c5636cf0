//! Weekdays: "Sunday", "last Monday", "Monday of next week", "Friday the 13th", "the 27th".

use jiff::civil::Weekday;

use super::calendar::Unit;
use super::grammar::{Grammar, Parse};
use super::meaning::Meaning;
use super::pieces::Form;

impl Grammar<'_> {
    /// A weekday with what picks one of them, or a day of the month without its month.
    pub(super) fn weekday(&self, at: usize, loose: bool) -> Parse {
        if let Some((start, order)) = self.order(at)
            && let Some((end, weekday)) = self.weekday_word(start)
        {
            return Some((end, Meaning::Weekday { weekday, order: Some(order) }));
        }
        let Some((end, weekday)) = self.weekday_word(at) else {
            return self.week_and_day(at).or_else(|| self.day_of_month(at, loose));
        };
        // "Monday 21", "Friday the 13th"
        let day = self.past(self.past(end, &[","]), &["the"]);
        if let Some((after, (day, last))) =
            self.days(day).filter(|(after, _)| self.follows(*after) && self.is_closed(*after))
            && day == last
        {
            return Some((after, Meaning::DayOfMonth { day, weekday: Some(weekday) }));
        }
        // "Monday of next week", "Wednesday next week"
        let of = self.past(end, &["of", "in"]);
        if let Some((after, week)) =
            self.unit_in_order(of).filter(|(_, meaning)| matches!(meaning, Meaning::Unit { unit: Unit::Week, .. }))
        {
            return Some((after, Meaning::WeekdayOf { weekday, of: Box::new(week) }));
        }
        let alone = Meaning::Weekday { weekday, order: None };
        let named =
            self.words.names_thing_after_day(self.key(end)) || self.words.names_thing_before_day(self.before(at));
        // "Sunday Igboho" is somebody.
        let name =
            self.text.syntax.dep(self.word(at)) == "compound" && self.is_capital(end) && self.sense(end).is_none();
        let short = self.sense(at).is_some_and(|sense| sense.short);
        // "Sun Yat-sen", "Mon State": a short form needs a preposition, and no name behind it.
        let told = !short
            || matches!(self.before(at), "on" | "until" | "since" | "by" | "from" | "to" | "or" | "and")
                && !self.is_capital(end)
            || loose && self.follows(end);
        (!named && !name && told).then_some((end, alone))
    }

    /// "next week on Tuesday".
    fn week_and_day(&self, at: usize) -> Parse {
        let (end, week) = self.unit_in_order(at)?;
        let Meaning::Unit { unit: Unit::Week, .. } = week else { return None };
        let (end, weekday) = self.weekday_word(self.past(end, &["on"]))?;
        Some((end, Meaning::WeekdayOf { weekday, of: Box::new(week) }))
    }

    /// A weekday's name; in small letters only where it is no other word.
    pub(super) fn weekday_word(&self, at: usize) -> Option<(usize, Weekday)> {
        let sense = self.sense(at)?;
        let weekday = sense.weekday.filter(|_| self.is_capital(at) || !sense.ambiguous)?;
        let dotted = sense.short && self.key(at + 1) == "." && self.is_glued(at + 1);
        Some((if dotted { at + 2 } else { at + 1 }, weekday))
    }

    /// "on the 27th", "the 15th of next month".
    fn day_of_month(&self, at: usize, loose: bool) -> Parse {
        let start = self.past(at, &["the"]);
        let article = start > at;
        let (end, day) = self.ordinal(start)?;
        let day = i8::try_from(day).ok().filter(|day| *day <= 31)?;
        let in_digits = self.form(start) == Some(Form::Digits);
        let named = if self.key(end) == "day" { end + 1 } else { end };
        if self.key(named) == "of"
            && let Some((after, month)) =
                self.unit_in_order(named + 1).or_else(|| self.plain_unit(named + 1, Unit::Month))
            && matches!(month, Meaning::Unit { unit: Unit::Month, .. })
        {
            let which = i64::from(day);
            return Some((after, Meaning::Nth { which, count: 1, unit: Unit::Day, of: Some(Box::new(month)) }));
        }
        // "the 5th floor", "the third"
        let joins = loose && matches!(self.key(end), "to" | "until" | "till" | "through" | "and");
        let told =
            (in_digits || joins) && self.follows(end) && self.key(end) != "of" && (article || self.before(at) == "on");
        let prepared = loose
            || matches!(
                self.before(at),
                "on" | "by" | "until" | "since" | "from" | "to" | "between" | "before" | "after" | "and"
            );
        (told && prepared).then_some((end, Meaning::DayOfMonth { day, weekday: None }))
    }
}
