//! Lengths of time: "for 13 years", "more than four decades", "a two-day siege", "hours", "two years and six months".

use super::calendar::Unit;
use super::grammar::{Grammar, Parse};
use super::lexicon::{Approximation, Phrase};
use super::meaning::{Amount, Extent, Meaning};
use super::pieces::Form;

/// Parts of the longest length that is read.
const PARTS: usize = 4;
/// Words before a unit that make it a length: "for years", "after months".
const BEFORE_BARE: &[&str] = &[
    "for", "in", "of", "after", "within", "over", "spent", "took", "lasted", "last", "through", "under", "many", "by",
];
/// Words behind one that do.
const AFTER_BARE: &[&str] = &["away", "later", "earlier", "ago", "after", "before", "of", "behind", "long"];
/// Words before "a year" that make it a length and no rate.
const BEFORE_ARTICLE: &[&str] = &[
    "for", "in", "within", "over", "after", "lasted", "took", "spent", "than", "nearly", "almost", "about", "least",
    "under", "only", "just", "over", "around",
];

impl Grammar<'_> {
    /// A length of time by itself.
    pub(super) fn duration(&self, at: usize) -> Parse {
        // "all day", "all week"
        if matches!(self.key(at), "all" | "whole" | "entire")
            && let Some(unit) = self.whole_unit(at + 1).filter(|_| self.follows(at + 2))
        {
            return Some((at + 2, Meaning::Duration(Extent::of(Amount::Exact(1.0), unit))));
        }
        let (end, extent) =
            self.extent(at, self.takes_article(at)).or_else(|| self.long(at)).or_else(|| self.bare(at))?;
        // "a 12-month-old": an age
        let old = self.past_hyphen(end);
        (!matches!(self.key(old), "old" | "olds")).then_some((end, Meaning::Duration(extent)))
    }

    fn takes_article(&self, at: usize) -> bool {
        BEFORE_ARTICLE.contains(&self.before(at)) || self.approximator(at).is_some()
    }

    /// One or more amounts of units, with what is said of them as a whole.
    pub(super) fn extent(&self, at: usize, article: bool) -> Option<(usize, Extent)> {
        let (start, approximation) = self.approximator(at).map_or((at, None), |(end, kind)| (end, Some(kind)));
        let article = article || approximation.is_some();
        let (mut end, first) = self.amount_of_unit(start, article)?;
        let mut parts = vec![first];
        while parts.len() < PARTS {
            let smaller = |unit: Unit| parts.last().is_some_and(|(_, last)| unit < *last);
            let next = self.past(self.past(end, &[","]), &["and"]);
            match self.amount_of_unit(next, true).filter(|(_, (_, unit))| smaller(*unit)) {
                Some((after, part)) => {
                    end = after;
                    parts.push(part);
                }
                None => break,
            }
        }
        // "a year and a half"
        if let (Some((after, part)), Some((Amount::Exact(amount), _))) = (self.fraction(end), parts.last_mut()) {
            *amount += part;
            end = after;
        }
        let long = self.past_hyphen(end);
        let end = if long > end && self.key(long) == "long" { long + 1 } else { end };
        Some((end, Extent { parts, approximation }))
    }

    /// "13 years", "two-day", "3h".
    fn amount_of_unit(&self, at: usize, article: bool) -> Option<(usize, (Amount, Unit))> {
        let (end, amount) = self.amount(at, article)?;
        let place = self.past_hyphen(end);
        // "three full days", "two more weeks"
        let place = self
            .past(place, &["full", "whole", "more", "further", "long", "straight", "consecutive", "solid", "calendar"]);
        let key = self.key(place);
        // "3h", "2W"
        if self.form(at) == Some(Form::Digits) && self.is_glued(place) && place == at + 1 {
            let unit = match key {
                "h" => Unit::Hour,
                "w" => Unit::Week,
                _ => self.unit_word(place)?,
            };
            return self.is_closed(place + 1).then_some((place + 1, (amount, unit)));
        }
        let unit = self.unit_word(place).filter(|unit| !matches!(unit, Unit::Weekend))?;
        let hyphenated = place > end && self.key(end) != key;
        // "1 min": short forms need digits.
        let short = key.len() <= 3 && key != "day";
        let fits = match unit {
            // "a second explosion", "one second"
            Unit::Second => key != "second" || hyphenated || self.key(at) == "one",
            // "1330 hours" is a time of the day.
            Unit::Hour => !(self.form(at) == Some(Form::Digits) && self.key(at).len() == 4 && key == "hours"),
            // "three quarters of the houses"
            Unit::Quarter => key == "quarters" && self.key(place + 1) != "of",
            _ => true,
        };
        (fits && (!short || self.form(at) == Some(Form::Digits))).then_some((place + 1, (amount, unit)))
    }

    /// "month-long", "decades-long".
    fn long(&self, at: usize) -> Option<(usize, Extent)> {
        let start = self.past(at, &["a", "an", "the"]);
        let unit = self.unit_word(start)?;
        let hyphen = self.is_hyphen(start + 1) && self.key(start + 2) == "long";
        let amount = if self.key(start).ends_with('s') { Amount::Vague(2, None) } else { Amount::Exact(1.0) };
        hyphen.then(|| (start + 3, Extent::of(amount, unit)))
    }

    /// "for years", "hours away": several, nobody says how many.
    pub(super) fn bare(&self, at: usize) -> Option<(usize, Extent)> {
        let unit = self.unit_word(at).filter(|unit| !matches!(unit, Unit::Second | Unit::Quarter | Unit::Weekend))?;
        let plural = self.key(at).ends_with('s') || self.key(at) == "centuries";
        let told = BEFORE_BARE.contains(&self.before(at)) || AFTER_BARE.contains(&self.key(at + 1));
        // "years of age", "the days of the week"
        let ruled_out = self.key(at + 1) == "of" && matches!(self.key(at + 2), "age" | "the")
            || self.before(at) == "of" && self.key(at + 1) == "of";
        (plural && told && !ruled_out && self.is_closed(at + 1))
            .then(|| (at + 1, Extent::of(Amount::Vague(2, None), unit)))
    }

    fn whole_unit(&self, at: usize) -> Option<Unit> {
        self.unit_word(at).filter(|unit| *unit >= Unit::Day && *unit != Unit::Weekend && !self.key(at).ends_with('s'))
    }

    /// "about", "more than" and the like before an amount.
    pub(super) fn approximator(&self, at: usize) -> Option<(usize, Approximation)> {
        self.phrase(at, |phrase| match phrase {
            Phrase::Approximator(kind) => Some(kind),
            _ => None,
        })
    }
}
