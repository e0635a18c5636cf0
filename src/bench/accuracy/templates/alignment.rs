//! Which template stands for which: the alignment of a document whose micro-F1 is highest, and what it comes to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figures, Filler, Slot, Template};
use crate::bench::accuracy::measure::harmonic;

/// Alignments that are followed at once. No report comes near it; in one that does, the best of so many count.
const STATES: usize = 20_000;

/// How many fillers were found and are there, and how many of each match one on the other side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub found: usize,
    pub found_right: usize,
    pub gold: usize,
    pub gold_right: usize,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.found_right += other.found_right;
        self.gold += other.gold;
        self.gold_right += other.gold_right;
    }

    pub fn figures(&self) -> Figures {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        Figures::Shares {
            gold: self.gold,
            predicted: self.found,
            precision: share(self.found_right, self.found),
            recall: share(self.gold_right, self.gold),
        }
    }

    fn f1(&self) -> f64 {
        let figures = self.figures();
        harmonic(figures.precision().unwrap_or_default(), figures.recall().unwrap_or_default())
    }
}

/// Gold and found templates of a document, aligned.
#[derive(Debug)]
pub(super) struct Alignment<'a> {
    pub gold: &'a [Template],
    pub found: &'a [Template],
    /// Found → gold.
    pub pairs: Vec<Option<usize>>,
}

impl<'a> Alignment<'a> {
    /// The alignment with the highest micro-F1 over all slots; of several the first, when found templates are given
    /// gold ones in order and none at last.
    pub fn best(gold: &'a [Template], found: &'a [Template]) -> Self {
        let all = |templates: &[Template]| templates.iter().map(|template| size(template, None)).sum();
        let total = Tally { found: all(found), gold: all(gold), ..Tally::default() };
        let mut states = vec![State::default()];
        for template in found {
            states = extended(states, template, gold);
        }
        let f1 = |state: &State| Tally { found_right: state.found, gold_right: state.gold, ..total }.f1();
        states.sort_by(|one, other| f1(other).total_cmp(&f1(one)).then_with(|| one.order().cmp(&other.order())));
        let pairs = states.into_iter().next().map(|state| state.pairs).unwrap_or_default();
        Self { gold, found, pairs }
    }

    /// What one slot comes to, or all.
    pub fn tally(&self, slot: Option<Slot>) -> Tally {
        let all = |templates: &[Template]| templates.iter().map(|template| size(template, slot)).sum();
        let mut tally = Tally { found: all(self.found), gold: all(self.gold), ..Tally::default() };
        for (found, gold) in self.pairs() {
            let (found, gold) = right(&self.found[found], &self.gold[gold], slot);
            tally.found_right += found;
            tally.gold_right += gold;
        }
        tally
    }

    /// What was missed and what is spurious; no filler: the type of the incident.
    pub fn mistakes(&self) -> (Wrong<'a>, Wrong<'a>) {
        let of_gold: BTreeMap<usize, usize> = self.pairs().map(|(found, gold)| (gold, found)).collect();
        let of_found: BTreeMap<usize, usize> = self.pairs().collect();
        let missed = wrong(self.gold, |at| Some(&self.found[*of_gold.get(&at)?]), matches);
        let spurious =
            wrong(self.found, |at| Some(&self.gold[*of_found.get(&at)?]), |found, gold| matches(gold, found));
        (missed, spurious)
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pairs.iter().enumerate().filter_map(|(found, gold)| Some((found, (*gold)?)))
    }
}

/// Templates with the slots and fillers that have nothing like them on the other side.
type Wrong<'a> = Vec<(&'a Template, Slot, Option<&'a Filler>)>;

fn wrong<'a>(
    templates: &'a [Template],
    aligned: impl Fn(usize) -> Option<&'a Template>,
    matches: impl Fn(&Filler, &Filler) -> bool,
) -> Wrong<'a> {
    let mut wrong = Vec::new();
    for (at, template) in templates.iter().enumerate() {
        let other = aligned(at);
        if other.is_none() {
            wrong.push((template, Slot::Incident, None));
        }
        for slot in Slot::ALL {
            let others = other.map_or(&[][..], |other| other.fillers(slot));
            let unmatched =
                template.fillers(slot).iter().filter(|filler| !others.iter().any(|other| matches(filler, other)));
            wrong.extend(unmatched.map(|filler| (template, slot, Some(filler))));
        }
    }
    wrong
}

