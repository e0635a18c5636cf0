//! Rows times a fixed weight matrix: the one product on which all the time goes.
//!
//! Weights are packed once into panels of [`PANEL`] output columns, so that the inner loop reads them
//! in order. Each output is one chain of fused multiply-adds over the inputs from first to last, in
//! every instruction set (AVX-512, AVX2, NEON or plain): the same bytes on every machine. `pulp`
//! chooses the instruction set at run time and keeps its `unsafe` to itself.

use std::sync::LazyLock;

use pulp::{Arch, Simd, WithSimd};

const PANEL: usize = 32;

/// The instruction set; `ISNAD_KERNELS=portable` or `=avx2` forces a lesser one, for tests.
static ARCH: LazyLock<Arch> = LazyLock::new(|| match std::env::var("ISNAD_KERNELS").as_deref() {
    Ok("portable") => Arch::Scalar,
    #[cfg(target_arch = "x86_64")]
    Ok("avx2") => pulp::x86::V3::try_new().map_or(Arch::Scalar, Arch::V3),
    _ => Arch::new(),
});

/// Runs `work` with the widest vectors that the machine has.
#[inline(always)]
pub(super) fn vectorised<W: WithSimd>(work: W) -> W::Output {
    ARCH.dispatch(work)
}

/// A weight matrix, inputs × outputs.
#[derive(Debug)]
pub(super) struct Packed {
    panels: Vec<f32>,
    inputs: usize,
    outputs: usize,
}

impl Packed {
    /// Packs `weights`, of which row `order(j)` (of `inputs` numbers) makes output `j`.
    pub fn new(weights: &[f32], inputs: usize, order: impl Fn(usize) -> usize) -> Self {
        let outputs = weights.len() / inputs;
        let mut panels = vec![0.0; outputs.div_ceil(PANEL) * inputs * PANEL];
        for output in 0..outputs {
            let row = &weights[order(output) * inputs..][..inputs];
            let panel = &mut panels[output / PANEL * inputs * PANEL..];
            for (input, &weight) in row.iter().enumerate() {
                panel[input * PANEL + output % PANEL] = weight;
            }
        }
        Self { panels, inputs, outputs }
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `out[i][j] = Σ input[i * stride + k] · weight[k][j]` for `rows` rows. A stride shorter than the
    /// number of inputs slides a window along the rows without copying them.
    pub fn multiply(&self, input: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        if rows > 0 {
            assert!(input.len() >= (rows - 1) * stride + self.inputs && out.len() >= rows * self.outputs);
            vectorised(Product { weights: self, input, stride, rows, out });
        }
    }
}

struct Product<'a> {
    weights: &'a Packed,
    input: &'a [f32],
    stride: usize,
    rows: usize,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let step = if S::REGISTER_COUNT >= 32 { 12 } else { 6 };
        for panel in 0..self.weights.outputs.div_ceil(PANEL) {
            let mut row = 0;
            while row < self.rows {
                let count = step.min(self.rows - row);
                match count {
                    12 => self.block::<S, 12>(simd, panel, row),
                    6.. => self.block::<S, 6>(simd, panel, row),
                    4 | 5 => self.block::<S, 4>(simd, panel, row),
                    2 | 3 => self.block::<S, 2>(simd, panel, row),
                    _ => self.block::<S, 1>(simd, panel, row),
                }
                row += match count {
                    12 => 12,
                    6.. => 6,
                    4 | 5 => 4,
                    2 | 3 => 2,
                    _ => 1,
                };
            }
        }
    }
}

impl Product<'_> {
    /// `ROWS` rows of one panel, two vectors of columns at a time.
    #[inline(always)]
    fn block<S: Simd, const ROWS: usize>(&mut self, simd: S, panel: usize, row: usize) {
        let (inputs, outputs) = (self.weights.inputs, self.weights.outputs);
        let weights = &self.weights.panels[panel * inputs * PANEL..][..inputs * PANEL];
        let width = PANEL.min(outputs - panel * PANEL);
        let rows: [&[f32]; ROWS] = std::array::from_fn(|r| &self.input[(row + r) * self.stride..][..inputs]);
        let (vectors, _) = S::as_simd_f32s(weights);
        let per_input = PANEL / S::F32_LANES;
        for pair in (0..per_input).step_by(2).take_while(|pair| pair * S::F32_LANES < width) {
            let mut sums = [[simd.splat_f32s(0.0); 2]; ROWS];
            for (k, columns) in vectors.chunks_exact(per_input).enumerate() {
                let (left, right) = (columns[pair], columns[pair + 1]);
                for r in 0..ROWS {
                    let x = simd.splat_f32s(rows[r][k]);
                    sums[r][0] = simd.mul_add_f32s(x, left, sums[r][0]);
                    sums[r][1] = simd.mul_add_f32s(x, right, sums[r][1]);
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                let from = (row + r) * outputs + panel * PANEL;
                for (v, &sum) in sums.iter().enumerate() {
                    let column = (pair + v) * S::F32_LANES;
                    if column < width {
                        let end = width.min(column + S::F32_LANES);
                        simd.partial_store_f32s(&mut self.out[from + column..from + end], sum);
                    }
                }
            }
        }
    }
}
