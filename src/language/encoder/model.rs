//! The public face: a model is imported once, read from a file, and reads names.

use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use smol_str::SmolStr;

use super::decode::Labels;
use super::error::Result;
use super::import;
use super::kernels::Kernels;
use super::layers::{Layers, LayersCache};
use super::model_file;
use super::spec::Spec;
use super::tensors::Tensors;
use super::unigram::Unigram;
use super::windows::{Window, windows};
use super::words::{Sentence, Splitter, SplitterCache};
use crate::model::{ModelName, Span, Tagging};

/// Pieces that go through the layers at a time: enough to keep the kernels busy, few enough for the cache.
const BATCH: usize = 256;

/// Pieces of sentences that are split before they are read.
const STRETCH: usize = 16_384;

/// A names model: tokenizer, encoder and tagger. Shared between threads; the answers do not depend on them.
#[derive(Debug)]
pub struct Encoder {
    splitter: Splitter,
    layers: Layers,
    /// labels × hidden.
    head: Vec<f32>,
    head_bias: Vec<f32>,
    labels: Labels,
    info: EncoderInfo,
    begin: u32,
    end: u32,
    window: usize,
    caches: Mutex<Vec<Cache>>,
}

/// What a model is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncoderInfo {
    /// Name of the model.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Under which terms the weights may be passed on, as an SPDX expression.
    pub licence: String,
    /// Types of names, such as `Person`.
    pub types: Vec<String>,
    /// Pieces of the vocabulary.
    pub pieces: usize,
    /// Width of the vectors, and layers.
    pub hidden: usize,
    /// Layers above the word vectors.
    pub layers: usize,
    /// Numbers that were learned.
    pub weights: usize,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// The instruction set in use, such as `AVX2`.
    pub kernels: &'static str,
}

/// Everything that a run changes.
#[derive(Debug, Default)]
struct Cache {
    splitter: SplitterCache,
    layers: LayersCache,
    pieces: Vec<u32>,
    lengths: Vec<usize>,
}

impl Encoder {
    /// What every model file begins with.
    pub const MARK: &[u8] = model_file::CONTAINER.mark;

    /// The model that comes with the program, unpacked anew at every call.
    ///
    /// # Errors
    /// None for the program as it was built: a test reads it.
    pub fn embedded() -> Result<Self> {
        Self::read(include_bytes!("../../../data/models/names.isnad-encoder"))
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// If the bytes are not a model, of another format version, cut short, altered or inconsistent.
    ///
    /// ```
    /// use isnad::language::encoder::Encoder;
    ///
    /// let error = Encoder::read(b"something else").unwrap_err();
    /// assert_eq!(error.to_string(), "not a names model: it does not begin with the mark \"isnadenc\"");
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self> {
        Self::with_kernels(bytes, Kernels::detect())
    }

    /// Makes the bytes of a model file of an export of `data/models/train`.
    ///
    /// # Errors
    /// If a file is missing, does not have the expected layout, or sizes do not fit together.
    ///
    /// ```
    /// use isnad::language::encoder::Encoder;
    ///
    /// let error = Encoder::import("no such folder".as_ref()).unwrap_err();
    /// assert_eq!(error.to_string(), "cannot read no such folder/tagger.json");
    /// ```
    pub fn import(folder: &Path) -> Result<Vec<u8>> {
        let bytes = import::import(folder)?;
        Self::read(&bytes)?;
        Ok(bytes)
    }

    pub(super) fn with_kernels(bytes: &[u8], kernels: Kernels) -> Result<Self> {
        let (spec, tensors, sha256) = model_file::read(bytes)?;
        Self::new(spec, &tensors, sha256, kernels)
    }

    fn new(spec: Spec, tensors: &Tensors<'_>, sha256: String, kernels: Kernels) -> Result<Self> {
        let weights = tensors.0.values().map(|tensor| tensor.rows * tensor.width).sum();
        let labels = Labels::new(&spec.labels, &spec.groups)?;
        let layers = Layers::new(&spec, tensors, kernels)?;
        let scores = tensors.f32s("scores", 1, spec.pieces.len())?;
        let info = EncoderInfo {
            name: spec.name,
            version: spec.version,
            licence: spec.licence,
            types: labels.types().to_vec(),
            pieces: spec.pieces.len(),
            hidden: spec.hidden,
            layers: spec.layers,
            weights,
            sha256,
            kernels: layers.kernels().name,
        };
        let replacements = spec.replacements.into_iter().map(|(c, text)| (c, text.into())).collect();
        Ok(Self {
            splitter: Splitter { unigram: Unigram::new(&spec.pieces, &scores, spec.unknown)?, replacements },
            head: tensors.f32s("names.weight", labels.count(), spec.hidden)?,
            head_bias: tensors.f32s("names.bias", 1, labels.count())?,
            layers,
            labels,
            info,
            begin: spec.begin,
            end: spec.end,
            window: spec.window,
            caches: Mutex::default(),
        })
    }

    /// What this model is.
    pub fn info(&self) -> &EncoderInfo {
        &self.info
    }

    /// What every word of `sentences` (ranges of bytes of `text`, in order) may be, and the likeliest names; the
    /// score of a name is the probability of its least certain word.
    ///
    /// Sentences next to each other give each other context. A name does not cross their limits. Any text
    /// can be read; memory grows with the text, not with the length of a sentence or word.
    ///
    /// # Panics
    /// If a range is not one of whole characters of `text`.
    pub fn tag(&self, text: &str, sentences: &[Range<usize>]) -> Tagging {
        let mut cache = self.heap().pop().unwrap_or_default();
        let types = self.labels.types().iter().map(SmolStr::from).collect();
        let mut tagging = Tagging { types, ..Tagging::default() };
        let (mut split, mut pieces) = (Vec::new(), 0);
        for (number, range) in sentences.iter().enumerate() {
            let sentence = self.splitter.split(text, range.clone(), &mut cache.splitter);
            pieces += sentence.pieces.len();
            split.push(sentence);
            if pieces >= STRETCH || number + 1 == sentences.len() {
                self.read_stretch(&split, &mut cache, &mut tagging);
                split.clear();
                pieces = 0;
            }
        }
        self.heap().push(cache);
        tagging
    }

    fn heap(&self) -> std::sync::MutexGuard<'_, Vec<Cache>> {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn splitter(&self) -> &Splitter {
        &self.splitter
    }

