//! Web archives (ISO 28500, <https://iipc.github.io/warc-specifications/>): the pages that were fetched.

use std::io::{BufRead, Cursor, Read};
use std::rc::Rc;

use super::budget::Unpacked;
use super::error::{Error, Kind};
use super::format::Format;
use super::lines::{Line, next_line};
use super::reading::{Entry, Reading};

/// The longest line of a head, and the most bytes of one, that are read.
const LINE: u64 = 64 * 1024;
const LINES: usize = 1000;

/// Fields by lower-case name.
struct Head(Vec<(String, String)>);

impl Head {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Reads lines `Name: value` up to an empty one.
    fn read(reader: &mut dyn BufRead) -> std::io::Result<Self> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut line = Vec::new();
        for _ in 0..LINES {
            match next_line(reader, &mut line, LINE)? {
                Line::End => break,
                Line::TooLong { .. } => continue,
                Line::Here => {}
            }
            let text = String::from_utf8_lossy(&line);
            if text.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = text.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Ok(Self(fields))
    }
}

/// Hands over the documents among the records of an archive; never more than one record is held.
pub(super) fn read(reading: &mut Reading<'_>, name: &str, reader: &mut dyn BufRead) -> Result<(), Error> {
    let mut any = false;
    let mut line = Vec::new();
    let io = |error| Error::io(name, error);
    loop {
        match next_line(reader, &mut line, LINE).map_err(io)? {
            Line::End => break,
            Line::Here if line.trim_ascii().is_empty() => continue,
            Line::Here if line.starts_with(b"WARC/") => {}
            Line::Here | Line::TooLong { .. } => return Err(Error::new(name, Kind::WarcRecord)),
        }
        let head = Head::read(reader).map_err(io)?;
        let length: u64 = head
            .get("content-length")
            .and_then(|length| length.parse().ok())
            .ok_or_else(|| Error::new(name, Kind::WarcRecord))?;
        let mut block = reader.take(length);
        if let Some(entry) = wanted(name, &head) {
            match record(reading, &head, entry, &mut block) {
                Ok(read) => any |= read,
                Err(error) => {
                    any = true;
                    reading.give(Err(error));
                }
            }
        }
        std::io::copy(&mut block, &mut std::io::sink()).map_err(io)?;
        if block.limit() > 0 {
            return Err(Error::new(name, Kind::Cut));
        }
        if reading.budget.is_spent() {
            return Ok(());
        }
    }
    if any { Ok(()) } else { Err(Error::new(name, Kind::NoDocuments)) }
}

/// The entry of a record that may hold a document.
fn wanted(archive: &str, head: &Head) -> Option<Entry> {
    let kind = head.get("warc-type")?;
    if !matches!(kind, "response" | "resource" | "conversion") {
        return None;
    }
    let url = head.get("warc-target-uri")?.trim_start_matches('<').trim_end_matches('>');
    if url.starts_with("dns:") || url.ends_with("/robots.txt") {
        return None;
    }
    let id: String = url.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect();
    Some(Entry { name: format!("{archive}#{id}"), url: Some(id), ..Entry::default() })
}

