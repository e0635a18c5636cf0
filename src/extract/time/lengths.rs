//! How many days an extent has.

use super::lexicon::Approximation;
use super::meaning::Extent;
use crate::model::Length;

/// What "about" may be off, of the whole.
const ABOUT: f64 = 0.25;
/// Days of more than the longest calendar.
const LONGEST: f64 = 4.0e6;

impl Extent {
    /// At least and at most how many days it is; months and years as long as they are on average, to the day.
    pub(super) fn length(&self) -> Length {
        let least: f64 = self.parts.iter().map(|(amount, unit)| amount.least() * unit.mean_days()).sum();
        let most: Option<f64> =
            self.parts.iter().map(|(amount, unit)| amount.most().map(|most| most * unit.mean_days())).sum();
        // "nearly four years" are more than three.
        let one = self.parts.first().map_or(0.0, |(_, unit)| unit.mean_days());
        let (least, most) = match self.approximation {
            None => (least, most),
            Some(Approximation::About) => (least * (1.0 - ABOUT), most.map(|most| most * (1.0 + ABOUT))),
            Some(Approximation::Nearly) => ((least - one).max(0.0), most),
            Some(Approximation::More) => (least, None),
            Some(Approximation::Less) => (0.0, most),
        };
        let days = |days: f64| (days <= LONGEST).then_some(days as u32);
        Length { least: days(least.floor()), most: most.and_then(|most| days(most.ceil())) }
    }
}
