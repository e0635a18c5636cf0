//! A maxout layer with layer normalisation, the block that the encoder is built of.
//!
//! Maxout: Goodfellow et al. 2013; layer normalisation: Ba et al. 2016; both as in `thinc`, whose
//! normalisation adds 1e-8 to the variance.

use pulp::{Simd, WithSimd};

use super::error::{Error, Result};
use super::matmul::{Packed, vectorised};
use super::tensor::Tensors;

/// How many rows are computed at a time, so that the pieces stay in the cache.
pub(super) const ROWS: usize = 48;

const EPSILON: f32 = 1e-8;

/// inputs → width: `pieces` linear maps, the greatest of them, normalised to mean 0 and variance 1,
/// scaled and shifted.
#[derive(Debug)]
pub(super) struct Maxout {
    weight: Packed,
    /// pieces × width, like the columns of the product.
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
    pieces: usize,
}

impl Maxout {
    /// Reads `{name}.weight` (width × pieces × inputs), `.bias`, `.gain` and `.shift`.
    pub fn load(tensors: &Tensors, name: &str) -> Result<Self> {
        let ([width, pieces, inputs], weight) = tensors.get(&format!("{name}.weight"))?;
        let bias = tensors.vector(&format!("{name}.bias"), width * pieces)?;
        // Column p·width + o instead of o·pieces + p: the greatest piece is then found vector by vector.
        let order = |column: usize| column % width * pieces + column / width;
        Ok(Self {
            weight: Packed::new(weight, inputs, order),
            bias: (0..width * pieces).map(|column| bias[order(column)]).collect(),
            gain: tensors.vector(&format!("{name}.gain"), width)?,
            shift: tensors.vector(&format!("{name}.shift"), width)?,
            pieces,
        })
    }

    pub fn width(&self) -> usize {
        self.gain.len()
    }

    pub fn expect_inputs(&self, name: &str, inputs: usize) -> Result<()> {
        match self.weight.inputs() == inputs {
            true => Ok(()),
            false => Err(Error::content(format!("{name} takes {} inputs, not {inputs}", self.weight.inputs()))),
        }
    }

    /// `rows` rows of the layer; `out[i] = layer(input[i·stride..]) + residual[i]`.
    pub fn apply(
        &self,
        input: &[f32],
        stride: usize,
        rows: usize,
        residual: Option<&[f32]>,
        scratch: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        let width = self.width();
        scratch.resize(ROWS * self.weight.outputs(), 0.0);
        for first in (0..rows).step_by(ROWS) {
            let count = ROWS.min(rows - first);
            self.weight.multiply(&input[first * stride..], stride, count, scratch);
            let range = first * width..(first + count) * width;
            vectorised(Finish {
                layer: self,
                products: &scratch[..count * self.weight.outputs()],
                residual: residual.map(|residual| &residual[range.clone()]),
                out: &mut out[range],
            });
        }
    }
}

/// Everything after the product.
struct Finish<'a> {
    layer: &'a Maxout,
    products: &'a [f32],
    residual: Option<&'a [f32]>,
    out: &'a mut [f32],
}

impl WithSimd for Finish<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let layer = self.layer;
        let width = layer.width();
        let rows = self.products.chunks_exact(layer.bias.len()).zip(self.out.chunks_exact_mut(width));
        for (at, (products, out)) in rows.enumerate() {
            for ((out, product), bias) in out.iter_mut().zip(products).zip(&layer.bias) {
                *out = product + bias;
            }
            for piece in 1..layer.pieces {
                let (products, biases) = (&products[piece * width..][..width], &layer.bias[piece * width..][..width]);
                for ((out, product), bias) in out.iter_mut().zip(products).zip(biases) {
                    let value = product + bias;
                    *out = if value > *out { value } else { *out };
                }
            }
            let mean = sum(out, |x| x) / width as f32;
            let variance = sum(out, |x| (x - mean) * (x - mean)) / width as f32;
            let scale = 1.0 / (variance + EPSILON).sqrt();
            for ((out, gain), shift) in out.iter_mut().zip(&layer.gain).zip(&layer.shift) {
                *out = (*out - mean) * scale * gain + shift;
            }
            if let Some(residual) = self.residual {
                for (out, before) in out.iter_mut().zip(&residual[at * width..][..width]) {
                    *out += before;
                }
            }
        }
    }
}

/// Sum in sixteen lanes and a fixed tree, so that every machine adds in the same order.
#[inline(always)]
fn sum(values: &[f32], map: impl Fn(f32) -> f32) -> f32 {
    let (blocks, rest) = values.as_chunks::<16>();
    let mut lanes = [0f32; 16];
    for block in blocks {
        for lane in 0..16 {
            lanes[lane] += map(block[lane]);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane += map(value);
    }
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
    }
    lanes[0]
}
