//! A linear layer, and the choice of the greatest score: all there is to a tagger's head.

use super::error::{Error, Result};
use super::matmul::{Packed, ROWS};
use super::tensor::Tensors;

/// inputs → outputs with a bias.
#[derive(Debug)]
pub(super) struct Linear {
    weight: Packed,
    bias: Vec<f32>,
}

impl Linear {
    /// Reads `{name}.weight` (outputs × inputs) and `{name}.bias`; `inputs` must fit.
    pub fn load(tensors: &Tensors, name: &str, inputs: usize) -> Result<Self> {
        let ([outputs, found], weight) = tensors.get(&format!("{name}.weight"))?;
        if found != inputs {
            return Err(Error::content(format!("{name} takes {found} inputs, not {inputs}")));
        }
        let bias = tensors.vector(&format!("{name}.bias"), outputs)?;
        Ok(Self { weight: Packed::new(inputs, outputs, |column, input| weight[column * inputs + input]), bias })
    }

    pub fn inputs(&self) -> usize {
        self.weight.inputs()
    }

    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Numbers from one row of the output to the next: there are padding columns after the outputs.
    pub fn stride(&self) -> usize {
        self.weight.columns()
    }

    /// rows × inputs → rows × [`stride`](Self::stride); `out` may be longer.
    pub fn apply(&self, input: &[f32], rows: usize, out: &mut Vec<f32>) {
        let stride = self.stride();
        out.resize(out.len().max(rows * stride), 0.0);
        self.weight.multiply(input, self.weight.inputs(), rows, out);
        for row in out.chunks_exact_mut(stride).take(rows) {
            for (x, bias) in row.iter_mut().zip(&self.bias) {
                *x += bias;
            }
        }
    }

    /// Gives `take` the number of the greatest output of every row (the first of equals).
    pub fn greatest(&self, input: &[f32], rows: usize, scratch: &mut Vec<f32>, mut take: impl FnMut(usize, usize)) {
        for first in (0..rows).step_by(ROWS) {
            let count = ROWS.min(rows - first);
            self.apply(&input[first * self.inputs()..], count, scratch);
            for (at, row) in scratch.chunks_exact(self.stride()).take(count).enumerate() {
                take(first + at, greatest(&row[..self.outputs()]));
            }
        }
    }
}

/// The number of the greatest of `values`, the first of equals.
pub(super) fn greatest(values: &[f32]) -> usize {
    let (blocks, rest) = values.as_chunks::<16>();
    let mut lanes = [f32::NEG_INFINITY; 16];
    for block in blocks {
        for (lane, &x) in lanes.iter_mut().zip(block) {
            *lane = if x > *lane { x } else { *lane };
        }
    }
    let most = rest.iter().chain(&lanes).fold(f32::NEG_INFINITY, |most, &x| if x > most { x } else { most });
    values.iter().position(|&x| x == most).unwrap_or(0)
}
