//! A figure that the same claimant gives twice in a document is one, with more evidence.

use std::collections::HashMap;

use crate::model::{Bound, Figure};

/// Numbers from this on are hardly the same by chance, if they are no round ones.
const TELLING: i64 = 1000;
/// With a period or place of their own, smaller ones are not either.
const TELLING_IN_SCENE: i64 = 100;

/// Joins figures that certainly are one: same number, bound, unit, state, period, place and claimant. What differs in
/// anything, or says too little to be sure, stays side by side.
pub(in crate::extract) fn unite(
    figures: Vec<Figure>,
    claimants: &dyn Fn(&Figure) -> Vec<Option<usize>>,
) -> Vec<Figure> {
    let mut kept: Vec<Figure> = Vec::with_capacity(figures.len());
    // Old index → new one.
    let mut renamed: Vec<usize> = Vec::with_capacity(figures.len());
    let mut known: HashMap<(i64, Option<i64>, String), Vec<usize>> = HashMap::new();
    for figure in figures {
        let key = figure.value.map(|value| (value, figure.upper, figure.unit.clone()));
        let candidates = key.as_ref().and_then(|key| known.get(key)).map_or(&[][..], Vec::as_slice);
        let same = candidates.iter().copied().find(|&at| is_same(&kept[at], &figure, claimants));
        match same {
            Some(at) => {
                for evidence in figure.evidence {
                    if !kept[at].evidence.contains(&evidence) {
                        kept[at].evidence.push(evidence);
                    }
                }
                kept[at].event = kept[at].event.or(figure.event);
                renamed.push(at);
            }
            None => {
                if let Some(key) = key {
                    known.entry(key).or_default().push(kept.len());
                }
                renamed.push(kept.len());
                kept.push(figure);
            }
        }
    }
    for (index, figure) in kept.iter_mut().enumerate() {
        let whole = figure.part_of.and_then(|whole| renamed.get(whole).copied());
        figure.part_of = whole.filter(|&whole| whole != index);
    }
    kept
}

fn is_same(one: &Figure, other: &Figure, claimants: &dyn Fn(&Figure) -> Vec<Option<usize>>) -> bool {
    let scene = one.period.is_some() || one.place.is_some();
    let telling =
        one.value.is_some_and(|value| value >= TELLING && value % 100 != 0 || scene && value >= TELLING_IN_SCENE);
    let (mut states, mut others) = (one.counted.clone(), other.counted.clone());
    states.sort();
    others.sort();
    telling
        && one.bound != Bound::Vague
        && !one.counted.is_empty()
        && one.bound == other.bound
        && states == others
        && one.rate == other.rate
        && one.period == other.period
        && one.place == other.place
        && one.modality == other.modality
        && one.part_of.is_some() == other.part_of.is_some()
        && claimants(one) == claimants(other)
}
