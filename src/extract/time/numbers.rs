//! Numbers in digits and words, and amounts of units: "3.5", "twenty-four", "two to three", "several".

use super::grammar::Grammar;
use super::meaning::Amount;
use super::pieces::Form;

/// Words of the longest number that is read.
const LONGEST: usize = 10;

impl Grammar<'_> {
    /// A cardinal number; one past its last piece.
    pub(super) fn cardinal(&self, at: usize) -> Option<(usize, f64)> {
        let (mut end, mut total) = match self.form(at)? {
            Form::Digits => (at + 1, digits(self.key(at))?),
            Form::Letters => self.words_below_thousand(at)?,
            Form::Mark => return None,
        };
        // "2 million", "two hundred thousand", "one thousand two hundred"
        while let Some(scale) = self.sense(end).and_then(|sense| sense.scale).filter(|_| end - at < LONGEST) {
            total *= f64::from(scale);
            end += 1;
            if let Some((after, rest)) = self.words_below_thousand(self.after_and(end)).filter(|_| self.is_word(at)) {
                total += rest;
                end = after;
            }
        }
        Some((end, total))
    }

    /// "and" may join the parts of a number.
    fn after_and(&self, at: usize) -> usize {
        if self.key(at) == "and" { at + 1 } else { at }
    }

    fn is_word(&self, at: usize) -> bool {
        self.form(at) == Some(Form::Letters)
    }

    /// "seven", "twenty-four", "three hundred and five".
    fn words_below_thousand(&self, at: usize) -> Option<(usize, f64)> {
        let (mut end, mut value) = self.words_below_hundred(at)?;
        if self.key(end) == "hundred" {
            value *= 100;
            end += 1;
            if let Some((after, rest)) = self.words_below_hundred(self.after_and(end)) {
                value += rest;
                end = after;
            }
        }
        Some((end, f64::from(value)))
    }

    /// "seven", "twenty-four", "twenty four".
    pub(super) fn words_below_hundred(&self, at: usize) -> Option<(usize, u32)> {
        let number = |at: usize| self.sense(at).and_then(|sense| sense.number);
        let value = number(at)?;
        let next = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        match number(next).filter(|ones| value >= 20 && *ones < 10) {
            Some(ones) => Some((next + 1, value + ones)),
            None => Some((at + 1, value)),
        }
    }

    /// "27th", "third", "twenty-seventh".
    pub(super) fn ordinal(&self, at: usize) -> Option<(usize, u32)> {
        if self.form(at) == Some(Form::Digits) {
            let suffix = matches!(self.key(at + 1), "st" | "nd" | "rd" | "th") && self.is_glued(at + 1);
            return self
                .key(at)
                .parse()
                .ok()
                .filter(|_| suffix && self.key(at).len() <= 3)
                .map(|value| (at + 2, value));
        }
        let ordinal = |at: usize| self.sense(at).and_then(|sense| sense.ordinal);
        if let Some(tens) = self.sense(at).and_then(|sense| sense.number).filter(|tens| *tens >= 20) {
            let next = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
            return ordinal(next).filter(|ones| *ones < 10).map(|ones| (next + 1, tens + ones));
        }
        ordinal(at).map(|value| (at + 1, value))
    }

    /// A year in words: "nineteen eighty-six", "two thousand and fifteen".
    pub(super) fn year_in_words(&self, at: usize) -> Option<(usize, i16)> {
        let (end, first) = self.words_below_hundred(at)?;
        if self.key(end) == "thousand" && first <= 2 {
            let rest = self.words_below_hundred(self.after_and(end + 1));
            let (end, rest) = rest.unwrap_or((end + 1, 0));
            return i16::try_from(first * 1000 + rest).ok().map(|year| (end, year));
        }
        let century = Some(first).filter(|first| (15..=20).contains(first))?;
        let (end, rest) = match self.key(end) {
            "hundred" => (end + 1, 0),
            "oh" => (end + 2, self.sense(end + 1)?.number.filter(|ones| *ones < 10)?),
            _ => self.words_below_hundred(end).filter(|(_, rest)| *rest >= 10)?,
        };
        i16::try_from(century * 100 + rest).ok().map(|year| (end, year))
    }

    /// How many units: a number, a range of numbers, a vague word, and where `article` allows it "a".
    pub(super) fn amount(&self, at: usize, article: bool) -> Option<(usize, Amount)> {
        let key = self.key(at);
        let after_article = if key == "a" { at + 1 } else { at };
        if let Some(amount) = self.sense(after_article).and_then(|sense| sense.amount) {
            let end = after_article + 1;
            // "dozens of years", "a couple of days"
            let end = if self.key(end) == "of" { end + 1 } else { end };
            return Some((
                end,
                if amount == (2, Some(2)) { Amount::Exact(2.0) } else { Amount::Vague(amount.0, amount.1) },
            ));
        }
        if key == "half" && matches!(self.key(at + 1), "a" | "an") {
            return Some((at + 2, Amount::Exact(0.5)));
        }
        if matches!(key, "a" | "an") {
            return article.then_some((at + 1, Amount::Exact(1.0)));
        }
        let between = key == "between";
        let (end, low) = self.cardinal(if between { at + 1 } else { at })?;
        let joined = matches!(self.key(end), "to" | "or" | "-" | "–") && !between || between && self.key(end) == "and";
        if joined && let Some((after, high)) = self.cardinal(end + 1).filter(|(_, high)| *high > low) {
            return Some((after, Amount::Range(low, high)));
        }
        if between {
            return None;
        }
        let (end, part) = self.fraction(end).unwrap_or((end, 0.0));
        Some((end, Amount::Exact(low + part)))
    }

    /// "and a half", "and a quarter".
    pub(super) fn fraction(&self, at: usize) -> Option<(usize, f64)> {
        if self.key(at) != "and" {
            return None;
        }
        let end = if self.key(at + 1) == "a" { at + 3 } else { at + 2 };
        match self.key(end - 1) {
            "half" => Some((end, 0.5)),
            "quarter" => Some((end, 0.25)),
            _ => None,
        }
    }
}

