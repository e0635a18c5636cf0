//! Mailboxes of the mbox family (RFC 4155): messages one after another.

use std::io::{self, BufRead};

use super::error::{Error, Kind};
use super::format::envelope;
use super::lines::{Line, next_line};
use super::mail;
use super::reading::Reading;

/// Hands over each message with its attachments; never more than one message is held.
pub(super) fn read(reading: &mut Reading<'_>, name: &str, reader: &mut dyn BufRead) -> Result<(), Error> {
    let limit = reading.options.carrier();
    let mut message = Message { name, limit, number: 0, begins: 1, bytes: Vec::new(), length: 0 };
    let mut line = Vec::new();
    let mut after_blank = true;
    for number in 1_u64.. {
        match next_line(reader, &mut line, limit).map_err(|error: io::Error| Error::io(name, error).at_line(number))? {
            Line::End => break,
            Line::TooLong { length } => message.length = message.length.saturating_add(length),
            Line::Here => {
                if after_blank && is_envelope(&line) {
                    message.give(reading);
                    message.begins = number;
                    after_blank = false;
                    if reading.budget.is_spent() {
                        return Ok(());
                    }
                    continue;
                }
                after_blank = line.is_empty() || line == b"\r";
                message.push(unquoted(&line));
            }
        }
    }
    message.give(reading);
    if message.number == 0 { Err(Error::new(name, Kind::Empty)) } else { Ok(()) }
}

/// Whether a line stands before a message.
fn is_envelope(line: &[u8]) -> bool {
    line.starts_with(b"From ") && envelope(&[line, b"\n"].concat()).is_some()
}

/// A line without the sign that kept it from being taken for the start of a message.
fn unquoted(line: &[u8]) -> &[u8] {
    let signs = line.iter().take_while(|byte| **byte == b'>').count();
    if signs > 0 && line[signs..].starts_with(b"From ") { &line[1..] } else { line }
}

struct Message<'a> {
    name: &'a str,
    limit: u64,
    number: u64,
    begins: u64,
    bytes: Vec<u8>,
    length: u64,
}

impl Message<'_> {
    fn push(&mut self, line: &[u8]) {
        self.length = self.length.saturating_add(line.len() as u64 + 1);
        if self.length <= self.limit {
            self.bytes.extend_from_slice(line);
            self.bytes.push(b'\n');
        } else {
            self.bytes = Vec::new();
        }
    }

    /// Hands over what has been gathered.
    fn give(&mut self, reading: &mut Reading<'_>) {
        let (bytes, length) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.length));
        if length == 0 {
            return;
        }
        self.number += 1;
        let id = message_id(&bytes).unwrap_or_else(|| self.number.to_string());
        let name = format!("{}#{id}", self.name);
        let outcome = if length > self.limit {
            Err(Error::new(name, Kind::TooLarge { size: Some(length), limit: self.limit }))
        } else {
            mail::read(reading, &name, &bytes)
        };
        if let Err(error) = outcome {
            reading.give(Err(error.at_line(self.begins)));
        }
    }
}

/// What stands between the brackets of `Message-ID`.
fn message_id(bytes: &[u8]) -> Option<String> {
    let (headers, _) = mailparse::parse_headers(bytes).ok()?;
    let value = headers.iter().find(|header| header.get_key_ref().eq_ignore_ascii_case("Message-ID"))?.get_value();
    let id = value.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let fits = !id.is_empty() && id.len() <= 250 && id.chars().all(|letter| letter.is_ascii_graphic());
    fits.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Options, read_bytes};

    #[test]
    fn messages_of_a_mailbox() {
        let mbox = "From a@b.c Mon Dec  9 10:00:00 2024\nFrom: a@b.c\nSubject: One\nMessage-ID: <1@b.c>\n\nFirst.\n>From here on.\n\n\
            From a@b.c Mon Dec  9 11:00:00 2024\nFrom: a@b.c\nSubject: Two\n\nSecond.\nFrom the prison they went home at 10:00.\n\n\
            From a@b.c Mon Dec  9 12:00:00 2024\nFrom: a@b.c\nSubject: Three\n\n\n";
        let told: Vec<String> = read_bytes("box", mbox.as_bytes(), &Options::default())
            .iter()
            .map(|outcome| match outcome {
                Ok(document) => format!(
                    "{} {:?} {:?}",
                    document.source,
                    document.title.as_deref().unwrap_or_default(),
                    document.text
                ),
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
            })
            .collect();
        assert_eq!(
            told,
            [
                "box#1@b.c \"One\" \"First.\\nFrom here on.\\n\\n\"",
                "box#2 \"Two\" \"Second.\\nFrom the prison they went home at 10:00.\\n\\n\"",
                "box#3: there is no text in it",
            ]
        );
    }
}
