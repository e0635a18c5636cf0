//! The public face of the engine: a model, and what it says of a text.

use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::error::{Kind, Result};
use super::import;
use super::labels::Label;
use super::model_file::{self, Precision};
use super::pipeline::Pipeline;
use super::runner::Runner;
use super::tensor::Tensors;

/// A language model, ready to run. One model serves any number of threads.
#[derive(Debug)]
pub struct Model {
    runner: Runner,
    info: ModelInfo,
    /// What [`Model::write`] writes; only models that were just imported keep it.
    source: Option<Box<(Pipeline, Tensors)>>,
}

/// What to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// How [`Model::write`] will store the weights; the imported model itself computes with them.
    pub precision: Precision,
    /// Names of components to leave out, for instance ones that cannot run here.
    pub without: Vec<String>,
}

/// Where a model comes from and what it can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelInfo {
    /// As in the pipeline's `meta.json`.
    pub name: String,
    /// As in the pipeline's `meta.json`.
    pub version: String,
    /// ISO code.
    pub language: String,
    /// As in the pipeline's `meta.json`.
    pub licence: String,
    /// Components in the order in which they run.
    pub components: Vec<String>,
    /// Numbers in all weights.
    pub weights: usize,
    /// Tags, relations, entity types and parser moves' labels, in no meaningful order.
    pub labels: Vec<String>,
}

/// A text as the model sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'model> {
    /// In the order of the text.
    pub tokens: Vec<ParsedToken<'model>>,
    /// In the order of the text, not overlapping.
    pub entities: Vec<ParsedEntity<'model>>,
}

/// A token. Layers that no component of the model fills are empty.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedToken<'model> {
    /// Byte offset of its beginning.
    pub start: usize,
    /// Byte offset past its end.
    pub end: usize,
    /// Fine-grained tag, such as VBD.
    pub tag: &'model str,
    /// Universal part of speech, such as VERB.
    pub pos: &'model str,
    /// Universal features, such as `Tense=Past|VerbForm=Fin`.
    pub morph: &'model str,
    /// Dictionary form.
    pub lemma: Arc<str>,
    /// Index of the head; its own for the root of a sentence.
    pub head: usize,
    /// Relation to the head, such as nsubj.
    pub dep: &'model str,
    /// A sentence begins here.
    pub sentence_start: bool,
    /// Index of the entity that it belongs to.
    pub entity: Option<usize>,
}

/// A name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedEntity<'model> {
    /// Index of its first token.
    pub first: usize,
    /// Index past its last token.
    pub end: usize,
    /// Type, such as PERSON.
    pub label: &'model str,
}

impl Model {
    /// Imports a spaCy v3 pipeline from a folder or a wheel.
    ///
    /// # Errors
    ///
    /// If a file is missing or malformed, or a component cannot run here; the message names it.
    pub fn import(path: &Path, options: &ImportOptions) -> Result<Self> {
        let (pipeline, tensors) = import::import(path, &options.without)?;
        // Run what will be written: weights rounded to the precision asked for.
        let mut bytes = Vec::new();
        model_file::write(&pipeline, &tensors, options.precision, &mut bytes)?;
        let (pipeline, tensors) = model_file::read(&bytes)?;
        let mut model = Self::new(&pipeline, &tensors)?;
        model.source = Some(Box::new((pipeline, tensors)));
        Ok(model)
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// If the bytes are not a model file of this version, are cut short or altered, or contradict
    /// themselves. Never panics, whatever the bytes are.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let (pipeline, tensors) = model_file::read(bytes)?;
        Self::new(&pipeline, &tensors)
    }

    /// The English model that is part of the program (see `data/models/README.md`).
    ///
    /// # Errors
    ///
    /// None in practice: a test reads the file.
    pub fn embedded() -> Result<Self> {
        Self::read(include_bytes!("../../../data/models/en_core_web_sm.isnad-model"))
    }

    /// Writes an imported model as one file and returns the SHA-256 of its body.
    ///
    /// # Errors
    ///
    /// If `out` refuses, or the model was read from a file (copy that instead).
    pub fn write(&self, precision: Precision, out: &mut impl Write) -> Result<String> {
        let Some(source) = &self.source else {
            let error = std::io::Error::other("the model was not imported but read from a file");
            return Err(Kind::Write(error).into());
        };
        model_file::write(&source.0, &source.1, precision, out)
    }

    fn new(pipeline: &Pipeline, tensors: &Tensors) -> Result<Self> {
        let runner = Runner::new(pipeline, tensors)?;
        let info = ModelInfo {
            name: pipeline.name.clone(),
            version: pipeline.version.clone(),
            language: pipeline.language.clone(),
            licence: pipeline.licence.clone(),
            components: pipeline.components.iter().map(|component| component.name.clone()).collect(),
            weights: tensors.0.values().map(|tensor| tensor.data.len()).sum(),
            labels: runner.labels().all().map(|(_, name)| name.to_owned()).collect(),
        };
        Ok(Self { runner, info, source: None })
    }

