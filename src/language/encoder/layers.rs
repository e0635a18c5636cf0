//! Word vectors and the layers above them: BERT (Devlin et al. 2019), normalised after each addition.

use half::f16;

use super::error::{Error, Result};
use super::kernels::{Attention, HEAD, Kernels, Norm};
use super::matrix::{Matrix, Product};
use super::quantised::Quantised;
use super::spec::Spec;
use super::tensors::{QUARTER, QUARTER_BYTES, Tensors};

/// Rows that go through the wide middle of a layer at a time, so that they stay in the cache.
const TILE: usize = 48;

/// The encoder: pieces of windows → vectors.
#[derive(Debug)]
pub(super) struct Layers {
    /// Word vectors in 4-bit blocks.
    words: Vec<u8>,
    /// (window + 2) × hidden: vectors of the places, each with the segment's vector added.
    places: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    hidden: usize,
    inner: usize,
    kernels: Kernels,
}

#[derive(Debug)]
struct Layer {
    /// hidden → query, key and value of all heads.
    joined: Matrix,
    mixed: Matrix,
    mixed_norm: Norm,
    widen: Matrix,
    narrow: Matrix,
    norm: Norm,
}

/// Buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct LayersCache {
    rows: Vec<f32>,
    bytes: Quantised,
    joined: Vec<f32>,
    wide: Vec<f32>,
    mixed: Vec<f32>,
    scratch: Vec<f32>,
}

impl Layers {
    /// Builds the layers, checking every size.
    pub fn new(spec: &Spec, tensors: &Tensors<'_>, kernels: Kernels) -> Result<Self> {
        let (hidden, inner) = (spec.hidden, spec.inner);
        let words = tensors.get("word.blocks", spec.pieces.len(), hidden)?;
        let segment = tensors.f32s("segment", 1, hidden)?;
        let mut places = tensors.f32s("position.weight", spec.window + 2, hidden)?;
        for place in places.chunks_exact_mut(hidden) {
            for (x, y) in place.iter_mut().zip(&segment) {
                *x += y;
            }
        }
        let norm = |name: &str| -> Result<Norm> {
            let [gain, shift] = ["weight", "bias"].map(|part| tensors.f32s(&format!("{name}.{part}"), 1, hidden));
            Ok(Norm { gain: gain?, shift: shift?, epsilon: spec.epsilon })
        };
        // Several maps of the same inputs as one; each with a factor.
        let matrix = |names: &[(String, f32)], outputs: usize, inputs: usize| -> Result<Matrix> {
            let (mut weights, mut steps, mut bias) = (Vec::new(), Vec::new(), Vec::new());
            for (name, factor) in names {
                let (own_steps, own) = tensors.i8s(&format!("{name}.weight"), outputs, inputs)?;
                weights.extend(own);
                steps.extend(own_steps.into_iter().map(|step| step * factor));
                bias.extend(tensors.f32s(&format!("{name}.bias"), 1, outputs)?.into_iter().map(|x| x * factor));
            }
            Ok(Matrix::new(&weights, inputs, &steps, &bias))
        };
        let layer = |number: usize| -> Result<Layer> {
            let name = |part: &str| format!("layers.{number}.{part}");
            let root = 1.0 / (HEAD as f32).sqrt();
            Ok(Layer {
                joined: matrix(&[(name("q"), root), (name("k"), 1.0), (name("v"), 1.0)], hidden, hidden)?,
                mixed: matrix(&[(name("ao"), 1.0)], hidden, hidden)?,
                mixed_norm: norm(&name("aln"))?,
                widen: matrix(&[(name("fi"), 1.0)], inner, hidden)?,
                narrow: matrix(&[(name("fo"), 1.0)], hidden, inner)?,
                norm: norm(&name("oln"))?,
            })
        };
        if words.form != super::tensors::Form::Q4 {
            return Err(Error::content("word vectors are expected in 4-bit blocks"));
        }
        Ok(Self {
            words: words.bytes.to_vec(),
            places,
            norm: norm("norm")?,
            layers: (0..spec.layers).map(layer).collect::<Result<_>>()?,
            hidden,
            inner,
            kernels,
        })
    }

