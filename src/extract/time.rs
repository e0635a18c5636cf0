//! Dates and periods: "on 27 November", "December 8, 2024", "Sunday", "between 2011 and 2016".
//!
//! A date without a year takes the year from the document's own date; without one it stays
//! unresolved. No year is invented.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span as Length, ToSpan};

use super::text::Text;
use crate::model::{Basis, Interval, Span, WordShape};

/// A date expression and what it means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimeMention {
    pub span: Span,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    pub interval: Interval,
    /// A period ("from … until …", "since …") rather than a point in time.
    pub period: bool,
}

/// Finds date expressions, in order of position.
pub(super) fn find(text: &Text<'_>) -> Vec<TimeMention> {
    let reference = text.document.published.and_then(|published| published.latest.or(published.earliest));
    let mut found = Vec::new();
    let mut token = 0;
    while token < text.len() {
        match at(text, token, reference) {
            Some((end, interval)) => {
                found.push(TimeMention { span: text.span(token, end), first: token, end, interval, period: false });
                token = end;
            }
            None => token += 1,
        }
    }
    join_periods(text, found)
}

/// The date expression that begins at `token`: one past its last token, and its interval.
fn at(text: &Text<'_>, token: usize, reference: Option<Date>) -> Option<(usize, Interval)> {
    let word = text.lower(token);
    if let Some(days) = iso(text.word(token)) {
        return Some((token + 1, days));
    }
    // "7 to 8 December", "7–8 December"
    if let (Some((low, _)), "to" | "–" | "—", Some((high, _))) =
        (day_numbers(word), text.lower(token + 1), day_numbers(text.lower(token + 2)))
        && let Some(month) = month(text, token + 3).filter(|_| low <= high)
    {
        let mut end = token + 4;
        let year = year(text.word(end)).inspect(|_| end += 1);
        return resolve(year, month, Some((low, high)), reference).map(|interval| (end, interval));
    }
    // "8 December 2024", "7-8 December", "8th of December".
    if let Some((low, high)) = day_numbers(word) {
        let month_at = if text.lower(token + 1) == "of" { token + 2 } else { token + 1 };
        if let Some(month) = month(text, month_at) {
            let mut end = month_at + 1;
            let year = year(text.word(end)).inspect(|_| end += 1);
            return resolve(year, month, Some((low, high)), reference).map(|interval| (end, interval));
        }
    }
    // "December 8, 2024", "December 2024", "December 8".
    if let Some(month) = month(text, token) {
        // "31 February 2024": a day that does not exist leaves no month behind.
        if token > 0 && text.shape(token - 1) == WordShape::Number && text.word(token - 1).len() <= 2 {
            return None;
        }
        let dotted = usize::from(text.word(token + 1) == ".");
        let next = token + 1 + dotted;
        if let Some((low, high)) = day_numbers(text.lower(next)) {
            let mut end = next + 1;
            let year_at = if text.word(end) == "," { end + 1 } else { end };
            let year = year(text.word(year_at)).inspect(|_| end = year_at + 1);
            return resolve(year, month, Some((low, high)), reference).map(|interval| (end, interval));
        }
        if let Some(year) = year(text.word(next)) {
            return resolve(Some(year), month, None, reference).map(|interval| (next + 1, interval));
        }
        // "in December" counts, "May" alone does not.
        if token > 0
            && matches!(text.lower(token - 1), "in" | "since" | "until" | "from" | "during" | "last" | "by")
            && text.is_capital(token)
        {
            return resolve(None, month, None, reference).map(|interval| (token + 1, interval));
        }
        return None;
    }
    // "the 1980s"
    if let Some(decade) = word.strip_suffix('s').and_then(year).filter(|year| year % 10 == 0) {
        return Some((token + 1, Interval::between(date(decade, 1, 1), date(decade + 9, 12, 31), Basis::Stated)));
    }
    // "in 2013", "since March 2011", "(2012)": a year needs a word that makes it one.
    if let Some(year) = year(text.word(token)) {
        let before = token.checked_sub(1).map_or("", |at| text.lower(at));
        let makes_year = matches!(
            before,
            "in" | "since"
                | "of"
                | "until"
                | "by"
                | "from"
                | "between"
                | "and"
                | "to"
                | "before"
                | "after"
                | "during"
                | "("
                | "late"
                | "early"
                | "till"
                | "through"
                | "–"
                | "-"
                | ","
        );
        let counted = text.lower(token + 1) == "people" || text.lower(token + 1) == "detainees";
        return (makes_year && !counted).then(|| (token + 1, whole_year(year)));
    }
    let reference = reference?;
    // "Sunday": the last one, seen from the document's date; "next Sunday" is not resolved.
    if let Some(weekday) = weekday(word).filter(|_| text.is_capital(token)) {
        if token > 0 && text.lower(token - 1) == "next" {
            return None;
        }
        let back = reference.weekday().since(weekday);
        let day = reference.checked_sub(Length::new().days(back)).ok()?;
        return Some((token + 1, Interval::day(day, Basis::Inferred)));
    }
    let day = match word {
        "yesterday" => reference.yesterday().ok()?,
        "today" => reference,
        _ => return None,
    };
    Some((token + 1, Interval::day(day, Basis::Inferred)))
}

fn whole_year(year: i16) -> Interval {
    Interval::between(date(year, 1, 1), date(year, 12, 31), Basis::Stated)
}

fn iso(word: &str) -> Option<Interval> {
    (word.len() == 10 && word.as_bytes()[4] == b'-')
        .then(|| word.parse().ok())
        .flatten()
        .map(|day| Interval::day(day, Basis::Stated))
}

