//! Words → numbers: "136,614", "1.5 million", "twenty-four", "a dozen", "tens of thousands", "20-30".

use super::words::FigureWords;
use crate::extract::text::Text;
use crate::model::{Bound, WordShape};

/// Words of the longest number.
const LONGEST: usize = 12;

/// A number that somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// The number, or the least it can be; the lower one of a range.
    pub value: i64,
    /// The upper one of a range.
    pub upper: Option<i64>,
    /// How the number's own words bound it.
    pub bound: Bound,
    /// "2011": digits that may be a year.
    pub year: bool,
}

/// A decimal number on its way: `mantissa` / 10^`places`.
#[derive(Debug, Clone, Copy)]
struct Decimal {
    mantissa: i64,
    places: u32,
}

impl Decimal {
    fn times(self, scale: i64) -> Option<Self> {
        Some(Self { mantissa: self.mantissa.checked_mul(scale)?, places: self.places })
    }

    /// The whole number it is; none where something remains.
    fn whole(self) -> Option<i64> {
        let divisor = 10_i64.checked_pow(self.places)?;
        (self.mantissa % divisor == 0).then(|| self.mantissa / divisor)
    }
}

/// Reads numbers from the words of a text.
pub(super) struct Numbers<'a, 't> {
    pub text: &'a Text<'t>,
    pub words: &'a FigureWords,
}

impl Numbers<'_, '_> {
    /// Whether a number may begin at `token`, which is asked of every word.
    pub fn may_begin(&self, token: usize) -> bool {
        let word = self.text.lower(token);
        match self.text.shape(token) {
            WordShape::Punctuation => false,
            WordShape::Number => true,
            _ => {
                let words = &self.words.number;
                let first = word.split_once('-').map_or(word, |(first, _)| first);
                let opens = |word: &str| {
                    words.scales.contains_key(word) || words.some.contains_key(word) || words.parts.contains_key(word)
                };
                words.words.contains_key(first)
                    || words.vague.contains_key(word)
                    || words.multiples.contains_key(word)
                    || opens(word)
                    || matches!(word, "a" | "an") && opens(self.text.lower(token + 1))
            }
        }
    }

    /// The number that begins at `token`, before `limit`.
    pub fn at(&self, token: usize, limit: usize) -> Option<Number> {
        let limit = limit.min(token + LONGEST);
        self.written_range(token)
            .or_else(|| self.vague(token, limit))
            .or_else(|| self.some(token, limit))
            .or_else(|| self.part(token, limit))
            .or_else(|| self.exact(token, limit).map(|number| self.ranged(number, limit)))
    }

    /// "20-30", "5,000–13,000" written as one word.
    fn written_range(&self, token: usize) -> Option<Number> {
        let word = self.text.word(token);
        let (low, high) = word.split_once(['-', '‐', '‑'])?;
        let (low, high) = (digits(low)?.whole()?, digits(high)?.whole()?);
        let (end, low, high) = match self.words.number.scales.get(self.text.lower(token + 1)) {
            Some(scale) => (token + 2, low.checked_mul(*scale)?, high.checked_mul(*scale)?),
            None => (token + 1, low, high),
        };
        // "2011-12" are years, "10-12,000" leaves the thousands out.
        let low = if low < 100 && high >= 1000 && high % 1000 == 0 { low.checked_mul(1000)? } else { low };
        (low < high).then_some(Number {
            first: token,
            end,
            value: low,
            upper: Some(high),
            bound: Bound::Range,
            year: is_year(low, word) && high <= 2100,
        })
    }

    /// "dozens", "tens of thousands".
    fn vague(&self, token: usize, limit: usize) -> Option<Number> {
        let words = &self.words.number;
        let (mut value, mut end, mut plain) = (None, token, None);
        // "hundreds of thousands": the word before "of" multiplies, the last one is a number by itself.
        while end < limit {
            let word = self.text.lower(end);
            let goes_on = self.text.lower(end + 1) == "of" && words.vague.contains_key(self.text.lower(end + 2));
            if goes_on && let Some(multiple) = words.multiples.get(word) {
                value = Some(value.unwrap_or(1_i64).checked_mul(*multiple)?);
                end += 2;
                continue;
            }
            plain = words.vague.get(word).copied();
            break;
        }
        let plain = plain?;
        // "thousands" alone are two thousand at least; after "tens of" they are a scale.
        let value = match value {
            Some(value) => value.checked_mul(plain / 2)?,
            None => plain,
        };
        Some(Number { first: token, end: end + 1, value, upper: None, bound: Bound::Vague, year: false })
    }

