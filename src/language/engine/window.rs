//! A layer that sees a token's neighbours: a convolution along the text.
//!
//! Windows of one token on each side, which all of spaCy's models have, are computed two tokens at a
//! time with four products instead of six (Winograd's F(2, 3); Lavin & Gray 2016). Wider ones are
//! plain products with a sliding window.

use pulp::{Simd, WithSimd};

use super::error::Result;
use super::matmul::{Packed, ROWS, vectorised};
use super::maxout::{Maxout, Place};
use super::tensor::Tensors;

/// Pairs of tokens whose products are computed together.
const PAIRS: usize = 24;

/// A residual maxout layer over windows of 2·window + 1 rows.
#[derive(Debug)]
pub(super) struct WindowLayer {
    maxout: Maxout,
    product: Product,
    window: usize,
}

#[derive(Debug)]
enum Product {
    Sliding(Packed),
    Winograd([Packed; 4]),
}

/// Rows `row..row + count` of the input (which reaches a window further on both sides, and one row
/// more), to go to row `out` and on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub row: usize,
    pub count: usize,
    pub out: usize,
}

/// The buffers of a layer.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub products: Vec<f32>,
    inputs: Vec<f32>,
    pairs: Vec<(usize, usize, bool)>,
    pub places: Vec<Place>,
}

impl WindowLayer {
    /// Reads the layer `name` of a network of this `width`.
    pub fn load(tensors: &Tensors, name: &str, width: usize, window: usize) -> Result<Self> {
        let (maxout, weight) = Maxout::load(tensors, name, width * (2 * window + 1))?;
        let product = if window == 1 {
            let tap = |column, input, tap: usize| weight(column, tap * width + input);
            Product::Winograd([
                maxout.pack(width, |c, i| tap(c, i, 0)),
                maxout.pack(width, |c, i| (tap(c, i, 0) + tap(c, i, 1) + tap(c, i, 2)) * 0.5),
                maxout.pack(width, |c, i| (tap(c, i, 0) - tap(c, i, 1) + tap(c, i, 2)) * 0.5),
                maxout.pack(width, |c, i| tap(c, i, 2)),
            ])
        } else {
            Product::Sliding(maxout.pack(width * (2 * window + 1), weight))
        };
        Ok(Self { maxout, product, window })
    }

    pub fn width(&self) -> usize {
        self.maxout.width()
    }

    /// Computes `runs`; input and output have rows of the layer's width.
    pub fn apply(&self, input: &[f32], runs: &[Run], scratch: &mut Scratch, out: &mut [f32]) {
        match &self.product {
            Product::Sliding(weights) => self.slide(weights, input, runs, scratch, out),
            Product::Winograd(weights) => self.pairwise(weights, input, runs, scratch, out),
        }
    }

    fn slide(&self, weights: &Packed, input: &[f32], runs: &[Run], scratch: &mut Scratch, out: &mut [f32]) {
        let width = self.width();
        scratch.products.resize(scratch.products.len().max(ROWS * weights.columns()), 0.0);
        for run in runs {
            for first in (0..run.count).step_by(ROWS) {
                let rows = ROWS.min(run.count - first);
                let windows = &input[(run.row + first - self.window) * width..];
                weights.multiply(windows, width, rows, &mut scratch.products);
                scratch.places.clear();
                scratch.places.extend((0..rows).map(|row| Place {
                    product: row * weights.columns(),
                    residual: Some((run.row + first + row) * width),
                    out: (run.out + first + row) * width,
                }));
                self.maxout.finish(&scratch.products, input, &scratch.places, out);
            }
        }
    }

    fn pairwise(&self, weights: &[Packed; 4], input: &[f32], runs: &[Run], scratch: &mut Scratch, out: &mut [f32]) {
        let (width, columns) = (self.width(), weights[0].columns());
        scratch.inputs.resize(scratch.inputs.len().max(4 * PAIRS * width), 0.0);
        scratch.products.resize(scratch.products.len().max(4 * PAIRS * columns), 0.0);
        scratch.pairs.clear();
        for run in runs {
            let pairs = (0..run.count).step_by(2);
            scratch.pairs.extend(pairs.map(|at| (run.row + at, run.out + at, at + 1 < run.count)));
        }
        for pairs in scratch.pairs.chunks(PAIRS) {
            vectorised(Differences { input, width, pairs, out: &mut scratch.inputs });
            let inputs = scratch.inputs.chunks_exact(PAIRS * width);
            let products = scratch.products.chunks_exact_mut(PAIRS * columns);
            for ((weights, inputs), products) in weights.iter().zip(inputs).zip(products) {
                weights.multiply(inputs, width, pairs.len(), products);
            }
            vectorised(Sums { products: &mut scratch.products, columns, pairs: pairs.len() });
            scratch.places.clear();
            for (number, &(row, to, second)) in pairs.iter().enumerate() {
                let place = |product: usize, at: usize| Place {
                    product: product * columns,
                    residual: Some((row + at) * width),
                    out: (to + at) * width,
                };
                scratch.places.push(place(number, 0));
                if second {
                    scratch.places.push(place(3 * PAIRS + number, 1));
                }
            }
            self.maxout.finish(&scratch.products, input, &scratch.places, out);
        }
    }
}

/// The inputs of the four products: d₀ − d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃ for the rows d₀ to d₃ around a
/// pair of rows d₁, d₂.
struct Differences<'a> {
    input: &'a [f32],
    width: usize,
    pairs: &'a [(usize, usize, bool)],
    out: &'a mut [f32],
}

impl WithSimd for Differences<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let width = self.width;
        let (first, rest) = self.out.split_at_mut(PAIRS * width);
        let (second, rest) = rest.split_at_mut(PAIRS * width);
        let (third, fourth) = rest.split_at_mut(PAIRS * width);
        for (number, &(row, ..)) in self.pairs.iter().enumerate() {
            let rows = &self.input[(row - 1) * width..][..4 * width];
            let (d0, rows) = rows.split_at(width);
            let (d1, rows) = rows.split_at(width);
            let (d2, d3) = rows.split_at(width);
            let to = number * width..(number + 1) * width;
            let (first, second) = (&mut first[to.clone()], &mut second[to.clone()]);
            let (third, fourth) = (&mut third[to.clone()], &mut fourth[to]);
            for at in 0..width {
                first[at] = d0[at] - d2[at];
                second[at] = d1[at] + d2[at];
                third[at] = d2[at] - d1[at];
                fourth[at] = d1[at] - d3[at];
            }
        }
    }
}

/// The two results of every pair, m₀ + m₁ + m₂ and m₁ − m₂ − m₃, in the places of m₀ and m₃.
struct Sums<'a> {
    products: &'a mut [f32],
    columns: usize,
    pairs: usize,
}

impl WithSimd for Sums<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let (size, count) = (PAIRS * self.columns, self.pairs * self.columns);
        let (first, rest) = self.products.split_at_mut(size);
        let (second, rest) = rest.split_at_mut(size);
        let (third, fourth) = rest.split_at_mut(size);
        let middle = second[..count].iter().zip(&third[..count]);
        for ((m0, m3), (m1, m2)) in first.iter_mut().zip(fourth).zip(middle) {
            *m0 = *m0 + m1 + m2;
            *m3 = m1 - m2 - *m3;
        }
    }
}
