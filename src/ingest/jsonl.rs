//! JSON Lines: one record, one document, one chance to fail, per line.

use std::io::BufRead;

use serde_json::{Map, Value};

use crate::model::Document;

use super::decode;
use super::draft::{Draft, one_line};
use super::error::{Error, Kind};
use super::lines::{Line, next_line};
use super::options::JsonFields;
use super::reading::{Reading, hash};

/// Where a record stands in its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its name where it has none of its own.
    pub number: u64,
    pub line: u64,
}

/// Hands over one document or error per line; blank lines are passed over.
pub(super) fn read(reading: &mut Reading<'_>, path: &str, reader: &mut dyn BufRead) -> Result<(), Error> {
    let mut buffer = Vec::new();
    let mut any = false;
    let limit = reading.options.max_bytes;
    for line in 1_u64.. {
        let outcome =
            match next_line(reader, &mut buffer, limit).map_err(|error| Error::io(path, error).at_line(line))? {
                Line::End => break,
                Line::TooLong { length } => Err(Error::new(path, Kind::TooLarge { size: Some(length), limit })),
                Line::Here => {
                    let bytes = buffer.strip_suffix(b"\r").unwrap_or(&buffer);
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    parse(path, bytes).and_then(|value| {
                        record(path, &value, bytes, Place { number: line, line }, &reading.options.fields)
                    })
                }
            };
        any = true;
        reading.give(outcome.map_err(|error| error.at_line(line)));
    }
    if any { Ok(()) } else { Err(Error::new(path, Kind::Empty)) }
}

/// The value that stands in a piece of a file.
pub(super) fn parse(path: &str, bytes: &[u8]) -> Result<Value, Error> {
    let decoded = decode::decode(path, bytes, None)?;
    serde_json::from_str(&decoded.text).map_err(|error| {
        let at = error.column().saturating_sub(1);
        Error::new(path, Kind::Record(error)).at_byte(at)
    })
}

/// The document of a record that was read from `raw`.
pub(super) fn record(
    path: &str,
    value: &Value,
    raw: &[u8],
    place: Place,
    fields: &JsonFields,
) -> Result<Document, Error> {
    match value {
        Value::Object(_) => {}
        Value::Array(_) => return Err(Error::new(path, Kind::NotRecord("a list"))),
        _ => return Err(Error::new(path, Kind::NotRecord("a bare value"))),
    }
    let Some(text) = find(value, &fields.text, paragraphs) else {
        let has = value.as_object().map(keys).unwrap_or_default();
        return Err(Error::new(path, Kind::NoTextField { has, sought: fields.text.join(", ") }));
    };
    let name = find(value, &fields.id, scalar).and_then(|id| one_line(&id)).unwrap_or_else(|| place.number.to_string());
    let draft = Draft {
        text: decode::clean(&text),
        title: find(value, &fields.title, scalar),
        date: find(value, &fields.date, scalar),
        publisher: find(value, &fields.publisher, named),
        author: find(value, &fields.author, names),
        url: find(value, &fields.url, scalar),
        ..Draft::default()
    };
    draft.finish(path, format!("{path}#{name}"), hash(raw))
}

/// The first candidate that is there and that `take` makes something of.
fn find(record: &Value, names: &[String], take: fn(&Value) -> Option<String>) -> Option<String> {
    names.iter().find_map(|name| {
        let value = if name.starts_with('/') { record.pointer(name) } else { record.get(name) };
        take(value?).filter(|text| !text.trim().is_empty())
    })
}

/// A string, or a list of strings as paragraphs.
fn paragraphs(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let parts = parts.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
            Some(parts.join("\n\n"))
        }
        _ => None,
    }
}

/// A string or number.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A string, or the `name` of an object as in schema.org.
fn named(value: &Value) -> Option<String> {
    value.get("name").unwrap_or(value).as_str().map(str::to_owned)
}

/// A name, or several as one list.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(named).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        value => named(value),
    }
}

