//! Tokens → vectors: hash embeddings of lexical features, mixed, then residual window convolutions.
//!
//! spaCy's `Tok2Vec` with `MultiHashEmbed` and `MaxoutWindowEncoder`. What the embedding gives
//! depends on the word form (and on whether a space follows) only, so it is kept per form.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::hash_embed::HashEmbed;
use super::lexeme::{Attribute, Lexicon};
use super::maxout::{Maxout, ROWS};
use super::static_vectors::{StaticVectors, VectorTable};
use super::tensor::Tensors;
use super::tokenizer::Token;

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
    columns: Vec<(Attribute, HashEmbed)>,
    vectors: Option<StaticVectors>,
    mix: Maxout,
    layers: Vec<Maxout>,
    window: usize,
    sees_space: bool,
}

/// The greatest depth and window a file may ask for; spaCy's own models have 4 to 8 and 1.
const LIMIT: usize = 64;

/// Word forms whose embedding is kept (1 MB for 96-wide vectors is 2,700 forms).
const KEPT: usize = 60_000;

impl Tok2Vec {
    /// Reads the network `name` from `tensors`.
    pub fn load(spec: &Tok2VecSpec, name: &str, tensors: &Tensors, vectors: Option<&Arc<VectorTable>>) -> Result<Self> {
        if spec.columns.is_empty() || spec.window > LIMIT || spec.depth > LIMIT {
            return Err(Error::content(format!("{name} has no columns, or too many layers")));
        }
        let mix = Maxout::load(tensors, &format!("{name}.mix"))?;
        let width = mix.width();
        let mut columns = Vec::new();
        for (at, &(attribute, seed)) in spec.columns.iter().enumerate() {
            columns.push((attribute, HashEmbed::load(tensors, &format!("{name}.embed.{at}"), seed)?));
        }
        let vectors = match (spec.static_vectors, vectors) {
            (false, _) => None,
            (true, Some(table)) => Some(StaticVectors::load(tensors, &format!("{name}.vectors"), table)?),
            (true, None) => return Err(Error::content(format!("{name} needs word vectors"))),
        };
        let inputs = columns.iter().map(|(_, table)| table.width()).sum::<usize>()
            + vectors.as_ref().map_or(0, StaticVectors::width);
        mix.expect_inputs(name, inputs)?;
        let mut layers = Vec::new();
        for at in 0..spec.depth {
            let layer = Maxout::load(tensors, &format!("{name}.encode.{at}"))?;
            layer.expect_inputs(name, width * (2 * spec.window + 1))?;
            if layer.width() != width {
                return Err(Error::content(format!("{name} changes its width from layer to layer")));
            }
            layers.push(layer);
        }
        let sees_space = spec.columns.iter().any(|(attribute, _)| *attribute == Attribute::Spacy);
        Ok(Self { columns, vectors, mix, layers, window: spec.window, sees_space })
    }

    pub fn width(&self) -> usize {
        self.mix.width()
    }

    /// The vectors of `tokens`, tokens × width, in `cache.output()`; `pieces` do not see each other.
    pub fn run(&self, tokens: &[Token], pieces: &[Range<usize>], lexicon: &Lexicon, cache: &mut Tok2VecCache) {
        let width = self.width();
        // Every layer also computes the padding rows that later layers look into, as thinc does:
        // around each piece there are window·depth rows of zeros, and windows reach past the last.
        let padding = self.window * self.layers.len();
        let rows = tokens.len() + (pieces.len() + 1) * padding;
        cache.front.clear();
        cache.front.resize((rows + 2 * self.window) * width, 0.0);
        cache.rows.clear();
        for (number, piece) in pieces.iter().enumerate() {
            let shift = self.window + (number + 1) * padding;
            cache.rows.extend(piece.clone().map(|token| token + shift));
        }
        self.embed(tokens, lexicon, cache);
        cache.back.clear();
        cache.back.resize((rows + 2 * self.window) * width, 0.0);
        let inner = self.window * width..(self.window + rows) * width;
        for layer in &self.layers {
            let residual = &cache.front[inner.clone()];
            layer.apply(&cache.front, width, rows, Some(residual), &mut cache.scratch, &mut cache.back[inner.clone()]);
            std::mem::swap(&mut cache.front, &mut cache.back);
        }
        for piece in pieces {
            let from = cache.rows[piece.start] * width;
            cache.front.copy_within(from..from + piece.len() * width, piece.start * width);
        }
        cache.front.truncate(tokens.len() * width);
    }

    /// Writes the embedding of every token into its row of `cache.front`.
    fn embed(&self, tokens: &[Token], lexicon: &Lexicon, cache: &mut Tok2VecCache) {
        let width = self.width();
        if cache.kept.len() > KEPT * width {
            cache.kept.clear();
            cache.slots.clear();
        }
        cache.slots.resize(lexicon.len().max(cache.slots.len()), [0; 2]);
        let mut first = 0;
        while first < tokens.len() {
            // As many tokens as bring one block of new forms, then their rows at once.
            let (mut last, mut fresh) = (first, 0);
            cache.input.clear();
            while last < tokens.len() && fresh < ROWS {
                let token = &tokens[last];
                let slot = &mut cache.slots[token.lexeme as usize][usize::from(self.sees_space && token.spacy)];
                if *slot == 0 {
                    fresh += 1;
                    *slot = (cache.kept.len() / width + fresh) as u32;
                    self.input(token, lexicon, &mut cache.input);
                }
                last += 1;
            }
            let (at, inputs) = (cache.kept.len(), cache.input.len() / fresh.max(1));
            cache.kept.resize(at + fresh * width, 0.0);
            self.mix.apply(&cache.input, inputs, fresh, None, &mut cache.scratch, &mut cache.kept[at..]);
            for (token, &row) in tokens.iter().zip(&cache.rows).take(last).skip(first) {
                let slot = cache.slots[token.lexeme as usize][usize::from(self.sees_space && token.spacy)];
                let kept = &cache.kept[(slot as usize - 1) * width..][..width];
                cache.front[row * width..][..width].copy_from_slice(kept);
            }
            first = last;
            if cache.kept.len() > KEPT * width {
                cache.kept.clear();
                cache.slots.fill([0; 2]);
            }
        }
    }

    /// Appends the concatenated embeddings of one token's features.
    fn input(&self, token: &Token, lexicon: &Lexicon, input: &mut Vec<f32>) {
        let lexeme = lexicon.get(token.lexeme);
        for (attribute, table) in &self.columns {
            let from = input.len();
            input.resize(from + table.width(), 0.0);
            table.add(lexeme.feature(*attribute, token.spacy), &mut input[from..]);
        }
        if let Some(vectors) = &self.vectors {
            let from = input.len();
            input.resize(from + vectors.width(), 0.0);
            vectors.write(lexeme.feature(Attribute::Orth, token.spacy), &mut input[from..]);
        }
    }
}

/// The buffers of one network in one thread, and the embeddings of the forms seen so far.
#[derive(Debug, Default)]
pub(super) struct Tok2VecCache {
    /// Per word form, without and with a following space: 1 + row in `kept`, or 0.
    slots: Vec<[u32; 2]>,
    kept: Vec<f32>,
    input: Vec<f32>,
    scratch: Vec<f32>,
    /// The row of each token in `front` while the layers run.
    rows: Vec<usize>,
    front: Vec<f32>,
    back: Vec<f32>,
}

impl Tok2VecCache {
    /// The result of the last run, tokens × width.
    pub fn output(&self) -> &[f32] {
        &self.front
    }
}
