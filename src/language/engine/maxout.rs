//! What follows the product in a maxout layer: the greatest piece, layer normalisation, the residual.
//!
//! Maxout: Goodfellow et al. 2013; layer normalisation: Ba et al. 2016; both as in `thinc`, whose
//! normalisation adds 1e-8 to the variance.

use pulp::{Simd, WithSimd};

use super::error::{Error, Result};
use super::matmul::{Packed, vectorised};
use super::tensor::Tensors;

const EPSILON: f32 = 1e-8;

/// Biases of `pieces` linear maps, and gain and shift of the normalised greatest of them.
#[derive(Debug)]
pub(super) struct Maxout {
    /// pieces × width, like the columns of the product.
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
    pieces: usize,
}

/// Where a row of a product goes, as offsets: the residual is added to it, if there is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub product: usize,
    pub residual: Option<usize>,
    pub out: usize,
}

impl Maxout {
    /// Reads `{name}.weight` (width × pieces × inputs), `.bias`, `.gain` and `.shift`. Returns the
    /// weights as (column, input) → weight.
    pub fn load<'a>(
        tensors: &'a Tensors,
        name: &str,
        inputs: usize,
    ) -> Result<(Self, impl Fn(usize, usize) -> f32 + use<'a>)> {
        let ([width, pieces, found], weight) = tensors.get(&format!("{name}.weight"))?;
        if found != inputs {
            return Err(Error::content(format!("{name} takes {found} inputs, not {inputs}")));
        }
        let bias = tensors.vector(&format!("{name}.bias"), width * pieces)?;
        // Column p·width + o instead of o·pieces + p: the greatest piece is then found vector by vector.
        let order = move |column: usize| column % width * pieces + column / width;
        let maxout = Self {
            bias: (0..width * pieces).map(|column| bias[order(column)]).collect(),
            gain: tensors.vector(&format!("{name}.gain"), width)?,
            shift: tensors.vector(&format!("{name}.shift"), width)?,
            pieces,
        };
        Ok((maxout, move |column, input| weight[order(column) * inputs + input]))
    }

    pub fn width(&self) -> usize {
        self.gain.len()
    }

    /// The columns of the product.
    pub fn columns(&self) -> usize {
        self.bias.len()
    }

    /// The weights as they are multiplied.
    pub fn pack(&self, inputs: usize, weight: impl Fn(usize, usize) -> f32) -> Packed {
        Packed::new(inputs, self.columns(), weight)
    }

    /// Finishes the rows of `products` that `places` name.
    pub fn finish(&self, products: &[f32], residuals: &[f32], places: &[Place], out: &mut [f32]) {
        vectorised(Finish { layer: self, products, residuals, places, out });
    }
}

struct Finish<'a> {
    layer: &'a Maxout,
    products: &'a [f32],
    residuals: &'a [f32],
    places: &'a [Place],
    out: &'a mut [f32],
}

impl WithSimd for Finish<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Maxout { bias, gain, shift, pieces, .. } = self.layer;
        let width = gain.len();
        for place in self.places {
            let products = &self.products[place.product..][..bias.len()];
            let out = &mut self.out[place.out..][..width];
            for ((out, product), bias) in out.iter_mut().zip(products).zip(bias) {
                *out = product + bias;
            }
            for piece in 1..*pieces {
                let (products, biases) = (&products[piece * width..][..width], &bias[piece * width..][..width]);
                for ((out, product), bias) in out.iter_mut().zip(products).zip(biases) {
                    let value = product + bias;
                    *out = if value > *out { value } else { *out };
                }
            }
            let mean = sum(out, |x| x) / width as f32;
            let variance = sum(out, |x| (x - mean) * (x - mean)) / width as f32;
            let scale = 1.0 / (variance + EPSILON).sqrt();
            for ((out, gain), shift) in out.iter_mut().zip(gain).zip(shift) {
                *out = (*out - mean) * scale * gain + shift;
            }
            if let Some(residual) = place.residual {
                for (out, before) in out.iter_mut().zip(&self.residuals[residual..][..width]) {
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
        for (lane, &value) in lanes.iter_mut().zip(block) {
            *lane += map(value);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane += map(value);
    }
    let eight: [f32; 8] = std::array::from_fn(|lane| lanes[lane] + lanes[lane + 8]);
    let four: [f32; 4] = std::array::from_fn(|lane| eight[lane] + eight[lane + 4]);
    (four[0] + four[2]) + (four[1] + four[3])
}
