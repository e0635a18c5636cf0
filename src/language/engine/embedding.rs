//! Word forms → vectors, and their products with the first layer's weights: the part of a network that
//! knows nothing of the context, and is remembered per form.

use std::sync::Arc;

use pulp::{Simd, WithSimd};

use super::error::{Error, Result};
use super::hash_embed::HashEmbed;
use super::lexeme::{Attribute, Lexicon};
use super::matmul::{PANEL, Packed, ROWS, vectorised};
use super::maxout::{Maxout, Place};
use super::static_vectors::{StaticVectors, VectorTable};
use super::tensor::Tensors;
use super::tok2vec::Tok2VecSpec;
use super::window::{Run, Scratch};

/// What is remembered of forms in one thread, in bytes.
const REMEMBERED: usize = 16 << 20;

/// A word form, and whether one space follows.
pub(super) type Form = (u32, bool);

/// The embedding of a network.
#[derive(Debug)]
pub(super) struct Embedding {
    columns: Vec<(Attribute, HashEmbed)>,
    /// The word vectors, and their part of the weights that mix the features.
    vectors: Option<(StaticVectors, Packed)>,
    mix: Maxout,
    first: Option<FirstLayer>,
    window: usize,
    sees_space: bool,
}

/// The first window layer. Its product with a window is the sum of what its forms give, each in its
/// place: computed once per form, and added up.
#[derive(Debug)]
struct FirstLayer {
    maxout: Maxout,
    /// width × places in the window × columns of the layer.
    weights: Packed,
}

/// The forms seen so far by one network in one thread.
#[derive(Debug, Default)]
pub(super) struct EmbeddingCache {
    /// Per lexeme, without and with a following space: the place in `kept`, or 0.
    places: Vec<[u32; 2]>,
    /// The embedding and the products of each form; first of all the zeros of no form.
    kept: Vec<f32>,
    /// The place in `kept` of each row of the strip.
    rows: Vec<u32>,
    fresh: Vec<Form>,
    input: Vec<f32>,
}

impl Embedding {
    /// Reads the embedding of the network `name`.
    pub fn load(spec: &Tok2VecSpec, name: &str, tensors: &Tensors, vectors: Option<&Arc<VectorTable>>) -> Result<Self> {
        let table = |at: usize| format!("{name}.embed.{at}");
        let vectors = match (spec.static_vectors, vectors) {
            (false, _) => None,
            (true, Some(table)) => Some(StaticVectors::load(tensors, &format!("{name}.vectors"), table)?),
            (true, None) => return Err(Error::content(format!("{name} needs word vectors"))),
        };
        let mut inputs = vectors.as_ref().map_or(0, StaticVectors::width);
        for at in 0..spec.columns.len() {
            inputs += HashEmbed::width(tensors, &table(at))?;
        }
        let (mix, weight) = Maxout::load(tensors, &format!("{name}.mix"), inputs)?;
        let (mut columns, mut from) = (Vec::new(), 0);
        for (at, &(attribute, seed)) in spec.columns.iter().enumerate() {
            let weight = |column: usize, input: usize| weight(column, from + input);
            columns.push((attribute, HashEmbed::load(tensors, &table(at), seed, mix.columns(), weight)?));
            from += HashEmbed::width(tensors, &table(at))?;
        }
        let vectors = vectors.map(|vectors| {
            let weights = mix.pack(vectors.width(), |column, input| weight(column, from + input));
            (vectors, weights)
        });
        let width = mix.width();
        let first = if spec.depth == 0 {
            None
        } else {
            let places = 2 * spec.window + 1;
            let (maxout, weight) = Maxout::load(tensors, &format!("{name}.encode.0"), width * places)?;
            if maxout.width() != width {
                return Err(Error::content(format!("{name} changes its width from layer to layer")));
            }
            let columns = maxout.columns();
            let weights = Packed::new(width, places * columns, |column, input| {
                weight(column % columns, column / columns * width + input)
            });
            Some(FirstLayer { maxout, weights })
        };
        let sees_space = spec.columns.iter().any(|(attribute, _)| *attribute == Attribute::Spacy);
        Ok(Self { columns, vectors, mix, first, window: spec.window, sees_space })
    }

    pub fn width(&self) -> usize {
        self.mix.width()
    }

    /// Numbers kept per form.
    fn kept(&self) -> usize {
        let products = self.first.as_ref().map_or(0, |first| first.maxout.columns() * (2 * self.window + 1));
        self.width() + products
    }

