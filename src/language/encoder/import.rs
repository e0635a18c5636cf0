//! The export of the training scripts → a model file.
//!
//! An export is a folder with `tagger.json` (sizes, labels, pieces, scores, normaliser) and
//! `tagger.safetensors` (weights in 32 bits, word vectors in 4-bit blocks); see `data/models/train`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::error::{Error, Kind, Result};
use super::model_file;
use super::spec::Spec;
use super::tensors::{Form, QUARTER, QUARTER_BYTES, Tensor, Tensors};

const DESCRIPTION: &str = "tagger.json";
const WEIGHTS: &str = "tagger.safetensors";

#[derive(Deserialize)]
struct Export {
    name: String,
    version: String,
    licence: String,
    configuration: Configuration,
    window: usize,
    labels: Vec<String>,
    groups: BTreeMap<String, String>,
    pieces: Vec<String>,
    scores: Vec<f32>,
    normaliser: BTreeMap<char, String>,
}

#[derive(Deserialize)]
struct Configuration {
    hidden: usize,
    layers: usize,
    inner: usize,
    epsilon: f32,
    bos: u32,
    eos: u32,
    unk: u32,
}

/// Where an array lies in a file of safetensors.
#[derive(Deserialize)]
struct Place {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (usize, usize),
}

/// The bytes of the model file that is made of the export in `folder`. Weights are rounded to 8 bits.
///
/// # Errors
/// If a file of the export is missing, does not have the expected layout, or sizes do not fit together.
pub(super) fn import(folder: &Path) -> Result<Vec<u8>> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|source| Kind::Read { path, source })
    };
    let export: Export = serde_json::from_slice(&read(DESCRIPTION)?).map_err(|e| Error::malformed(DESCRIPTION, e))?;
    let weights = read(WEIGHTS)?;
    let source = arrays(&weights).map_err(|e| Error::malformed(WEIGHTS, e))?;
    let c = &export.configuration;
    let spec = Spec {
        name: export.name,
        version: export.version,
        licence: export.licence,
        hidden: c.hidden,
        layers: c.layers,
        inner: c.inner,
        epsilon: c.epsilon,
        begin: c.bos,
        end: c.eos,
        unknown: c.unk,
        window: export.window,
        labels: export.labels,
        groups: export.groups,
        pieces: export.pieces,
        replacements: export.normaliser,
    };
    spec.check()?;
    let mut tensors = Tensors::default();
    tensors.0.insert("scores".into(), Tensor::from_f32(1, export.scores.len(), &export.scores));
    for (name, tensor) in source {
        let Some(name) =
            name.strip_prefix("encoder.").map(str::to_owned).or((name.starts_with("names.")).then_some(name))
        else {
            continue;
        };
        let matrix = name.starts_with("layers.") && name.ends_with(".weight") && tensor.rows > 1;
        match (name.as_str(), tensor.form) {
            // The word vectors in full: their blocks say the same.
            ("word.weight", Form::F32) => {}
            (_, Form::F32) if matrix => drop(tensors.0.insert(name, tensor.to_i8()?)),
            _ => drop(tensors.0.insert(name, tensor)),
        }
    }
    model_file::write(&spec, &tensors)
}

/// The arrays of a file of safetensors: length of the list, the list as JSON, the numbers.
fn arrays(bytes: &[u8]) -> std::result::Result<Vec<(String, Tensor<'_>)>, String> {
    let cut = || "cut short".to_owned();
    let (length, rest) = bytes.split_first_chunk().ok_or_else(cut)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
    let (list, numbers) = rest.split_at_checked(length).ok_or_else(cut)?;
    let list: BTreeMap<String, serde_json::Value> = serde_json::from_slice(list).map_err(|e| e.to_string())?;
    let mut found = Vec::new();
    for (name, place) in list.into_iter().filter(|(name, _)| name != "__metadata__") {
        let Place { dtype, shape, data_offsets: (from, to) } =
            serde_json::from_value(place).map_err(|e| format!("{name}: {e}"))?;
        let (rows, width) = match shape[..] {
            [width] => (1, width),
            [rows, width] => (rows, width),
            _ => return Err(format!("{name} has {} sides", shape.len())),
        };
        let (form, width) = match dtype.as_str() {
            "F32" => (Form::F32, width),
            "U8" if width % QUARTER_BYTES == 0 => (Form::Q4, width / QUARTER_BYTES * QUARTER),
            _ => return Err(format!("{name} is of type {dtype}")),
        };
        let bytes = numbers.get(from..to).ok_or_else(cut)?;
        if Tensor::size(rows, width, form) != Some(bytes.len()) {
            return Err(format!("{name} has {} bytes", bytes.len()));
        }
        found.push((name, Tensor { rows, width, form, bytes: bytes.into() }));
    }
    Ok(found)
}
