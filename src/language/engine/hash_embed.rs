//! Hash embedding: a small table in which every feature value has four rows, summed.
//!
//! Svenstrup et al. 2017, in the form of `thinc`'s `HashEmbed`: the rows are the four 32-bit words of
//! MurmurHash3 x64_128 (Appleby, public domain) of the 8-byte value, modulo the number of rows.

use super::error::Result;
use super::tensor::Tensors;

/// Feature value → `width` numbers.
#[derive(Debug)]
pub(super) struct HashEmbed {
    /// rows × width.
    table: Vec<f32>,
    width: usize,
    seed: u32,
}

impl HashEmbed {
    pub fn load(tensors: &Tensors, name: &str, seed: u32) -> Result<Self> {
        let ([_, width], table) = tensors.get(name)?;
        Ok(Self { table: table.to_vec(), width, seed })
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// Adds the embedding of `value` to `out` (`width` numbers).
    pub fn add(&self, value: u64, out: &mut [f32]) {
        let rows = self.table.len() / self.width;
        for word in hash_words(value, self.seed) {
            let row = &self.table[word as usize % rows * self.width..][..self.width];
            for (out, x) in out.iter_mut().zip(row) {
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
