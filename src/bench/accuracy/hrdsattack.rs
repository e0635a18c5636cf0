//! HRDsAttack (Ran et al., "A New Task and Dataset on Detecting Attacks on Human Rights Defenders", Findings of ACL
//! 2023): a list of articles with their title, text in HTML and day of publication, and what annotators say of
//! the attack on somebody that the article reports.
//!
//! The headline is read as the first paragraph, unless the text has it. Answers are normalised as the publishers'
//! own scorer does: "none" and "N/A" are no answer, months are names or numbers, years such as "2021.0" are
//! numbers. "Unknown" is no answer either, and misspelt months count as those that begin alike. Victims without a name
//! are left out.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use super::attacks::Attack;
use super::{AccuracyError, GoldDocument, files};
use crate::ingest::fragment_text;
use crate::model::{Basis, Interval};

const EXPECTED: &str = "a list of objects with `sample` (`Input.title`, `Input.publish_date`, \
                        `Input.article_interface`) and `merged_sample` (violation types, victims, perpetrator, place and \
                        date)";

#[derive(Deserialize)]
struct Article {
    sample: Sample,
    merged_sample: Answers,
}

#[derive(Deserialize)]
struct Sample {
    #[serde(rename = "Input.GLOBALEVENTID")]
    id: serde_json::Number,
    #[serde(rename = "Input.title")]
    title: Option<String>,
    #[serde(rename = "Input.publish_date")]
    published: String,
    #[serde(rename = "Input.article_interface")]
    html: String,
}

#[derive(Deserialize)]
struct Answers {
    perpetrator_type: Option<String>,
    violation_types: BTreeSet<String>,
    year: Option<String>,
    month: Option<String>,
    date: Option<String>,
    city: Option<String>,
    region: Option<String>,
    country: Option<String>,
    victims: Vec<Victim>,
}

#[derive(Deserialize)]
struct Victim {
    victim_name: Option<String>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "json"))? {
        let articles: Vec<Article> = serde_json::from_str(&files::content(&path)?).map_err(|error| {
            AccuracyError::line(&path, error.line(), error.to_string(), format!("expected {EXPECTED}"))
        })?;
        for (number, article) in articles.into_iter().enumerate() {
            let malformed = |problem: String| {
                AccuracyError::file(&path, format!("article {}: {problem}", number + 1), format!("expected {EXPECTED}"))
            };
            documents.push(gold(article, &files::stem(&path)).map_err(malformed)?);
        }
    }
    Ok(documents)
}

fn gold(article: Article, file: &str) -> Result<GoldDocument, String> {
    let Sample { id, title, published, html } = article.sample;
    let body = fragment_text(file, &html).map_err(|error| error.to_string())?;
    let headline = title.as_deref().map(str::trim).filter(|title| !title.is_empty() && !body.contains(title));
    let text = headline.map_or_else(|| body.clone(), |headline| format!("{headline}\n\n{body}"));
    let day: Date = published
        .get(..10)
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| format!("`{published}` does not begin with a day such as 2021-03-08"))?;
    let answers = article.merged_sample;
    let mut violations = answers.violation_types;
    if violations.len() > 1 {
        violations.remove(Attack::UNKNOWN);
    }
    let victims = answers.victims.into_iter().filter_map(|victim| answer(victim.victim_name));
    let attack = Attack {
        victims: victims.collect(),
        violations,
        perpetrator: answer(answers.perpetrator_type),
        year: number(answers.year),
        month: month(answers.month),
        day: number(answers.date),
        city: answer(answers.city),
        region: answer(answers.region),
        country: answer(answers.country),
    };
    let mut document = GoldDocument::new(format!("{file}#{id}"), text, Vec::new());
    document.published = Some(Interval::day(day, Basis::Metadata));
    document.attack = Some(attack);
    Ok(document)
}

/// What was answered; none where that was nothing.
fn answer(given: Option<String>) -> Option<String> {
    let given = given?.trim().to_owned();
    let none = ["", "none", "n/a", "n//a", "unknown"].contains(&given.to_lowercase().as_str());
    (!none).then_some(given)
}

/// A whole number, which may be written as one with a fraction.
fn number(given: Option<String>) -> Option<i16> {
    let number: f64 = answer(given)?.parse().ok()?;
    (number.fract() == 0.0 && (0.0..10_000.0).contains(&number)).then_some(number as i16)
}

fn month(given: Option<String>) -> Option<i16> {
    let name = answer(given.clone())?.to_lowercase();
    let named = MONTHS.iter().position(|month| name.starts_with(month)).and_then(|at| i16::try_from(at + 1).ok());
    named.or_else(|| number(given)).filter(|month| (1..=12).contains(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_normalised() {
        let given = |text: &str| Some(text.to_owned());
        for (text, expected) in [("N/A", None), (" none ", None), ("Unknown", None), (" Rav ", Some("Rav"))] {
            assert_eq!(answer(given(text)).as_deref(), expected, "{text}");
        }
        for (text, expected) in [("2021.0", Some(2021)), ("07", Some(7)), ("7.5", None), ("-1", None), ("soon", None)] {
            assert_eq!(number(given(text)), expected, "{text}");
        }
        for (text, expected) in [("Decenmber", Some(12)), ("02", Some(2)), ("3.0", Some(3)), ("13", None), ("", None)] {
            assert_eq!(month(given(text)), expected, "{text}");
        }
    }
}
