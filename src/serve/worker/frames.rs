//! An answer in frames: a letter, a length, and as many bytes.
//!
//! `H` head, then any number of `D` data, then `E` end; or `F` failure in the place of any of them.

use std::io::{self, Write};

use super::job::{Failure, Head};

pub(super) const HEAD: u8 = b'H';
pub(super) const DATA: u8 = b'D';
pub(super) const END: u8 = b'E';
pub(super) const FAILURE: u8 = b'F';

/// How much of an answer is kept back: what fits is sent with its length, and can still turn into a failure.
const KEPT: usize = 64 * 1024;

/// Writes the frames of one answer.
pub(super) struct AnswerWriter<W: Write> {
    out: W,
    /// Not sent yet.
    head: Option<Head>,
    kept: Vec<u8>,
}

impl<W: Write> AnswerWriter<W> {
    pub fn new(out: W) -> Self {
        Self { out, head: Some(Head::default()), kept: Vec::new() }
    }

    /// The head, as long as nothing has been sent.
    pub fn head(&mut self) -> Option<&mut Head> {
        self.head.as_mut()
    }

    fn frame(&mut self, letter: u8, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.out.write_all(&[letter])?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(bytes)
    }

    fn send(&mut self, whole: bool) -> io::Result<()> {
        if let Some(mut head) = self.head.take() {
            head.whole = whole;
            self.frame(HEAD, &serde_json::to_vec(&head)?)?;
        }
        let kept = std::mem::take(&mut self.kept);
        if !kept.is_empty() {
            self.frame(DATA, &kept)?;
        }
        Ok(())
    }

    /// Ends the answer; what has not been sent of it is not, where it failed.
    pub fn end(mut self, result: Result<(), Failure>) -> io::Result<()> {
        match result {
            Ok(()) => {
                let whole = self.head.is_some();
                self.send(whole)?;
                self.frame(END, &[])?;
            }
            Err(failure) => self.frame(FAILURE, &serde_json::to_vec(&failure)?)?,
        }
        self.out.flush()
    }
}

impl<W: Write> Write for AnswerWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let some = &bytes[..bytes.len().min(KEPT)];
        self.kept.extend_from_slice(some);
        if self.kept.len() > KEPT {
            self.send(false)?;
            self.out.flush()?;
        }
        Ok(some.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(mut bytes: &[u8]) -> String {
        let mut letters = String::new();
        while let [letter, a, b, c, d, rest @ ..] = bytes {
            letters.push(char::from(*letter));
            bytes = &rest[u32::from_le_bytes([*a, *b, *c, *d]) as usize..];
        }
        letters
    }

    #[test]
    fn a_short_answer_can_still_fail_and_a_long_one_says_so_at_its_end() {
        for (bytes, result, expected) in [
            (10, Ok(()), "HDE"),
            (0, Ok(()), "HE"),
            (10, Err(Failure::new(504, "late")), "F"),
            (KEPT + 1, Ok(()), "HDE"),
            (KEPT + 1, Err(Failure::new(504, "late")), "HDF"),
        ] {
            let mut out = Vec::new();
            let mut writer = AnswerWriter::new(&mut out);
            writer.write_all(&vec![b'x'; bytes]).expect("memory is enough");
            writer.end(result).expect("memory is enough");
            assert_eq!(letters(&out), expected, "{bytes}");
            let whole = String::from_utf8_lossy(&out).contains("\"whole\":true");
            assert_eq!(whole, expected.starts_with("H") && bytes <= KEPT);
        }
    }
}
