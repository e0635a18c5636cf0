//! Markdown: YAML front matter, and a body of which only the words are kept.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::draft::Draft;
use super::error::{Error, Kind};
use super::html;
use super::paragraphs::{Break, Paragraphs};

/// Front matter longer than this is a mistake, in bytes.
const FRONT_MATTER: usize = 64 * 1024;

/// The draft of a Markdown text.
///
/// Paragraphs, headings, list items and table rows become paragraphs separated by a blank line;
/// marks, link targets and raw HTML tags go, the words they enclose stay.
pub(super) fn read(path: &str, text: &str) -> Result<Draft, Error> {
    let (front, body) = front_matter(path, text)?;
    let (text, heading) = render(path, body)?;
    let value = |keys: &[&str]| keys.iter().find_map(|key| front.get(*key).and_then(scalar));
    Ok(Draft {
        text,
        title: value(&["title"]).or(heading),
        date: value(&["date"]),
        publisher: value(&["publisher", "source", "site"]),
        url: value(&["url", "link"]),
        author: value(&["author", "authors"]),
        language: value(&["lang", "language"]),
        ..Draft::default()
    })
}

/// The front matter's values by lower-case key, and the rest of the text.
///
/// What stands between the marks but is no mapping is a text between two rules, not front matter.
fn front_matter<'t>(path: &str, text: &'t str) -> Result<(BTreeMap<String, Value>, &'t str), Error> {
    let none = Ok((BTreeMap::new(), text));
    let Some(rest) = text.strip_prefix("---").map(|rest| rest.trim_start_matches([' ', '\t'])) else { return none };
    let Some(rest) = rest.strip_prefix('\n') else { return none };
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = &rest[..end];
            if yaml.len() > FRONT_MATTER {
                return Err(Error::new(path, Kind::LongFrontMatter(FRONT_MATTER)));
            }
            // YAML 1.2: `lang: no` is Norwegian, not false.
            let options = serde_saphyr::options! { strict_booleans: true };
            return match serde_saphyr::from_str_with_options::<Value>(yaml, options) {
                Ok(Value::Object(values)) => {
                    let values = values.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect();
                    Ok((values, &rest[end + line.len()..]))
                }
                Ok(Value::Null) if yaml.trim().is_empty() => Ok((BTreeMap::new(), &rest[end + line.len()..])),
                Ok(_) => none,
                Err(error) => {
                    // The first line of the file is the mark.
                    let line = error.location().map_or(1, |location| location.line() + 1);
                    Err(Error::new(path, Kind::FrontMatter(error)).at_line(line))
                }
            };
        }
        end += line.len();
    }
    none
}

/// A value of the front matter as text: the first one of a list, the `name` of a mapping.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.first().filter(|value| !value.is_array()).and_then(scalar),
        Value::Object(values) => values.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Bool(_) | Value::Null => None,
    }
}

/// The words of a Markdown body, and its first heading if the text begins with it or it is a
/// heading of the first level.
fn render(path: &str, body: &str) -> Result<(String, Option<String>), Error> {
    let mut out = Paragraphs::new();
    let (mut heading, mut title) = (None, None);
    let mut raw = String::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(body, options) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push(&words),
            Event::SoftBreak => out.push(" "),
            Event::HardBreak => out.breaks(Break::Line),
            Event::Html(tags) => raw.push_str(&tags),
            Event::InlineHtml(tag) if is_line_break(&tag) => out.breaks(Break::Line),
            Event::Start(Tag::Heading { level, .. }) => {
                out.breaks(Break::Paragraph);
                let first = out.len() == 0 || level == HeadingLevel::H1;
                heading = (first && title.is_none()).then_some(out.len());
            }
            Event::End(TagEnd::Heading(_)) => {
                title =
                    title.or(heading.take().map(|start| out.since(start).to_owned()).filter(|words| !words.is_empty()));
                out.breaks(Break::Paragraph);
            }
            Event::End(TagEnd::HtmlBlock) => {
                out.breaks(Break::Paragraph);
                out.push(&html::fragment_text(path, &std::mem::take(&mut raw))?);
                out.breaks(Break::Paragraph);
            }
            Event::Start(tag) if !is_inline(&tag.to_end()) => out.breaks(around(&tag.to_end())),
            Event::End(tag) if !is_inline(&tag) => out.breaks(around(&tag)),
            _ => {}
        }
    }
    Ok((out.finish(), title))
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn around(tag: &TagEnd) -> Break {
    match tag {
        TagEnd::TableCell => Break::Cell,
        _ => Break::Paragraph,
    }
}