    /// Where the model comes from and what it can do.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// Analyses `text` (at most 4 GB; what is longer is not read). The same text gives the same answer
    /// on every machine and in every thread.
    ///
    /// What is no language is not read. Where ten thousand tokens, counted from the first of the text, have
    /// fewer than 35,000 bytes of text (bytes of a program, rows of digits, marks or emoji; news have 47,000
    /// and more), those hundreds of them that have fewer than 350 bytes get offsets and nothing else. The
    /// sentences around them end and begin there. A text of fewer tokens is always read. So a text takes
    /// time in proportion to its bytes, whatever they are.
    pub fn analyse(&self, text: &str) -> Parsed<'_> {
        self.run(text, std::slice::from_ref(&(0..text.len())), false)
    }

    /// Analyses every one of `pieces` (byte ranges of `text`, such as paragraphs) as a text of its own.
    ///
    /// Offsets and token indices are those of the whole text. Nothing crosses the end of a piece: its
    /// first token begins a sentence, its heads and names lie inside of it. What lies between pieces has
    /// no tokens, nor has an empty piece. Thousands of short pieces take little longer than one text.
    ///
    /// ```
    /// # let model = isnad::language::engine::Model::embedded()?;
    /// let text = "Detained in Homs\n\nHe was freed.";
    /// let parsed = model.analyse_pieces(text, &[0..16, 18..31]);
    /// let starts: Vec<usize> = parsed.tokens.iter().filter(|t| t.sentence_start).map(|t| t.start).collect();
    /// assert_eq!(starts, [0, 18]);
    /// # Ok::<(), isnad::language::engine::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// If the pieces are not in the order of the text, overlap, or do not lie on characters of it.
    pub fn analyse_pieces(&self, text: &str, pieces: &[Range<usize>]) -> Parsed<'_> {
        self.run(text, pieces, false)
    }

    /// Analyses `sentences` like [`analyse_pieces`](Self::analyse_pieces), taking each for exactly one
    /// sentence: one root, and no sentence begins inside, as when spaCy is given the sentences' starts.
    ///
    /// ```
    /// # let model = isnad::language::engine::Model::embedded()?;
    /// let text = "He fled. They stayed.";
    /// assert_eq!(model.analyse(text).tokens.iter().filter(|token| token.sentence_start).count(), 2);
    /// let one = model.analyse_sentences(text, &[0..21]);
    /// assert_eq!(one.tokens.iter().filter(|token| token.sentence_start).count(), 1);
    /// # Ok::<(), isnad::language::engine::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// As [`analyse_pieces`](Self::analyse_pieces).
    pub fn analyse_sentences(&self, text: &str, sentences: &[Range<usize>]) -> Parsed<'_> {
        self.run(text, sentences, true)
    }

    fn run(&self, text: &str, pieces: &[Range<usize>], whole: bool) -> Parsed<'_> {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        let ordered = pieces.is_sorted_by(|one, next| one.end <= next.start);
        assert!(ordered && pieces.iter().all(|piece| piece.start <= piece.end), "pieces overlap or are out of order");
        let pieces = pieces.iter().map(|piece| piece.start.min(text.len())..piece.end.min(text.len()));
        let mut document = self.runner.run(text, pieces, whole);
        let name = |label: Label| self.runner.labels().name(label);
        // Where the tokens that were not read are put in again, everything after them moves.
        let (mut unread, mut shift) = (document.unread.iter().peekable(), 0);
        let mut spans = document.entities.iter().enumerate().peekable();
        let mut parsed = Parsed {
            tokens: Vec::with_capacity(
                document.tokens.len() + document.unread.iter().map(|(_, tokens)| tokens.len()).sum::<usize>(),
            ),
            entities: Vec::with_capacity(document.entities.len()),
        };
        let nothing: Arc<str> = "".into();
        for at in 0..=document.tokens.len() {
            while let Some((_, tokens)) = unread.next_if(|(before, _)| *before == at) {
                shift += tokens.len();
                parsed.tokens.extend(tokens.iter().enumerate().map(|(number, token)| ParsedToken {
                    start: token.start as usize,
                    end: token.end as usize,
                    tag: "",
                    pos: "",
                    morph: "",
                    lemma: Arc::clone(&nothing),
                    head: at + shift - tokens.len() + number,
                    dep: "",
                    sentence_start: number == 0,
                    entity: None,
                }));
            }
            let Some(token) = document.tokens.get(at) else { break };
            if let Some((_, span)) = spans.peek().filter(|(_, span)| span.first as usize == at) {
                let (first, end) = (span.first as usize + shift, span.end as usize + shift);
                parsed.entities.push(ParsedEntity { first, end, label: name(span.label) });
            }
            let entity = spans.peek().filter(|(_, span)| span.first as usize <= at).map(|&(number, _)| number);
            spans.next_if(|(_, span)| span.end as usize == at + 1);
            parsed.tokens.push(ParsedToken {
                start: token.start as usize,
                end: token.end as usize,
                tag: name(document.tags[at]),
                pos: name(document.pos[at]),
                morph: name(document.morphs[at]),
                lemma: document.lemmas[at].take().unwrap_or_else(|| Arc::clone(&nothing)),
                head: document.heads[at] as usize + shift,
                dep: name(document.deps[at]),
                sentence_start: document.starts[at] == 1,
                entity,
            });
        }
        parsed
    }
}
