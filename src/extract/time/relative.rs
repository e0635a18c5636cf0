//! Days and units by their place before or after another day: "yesterday", "last week", "this year", "the same day",
//! "the following month", "last March".

use super::calendar::Unit;
use super::grammar::{Grammar, Parse};
use super::lexicon::{DayPart, Order, Origin, Phrase};
use super::meaning::{Clock, Meaning};

impl Grammar<'_> {
    /// "yesterday", "the day before yesterday", "tonight".
    pub(super) fn relative_day(&self, at: usize) -> Parse {
        let start = self.past(at, &["the"]);
        if self.key(at) == "tonight" {
            let order = Order { steps: 0, origin: Origin::Document, windows: false, nearest: false };
            let day = Box::new(Meaning::Unit { unit: Unit::Day, order });
            return Some((at + 1, Meaning::Timed { day, clock: Clock::Part(DayPart::Night) }));
        }
        let found = self.phrase(start, |phrase| match phrase {
            Phrase::RelativeDay(days) => Some(Meaning::RelativeDay(days)),
            _ => None,
        });
        // "today’s": the day or the age; "Today" may be a newspaper.
        found.filter(|_| !self.is_capital(start) || start == 0 || !self.is_capital(start.wrapping_sub(1)))
    }

    /// A unit, part of the day, month or season that a word picks out of many.
    pub(super) fn ordered(&self, at: usize) -> Parse {
        let (end, order) = self.order(at)?;
        let Some(sense) = self.sense(end) else { return self.unit_in_order(at) };
        // "last night", "this morning", "the following evening"
        if let Some(part) = sense.day_part.filter(|_| !self.key(end).ends_with('s')) {
            let day = Meaning::Unit { unit: Unit::Day, order };
            return Some((end + 1, Meaning::Timed { day: Box::new(day), clock: Clock::Part(part) }));
        }
        if let Some(month) = sense.month.filter(|_| self.is_capital(end) || !sense.ambiguous) {
            return Some((end + 1, Meaning::Month { month, order }));
        }
        if let Some(season) = sense.season {
            return Some((end + 1, Meaning::Season { season, year: None, order: Some(order) }));
        }
        if let Some((after, Meaning::Holiday { index, .. })) = self.holiday(end) {
            return Some((after, Meaning::Holiday { index, year: None, order: Some(order) }));
        }
        self.unit_in_order(at)
    }

    /// "last week", "the same day", "this calendar year".
    pub(super) fn unit_in_order(&self, at: usize) -> Parse {
        let (end, order) = self.order(at)?;
        let end = self.past(end, &["calendar"]);
        let unit = self.sense(end)?.unit.filter(|unit| !unit.is_of_clock())?;
        let plural = self.key(end).ends_with('s') || self.key(end) == "centuries";
        // "this day" is no day in particular, "the last day" and "the last weeks" are of something else, and "the
        // past year" is a stretch of days.
        let day = unit == Unit::Day && order.origin == Origin::Document;
        let stretch = self.key(at) == "the" && order.origin == Origin::Document && order.windows;
        (!plural && !day && !stretch && self.is_closed(end + 1)).then_some((end + 1, Meaning::Unit { unit, order }))
    }

    /// "the year": the one that is going on.
    pub(super) fn plain_unit(&self, at: usize, unit: Unit) -> Parse {
        let order = Order { steps: 0, origin: Origin::Document, windows: false, nearest: false };
        let named = self.key(at) == "the" && self.sense(at + 1).and_then(|sense| sense.unit) == Some(unit);
        (named && !self.key(at + 1).ends_with('s')).then_some((at + 2, Meaning::Unit { unit, order }))
    }

    /// "last", "this past", "the following".
    pub(super) fn order(&self, at: usize) -> Option<(usize, Order)> {
        let article = self.key(at) == "the";
        // "this past week"
        let doubled =
            matches!(self.key(at), "this" | "these") && self.sense(at + 1).is_some_and(|sense| sense.order.is_some());
        let start = if article || doubled { at + 1 } else { at };
        let mut order = self.sense(start)?.order?;
        // "it did not last", "said that Sunday was quiet"
        let (tag, dep) = (self.text.syntax.tag(self.word(start)), self.text.syntax.dep(self.word(start)));
        if matches!(tag, "VB" | "VBD" | "VBP" | "VBZ")
            || self.key(start) == "that" && !matches!(dep, "" | "det" | "npadvmod")
        {
            return None;
        }
        // "the next day" is told from where the text stands, "next week" from the document's day.
        if article && self.key(start) == "next" {
            order.origin = Origin::Told;
        }
        Some((start + 1, order))
    }
}
