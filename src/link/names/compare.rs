//! Whether two names are spellings of one.

use super::align::align;
use super::features::Features;
use super::model::Model;
use super::name::Name;

/// How a part of one name goes with a part of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The same word.
    Same,
    /// The same but for an article, "Abd", "al-Din".
    Article,
    /// Other vowels: "Raghid", "Ragheed".
    Vowels,
    /// These consonants in place of each other, or one that is left out.
    Consonants(&'static str, &'static str),
    /// Through another script.
    Transliteration,
    /// A letter for the name.
    Initial,
    /// Typed or read wrong.
    Typo,
    /// A spelling that people are known to use for the other.
    Table,
    /// Two parts written as one.
    Joined,
    /// The same number.
    Number,
    /// The same word for what it is, in another form or language: "prison", "سجن".
    Generic,
    /// On one side only.
    Missing,
    /// Something else on either side.
    Conflict,
}

/// A part of one name and what goes with it in the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartMatch {
    /// Index of the part in the first name; none if it has nothing there.
    pub left: Option<usize>,
    /// Index of the part in the second name.
    pub right: Option<usize>,
    /// What they have to do with each other.
    pub how: How,
    /// 1 for the same, 0 for what does not match.
    pub score: f64,
}

/// Two names held against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// How likely they are spellings of the same name, from 0 to 1. It says nothing of who is meant: two people may have
    /// one name.
    pub score: f64,
    /// Part by part, what matched which way.
    pub parts: Vec<PartMatch>,
}

impl Comparison {
    /// Whether the score is high enough to take the names for one.
    pub fn is_same(&self) -> bool {
        self.score >= Self::threshold()
    }

    /// The score from which on names are taken for one.
    pub fn threshold() -> f64 {
        Model::embedded().accept
    }

    /// Whether a part of one name stands against another part of the other.
    pub fn is_contradicted(&self) -> bool {
        self.parts.iter().any(|part| part.how == How::Conflict)
    }
}

/// Holds two names against each other. The order of the two does not matter for the score.
///
/// ```
/// use isnad::link::names::{How, Name, NameKind, compare};
///
/// let person = |text| Name::parse(text, NameKind::Person);
/// let same = compare(&person("Ragheed al-Tatari"), &person("رغيد الططري"));
/// assert!(same.is_same());
/// assert_eq!(same.parts[0].how, How::Table);
///
/// let father = compare(&person("Bashar al-Assad"), &person("Hafez al-Assad"));
/// assert!(!father.is_same());
///
/// let site = |text| Name::parse(text, NameKind::Facility);
/// assert!(compare(&site("Branch 215"), &site("الفرع 215")).is_same());
/// assert!(!compare(&site("Branch 215"), &site("Branch 251")).is_same());
/// ```
pub fn compare(one: &Name, other: &Name) -> Comparison {
    if is_turned(one, other) {
        let mut turned = compare(other, one);
        for part in &mut turned.parts {
            (part.left, part.right) = (part.right, part.left);
            if let How::Consonants(one, other) = &mut part.how {
                std::mem::swap(one, other);
            }
        }
        // As told otherwise: what matched first, in the order of the first name.
        turned.parts.sort_by_key(|part| (part.how == How::Conflict, part.how == How::Missing, part.left, part.right));
        return turned;
    }
    let alignment = align(one, other);
    let score = Model::embedded().score(&Features::of(one, other, &alignment));
    Comparison { score, parts: alignment.told(one, other) }
}

/// The score of [`compare`] alone, where nobody asks why.
pub fn score(one: &Name, other: &Name) -> f64 {
    Model::embedded().score(&features(one, other))
}

/// What the score rests on, to learn weights from.
pub fn features(one: &Name, other: &Name) -> Features {
    let (one, other) = if is_turned(one, other) { (other, one) } else { (one, other) };
    Features::of(one, other, &align(one, other))
}

/// Whether two names are compared in the other order: of parts that fit equally well either choice would do, and it must not
/// depend on which name comes first.
fn is_turned(one: &Name, other: &Name) -> bool {
    one.text() > other.text()
}