    /// "several hundred", "a few thousand", "a couple of dozen".
    fn some(&self, token: usize, limit: usize) -> Option<Number> {
        let words = &self.words.number;
        let mut at = token + usize::from(self.text.lower(token) == "a");
        let least = *words.some.get(self.text.lower(at))?;
        at += 1 + usize::from(self.text.lower(at + 1) == "of");
        let mut value = least;
        let from = at;
        while at < limit
            && let Some(scale) = words.scales.get(self.text.lower(at).trim_end_matches('s'))
        {
            value = value.checked_mul(*scale)?;
            at += 1;
        }
        (at > from).then_some(Number { first: token, end: at, value, upper: None, bound: Bound::Vague, year: false })
    }

    /// "half a million", "half a dozen".
    fn part(&self, token: usize, limit: usize) -> Option<Number> {
        let words = &self.words.number;
        let mut at = token + usize::from(self.text.lower(token) == "a");
        let divisor = *words.parts.get(self.text.lower(at))?;
        at += 1;
        at += usize::from(self.text.lower(at) == "of");
        at += usize::from(self.text.lower(at) == "a");
        let scale = *words.scales.get(self.text.lower(at)).filter(|_| at < limit)?;
        Some(Number {
            first: token,
            end: at + 1,
            value: scale / divisor,
            upper: None,
            bound: Bound::About,
            year: false,
        })
    }

    /// Digits or number words with their scales: "1.5 million", "two hundred and forty", "a dozen".
    fn exact(&self, token: usize, limit: usize) -> Option<Number> {
        let words = &self.words.number;
        let article = matches!(self.text.lower(token), "a" | "an");
        let mut at = token + usize::from(article);
        let (mut total, mut current): (i64, Option<Decimal>) = (0, None);
        let mut last_scale = i64::MAX;
        let mut written = "";
        while at < limit {
            let word = self.text.lower(at);
            if let Some(scale) = words.scales.get(word).copied().filter(|_| at > token || !article) {
                let value = current.unwrap_or(Decimal { mantissa: 1, places: 0 }).times(scale)?;
                // "two hundred thousand": what is smaller multiplies.
                let next = words.scales.get(self.text.lower(at + 1)).copied().filter(|next| *next > scale);
                current = Some(value);
                if next.is_none() && scale >= 1000 {
                    if scale >= last_scale {
                        return None;
                    }
                    (total, current, last_scale) = (total.checked_add(value.whole()?)?, None, scale);
                }
            } else if let Some(value) = self.plain(at) {
                let next = match current {
                    None if total == 0 || value.whole().is_some_and(|value| value < last_scale) => Some(value),
                    None => None,
                    Some(known) => known
                        .whole()
                        .zip(value.whole())
                        .and_then(|(known, value)| joined(known, value))
                        .map(|mantissa| Decimal { mantissa, places: 0 }),
                };
                if next.is_none() {
                    break;
                }
                current = next;
                if total == 0 && written.is_empty() {
                    written = self.text.word(at);
                }
            } else if word == "and" && at > token && self.joins(at) {
                // "two hundred and forty", "two and a half million"
                if self.text.lower(at + 1) == "a" {
                    let known = current?.whole()?;
                    current = Some(Decimal { mantissa: known.checked_mul(10)?.checked_add(5)?, places: 1 });
                    at += 3;
                    continue;
                }
            } else {
                break;
            }
            at += 1;
        }
        if at == token || (article && at == token + 1) {
            return None;
        }
        let value = total.checked_add(current.map_or(Some(0), Decimal::whole)?)?;
        let bound = if article { Bound::About } else { Bound::Exact };
        let year = at == token + 1 && is_year(value, written);
        Some(Number { first: token, end: at, value, upper: None, bound, year })
    }

