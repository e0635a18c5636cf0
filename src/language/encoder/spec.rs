//! What a model says about itself: sizes, labels, special pieces, characters that are replaced.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::kernels::{HEAD, LANES};
use super::matrix::MOST_INPUTS;

/// The description of a model, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Spec {
    /// Width of the vectors.
    pub hidden: usize,
    pub layers: usize,
    /// Width of the layer between.
    pub inner: usize,
    /// Added to the variance in normalisations.
    pub epsilon: f32,
    /// The pieces before and after a window, and the one for unknown characters.
    pub begin: u32,
    pub end: u32,
    pub unknown: u32,
    /// Pieces of a window at most, without beginning and end.
    pub window: usize,
    /// `O`, then `B-` and `I-` of each type.
    pub labels: Vec<String>,
    /// Which group a type belongs to: spans are decided between groups, then the type within.
    pub groups: BTreeMap<String, String>,
    pub pieces: Vec<String>,
    /// Replacements of characters before text is cut into pieces.
    pub replacements: BTreeMap<char, String>,
}

impl Spec {
    /// Checks everything that the rest relies on.
    pub fn check(&self) -> Result<()> {
        let problem = if self.hidden == 0 || !self.hidden.is_multiple_of(HEAD) || self.hidden > MOST_INPUTS {
            format!("vectors of {} numbers; heads of {HEAD} are expected", self.hidden)
        } else if self.inner == 0 || !self.inner.is_multiple_of(LANES) || self.inner > MOST_INPUTS {
            format!("{} numbers between the layers", self.inner)
        } else if self.window < 8 || self.window > 4096 {
            format!("windows of {} pieces", self.window)
        } else if !(self.epsilon.is_finite() && self.epsilon > 0.0) {
            format!("epsilon {}", self.epsilon)
        } else if let Some(n) = [self.begin, self.end, self.unknown].iter().find(|&&n| n as usize >= self.pieces.len())
        {
            format!("piece {n} of {}", self.pieces.len())
        } else {
            return Ok(());
        };
        Err(Error::content(problem))
    }
}
