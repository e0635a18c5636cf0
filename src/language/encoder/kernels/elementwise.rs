//! Rows to bytes, GELU and layer normalisation, element by element.
//!
//! Written for sixteen lanes, which the compiler turns into the vectors of the target. Sums keep sixteen
//! partial sums and add them in a fixed order, so that every machine rounds alike.

use super::Norm;
use crate::language::encoder::quantised::Quantised;

/// Partial sums that are kept side by side.
pub(crate) const LANES: usize = 16;

/// 1.5 · 2²³: adding it rounds a small number to the nearest whole one, ties to even.
const ROUND: f32 = 12_582_912.0;

/// erf(x/√2) = x · P(x²) for |x| ≤ [`REACH`]: minimax of the error in x · Φ(x), which is at most 7·10⁻⁵.
const ERF: [f32; 10] = [
    7.978_279e-1,
    -1.328_159_3e-1,
    1.977_985_2e-2,
    -2.289_464e-3,
    2.053_672_8e-4,
    -1.399_105_6e-5,
    6.929_620_3e-7,
    -2.326_009e-8,
    4.686_474e-10,
    -4.249_397e-12,
];
const REACH: f32 = 4.25;

/// Rows of `width` numbers to bytes: the range of a row and 0 are spread over 0 to 255.
#[inline(always)]
pub(super) fn quantise(rows: &[f32], width: usize, out: &mut Quantised) {
    out.count = rows.len() / width;
    out.width = width;
    out.bytes.resize(rows.len() / 4, [0; 4]);
    out.steps.clear();
    out.zeros.clear();
    for (row, bytes) in rows.chunks_exact(width).zip(out.bytes.chunks_exact_mut(width / 4)) {
        let (mut low, mut high) = ([0f32; LANES], [0f32; LANES]);
        for block in row.as_chunks::<LANES>().0 {
            for lane in 0..LANES {
                low[lane] = if block[lane] < low[lane] { block[lane] } else { low[lane] };
                high[lane] = if block[lane] > high[lane] { block[lane] } else { high[lane] };
            }
        }
        let low = fold(low, |a, b| if a < b { a } else { b });
        let high = fold(high, |a, b| if a > b { a } else { b });
        let range = high - low;
        // 254 steps, so that rounding the zero up leaves every number between 0 and 255.
        let (step, scale) = if range > 0.0 { (range / 254.0, 254.0 / range) } else { (0.0, 0.0) };
        let zero = ((0.5 - low * scale) + ROUND) - ROUND;
        for (block, bytes) in row.as_chunks::<LANES>().0.iter().zip(bytes.as_chunks_mut::<{ LANES / 4 }>().0) {
            let bytes = bytes.as_flattened_mut();
            for lane in 0..LANES {
                // The last byte of a number between 2²³ and 2²⁴ is that of its whole part.
                bytes[lane] = block[lane].mul_add(scale, ROUND + zero).to_bits() as u8;
            }
        }
        out.steps.push(step);
        out.zeros.push(zero as i32);
    }
}

/// `x · Φ(x)` in place (Hendrycks and Gimpel 2016).
#[inline(always)]
pub(super) fn gelu(values: &mut [f32]) {
    for block in values.as_chunks_mut::<LANES>().0 {
        for x in block {
            let near = if *x > REACH { REACH } else { *x };
            let near = if near < -REACH { -REACH } else { near };
            let square = near * near;
            let mut sum = ERF[9];
            for at in (0..9).rev() {
                sum = sum.mul_add(square, ERF[at]);
            }
            let half = 0.5 * *x;
            let erf = near * sum;
            let erf = if erf > 1.0 { 1.0 } else { erf };
            let erf = if erf < -1.0 { -1.0 } else { erf };
            *x = half.mul_add(erf, half);
        }
    }
}

/// See [`super::Kernels::add_norm`]. The width must be a multiple of [`LANES`].
#[inline(always)]
pub(super) fn add_norm(rows: &mut [f32], added: &[f32], norm: &Norm) {
    let width = norm.gain.len();
    for (row, added) in rows.chunks_exact_mut(width).zip(added.chunks_exact(width)) {
        for (x, y) in row.iter_mut().zip(added) {
            *x += y;
        }
        let mean = sum(row, |x| x) / width as f32;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
        let scale = 1.0 / (variance + norm.epsilon).sqrt();
        for ((x, gain), shift) in row.iter_mut().zip(&norm.gain).zip(&norm.shift) {
            *x = (*x - mean) * scale * gain + shift;
        }
    }
}

/// Sum in sixteen lanes and a fixed tree.
#[inline(always)]
pub(super) fn sum(values: &[f32], map: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    for block in values.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            lanes[lane] += map(block[lane]);
        }
    }
    fold(lanes, |a, b| a + b)
}

/// All lanes as one, the upper half with the lower until one is left.
#[inline(always)]
pub(super) fn fold(mut lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] = join(lanes[lane], lanes[lane + half]);
        }
    }
    lanes[0]
}

/// Sum of the products of two vectors, like [`sum`].
pub(super) fn sum_of_products(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    sum(&lanes, |x| x)
}