    /// Embeds the rows of a strip, one form or none per row.
    pub fn embed(&self, forms: &[Option<Form>], lexicon: &Lexicon, cache: &mut EmbeddingCache, scratch: &mut Scratch) {
        let size = self.kept();
        if cache.kept.len() + forms.len() * size > (REMEMBERED / 4).max(2 * forms.len() * size) {
            cache.kept.clear();
            cache.places.clear();
        }
        if cache.kept.is_empty() {
            cache.kept.resize(size, 0.0);
        }
        cache.places.resize(lexicon.len().max(cache.places.len()), [0; 2]);
        cache.fresh.clear();
        cache.rows.clear();
        let known = cache.kept.len() / size;
        for form in forms {
            let Some(&(lexeme, spacy)) = form.as_ref() else {
                cache.rows.push(0);
                continue;
            };
            let place = &mut cache.places[lexeme as usize][usize::from(self.sees_space && spacy)];
            if *place == 0 {
                *place = (known + cache.fresh.len()) as u32;
                cache.fresh.push((lexeme, spacy));
            }
            cache.rows.push(*place);
        }
        cache.kept.resize((known + cache.fresh.len()) * size, 0.0);
        for first in (0..cache.fresh.len()).step_by(ROWS) {
            let count = ROWS.min(cache.fresh.len() - first);
            self.fresh(first, count, known + first, lexicon, cache, scratch);
        }
    }

    /// Computes the forms `fresh[first..first + count]`, to be kept from `place` on.
    fn fresh(
        &self,
        first: usize,
        count: usize,
        place: usize,
        lexicon: &Lexicon,
        cache: &mut EmbeddingCache,
        scratch: &mut Scratch,
    ) {
        let (width, size) = (self.width(), self.kept());
        let EmbeddingCache { kept, fresh, input, .. } = cache;
        let fresh = &fresh[first..first + count];
        let columns = self.mix.columns().next_multiple_of(PANEL);
        scratch.products.resize(scratch.products.len().max(ROWS * columns), 0.0);
        match &self.vectors {
            None => scratch.products[..count * columns].fill(0.0),
            Some((vectors, weights)) => {
                input.clear();
                for &(lexeme, spacy) in fresh {
                    vectors.append(lexicon.get(lexeme).feature(Attribute::Orth, spacy), input);
                }
                weights.multiply(input, vectors.width(), count, &mut scratch.products);
            }
        }
        for (&(lexeme, spacy), products) in fresh.iter().zip(scratch.products.chunks_exact_mut(columns)) {
            let lexeme = lexicon.get(lexeme);
            for (attribute, table) in &self.columns {
                table.add(lexeme.feature(*attribute, spacy), products);
            }
        }
        scratch.places.clear();
        scratch.places.extend((0..count).map(|row| Place {
            product: row * columns,
            residual: None,
            out: (place + row) * size,
        }));
        self.mix.finish(&scratch.products, &[], &scratch.places, kept);
        if let Some(FirstLayer { weights, .. }) = &self.first {
            scratch.products.resize(scratch.products.len().max(ROWS * weights.columns()), 0.0);
            weights.multiply(&kept[place * size..], size, count, &mut scratch.products);
            let kept = kept[place * size..].chunks_exact_mut(size);
            for (kept, products) in kept.zip(scratch.products.chunks_exact(weights.columns())).take(count) {
                kept[width..].copy_from_slice(&products[..size - width]);
            }
        }
    }

    /// Computes the first layer, or without layers copies the embedding, for `runs` of the strip that was
    /// embedded last.
    pub fn first_layer(&self, runs: &[Run], cache: &mut EmbeddingCache, scratch: &mut Scratch, out: &mut [f32]) {
        let (width, size) = (self.width(), self.kept());
        let Some(FirstLayer { maxout, .. }) = &self.first else {
            for run in runs {
                let rows = &cache.rows[run.row..run.row + run.count];
                for (&place, out) in rows.iter().zip(out[run.out * width..].chunks_exact_mut(width)) {
                    out.copy_from_slice(&cache.kept[place as usize * size..][..width]);
                }
            }
            return;
        };
        let columns = maxout.columns();
        scratch.products.resize(scratch.products.len().max(ROWS * columns), 0.0);
        for run in runs {
            for first in (0..run.count).step_by(ROWS) {
                let count = ROWS.min(run.count - first);
                let row = run.row + first;
                let rows = &cache.rows[row - self.window..row + count + self.window];
                let products = &mut scratch.products[..count * columns];
                vectorised(Sum {
                    rows,
                    kept: &cache.kept,
                    size,
                    width,
                    window: 2 * self.window + 1,
                    products,
                    columns,
                });
                scratch.places.clear();
                scratch.places.extend((0..count).map(|at| Place {
                    product: at * columns,
                    residual: Some(cache.rows[row + at] as usize * size),
                    out: (run.out + first + at) * width,
                }));
                maxout.finish(&scratch.products, &cache.kept, &scratch.places, out);
            }
        }
    }
}

/// Adds up the products of the forms in each window.
struct Sum<'a> {
    /// Places in `kept`.
    rows: &'a [u32],
    kept: &'a [f32],
    size: usize,
    width: usize,
    window: usize,
    products: &'a mut [f32],
    columns: usize,
}

impl WithSimd for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { rows, kept, size, width, window, products, columns } = self;
        for (window, sums) in rows.windows(window).zip(products.chunks_exact_mut(columns)) {
            for (at, &place) in window.iter().enumerate() {
                let terms = &kept[place as usize * size + width + at * columns..][..columns];
                if at == 0 {
                    sums.copy_from_slice(terms);
                } else {
                    for (sum, term) in sums.iter_mut().zip(terms) {
                        *sum += term;
                    }
                }
            }
        }
    }
}
