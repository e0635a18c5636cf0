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

/// The weights.
#[derive(Debug)]
pub(super) struct Scorer {
    reduce: Linear,
    /// hidden → features × pieces × hidden units.
    lower: Packed,
    /// pieces × units.
    lower_bias: Vec<f32>,
    /// features × pieces × units, for a position without a token.
    absent: Vec<f32>,
    upper: Option<Upper>,
    features: usize,
    units: usize,
}

#[derive(Debug)]
struct Upper {
    /// units × moves, padded to whole vectors.
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Moves are padded to this many.
const LANES: usize = 16;

impl Scorer {
    /// Reads the scorer `name` for vectors of `width` numbers and `moves` moves.
    pub fn load(tensors: &Tensors, name: &str, width: usize, moves: usize) -> Result<Self> {
        let reduce = Linear::load(tensors, &format!("{name}.reduce"), width)?;
        let ([features, units, pieces, inputs], weight) = tensors.get(&format!("{name}.lower.weight"))?;
        if inputs != reduce.outputs() {
            return Err(Error::content(format!("{name}.lower takes {inputs} inputs, not {}", reduce.outputs())));
        }
        let (hidden, all) = (units * pieces, features * units * pieces);
        let order = |column: usize| {
            let (feature, rest) = (column / hidden, column % hidden);
            feature * hidden + rest % units * pieces + rest / units
        };
        let bias = tensors.vector(&format!("{name}.lower.bias"), hidden)?;
        let absent = tensors.vector(&format!("{name}.lower.pad"), all)?;
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
            lower: Packed::new(weight, inputs, order),
            lower_bias: (0..hidden).map(|column| bias[order(column)]).collect(),
            absent: (0..all).map(|column| absent[order(column)]).collect(),
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

/// One document being scored.
pub(super) struct Scoring<'a> {
    scorer: &'a Scorer,
    vectors: &'a [f32],
    cache: &'a mut ScorerCache,
}

impl Scoring<'_> {
    /// The scores of all moves (and padding) in the state whose tokens are `ids`, −1 where absent.
    pub fn scores(&mut self, ids: &[i32]) -> &[f32] {
        let hidden = self.scorer.lower_bias.len();
        let row = hidden * self.scorer.features;
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
        let size = BLOCK * self.scorer.lower.outputs();
        if self.cache.products.len() < (slot + 1) * size {
            self.cache.products.resize((slot + 1) * size, 0.0);
        }
        let (reduced, out) = (&self.cache.reduced, &mut self.cache.products[slot * size..]);
        self.scorer.lower.multiply(reduced, self.scorer.lower.inputs(), rows, out);
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
        let size = lower_bias.len();
        let hidden = &mut self.cache.hidden[..size];
        hidden.fill(0.0);
        for (feature, &place) in self.places.iter().enumerate() {
            let row = if place == usize::MAX { &absent[..] } else { &self.cache.products[place..] };
            for (sum, x) in hidden.iter_mut().zip(&row[feature * size..][..size]) {
                *sum += x;
            }
        }
        for (sum, bias) in hidden.iter_mut().zip(lower_bias) {
            *sum += bias;
        }
        let (first, pieces) = hidden.split_at_mut(*units);
        for piece in pieces.chunks_exact(*units) {
            for (best, &x) in first.iter_mut().zip(piece) {
                *best = if x > *best { x } else { *best };
            }
        }
        let scores = &mut self.cache.scores[..];
        match upper {
            None => scores.copy_from_slice(first),
            Some(upper) => {
                scores.copy_from_slice(&upper.bias);
                let (scores, _) = S::as_mut_simd_f32s(scores);
                for (&x, weights) in first.iter().zip(upper.weight.chunks_exact(upper.bias.len())) {
                    let (x, (weights, _)) = (simd.splat_f32s(x), S::as_simd_f32s(weights));
                    for (score, &weight) in scores.iter_mut().zip(weights) {
                        *score = simd.mul_add_f32s(x, weight, *score);
                    }
                }
            }
        }
    }
}
