//! Times that come again: "every week", "daily", "on Sundays", "three times a day", "every two years".

use super::calendar::Unit;
use super::grammar::{Grammar, Parse};
use super::meaning::{Amount, Meaning};
use super::pieces::Form;
use super::resolve::{designated, weekday_number};

impl Grammar<'_> {
    /// A time that comes again.
    pub(super) fn set(&self, at: usize) -> Parse {
        let (end, value) = self
            .every(at)
            .or_else(|| self.rate(at))
            .or_else(|| self.frequency(at))
            .or_else(|| self.days_of_week(at))?;
        Some((end, Meaning::Set(value)))
    }

    /// "every week", "each Monday", "every two years", "every other day".
    fn every(&self, at: usize) -> Option<(usize, String)> {
        if !matches!(self.key(at), "every" | "each" | "any") {
            return None;
        }
        if let Some((end, weekday)) = self.weekday_word(at + 1) {
            return Some((end, format!("XXXX-WXX-{}", weekday_number(weekday))));
        }
        if let Some((end, month)) = self.month_word(at + 1, false) {
            return Some((end, format!("XXXX-{month:02}")));
        }
        if let Some(part) = self.sense(at + 1).and_then(|sense| sense.day_part) {
            return Some((at + 2, format!("T{}", part.as_str())));
        }
        if let Some(season) = self.sense(at + 1).and_then(|sense| sense.season).filter(|_| self.key(at) != "any") {
            return Some((at + 2, format!("XXXX-{}", self.words.seasons[season].value)));
        }
        let (end, count) = match self.key(at + 1) {
            "other" | "second" => (at + 2, 2.0),
            "few" => return None,
            _ => match self.cardinal(at + 1) {
                Some((end, count)) => (end, count),
                None => (at + 1, 1.0),
            },
        };
        let unit = self.unit_word(end)?;
        Some((end + 1, designated(Amount::Exact(count), unit)))
    }

    /// "three times a day", "twice a week", "per month".
    fn rate(&self, at: usize) -> Option<(usize, String)> {
        let start = match self.key(at) {
            "once" | "twice" => at + 1,
            "per" => at,
            _ => {
                let (end, _) = self.amount(at, false)?;
                self.past(end, &["times"])
            }
        };
        let repeated = start == at || matches!(self.key(at), "once" | "twice") || self.before(start) == "times";
        let unit_at = self.past(start, &["a", "an", "per", "each", "every"]);
        let unit = self.unit_word(unit_at).filter(|_| repeated && unit_at > start)?;
        (!self.key(unit_at).ends_with('s')).then(|| (unit_at + 1, designated(Amount::Exact(1.0), unit)))
    }

    /// "daily", "weekly".
    fn frequency(&self, at: usize) -> Option<(usize, String)> {
        let (end, (count, unit)) = match self.sense(at).and_then(|sense| sense.frequency) {
            Some(often) => (at + 1, often),
            // "bi-monthly"
            None if self.is_hyphen(at + 1) => {
                let joined = format!("{}{}", self.key(at), self.key(at + 2));
                (at + 3, self.words.sense(&joined)?.frequency?)
            }
            None => return None,
        };
        // "Daily Star"; "the daily said": a newspaper.
        let noun = self.form(end) == Some(Form::Letters) && !self.follows(end) && !self.is_capital(end);
        let paper = self.is_capital(at) && (self.is_capital(end) || at > 0) || self.before(at) == "the" && !noun;
        (!paper).then(|| (end, designated(Amount::Exact(f64::from(count)), unit)))
    }

    /// "Sundays", "on weekends".
    fn days_of_week(&self, at: usize) -> Option<(usize, String)> {
        let key = self.key(at);
        if let Some(weekday) = key
            .strip_suffix("days")
            .and_then(|stem| self.words.sense(&format!("{stem}day")))
            .and_then(|sense| sense.weekday)
        {
            return Some((at + 1, format!("XXXX-WXX-{}", weekday_number(weekday))));
        }
        let weekends = self.sense(at)?.unit == Some(Unit::Weekend) && key.ends_with('s');
        weekends.then(|| (at + 1, "XXXX-WXX-WE".to_owned()))
    }
}
