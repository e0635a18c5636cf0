//! Runs the components of a pipeline over a text, one after the other.
//!
//! Each thread takes a workspace (buffers, and what it remembers of word forms) from a common heap and
//! lays it back: remembering changes speed, never answers.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::attribute_ruler::{AttributeRuler, normalised_features};
use super::document::Document;
use super::entity_recognizer::EntityRecognizer;
use super::error::{Error, Result};
use super::labels::{Label, Labels};
use super::lemmatizer::Lemmatizer;
use super::linear::Linear;
use super::parser::Parser;
use super::pipeline::{Input, Kind, Pipeline};
use super::projectivity::sentence_starts;
use super::seeded_hash::SeededMap;
use super::static_vectors::VectorTable;
use super::tensor::Tensors;
use super::tok2vec::{Tok2Vec, Tok2VecCache};
use super::tokenizer::{Tokenizer, TokenizerCache};
use super::transition::ScorerCache;

/// What a workspace remembers of word forms before it starts afresh, in bytes: some 40,000 forms.
const FORMS: usize = 12 << 20;

/// Tokens of a text whose buffers (about half a kilobyte a token) are given back at once.
const LONG: usize = 20_000;

/// A pipeline with its layers built.
#[derive(Debug)]
pub(super) struct Runner {
    tokenizer: Tokenizer,
    networks: Vec<Tok2Vec>,
    components: Vec<Component>,
    labels: Labels,
    workspaces: Mutex<Vec<Workspace>>,
}

/// A component; `network` is a number in [`Runner::networks`].
#[derive(Debug)]
enum Component {
    Tagger { network: usize, output: Linear, labels: Vec<Label>, overwrite: bool },
    Morphologizer { network: usize, output: Linear, labels: Vec<(Label, Label)>, overwrite: bool },
    Senter { network: usize, output: Linear, overwrite: bool },
    Parser { network: usize, parser: Parser },
    Ner { network: usize, recognizer: EntityRecognizer },
    Ruler(AttributeRuler),
    Lemmatizer(Lemmatizer),
}

/// Everything that a run changes.
#[derive(Debug, Default)]
struct Workspace {
    tokenizer: TokenizerCache,
    networks: Vec<Tok2VecCache>,
    /// The vectors of the text's tokens, by network.
    vectors: Vec<Vec<f32>>,
    scorer: ScorerCache,
    scratch: Vec<f32>,
    lemmas: SeededMap<(u32, Label, Label), Arc<str>>,
}

