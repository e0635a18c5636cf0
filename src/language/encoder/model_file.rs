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

use super::error::{Error, Kind, Result};
use super::spec::Spec;
use super::tensors::{Form, Tensor, Tensors};
use crate::language::container::{Container, add_section, section};

pub(super) const CONTAINER: Container =
    Container { mark: b"isnadenc", version: 1, what: "names model", source: "export" };

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
        add_section(&mut body, &section);
    }
    for tensor in tensors.0.values() {
        body.extend(&*tensor.bytes);
    }
    let (mut file, _) = CONTAINER.header(&body);
    file.extend(body);
    Ok(file)
}

/// Reads what [`write`] has written; also gives the SHA-256 of the body, in hexadecimal.
pub(super) fn read(bytes: &[u8]) -> Result<(Spec, Tensors<'_>, String)> {
    let (mut body, digest) = CONTAINER.body(bytes).map_err(Kind::from)?;
    let cut = || Error::content("a section is cut short");
    let spec: Spec = serde_json::from_slice(section(&mut body).ok_or_else(cut)?).map_err(Error::content)?;
    spec.check()?;
    let entries: Vec<Entry> = serde_json::from_slice(section(&mut body).ok_or_else(cut)?).map_err(Error::content)?;
    let mut tensors = Tensors::default();
    for Entry { name, rows, width, form } in entries {
        let Some((numbers, rest)) = Tensor::size(rows, width, form).and_then(|size| body.split_at_checked(size)) else {
            return Err(Error::content(format!("the numbers of {name} are missing")));
        };
        body = rest;
        tensors.0.insert(name, Tensor { rows, width, form, bytes: numbers.into() });
    }
    match body.is_empty() {
        true => Ok((spec, tensors, digest)),
        false => Err(Error::content(format!("{} bytes after the weights", body.len()))),
    }
}