/// An alignment of the first found templates.
#[derive(Debug, Clone, Default)]
struct State {
    pairs: Vec<Option<usize>>,
    /// Fillers that match, on either side.
    found: usize,
    gold: usize,
}

impl State {
    /// The place among all alignments: none comes after every template.
    fn order(&self) -> Vec<usize> {
        self.pairs.iter().map(|gold| gold.unwrap_or(usize::MAX)).collect()
    }

    fn used(&self) -> BTreeSet<usize> {
        self.pairs.iter().copied().flatten().collect()
    }

    /// Whether it can become nothing better than `other`, which has the same gold templates left.
    fn is_behind(&self, other: &Self) -> bool {
        let equal = self.found == other.found && self.gold == other.gold;
        self.found <= other.found && self.gold <= other.gold && (!equal || other.order() < self.order())
    }
}

/// Every alignment with one more found template that may still turn out the best.
fn extended(states: Vec<State>, template: &Template, gold: &[Template]) -> Vec<State> {
    let fitting: Vec<(usize, (usize, usize))> = gold
        .iter()
        .enumerate()
        .filter(|(_, gold)| gold.incident.contains(&template.incident))
        .map(|(at, gold)| (at, right(template, gold, None)))
        .collect();
    let mut left: BTreeMap<BTreeSet<usize>, Vec<State>> = BTreeMap::new();
    for state in states {
        let with = |gold: Option<usize>, right: (usize, usize)| {
            let mut next = state.clone();
            next.pairs.push(gold);
            next.found += right.0;
            next.gold += right.1;
            next
        };
        let taken = state.used();
        let free = fitting.iter().filter(|(at, _)| !taken.contains(at));
        for next in free.map(|(at, right)| with(Some(*at), *right)).chain([with(None, (0, 0))]) {
            let rivals = left.entry(next.used()).or_default();
            if !rivals.iter().any(|rival| next.is_behind(rival)) {
                rivals.retain(|rival| !rival.is_behind(&next));
                rivals.push(next);
            }
        }
    }
    let mut states: Vec<State> = left.into_values().flatten().collect();
    if states.len() > STATES {
        states.sort_by_key(|state| std::cmp::Reverse(state.found + state.gold));
        states.truncate(STATES);
    }
    states
}

/// How many fillers a template has in a slot, or in all.
fn size(template: &Template, slot: Option<Slot>) -> usize {
    match slot {
        Some(Slot::Incident) => 1,
        Some(slot) => template.fillers(slot).len(),
        None => Slot::ALL.into_iter().map(|slot| size(template, Some(slot))).sum(),
    }
}

/// How many fillers of aligned templates match, of those found and of the gold ones.
fn right(found: &Template, gold: &Template, slot: Option<Slot>) -> (usize, usize) {
    match slot {
        Some(Slot::Incident) => (1, 1),
        Some(slot) => {
            let (found, gold) = (found.fillers(slot), gold.fillers(slot));
            let found_right = found.iter().filter(|found| gold.iter().any(|gold| matches(gold, found))).count();
            let gold_right = gold.iter().filter(|gold| found.iter().any(|found| matches(gold, found))).count();
            (found_right, gold_right)
        }
        None => Slot::ALL
            .into_iter()
            .map(|slot| right(found, gold, Some(slot)))
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)),
    }
}

/// Whether every mention that was found is one of the gold ones.
fn matches(gold: &Filler, found: &Filler) -> bool {
    let gold: Vec<String> = gold.iter().map(|mention| normalised(&mention.words)).collect();
    found.iter().all(|mention| gold.contains(&normalised(&mention.words)))
}

/// In small letters, without punctuation and articles.
fn normalised(words: &str) -> String {
    let bare: String = words.to_lowercase().chars().filter(|letter| !letter.is_ascii_punctuation()).collect();
    let words: Vec<&str> = bare.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the")).collect();
    words.join(" ")
}
