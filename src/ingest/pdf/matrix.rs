//! Affine maps of the plane, as PDF writes them.

/// `[a b c d e f]`: `x' = ax + cy + e`, `y' = bx + dy + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this map, then `next`.
    pub fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Where the direction of the x axis goes.
    pub fn direction(self) -> (f64, f64) {
        (self.0[0], self.0[1])
    }

    /// How much longer what is upright gets.
    pub fn height(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_follow_each_other() {
        let twice = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        assert_eq!(Matrix::shift(1.0, 3.0).then(twice).apply(1.0, 1.0), (4.0, 8.0));
        assert_eq!(twice.then(Matrix::shift(1.0, 3.0)).apply(1.0, 1.0), (3.0, 5.0));
    }
}
