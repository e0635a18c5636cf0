//! Scores of labels → spans.
//!
//! Spans are decided between groups of types: the best sequence of labels in which every `I-` continues a
//! span of its group (Viterbi 1967). Which type of the group it is comes after.

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::{Error, Result};

/// The labels of a model and what may follow what.
#[derive(Debug)]
pub(super) struct Labels {
    types: Vec<String>,
    /// Types by group, in the order of the labels.
    groups: Vec<Vec<usize>>,
}

/// A span of words with its type and score.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub words: Range<usize>,
    /// Number of the type, see [`Labels::types`].
    pub kind: usize,
    /// The least probability of the span's group among its words.
    pub score: f32,
}

impl Labels {
    /// `labels` are `O`, then `B-` and `I-` of each type.
    pub fn new(labels: &[String], groups: &BTreeMap<String, String>) -> Result<Self> {
        let types: Vec<String> =
            labels.iter().filter_map(|label| label.strip_prefix("B-")).map(str::to_owned).collect();
        let expected = types.iter().flat_map(|t| [format!("B-{t}"), format!("I-{t}")]);
        if types.is_empty() || !std::iter::once("O".to_owned()).chain(expected).eq(labels.iter().cloned()) {
            return Err(Error::content("labels are not O, then B- and I- of each type"));
        }
        let mut names: Vec<&str> = Vec::new();
        let mut members: Vec<Vec<usize>> = Vec::new();
        for (number, name) in types.iter().enumerate() {
            let group = groups.get(name).map_or(name.as_str(), String::as_str);
            let at = names.iter().position(|&known| known == group).unwrap_or_else(|| {
                names.push(group);
                members.push(Vec::new());
                names.len() - 1
            });
            members[at].push(number);
        }
        Ok(Self { types, groups: members })
    }

    /// Labels, and so scores of a word.
    pub fn count(&self) -> usize {
        1 + 2 * self.types.len()
    }

    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// Turns the scores of a word into logarithms of probabilities.
    pub fn normalise(scores: &mut [f32]) {
        let greatest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f64 = scores.iter().map(|&x| f64::from(x - greatest).exp()).sum();
        let shift = greatest + sum.ln() as f32;
        scores.iter_mut().for_each(|x| *x -= shift);
    }

    /// The spans of a sentence; `logs` are words × labels logarithms of probabilities.
    pub fn decode(&self, logs: &[f32]) -> Vec<Found> {
        let states = 1 + 2 * self.groups.len();
        let grouped: Vec<f32> = logs.chunks_exact(self.count()).flat_map(|row| self.grouped(row)).collect();
        let path = best_path(&grouped, states);
        let (mut found, mut open): (Vec<Found>, Option<(usize, usize)>) = (Vec::new(), None);
        for (at, state) in path.iter().copied().chain([0]).enumerate() {
            if state != 0 && is_inside(state) {
                continue;
            }
            if let Some((first, group)) = open.take() {
                let words = first..at;
                let inside = |word: usize| 2 * group + 1 + usize::from(word != first);
                let score = words.clone().map(|w| grouped[w * states + inside(w)]).fold(0.0, f32::min);
                found.push(Found { kind: self.kind(logs, group, &words), score: score.exp().min(1.0), words });
            }
            if state != 0 {
                open = Some((at, (state - 1) / 2));
            }
        }
        found
    }

    /// Sums of the probabilities within groups: `O`, then `B-` and `I-` of each group.
    fn grouped<'a>(&'a self, row: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        let groups = self.groups.iter().flat_map(move |group| {
            [1, 2].map(|part| match group[..] {
                [only] => row[2 * only + part],
                _ => {
                    let greatest = group.iter().map(|&t| row[2 * t + part]).fold(f32::NEG_INFINITY, f32::max);
                    let sum: f64 = group.iter().map(|&t| f64::from(row[2 * t + part] - greatest).exp()).sum();
                    greatest + sum.ln() as f32
                }
            })
        });
        std::iter::once(row[0]).chain(groups)
    }

    /// The type of the group that is most probable over all words of a span, the first of equals.
    fn kind(&self, logs: &[f32], group: usize, words: &Range<usize>) -> usize {
        let sum = |t: usize| -> f32 {
            words.clone().map(|w| logs[w * self.count() + 2 * t + 1 + usize::from(w != words.start)]).sum()
        };
        let group = &self.groups[group];
        group[1..].iter().fold((group[0], sum(group[0])), |best, &t| if sum(t) > best.1 { (t, sum(t)) } else { best }).0
    }
}

