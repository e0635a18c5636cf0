//! Ages: "aged 63", "63-year-old", "at the age of 12", "in his forties", and ", 63," behind a name.

use super::calendar::Unit;
use super::grammar::{Grammar, Parse};
use super::meaning::{Amount, Extent, Meaning};
use super::pieces::Form;

/// Nobody is older.
const OLDEST: f64 = 125.0;

impl Grammar<'_> {
    /// How old somebody is.
    pub(super) fn age(&self, at: usize) -> Parse {
        self.years_old(at).or_else(|| self.aged(at)).or_else(|| self.in_decade(at)).or_else(|| self.apposed(at))
    }

    /// "63-year-old", "63 years old", "six months of age".
    fn years_old(&self, at: usize) -> Parse {
        let (end, extent) = self.extent(at, true)?;
        let old = self.past_hyphen(end);
        if matches!(self.key(old), "old" | "olds") {
            return Some((old + 1, Meaning::Age(extent)));
        }
        self.has(end, &["of", "age"]).map(|end| (end, Meaning::Age(extent)))
    }

    /// "aged 63", "at the age of 12", "aged between 15 and 60", "ages 5 to 12".
    fn aged(&self, at: usize) -> Parse {
        if !matches!(self.key(at), "aged" | "age" | "ages") {
            return None;
        }
        let start = self.past(self.past(at + 1, &["of"]), &["just", "only", "about", "around"]);
        let (end, amount) =
            self.amount(start, false).filter(|(_, amount)| amount.most().is_none_or(|most| most <= OLDEST))?;
        let amount_and = match amount {
            Amount::Exact(low) if self.key(end) == "and" && self.before(start) == "of" && self.key(at) == "ages" => {
                self.cardinal(end + 1)
                    .filter(|(_, high)| *high > low && *high <= OLDEST)
                    .map(|(end, high)| (end, Amount::Range(low, high)))
            }
            _ => None,
        };
        let (end, amount) = amount_and.unwrap_or((end, amount));
        // "aged six months"
        let unit = self.unit_word(end);
        let (end, unit) = unit.map_or((end, Unit::Year), |unit| (end + 1, unit));
        Some((end, Meaning::Age(Extent::of(amount, unit))))
    }

    /// "in his forties", "in their 40s".
    fn in_decade(&self, at: usize) -> Parse {
        let told = self.key(at) == "in" && matches!(self.key(at + 1), "his" | "her" | "their" | "my");
        let start = self.past(self.past(at + 2, &["early", "mid", "late"]), &["-"]);
        let decade = match self.sense(start).and_then(|sense| sense.decade) {
            Some(decade) => Some((start + 1, f64::from(decade))),
            None if self.key(start + 1) == "s" && self.is_glued(start + 1) => {
                self.key(start).parse().ok().map(|decade: f64| (start + 2, decade))
            }
            None => None,
        };
        let (end, decade) =
            decade.filter(|(_, decade)| told && decade % 10.0 == 0.0 && (10.0..=110.0).contains(decade))?;
        Some((end, Meaning::Age(Extent::of(Amount::Range(decade, decade + 9.0), Unit::Year))))
    }

    /// "Firstname Lastname, 63, explained": a number between commas behind a name.
    fn apposed(&self, at: usize) -> Parse {
        let number = self
            .key(at)
            .parse::<u8>()
            .ok()
            .filter(|age| (1..=120).contains(age) && self.form(at) == Some(Form::Digits))?;
        let name = at.checked_sub(2).filter(|_| self.before(at) == ",")?;
        let capital = |at: usize| self.is_capital(at) && self.sense(at).is_none_or(|sense| sense.month.is_none());
        let full = name.checked_sub(1).is_some_and(capital);
        // "Hanan, 31, was": one name alone is a person's only for a grown-up.
        let alone = self.text.syntax.tag(self.word(name)) == "NNP" && number >= 10;
        let named = capital(name) && (full || alone);
        let closed = matches!(self.key(at + 1), "," | "." | ";");
        (named && closed).then(|| (at + 1, Meaning::Age(Extent::of(Amount::Exact(f64::from(number)), Unit::Year))))
    }
}
