//! The product in plain Rust, which the compiler turns into whatever vectors the target always has.

use crate::language::encoder::matrix::{BLOCK, PANEL, Product};

/// See [`Product`].
pub(super) fn product(mut job: Product<'_>) {
    for panel in 0..job.weights.panels() {
        for row in 0..job.rows.count {
            let mut sums = [0i32; PANEL];
            for (x, pair) in job.rows.quads(row).iter().zip(job.weights.panel(panel)) {
                let x = x.map(i16::from);
                for (sums, block) in sums.chunks_exact_mut(BLOCK).zip(pair) {
                    for (sum, w) in sums.iter_mut().zip(block.0.as_chunks::<4>().0) {
                        let product = |k: usize| i32::from(x[k]) * i32::from(i16::from(w[k]));
                        *sum += (product(0) + product(1)) + (product(2) + product(3));
                    }
                }
            }
            finish(&mut job, panel, row, &sums);
        }
    }
}

/// From sums of bytes to the numbers that they stand for.
#[inline(always)]
pub(super) fn finish(job: &mut Product<'_>, panel: usize, row: usize, sums: &[i32; PANEL]) {
    let column = panel * PANEL;
    let (steps, bias) = (&job.weights.steps[column..][..PANEL], &job.weights.bias[column..][..PANEL]);
    let totals = &job.weights.totals[column..][..PANEL];
    let (zero, step) = (job.rows.zeros[row], job.rows.steps[row]);
    let mut values = [0f32; PANEL];
    for c in 0..PANEL {
        values[c] = (sums[c] - zero * totals[c]) as f32 * (step * steps[c]) + bias[c];
    }
    for (half, values) in values.as_chunks::<BLOCK>().0.iter().enumerate() {
        job.store(row, column + half * BLOCK, values);
    }
}
