//! What the head of a text says about its own day: a `date` prefix and a dateline.
//!
//! A dateline is the agencies' opening: the place in front of the report, often with day and
//! agency, closed by a dash ("DAMASCUS, Dec 9 (Reuters) —", "GENEVA (9 December 2024) –").

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::dates::{self, Days, MONTH, WEEKDAY};

/// `date 2024-12-09` at the very start, alone on its line or before the text.
static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:date:?|Date:|DATE:)[ \t]+(\d{4}-\d{2}-\d{2})(?:\s+|$)").expect("a fixed pattern")
});

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"\p{Lu}[\p{L}\p{M}.'’/-]*";
    // The small words of names such as "Deir ez-Zor", "Rio de Janeiro".
    let small = r"(?:al|el|ez|ar|as|ash|an|at|de|da|do|del|la|le|du|of|and|the|on|upon|near)";
    let place = format!(r"{word}(?:[\ -](?:{small}[\ -])?{word}){{0,5}}");
    let agency = r"(?:\([^()\n]{1,40}\)|/[^/\n]{1,30}/)";
    Regex::new(&format!(
        r"(?x)^\s* \(? {place}(?:,\s+{place}){{0,3}} (?:\s+{agency})? (?: [,.]?\s+ | \s*[—–-]\s* ) \(?
            (?i:{WEEKDAY}[,.]?\s+)? (?:
                (?<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?<m>(?i:{MONTH}))\.?(?:,?\s+(?<y>\d{{4}}))?
              | (?<m2>(?i:{MONTH}))\.?\s+(?<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?<y2>\d{{4}}))?
            ) \)? ,? (?:\s+{agency})? \)? \s* (?: [—–] | --? | : ) (?:\s|$)"
    ))
    .expect("a fixed pattern")
});

/// How many lines with text on them are looked at: a title and a byline may come first.
const LINES: usize = 3;

/// The day of a leading `date YYYY-MM-DD` and how many bytes it takes, white space around it included.
pub(super) fn date_prefix(text: &str) -> Option<(Date, usize)> {
    let found = PREFIX.captures(text)?;
    let date = found[1].parse().ok()?;
    Some((date, found.get(0)?.end()))
}

/// The days a dateline at the start of `text` gives.
///
/// A day without a year counts only where `known`, the days metadata allows, leaves exactly one
/// year for it: a year is never invented. A dateline that contradicts `known` gives nothing.
pub(super) fn dateline(text: &str, known: Option<Days>) -> Option<Days> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES);
    let found = lines.filter_map(|line| DATELINE.captures(head(line))).next()?;
    let part = |names: [&str; 2]| names.iter().find_map(|name| found.name(name)).map(|found| found.as_str());
    let day: i16 = part(["d", "d2"])?.parse().ok()?;
    let month = dates::month(part(["m", "m2"])?)?;
    let allowed = |days: &Days| known.is_none_or(|(first, last)| first <= days.0 && days.0 <= last);
    if let Some(year) = part(["y", "y2"]) {
        return dates::from_parts(year.parse().ok()?, Some(month), Some(day)).filter(allowed);
    }
    let (first, last) = known?;
    let mut years = (first.year()..=last.year().min(first.year().saturating_add(5)))
        .filter_map(|year| dates::from_parts(year, Some(month), Some(day)))
        .filter(allowed);
    years.next().filter(|_| years.next().is_none())
}

/// The first 200 bytes of a line, at a character boundary; no dateline is longer.
fn head(line: &str) -> &str {
    &line[..line.floor_char_boundary(200)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        for (text, rest) in [
            (" date 2024-12-09 Footage allegedly", "Footage allegedly"),
            ("date 2024-12-09\n\nFootage", "Footage"),
            ("Date: 2024-12-09\r\nFootage", "Footage"),
            ("date 2024-12-09", ""),
        ] {
            let (date, end) = date_prefix(text).expect(text);
            assert_eq!((date, &text[end..]), (Date::constant(2024, 12, 9), rest));
        }
        for text in [
            "Date 2024-12-09 was dark",
            "date 2024-13-09 x",
            "date 2024-12-099",
            "date of birth",
            "The date 2024-12-09",
            "update 2024-12-09 x",
            "date2024-12-09 x",
            "",
        ] {
            assert_eq!(date_prefix(text), None, "{text}");
        }
    }

    #[test]
    fn datelines_with_a_year() {
        let day = Date::constant(2024, 12, 9);
        for text in [
            "Damascus, 9 December 2024 – The prison was opened.",
            "DAMASCUS, Dec 9, 2024 (Sample Wire) — The prison was opened.",
            "GENEVA (9 December 2024) – The Committee said.",
            "(Geneva, 9 December 2024) - The Committee said.",
            "BEIRUT (AP), Dec. 9, 2024 -- He said.",
            "Deir ez-Zor, Syria, Monday, December 9, 2024: He said.",
            "A headline\n\nDAMASCUS, 9th Dec 2024 - He said.",
            "WASHINGTON, Dec. 9, 2024 /PRNewswire/ -- He said.",
        ] {
            assert_eq!(dateline(text, None), Some((day, day)), "{text}");
        }
    }

    #[test]
    fn no_year_is_invented() {
        let text = "DAMASCUS, Dec 9 (Sample Wire) — The prison was opened.";
        let days = |text: &str| dates::parse(text);
        assert_eq!(dateline(text, None), None);
        assert_eq!(dateline(text, days("2024")), days("2024-12-09"));
        assert_eq!(dateline(text, days("December 2024")), days("2024-12-09"));
        assert_eq!(dateline(text, days("November 2024")), None, "contradicts the metadata");
        let two_winters = Some((Date::constant(2023, 6, 1), Date::constant(2025, 1, 1)));
        assert_eq!(dateline(text, two_winters), None, "two years are possible");
        assert_eq!(dateline("Damascus, 9 December 2023 – x", days("2024")), None);
    }

    #[test]
    fn what_is_no_dateline() {
        for text in [
            "BEIRUT (AP) — He was freed on 9 December 2024.",
            "On 9 December 2024 – a Monday – he was freed.",
            "He was born in Damascus, 9 December 2024 – or so he said.",
            "Damascus, 9 December 2024, was quiet.",
            "Damascus, 31 February 2024 – The",
            "Saydnaya – where thousands died – is empty.",
            "",
        ] {
            assert_eq!(dateline(text, dates::parse("2024")).filter(|_| !text.starts_with("On")), None, "{text}");
        }
    }
}
