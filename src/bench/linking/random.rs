//! Numbers by chance that are the same on every machine.

/// A generator of numbers (SplitMix64: Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The generator of a seed and of what it decides, such as the number of an entity.
    pub fn new(seed: u64, of: u64) -> Self {
        let mut mixed = Self(seed ^ of.wrapping_mul(0xd6e8_feb8_6659_fd93));
        mixed.next();
        mixed
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to but without 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Below `end`; 0 if there is nothing below.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.share() * end as f64) as usize).min(end.saturating_sub(1))
    }

    /// Whether something of this probability happens.
    pub fn is(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// One of `all`.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// In another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}

/// Things with weights, to draw by.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighted(Vec<f64>);

impl Weighted {
    /// Of the weights.
    pub fn new(weights: impl Iterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        Self(
            weights
                .map(|weight| {
                    sum += weight;
                    sum
                })
                .collect(),
        )
    }

    /// The index of one, by weight; 0 if there is none.
    pub fn draw(&self, random: &mut Random) -> usize {
        let at = random.share() * self.0.last().copied().unwrap_or_default();
        self.0.partition_point(|sum| *sum <= at).min(self.0.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_followed() {
        let (weighted, mut random) = (Weighted::new([1.0, 0.0, 3.0].into_iter()), Random::new(1, 2));
        let mut drawn = [0; 3];
        for _ in 0..4000 {
            drawn[weighted.draw(&mut random)] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((900..1100).contains(&drawn[0]), "{drawn:?}");
    }

    #[test]
    fn what_differs_in_the_seed_or_its_use_differs() {
        let first = |seed, of| Random::new(seed, of).next();
        assert_eq!(first(1, 2), first(1, 2));
        assert_ne!(first(1, 2), first(1, 3));
        assert_ne!(first(1, 2), first(2, 2));
        assert_eq!(Random::new(1, 1).below(0), 0);
    }
}