    /// Whether "and" at `at` stands within a number.
    fn joins(&self, at: usize) -> bool {
        let words = &self.words.number;
        let half = self.text.lower(at + 1) == "a"
            && self.text.lower(at + 2) == "half"
            && words.scales.contains_key(self.text.lower(at + 3));
        let hundred = matches!(self.text.lower(at - 1), "hundred" | "thousand") && {
            let next = self.text.lower(at + 1);
            let first = next.split('-').next().unwrap_or_default();
            words.words.contains_key(first)
        };
        half || hundred
    }

    /// One word of digits or one number word: "136,614", "1.5", "5k", "twenty-four".
    fn plain(&self, at: usize) -> Option<Decimal> {
        let word = self.text.lower(at);
        if self.text.shape(at) == WordShape::Number {
            return digits(word).or_else(|| {
                let split = word.find(|letter: char| letter.is_ascii_alphabetic())?;
                let scale = *self.words.number.suffixes.get(&word[split..])?;
                digits(&word[..split])?.times(scale)
            });
        }
        let mut sum = 0_i64;
        for part in word.split(['-', '‐', '‑']) {
            let value = *self.words.number.words.get(part)?;
            sum = if sum == 0 { value } else { joined(sum, value)? };
        }
        Some(Decimal { mantissa: sum, places: 0 })
    }

    /// Adds the upper number of "5,000 to 13,000", "between 5,000 and 13,000", "three or four".
    fn ranged(&self, number: Number, limit: usize) -> Number {
        let text = self.text;
        let joint = text.lower(number.end);
        let close = || {
            let spans = &text.analysis.words;
            matches!((spans.get(number.end - 1), spans.get(number.end), spans.get(number.end + 1)),
                (Some(before), Some(dash), Some(after))
                    if before.span.end == dash.span.start && dash.span.end == after.span.start)
        };
        let between = number.first > 0 && text.lower(number.first - 1) == "between";
        let ranged = match joint {
            "to" => !(number.first > 0 && matches!(text.lower(number.first - 1), "between" | "compared")),
            "or" => true,
            "and" => between,
            "-" | "–" | "—" => close(),
            _ => false,
        };
        let Some(upper) = ranged.then(|| self.exact(number.end + 1, limit.max(number.end + 6))).flatten() else {
            return number;
        };
        // "two to three million": the scale is that of both.
        let scaled = (1..=3).map(|power| 1000_i64.pow(power)).find(|scale| {
            number.value < 1000 && upper.value / scale >= number.value && upper.value % scale == 0 && {
                let last = text.lower(upper.end - 1);
                self.words.number.scales.get(last) == Some(scale)
            }
        });
        let low = scaled.and_then(|scale| number.value.checked_mul(scale)).unwrap_or(number.value);
        let near = joint != "or" || upper.value <= low.saturating_mul(2);
        if low >= upper.value || !near {
            return number;
        }
        Number {
            end: upper.end,
            value: low,
            upper: Some(upper.value),
            bound: Bound::Range,
            year: number.year && upper.year,
            ..number
        }
    }
}

/// "twenty" + "four", "two hundred" + "forty": what a smaller number adds to the one before it.
fn joined(known: i64, value: i64) -> Option<i64> {
    let room = match known {
        known if known % 100 == 0 && known >= 100 => 100,
        known if (20..100).contains(&known) && known % 10 == 0 => 10,
        known if known > 100 && (known % 100) >= 20 && known % 10 == 0 => 10,
        _ => return None,
    };
    (0..room).contains(&value).then(|| known.checked_add(value)).flatten()
}

/// Digits with thousands separators in their places: "136,614", "1.5", never "1,2,3.000".
fn digits(word: &str) -> Option<Decimal> {
    let (whole, fraction) = match word.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (word, ""),
    };
    let groups: Vec<&str> = whole.split(',').collect();
    let regular =
        groups.len() == 1 || (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !regular
        || whole.is_empty()
        || fraction.len() > 9
        || !groups.iter().all(|group| all_digits(group))
        || !all_digits(fraction)
    {
        return None;
    }
    let mantissa = format!("{}{fraction}", groups.concat()).parse().ok()?;
    Some(Decimal { mantissa, places: u32::try_from(fraction.len()).ok()? })
}