fn is_line_break(tag: &str) -> bool {
    tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::read_bytes;
    use crate::model::{Basis, Document};
    use proptest::prelude::*;

    fn document(text: &str) -> Result<Document, Error> {
        read_bytes("a.md", text.as_bytes(), &crate::ingest::Options::default()).remove(0)
    }

    #[test]
    fn words_without_marks() {
        for (markdown, text) in [
            ("# Freed\n\nHe was **held** in\n*Saydnaya*.", "Freed\n\nHe was held in Saydnaya."),
            ("See [the report](https://example.org \"t\") and ![a cell](c.jpg).", "See the report and a cell."),
            ("- one\n- two\n  - three\n\n> quoted", "one\n\ntwo\n\nthree\n\nquoted"),
            ("one  \ntwo<br>three\n\n---\n\nfour", "one\ntwo\nthree\n\nfour"),
            ("| a | b |\n|---|---|\n| c | d |", "a\tb\n\nc\td"),
            ("`code` and\n\n```\nlet x;\n```\n\nend", "code and\n\nlet x;\n\nend"),
            ("<div>raw <b>words</b></div>\n\n<!-- not this -->\n\nend", "raw words\n\nend"),
            ("a <span class=x>b</span> &amp; c \\* d", "a b & c * d"),
            ("text[^1]\n\n[^1]: the note", "text\n\nthe note"),
            ("Setext\n======\n\n~~gone~~", "Setext\n\ngone"),
            ("snake_case 2 * 3 * 4 # no heading", "snake_case 2 * 3 * 4 # no heading"),
        ] {
            assert_eq!(document(markdown).unwrap().text, text, "{markdown}");
        }
    }

    #[test]
    fn front_matter_fills_the_metadata() {
        let document = document(
            "---\ntitle: \"Freed: at last\"\nDate: 2024-12-09T23:00:00+03:00\nsource: Sample Wire\nlink: https://example.org/1\nlang: ar\ntags: [a, {b: c}]\n7: x\n---\n\n# Heading\n\nHe was freed.",
        )
        .unwrap();
        assert_eq!(document.title.as_deref(), Some("Freed: at last"));
        let published = document.published.unwrap();
        assert_eq!(
            (published.earliest.unwrap().to_string().as_str(), published.basis),
            ("2024-12-09", Basis::Metadata)
        );
        assert_eq!(document.publisher.as_deref(), Some("Sample Wire"));
        assert_eq!(document.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(document.language.as_deref(), Some("ar"));
        assert_eq!(document.text, "Heading\n\nHe was freed.");
    }

    #[test]
    fn values_of_the_front_matter() {
        for (yaml, title, publisher, language) in [
            ("title: 1984\nlang: no", Some("1984"), None, Some("no")),
            ("title:\npublisher: {name: Wire}", Some("Head"), Some("Wire"), None),
            ("title: [One, Two]\nsite: Site\nsource: Source", Some("One"), Some("Source"), None),
            ("title: |\n  Two\n  lines", Some("Two lines"), None, None),
            ("", Some("Head"), None, None),
        ] {
            let document = document(&format!("---\n{yaml}\n---\n# Head\n\nHe.")).unwrap();
            assert_eq!(
                (document.title.as_deref(), document.publisher.as_deref(), document.language.as_deref()),
                (title, publisher, language),
                "{yaml}"
            );
        }
    }

    #[test]
    fn rules_are_no_front_matter() {
        assert_eq!(document("---\nOne.\n---\n\nTwo.").unwrap().text, "One.\n\nTwo.");
        assert_eq!(document("---\ntitle: open\n\nTwo.").unwrap().text, "title: open\n\nTwo.");
        assert_eq!(document("Two.\n\n## Later").unwrap().title, None);
        assert_eq!(document("Two.\n\n# Later").unwrap().title.as_deref(), Some("Later"));
    }

    #[test]
    fn what_cannot_be_read() {
        let error = document("---\ntitle: ok\ndate: a: b: c\n---\nText").unwrap_err();
        assert_eq!(error.line(), Some(3), "{error}");
        assert!(document(&format!("---\ntitle: {}\n---\nText", "x".repeat(FRONT_MATTER))).is_err());
        assert!(document("---\ntitle: only\n---\n").unwrap_err().to_string().contains("no text"));
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]";
        assert!(document(&format!("---\n{bomb}\n---\nText")).is_err());
    }

    #[test]
    fn deep_nesting_neither_overflows_nor_hangs() {
        for deep in [
            "> ".repeat(50_000),
            "[".repeat(50_000),
            "*a ".repeat(50_000),
            "- ".repeat(5_000),
            "![".repeat(50_000),
            "`a ``".repeat(20_000),
        ] {
            let _ = document(&format!("{deep}x"));
        }
        let _ = document(&format!("---\na: {}\n---\nText", "[".repeat(60_000)));
        let _ = document(&format!("---\na: {}\n---\nText", "{a: ".repeat(15_000)));
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "(---\n)?[-#*>`|<a\\[\\]()!:_~ \n\\\\é0-9.]{0,120}(\n---\n)?[a\n<]{0,9}") {
            read_bytes("a.md", &bytes, &crate::ingest::Options::default());
            let _ = document(&text);
        }
    }
}
