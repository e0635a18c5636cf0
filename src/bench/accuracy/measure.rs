//! What is measured, and the figures that come of it.

use std::fmt;

use super::NameKind;
use super::attacks::Question;
use super::coreference::{Metric, Referents, Scope};
use super::events::EventMeasure;
use super::relations::RelationKind;
use super::spellings::Spellings;
use super::templates::Slot;
use super::times::Times;

/// What is measured on a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Names with their words and type.
    Names(Counted),
    /// Relations of one kind between names with their words and types; none: of all kinds.
    Relations(Option<RelationKind>),
    /// Which mentions mean the same.
    Coreference(Referents, Scope, Metric),
    /// Where places lie whose names are given: the share that comes within so many kilometres.
    Given(Toponyms),
    /// Names of places that are found and come within so many kilometres.
    Found(Toponyms),
    /// Where places lie whose names are given: the distance that half of those that get coordinates come within.
    MedianDistance,
    /// Events with their words, types and arguments.
    Events(EventMeasure),
    /// Fillers of one slot of incident templates; none: of all slots.
    Templates(Option<Slot>),
    /// Questions about the attack that an article reports.
    Attack(Question),
    /// Which words tell a time.
    TimeSpans(Times),
    /// Which days they mean: the share of the times that annotators marked.
    TimeValues(Times),
    /// Pairs of names.
    Spellings(Spellings),
}

/// Which names count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Names of one kind.
    Kind(NameKind),
    /// Names of all kinds together; a facility is a location.
    All,
}

impl Counted {
    /// The name used on the command line and in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.as_str(),
            Self::All => "PER+ORG+LOC",
        }
    }
}

/// Which places count, and how far off is near enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toponyms {
    /// In kilometres.
    pub within: u32,
    /// Those of the file of this name only, without its ending.
    pub file: Option<&'static str>,
}

impl fmt::Display for Measure {
    /// The name used in results.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_file = |f: &mut fmt::Formatter<'_>, file: &Option<&str>| match file {
            Some(file) => write!(f, " {file}"),
            None => Ok(()),
        };
        match self {
            Self::Names(counted) => f.write_str(counted.as_str()),
            Self::Relations(kind) => f.write_str(kind.map_or("relations", RelationKind::as_str)),
            Self::Coreference(Referents::Entities, Scope::Within, Metric::Conll) => f.write_str("coreference"),
            Self::Coreference(Referents::Entities, Scope::Across, Metric::Conll) => {
                f.write_str("cross-document entities")
            }
            Self::Coreference(Referents::Events, Scope::Across, Metric::Conll) => f.write_str("cross-document events"),
            Self::Coreference(of, scope, metric) => {
                let of = if *of == Referents::Events { "event " } else { "" };
                write!(f, "{of}{} {}", metric.as_str(), scope.as_str())
            }
            Self::Given(Toponyms { within, file }) => {
                write!(f, "accuracy@{within}km")?;
                of_file(f, file)
            }
            Self::Found(Toponyms { file, .. }) => {
                f.write_str("end to end")?;
                of_file(f, file)
            }
            Self::MedianDistance => f.write_str("median km"),
            Self::Events(measure) => f.write_str(measure.as_str()),
            Self::Templates(slot) => f.write_str(slot.map_or("micro F1", Slot::as_str)),
            Self::Attack(question) => question.fmt(f),
            Self::TimeSpans(Times::Covered) => f.write_str("span F1"),
            Self::TimeSpans(Times::All) => f.write_str("span F1, all classes"),
            Self::TimeValues(Times::Covered) => f.write_str("value"),
            Self::TimeValues(Times::All) => f.write_str("value, all classes"),
            Self::Spellings(spellings) => spellings.fmt(f),
        }
    }
}

/// What a measure came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figures {
    /// What was found, held against the gold one by one.
    Counts(Score),
    /// Shares, from 0 to 1, of what is not right or wrong as a whole.
    Shares {
        /// How many mentions there are.
        gold: usize,
        /// How many were found.
        predicted: usize,
        /// Of what was found.
        precision: f64,
        /// Of what is there.
        recall: f64,
    },
    /// A mean of the F1 of several measures.
    Mean {
        /// How many mentions there are.
        gold: usize,
        /// How many were found.
        predicted: usize,
        /// From 0 to 1.
        f1: f64,
    },
    /// Answers to questions that were put one by one.
    Accuracy {
        /// How many questions there are.
        gold: usize,
        /// How many answers are right.
        correct: usize,
    },
    /// Half of the answers are not farther off.
    Distance {
        /// How many questions there are.
        gold: usize,
        /// How many were answered at all.
        predicted: usize,
        /// The median in kilometres; none without an answer.
        kilometres: Option<f64>,
    },
}

/// Counts of one measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// How many there are.
    pub gold: usize,
    /// How many were found.
    pub predicted: usize,
    /// How many of those are right.
    pub correct: usize,
}

impl Score {
    /// Right ones among those found, from 0 to 1; 0 if nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.correct, self.predicted)
    }

    /// Right ones among those that are there, from 0 to 1; 0 if there is none.
    pub fn recall(&self) -> f64 {
        share(self.correct, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        share(2 * self.correct, self.gold + self.predicted)
    }
}

impl Figures {
    /// How many there are.
    pub const fn gold(&self) -> usize {
        match self {
            Self::Counts(score) => score.gold,
            Self::Shares { gold, .. }
            | Self::Mean { gold, .. }
            | Self::Accuracy { gold, .. }
            | Self::Distance { gold, .. } => *gold,
        }
    }

    /// How many were found, where some may be found that are not there.
    pub const fn predicted(&self) -> Option<usize> {
        match self {
            Self::Counts(score) => Some(score.predicted),
            Self::Shares { predicted, .. } | Self::Mean { predicted, .. } | Self::Distance { predicted, .. } => {
                Some(*predicted)
            }
            Self::Accuracy { .. } => None,
        }
    }

    /// How many are right, where that can be said of each.
    pub const fn correct(&self) -> Option<usize> {
        match self {
            Self::Counts(score) => Some(score.correct),
            Self::Accuracy { correct, .. } => Some(*correct),
            _ => None,
        }
    }

    /// Precision, from 0 to 1.
    pub fn precision(&self) -> Option<f64> {
        match self {
            Self::Counts(score) => Some(score.precision()),
            Self::Shares { precision, .. } => Some(*precision),
            _ => None,
        }
    }

    /// Recall, from 0 to 1.
    pub fn recall(&self) -> Option<f64> {
        match self {
            Self::Counts(score) => Some(score.recall()),
            Self::Shares { recall, .. } => Some(*recall),
            _ => None,
        }
    }

    /// F1, from 0 to 1.
    pub fn f1(&self) -> Option<f64> {
        match self {
            Self::Counts(score) => Some(score.f1()),
            Self::Shares { precision, recall, .. } => Some(harmonic(*precision, *recall)),
            Self::Mean { f1, .. } => Some(*f1),
            _ => None,
        }
    }

    /// The share of right answers, from 0 to 1.
    pub fn accuracy(&self) -> Option<f64> {
        match self {
            Self::Accuracy { gold, correct } => Some(share(*correct, *gold)),
            _ => None,
        }
    }

    /// The median distance in kilometres.
    pub const fn kilometres(&self) -> Option<f64> {
        match self {
            Self::Distance { kilometres, .. } => *kilometres,
            _ => None,
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The harmonic mean; 0 if both are.
pub(super) fn harmonic(one: f64, other: f64) -> f64 {
    if one + other == 0.0 { 0.0 } else { 2.0 * one * other / (one + other) }
}