/// Whether digits as `written` may be a year.
fn is_year(value: i64, written: &str) -> bool {
    (1900..=2099).contains(&value) && written.bytes().take(4).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Analyser;
    use crate::model::Document;

    /// Value, upper value and bound of the first number of a text, and its words.
    fn first(text: &str) -> Option<(i64, Option<i64>, Bound, String)> {
        let document = Document::from_text("t", text);
        let analysis = Analyser::rules().analyse(&document.text);
        let text = Text::new(&document, &analysis);
        let numbers = Numbers { text: &text, words: FigureWords::embedded() };
        (0..text.len()).filter(|&at| numbers.may_begin(at)).find_map(|at| numbers.at(at, text.len())).map(|number| {
            let words = text.slice(text.span(number.first, number.end)).to_owned();
            (number.value, number.upper, number.bound, words)
        })
    }

    #[test]
    fn numbers_are_read_in_all_forms() {
        use Bound::{About, Exact, Range, Vague};
        for (text, value, upper, bound) in [
            ("136,614", 136_614, None, Exact),
            ("7", 7, None, Exact),
            ("1,234,567", 1_234_567, None, Exact),
            ("1.5 million", 1_500_000, None, Exact),
            ("2.25 billion", 2_250_000_000, None, Exact),
            ("twenty-four", 24, None, Exact),
            ("Thirty five", 35, None, Exact),
            ("two hundred and forty", 240, None, Exact),
            ("one hundred and twenty-three thousand four hundred", 123_400, None, Exact),
            ("two hundred thousand", 200_000, None, Exact),
            ("two million three hundred thousand", 2_300_000, None, Exact),
            ("two and a half million", 2_500_000, None, Exact),
            ("two dozen", 24, None, Exact),
            ("40 thousand", 40_000, None, Exact),
            ("5k", 5000, None, Exact),
            ("1.2m", 1_200_000, None, Exact),
            ("two lakh", 200_000, None, Exact),
            ("a dozen", 12, None, About),
            ("a hundred", 100, None, About),
            ("half a million", 500_000, None, About),
            ("half a dozen", 6, None, About),
            ("a quarter of a million", 250_000, None, About),
            ("dozens", 24, None, Vague),
            ("hundreds of thousands", 200_000, None, Vague),
            ("tens of thousands", 20_000, None, Vague),
            ("tens of millions", 20_000_000, None, Vague),
            ("several hundred", 300, None, Vague),
            ("a few thousand", 3000, None, Vague),
            ("a couple of dozen", 24, None, Vague),
            ("20-30", 20, Some(30), Range),
            ("5,000–13,000", 5000, Some(13_000), Range),
            ("5,000 to 13,000", 5000, Some(13_000), Range),
            ("three or four", 3, Some(4), Range),
            ("two to three million", 2_000_000, Some(3_000_000), Range),
            ("10-12,000", 10_000, Some(12_000), Range),
        ] {
            let words = text.to_owned();
            assert_eq!(first(text), Some((value, upper, bound, words)), "{text}");
        }
        assert_eq!(first("between 5,000 and 13,000").map(|found| (found.0, found.1)), Some((5000, Some(13_000))));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "1,2,3.000",
            "1,23",
            "12,3456",
            "0,5",
            "8th",
            "24-year-old",
            "1980s",
            "AK-47",
            "tens",
            "several",
            "a few",
            "half the",
            "3.5",
            "a",
            "and",
            "99999999999999999999",
            "9.9999999999",
            "1.2.3",
            "some",
            "few",
            "٣",
            "½",
            "couple",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_end_where_another_begins() {
        for (text, value) in [
            ("between 20 and others", 20),
            ("20 and 30", 20),
            ("20 or 300", 20),
            ("five six", 5),
            ("30 to 20", 30),
            ("20 - 30", 20),
            ("one hundred and people", 100),
            ("million million", 1_000_000),
        ] {
            let found = first(text);
            assert!(found.as_ref().is_none_or(|found| found.0 == value && found.1.is_none()), "{text}: {found:?}");
        }
    }
}