    pub fn kernels(&self) -> Kernels {
        self.kernels
    }

    /// The vectors (pieces × hidden) of windows that lie one after the other in `pieces`; `lengths` says
    /// how many each has.
    pub fn run<'a>(&self, pieces: &[u32], lengths: &[usize], cache: &'a mut LayersCache) -> &'a [f32] {
        let LayersCache { rows, bytes, joined, wide, mixed, scratch } = cache;
        let hidden = self.hidden;
        rows.clear();
        rows.resize(pieces.len() * hidden, 0.0);
        let places = lengths.iter().flat_map(|&length| self.places.chunks_exact(hidden).take(length));
        mixed.clear();
        for ((row, &piece), place) in rows.chunks_exact_mut(hidden).zip(pieces).zip(places) {
            self.word(piece, row);
            mixed.extend_from_slice(place);
        }
        (self.kernels.add_norm)(rows, mixed, &self.norm);
        for layer in &self.layers {
            self.layer(layer, rows, lengths, bytes, joined, wide, mixed, scratch);
        }
        rows
    }

    #[expect(clippy::too_many_arguments, reason = "the buffers of one cache")]
    fn layer(
        &self,
        layer: &Layer,
        rows: &mut [f32],
        lengths: &[usize],
        bytes: &mut Quantised,
        joined: &mut Vec<f32>,
        wide: &mut Vec<f32>,
        mixed: &mut Vec<f32>,
        scratch: &mut Vec<f32>,
    ) {
        let (hidden, kernels) = (self.hidden, &self.kernels);
        let count = rows.len() / hidden;
        (kernels.quantise)(rows, hidden, bytes);
        joined.resize(count * 3 * hidden, 0.0);
        (kernels.product)(Product { weights: &layer.joined, rows: bytes, out: joined });
        mixed.resize(count * hidden, 0.0);
        let mut from = 0;
        for length in lengths {
            (kernels.attention)(Attention {
                joined: &joined[from * 3 * hidden..][..length * 3 * hidden],
                out: &mut mixed[from * hidden..][..length * hidden],
                width: hidden,
                scratch,
            });
            from += length;
        }
        for (rows, mixed) in rows.chunks_mut(TILE * hidden).zip(mixed.chunks_mut(TILE * hidden)) {
            (kernels.quantise)(mixed, hidden, bytes);
            (kernels.product)(Product { weights: &layer.mixed, rows: bytes, out: mixed });
            (kernels.add_norm)(rows, mixed, &layer.mixed_norm);
            (kernels.quantise)(rows, hidden, bytes);
            wide.resize(rows.len() / hidden * self.inner, 0.0);
            (kernels.product)(Product { weights: &layer.widen, rows: bytes, out: wide });
            (kernels.gelu)(wide);
            (kernels.quantise)(wide, self.inner, bytes);
            (kernels.product)(Product { weights: &layer.narrow, rows: bytes, out: mixed });
            (kernels.add_norm)(rows, mixed, &layer.norm);
        }
    }

    /// The vector of a piece.
    fn word(&self, piece: u32, row: &mut [f32]) {
        let size = self.hidden / QUARTER * QUARTER_BYTES;
        let blocks = &self.words[piece as usize * size..][..size];
        for (block, row) in blocks.chunks_exact(QUARTER_BYTES).zip(row.chunks_exact_mut(QUARTER)) {
            let scale = f16::from_le_bytes([block[0], block[1]]).to_f32();
            let (low, high) = row.split_at_mut(QUARTER / 2);
            for ((pair, low), high) in block[2..].iter().zip(low).zip(high) {
                *low = (f32::from(pair & 15) - 8.0) * scale;
                *high = (f32::from(pair >> 4) - 8.0) * scale;
            }
        }
    }
}
