//! E-mail (RFC 5322, MIME: RFC 2045 to 2049): the message and what is attached to it.

use std::io::Cursor;
use std::path::Path;

use mailparse::{DispositionType, MailHeaderMap, ParsedMail};

use super::archive::entry_name;
use super::draft::{Draft, one_line};
use super::error::{Error, Kind};
use super::format::Format;
use super::reading::{Entry, Reading, hash};
use super::{decode, html};

/// Hands over the message, then its attachments that are documents.
pub(super) fn read(reading: &mut Reading<'_>, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let mail = mailparse::parse_mail(bytes).map_err(|error| Error::new(name, Kind::Mail(error)))?;
    let mut attached = Vec::new();
    let text = words(name, &mail, &mut attached)?;
    let header = |field: &str| mail.headers.get_first_value(field).and_then(|value| one_line(&value));
    let draft = Draft {
        text: text.unwrap_or_default(),
        title: header("Subject"),
        date: header("Date"),
        author: header("From").map(|from| sender(&from)),
        url: header("Content-Location").or_else(|| header("Snapshot-Content-Location")),
        ..Draft::default()
    };
    let is_empty = draft.text.trim().is_empty();
    if !is_empty || attached.is_empty() {
        reading.draft_of(name, draft, hash(bytes)).unwrap_or_else(|error| reading.give(Err(error)));
    }
    for (number, part) in attached.into_iter().enumerate() {
        let file = file_name(part).unwrap_or_else(|| format!("{}", number + 1));
        let entry = Entry {
            name: entry_name(name, &file.replace(['/', '\\'], "_")),
            named: named(part),
            charset: part.ctype.params.get("charset").cloned(),
            url: None,
        };
        let outcome = match part.get_body_raw() {
            Ok(body) => reading.inside(name, |reading| reading.stream(&entry, &mut Cursor::new(body), None)),
            Err(error) => Err(Error::new(entry.name, Kind::Mail(error))),
        };
        if let Err(error) = outcome {
            reading.give(Err(error));
        }
        if reading.budget.is_spent() {
            return Ok(());
        }
    }
    Ok(())
}

/// The name of a sender, or the address where there is none.
fn sender(from: &str) -> String {
    let first = mailparse::addrparse(from).ok().and_then(|list| list.first().cloned());
    match first {
        Some(mailparse::MailAddr::Single(one)) => one.display_name.unwrap_or(one.addr),
        Some(mailparse::MailAddr::Group(group)) => group.group_name,
        None => from.to_owned(),
    }
}

fn file_name(part: &ParsedMail<'_>) -> Option<String> {
    let named = part.get_content_disposition().params.get("filename").or(part.ctype.params.get("name")).cloned();
    named.as_deref().and_then(one_line)
}

/// The format of an attachment, by its name or its media type.
fn named(part: &ParsedMail<'_>) -> Option<Format> {
    let by_name = file_name(part).and_then(|name| Format::known(Path::new(&name)));
    by_name.or_else(|| Format::of_media(&part.ctype.mimetype))
}

/// The text of a part; of alternatives the plain one. Attachments are put aside.
fn words<'a>(
    name: &str,
    part: &'a ParsedMail<'a>,
    attached: &mut Vec<&'a ParsedMail<'a>>,
) -> Result<Option<String>, Error> {
    let kind = part.ctype.mimetype.as_str();
    if kind == "multipart/alternative" {
        let mut best: Option<String> = None;
        for inner in &part.subparts {
            let text = words(name, inner, attached)?.filter(|text| !text.trim().is_empty());
            if text.is_some() && (best.is_none() || inner.ctype.mimetype == "text/plain") {
                best = text;
            }
        }
        return Ok(best);
    }
    if !part.subparts.is_empty() {
        let mut texts = Vec::new();
        for inner in &part.subparts {
            texts.extend(words(name, inner, attached)?.filter(|text| !text.trim().is_empty()));
        }
        return Ok((!texts.is_empty()).then(|| texts.join("\n\n")));
    }
    let is_attached =
        part.get_content_disposition().disposition == DispositionType::Attachment || file_name(part).is_some();
    if is_attached || !matches!(kind, "text/plain" | "text/html") {
        if named(part).is_some() {
            attached.push(part);
        }
        return Ok(None);
    }
    let bytes = part.get_body_raw().map_err(|error| Error::new(name, Kind::Mail(error)))?;
    // US-ASCII is what stands where nobody has chosen.
    let charset = part
        .ctype
        .params
        .get("charset")
        .map(String::as_str)
        .filter(|charset| !charset.eq_ignore_ascii_case("us-ascii"));
    let text = decode::decode(name, &bytes, charset)?.text;
    if kind == "text/html" {
        return html::fragment_text(name, &text).map(Some);
    }
    let has =
        |key: &str, value: &str| part.ctype.params.get(key).is_some_and(|found| found.eq_ignore_ascii_case(value));
    Ok(Some(if has("format", "flowed") { flowed(&text, has("delsp", "yes")) } else { text }))
}

