//! The product with AVX-512 VNNI: 64 multiplications of bytes in one instruction.

use std::arch::x86_64::{
    __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_mul_ps, _mm512_mullo_epi32,
    _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512, _mm512_sub_epi32,
};

use crate::language::encoder::matrix::{BLOCK, PANEL, Product};

/// See [`Product`].
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,bmi2")]
pub(super) fn product(mut job: Product<'_>) {
    for panel in 0..job.weights.panels() {
        let mut row = 0;
        while row < job.rows.count {
            row += match job.rows.count - row {
                12.. => block::<12>(&mut job, panel, row),
                8.. => block::<8>(&mut job, panel, row),
                4.. => block::<4>(&mut job, panel, row),
                2.. => block::<2>(&mut job, panel, row),
                _ => block::<1>(&mut job, panel, row),
            };
        }
    }
}

/// `ROWS` rows of one panel: two vectors of sixteen columns.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,bmi2")]
fn block<const ROWS: usize>(job: &mut Product<'_>, panel: usize, row: usize) -> usize {
    let weights = job.weights.panel(panel);
    let mut rows: [&[[u8; 4]]; ROWS] = [&[]; ROWS];
    for (r, quads) in rows.iter_mut().enumerate() {
        *quads = &job.rows.quads(row + r)[..weights.len()];
    }
    let mut sums = [[_mm512_setzero_si512(); 2]; ROWS];
    for (k, [left, right]) in weights.iter().enumerate() {
        let (left, right): (__m512i, __m512i) = (pulp::cast(left.0), pulp::cast(right.0));
        for r in 0..ROWS {
            let x = _mm512_set1_epi32(i32::from_le_bytes(rows[r][k]));
            sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], x, left);
            sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], x, right);
        }
    }
    let column = panel * PANEL;
    for half in 0..2 {
        let from = column + half * BLOCK;
        let steps: [f32; BLOCK] = job.weights.steps[from..][..BLOCK].try_into().expect("padded");
        let bias: [f32; BLOCK] = job.weights.bias[from..][..BLOCK].try_into().expect("padded");
        let total: [i32; BLOCK] = job.weights.totals[from..][..BLOCK].try_into().expect("padded");
        for (r, sums) in sums.iter().enumerate() {
            let zero = _mm512_mullo_epi32(_mm512_set1_epi32(job.rows.zeros[row + r]), pulp::cast(total));
            let exact = _mm512_cvtepi32_ps(_mm512_sub_epi32(sums[half], zero));
            let step = _mm512_mul_ps(_mm512_set1_ps(job.rows.steps[row + r]), pulp::cast(steps));
            let value: [f32; BLOCK] = pulp::cast(_mm512_add_ps(_mm512_mul_ps(exact, step), pulp::cast(bias)));
            job.store(row + r, from, &value);
        }
    }
    ROWS
}
