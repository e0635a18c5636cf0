//! What a model file says of its pipeline, apart from the weights.

use serde::{Deserialize, Serialize};

use super::attribute_ruler::RuleSpec;
use super::lemmatizer::LemmatizerSpec;
use super::tok2vec::Tok2VecSpec;
use super::tokenizer::TokenizerSpec;

/// A pipeline: where it comes from, its tokenizer, and its components in the order in which they run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pipeline {
    pub name: String,
    pub version: String,
    pub language: String,
    pub licence: String,
    pub author: String,
    pub url: String,
    pub tokenizer: TokenizerSpec,
    /// String id → norm.
    pub norms: Vec<(u64, String)>,
    /// String id → row of the tensor `vectors`; empty without word vectors.
    pub vector_rows: Vec<(u64, u32)>,
    pub components: Vec<Component>,
}

/// A component and its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Component {
    pub name: String,
    #[serde(flatten)]
    pub kind: Kind,
}

/// What a component does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Kind {
    Tok2Vec {
        network: Tok2VecSpec,
    },
    Tagger {
        input: Input,
        labels: Vec<String>,
        overwrite: bool,
    },
    /// Labels as (features, part of speech).
    Morphologizer {
        input: Input,
        labels: Vec<(String, String)>,
        overwrite: bool,
    },
    Senter {
        input: Input,
        overwrite: bool,
    },
    Parser {
        input: Input,
        moves: Vec<String>,
    },
    Ner {
        input: Input,
        moves: Vec<String>,
    },
    AttributeRuler {
        rules: Vec<RuleSpec>,
    },
    Lemmatizer {
        tables: LemmatizerSpec,
    },
}

/// Where a component's vectors come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Input {
    /// The earlier component of this name.
    Shared(String),
    Own(Tok2VecSpec),
}

impl Component {
    /// The component's network reads the word vectors.
    pub fn needs_vectors(&self) -> bool {
        match &self.kind {
            Kind::Tok2Vec { network } => network.static_vectors,
            Kind::Tagger { input, .. }
            | Kind::Morphologizer { input, .. }
            | Kind::Senter { input, .. }
            | Kind::Parser { input, .. }
            | Kind::Ner { input, .. } => matches!(input, Input::Own(network) if network.static_vectors),
            Kind::AttributeRuler { .. } | Kind::Lemmatizer { .. } => false,
        }
    }
}