/// Digits with thousands separators in their places or a decimal point: "136,614", "3.5", never "1,2,3.000".
pub(super) fn digits(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = whole.split(',').skip(1).all(|group| group.len() == 3) && !whole.starts_with(',');
    let regular = grouped && numeric(&whole.replace(',', "")) && numeric(decimals) && text.len() <= 15;
    let first = whole.split(',').next().unwrap_or_default().len();
    let regular = regular && (first <= 3 || !whole.contains(','));
    regular.then(|| format!("{}.{decimals}0", whole.replace(',', "")).parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::grammar::tests::grammar;
    use super::*;

    #[test]
    fn numbers_in_words_and_digits() {
        for (text, expected) in [
            ("twenty-four hours", Some((3, 24.0))),
            ("twenty four", Some((2, 24.0))),
            ("one hundred and five", Some((4, 105.0))),
            ("two hundred thousand", Some((3, 200_000.0))),
            ("three dozen", Some((2, 36.0))),
            ("2 million", Some((2, 2_000_000.0))),
            ("136,614", Some((1, 136_614.0))),
            ("3.5", Some((1, 3.5))),
            ("1,2,3.000", None),
            ("13,6", None),
            ("12345,678", None),
            ("99999999999999999999", None),
            ("prison", None),
            ("hundred", None),
        ] {
            assert_eq!(grammar(text, |grammar| grammar.cardinal(0)), expected, "{text}");
        }
    }

    #[test]
    fn ordinals_and_years_in_words() {
        for (text, expected) in [
            ("27th", Some((2, 27))),
            ("twenty-seventh", Some((3, 27))),
            ("thirty first", Some((2, 31))),
            ("third", Some((1, 3))),
            ("27", None),
            ("27 th", None),
            ("thirty", None),
        ] {
            assert_eq!(grammar(text, |grammar| grammar.ordinal(0)), expected, "{text}");
        }
        for (text, expected) in [
            ("nineteen eighty-six", Some((4, 1986))),
            ("two thousand and fifteen", Some((4, 2015))),
            ("two thousand people", Some((2, 2000))),
            ("nineteen hundred", Some((2, 1900))),
            ("nineteen people", None),
            ("five thousand", None),
        ] {
            assert_eq!(grammar(text, |grammar| grammar.year_in_words(0)), expected, "{text}");
        }
    }

    #[test]
    fn amounts() {
        for (text, expected) in [
            ("two to three", Some((3, Amount::Range(2.0, 3.0)))),
            ("between five and ten", Some((4, Amount::Range(5.0, 10.0)))),
            ("a couple of", Some((3, Amount::Exact(2.0)))),
            ("several", Some((1, Amount::Vague(3, Some(9))))),
            ("two and a half", Some((4, Amount::Exact(2.5)))),
            ("half an", Some((2, Amount::Exact(0.5)))),
            ("a", None),
            ("between five", None),
        ] {
            assert_eq!(grammar(text, |grammar| grammar.amount(0, false)), expected, "{text}");
        }
    }
}
