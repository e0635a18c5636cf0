//! Years, decades and centuries: "in 2013", "the 1980s", "the eighties", "the 19th century".

use super::grammar::{Grammar, Parse, Preparation};
use super::meaning::Meaning;
use super::pieces::Form;

/// Years that four digits mean whatever follows them.
const MODERN: std::ops::RangeInclusive<i16> = 1900..=2100;
/// Years that they mean where nothing follows that they could count.
const OLD: std::ops::RangeInclusive<i16> = 1800..=2100;

impl Grammar<'_> {
    /// A year, decade or century; `loose` where words before have said that a time follows.
    pub(super) fn year(&self, at: usize, loose: bool) -> Parse {
        self.decade(at).or_else(|| self.century(at)).or_else(|| self.whole_year(at, loose))
    }

    fn whole_year(&self, at: usize, loose: bool) -> Parse {
        let year = |end, first| Some((end, Meaning::Years { first, count: 1, stated: true }));
        // "the year 2008", "year 2008"
        let named = self.past(self.past(at, &["the"]), &["calendar"]);
        if self.key(named) == "year"
            && let Some((end, first)) = self.year_digits(named + 1)
        {
            return year(end, first);
        }
        if let Some((end, first)) = self.year_digits(at) {
            let end_of_era = self.past(end, &["ad", "ce"]);
            let counts = self.words.is_counted(self.key(end)) || matches!(self.key(end), "%" | "bc" | "bce");
            let plain = match self.prepared(at) {
                Some(Preparation::Strong) => MODERN.contains(&first) || self.before(at) == "in" && self.follows(end),
                Some(Preparation::Weak) => OLD.contains(&first) && self.follows(end),
                // A line of a chronicle.
                None => {
                    loose && MODERN.contains(&first) && self.follows(end)
                        || at == 0 && end == self.len() && MODERN.contains(&first)
                }
            };
            return if plain && !counts || end_of_era > end { year(end_of_era, first) } else { None };
        }
        let (end, first) = self.year_in_words(at)?;
        let told = loose || self.prepared(at) == Some(Preparation::Strong);
        if told && self.follows(end) && MODERN.contains(&first) { year(end, first) } else { None }
    }

    /// "the 1980s", "the ’80s", "the nineteen-eighties", "the eighties".
    fn decade(&self, at: usize) -> Parse {
        let article = self.key(at) == "the";
        let start = self.past(at, &["the"]);
        let plural = |at: usize| {
            self.has(at, &["s"])
                .or_else(|| matches!(self.key(at), "'" | "’").then(|| self.has(at + 1, &["s"])).flatten())
        };
        let whole = |end, first, stated| Some((end, Meaning::Years { first, count: 10, stated }));
        if let Some(first) = self.decade_digits(start)
            && let Some(end) = plural(start + 1)
        {
            return whole(end, first, true);
        }
        let digits = self.past(start, &["'", "’", "‘"]);
        let short: Option<i16> =
            self.key(digits).parse().ok().filter(|decade| decade % 10 == 0 && self.key(digits).len() == 2);
        // "a toll in the 20s"
        let told = digits > start || article && short.is_some_and(|decade| decade >= 40);
        if let Some(decade) =
            short.filter(|_| told && self.form(digits) == Some(Form::Digits) && self.is_glued(digits + 1))
            && let Some(end) = plural(digits + 1)
        {
            return whole(end, of_decade(decade), false);
        }
        let century = self.sense(start).and_then(|sense| sense.number).filter(|number| (15..=20).contains(number));
        let word = if century.is_some() { self.past_hyphen(start + 1) } else { start };
        let decade = self.sense(word)?.decade?;
        match century {
            Some(century) => whole(word + 1, i16::try_from(century).ok()? * 100 + decade, true),
            None if article && !matches!(self.before(at), "his" | "her") => whole(word + 1, of_decade(decade), false),
            None => None,
        }
    }

    /// Four digits that begin a decade, whatever is glued to them.
    fn decade_digits(&self, at: usize) -> Option<i16> {
        let key = self.key(at);
        let year = key.parse().ok().filter(|_| key.len() == 4 && self.form(at) == Some(Form::Digits))?;
        ((1000..=2200).contains(&year) && year % 10 == 0).then_some(year)
    }

    /// "the 19th century", "the twentieth century".
    fn century(&self, at: usize) -> Parse {
        let start = self.past(at, &["the"]);
        let (end, which) = self.ordinal(start)?;
        let end = self.past_hyphen(end);
        let which = i16::try_from(which).ok().filter(|which| (1..=22).contains(which) && self.key(end) == "century")?;
        Some((end + 1, Meaning::Years { first: (which - 1) * 100 + 1, count: 100, stated: true }))
    }
}

/// The decade that two digits mean: of the last century, unless it has hardly been spoken of so.
fn of_decade(decade: i16) -> i16 {
    if decade >= 20 { 1900 + decade } else { 2000 + decade }
}