impl Runner {
    /// Builds all layers, checking every size.
    pub fn new(pipeline: &Pipeline, tensors: &Tensors) -> Result<Self> {
        let vectors = match pipeline.vector_rows.is_empty() {
            true => None,
            false => Some(Arc::new(VectorTable::load(tensors, &pipeline.vector_rows)?)),
        };
        let mut runner = Self {
            tokenizer: Tokenizer::new(&pipeline.tokenizer, &pipeline.norms)?,
            networks: Vec::new(),
            components: Vec::new(),
            labels: Labels::new(),
            workspaces: Mutex::new(Vec::new()),
        };
        let mut shared: HashMap<&str, usize> = HashMap::new();
        let mut rulers = Vec::new();
        for component in &pipeline.components {
            let name = component.name.as_str();
            let network = |input: &Input, networks: &mut Vec<Tok2Vec>| match input {
                Input::Shared(upstream) => shared
                    .get(upstream.as_str())
                    .copied()
                    .ok_or_else(|| Error::content(format!("{name} listens to {upstream}, which is not there"))),
                Input::Own(spec) => {
                    networks.push(Tok2Vec::load(spec, name, tensors, vectors.as_ref())?);
                    Ok(networks.len() - 1)
                }
            };
            let networks = &mut runner.networks;
            let output = |network: usize, networks: &[Tok2Vec], outputs: usize| {
                let output = Linear::load(tensors, &format!("{name}.output"), networks[network].width())?;
                match output.outputs() == outputs {
                    true => Ok(output),
                    false => Err(Error::content(format!("{name} has {} outputs, {outputs} labels", output.outputs()))),
                }
            };
            let built = match &component.kind {
                Kind::Tok2Vec { network: spec } => {
                    let number = network(&Input::Own(spec.clone()), networks)?;
                    shared.insert(name, number);
                    continue;
                }
                Kind::Tagger { input, labels, overwrite } => {
                    let network = network(input, networks)?;
                    let output = output(network, networks, labels.len())?;
                    let labels = labels.iter().map(|label| runner.labels.number(label)).collect();
                    Component::Tagger { network, output, labels, overwrite: *overwrite }
                }
                Kind::Morphologizer { input, labels, overwrite } => {
                    let network = network(input, networks)?;
                    let output = output(network, networks, labels.len())?;
                    let mut number = |text: &str| runner.labels.number(text);
                    let labels =
                        labels.iter().map(|(morph, pos)| (number(&normalised_features(morph)), number(pos))).collect();
                    Component::Morphologizer { network, output, labels, overwrite: *overwrite }
                }
                Kind::Senter { input, overwrite } => {
                    let network = network(input, networks)?;
                    Component::Senter { network, output: output(network, networks, 2)?, overwrite: *overwrite }
                }
                Kind::Parser { input, moves } => {
                    let network = network(input, networks)?;
                    let parser = Parser::load(moves, name, networks[network].width(), tensors, &mut runner.labels)?;
                    Component::Parser { network, parser }
                }
                Kind::Ner { input, moves } => {
                    let network = network(input, networks)?;
                    let width = networks[network].width();
                    let recognizer = EntityRecognizer::load(moves, name, width, tensors, &mut runner.labels)?;
                    Component::Ner { network, recognizer }
                }
                Kind::AttributeRuler { rules } => {
                    rulers.push((runner.components.len(), rules));
                    Component::Ruler(AttributeRuler::new(&[], &mut runner.labels)?)
                }
                Kind::Lemmatizer { tables } => Component::Lemmatizer(Lemmatizer::new(tables)?),
            };
            runner.components.push(built);
        }
        // Conditions are sets of labels: compiled when all labels are known.
        for (_, rules) in &rulers {
            AttributeRuler::new(rules, &mut runner.labels)?;
        }
        for (at, rules) in rulers {
            runner.components[at] = Component::Ruler(AttributeRuler::new(rules, &mut runner.labels)?);
        }
        Ok(runner)
    }

    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Runs all components over the `pieces` of `text`; if they are `whole`, each is one sentence.
    pub fn run(&self, text: &str, pieces: impl Iterator<Item = Range<usize>>, whole: bool) -> Document {
        let mut workspace = self.heap().pop().unwrap_or_default();
        if workspace.tokenizer.lexicon.bytes() > FORMS {
            workspace = Workspace::default();
        }
        let document = self.run_in(text, pieces, whole, &mut workspace);
        // The buffers of an uncommonly long text are not kept.
        if document.tokens.len() <= LONG {
            self.heap().push(workspace);
        }
        document
    }

