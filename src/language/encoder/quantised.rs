//! Rows of numbers as bytes.

/// `count` rows of `width` bytes; byte `b` of row `r` stands for `(b − zeros[r]) · steps[r]`.
#[derive(Debug, Default)]
pub(super) struct Quantised {
    pub count: usize,
    pub width: usize,
    pub bytes: Vec<[u8; 4]>,
    pub steps: Vec<f32>,
    pub zeros: Vec<i32>,
}

impl Quantised {
    /// A row, four bytes at a time.
    #[inline(always)]
    pub fn quads(&self, row: usize) -> &[[u8; 4]] {
        &self.bytes[row * (self.width / 4)..][..self.width / 4]
    }
}
