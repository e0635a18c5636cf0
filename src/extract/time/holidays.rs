//! Days with a name: "Christmas 2015", "Human Rights Day", "Eid al-Fitr".

use super::grammar::{Grammar, Parse};
use super::lexicon::Phrase;
use super::meaning::Meaning;
use super::pieces::Form;

impl Grammar<'_> {
    /// A day with a name, with its year where that follows.
    pub(super) fn holiday(&self, at: usize) -> Parse {
        let (end, index) = self.phrase(at, |phrase| match phrase {
            Phrase::Holiday(index) => Some(index),
            _ => None,
        })?;
        if !self.is_capital(at) && self.is_capital(at + 1) {
            return None;
        }
        let next = self.past(self.past(end, &[","]), &["of", "in"]);
        // "a Christmas market"
        let weekend = self.sense(end).is_some_and(|sense| sense.day_part.is_some() || sense.weekday.is_some());
        if !self.follows(end) && !self.is_capital(end) && self.form(end) == Some(Form::Letters) && !weekend {
            return None;
        }
        Some(match self.year_digits(next).filter(|(end, _)| self.is_closed(*end)) {
            Some((after, year)) => (after, Meaning::Holiday { index, year: Some(year), order: None }),
            None => (end, Meaning::Holiday { index, year: None, order: None }),
        })
    }
}
