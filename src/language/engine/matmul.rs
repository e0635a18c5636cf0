//! Rows times a fixed weight matrix: the one product on which most of the time goes.
//!
//! Weights are packed once into panels of [`PANEL`] output columns, so that the inner loop reads them
//! in order. Each output is one chain over the inputs from first to last, in which every product is
//! rounded before it is added. Fused multiply-adds would be a fifth faster where there are any, but
//! elsewhere only library calls, a hundred times slower, give their bytes; so every instruction set
//! (AVX-512, AVX2, NEON or none) multiplies and adds, and gives the same bytes. `pulp` chooses the
//! instruction set at run time and keeps its `unsafe` to itself.

use std::sync::LazyLock;

use pulp::{Arch, Scalar128b, Simd, WithSimd};

/// Columns that lie together; the outputs of a product are padded to a multiple of this.
pub(super) const PANEL: usize = 32;

/// Rows that it pays to multiply together: their outputs stay in the cache.
pub(super) const ROWS: usize = 48;

/// Which instructions compute.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kernels {
    /// The widest vectors that the machine has.
    Best(Arch),
    /// What the program was compiled for: SSE2 on x86-64.
    Portable,
}

/// `ISNAD_KERNELS=portable` or `=avx2` forces lesser kernels, for tests and comparisons.
static KERNELS: LazyLock<Kernels> = LazyLock::new(|| match std::env::var("ISNAD_KERNELS").as_deref() {
    Ok("portable") => Kernels::Portable,
    #[cfg(target_arch = "x86_64")]
    Ok("avx2") => pulp::x86::V3::try_new().map_or(Kernels::Portable, |avx2| Kernels::Best(Arch::V3(avx2))),
    _ => Kernels::Best(Arch::new()),
});

#[cfg(test)]
thread_local! {
    /// Overrides the choice in one thread.
    pub(super) static FORCED: std::cell::Cell<Option<Kernels>> = const { std::cell::Cell::new(None) };
}

/// Runs `work` with the vectors of the machine.
#[inline(always)]
pub(super) fn vectorised<W: WithSimd>(work: W) -> W::Output {
    #[cfg(test)]
    let kernels = FORCED.get().unwrap_or(*KERNELS);
    #[cfg(not(test))]
    let kernels = *KERNELS;
    match kernels {
        Kernels::Best(Arch::Scalar) | Kernels::Portable => Scalar128b.vectorize(work),
        Kernels::Best(arch) => arch.dispatch(work),
    }
}

/// A weight matrix, inputs × columns.
#[derive(Debug)]
pub(super) struct Packed {
    panels: Vec<f32>,
    inputs: usize,
    columns: usize,
}

impl Packed {
    /// Packs a matrix with `columns` columns, and zeros up to a whole panel; `weight(column, input)`.
    pub fn new(inputs: usize, columns: usize, weight: impl Fn(usize, usize) -> f32) -> Self {
        let padded = columns.next_multiple_of(PANEL);
        let mut panels = vec![0.0; padded * inputs];
        for (number, panel) in panels.chunks_exact_mut(inputs * PANEL).enumerate() {
            for (input, row) in panel.chunks_exact_mut(PANEL).enumerate() {
                for (column, x) in (number * PANEL..columns).zip(row) {
                    *x = weight(column, input);
                }
            }
        }
        Self { panels, inputs, columns: padded }
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The columns of a row of the product, padding included.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// `out[i][j] = Σ input[i * stride + k] · weight[k][j]` for `rows` rows. A stride shorter than the
    /// number of inputs slides a window along the rows without copying them.
    pub fn multiply(&self, input: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        if rows > 0 {
            assert!(input.len() >= (rows - 1) * stride + self.inputs && out.len() >= rows * self.columns);
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
        // As many sums as there are registers for; short vectors pay only if none is put aside.
        let most = match (S::REGISTER_COUNT, S::F32_LANES) {
            (32.., _) => 12,
            (_, 8..) => 6,
            _ => 4,
        };
        for panel in 0..self.weights.columns / PANEL {
            let mut row = 0;
            while row < self.rows {
                row += match most.min(self.rows - row) {
                    12 => self.block::<S, 12>(simd, panel, row),
                    6.. => self.block::<S, 6>(simd, panel, row),
                    4 | 5 => self.block::<S, 4>(simd, panel, row),
                    2 | 3 => self.block::<S, 2>(simd, panel, row),
                    _ => self.block::<S, 1>(simd, panel, row),
                };
            }
        }
    }
}

impl Product<'_> {
    /// `N` rows of one panel, two vectors of columns at a time; returns `N`.
    #[inline(always)]
    fn block<S: Simd, const N: usize>(&mut self, simd: S, panel: usize, row: usize) -> usize {
        let (inputs, columns) = (self.weights.inputs, self.weights.columns);
        let weights = &self.weights.panels[panel * inputs * PANEL..][..inputs * PANEL];
        let rows: [&[f32]; N] = std::array::from_fn(|r| &self.input[(row + r) * self.stride..][..inputs]);
        let (vectors, _) = S::as_simd_f32s(weights);
        let per_input = PANEL / S::F32_LANES;
        for pair in (0..per_input).step_by(2) {
            let mut sums = [[simd.splat_f32s(0.0); 2]; N];
            for (k, weights) in vectors.chunks_exact(per_input).enumerate() {
                let (left, right) = (weights[pair], weights[pair + 1]);
                for r in 0..N {
                    let x = simd.splat_f32s(rows[r][k]);
                    sums[r][0] = simd.add_f32s(simd.mul_f32s(x, left), sums[r][0]);
                    sums[r][1] = simd.add_f32s(simd.mul_f32s(x, right), sums[r][1]);
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                let out = &mut self.out[(row + r) * columns + panel * PANEL..][..PANEL];
                let (out, _) = S::as_mut_simd_f32s(out);
                out[pair..pair + 2].copy_from_slice(sums);
            }
        }
        N
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_is_the_sum_in_order() {
        let (inputs, columns, rows) = (7, 45, 29);
        let weight = |column: usize, input: usize| ((column * 31 + input * 17) % 23) as f32 / 7.0 - 1.3;
        let input: Vec<f32> = (0..inputs + (rows - 1) * 3).map(|at| (at * at % 19) as f32 / 3.0 - 2.0).collect();
        let packed = Packed::new(inputs, columns, weight);
        assert_eq!(packed.columns(), 64);
        let mut out = vec![f32::NAN; rows * packed.columns()];
        packed.multiply(&input, 3, rows, &mut out);
        for row in 0..rows {
            for column in 0..packed.columns() {
                let sum = (0..inputs).fold(0.0f32, |sum, k| match column < columns {
                    true => sum + input[row * 3 + k] * weight(column, k),
                    false => 0.0,
                });
                assert_eq!(out[row * packed.columns() + column].to_bits(), sum.to_bits(), "{row}, {column}");
            }
        }
    }
}
