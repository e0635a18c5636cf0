//! Time expressions in the specification of Microsoft's Recognizers (`Specs/DateTime/English/DateTimeModel.json`): an
//! array of inputs of a sentence or so, each with the time it is said at and the expressions in it.
//!
//! Offsets count characters, the last one included. The texts of expressions are in small letters.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use super::times::{GoldTime, TimeClass};
use super::{AccuracyError, GoldDocument, files};
use crate::model::{Basis, CodePoints, Interval, Span};

const EXPECTED: &str = "an array of objects with `Input`, `Context.ReferenceDateTime`, and `Results` with `Text`, `Start`, \
                        `End`, `TypeName` and `Resolution.values`";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    #[serde(default)]
    context: Context,
    results: Vec<Expression>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Context {
    reference_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Expression {
    text: String,
    start: usize,
    end: usize,
    type_name: String,
    #[serde(default)]
    resolution: Resolution,
}

#[derive(Default, Deserialize)]
struct Resolution {
    #[serde(default)]
    values: Vec<Value>,
}

/// One of the readings of an expression.
#[derive(Deserialize)]
struct Value {
    #[serde(default)]
    timex: String,
    value: Option<String>,
    start: Option<String>,
    end: Option<String>,
    #[serde(default, rename = "Mod")]
    modifier: String,
}

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "json"))? {
        let content = files::content(&path)?;
        let cases: Vec<Case> = serde_json::from_str(&content)
            .map_err(|error| AccuracyError::line(&path, error.line(), error.to_string(), EXPECTED))?;
        for (index, case) in cases.into_iter().enumerate() {
            let name = format!("{}#{}", files::stem(&path), index + 1);
            documents.push(document(&path, name, case)?);
        }
    }
    Ok(documents)
}

fn document(path: &Path, name: String, case: Case) -> Result<GoldDocument, AccuracyError> {
    let told = case.context.reference_date_time.as_deref().map(|text| {
        let day = day(text).ok_or_else(|| AccuracyError::file(path, format!("{name}: `{text}` is no date"), EXPECTED));
        day.map(|day| Interval::day(day, Basis::Metadata))
    });
    let points = CodePoints::new(&case.input);
    let mut times = Vec::new();
    for expression in &case.results {
        let outside =
            || AccuracyError::file(path, format!("{name}: `{}` does not stand there", expression.text), EXPECTED);
        let span = place(&case.input, &points, expression).ok_or_else(outside)?;
        times.push(GoldTime {
            span,
            class: class(expression),
            timex: expression.resolution.values.iter().map(|value| value.timex.clone()).collect(),
            days: expression.resolution.values.iter().flat_map(days).collect(),
        });
    }
    let published = told.transpose()?;
    Ok(GoldDocument { published, times: Some(times), ..GoldDocument::new(name, case.input, Vec::new()) })
}

/// Where an expression stands: at its offsets, or else where its words stand nearest to them.
fn place(text: &str, points: &CodePoints<'_>, expression: &Expression) -> Option<Span> {
    let same = |words: &str| words.to_lowercase() == expression.text.to_lowercase();
    let told = points.to_byte(expression.start).zip(points.to_byte(expression.end + 1));
    if let Some((start, end)) = told.filter(|(start, end)| start < end && same(&text[*start..*end])) {
        return Some(Span::new(start, end));
    }
    let length = expression.text.len();
    let starts = text.char_indices().map(|(at, _)| at);
    let found = starts.filter(|&at| text.get(at..at + length).is_some_and(same));
    found.min_by_key(|at| at.abs_diff(told.map_or(0, |(start, _)| start))).map(|at| Span::new(at, at + length))
}

/// What the measure makes of an expression (see `times`).
fn class(expression: &Expression) -> TimeClass {
    let kind = expression.type_name.rsplit('.').next().unwrap_or_default();
    let values = &expression.resolution.values;
    let all = |test: fn(&Value) -> bool| !values.is_empty() && values.iter().all(test);
    let numbered_week = expression.text.split_whitespace().zip(expression.text.split_whitespace().skip(1));
    let numbered_week = numbered_week
        .clone()
        .any(|(word, next)| word == "week" && next.starts_with(|first: char| first.is_ascii_digit()));
    match kind {
        "date" | "daterange" | "duration" => {}
        _ => return TimeClass::Clock,
    }
    let unresolved = kind != "duration" && all(|value| value.value.as_deref() == Some("not resolved"));
    let undefined = all(|value| value.modifier == "ref_undef");
    let business =
        all(|value| value.timex.contains("BD") || value.timex.starts_with("FY") || value.timex.starts_with("SY"));
    if unresolved || undefined || business || numbered_week { TimeClass::Assistant } else { TimeClass::News }
}

/// The days that a reading can be said to have; each an earliest and a latest.
fn days(value: &Value) -> Vec<(Option<Date>, Option<Date>)> {
    if let Some(one) = value.value.as_deref().and_then(day) {
        return vec![(Some(one), Some(one))];
    }
    let start = value.start.as_deref().and_then(day);
    let end = value.end.as_deref().and_then(day);
    let before = |day: Date| day.yesterday().ok();
    match (start, end) {
        (None, None) => Vec::new(),
        // "after 2010" begins in 2011; "after 1 January" begins that day, or the next.
        (Some(start), None) => vec![(Some(start), None), (start.tomorrow().ok(), None)],
        (None, Some(end)) => vec![(None, before(end)), (None, Some(end))],
        (Some(start), Some(end)) => {
            let mut readings = vec![(Some(start), before(end))];
            // Between two ends that words name, the last one is where the set stops and a reader goes on: "from May to
            // September" ends there on 1 September.
            if value.timex.starts_with('(') {
                readings.push((Some(start), Some(end)));
                let unit = value.timex.trim_end_matches(')').chars().last();
                match unit {
                    Some('M' | 'Y') if end.day() == 1 => readings.push((Some(start), Some(end.last_of_month()))),
                    _ => {}
                }
                if unit == Some('Y') && end.day() == 1 && end.month() == 1 {
                    readings.push((Some(start), Some(end.last_of_year())));
                }
            }
            readings
        }
    }
}

/// The day of a date or of a date and time.
fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
