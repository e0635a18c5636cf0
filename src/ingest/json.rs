//! JSON files: a list of records, one record, or records one after another.

use std::io::BufRead;

use serde_json::Value;

use super::error::{Error, Kind};
use super::jsonl::{self, Place};
use super::reading::Reading;

/// Hands over the documents of the records; a list is never held as a whole.
pub(super) fn read(reading: &mut Reading<'_>, name: &str, reader: &mut dyn BufRead) -> Result<(), Error> {
    let mut values = Values { reader, in_list: false, line: 1 };
    let mut buffer = Vec::new();
    let mut number = 0;
    loop {
        let line = match values.next(&mut buffer, reading.options.max_bytes).map_err(|error| Error::io(name, error))? {
            Found::End if number == 0 => return Err(Error::new(name, Kind::Empty)),
            Found::End => return Ok(()),
            Found::TooLong(line) => {
                let kind = Kind::TooLarge { size: None, limit: reading.options.max_bytes };
                return Err(Error::new(name, kind).at_line(line));
            }
            Found::Value(line) => line,
        };
        number += 1;
        let outcome = jsonl::parse(name, &buffer).map_err(|error| error.at_line(line));
        match outcome {
            Ok(value) => records(reading, name, &value, &buffer, Place { number, line }),
            Err(error) => {
                reading.give(Err(error));
                // Where one value ends and the next begins is no longer known.
                if !values.in_list {
                    return Ok(());
                }
            }
        }
    }
}

/// The document of a record, or of the records in the one list that it holds.
fn records(reading: &mut Reading<'_>, name: &str, value: &Value, raw: &[u8], place: Place) {
    let options = reading.options;
    let outcome = jsonl::record(name, value, raw, place, &options.fields);
    if let Err(error) = &outcome
        && matches!(error.kind(), Kind::NoTextField { .. })
        && let Some(list) = only_list(value)
    {
        for (index, value) in list.iter().enumerate() {
            let raw = value.to_string();
            let place = Place { number: index as u64 + 1, line: place.line };
            reading.give(
                jsonl::record(name, value, raw.as_bytes(), place, &options.fields)
                    .map_err(|error| error.at_line(place.line)),
            );
        }
        return;
    }
    reading.give(outcome.map_err(|error| error.at_line(place.line)));
}

/// The one member of a record that is a list of records.
fn only_list(value: &Value) -> Option<&Vec<Value>> {
    let mut lists = value
        .as_object()?
        .values()
        .filter_map(Value::as_array)
        .filter(|list| list.first().is_some_and(Value::is_object));
    lists.next().filter(|_| lists.next().is_none())
}

/// Cuts a stream into values without parsing them.
struct Values<'a> {
    reader: &'a mut dyn BufRead,
    in_list: bool,
    line: u64,
}

enum Found {
    /// It is in the buffer and begins on this line.
    Value(u64),
    TooLong(u64),
    End,
}

impl Values<'_> {
    fn next(&mut self, buffer: &mut Vec<u8>, limit: u64) -> std::io::Result<Found> {
        buffer.clear();
        let (mut depth, mut quoted, mut escaped, mut begun) = (0_usize, false, false, self.line);
        loop {
            let chunk = match self.reader.fill_buf() {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            if chunk.is_empty() {
                return Ok(if buffer.is_empty() { Found::End } else { Found::Value(begun) });
            }
            let (mut used, mut done) = (0, false);
            for &byte in chunk {
                used += 1;
                self.line += u64::from(byte == b'\n');
                if buffer.is_empty() {
                    match byte {
                        b'[' if !self.in_list => self.in_list = true,
                        b' ' | b'\t' | b'\r' | b'\n' | b',' | b']' | 0xef | 0xbb | 0xbf => {}
                        _ => {
                            begun = self.line;
                            buffer.push(byte);
                            quoted = byte == b'"';
                            depth = usize::from(matches!(byte, b'{' | b'['));
                        }
                    }
                    continue;
                }
                if depth == 0 && !quoted && matches!(byte, b',' | b']' | b'\n' | b'{') {
                    done = true;
                    break;
                }
                buffer.push(byte);
                if quoted {
                    quoted = escaped || byte != b'"';
                    escaped = !escaped && byte == b'\\';
                } else {
                    match byte {
                        b'"' => quoted = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    if depth == 0 && matches!(byte, b'}' | b']') {
                        done = true;
                        break;
                    }
                }
                if buffer.len() as u64 > limit {
                    return Ok(Found::TooLong(begun));
                }
            }
            self.reader.consume(used);
            if done {
                return Ok(Found::Value(begun));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Options, read_bytes};
    use proptest::prelude::*;

    fn told(json: &str) -> Vec<String> {
        let options = Options { max_bytes: 120, ..Options::default() };
        read_bytes("n.json", json.as_bytes(), &options)
            .iter()
            .map(|outcome| match outcome {
                Ok(document) => format!("{} {:?}", document.source, document.text),
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
            })
            .collect()
    }

    #[test]
    fn lists_records_and_what_holds_them() {
        for (json, expected) in [
            ("{\"text\": \"One, [two] {\\\"}.\"}", &["n.json#1 \"One, [two] {\\\"}.\""][..]),
            (
                "\u{feff}[{\"text\": \"One.\", \"id\": \"a\"},\n {\"text\": \"Two.\"}]\n",
                &["n.json#a \"One.\"", "n.json#2 \"Two.\""],
            ),
            ("{\"text\": \"One.\"}{\"text\": \"Two.\"}", &["n.json#1 \"One.\"", "n.json#2 \"Two.\""]),
            (
                "{\"count\": 1, \"articles\": [{\"body\": \"One.\"}, {\"body\": \"\"}]}",
                &["n.json#1 \"One.\"", "n.json, line 1: the record has no text (its keys are body)"],
            ),
            (
                "[{\"text\": \"One.\"},\n{\"text\": oops},\n{\"text\": \"Two.\"}]",
                &["n.json#1 \"One.\"", "n.json, line 2, byte 9: not valid JSON", "n.json#3 \"Two.\""],
            ),
            (
                "[1, {\"text\": \"Two.\"}]",
                &["n.json, line 1: the value is not a JSON record but a bare value", "n.json#2 \"Two.\""],
            ),
            ("[]", &["n.json: there is no text in it"]),
            ("", &["n.json: there is no text in it"]),
        ] {
            assert_eq!(told(json), expected, "{json}");
        }
        let long = format!("[{{\"text\": \"One.\"}}, {{\"text\": \"{}\"}}]", "x".repeat(200));
        assert!(told(&long)[1].contains("more than the limit of 120 bytes"), "{:?}", told(&long));
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(json in "[{}\\[\\]\",:a\\\\u0-9\n ]{0,80}") {
            told(&json);
        }
    }
}
