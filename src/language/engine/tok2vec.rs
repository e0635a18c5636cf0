//! Tokens → vectors: hash embeddings of lexical features, mixed, then residual window convolutions.
//!
//! spaCy's `Tok2Vec` with `MultiHashEmbed` and `MaxoutWindowEncoder`. A text is computed in strips, so
//! that its length needs no memory and the layers' vectors stay in the cache.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::embedding::{Embedding, EmbeddingCache, Form};
use super::error::{Error, Result};
use super::lexeme::{Attribute, Lexicon};
use super::static_vectors::VectorTable;
use super::tensor::Tensors;
use super::tokenizer::Token;
use super::window::{Run, Scratch, WindowLayer};

/// The shape of a network, as the model file tells it; sizes follow from the weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Tok2VecSpec {
    /// The embedded attributes with the seeds of their tables.
    pub columns: Vec<(Attribute, u32)>,
    pub static_vectors: bool,
    /// Neighbours seen on each side by one layer.
    pub window: usize,
    pub depth: usize,
}

/// A token-to-vector network.
#[derive(Debug)]
pub(super) struct Tok2Vec {
    embedding: Embedding,
    /// All layers but the first, which the embedding has multiplied.
    layers: Vec<WindowLayer>,
    window: usize,
    depth: usize,
}

/// The greatest depth and window a file may ask for; spaCy's own models have 4 to 8 and 1.
const LIMIT: usize = 64;

/// Rows of a strip, and tokens of one piece in it (an even number: pairs begin where a piece begins).
const STRIP: usize = 256;

/// The tokens `tokens` of a piece that reaches from `piece.start` to `piece.end`, in rows from `row` on;
/// around them lie as many rows as the layers see.
#[derive(Debug)]
struct Segment {
    tokens: Range<usize>,
    piece: Range<usize>,
    row: usize,
}

impl Tok2Vec {
    /// Reads the network `name` from `tensors`.
    pub fn load(spec: &Tok2VecSpec, name: &str, tensors: &Tensors, vectors: Option<&Arc<VectorTable>>) -> Result<Self> {
        if spec.columns.is_empty() || spec.window > LIMIT || spec.depth > LIMIT {
            return Err(Error::content(format!("{name} has no columns, or too many layers")));
        }
        let embedding = Embedding::load(spec, name, tensors, vectors)?;
        let mut layers = Vec::new();
        for at in 1..spec.depth {
            let layer = WindowLayer::load(tensors, &format!("{name}.encode.{at}"), embedding.width(), spec.window)?;
            if layer.width() != embedding.width() {
                return Err(Error::content(format!("{name} changes its width from layer to layer")));
            }
            layers.push(layer);
        }
        Ok(Self { embedding, layers, window: spec.window, depth: spec.depth })
    }

    pub fn width(&self) -> usize {
        self.embedding.width()
    }

    /// Writes the vectors of `tokens`, tokens × width, to `out`; `pieces` do not see each other.
    pub fn run(
        &self,
        tokens: &[Token],
        pieces: &[Range<usize>],
        lexicon: &Lexicon,
        cache: &mut Tok2VecCache,
        out: &mut Vec<f32>,
    ) {
        out.resize(tokens.len() * self.width(), 0.0);
        let around = self.window * self.depth;
        let (mut segments, mut rows) = (Vec::new(), 0);
        for piece in pieces {
            for first in piece.clone().step_by(STRIP) {
                let end = piece.end.min(first + STRIP);
                segments.push(Segment { tokens: first..end, piece: piece.clone(), row: rows + around });
                // One more: a pair may end after the last row.
                rows += end - first + 2 * around + 1;
                if rows >= STRIP {
                    self.strip(tokens, &segments, rows, lexicon, cache, out);
                    segments.clear();
                    rows = 0;
                }
            }
        }
        if !segments.is_empty() {
            self.strip(tokens, &segments, rows, lexicon, cache, out);
        }
    }

    fn strip(
        &self,
        tokens: &[Token],
        segments: &[Segment],
        rows: usize,
        lexicon: &Lexicon,
        cache: &mut Tok2VecCache,
        out: &mut [f32],
    ) {
        let width = self.width();
        let around = self.window * self.depth;
        let Tok2VecCache { embeddings, forms, scratch, front, back, runs } = cache;
        // The form of every row; no form where thinc has padding. Every layer computes the padding
        // that later layers look into.
        forms.clear();
        for segment in segments {
            let Segment { tokens: inner, piece, .. } = segment;
            let before = inner.start.saturating_sub(around).max(piece.start);
            let after = (inner.end + around).min(piece.end);
            forms.extend(std::iter::repeat_n(None, around - (inner.start - before)));
            forms.extend(tokens[before..after].iter().map(|token| Some((token.lexeme, token.spacy))));
            forms.extend(std::iter::repeat_n(None, around - (after - inner.end) + 1));
        }
        self.embedding.embed(forms, lexicon, embeddings, scratch);
        for buffer in [&mut *front, &mut *back] {
            buffer.resize(buffer.len().max(rows * width), 0.0);
        }
        for layer in 0..self.depth.max(1) {
            // What the layers above need, and no more.
            let seen = around.saturating_sub(self.window * (layer + 1));
            let last = layer + 1 >= self.depth;
            runs.clear();
            runs.extend(segments.iter().map(|segment| {
                let row = segment.row - seen;
                let out = if last { segment.tokens.start } else { row };
                Run { row, count: segment.tokens.len() + 2 * seen, out }
            }));
            let to: &mut [f32] = if last { out } else { back };
            match layer.checked_sub(1) {
                None => self.embedding.first_layer(runs, embeddings, scratch, to),
                Some(layer) => self.layers[layer].apply(front, runs, scratch, to),
            }
            std::mem::swap(front, back);
        }
    }
}

/// The buffers of one network in one thread, and the embeddings of the forms seen so far.
#[derive(Debug, Default)]
pub(super) struct Tok2VecCache {
    embeddings: EmbeddingCache,
    forms: Vec<Option<Form>>,
    scratch: Scratch,
    front: Vec<f32>,
    back: Vec<f32>,
    runs: Vec<Run>,
}
