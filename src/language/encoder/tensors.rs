//! Named arrays of weights, as they travel from the export to the file to the layers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};

/// Numbers that share a scale in [`Form::Q4`].
pub(super) const QUARTER: usize = 32;

/// Bytes of such a block: a scale in 16 bits, then two numbers in each byte.
pub(super) const QUARTER_BYTES: usize = 18;

/// How the numbers of an array are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Form {
    /// 32 bits each, little-endian.
    F32,
    /// A step in 32 bits for each row, then a signed byte for each number.
    I8,
    /// Blocks of 32: the scale in 16 bits, then 16 bytes with numbers 0–15 in the low halves and 16–31
    /// in the high ones, each more by eight than what it stands for (`Q4_0` of ggml).
    Q4,
}

/// rows × width numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tensor<'a> {
    pub rows: usize,
    pub width: usize,
    pub form: Form,
    pub bytes: Cow<'a, [u8]>,
}

impl Tensor<'_> {
    /// How many bytes such an array takes, if that can be said in a word.
    pub fn size(rows: usize, width: usize, form: Form) -> Option<usize> {
        match form {
            Form::F32 => rows.checked_mul(width)?.checked_mul(4),
            Form::I8 => rows.checked_mul(width.checked_add(4)?),
            Form::Q4 => width.is_multiple_of(QUARTER).then(|| rows.checked_mul(width / QUARTER * QUARTER_BYTES))?,
        }
    }

    pub fn from_f32(rows: usize, width: usize, values: &[f32]) -> Self {
        let bytes: Vec<u8> = values.iter().flat_map(|x| x.to_le_bytes()).collect();
        Self { rows, width, form: Form::F32, bytes: bytes.into() }
    }

    /// Rows to bytes: the greatest number of a row becomes 127 or −127.
    pub fn to_i8(&self) -> Result<Self> {
        let values = self.f32s()?;
        let (mut steps, mut bytes) = (Vec::new(), Vec::new());
        for row in values.chunks_exact(self.width) {
            let greatest = row.iter().fold(0f32, |greatest, x| greatest.max(x.abs()));
            let step = greatest / 127.0;
            steps.extend(step.to_le_bytes());
            bytes.extend(row.iter().map(|x| if step > 0.0 { (x / step).round_ties_even() as i8 as u8 } else { 0 }));
        }
        steps.extend(bytes);
        Ok(Self { rows: self.rows, width: self.width, form: Form::I8, bytes: steps.into() })
    }

    fn f32s(&self) -> Result<Vec<f32>> {
        if self.form != Form::F32 {
            return Err(Error::content("numbers of 32 bits expected"));
        }
        let values: Vec<f32> = self.bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        match values.iter().all(|x| x.is_finite()) {
            true => Ok(values),
            false => Err(Error::content("a number that is not finite")),
        }
    }

    /// Steps and numbers of an array of bytes.
    fn i8s(&self) -> Result<(Vec<f32>, Vec<i8>)> {
        if self.form != Form::I8 {
            return Err(Error::content("numbers of 8 bits expected"));
        }
        let (steps, bytes) = self.bytes.split_at(self.rows * 4);
        let steps = Tensor { rows: 1, width: self.rows, form: Form::F32, bytes: steps.into() }.f32s()?;
        // -128 would be a number that no row is made with, and too great for the sums.
        Ok((steps, bytes.iter().map(|&b| (b as i8).max(-127)).collect()))
    }
}

/// All weights of a model by name, such as `layers.0.q.weight`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tensors<'a>(pub BTreeMap<String, Tensor<'a>>);

impl<'a> Tensors<'a> {
    /// The array `name`, which must have this shape.
    pub fn get(&self, name: &str, rows: usize, width: usize) -> Result<&Tensor<'a>> {
        match self.0.get(name) {
            None => Err(Error::content(format!("no weights {name}"))),
            Some(t) if (t.rows, t.width) == (rows, width) => Ok(t),
            Some(t) => Err(Error::content(format!("{name} is {} × {}, not {rows} × {width}", t.rows, t.width))),
        }
    }

    /// The numbers of an array in 32 bits.
    pub fn f32s(&self, name: &str, rows: usize, width: usize) -> Result<Vec<f32>> {
        self.get(name, rows, width)?.f32s().map_err(|e| Error::content(format!("{name}: {e}")))
    }

    /// Steps and numbers of an array in bytes.
    pub fn i8s(&self, name: &str, rows: usize, width: usize) -> Result<(Vec<f32>, Vec<i8>)> {
        self.get(name, rows, width)?.i8s().map_err(|e| Error::content(format!("{name}: {e}")))
    }
}
