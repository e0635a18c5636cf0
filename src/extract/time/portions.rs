//! Parts of a stretch of time: "early 2013", "mid-March", "the end of last month", "the first quarter of 2013", "the
//! last week of October", "the week of 10 April", "summer 2013".

use super::calendar::Unit;
use super::grammar::{Grammar, Parse, Preparation};
use super::lexicon::{Edge, Order, Origin};
use super::meaning::Meaning;
use super::pieces::Form;

impl Grammar<'_> {
    /// What lies early, in the middle or late in something.
    pub(super) fn edge(&self, at: usize, depth: u8) -> Parse {
        let start = self.past(at, &["the", "in", "around", "about"]);
        let start = if start == at { at } else { self.past(start, &["the"]) };
        let (end, edge) = self.edge_word(start)?;
        // "in early 2013" is told by "early"; "the end of" needs its article.
        if start > at && self.key(at) != "the" {
            return None;
        }
        let inner = self.past_hyphen(end);
        let inner = self.past(self.past(inner, &["on", "in"]), &["the"]);
        let of = self.point(inner, true, depth).or_else(|| self.unit_of_now(inner, edge));
        // "late on the evening": the part of a day has no part of its own here.
        let (end, of) = of.filter(|(_, of)| !matches!(of, Meaning::Clock(_) | Meaning::Nothing))?;
        Some((end, Meaning::Edge { edge, of: Box::new(of) }))
    }

    /// "later in the year", "the end of the month".
    fn unit_of_now(&self, at: usize, edge: Edge) -> Parse {
        let unit = self.sense(at)?.unit.filter(|unit| *unit >= Unit::Week && *unit != Unit::Half)?;
        let article = self.before(at) == "the";
        let told = article || matches!(edge, Edge::End | Edge::Start);
        let alone = !self.key(at).ends_with('s') && self.follows(at + 1) && self.key(at + 1) != "of";
        let order = Order { steps: 0, origin: Origin::Document, windows: false, nearest: false };
        (told && alone).then_some((at + 1, Meaning::Unit { unit, order }))
    }

    /// Units counted inside a longer one.
    pub(super) fn nth(&self, at: usize, depth: u8) -> Parse {
        if let Some(found) = self.quarter(at) {
            return Some(found);
        }
        let start = self.past(at, &["the"]);
        // "the week of 10 April", "week of the 18th"
        if let Some(unit @ (Unit::Week | Unit::Weekend)) = self.sense(start).and_then(|sense| sense.unit) {
            let begin = self.past(start + 1, &["of", "beginning", "commencing", "starting"]);
            let (end, of) = self.point(begin, true, depth).filter(|_| begin > start + 1)?;
            return Some((end, Meaning::UnitOf { unit, of: Box::new(of) }));
        }
        let (end, which) = self.which(start)?;
        let (end, count, unit) = match self.cardinal(end) {
            Some((after, count)) if count.fract() == 0.0 && count < 1000.0 => {
                (after + 1, count as i64, self.sense(after)?.unit?)
            }
            _ => (end + 1, 1, self.sense(end)?.unit?),
        };
        if unit == Unit::Century || unit.is_of_clock() {
            return None;
        }
        let begin = self.past(end, &["of", "in"]);
        let inside = if begin > end { self.point(begin, true, depth).or_else(|| self.plain(begin)) } else { None };
        match inside {
            Some((after, of)) => Some((after, Meaning::Nth { which, count, unit, of: Some(Box::new(of)) })),
            // "the first quarter", "the second half" are of the year, if nothing else follows.
            None if unit == Unit::Quarter && which > 0 && begin == end && self.follows(end) => {
                Some((end, Meaning::Nth { which, count, unit, of: None }))
            }
            None => None,
        }
    }

    /// "of the year", "of the month".
    fn plain(&self, at: usize) -> Parse {
        [Unit::Month, Unit::Year].into_iter().find_map(|unit| self.plain_unit(at, unit))
    }

    /// "first", "3rd", "last": counted from 1, or from the end.
    fn which(&self, at: usize) -> Option<(usize, i64)> {
        match self.key(at) {
            "last" | "final" | "closing" => Some((at + 1, -1)),
            "opening" => Some((at + 1, 1)),
            _ => self.ordinal(at).map(|(end, which)| (end, i64::from(which))),
        }
    }

    /// "Q3 2019", "2019-Q3", "Q3".
    fn quarter(&self, at: usize) -> Parse {
        let named = |at: usize| {
            let which = self
                .key(at + 1)
                .parse()
                .ok()
                .filter(|which| (1..=4).contains(which) && self.key(at) == "q" && self.is_glued(at + 1))?;
            Some((at + 2, which))
        };
        let whole = |first| Some(Box::new(Meaning::Years { first, count: 1, stated: true }));
        let quarter = |end, which, of| Some((end, Meaning::Nth { which, count: 1, unit: Unit::Quarter, of }));
        if let Some((end, which)) = named(at) {
            let next = self.past(self.past(self.past_hyphen(end), &["of", "in"]), &["/"]);
            return match self.year_digits(next) {
                Some((after, year)) => quarter(after, which, whole(year)),
                None => quarter(end, which, None),
            };
        }
        let (end, year) = self.year_digits(at)?;
        let (end, which) = named(self.past(self.past_hyphen(end), &["/"]))?;
        quarter(end, which, whole(year))
    }

    /// "summer 2013", "the winter of 2014", "in the spring".
    pub(super) fn season(&self, at: usize, loose: bool) -> Parse {
        let start = self.past(at, &["the"]);
        let season = self.sense(start)?.season?;
        let of = self.past(start + 1, &["of", "in"]);
        if let Some((end, year)) = self.year_digits(of) {
            return Some((end, Meaning::Season { season, year: Some(year), order: None }));
        }
        // "the fall of the town", "they fall", "a spring"
        let article = start > at && matches!(self.before(at), "in" | "during" | "since" | "until" | "by");
        let told = loose || article || matches!(self.prepared(at), Some(Preparation::Strong));
        (told && self.follows(start + 1) && self.key(start + 1) != "of" && self.form(start) == Some(Form::Letters))
            .then_some((start + 1, Meaning::Season { season, year: None, order: None }))
    }
}
