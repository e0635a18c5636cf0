//! Which part of one name goes with which of the other.

use super::compare::{How, PartMatch};
use super::name::Name;
use super::parse::{MAX_PARTS, joined};
use super::part::{Part, Role, Unit};
use super::spelling::{FARTHEST, Pairing, pair};

/// What it costs that one side writes two parts as one.
const JOINED: f32 = 0.02;

/// Letters by which two parts may be longer or shorter than the one they are held against.
const UNEVEN: usize = 3;

/// Letters of a joined word at least.
const LEAST_JOINED: usize = 5;

/// Two names, part by part.
#[derive(Debug, Clone, Default)]
pub(super) struct Alignment {
    /// Parts that go together.
    pub matched: Vec<(usize, usize, Pairing)>,
    /// Parts left over on either side.
    pub left: Vec<usize>,
    pub right: Vec<usize>,
}

/// A way to match one part, or two joined ones, with a part.
struct Candidate {
    left: (usize, usize),
    right: (usize, usize),
    pairing: Pairing,
    /// How far apart their places in the names are.
    apart: usize,
}

/// Puts the parts of two names together, the nearest first.
pub(super) fn align(one: &Name, other: &Name) -> Alignment {
    let (left, right) = (one.parts(), other.parts());
    let mut candidates: Vec<Candidate> = Vec::with_capacity(left.len() * right.len());
    for (row, part) in left.iter().enumerate() {
        for (column, counterpart) in right.iter().enumerate() {
            let Some(pairing) = pair(part, counterpart) else { continue };
            if pairing.cost <= FARTHEST {
                let apart = row.abs_diff(column);
                candidates.push(Candidate { left: (row, row + 1), right: (column, column + 1), pairing, apart });
            }
        }
    }
    for (row, part) in left.iter().enumerate() {
        joins(part, right, |column, pairing| {
            let apart = row.abs_diff(column);
            candidates.push(Candidate { left: (row, row + 1), right: (column, column + 2), pairing, apart });
        });
    }
    for (column, part) in right.iter().enumerate() {
        joins(part, left, |row, pairing| {
            let apart = row.abs_diff(column);
            candidates.push(Candidate { left: (row, row + 2), right: (column, column + 1), pairing, apart });
        });
    }
    candidates.sort_by(|one, other| {
        let width = |candidate: &Candidate| candidate.left.1 - candidate.left.0 + candidate.right.1 - candidate.right.0;
        let cost = |candidate: &Candidate| candidate.pairing.cost - 0.1 * (width(candidate) - 2) as f32;
        cost(one)
            .total_cmp(&cost(other))
            .then(one.apart.cmp(&other.apart))
            .then(one.left.cmp(&other.left))
            .then(one.right.cmp(&other.right))
    });
    let (mut used_left, mut used_right) = ([false; MAX_PARTS], [false; MAX_PARTS]);
    let mut alignment = Alignment::default();
    for candidate in candidates {
        let (rows, columns) = (candidate.left.0..candidate.left.1, candidate.right.0..candidate.right.1);
        if rows.clone().any(|row| used_left[row]) || columns.clone().any(|column| used_right[column]) {
            continue;
        }
        for row in rows.clone() {
            used_left[row] = true;
            for column in columns.clone() {
                used_right[column] = true;
                alignment.matched.push((row, column, candidate.pairing));
            }
        }
    }
    alignment.left = (0..left.len()).filter(|row| !used_left[*row]).collect();
    alignment.right = (0..right.len()).filter(|column| !used_right[*column]).collect();
    alignment.matched.sort_by_key(|(row, column, _)| (*row, *column));
    alignment
}

/// Two neighbouring parts that are together what one part is.
fn joins(part: &Part, others: &[Part], mut found: impl FnMut(usize, Pairing)) {
    let plain = |part: &Part| part.role == Role::Name && part.unit == Unit::Plain;
    if !plain(part) || part.letters < LEAST_JOINED {
        return;
    }
    for (at, two) in others.windows(2).enumerate() {
        let [first, second] = two else { continue };
        let together = first.letters + second.letters;
        if !plain(first) || !plain(second) || together.abs_diff(part.letters) > UNEVEN {
            continue;
        }
        if let Some(distance) = part.sounds.distance(&joined(first, second), FARTHEST / 2.0 - JOINED) {
            found(at, Pairing::new(distance.cost + JOINED, How::Joined));
        }
    }
}

impl Alignment {
    /// Part by part, what matched which way.
    pub fn told(&self, one: &Name, other: &Name) -> Vec<PartMatch> {
        let mut told: Vec<PartMatch> = self
            .matched
            .iter()
            .map(|(left, right, pairing)| PartMatch {
                left: Some(*left),
                right: Some(*right),
                how: pairing.how,
                score: f64::from(1.0 - pairing.cost.min(1.0)),
            })
            .collect();
        // Names left over on both sides contradict each other.
        let content =
            |name: &Name, at: &usize| name.parts()[*at].role.is_content() || name.parts()[*at].number.is_some();
        let (mut left, rest_left): (Vec<usize>, Vec<usize>) = self.left.iter().partition(|at| content(one, at));
        let (mut right, rest_right): (Vec<usize>, Vec<usize>) = self.right.iter().partition(|at| content(other, at));
        let both = left.len().min(right.len());
        let extra = (left.split_off(both), right.split_off(both));
        let unmatched = |left, right, how| PartMatch { left, right, how, score: 0.0 };
        told.extend(left.into_iter().zip(right).map(|(left, right)| unmatched(Some(left), Some(right), How::Conflict)));
        told.extend(extra.0.into_iter().chain(rest_left).map(|left| unmatched(Some(left), None, How::Missing)));
        told.extend(extra.1.into_iter().chain(rest_right).map(|right| unmatched(None, Some(right), How::Missing)));
        told
    }
}
