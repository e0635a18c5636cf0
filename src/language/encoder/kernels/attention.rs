//! Attention of a window's pieces to each other (Vaswani et al. 2017), in 32 bits.

use super::elementwise::{LANES, sum};

/// Width of a head.
pub(crate) const HEAD: usize = 32;

/// Rows of scores that are computed together.
const ROWS: usize = 8;

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
pub(super) fn attend(job: Attention<'_>) {
    let Attention { joined, out, width, scratch } = job;
    let pieces = joined.len() / (3 * width);
    let padded = pieces.next_multiple_of(LANES * 2);
    scratch.clear();
    scratch.resize(HEAD * padded + pieces * HEAD + ROWS * padded, 0.0);
    let (keys, rest) = scratch.split_at_mut(HEAD * padded);
    let (values, scores) = rest.split_at_mut(pieces * HEAD);
    let values = values.as_chunks_mut::<HEAD>().0;
    for head in (0..width).step_by(HEAD) {
        for (piece, row) in joined.chunks_exact(3 * width).enumerate() {
            for (d, &key) in row[width + head..][..HEAD].iter().enumerate() {
                keys[d * padded + piece] = key;
            }
            values[piece].copy_from_slice(&row[2 * width + head..][..HEAD]);
        }
        let mut first = 0;
        while first < pieces {
            let query = |r: usize| &joined[(first + r) * 3 * width + head..][..HEAD];
            let mut place = |r: usize, mixed: &[f32; HEAD]| {
                out[(first + r) * width + head..][..HEAD].copy_from_slice(mixed);
            };
            first += match pieces - first {
                ROWS.. => block::<ROWS>(query, keys, values, scores, pieces, &mut place),
                4.. => block::<4>(query, keys, values, scores, pieces, &mut place),
                2.. => block::<2>(query, keys, values, scores, pieces, &mut place),
                _ => block::<1>(query, keys, values, scores, pieces, &mut place),
            };
        }
    }
}

/// `N` pieces of one head.
#[inline(always)]
fn block<'a, const N: usize>(
    query: impl Fn(usize) -> &'a [f32],
    keys: &[f32],
    values: &[[f32; HEAD]],
    scores: &mut [f32],
    pieces: usize,
    place: &mut impl FnMut(usize, &[f32; HEAD]),
) -> usize {
    const WIDE: usize = LANES * 2;
    let padded = pieces.next_multiple_of(WIDE);
    let queries: [[f32; HEAD]; N] = std::array::from_fn(|r| query(r).try_into().expect("a head"));
    for at in (0..padded).step_by(WIDE) {
        let mut sums = [[0f32; WIDE]; N];
        for d in 0..HEAD {
            let keys: &[f32; WIDE] = keys[d * padded + at..][..WIDE].try_into().expect("padded");
            for r in 0..N {
                for lane in 0..WIDE {
                    sums[r][lane] = queries[r][d].mul_add(keys[lane], sums[r][lane]);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            scores[r * padded + at..][..WIDE].copy_from_slice(sums);
        }
    }
    let mut shares = [0f32; N];
    for r in 0..N {
        let row = &mut scores[r * padded..][..padded];
        row[pieces..].fill(f32::NEG_INFINITY);
        let mut most = [f32::NEG_INFINITY; LANES];
        for block in row.as_chunks::<LANES>().0 {
            for lane in 0..LANES {
                most[lane] = if block[lane] > most[lane] { block[lane] } else { most[lane] };
            }
        }
        let most = most.into_iter().fold(f32::NEG_INFINITY, f32::max);
        for block in row.as_chunks_mut::<LANES>().0 {
            for x in block {
                *x = exponential(*x - most);
            }
        }
        shares[r] = 1.0 / sum(row, |x| x);
    }
    let mut mixed = [[0f32; HEAD]; N];
    for (at, value) in values.iter().enumerate() {
        for r in 0..N {
            let score = scores[r * padded + at];
            for d in 0..HEAD {
                mixed[r][d] = score.mul_add(value[d], mixed[r][d]);
            }
        }
    }
    for (r, mixed) in mixed.iter_mut().enumerate() {
        for x in mixed.iter_mut() {
            *x *= shares[r];
        }
        place(r, mixed);
    }
    N
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
    let power = f32::from_bits((shifted.to_bits().wrapping_add(127)) << 23);
    value * power
}
