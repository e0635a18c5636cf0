//! Which format a stream is in: by how it begins, then by its name.

use std::path::Path;

use super::error::{Error, Kind};

/// As much of a stream as is looked at.
pub(super) const HEAD: usize = 4096;

/// What a stream can be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Rtf,
    Pdf,
    /// A ZIP archive: Word, OpenDocument and EPUB files are such, which their contents tell.
    Zip,
    Gzip,
    Tar,
    JsonLines,
    Json,
    /// Values separated by commas, semicolons or tabs.
    Table,
    Mail,
    Mbox,
    /// RSS, Atom, or another XML format that is told apart when it is read.
    Xml,
    Warc,
}

/// Extensions and media types. The first extension of a format is not special.
const KNOWN: &[(Format, &[&str], &[&str])] = &[
    (Format::Text, &["txt", "text"], &["text/plain"]),
    (Format::Markdown, &["md", "markdown"], &["text/markdown"]),
    (Format::Html, &["html", "htm", "xhtml"], &["text/html", "application/xhtml+xml"]),
    (Format::Rtf, &["rtf"], &["application/rtf", "text/rtf"]),
    (Format::Pdf, &["pdf"], &["application/pdf"]),
    (
        Format::Zip,
        &["zip", "docx", "docm", "dotx", "odt", "ott", "epub"],
        &[
            "application/zip",
            "application/epub+zip",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ],
    ),
    (Format::Gzip, &["gz", "tgz"], &["application/gzip"]),
    (Format::Tar, &["tar"], &["application/x-tar"]),
    (Format::JsonLines, &["jsonl", "ndjson"], &["application/x-ndjson"]),
    (Format::Json, &["json"], &["application/json"]),
    (Format::Table, &["csv", "tsv"], &["text/csv", "text/tab-separated-values"]),
    (Format::Mail, &["eml", "mht", "mhtml"], &["message/rfc822"]),
    (Format::Mbox, &["mbox"], &["application/mbox"]),
    (Format::Xml, &["xml", "rss", "atom"], &["application/rss+xml", "application/atom+xml", "text/xml"]),
    (Format::Warc, &["warc"], &["application/warc"]),
];

/// Files that are often handed over by mistake, by their first bytes.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"\xd0\xcf\x11\xe0", "an old or encrypted office document", "save it without a password as .docx or .odt"),
    (b"\x28\xb5\x2f\xfd", "Zstandard", "unpack it with `unzstd`"),
    (b"BZh", "bzip2", "unpack it with `bunzip2`"),
    (b"\xfd7zXZ\0", "xz", "unpack it with `unxz`"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it with `7z x`"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it with `unrar x`"),
    (b"\x89PNG", "a PNG image", "leave it out"),
    (b"\xff\xd8\xff", "a JPEG image", "leave it out"),
    (b"GIF8", "a GIF image", "leave it out"),
];

impl Format {
    /// The format of a known extension.
    pub fn known(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        KNOWN.iter().find(|(_, extensions, _)| extensions.contains(&extension.as_str())).map(|(format, ..)| *format)
    }

    /// The format of a media type such as `text/html; charset=utf-8`.
    pub fn of_media(media: &str) -> Option<Self> {
        let essence = media.split(';').next()?.trim().to_ascii_lowercase();
        KNOWN.iter().find(|(_, _, types)| types.contains(&essence.as_str())).map(|(format, ..)| *format)
    }

    /// The format that bytes can only be in, whatever they are called.
    pub fn certain(head: &[u8]) -> Option<Self> {
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        if head[..head.len().min(1024)].windows(5).any(|bytes| bytes == b"%PDF-") && !begins(b"<") {
            return Some(Self::Pdf);
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Some(Self::Zip);
        }
        if head.starts_with(b"\x1f\x8b") {
            return Some(Self::Gzip);
        }
        if head.get(257..262) == Some(b"ustar") {
            return Some(Self::Tar);
        }
        if begins(b"{\\rtf") {
            return Some(Self::Rtf);
        }
        if begins(b"WARC/1.") || begins(b"WARC/0.") {
            return Some(Self::Warc);
        }
        if begins(b"<!doctype html") || begins(b"<html") {
            return Some(Self::Html);
        }
        if begins(b"<?xml") || begins(b"<rss") || begins(b"<feed") || begins(b"<rdf:RDF") {
            return Some(if is_xhtml(text) { Self::Html } else { Self::Xml });
        }
        if envelope(head).is_some_and(|rest| headers(rest) >= 2) {
            return Some(Self::Mbox);
        }
        (headers(head) >= 3).then_some(Self::Mail)
    }

