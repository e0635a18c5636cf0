//! Hash embedding: a small table in which every feature value has four rows, summed.
//!
//! Svenstrup et al. 2017, in the form of `thinc`'s `HashEmbed`: the rows are the four 32-bit words of
//! MurmurHash3 x64_128 (Appleby, public domain) of the 8-byte value, modulo the number of rows.

use pulp::{Simd, WithSimd};

use super::error::Result;
use super::matmul::{Packed, ROWS, vectorised};
use super::tensor::Tensors;

/// Feature value → the product of its embedding with the weights of the layer that mixes the features.
/// Every row of the table was multiplied beforehand: a product of the sum is the sum of the products.
#[derive(Debug)]
pub(super) struct HashEmbed {
    /// rows × columns.
    table: Vec<f32>,
    columns: usize,
    seed: u32,
}

impl HashEmbed {
    /// Reads the table `name` and multiplies it by `weight(column, input)`, which has `columns` columns.
    pub fn load(
        tensors: &Tensors,
        name: &str,
        seed: u32,
        columns: usize,
        weight: impl Fn(usize, usize) -> f32,
    ) -> Result<Self> {
        let ([_, width], rows) = tensors.get(name)?;
        let weights = Packed::new(width, columns, weight);
        let columns = weights.columns();
        let mut table = vec![0.0; rows.len() / width * columns];
        for (rows, products) in rows.chunks(ROWS * width).zip(table.chunks_mut(ROWS * columns)) {
            weights.multiply(rows, width, rows.len() / width, products);
        }
        Ok(Self { table, columns, seed })
    }

    /// The width of the table `name`.
    pub fn width(tensors: &Tensors, name: &str) -> Result<usize> {
        Ok(tensors.get::<2>(name)?.0[1])
    }

    /// Adds the product for `value` to `out`.
    pub fn add(&self, value: u64, out: &mut [f32]) {
        let rows = self.table.len() / self.columns;
        let rows =
            hash_words(value, self.seed).map(|word| &self.table[word as usize % rows * self.columns..][..self.columns]);
        vectorised(Add { rows, out });
    }
}

struct Add<'a> {
    rows: [&'a [f32]; 4],
    out: &'a mut [f32],
}

impl WithSimd for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        for row in self.rows {
            for (out, x) in self.out.iter_mut().zip(row) {
                *out += x;
            }
        }
    }
}

/// MurmurHash3 x64_128 of eight bytes, cut into four words (thinc's `hash_embed` keys).
fn hash_words(value: u64, seed: u32) -> [u32; 4] {
    fn mix(mut h: u64) -> u64 {
        h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }
    let key = value.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let length = 8;
    let (mut h1, mut h2) = (u64::from(seed) ^ key ^ length, u64::from(seed) ^ length);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    (h1, h2) = (mix(h1), mix(h2));
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}
