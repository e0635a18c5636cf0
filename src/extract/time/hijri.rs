//! Dates of the Hijri calendar: "15 Sha'ban 1445 AH", "Ramadan 1440", "during Ramadan".

use super::grammar::{Grammar, Parse};
use super::lexicon::Phrase;
use super::meaning::Meaning;
use super::pieces::Form;

/// Years that four digits can mean there.
const YEARS: std::ops::RangeInclusive<i16> = 1200..=1600;

impl Grammar<'_> {
    /// A day or month of the Hijri calendar. The months are names of people, too: one needs a day, a year, or a
    /// word before it that makes it a time.
    pub(super) fn hijri(&self, at: usize, loose: bool) -> Parse {
        let start = self.past(at, &["the"]);
        let day = self.days(start).filter(|(_, (low, high))| low == high);
        let named = match day {
            Some((end, _)) => self.past(end, &["of"]),
            None => start,
        };
        let named =
            self.has(named, &["the", "month", "of"]).or_else(|| self.has(named, &["month", "of"])).unwrap_or(named);
        let named = self.has(named, &["holy", "month", "of"]).unwrap_or(named);
        let (end, month) = self.phrase(named, |phrase| match phrase {
            Phrase::HijriMonth(month) => Some(month),
            _ => None,
        })?;
        let day = day.and_then(|(_, (day, _))| (day <= 30).then_some(day));
        // "Ramadan 12, 1445"
        let behind = self.days(end).filter(|(after, (low, high))| day.is_none() && low == high && self.follows(*after));
        let (end, day) = match behind {
            Some((after, (day, _))) => (after, Some(day)),
            None => (end, day),
        };
        let next = self.past(end, &[","]);
        let key = self.key(next);
        let year = key
            .parse()
            .ok()
            .filter(|year| self.form(next) == Some(Form::Digits) && key.len() == 4 && YEARS.contains(year));
        // "Ramadan 2019": the year is of the other calendar; the month of it is not looked for.
        let (end, year) = match year {
            Some(year) => {
                let era = self.past(next + 1, &["ah", "h", "hijri", "a h"]);
                (era, Some(year))
            }
            None => (end, None),
        };
        let told = loose
            || named > start && day.is_none()
            || matches!(
                self.before(at),
                "in" | "during" | "of" | "before" | "after" | "until" | "since" | "for" | "throughout"
            );
        let alone = month == 9 && told && !self.is_capital(end) && self.form(end) != Some(Form::Digits);
        (day.is_some() || year.is_some() || alone).then_some((end, Meaning::Hijri { year, month, day }))
    }
}