/// Reads one record; false where it holds something that is no document.
fn record(reading: &mut Reading<'_>, head: &Head, mut entry: Entry, block: &mut dyn BufRead) -> Result<bool, Error> {
    let io = |error| Error::io(entry.name.clone(), error);
    if head.get("warc-type") != Some("response") {
        return document(reading, head.get("content-type"), entry, block);
    }
    let mut status = Vec::new();
    next_line(block, &mut status, LINE).map_err(io)?;
    let is_ok = String::from_utf8_lossy(&status).split_whitespace().nth(1).is_some_and(|code| code == "200");
    let http = Head::read(block).map_err(io)?;
    let media = http.get("content-type");
    if !is_ok || media.is_some_and(|media| kind(media).is_none()) {
        return Ok(false);
    }
    entry.charset = media.and_then(charset);
    let limit = reading.options.carrier();
    let mut body = reading.whole(&entry.name, block, limit)?;
    if http.get("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        body = unchunked(&body).unwrap_or(body);
    }
    let coding = http.get("content-encoding").unwrap_or("identity").to_ascii_lowercase();
    let mut unpacked = Vec::new();
    let mut unpack = |reader: &mut dyn Read| {
        Unpacked(reader, Rc::clone(&reading.budget))
            .take(limit)
            .read_to_end(&mut unpacked)
            .map_err(|error| Error::io(entry.name.clone(), error))
    };
    match coding.as_str() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            unpack(&mut flate2::read::MultiGzDecoder::new(&body[..]))?;
            body = unpacked;
        }
        "deflate" if body.first() == Some(&0x78) => {
            unpack(&mut flate2::read::ZlibDecoder::new(&body[..]))?;
            body = unpacked;
        }
        // Some tools keep the field and store the body unpacked.
        "br" | "zstd" if !body.starts_with(b"<") => return Err(Error::new(entry.name, Kind::Coding(coding))),
        _ => {}
    }
    document(reading, media, entry, &mut Cursor::new(body))
}

fn document(
    reading: &mut Reading<'_>,
    media: Option<&str>,
    mut entry: Entry,
    body: &mut dyn BufRead,
) -> Result<bool, Error> {
    if media.is_some_and(|media| kind(media).is_none()) {
        return Ok(false);
    }
    entry.named = media.and_then(kind);
    reading.stream(&entry, body, None).map(|()| true)
}

/// The format of a media type that may be a document of its own. Data that pages load is not.
fn kind(media: &str) -> Option<Format> {
    Format::of_media(media).filter(|format| {
        !matches!(format, Format::Json | Format::JsonLines | Format::Table | Format::Xml | Format::Gzip)
    })
}

fn charset(media: &str) -> Option<String> {
    let at = media.to_ascii_lowercase().find("charset=")?;
    let value = media[at + 8..].split(';').next()?;
    Some(value.trim().trim_matches('"').to_owned())
}

/// A body sent in chunks (RFC 9112, 7.1), put together.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Options, read_bytes};
    use std::io::Write;

    fn entry(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
        let mut out = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        )
        .into_bytes();
        out.extend_from_slice(block);
        out.extend_from_slice(b"\r\n\r\n");
        out
    }

    fn told(warc: &[u8]) -> Vec<String> {
        read_bytes("c.warc", warc, &Options::default())
            .iter()
            .map(|outcome| match outcome {
                Ok(document) => {
                    format!("{} {:?} {}", document.source, document.text, document.url.as_deref().unwrap_or("-"))
                }
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
            })
            .collect()
    }

    #[test]
    fn pages_of_an_archive() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(b"<html><p>Packed page.</p></html>").unwrap();
        let mut gzip = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        gzip.extend(packed.finish().unwrap());
        let warc = [
            entry("warcinfo", "", b"software: x\r\n"),
            entry("request", "https://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
            entry("response", "https://a.example/1", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n<html><p>caf\xe9 in Hama</p></html>"),
            entry("response", "https://a.example/2", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone</p>"),
            entry("response", "https://a.example/3", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\nc\r\n<p>Two</p>xx\r\n0\r\n\r\n"),
            entry("response", "https://a.example/4.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
            entry("response", "https://a.example/5", &gzip),
            entry("conversion", "https://a.example/6", b"Plain words.")
        ];
        assert_eq!(
            told(&warc.concat()),
            [
                "c.warc#https://a.example/1 \"café in Hama\" https://a.example/1",
                "c.warc#https://a.example/3 \"Two\\n\\nxx\" https://a.example/3",
                "c.warc#https://a.example/5 \"Packed page.\" https://a.example/5",
                "c.warc#https://a.example/6 \"Plain words.\" https://a.example/6",
            ]
        );
        let cut = &warc[2][..warc[2].len() - 20];
        assert!(told(cut).last().unwrap().contains("cut off"), "{:?}", told(cut));
        assert!(told(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")[0].contains("record"));
    }
}
