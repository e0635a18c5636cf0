//! How much what a layer says counts: a table of weights, learned from texts whose names are marked.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Reading;

/// What a candidate may turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// No name, or not with these bounds.
    None,
    Person,
    Organization,
    /// Countries, regions, cities, rivers…
    Location,
    Facility,
    Nationality,
    /// Events, works, products, laws.
    Other,
}

impl Class {
    pub const ALL: [Class; Class::COUNT] = [
        Class::None,
        Class::Person,
        Class::Organization,
        Class::Location,
        Class::Facility,
        Class::Nationality,
        Class::Other,
    ];
    pub const COUNT: usize = 7;

    /// The class of a type of the names encoder.
    pub fn of_type(name: &str) -> Self {
        match name {
            "Person" => Class::Person,
            "Organization" => Class::Organization,
            "City" | "Region" | "Country" | "Place" => Class::Location,
            "Facility" => Class::Facility,
            "Nationality" => Class::Nationality,
            _ => Class::Other,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Class::None => "none",
            Class::Person => "person",
            Class::Organization => "organization",
            Class::Location => "location",
            Class::Facility => "facility",
            Class::Nationality => "nationality",
            Class::Other => "other",
        }
    }
}

/// A number for every class.
pub(crate) type Scores = [f32; Class::COUNT];

/// Feature → what it adds to the score of every class.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    table: HashMap<String, Scores>,
}

impl Weights {
    /// The table that comes with the program for a reading (`data/models/names-*.tsv`, made by `make weights`).
    pub fn embedded(reading: Reading) -> &'static Self {
        static FAST: LazyLock<Weights> = LazyLock::new(|| {
            Weights::read(include_str!("../../../data/models/names-fast.tsv")).expect("a test reads the table")
        });
        static ACCURATE: LazyLock<Weights> = LazyLock::new(|| {
            Weights::read(include_str!("../../../data/models/names-accurate.tsv")).expect("a test reads the table")
        });
        match reading {
            Reading::Fast => &FAST,
            Reading::Accurate => &ACCURATE,
        }
    }

    /// Reads a table: feature, then a number for every class, separated by tabs; `#` opens a comment.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut table = HashMap::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let feature = fields.next().unwrap_or_default();
            let mut scores = Scores::default();
            for (score, class) in scores.iter_mut().zip(Class::ALL) {
                let field = fields.next().unwrap_or_default();
                *score = field
                    .parse()
                    .map_err(|_| format!("line {}: `{field}` is no number for `{}`", number + 1, class.as_str()))?;
            }
            table.insert(feature.to_owned(), scores);
        }
        Ok(Self { table })
    }

    pub fn of(&self, feature: &str) -> Option<&Scores> {
        self.table.get(feature)
    }
}

/// Scores → probabilities.
pub(crate) fn softmax(scores: &Scores) -> Scores {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut odds = scores.map(|score| (score - most).exp());
    let sum: f32 = odds.iter().sum();
    odds.iter_mut().for_each(|odd| *odd /= sum);
    odds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_read() {
        for reading in Reading::ALL {
            assert!(Weights::embedded(*reading).of("bias").is_some());
        }
        assert!(Weights::embedded(Reading::Accurate).of("encoder:person likelihood").is_some());
        let error = Weights::read("bias\t1\tx").expect_err("no number");
        assert_eq!(error, "line 1: `x` is no number for `person`");
    }
}
