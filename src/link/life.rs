//! What is known of somebody's life, and how it tells two apart.

use jiff::civil::Date;

use super::record::Record;
use crate::model::Gender;

/// Years by which what is told of an age may be wrong.
const YEARS: i16 = 2;

/// What is known of a life; nothing by default.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Life {
    gender: Option<Gender>,
    /// First and last year in which it can have begun.
    born: Option<(i16, i16)>,
    /// First and last day on which it can have ended.
    died: Option<(Date, Date)>,
}

/// Why two lives cannot be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Conflict {
    Gender,
    Born((i16, i16), (i16, i16)),
    Died((Date, Date), (Date, Date)),
}

impl Life {
    /// What one record says.
    pub fn of(record: &Record) -> Self {
        Self { gender: record.gender, born: record.born, died: record.died }
    }

    /// What all say together; nothing where they disagree.
    pub fn of_all<'r>(records: impl Iterator<Item = &'r Record> + Clone) -> Self {
        let mut genders = records.clone().filter_map(|record| record.gender);
        Self {
            gender: genders.next().filter(|first| genders.all(|other| other == *first)),
            born: narrowed(records.clone().filter_map(|record| record.born)),
            died: narrowed(records.filter_map(|record| record.died)),
        }
    }

    /// What is known of either, of two that are one; of this where they disagree.
    pub fn or(self, other: Self) -> Self {
        let both = |one: Self, other: Self| {
            (
                narrowed([one.born, other.born].into_iter().flatten()),
                narrowed([one.died, other.died].into_iter().flatten()),
            )
        };
        let (born, died) = both(self, other);
        Self { gender: self.gender.or(other.gender), born: born.or(self.born), died: died.or(self.died) }
    }

    /// What keeps two from being one.
    pub fn conflicts(&self, other: &Self) -> impl Iterator<Item = Conflict> {
        let gender = self.gender.zip(other.gender).filter(|(one, other)| one != other).map(|_| Conflict::Gender);
        let born = self.born.zip(other.born);
        let born = born.filter(|(one, other)| one.1 + YEARS < other.0 || other.1 + YEARS < one.0);
        let died = self.died.zip(other.died).filter(|(one, other)| one.1 < other.0 || other.1 < one.0);
        [
            gender,
            born.map(|(one, other)| Conflict::Born(one, other)),
            died.map(|(one, other)| Conflict::Died(one, other)),
        ]
        .into_iter()
        .flatten()
    }
}

/// The interval that all leave; none where they exclude each other.
fn narrowed<T: Ord + Copy>(intervals: impl Iterator<Item = (T, T)>) -> Option<(T, T)> {
    intervals.reduce(|one, other| (one.0.max(other.0), one.1.min(other.1))).filter(|both| both.0 <= both.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(gender: Option<Gender>, born: Option<(i16, i16)>) -> Life {
        Life { gender, born, died: None }
    }

    #[test]
    fn years_that_exclude_each_other_are_a_conflict() {
        let conflicts = |one, other| life(None, one).conflicts(&life(None, other)).count();
        assert_eq!(conflicts(Some((1950, 1951)), Some((1960, 1961))), 1);
        assert_eq!(conflicts(Some((1950, 1951)), Some((1953, 1954))), 0, "ages are told loosely");
        assert_eq!(conflicts(Some((1950, 1951)), None), 0);
        assert_eq!(
            life(Some(Gender::Male), None).conflicts(&life(Some(Gender::Female), None)).next(),
            Some(Conflict::Gender)
        );
    }

    #[test]
    fn what_two_know_of_one_life_is_put_together() {
        let both = life(None, Some((1950, 1952))).or(life(Some(Gender::Male), Some((1951, 1960))));
        assert_eq!(both, life(Some(Gender::Male), Some((1951, 1952))));
        // A decision may join what excludes each other.
        assert_eq!(life(None, Some((1950, 1952))).or(life(None, Some((1970, 1971)))), life(None, Some((1950, 1952))));
    }
}