    /// The format of a stream that begins with `head`; `named` is what its name says.
    ///
    /// # Errors
    /// If it is of a kind that is known not to be text.
    pub fn of(path: &str, head: &[u8], named: Option<Self>) -> Result<Self, Error> {
        if let Some(format) = Self::certain(head) {
            // Any Markdown or table may begin with a tag or with lines that look like headers.
            let weak = matches!(format, Self::Html | Self::Xml | Self::Mail);
            let own = matches!(named, Some(Self::Markdown | Self::Table));
            return Ok(named.filter(|_| weak && own).unwrap_or(format));
        }
        if let Some((_, name, hint)) = OTHERS.iter().find(|(signature, ..)| head.starts_with(signature)) {
            return Err(Error::new(path, Kind::Binary(name, hint)));
        }
        Ok(match named {
            // What must begin in a way of its own and does not is whatever it looks like.
            Some(Self::Rtf | Self::Pdf | Self::Zip | Self::Gzip | Self::Warc) => {
                return Err(Error::new(path, Kind::Misnamed));
            }
            Some(format) => format,
            None => Self::guessed(head),
        })
    }

    /// The format of a stream without a name.
    fn guessed(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let list = head.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
        if head.starts_with(b"{") {
            Self::JsonLines
        } else if list.is_some_and(|list| list.starts_with(b"{")) {
            Self::Json
        } else {
            Self::Text
        }
    }
}

/// What follows the line `From SENDER … HH:MM … YEAR` that stands before a message in a mailbox (RFC 4155).
pub(super) fn envelope(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = bytes[..end].strip_prefix(b"From ")?;
    let time = |part: &[u8]| part[0].is_ascii_digit() && part[1] == b':' && part[2].is_ascii_digit();
    line.windows(3).any(time).then_some(&bytes[end + 1..])
}

/// Whether the first element of an XML document is `html`.
fn is_xhtml(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    let element = text
        .match_indices('<')
        .map(|(at, _)| &text[at + 1..])
        .find(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    element.is_some_and(|rest| rest.starts_with("html"))
}

/// Fields that only messages have at their head (RFC 5322), among lines of that form.
fn headers(head: &[u8]) -> usize {
    const FIELDS: [&str; 14] = [
        "from",
        "to",
        "date",
        "subject",
        "message-id",
        "received",
        "return-path",
        "mime-version",
        "content-type",
        "delivered-to",
        "reply-to",
        "x-mailer",
        "dkim-signature",
        "cc",
    ];
    let mut known = 0;
    for line in head.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { break };
        if !line[..colon].iter().all(|byte| byte.is_ascii_graphic()) {
            break;
        }
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        known += usize::from(FIELDS.contains(&name.as_str()));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, head: &[u8]) -> Option<Format> {
        Format::of(name, head, Format::known(Path::new(name))).ok()
    }

    #[test]
    fn names() {
        for (name, format) in [
            ("a.txt", Some(Format::Text)),
            ("a.TXT", Some(Format::Text)),
            ("a.log", None),
            ("a", None),
            ("a.md", Some(Format::Markdown)),
            ("a.HTM", Some(Format::Html)),
            ("a.ndjson", Some(Format::JsonLines)),
            ("a.tar.gz", Some(Format::Gzip)),
            ("a.docx", Some(Format::Zip)),
        ] {
            assert_eq!(Format::known(Path::new(name)), format, "{name}");
        }
        assert_eq!(Format::of_media("Text/HTML; charset=x"), Some(Format::Html));
        assert_eq!(Format::of_media("image/png"), None);
    }

    #[test]
    fn what_it_is_counts_more_than_what_it_is_called() {
        for (name, head, format) in [
            ("a.txt", "%PDF-1.7\n", Format::Pdf),
            ("a.pdf", "<!DOCTYPE html><p>Not found", Format::Html),
            ("a.doc", "{\\rtf1\\ansi", Format::Rtf),
            ("a.html", "From: <Saved by Blink>\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\n\r\n", Format::Mail),
            ("inbox", "From me@example.org Mon Dec  9 10:00:00 2024\nFrom: me\nTo: you\n\nHi", Format::Mbox),
            ("-", "{\"text\": 1}", Format::JsonLines),
            ("-", " [ {\"text\": 1}]", Format::Json),
            ("-", "[1] See below", Format::Text),
            ("-", "\u{feff} <!DOCTYPE html>", Format::Html),
            ("-", "<HTML>", Format::Html),
            ("-", "<?xml version='1.0'?><!DOCTYPE html><html>", Format::Html),
            ("-", "<?xml version='1.0'?><rss>", Format::Xml),
            ("-", "<p>", Format::Text),
            ("-", "", Format::Text),
            ("-", "DAMASCUS: calm\nHOMS: calm\n", Format::Text),
            ("a.txt", "From Damascus came news.\nFrom: Homs\nTo: Hama\n", Format::Text),
            ("a.txt", "From Damascus came news of the prison.\n", Format::Text),
            ("a.md", "<html> is a tag", Format::Markdown),
            ("a.csv", "from:,to:\n", Format::Table),
        ] {
            assert_eq!(of(name, head.as_bytes()), Some(format), "{name} {head}");
        }
        for (name, head) in [("a.pdf", "hello"), ("a.docx", "hello"), ("a", "\u{89}PNG"), ("a.txt", "Rar!\x1a\x07")] {
            let head = if head.starts_with('\u{89}') { &b"\x89PNG"[..] } else { head.as_bytes() };
            assert_eq!(of(name, head), None, "{name}");
        }
    }
}