/// States are `O` = 0, then `B-` and `I-` of each group.
fn is_inside(state: usize) -> bool {
    state != 0 && state.is_multiple_of(2)
}

/// The sequence of states with the greatest sum in which an inside state follows its own group only.
fn best_path(scores: &[f32], states: usize) -> Vec<usize> {
    let mut back: Vec<u16> = Vec::with_capacity(scores.len());
    let mut best = vec![f32::NEG_INFINITY; states];
    for (word, row) in scores.chunks_exact(states).enumerate() {
        let mut greatest = 0;
        for state in 1..states {
            if best[state] > best[greatest] {
                greatest = state;
            }
        }
        let before = if word == 0 { vec![0.0; states] } else { best.clone() };
        for state in 0..states {
            let source = match state {
                _ if !is_inside(state) => greatest,
                _ if before[state] > before[state - 1] => state,
                _ => state - 1,
            };
            let impossible = word == 0 && is_inside(state);
            best[state] = if impossible { f32::NEG_INFINITY } else { before[source] + row[state] };
            back.push(source as u16);
        }
    }
    let words = scores.len() / states;
    let mut path = vec![0; words];
    let mut state = (0..states).fold(0, |a, b| if best[b] > best[a] { b } else { a });
    for word in (0..words).rev() {
        path[word] = state;
        state = usize::from(back[word * states + state]);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        let types = ["Person", "City", "Region"];
        let labels: Vec<String> = std::iter::once("O".to_owned())
            .chain(types.iter().flat_map(|t| [format!("B-{t}"), format!("I-{t}")]))
            .collect();
        let groups = [("City", "Location"), ("Region", "Location")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        Labels::new(&labels, &groups.into()).expect("labels")
    }

    /// Each word as the scores of O, B and I of Person, City and Region.
    fn decoded(words: &[[f32; 7]]) -> Vec<(Range<usize>, usize)> {
        let mut logs = words.as_flattened().to_vec();
        logs.chunks_exact_mut(7).for_each(Labels::normalise);
        labels().decode(&logs).into_iter().map(|f| (f.words, f.kind)).collect()
    }

    #[test]
    fn a_span_begins_with_b_and_goes_on_with_its_own_i() {
        let (o, b, i) = ([6., 0., 0., 0., 0., 0., 0.], [0., 4., 0., 0., 0., 0., 0.], [1., 0., 4., 0., 0., 0., 0.]);
        assert_eq!(decoded(&[o, b, i, o]), [(1..3, 0)]);
        assert_eq!(decoded(&[b, b, i, i]), [(0..1, 0), (1..4, 0)]);
        assert_eq!(decoded(&[o, i, o]), []);
        assert_eq!(decoded(&[]), []);
        // An I- of the city cannot continue a person.
        assert_eq!(decoded(&[b, [1., 0., 0., 0., 2., 0., 0.]]), [(0..1, 0)]);
    }

    #[test]
    fn types_of_a_group_are_added_before_spans_are_decided() {
        // No type of place beats O, both together do; the region is the likelier.
        assert_eq!(decoded(&[[2., 0., 0., 1.5, 0., 1.6, 0.]]), [(0..1, 2)]);
        assert_eq!(decoded(&[[2., 0., 0., 1.5, 0., 0., 0.]]), []);
        // A span may begin as a city and go on as a region: it gets the type with the greater sum.
        assert_eq!(decoded(&[[0., 0., 0., 3., 0., 1., 0.], [0., 0., 0., 0., 1., 0., 4.]]), [(0..2, 2)]);
    }

    #[test]
    fn the_score_is_the_least_probability_of_a_word() {
        let mut logs = [[0., 9., 0., 0., 0., 0., 0.], [0., 0., 2., 0., 0., 0., 0.]];
        logs.iter_mut().for_each(|row| Labels::normalise(row));
        let found = labels().decode(logs.as_flattened());
        assert!((found[0].score - 2f32.exp() / (2f32.exp() + 6.0)).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn other_orders_of_labels_are_refused() {
        let bad = ["O", "I-Person", "B-Person"].map(String::from);
        assert!(Labels::new(&bad, &BTreeMap::new()).is_err());
        assert!(Labels::new(&[], &BTreeMap::new()).is_err());
    }
}
