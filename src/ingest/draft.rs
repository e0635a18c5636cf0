//! What a format has found, and how it becomes a document.

use crate::model::{Basis, Document, Interval, PageSpan, Span};
use jiff::civil::Date;

use super::dates::{self, Days};
use super::error::{Error, Kind};
use super::{dateline, language};

/// A text with its metadata as its carrier words it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub text: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The encoding that the text was in, where it was not UTF-8.
    pub encoding: Option<String>,
    /// Which part of the text stands on which page.
    pub pages: Vec<PageSpan>,
    /// As declared by the carrier: `en`, `en-GB`.
    pub language: Option<String>,
}

impl Draft {
    /// The document of this draft, read from bytes of that SHA-256; `path` names its file in errors
    /// and `source` is what the document says it comes from.
    pub fn finish(mut self, path: &str, source: String, sha256: String) -> Result<Document, Error> {
        let mut days = self.date.as_deref().and_then(dates::parse);
        if let Some(date) = self.date.as_deref().filter(|_| days.is_none()) {
            tracing::warn!(source, date, "the date of publication could not be read and is left out");
        }
        if let Some((date, end)) = dateline::date_prefix(&self.text) {
            days = days.or(Some((date, date)));
            self.text.drain(..end);
            for page in &mut self.pages {
                page.span = Span::new(page.span.start.saturating_sub(end), page.span.end.saturating_sub(end));
            }
        }
        if !self.text.chars().any(is_visible) {
            return Err(Error::new(path, Kind::Empty));
        }
        let published = published(&self.text, days);
        let language = language::language(&self.text, self.language.as_deref());
        let document = Document {
            sha256,
            author: self.author.as_deref().and_then(one_line),
            encoding: self.encoding,
            pages: self.pages,
            title: self.title.as_deref().and_then(one_line),
            published,
            publisher: self.publisher.as_deref().and_then(one_line),
            url: self.url.as_deref().and_then(web_address),
            language,
            ..Document::from_text(source, self.text)
        };
        Ok(document.with_identity())
    }
}

/// When a text was published: the day metadata gives, or one a dateline narrows it down to.
fn published(text: &str, known: Option<Days>) -> Option<Interval> {
    if let Some((first, last)) = known.filter(|(first, last)| first == last) {
        return Some(Interval::between(first, last, Basis::Metadata));
    }
    let interval = |(first, last): (Date, Date), basis| Interval::between(first, last, basis);
    dateline::dateline(text, known)
        .map(|days| interval(days, Basis::Dateline))
        .or(known.map(|days| interval(days, Basis::Metadata)))
}

/// `text` with every run of white space and control characters as one space, unless nothing is left.
pub(super) fn one_line(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `text` if it is an absolute address on the web.
pub(super) fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let scheme = text.get(..text.find("://")?)?;
    let rest = &text[scheme.len() + 3..];
    let fits = (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && !rest.is_empty()
        && !text.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}')
        });
    fits.then(|| text.to_owned())
}

/// Whether a reader sees anything: no white space, control or zero-width character.
fn is_visible(letter: char) -> bool {
    !(letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published_of(date: Option<&str>, text: &str) -> Option<(String, Basis)> {
        let draft = Draft { text: text.into(), date: date.map(Into::into), ..Draft::default() };
        let interval = draft.finish("f", "f".into(), String::new()).unwrap().published?;
        Some((format!("{}..{}", interval.earliest.unwrap(), interval.latest.unwrap()), interval.basis))
    }

    #[test]
    fn metadata_first_then_dateline() {
        let line = "DAMASCUS, Dec 9, 2024 (Sample Wire) — The prison was opened.";
        for (date, text, expected) in [
            (None, line, Some(("2024-12-09..2024-12-09", Basis::Dateline))),
            (Some("2024"), line, Some(("2024-12-09..2024-12-09", Basis::Dateline))),
            (Some("2024-12-10"), line, Some(("2024-12-10..2024-12-10", Basis::Metadata))),
            (Some("2023"), line, Some(("2023-01-01..2023-12-31", Basis::Metadata))),
            (Some("soon"), "He was freed.", None),
            (None, "date 2024-12-09 He was freed.", Some(("2024-12-09..2024-12-09", Basis::Metadata))),
            (None, "DAMASCUS, Dec 9 (Sample Wire) — He was freed.", None),
        ] {
            let expected = expected.map(|(days, basis)| (days.to_owned(), basis));
            assert_eq!(published_of(date, text), expected, "{date:?} {text}");
        }
    }

    #[test]
    fn the_dateline_stays_and_the_date_prefix_goes() {
        let text = |text: &str| {
            Draft { text: text.into(), ..Draft::default() }.finish("f", "f".into(), String::new()).unwrap().text
        };
        assert_eq!(text(" date 2024-12-09 Footage"), "Footage");
        assert_eq!(text("BEIRUT (AP) — He said."), "BEIRUT (AP) — He said.");
        assert_eq!(text("  as it stands \n"), "  as it stands \n");
        assert!(
            Draft { text: "date 2024-12-09 \n".into(), ..Draft::default() }
                .finish("f", "f".into(), String::new())
                .is_err()
        );
    }

    #[test]
    fn addresses() {
        for text in ["https://example.org/a?b=c#d", " HTTP://example.org "] {
            assert!(web_address(text).is_some(), "{text}");
        }
        for text in ["", "/a/b", "javascript:alert(1)", "ftp://a/b", "https://", "https://a b", "https://a\"b", "é://x"]
        {
            assert_eq!(web_address(text), None, "{text}");
        }
    }
}