    fn heap(&self) -> std::sync::MutexGuard<'_, Vec<Workspace>> {
        self.workspaces.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run_in(
        &self,
        text: &str,
        pieces: impl Iterator<Item = Range<usize>>,
        whole: bool,
        workspace: &mut Workspace,
    ) -> Document {
        let Workspace { tokenizer, networks, vectors, scorer, scratch, lemmas } = workspace;
        networks.resize_with(self.networks.len(), Tok2VecCache::default);
        let (mut tokens, mut tokenized) = (Vec::new(), Vec::new());
        for piece in pieces {
            let first = tokens.len();
            self.tokenizer.tokenize(text, piece, tokenizer, &mut tokens);
            if tokens.len() > first {
                tokenized.push(first..tokens.len());
            }
        }
        let lexicon = &tokenizer.lexicon;
        let mut document = Document::new(tokens, tokenized, whole);
        document.spaces = document.tokens.iter().map(|token| lexicon.get(token.lexeme).is_space).collect();
        let count = document.tokens.len();
        if count == 0 {
            return document;
        }
        let mut done = vec![false; self.networks.len()];
        vectors.resize_with(self.networks.len(), Vec::new);
        for (at, component) in self.components.iter().enumerate() {
            if let Some(network) = component.network()
                && !std::mem::replace(&mut done[network], true)
            {
                // The vectors of a network that no later component reads make room for the next one's.
                let read = |other: usize| self.components[at..].iter().any(|later| later.network() == Some(other));
                let free = (0..done.len()).find(|&other| !read(other) || !done[other]);
                let mut out = free.map_or_else(Vec::new, |free| std::mem::take(&mut vectors[free]));
                self.networks[network].run(
                    &document.tokens,
                    &document.pieces,
                    lexicon,
                    &mut networks[network],
                    &mut out,
                );
                vectors[network] = out;
            }
            match component {
                Component::Tagger { network, output, labels, overwrite } => {
                    output.greatest(&vectors[*network], count, scratch, |at, best| {
                        let tag = &mut document.tags[at];
                        if tag.is_empty() || *overwrite {
                            *tag = labels[best];
                        }
                    });
                }
                Component::Morphologizer { network, output, labels, overwrite } => {
                    output.greatest(&vectors[*network], count, scratch, |at, best| {
                        let (morph, pos) = labels[best];
                        let (known_morph, known_pos) = (&mut document.morphs[at], &mut document.pos[at]);
                        if known_morph.is_empty() || *overwrite {
                            *known_morph = morph;
                        }
                        if known_pos.is_empty() || *overwrite {
                            *known_pos = pos;
                        }
                    });
                }
                Component::Senter { network, output, overwrite } => {
                    output.greatest(&vectors[*network], count, scratch, |at, best| {
                        let start = &mut document.starts[at];
                        if *start == 0 || *overwrite {
                            *start = if best == 1 { 1 } else { -1 };
                        }
                    });
                }
                Component::Parser { network, parser } => {
                    let vectors = &vectors[*network];
                    let Document { spaces, starts, pieces, .. } = &document;
                    let tree = parser.parse(vectors, spaces, starts, pieces, &self.labels, scorer);
                    let starts = sentence_starts(&tree.heads);
                    document.starts = starts.into_iter().map(|start| if start { 1 } else { -1 }).collect();
                    (document.heads, document.deps) = (tree.heads, tree.labels);
                }
                Component::Ner { network, recognizer } => {
                    let vectors = &vectors[*network];
                    let Document { spaces, starts, pieces, .. } = &document;
                    document.entities = recognizer.recognise(vectors, spaces, starts, pieces, scorer);
                }
                Component::Ruler(ruler) => ruler.apply(&mut document, lexicon),
                Component::Lemmatizer(lemmatizer) => {
                    for at in 0..count {
                        if document.lemmas[at].is_none() || lemmatizer.overwrite {
                            let key = (document.tokens[at].lexeme, document.pos[at], document.morphs[at]);
                            let lemma = lemmas.entry(key).or_insert_with(|| {
                                lemmatizer.lemma(lexicon.get(key.0), key.1, key.2, &self.labels).into()
                            });
                            document.lemmas[at] = Some(Arc::clone(lemma));
                        }
                    }
                }
            }
        }
        document
    }
}

impl Component {
    fn network(&self) -> Option<usize> {
        match self {
            Self::Tagger { network, .. }
            | Self::Morphologizer { network, .. }
            | Self::Senter { network, .. }
            | Self::Parser { network, .. }
            | Self::Ner { network, .. } => Some(*network),
            Self::Ruler(_) | Self::Lemmatizer(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use pulp::Arch;

    use super::*;
    use crate::language::engine::matmul::{FORCED, Kernels};
    use crate::language::engine::model_file;

    #[test]
    fn all_kernels_give_the_same_bytes() {
        let bytes = include_bytes!("../../../data/models/en_core_web_sm.isnad-model");
        let (pipeline, tensors) = model_file::read(bytes).unwrap();
        let runner = Runner::new(&pipeline, &tensors).unwrap();
        // Lengths that leave every kind of rest, and one text longer than a strip.
        let mut texts: Vec<String> = include_str!("../../../tests/data/language/sentences.txt")
            .lines()
            .map(str::to_owned)
            .chain((1..16).map(|words| "held in Adra prison ".repeat(4)[..words * 5].to_owned()))
            .collect();
        texts.push(texts.concat());
        let run = |kernels| {
            FORCED.set(Some(kernels));
            let mut workspace = Workspace::default();
            let mut bits = Vec::new();
            for text in &texts {
                runner.run_in(text, std::iter::once(0..text.len()), false, &mut workspace);
                bits.extend(workspace.scorer.last().iter().map(|x| x.to_bits()));
                let (mut tokens, mut vectors) = (Vec::new(), Vec::new());
                runner.tokenizer.tokenize(text, 0..text.len(), &mut workspace.tokenizer, &mut tokens);
                let (whole, lexicon) = (0..tokens.len(), &workspace.tokenizer.lexicon);
                for (network, cache) in runner.networks.iter().zip(&mut workspace.networks) {
                    network.run(&tokens, std::slice::from_ref(&whole), lexicon, cache, &mut vectors);
                    bits.extend(vectors.iter().map(|x| x.to_bits()));
                }
            }
            FORCED.set(None);
            bits
        };
        let portable = run(Kernels::Portable);
        assert!(portable.len() > 2 * 96 * 800);
        assert!(portable == run(Kernels::Best(Arch::new())));
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = pulp::x86::V3::try_new() {
            assert!(portable == run(Kernels::Best(Arch::V3(avx2))));
        }
    }
}
