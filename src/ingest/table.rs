//! Tables of values (RFC 4180, and what programs make of it): one document a row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::decode;
use super::draft::{Draft, one_line};
use super::error::{Error, Kind};
use super::options::JsonFields;
use super::reading::{Reading, hash};

/// Hands over one document or error per row; the first row names the columns, which are found by
/// the names of [`JsonFields`] whatever their case.
pub(super) fn read(reading: &mut Reading<'_>, name: &str, reader: &mut dyn BufRead) -> Result<(), Error> {
    let mut head = Vec::new();
    reader.take(64 * 1024).read_to_end(&mut head).map_err(|error| Error::io(name, error))?;
    let encoding = decode::encoding_of(&head);
    let delimiter = delimiter(&head);
    let room = Rc::new(Cell::new(0));
    let limited = Limited { inner: io::Cursor::new(head).chain(reader), room: Rc::clone(&room) };
    let decoded = encoding_rs_io::DecodeReaderBytesBuilder::new().encoding(encoding).strip_bom(true).build(limited);
    let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(decoded);
    let limit = reading.options.max_bytes;
    let mut columns: Option<Columns> = None;
    let mut row = ByteRecord::new();
    let mut number = 0_u64;
    loop {
        // A quotation mark that is never closed makes one row of all the rest.
        room.set(limit.saturating_add(64 * 1024));
        let line = rows.position().line();
        match rows.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let kind = match error.into_kind() {
                    csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<Full>()) => {
                        Kind::LongRow(limit)
                    }
                    csv::ErrorKind::Io(error) => return Err(Error::io(name, error).at_line(line)),
                    _ => Kind::Row,
                };
                return Err(Error::new(name, kind).at_line(line));
            }
        }
        let line = row.position().map_or(line, csv::Position::line);
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns::find(name, &row, &reading.options.fields)?);
            continue;
        };
        number += 1;
        let outcome = columns.document(name, &row, number);
        match outcome {
            Ok((source, draft)) => {
                let raw: Vec<u8> = row.iter().collect::<Vec<_>>().join(&b"\x1f"[..]);
                if let Err(error) = reading.draft_of(&source, draft, hash(&raw)) {
                    reading.give(Err(error.at_line(line)));
                }
            }
            Err(error) => reading.give(Err(error.at_line(line))),
        }
    }
    if number == 0 { Err(Error::new(name, Kind::Empty)) } else { Ok(()) }
}

/// Which column holds what.
struct Columns {
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
    publisher: Option<usize>,
    author: Option<usize>,
    url: Option<usize>,
}

impl Columns {
    fn find(path: &str, header: &ByteRecord, fields: &JsonFields) -> Result<Self, Error> {
        let names: Vec<String> = header.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        let find = |sought: &[String]| {
            sought.iter().find_map(|sought| names.iter().position(|name| name.eq_ignore_ascii_case(sought)))
        };
        let Some(text) = find(&fields.text) else {
            let shown: Vec<String> = names
                .iter()
                .take(12)
                .map(|name| name.chars().take(40).flat_map(char::escape_debug).collect())
                .collect();
            let more = if names.len() > 12 { ", …" } else { "" };
            let has = format!("its columns are {}{more}", shown.join(", "));
            return Err(Error::new(path, Kind::NoTextColumn { has, sought: fields.text.join(", ") }).at_line(1));
        };
        Ok(Self {
            text,
            id: find(&fields.id),
            title: find(&fields.title),
            date: find(&fields.date),
            publisher: find(&fields.publisher),
            author: find(&fields.author),
            url: find(&fields.url),
        })
    }

    /// What the document of a row is called, and its draft.
    fn document(&self, path: &str, row: &ByteRecord, number: u64) -> Result<(String, Draft), Error> {
        let cell = |column: Option<usize>| -> Result<Option<String>, Error> {
            let Some(bytes) = column.and_then(|column| row.get(column)).filter(|bytes| !bytes.trim_ascii().is_empty())
            else {
                return Ok(None);
            };
            decode::decode(path, bytes, None).map(|decoded| Some(decoded.text))
        };
        let id = cell(self.id)?.as_deref().and_then(one_line).unwrap_or_else(|| number.to_string());
        let draft = Draft {
            text: cell(Some(self.text))?.unwrap_or_default(),
            title: cell(self.title)?,
            date: cell(self.date)?,
            publisher: cell(self.publisher)?,
            author: cell(self.author)?,
            url: cell(self.url)?,
            ..Draft::default()
        };
        Ok((format!("{path}#{id}"), draft))
    }
}

/// The sign between the cells of the first line: the one that it has most of.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.iter().filter(|byte| **byte == sign).count();
    [b',', b'\t', b';', b'|']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .filter(|sign| count(*sign) > 0)
        .unwrap_or(b',')
}

/// Reads no more than there is room for.
struct Limited<R> {
    inner: R,
    room: Rc<Cell<u64>>,
}

#[derive(Debug, thiserror::Error)]
#[error("the row is too long")]
struct Full;

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.room.get().checked_sub(read as u64).ok_or_else(|| io::Error::other(Full))?;
        self.room.set(left);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{JsonFields, Options, read_bytes};
    use proptest::prelude::*;

    fn told(name: &str, table: &[u8], options: &Options) -> Vec<String> {
        read_bytes(name, table, options)
            .iter()
            .map(|outcome| match outcome {
                Ok(document) => {
                    format!("{} {:?} {}", document.source, document.text, document.title.as_deref().unwrap_or("-"))
                }
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
            })
            .collect()
    }

    #[test]
    fn rows_are_documents() {
        let options = Options::default();
        for (table, expected) in [
            (
                &b"id,Title,Text\n7,T,\"One, \"\"two\"\".\nThree.\"\n\n,,\"Four.\"\n8,x,\n"[..],
                &[
                    "t.csv#7 \"One, \\\"two\\\".\\nThree.\" T",
                    "t.csv#2 \"Four.\" -",
                    "t.csv#8, line 6: there is no text in it",
                ][..],
            ),
            (
                b"title;text\ncaf\xe9;Sie war im Gef\xe4ngnis von Z\xfcrich.\n",
                &["t.csv#1 \"Sie war im Gefängnis von Zürich.\" café"],
            ),
            (b"\xff\xfet\0e\0x\0t\0\n\0H\0i\0.\0\n\0", &["t.csv#1 \"Hi.\" -"]),
            (b"a,b\n1,2\n", &["t.csv, line 1: no column holds the text (its columns are a, b)"]),
            (b"text\n", &["t.csv: there is no text in it"]),
        ] {
            assert_eq!(told("t.csv", table, &options), expected, "{}", String::from_utf8_lossy(table));
        }
        let other = Options { fields: JsonFields::parse("text=b").unwrap(), ..Options::default() };
        assert_eq!(told("t.tsv", b"a\tb\n1\tTwo.\n", &other), ["t.tsv#1 \"Two.\" -"]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed() {
        let table = format!("text\nOne.\n\"{}", "x\n".repeat(200_000));
        let options = Options { max_bytes: 1000, ..Options::default() };
        let told = told("t.csv", table.as_bytes(), &options);
        assert_eq!(told[0], "t.csv#1 \"One.\" -");
        assert!(told[1].starts_with("t.csv, line 3: a row is longer than the limit of 1000 bytes"), "{told:?}");
        assert_eq!(told.len(), 2);
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), rows in "text[,;\t\n\"a ]{0,60}") {
            told("t.csv", &bytes, &Options::default());
            told("t.csv", rows.as_bytes(), &Options::default());
        }
    }
}