/// The keys of a record for a message, not too many and without control characters.
fn keys(record: &Map<String, Value>) -> String {
    const SHOWN: usize = 12;
    if record.is_empty() {
        return "it is empty".to_owned();
    }
    let shown: Vec<String> =
        record.keys().take(SHOWN).map(|key| key.chars().take(40).flat_map(char::escape_debug).collect()).collect();
    let more = if record.len() > SHOWN { ", …" } else { "" };
    format!("its keys are {}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Options, read_bytes};
    use proptest::prelude::*;

    fn lines(text: &str, options: &Options) -> Vec<Result<Document, Error>> {
        read_bytes("n.jsonl", text.as_bytes(), options)
    }

    #[test]
    fn a_bad_line_fails_alone() {
        let long = format!("{{\"text\": \"{}\"}}", "x".repeat(200));
        let text = format!(
            "\u{feff}{{\"text\": \"One was freed.\", \"id\": 7}}\n\n{{\"text\": oops}}\r\n[1]\n{long}\n{{\"body\": [\"Two.\", \"Three.\"]}}\n{{\"words\": \"no\"}}\n\"{{}}\"\n{{\"text\": \"a\u{1}b\"}}"
        );
        let read = lines(&text, &Options { max_bytes: 150, ..Options::default() });
        let told: Vec<String> = read
            .iter()
            .map(|outcome| match outcome {
                Ok(document) => format!("{} {:?}", document.source, document.text),
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
            })
            .collect();
        assert_eq!(
            told,
            [
                "n.jsonl#7 \"One was freed.\"",
                "n.jsonl, line 3, byte 9: not valid JSON",
                "n.jsonl, line 4: the value is not a JSON record but a list",
                "n.jsonl, line 5: its size of 212 bytes is more than the limit of 150 bytes",
                "n.jsonl#6 \"Two.\\n\\nThree.\"",
                "n.jsonl, line 7: the record has no text (its keys are words)",
                "n.jsonl, line 8: the value is not a JSON record but a bare value",
                "n.jsonl, line 9, byte 11: not valid JSON",
            ]
        );
        assert_eq!(read[5].as_ref().unwrap_err().line(), Some(7));
    }

    #[test]
    fn fields_of_a_record() {
        let options = Options { fields: JsonFields::parse("text=/article/body|text").unwrap(), ..Options::default() };
        let line = r#"{"article": {"body": "He was\r\nfreed."}, "text": "other", "headline": "Free\n at last", "date": "",
            "published_at": "2024-12-09T23:00:00Z", "publisher": {"name": "Sample Wire"}, "url": "https://example.org/1"}"#;
        let document = lines(&line.replace('\n', " "), &options).remove(0).unwrap();
        assert_eq!(document.text, "He was\nfreed.");
        assert_eq!(document.title.as_deref(), Some("Free at last"));
        assert_eq!(document.published.unwrap().earliest.unwrap().to_string(), "2024-12-09");
        assert_eq!(document.publisher.as_deref(), Some("Sample Wire"));
        assert_eq!(document.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(document.source, "n.jsonl#1");
    }

    #[test]
    fn the_hash_is_of_the_line() {
        let one = lines("{\"text\":\"x\"}\n", &Options::default()).remove(0).unwrap();
        let two = lines("\n{\"text\":\"x\"}\r\n{\"text\":\"x\"}", &Options::default());
        assert!(two.iter().all(|document| document.as_ref().unwrap().sha256 == one.sha256));
        for empty in ["", "\n \n"] {
            assert!(lines(empty, &Options::default()).remove(0).is_err());
        }
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let deep = format!("{{\"text\":{}", "[".repeat(200_000));
        assert!(lines(&deep, &Options::default()).remove(0).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), line in "[{}\\[\\]\",:a\\\\u0-9\n]{0,60}") {
            read_bytes("n.jsonl", &bytes, &Options::default());
            lines(&line, &Options::default());
        }
    }
}
