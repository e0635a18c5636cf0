//! Pretrained word vectors (the md and lg pipelines), projected to the width of the network.

use std::collections::HashMap;
use std::sync::Arc;

use super::error::{Error, Result};
use super::matmul::Packed;
use super::tensor::Tensors;

/// The vectors table, shared by all networks that use it.
#[derive(Debug)]
pub(super) struct VectorTable {
    /// rows × width.
    data: Vec<f32>,
    width: usize,
    rows: HashMap<u64, u32>,
}

impl VectorTable {
    /// Reads `vectors` (rows × width) with `rows` from string id to row.
    pub fn load(tensors: &Tensors, rows: &[(u64, u32)]) -> Result<Self> {
        let ([count, width], data) = tensors.get("vectors")?;
        if rows.iter().any(|&(_, row)| row as usize >= count) {
            return Err(Error::content("a word vector's row lies outside the table"));
        }
        Ok(Self { data: data.to_vec(), width, rows: rows.iter().copied().collect() })
    }
}

/// The projection of one network: vector → `width` numbers, zeros for unknown words.
#[derive(Debug)]
pub(super) struct StaticVectors {
    table: Arc<VectorTable>,
    projection: Packed,
    width: usize,
}

impl StaticVectors {
    pub fn load(tensors: &Tensors, name: &str, table: &Arc<VectorTable>) -> Result<Self> {
        let ([width, inputs], weight) = tensors.get(name)?;
        if inputs != table.width {
            return Err(Error::content(format!("{name} takes vectors of {inputs}, the table has {}", table.width)));
        }
        let projection = Packed::new(inputs, width, |column, input| weight[column * inputs + input]);
        Ok(Self { table: Arc::clone(table), projection, width })
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// Appends the projected vector of the word with string id `orth` to `out`.
    pub fn append(&self, orth: u64, out: &mut Vec<f32>) {
        let from = out.len();
        out.resize(from + self.projection.columns(), 0.0);
        if let Some(&row) = self.table.rows.get(&orth) {
            let width = self.table.width;
            self.projection.multiply(&self.table.data[row as usize * width..][..width], width, 1, &mut out[from..]);
        }
        out.truncate(from + self.width);
    }
}
