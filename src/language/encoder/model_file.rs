//! The file format `*.isnad-encoder`: a header, the description as JSON, the weights.
//!
//! | bytes | content |
//! |---|---|
//! | 8 | `isnadenc` |
//! | 4 | format version, little-endian like all numbers |
//! | 8 | length of the body |
//! | 32 | SHA-256 of the body |
//! | 8 + n | length and text of the description (JSON) |
//! | 8 + n | length and text of the list of arrays: name, rows, width, form (JSON) |
//! | rest | the arrays' numbers, one after the other |
//!
//! The checksum finds damage, not malice: all sizes are checked again when the layers are built.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::{Error, Kind, Result};
use super::spec::Spec;
use super::tensors::{Form, Tensor, Tensors};

pub(super) const MARK: &[u8; 8] = b"isnadenc";
const VERSION: u32 = 1;
const HEADER: usize = 8 + 4 + 8 + 32;

#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    rows: usize,
    width: usize,
    form: Form,
}

/// The bytes of a model.
pub(super) fn write(spec: &Spec, tensors: &Tensors<'_>) -> Result<Vec<u8>> {
    let entry =
        |(name, t): (&String, &Tensor<'_>)| Entry { name: name.clone(), rows: t.rows, width: t.width, form: t.form };
    let entries: Vec<Entry> = tensors.0.iter().map(entry).collect();
    let mut body = Vec::new();
    for section in [serde_json::to_vec(spec), serde_json::to_vec(&entries)] {
        let section = section.map_err(Error::content)?;
        body.extend((section.len() as u64).to_le_bytes());
        body.extend(section);
    }
    for tensor in tensors.0.values() {
        body.extend(&*tensor.bytes);
    }
    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend(MARK);
    file.extend(VERSION.to_le_bytes());
    file.extend((body.len() as u64).to_le_bytes());
    file.extend(Sha256::digest(&body));
    file.extend(body);
    Ok(file)
}

/// Reads what [`write`] has written; also gives the SHA-256 of the body, in hexadecimal.
pub(super) fn read(bytes: &[u8]) -> Result<(Spec, Tensors<'_>, String)> {
    if !bytes.starts_with(MARK) {
        return Err(Kind::Mark.into());
    }
    let cut = || Kind::Truncated { expected: HEADER as u64, found: bytes.len() as u64 };
    let version = bytes[8..].first_chunk().map(|b| u32::from_le_bytes(*b)).ok_or_else(cut)?;
    if version != VERSION {
        return Err(Kind::Version { found: version, expected: VERSION }.into());
    }
    let length = bytes.get(12..).and_then(|b| b.first_chunk()).map(|b| u64::from_le_bytes(*b)).ok_or_else(cut)?;
    let announced = bytes.get(20..HEADER).ok_or_else(cut)?;
    let mut body = &bytes[HEADER..];
    if body.len() as u64 != length {
        return Err(Kind::Truncated { expected: length, found: body.len() as u64 }.into());
    }
    let digest = Sha256::digest(body);
    if digest.as_slice() != announced {
        return Err(Kind::Checksum.into());
    }
    let spec: Spec = serde_json::from_slice(section(&mut body)?).map_err(Error::content)?;
    spec.check()?;
    let entries: Vec<Entry> = serde_json::from_slice(section(&mut body)?).map_err(Error::content)?;
    let mut tensors = Tensors::default();
    for Entry { name, rows, width, form } in entries {
        let Some((numbers, rest)) = Tensor::size(rows, width, form).and_then(|size| body.split_at_checked(size)) else {
            return Err(Error::content(format!("the numbers of {name} are missing")));
        };
        body = rest;
        tensors.0.insert(name, Tensor { rows, width, form, bytes: numbers.into() });
    }
    match body.is_empty() {
        true => Ok((spec, tensors, digest.iter().map(|byte| format!("{byte:02x}")).collect())),
        false => Err(Error::content(format!("{} bytes after the weights", body.len()))),
    }
}

/// Takes a section off the front.
fn section<'a>(body: &mut &'a [u8]) -> Result<&'a [u8]> {
    let cut = || Error::content("a section is cut short");
    let (length, rest) = body.split_first_chunk().ok_or_else(cut)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
    let (section, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
    *body = rest;
    Ok(section)
}
