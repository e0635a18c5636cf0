//! The file format `*.isnad-model`: a header, the pipeline as JSON, the weights.
//!
//! | bytes | content |
//! |---|---|
//! | 8 | `isnadmdl` |
//! | 4 | format version, little-endian like all numbers |
//! | 8 | length of the body |
//! | 32 | SHA-256 of the body |
//! | 8 + n | length and text of the pipeline (JSON) |
//! | 8 + n | length and text of the list of tensors: name, shape, precision (JSON) |
//! | rest | the tensors' numbers, one after the other |
//!
//! The checksum finds damage, not malice: all sizes are checked again when the layers are built.

use std::io::Write;

use half::f16;
use half::slice::HalfFloatSliceExt;
use serde::{Deserialize, Serialize};

use super::error::{Error, Kind, Result};
use super::pipeline::Pipeline;
use super::tensor::{Tensor, Tensors};
use crate::language::container::{Container, add_section, section};

const CONTAINER: Container = Container { mark: b"isnadmdl", version: 2, what: "model file", source: "pipeline" };

/// Weights that keep 32 bits whatever is asked for: a ninth of them, and half of the differences.
const EXACT: [&str; 5] = [".mix.", ".reduce.", ".lower.", ".upper.", ".output."];

/// How weights are stored: embeddings, word vectors and the layers of the encoder. What is small, and
/// what mixes features or gives scores, keeps 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 16 bits: little more than half the size, about one token in ten thousand analysed differently.
    #[default]
    F16,
    /// 32 bits, as trained.
    F32,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    precision: Precision,
}

/// Writes a model; returns the SHA-256 of the body, in hexadecimal.
pub(super) fn write(
    pipeline: &Pipeline,
    tensors: &Tensors,
    precision: Precision,
    out: &mut impl Write,
) -> Result<String> {
    let (mut entries, mut numbers) = (Vec::new(), Vec::new());
    for (name, tensor) in &tensors.0 {
        let halves = tensor.data.iter().all(|&x| f16::from_f32(x).is_finite());
        let decides = EXACT.iter().any(|part| name.contains(part));
        let precision = if decides || tensor.data.len() < 4096 || !halves { Precision::F32 } else { precision };
        match precision {
            Precision::F16 => numbers.extend(tensor.data.iter().flat_map(|&x| f16::from_f32(x).to_le_bytes())),
            Precision::F32 => numbers.extend(tensor.data.iter().flat_map(|x| x.to_le_bytes())),
        }
        entries.push(Entry { name: name.clone(), shape: tensor.shape.clone(), precision });
    }
    let mut body = Vec::with_capacity(numbers.len() + (1 << 21));
    for section in [serde_json::to_vec(pipeline), serde_json::to_vec(&entries)] {
        let section = section.map_err(Error::content)?;
        add_section(&mut body, &section);
    }
    body.extend(numbers);
    let (header, digest) = CONTAINER.header(&body);
    out.write_all(&header).and_then(|()| out.write_all(&body)).map_err(Kind::Write)?;
    Ok(digest)
}

/// Reads what [`write`] has written.
pub(super) fn read(bytes: &[u8]) -> Result<(Pipeline, Tensors)> {
    let (mut body, _) = CONTAINER.body(bytes).map_err(Kind::from)?;
    let cut = || Error::content("a section is cut short");
    let pipeline = serde_json::from_slice(section(&mut body).ok_or_else(cut)?).map_err(Error::content)?;
    let entries: Vec<Entry> = serde_json::from_slice(section(&mut body).ok_or_else(cut)?).map_err(Error::content)?;
    let mut tensors = Tensors::default();
    for Entry { name, shape, precision } in entries {
        let length = shape.iter().try_fold(1usize, |length, &side| length.checked_mul(side));
        let size = match precision {
            Precision::F16 => 2,
            Precision::F32 => 4,
        };
        let taken = length.and_then(|length| length.checked_mul(size)).and_then(|size| body.split_at_checked(size));
        let Some((numbers, rest)) = taken else {
            return Err(Error::content(format!("the numbers of {name} are missing")));
        };
        body = rest;
        let data = match precision {
            Precision::F16 => {
                let halves: Vec<f16> = numbers.as_chunks::<2>().0.iter().map(|b| f16::from_le_bytes(*b)).collect();
                halves.to_f32_vec()
            }
            Precision::F32 => numbers.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
        };
        let tensor = Tensor::new(shape, data).ok_or_else(|| Error::content(format!("{name} is not finite")))?;
        tensors.insert(name, tensor);
    }
    match body.is_empty() {
        true => Ok((pipeline, tensors)),
        false => Err(Error::content(format!("{} bytes after the weights", body.len()))),
    }
}
