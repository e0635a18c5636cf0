//! The learned weights (`data/link/names.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{FEATURES, Features};

/// What the file holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    accept: f64,
    bias: f64,
    weights: BTreeMap<String, f64>,
}

/// A logistic regression over the features of a pair of names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    /// The score from which on two names are taken for one.
    pub accept: f64,
    bias: f64,
    weights: Vec<f64>,
}

/// By how much even the best score stays below the one that is enough, where too little is shared.
const TOO_LITTLE: f64 = 0.01;

/// Weights that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct ModelError(String);

impl Model {
    /// The weights of `data/link/names.toml`.
    pub fn embedded() -> &'static Self {
        static MODEL: LazyLock<Model> = LazyLock::new(|| {
            Model::read(include_str!("../../../data/link/names.toml")).expect("a test reads the embedded weights")
        });
        &MODEL
    }

    fn read(text: &str) -> Result<Self, ModelError> {
        let file: File = toml::from_str(text).map_err(|error| ModelError(error.to_string()))?;
        if let Some(unknown) = file.weights.keys().find(|name| !FEATURES.iter().any(|feature| feature.name == **name)) {
            return Err(ModelError(format!("there is no feature `{unknown}`")));
        }
        let weights = FEATURES.iter().map(|feature| file.weights.get(feature.name).copied().unwrap_or(0.0)).collect();
        Ok(Self { accept: file.accept, bias: file.bias, weights })
    }

    /// The probability that names with these features are spellings of one; not enough where they share one common name.
    pub fn score(&self, features: &Features) -> f64 {
        if features.is_impossible() {
            return 0.0;
        }
        let sum: f64 =
            self.weights.iter().zip(features.values()).map(|(weight, value)| weight * f64::from(*value)).sum();
        let score = 1.0 / (1.0 + (-(self.bias + sum)).exp());
        if features.is_weak() { score * (self.accept - TOO_LITTLE) } else { score }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read() {
        assert!((0.0..=1.0).contains(&Model::embedded().accept));
        assert!(Model::read("accept = 0.5\nbias = 0\n[weights]\nnothing = 1\n").is_err());
        assert!(Model::read("accept = 0.5").is_err());
    }

    #[test]
    fn evidence_for_raises_the_score_and_evidence_against_lowers_it() {
        for (feature, weight) in FEATURES.iter().zip(&Model::embedded().weights) {
            assert!(feature.effect.allows(*weight), "{}: {weight}", feature.name);
        }
    }
}
