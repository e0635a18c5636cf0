//! The scorer that parser and entity recogniser share: a state's tokens → a score for every move.
//!
//! spaCy's `TransitionBasedParser.v2`: each token's vector is reduced, then multiplied once by the
//! first layer's weights for every feature position; a state sums the rows of its tokens, takes the
//! maxout, and a second layer gives the scores (Kiperwasser & Goldberg 2016, precomputed as in Chen &
//! Manning 2014).

use pulp::{Simd, WithSimd};

use super::error::{Error, Result};
use super::linear::Linear;
use super::matmul::{Packed, vectorised};
use super::tensor::Tensors;

/// Tokens whose products are computed together, and how many such blocks are kept.
const BLOCK: usize = 32;
const BLOCKS: usize = 64;

/// Hidden units and moves are padded to a multiple of this many.
const LANES: usize = 16;

/// Vectors of scores that are summed up together, in registers.
const TOGETHER: usize = 8;

/// The weights.
#[derive(Debug)]
pub(super) struct Scorer {
    reduce: Linear,
    /// hidden → features × pieces × padded units.
    lower: Packed,
    /// pieces × padded units.
    lower_bias: Vec<f32>,
    /// features × pieces × padded units, for a position without a token.
    absent: Vec<f32>,
    upper: Option<Upper>,
    features: usize,
    units: usize,
}

#[derive(Debug)]
struct Upper {
    /// units × padded moves.
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Scorer {
    /// Reads the scorer `name` for vectors of `width` numbers and `moves` moves.
    pub fn load(tensors: &Tensors, name: &str, width: usize, moves: usize) -> Result<Self> {
        let reduce = Linear::load(tensors, &format!("{name}.reduce"), width)?;
        let ([features, units, pieces, inputs], weight) = tensors.get(&format!("{name}.lower.weight"))?;
        if inputs != reduce.outputs() {
            return Err(Error::content(format!("{name}.lower takes {inputs} inputs, not {}", reduce.outputs())));
        }
        let bias = tensors.vector(&format!("{name}.lower.bias"), units * pieces)?;
        let absent = tensors.vector(&format!("{name}.lower.pad"), features * units * pieces)?;
        // Feature, piece, unit instead of feature, unit, piece; nothing for padding.
        let padded = units.next_multiple_of(LANES);
        let place = |column: usize| {
            let (rest, unit) = (column / padded, column % padded);
            (unit < units).then(|| (rest / pieces * units + unit) * pieces + rest % pieces)
        };
        let lower = Packed::new(inputs, features * pieces * padded, |column, input| {
            place(column).map_or(0.0, |row| weight[row * inputs + input])
        });
        let upper = if tensors.has(&format!("{name}.upper.weight")) {
            let ([outputs, inputs], weight) = tensors.get(&format!("{name}.upper.weight"))?;
            if (outputs, inputs) != (moves, units) {
                return Err(Error::content(format!("{name}.upper is {outputs}×{inputs}, not {moves}×{units}")));
            }
            let padded = moves.next_multiple_of(LANES);
            let mut transposed = vec![0.0; units * padded];
            for (at, &x) in weight.iter().enumerate() {
                transposed[at % units * padded + at / units] = x;
            }
            let mut bias = tensors.vector(&format!("{name}.upper.bias"), moves)?;
            bias.resize(padded, 0.0);
            Some(Upper { weight: transposed, bias })
        } else if units == moves {
            None
        } else {
            return Err(Error::content(format!("{name} has {units} scores for {moves} moves")));
        };
        Ok(Self {
            reduce,
            lower,
            lower_bias: (0..pieces * padded).map(|column| place(column).map_or(0.0, |at| bias[at])).collect(),
            absent: (0..features * pieces * padded).map(|column| place(column).map_or(0.0, |at| absent[at])).collect(),
            upper,
            features,
            units,
        })
    }

    pub fn features(&self) -> usize {
        self.features
    }

    /// Makes ready for the document whose tokens have these `vectors`.
    pub fn begin<'a>(&'a self, vectors: &'a [f32], cache: &'a mut ScorerCache) -> Scoring<'a> {
        cache.blocks.clear();
        cache.held.clear();
        cache.hidden.resize(self.lower_bias.len(), 0.0);
        cache.scores.resize(self.upper.as_ref().map_or(self.units, |upper| upper.bias.len()), 0.0);
        Scoring { scorer: self, vectors, cache }
    }
}

/// The buffers of one scorer in one thread.
#[derive(Debug, Default)]
pub(super) struct ScorerCache {
    /// Block of tokens → its place in `products`, 1 + slot or 0.
    blocks: Vec<u32>,
    /// Slot → its block and when it was last asked for.
    held: Vec<(usize, u64)>,
    clock: u64,
    products: Vec<f32>,
    reduced: Vec<f32>,
    hidden: Vec<f32>,
    scores: Vec<f32>,
}

#[cfg(test)]
impl ScorerCache {
    /// The scores of the last state.
    pub fn last(&self) -> &[f32] {
        &self.scores
    }
}

/// One document being scored.
pub(super) struct Scoring<'a> {
    scorer: &'a Scorer,
    vectors: &'a [f32],
    cache: &'a mut ScorerCache,
}

