//! Named arrays of weights, as they travel from the pipeline to the file to the layers.

use std::collections::BTreeMap;

use super::error::{Error, Result};

/// An array in row-major order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tensor {
    pub shape: Vec<usize>,
    pub data: Vec<f32>,
}

impl Tensor {
    pub fn new(shape: Vec<usize>, data: Vec<f32>) -> Option<Self> {
        let len = shape.iter().try_fold(1usize, |len, &side| len.checked_mul(side))?;
        (len == data.len() && data.iter().all(|x| x.is_finite())).then_some(Self { shape, data })
    }
}

/// All weights of a model by name, such as `ner.lower.weight`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tensors(pub BTreeMap<String, Tensor>);

impl Tensors {
    pub fn insert(&mut self, name: String, tensor: Tensor) {
        self.0.insert(name, tensor);
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The tensor `name` with as many sides as asked for.
    pub fn get<const N: usize>(&self, name: &str) -> Result<([usize; N], &[f32])> {
        let tensor = self.0.get(name).ok_or_else(|| Error::content(format!("no weights {name}")))?;
        let shape = tensor
            .shape
            .as_slice()
            .try_into()
            .map_err(|_| Error::content(format!("{name} has shape {:?}, not {N} sides", tensor.shape)))?;
        if tensor.shape.contains(&0) {
            return Err(Error::content(format!("{name} is empty")));
        }
        Ok((shape, &tensor.data))
    }

    /// The tensor `name`, which must have `len` numbers in all.
    pub fn vector(&self, name: &str, len: usize) -> Result<Vec<f32>> {
        match self.0.get(name) {
            Some(tensor) if tensor.data.len() == len => Ok(tensor.data.clone()),
            Some(tensor) => Err(Error::content(format!("{name} has {} numbers, not {len}", tensor.data.len()))),
            None => Err(Error::content(format!("no weights {name}"))),
        }
    }
}
