//! What the files of models have in common: a header, then a body of sections.
//!
//! | bytes | content |
//! |---|---|
//! | 8 | a mark |
//! | 4 | format version, little-endian like all numbers |
//! | 8 | length of the body |
//! | 32 | SHA-256 of the body |
//! | rest | the body: sections, each after its length in 8 bytes, and numbers |
//!
//! The checksum finds damage, not malice: whoever reads the body checks it again.

use sha2::{Digest, Sha256};

const HEADER: usize = 8 + 4 + 8 + 32;

/// A format of files.
#[derive(Debug)]
pub(super) struct Container {
    pub mark: &'static [u8; 8],
    pub version: u32,
    /// What such a file is called in errors.
    pub what: &'static str,
    /// What it is imported from.
    pub source: &'static str,
}

/// Why a file is not one of a format, or not whole.
#[derive(Debug, thiserror::Error)]
pub(super) enum Damage {
    #[error("not a {what}: it does not begin with the mark \"{mark}\"")]
    Mark { what: &'static str, mark: String },
    #[error("{what} of format {found}; this program reads format {expected}\nhint: import the {source_name} again")]
    Version { what: &'static str, source_name: &'static str, found: u32, expected: u32 },
    #[error("{what} cut short: {expected} bytes announced, {found} found")]
    Truncated { what: &'static str, expected: u64, found: u64 },
    #[error("{what} altered: its SHA-256 does not match its content")]
    Checksum { what: &'static str },
}

impl Container {
    /// The header of a file with this body, and the body's SHA-256 in hexadecimal.
    pub fn header(&self, body: &[u8]) -> (Vec<u8>, String) {
        let digest = Sha256::digest(body);
        let mut header = Vec::with_capacity(HEADER);
        header.extend(self.mark);
        header.extend(self.version.to_le_bytes());
        header.extend((body.len() as u64).to_le_bytes());
        header.extend(digest);
        (header, crate::model::hex(&digest))
    }

    /// The body of a file, and its SHA-256 in hexadecimal.
    pub fn body<'a>(&self, bytes: &'a [u8]) -> Result<(&'a [u8], String), Damage> {
        let what = self.what;
        if !bytes.starts_with(self.mark) {
            return Err(Damage::Mark { what, mark: String::from_utf8_lossy(self.mark).into_owned() });
        }
        let cut = || Damage::Truncated { what, expected: HEADER as u64, found: bytes.len() as u64 };
        let found = bytes[8..].first_chunk().map(|b| u32::from_le_bytes(*b)).ok_or_else(cut)?;
        if found != self.version {
            return Err(Damage::Version { what, source_name: self.source, found, expected: self.version });
        }
        let length = bytes.get(12..).and_then(|b| b.first_chunk()).map(|b| u64::from_le_bytes(*b)).ok_or_else(cut)?;
        let announced = bytes.get(20..HEADER).ok_or_else(cut)?;
        let body = &bytes[HEADER..];
        if body.len() as u64 != length {
            return Err(Damage::Truncated { what, expected: length, found: body.len() as u64 });
        }
        let digest = Sha256::digest(body);
        match digest.as_slice() == announced {
            true => Ok((body, crate::model::hex(&digest))),
            false => Err(Damage::Checksum { what }),
        }
    }
}

/// Adds a section.
pub(super) fn add_section(body: &mut Vec<u8>, section: &[u8]) {
    body.extend((section.len() as u64).to_le_bytes());
    body.extend(section);
}

/// Takes a section off the front; nothing if it is cut short.
pub(super) fn section<'a>(body: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = body.split_first_chunk()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (section, rest) = rest.split_at_checked(length)?;
    *body = rest;
    Some(section)
}