/// Lines that end with a space go on in the next (RFC 3676).
fn flowed(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        // A space was put before lines that could be taken for something else.
        let line = line.strip_prefix(' ').unwrap_or(line);
        let goes_on = line.ends_with(' ') && line != "-- ";
        out.push_str(if goes_on && delete_space { &line[..line.len() - 1] } else { line });
        if !goes_on {
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Options, read_bytes};
    use proptest::prelude::*;

    fn told(mail: &str) -> Vec<String> {
        read_bytes("m.eml", mail.as_bytes(), &Options::default())
            .iter()
            .map(|outcome| match outcome {
                Ok(document) => format!("{} {:?}", document.source, document.text),
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
            })
            .collect()
    }

    #[test]
    fn head_of_a_message() {
        let mail = "From: =?utf-8?q?Mona_Na=C3=AFm?= <mona@example.org>\r\nDate: Mon, 9 Dec 2024 23:10:00 +0300\r\n\
            Subject: =?windows-1256?B?08zk?= opened\r\n  today\r\nContent-Type: text/plain; charset=windows-1252\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nHe was freed=2C she said =97 at the caf=E9=\r\n of Homs.\r\n";
        let document = read_bytes("m.eml", mail.as_bytes(), &Options::default()).remove(0).unwrap();
        assert_eq!(document.title.as_deref(), Some("سجن opened today"));
        assert_eq!(document.author.as_deref(), Some("Mona Naïm"));
        assert_eq!(document.published.unwrap().earliest.unwrap().to_string(), "2024-12-09");
        assert_eq!(document.text, "He was freed, she said — at the café of Homs.\n");
    }

    #[test]
    fn parts_of_a_message() {
        let mail = "From: a@b.c\nTo: d@e.f\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=X\n\n--X\n\
            Content-Type: multipart/alternative; boundary=Y\n\n--Y\nContent-Type: text/html\n\n<p>Web</p>\n--Y\n\
            Content-Type: text/plain; format=flowed\n\nOne line \nthat goes on.\n-- \nMe\n--Y--\n--X\n\
            Content-Type: text/html; name=\"../r.html\"\nContent-Disposition: attachment; filename=\"../r.html\"\n\
            Content-Transfer-Encoding: base64\n\nPHA+QXR0YWNoZWQgcmVwb3J0LjwvcD4=\n--X\nContent-Type: image/png; name=x.png\n\nzzz\n--X--\n";
        assert_eq!(
            told(mail),
            ["m.eml \"One line that goes on.\\n-- \\nMe\"", "m.eml!/.._r.html \"Attached report.\""]
        );
    }

    proptest! {
        #[test]
        fn any_message_never_panics(lines in prop::collection::vec("(From: a|Subject: =\\?utf-8\\?[qb]\\?[a=]{0,9}\\?=|Content-Type: (multipart/mixed; boundary=X|text/html; charset=zz)|Content-Transfer-Encoding: (base64|quoted-printable)|--X|--X--|[ -~]{0,20}|)", 0..20)) {
            told(&format!("From: a\nTo: b\nSubject: c\n{}", lines.join("\n")));
        }
    }
}