impl Scoring<'_> {
    /// The scores of all moves (and padding) in the state whose tokens are `ids`, −1 where absent.
    pub fn scores(&mut self, ids: &[i32]) -> &[f32] {
        let row = self.scorer.lower.columns();
        let mut places = [usize::MAX; 16];
        for (place, &id) in places.iter_mut().zip(ids) {
            if let Ok(id) = usize::try_from(id) {
                *place = (self.block(id / BLOCK) * BLOCK + id % BLOCK) * row;
            }
        }
        vectorised(Score { scorer: self.scorer, cache: self.cache, places: &places[..ids.len()] });
        &self.cache.scores
    }

    /// The slot that holds the products of `block`, computed if need be.
    fn block(&mut self, block: usize) -> usize {
        if self.cache.blocks.len() <= block {
            self.cache.blocks.resize(block + 1, 0);
        }
        self.cache.clock += 1;
        if let Some(slot) = self.cache.blocks[block].checked_sub(1) {
            self.cache.held[slot as usize].1 = self.cache.clock;
            return slot as usize;
        }
        let entry = (block, self.cache.clock);
        let slot = if self.cache.held.len() < BLOCKS {
            self.cache.held.push(entry);
            self.cache.held.len() - 1
        } else {
            // A state has at most 13 tokens, so the least recent of 64 blocks is not one of its own.
            let slot = (0..BLOCKS).min_by_key(|&slot| self.cache.held[slot].1).unwrap_or(0);
            self.cache.blocks[self.cache.held[slot].0] = 0;
            self.cache.held[slot] = entry;
            slot
        };
        self.cache.blocks[block] = slot as u32 + 1;
        let width = self.scorer.reduce.inputs();
        let vectors = &self.vectors[block * BLOCK * width..];
        let rows = BLOCK.min(vectors.len() / width);
        self.scorer.reduce.apply(&vectors[..rows * width], rows, &mut self.cache.reduced);
        let size = BLOCK * self.scorer.lower.columns();
        if self.cache.products.len() < (slot + 1) * size {
            self.cache.products.resize((slot + 1) * size, 0.0);
        }
        let (reduced, out) = (&self.cache.reduced, &mut self.cache.products[slot * size..]);
        self.scorer.lower.multiply(reduced, self.scorer.reduce.stride(), rows, out);
        slot
    }
}

struct Score<'a> {
    scorer: &'a Scorer,
    cache: &'a mut ScorerCache,
    places: &'a [usize],
}

impl WithSimd for Score<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Scorer { lower_bias, absent, upper, units, .. } = self.scorer;
        let ScorerCache { products, hidden, scores, .. } = self.cache;
        let size = lower_bias.len();
        let mut rows = [&absent[..0]; 16];
        for (feature, (row, &place)) in rows.iter_mut().zip(self.places).enumerate() {
            let from = if place == usize::MAX { &absent[..] } else { &products[place..] };
            *row = &from[feature * size..][..size];
        }
        let rows = &rows[..self.places.len()];
        for (at, (hidden, bias)) in
            hidden.as_chunks_mut::<LANES>().0.iter_mut().zip(lower_bias.as_chunks::<LANES>().0).enumerate()
        {
            let mut sums = [0f32; LANES];
            for row in rows {
                for (sum, x) in sums.iter_mut().zip(&row[at * LANES..][..LANES]) {
                    *sum += x;
                }
            }
            for ((hidden, sum), bias) in hidden.iter_mut().zip(sums).zip(bias) {
                *hidden = sum + bias;
            }
        }
        let padded = units.next_multiple_of(LANES);
        let (first, pieces) = hidden[..size].split_at_mut(padded);
        for piece in pieces.chunks_exact(padded) {
            for (best, &x) in first.iter_mut().zip(piece) {
                *best = if x > *best { x } else { *best };
            }
        }
        let Some(upper) = upper else { return scores.copy_from_slice(&first[..*units]) };
        let ((bias, _), (weights, _)) = (S::as_simd_f32s(&upper.bias), S::as_simd_f32s(&upper.weight));
        let (scores, _) = S::as_mut_simd_f32s(scores);
        let (first, mut at) = (&first[..*units], 0);
        while at < scores.len() {
            let out = &mut scores[at..];
            at += match out.len() {
                TOGETHER.. => sums::<S, TOGETHER>(simd, first, &bias[at..], &weights[at..], bias.len(), out),
                4.. => sums::<S, 4>(simd, first, &bias[at..], &weights[at..], bias.len(), out),
                2.. => sums::<S, 2>(simd, first, &bias[at..], &weights[at..], bias.len(), out),
                _ => sums::<S, 1>(simd, first, &bias[at..], &weights[at..], bias.len(), out),
            };
        }
    }
}

/// `N` vectors of scores: the bias plus `input` times the rows of `weights`, which lie `stride` apart.
/// Returns `N`.
#[inline(always)]
fn sums<S: Simd, const N: usize>(
    simd: S,
    input: &[f32],
    bias: &[S::f32s],
    weights: &[S::f32s],
    stride: usize,
    out: &mut [S::f32s],
) -> usize {
    let mut sums: [S::f32s; N] = std::array::from_fn(|v| bias[v]);
    for (&x, weights) in input.iter().zip(weights.chunks(stride)) {
        let (x, weights) = (simd.splat_f32s(x), &weights[..N]);
        for v in 0..N {
            sums[v] = simd.add_f32s(simd.mul_f32s(x, weights[v]), sums[v]);
        }
    }
    out[..N].copy_from_slice(&sums);
    N
}