/// "8", "8th", "7-8": the first and the last day.
fn day_numbers(word: &str) -> Option<(i8, i8)> {
    let day = |text: &str| {
        let digits = text
            .strip_suffix("st")
            .or(text.strip_suffix("nd"))
            .or(text.strip_suffix("rd"))
            .or(text.strip_suffix("th"))
            .unwrap_or(text);
        digits.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
    };
    match word.split_once(['-', '–', '/']) {
        Some((low, high)) => Some((day(low)?, day(high)?)).filter(|(low, high)| low <= high),
        None => day(word).map(|day| (day, day)),
    }
}

fn month(text: &Text<'_>, token: usize) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = text.lower(token);
    if !text.is_capital(token) || word.len() < 3 {
        return None;
    }
    let short = word == "sept";
    let index = MONTHS.iter().position(|month| {
        *month == word || (word.len() == 3 && month.starts_with(word)) || (short && *month == "september")
    })?;
    i8::try_from(index + 1).ok()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1900..=2100).contains(year))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// Puts year, month and days together; a missing year is the latest that does not lie more than a
/// month after the document's date.
fn resolve(year: Option<i16>, month: i8, days: Option<(i8, i8)>, reference: Option<Date>) -> Option<Interval> {
    let (low, high) = days.unwrap_or((1, 31));
    let build = |year: i16| {
        let first = Date::new(year, month, 1).ok()?;
        let last_day = first.days_in_month();
        if low > last_day {
            return None;
        }
        Some((Date::new(year, month, low).ok()?, Date::new(year, month, high.min(last_day)).ok()?))
    };
    match year {
        Some(year) => build(year).map(|(low, high)| Interval::between(low, high, Basis::Stated)),
        None => {
            let reference = reference?;
            let limit = reference.checked_add(31.days()).ok()?;
            let (low, high) =
                build(reference.year()).filter(|(low, _)| *low <= limit).or_else(|| build(reference.year() - 1))?;
            Some(Interval::between(low, high, Basis::Inferred))
        }
    }
}

/// Joins "between 2011 and 2016", "from March 2011 until August 2024", "since 2011" to periods.
fn join_periods(text: &Text<'_>, found: Vec<TimeMention>) -> Vec<TimeMention> {
    let mut joined: Vec<TimeMention> = Vec::with_capacity(found.len());
    for mut mention in found {
        let before = mention.first.checked_sub(1).map_or("", |at| text.lower(at));
        if let Some(last) = joined.last_mut() {
            let opener = last.first.checked_sub(1).map_or("", |at| text.lower(at));
            let between = (last.end..mention.first).map(|at| text.lower(at)).collect::<Vec<_>>();
            let closes = matches!(
                (opener, between.as_slice()),
                ("between", ["and"])
                    | ("from", ["to" | "until" | "till" | "through"] | ["up", "to"])
                    | (_, ["-" | "–" | "—" | "until" | "till"])
            );
            if closes && last.interval.earliest <= mention.interval.latest {
                last.interval.latest = mention.interval.latest;
                last.end = mention.end;
                last.span = last.span.cover(mention.span);
                last.period = true;
                continue;
            }
        }
        if before == "since" {
            mention.period = true;
            mention.interval.latest = None;
        }
        joined.push(mention);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    fn dates(text: &str, published: Option<&str>) -> Vec<(String, String)> {
        let mut document = Document::from_text("test", text);
        document.published = published.map(|day| Interval::day(day.parse().expect("a date"), Basis::Metadata));
        let analysis = crate::language::Analyser::rules().analyse(text);
        let text = Text::new(&document, &analysis);
        find(&text)
            .into_iter()
            .map(|found| {
                let day = |day: Option<Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
                (
                    text.slice(found.span).to_owned(),
                    format!("{}..{}", day(found.interval.earliest), day(found.interval.latest)),
                )
            })
            .collect()
    }

    #[test]
    fn resolves_what_the_words_allow() {
        let table: &[(&str, &str, &str)] = &[
            ("On 27 November, rebels seized it.", "27 November", "2024-11-27..2024-11-27"),
            ("on Sunday (AP)", "Sunday", "2024-12-08..2024-12-08"),
            ("by December 8, 2024 they", "December 8, 2024", "2024-12-08..2024-12-08"),
            ("overnight on 7-8 December before", "7-8 December", "2024-12-07..2024-12-08"),
            ("killed between 2011 and 2016.", "2011 and 2016", "2011-01-01..2016-12-31"),
            ("from March 2011 until August 2024 amounted", "March 2011 until August 2024", "2011-03-01..2024-08-31"),
            ("during the 1980s campaign", "1980s", "1980-01-01..1989-12-31"),
            ("In 2013, a defector", "2013", "2013-01-01..2013-12-31"),
            ("held since 2011.", "2011", "2011-01-01..?"),
            ("overnight on 7–8 December, before", "7–8 December", "2024-12-07..2024-12-08"),
            ("in the night of 7 to 8 December.", "7 to 8 December", "2024-12-07..2024-12-08"),
            ("on 2024-12-10 the search", "2024-12-10", "2024-12-10..2024-12-10"),
        ];
        for (text, words, expected) in table {
            assert_eq!(dates(text, Some("2024-12-09")), [((*words).to_owned(), (*expected).to_owned())], "{text}");
        }
    }

    #[test]
    fn invents_nothing() {
        for text in ["On 27 November it fell.", "on Sunday", "yesterday"] {
            assert_eq!(dates(text, None), [], "{text}: no year is known");
        }
        for text in [
            "1,984 people",
            "2000 people",
            "31 February 2024",
            "May they rest",
            "1,2,3.000 of 99",
            "45 December",
            "on 0 May 2020",
        ] {
            assert_eq!(dates(text, Some("2024-12-09")), [], "{text}");
        }
    }
}
