//! A stretch of days that somebody asks about.

use std::str::FromStr;

use jiff::civil::Date;

/// Days from the first to the last, both included; an open end is `None`, and at least one is not.
///
/// ```
/// use isnad::model::Period;
/// let winter: Period = "2024-11..2024-12-08".parse().unwrap();
/// assert_eq!(winter.first.unwrap().to_string(), "2024-11-01");
/// assert!(winter.may_hold(None, "2024-11-01".parse().ok()));
/// assert!(!winter.surely_holds(None, "2024-11-01".parse().ok()));
/// assert!("..".parse::<Period>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
}

impl Period {
    /// Whether what lies between these days, as far as they are known, can lie in the period.
    pub fn may_hold(&self, earliest: Option<Date>, latest: Option<Date>) -> bool {
        let before = matches!((latest, self.first), (Some(latest), Some(first)) if latest < first);
        let after = matches!((earliest, self.last), (Some(earliest), Some(last)) if earliest > last);
        !before && !after
    }

    /// Whether whatever lies between these days lies in the period.
    pub fn surely_holds(&self, earliest: Option<Date>, latest: Option<Date>) -> bool {
        self.first.is_none_or(|first| earliest.is_some_and(|earliest| earliest >= first))
            && self.last.is_none_or(|last| latest.is_some_and(|latest| latest <= last))
    }
}

impl FromStr for Period {
    type Err = String;

    /// Reads `2011..2013`, `2024-12`, `..2020-05-01`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let first = bound(from)?.map(|(first, _)| first);
        let last = bound(to)?.map(|(_, last)| last);
        match (first, last) {
            (None, None) => Err("a period is FROM..TO, each a year, a month or a day".to_owned()),
            (Some(first), Some(last)) if first > last => Err(format!("{first} is after {last}")),
            (first, last) => Ok(Self { first, last }),
        }
    }
}

/// First and last day of a year, month or day; none for nothing.
fn bound(text: &str) -> Result<Option<(Date, Date)>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let day =
        |text: &str| text.parse::<Date>().map_err(|_| format!("`{text}` is no day; write YYYY, YYYY-MM or YYYY-MM-DD"));
    Ok(Some(match text.len() {
        4 => (day(&format!("{text}-01-01"))?, day(&format!("{text}-12-31"))?),
        7 => {
            let first = day(&format!("{text}-01"))?;
            (first, first.last_of_month())
        }
        _ => (day(text)?, day(text)?),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read() {
        for (text, expected) in [
            ("2011..2013", Some("2011-01-01 2013-12-31")),
            ("2024-02", Some("2024-02-01 2024-02-29")),
            ("..2020-05-01", Some("- 2020-05-01")),
            ("2024-12-08..", Some("2024-12-08 -")),
            ("2013..2011", None),
            ("..", None),
            ("", None),
            ("2024-13", None),
            ("yesterday", None),
        ] {
            let shown = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
            let read = text.parse::<Period>().ok().map(|read| format!("{} {}", shown(read.first), shown(read.last)));
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_known_may_lie_anywhere() {
        let december: Period = "2024-12".parse().expect("a month");
        let day = |text: &str| text.parse::<Date>().ok();
        for (earliest, latest, may, surely) in [
            ("2024-12-01", "2024-12-31", true, true),
            ("2024-11-30", "2024-12-01", true, false),
            ("", "2024-12-01", true, false),
            ("2024-12-01", "", true, false),
            ("2025-01-01", "", false, false),
            ("", "2024-11-30", false, false),
            ("", "", true, false),
        ] {
            assert_eq!(december.may_hold(day(earliest), day(latest)), may, "{earliest}..{latest}");
            assert_eq!(december.surely_holds(day(earliest), day(latest)), surely, "{earliest}..{latest}");
        }
        let since: Period = "2024-12-08..".parse().expect("a period");
        assert!(since.surely_holds(day("2024-12-08"), None));
    }
}
