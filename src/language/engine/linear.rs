//! A linear layer, and the choice of the greatest score: all there is to a tagger's head.

use super::error::{Error, Result};
use super::matmul::Packed;
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
        Ok(Self { weight: Packed::new(weight, inputs, |row| row), bias })
    }

    pub fn inputs(&self) -> usize {
        self.weight.inputs()
    }

    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// rows × inputs → rows × outputs.
    pub fn apply(&self, input: &[f32], rows: usize, out: &mut Vec<f32>) {
        let outputs = self.outputs();
        out.resize(rows * outputs, 0.0);
        self.weight.multiply(input, self.weight.inputs(), rows, out);
        for row in out.chunks_exact_mut(outputs) {
            for (x, bias) in row.iter_mut().zip(&self.bias) {
                *x += bias;
            }
        }
    }

    /// The number of the greatest output of every row (the first of equals).
    pub fn greatest(&self, input: &[f32], rows: usize, scratch: &mut Vec<f32>) -> Vec<u32> {
        self.apply(input, rows, scratch);
        scratch
            .chunks_exact(self.outputs())
            .map(|row| {
                let mut best = 0;
                for (at, x) in row.iter().enumerate() {
                    if *x > row[best] {
                        best = at;
                    }
                }
                best as u32
            })
            .collect()
    }
}
