//! A matrix of weights in bytes, and its product with rows in bytes.
//!
//! Weights are whole numbers from −127 to 127 with one step per output; rows are bytes with a step and a
//! zero of their own. The sums are exact in 32 bits: at most 1536 · 255 · 127 in size, and again as much
//! for the zero.

use super::quantised::Quantised;

/// Columns that are stored together: 32, in two blocks of 16.
pub(super) const PANEL: usize = 32;

/// Columns of a block.
pub(super) const BLOCK: usize = 16;

/// Inputs at most, so that no sum leaves 32 bits.
pub(super) const MOST_INPUTS: usize = 32_768;

/// Four weights of each of sixteen columns, in the order of `vpdpbusd`.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Block(pub [i8; 64]);

/// inputs × outputs weights with a bias; outputs are padded to whole panels.
#[derive(Debug)]
pub(super) struct Matrix {
    /// panels × inputs / 4 pairs of blocks.
    blocks: Vec<[Block; 2]>,
    inputs: usize,
    outputs: usize,
    /// What a weight of 1 stands for, per output.
    pub steps: Vec<f32>,
    /// Sum of the weights of each output.
    pub totals: Vec<i32>,
    pub bias: Vec<f32>,
}

impl Matrix {
    /// Packs `weights` (outputs × inputs, row by row); `inputs` must be a multiple of four.
    pub fn new(weights: &[i8], inputs: usize, steps: &[f32], bias: &[f32]) -> Self {
        let outputs = steps.len();
        assert!(
            inputs.is_multiple_of(4)
                && inputs <= MOST_INPUTS
                && weights.len() == inputs * outputs
                && bias.len() == outputs
        );
        let padded = outputs.next_multiple_of(PANEL);
        let mut blocks = vec![[Block([0; 64]); 2]; padded / PANEL * inputs / 4];
        let mut totals = vec![0; padded];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let panel = &mut blocks[output / PANEL * inputs / 4..][..inputs / 4];
            for (pair, quad) in panel.iter_mut().zip(row.as_chunks::<4>().0) {
                let block = &mut pair[output % PANEL / BLOCK];
                block.0[output % BLOCK * 4..][..4].copy_from_slice(quad);
            }
            totals[output] = row.iter().map(|&w| i32::from(w)).sum();
        }
        let pad = |values: &[f32]| values.iter().copied().chain(std::iter::repeat(0.0)).take(padded).collect();
        Self { blocks, inputs, outputs, steps: pad(steps), totals, bias: pad(bias) }
    }

    #[inline(always)]
    pub fn panels(&self) -> usize {
        self.steps.len() / PANEL
    }

    /// The weights of a panel, one pair of blocks for every four inputs.
    #[inline(always)]
    pub fn panel(&self, panel: usize) -> &[[Block; 2]] {
        &self.blocks[panel * (self.inputs / 4)..][..self.inputs / 4]
    }
}

/// `out[r][j] = bias[j] + Σ rows[r][k] · weights[k][j]`, in the numbers that the bytes stand for.
#[derive(Debug)]
pub(super) struct Product<'a> {
    pub weights: &'a Matrix,
    pub rows: &'a Quantised,
    /// rows × outputs.
    pub out: &'a mut [f32],
}

impl Product<'_> {
    /// Writes sixteen columns of a row, or as many as there are.
    #[inline(always)]
    pub fn store(&mut self, row: usize, column: usize, values: &[f32; BLOCK]) {
        let outputs = self.weights.outputs;
        let row = &mut self.out[row * outputs..][..outputs];
        match row.get_mut(column..column + BLOCK) {
            Some(place) => place.copy_from_slice(values),
            None if column < outputs => row[column..].copy_from_slice(&values[..outputs - column]),
            None => {}
        }
    }
}