    #[cfg(test)]
    pub(super) fn logs_of(&self, sentences: &[Sentence]) -> Vec<Vec<f32>> {
        self.logs(sentences, &mut Cache::default())
    }

    fn read_stretch(&self, sentences: &[Sentence], cache: &mut Cache, tagging: &mut Tagging) {
        for (sentence, logs) in sentences.iter().zip(self.logs(sentences, cache)) {
            for found in self.labels.decode(&logs) {
                let words = &sentence.words[found.words];
                let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
                tagging.names.push(ModelName {
                    span: Span::new(first.start, last.end),
                    label: tagging.types[found.kind].clone(),
                    score: Some(found.score),
                });
            }
            tagging.words.extend(sentence.words.iter().map(|word| Span::new(word.start, word.end)));
            tagging.logs.extend(logs);
        }
    }

    /// For each sentence, words × labels logarithms of probabilities.
    fn logs(&self, sentences: &[Sentence], cache: &mut Cache) -> Vec<Vec<f32>> {
        let count = self.labels.count();
        let mut logs: Vec<Vec<f32>> = sentences.iter().map(|s| vec![0.0; s.words.len() * count]).collect();
        let windows = windows(sentences, self.window);
        let mut rest = windows.as_slice();
        while !rest.is_empty() {
            let mut total = 0;
            let fits = |window: &&Window| {
                total += window.length + 2;
                total <= BATCH
            };
            let (batch, after) = rest.split_at(rest.iter().take_while(fits).count().max(1));
            rest = after;
            self.batch(sentences, batch, cache, &mut logs);
        }
        logs
    }

    fn batch(&self, sentences: &[Sentence], windows: &[Window], cache: &mut Cache, logs: &mut [Vec<f32>]) {
        let Cache { layers, pieces, lengths, .. } = cache;
        pieces.clear();
        lengths.clear();
        for window in windows {
            pieces.push(self.begin);
            for part in &window.parts {
                pieces.extend_from_slice(&sentences[part.sentence].pieces[part.pieces.clone()]);
            }
            pieces.push(self.end);
            lengths.push(window.length + 2);
        }
        let hidden = self.info.hidden;
        let vectors = self.layers.run(pieces, lengths, layers);
        let mut at = 0;
        for window in windows {
            at += 1;
            for part in &window.parts {
                for word in part.words.clone() {
                    let row = at + sentences[part.sentence].words[word].piece - part.pieces.start;
                    let count = self.labels.count();
                    let scores = &mut logs[part.sentence][word * count..][..count];
                    self.scores(&vectors[row * hidden..][..hidden], scores);
                    Labels::normalise(scores);
                }
                at += part.pieces.len();
            }
            at += 1;
        }
    }

    /// The scores of the labels for a vector, each added up in order.
    fn scores(&self, vector: &[f32], scores: &mut [f32]) {
        let rows = self.head.chunks_exact(vector.len()).zip(&self.head_bias);
        for (score, (weights, bias)) in scores.iter_mut().zip(rows) {
            *score = bias + super::kernels::dot(vector, weights);
        }
    }
}
