//! The product with AVX2: bytes are widened to 16 bits, whose products are added in pairs.
//!
//! `vpmaddubsw` would take bytes as they are, but its sums of two are cut off at 16 bits.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_and_si256, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
    _mm256_slli_epi16, _mm256_srai_epi16, _mm256_srli_epi16,
};

use super::product_portable::finish;
use crate::language::encoder::matrix::{PANEL, Product};

/// See [`Product`].
#[target_feature(enable = "avx2,fma,bmi2")]
pub(super) fn product(mut job: Product<'_>) {
    for panel in 0..job.weights.panels() {
        let mut row = 0;
        while row < job.rows.count {
            row += match job.rows.count - row {
                4.. => block::<4>(&mut job, panel, row),
                2.. => block::<2>(&mut job, panel, row),
                _ => block::<1>(&mut job, panel, row),
            };
        }
    }
}

/// `ROWS` rows of one panel, sixteen columns at a time.
#[target_feature(enable = "avx2,fma,bmi2")]
fn block<const ROWS: usize>(job: &mut Product<'_>, panel: usize, row: usize) -> usize {
    let weights = job.weights.panel(panel);
    let mut rows: [&[[u8; 4]]; ROWS] = [&[]; ROWS];
    for (r, quads) in rows.iter_mut().enumerate() {
        *quads = &job.rows.quads(row + r)[..weights.len()];
    }
    let low = _mm256_set1_epi32(0x00ff_00ff);
    let mut found = [[0i32; PANEL]; ROWS];
    for half in 0..2 {
        let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
        for (k, pair) in weights.iter().enumerate() {
            let columns: [__m256i; 2] = pulp::cast(pair[half].0);
            // The first and third byte of every four, and the second and fourth, with their signs.
            let even = columns.map(|w| _mm256_srai_epi16::<8>(_mm256_slli_epi16::<8>(w)));
            let odd = columns.map(|w| _mm256_srai_epi16::<8>(w));
            for r in 0..ROWS {
                let x = _mm256_set1_epi32(i32::from_le_bytes(rows[r][k]));
                let (x_even, x_odd) = (_mm256_and_si256(x, low), _mm256_srli_epi16::<8>(x));
                for v in 0..2 {
                    let both = _mm256_add_epi32(_mm256_madd_epi16(x_even, even[v]), _mm256_madd_epi16(x_odd, odd[v]));
                    sums[r][v] = _mm256_add_epi32(sums[r][v], both);
                }
            }
        }
        for (found, sums) in found.iter_mut().zip(sums) {
            found[half * PANEL / 2..][..PANEL / 2].copy_from_slice(&pulp::cast::<[__m256i; 2], [i32; PANEL / 2]>(sums));
        }
    }
    for (r, found) in found.iter().enumerate() {
        finish(job, panel, row + r, found);
    }
    ROWS
}
