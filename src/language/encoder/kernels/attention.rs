//! Attention of a window's pieces to each other (Vaswani et al. 2017), in 32 bits.

use pulp::Simd;

use super::elementwise::{LANES, fold, sum};

/// Width of a head.
pub(crate) const HEAD: usize = 32;

/// Columns that are computed together.
const WIDE: usize = 32;

/// Rows that are computed together, at most.
const ROWS: usize = 12;

/// Lowest argument of [`exponential`]: e⁻⁸⁷ is next to nothing.
const LOWEST: f32 = -87.0;

/// One window: `joined` holds query, key and value of each piece, `out` gets the mixed values.
#[derive(Debug)]
pub(crate) struct Attention<'a> {
    /// pieces × (3 × width).
    pub joined: &'a [f32],
    /// pieces × width.
    pub out: &'a mut [f32],
    /// heads × [`HEAD`].
    pub width: usize,
    pub scratch: &'a mut Vec<f32>,
}

/// For each head and piece: softmax of the products of its query with all keys, times the values.
/// Queries are expected to be divided by the root of [`HEAD`] already.
#[inline(always)]
pub(super) fn attend<S: Simd>(simd: S, job: Attention<'_>) {
    let Attention { joined, out, width, scratch } = job;
    let pieces = joined.len() / (3 * width);
    let padded = pieces.next_multiple_of(WIDE);
    scratch.clear();
    scratch.resize(HEAD * padded + pieces * HEAD + ROWS * padded, 0.0);
    let (keys, rest) = scratch.split_at_mut(HEAD * padded);
    let (values, scores) = rest.split_at_mut(pieces * HEAD);
    for head in (0..width).step_by(HEAD) {
        for (piece, row) in joined.chunks_exact(3 * width).enumerate() {
            for (d, &key) in row[width + head..][..HEAD].iter().enumerate() {
                keys[d * padded + piece] = key;
            }
            values[piece * HEAD..][..HEAD].copy_from_slice(&row[2 * width + head..][..HEAD]);
        }
        let mut first = 0;
        while first < pieces {
            let count = if S::REGISTER_COUNT >= 32 { ROWS } else { ROWS / 2 }.min(pieces - first);
            let queries = Rows { values: &joined[first * 3 * width + head..], stride: 3 * width, depth: HEAD };
            for at in (0..padded).step_by(WIDE) {
                let panel = Panel { values: &keys[at..], stride: padded };
                rows(simd, count, queries, panel, &mut scores[at..], padded);
            }
            let mut shares = [0f32; ROWS];
            for (share, row) in shares.iter_mut().zip(scores.chunks_exact_mut(padded)).take(count) {
                *share = softmax(row, pieces);
            }
            let weights = Rows { values: scores, stride: padded, depth: pieces };
            let panel = Panel { values, stride: HEAD };
            rows(simd, count, weights, panel, &mut out[first * width + head..], width);
            for (share, row) in shares.iter().zip(out[first * width..].chunks_exact_mut(width)).take(count) {
                for x in &mut row[head..][..HEAD] {
                    *x *= share;
                }
            }
            first += count;
        }
    }
}

/// Rows of `depth` numbers.
#[derive(Clone, Copy)]
struct Rows<'a> {
    values: &'a [f32],
    stride: usize,
    depth: usize,
}

/// As many rows of [`WIDE`] numbers.
#[derive(Clone, Copy)]
struct Panel<'a> {
    values: &'a [f32],
    stride: usize,
}

/// `count` rows times a panel.
#[inline(always)]
fn rows<S: Simd>(simd: S, count: usize, left: Rows<'_>, right: Panel<'_>, out: &mut [f32], stride: usize) {
    let mut row = 0;
    while row < count {
        let left = Rows { values: &left.values[row * left.stride..], ..left };
        let out = &mut out[row * stride..];
        row += match count - row {
            12.. => block::<S, 12>(simd, left, right, out, stride),
            6.. => block::<S, 6>(simd, left, right, out, stride),
            3.. => block::<S, 3>(simd, left, right, out, stride),
            _ => block::<S, 1>(simd, left, right, out, stride),
        };
    }
}

/// `N` rows times a panel, two vectors of columns at a time; each number is one chain from first to last.
#[inline(always)]
fn block<S: Simd, const N: usize>(simd: S, left: Rows<'_>, right: Panel<'_>, out: &mut [f32], stride: usize) -> usize {
    // Not `from_fn`: its closure would be compiled for the least machine, and the lengths be forgotten.
    let mut rows: [&[f32]; N] = [&[]; N];
    for (r, row) in rows.iter_mut().enumerate() {
        *row = &left.values[r * left.stride..][..left.depth];
    }
    let step = (2 * S::F32_LANES).min(WIDE);
    for column in (0..WIDE).step_by(step) {
        let mut sums = [[simd.splat_f32s(0.0); 2]; N];
        for (k, panel) in right.values.chunks(right.stride).enumerate().take(left.depth) {
            let columns = &panel[column..][..step];
            let [first, second] = *S::as_simd_f32s(columns).0 else { unreachable!("two vectors") };
            for r in 0..N {
                let x = simd.splat_f32s(rows[r][k]);
                sums[r][0] = simd.mul_add_f32s(x, first, sums[r][0]);
                sums[r][1] = simd.mul_add_f32s(x, second, sums[r][1]);
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            S::as_mut_simd_f32s(&mut out[r * stride + column..][..step]).0.copy_from_slice(sums);
        }
    }
    N
}

/// The first `count` numbers of a row to the size of their shares, the rest to next to nothing; what makes
/// the sizes add up to 1.
#[inline(always)]
fn softmax(row: &mut [f32], count: usize) -> f32 {
    row[count..].fill(f32::NEG_INFINITY);
    let mut most = [f32::NEG_INFINITY; LANES];
    for block in row.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            most[lane] = if block[lane] > most[lane] { block[lane] } else { most[lane] };
        }
    }
    let most = fold(most, |a, b| if a > b { a } else { b });
    for block in row.as_chunks_mut::<LANES>().0 {
        for x in block {
            *x = exponential(*x - most);
        }
    }
    1.0 / sum(row, |x| x)
}

/// eˣ for x ≤ 0, to 2·10⁻⁷ of its size (the polynomial of Cephes' `expf`); below [`LOWEST`], e to that.
#[inline(always)]
fn exponential(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    let x = if x > LOWEST { x } else { LOWEST };
    let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let whole = shifted - ROUND;
    let rest = whole.mul_add(-0.693_359_4, x);
    let rest = whole.mul_add(2.121_944_4e-4, rest);
    let mut sum = 1.987_569_1e-4f32;
    for factor in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        sum = sum.mul_add(rest, factor);
    }
    let value = sum.mul_add(rest * rest, rest + 1.0);
    // Bits of 2 to the power of `whole`.
    let power = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    value * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_exact_to_seven_digits() {
        for step in 0..87_000 {
            let x = -(step as f32) / 1000.0;
            let expected = f64::from(x).exp();
            assert!((f64::from(exponential(x)) / expected - 1.0).abs() < 3e-7, "{x}");
        }
        assert!(exponential(f32::NEG_INFINITY) < 1e-37 && exponential(0.0) == 1.0);
    }
}
