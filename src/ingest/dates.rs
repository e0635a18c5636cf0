//! Dates as metadata writes them → the days they can mean.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

/// First and last day of what a date says: one day, a month or a year.
pub(super) type Days = (Date, Date);

/// `2024-12-09`, `2024/12/09`, `20241209`, with or without a time; `2024-12`, `2024`.
static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:
            (?<y>\d{4}) (?: [-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2}) | (?<m2>\d\d)(?<d2>\d\d) )
                (?: (?:[Tt]|\ +|,\ *) \d{1,2}:?\d{2} [^\n]{0,60} | Z )?
          | (?<y3>\d{4})-(?<m3>\d{2})
          | (?<y4>\d{4})
        )$",
    )
    .expect("a fixed pattern")
});

/// `9 December 2024`, `December 9, 2024`, `Dec 2024`, with or without weekday and time.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?xi)^(?:{WEEKDAY}[,.]?\s+)? (?:
            (?<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?<m>{MONTH})\.?,?[\s-]+(?<y>\d{{4}})
          | (?<m2>{MONTH})\.?\s+(?<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?<y2>\d{{4}})
          | (?<m3>{MONTH})\.?,?\s+(?<y3>\d{{4}})
        ) (?: [\s,]+ (?:at\s+|[-–|·]\s*)? \d{{1,2}}[:.]\d{{2}} [^\n]{{0,60}} )?$"
    ))
    .expect("a fixed pattern")
});

/// English names of days, for patterns in extended mode.
pub(super) const WEEKDAY: &str = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?";

/// English names of months, for patterns in extended mode.
pub(super) const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// Reads a date of metadata; a datetime gives the civil day as written, whatever its zone.
///
/// Orders that could be read in two ways (`09/12/2024`) give nothing.
pub(super) fn parse(text: &str) -> Option<Days> {
    let text = text.trim();
    if text.is_empty() || text.len() > 120 {
        return None;
    }
    if let Some(found) = NUMERIC.captures(text) {
        return from_parts(
            number(&found, &["y", "y3", "y4"])?,
            number(&found, &["m", "m2", "m3"]),
            number(&found, &["d", "d2"]),
        );
    }
    if let Some(found) = WORDS.captures(text) {
        let month = ["m", "m2", "m3"].iter().find_map(|name| found.name(name)).and_then(|name| month(name.as_str()))?;
        return from_parts(number(&found, &["y", "y2", "y3"])?, Some(month), number(&found, &["d", "d2"]));
    }
    let zoned = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    Some((zoned.date(), zoned.date()))
}

fn number(found: &Captures<'_>, names: &[&str]) -> Option<i16> {
    names.iter().find_map(|name| found.name(name)).and_then(|digits| digits.as_str().parse().ok())
}

/// The days of a year, of a month of it, or the one day.
pub(super) fn from_parts(year: i16, month: Option<i16>, day: Option<i16>) -> Option<Days> {
    if !(1000..=2999).contains(&year) {
        return None;
    }
    let first = Date::new(year, i8::try_from(month.unwrap_or(1)).ok()?, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((first, last))
}

/// The number of an English month name or its abbreviation.
pub(super) fn month(name: &str) -> Option<i16> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|known| *known == start).and_then(|index| i16::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "2024-12-09",
            " 2024-12-9 ",
            "2024/12/09",
            "20241209",
            "2024-12-09T23:59:00+03:00",
            "2024-12-09T00:30:00Z",
            "2024-12-09T00:30:00.123-05:00[America/New_York]",
            "2024-12-09 21:09:45",
            "20241209T213000Z",
            "Mon, 9 Dec 2024 23:59:00 +0300",
            "09 Dec 2024 23:59:00 GMT",
            "9 December 2024",
            "9th of December 2024",
            "December 9, 2024",
            "Dec. 9, 2024",
            "Monday, December 9, 2024",
            "December 9, 2024 at 5:03 pm",
            "09-Dec-2024",
        ] {
            let day = Date::constant(2024, 12, 9);
            assert_eq!(parse(text), Some((day, day)), "{text}");
        }
    }

    #[test]
    fn months_and_years_are_intervals() {
        let days = |text: &str| parse(text).map(|(first, last)| format!("{first}..{last}"));
        assert_eq!(days("2024").unwrap(), "2024-01-01..2024-12-31");
        assert_eq!(days("2024-02").unwrap(), "2024-02-01..2024-02-29");
        assert_eq!(days("December 2024").unwrap(), "2024-12-01..2024-12-31");
    }

    #[test]
    fn what_is_no_date_or_could_be_two() {
        for text in [
            "",
            "09/12/2024",
            "12/9/24",
            "2024-13-01",
            "2024-02-30",
            "31 June 2024",
            "December 9",
            "9 December",
            "yesterday",
            "2024-12-09 Footage",
            "1733702400",
            "0000-01-01",
            "March for freedom 2024",
            "2024-",
            "99999-01-01",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
