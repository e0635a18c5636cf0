//! MUC, B³ and CEAF-e over mentions that a system found itself, as the reference scorer of the CoNLL shared
//! tasks computes them (Pradhan et al., "Scoring Coreference Partitions of Predicted Mentions: A Reference
//! Implementation", ACL 2014): a mention that the other side does not have stands alone there.
//!
//! Numerators and denominators are added up over the documents, and divided at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use super::Place;
use super::assignment::heaviest;
use crate::bench::accuracy::measure::harmonic;

/// Clusters without a mention in common.
pub(super) type Clusters = Vec<BTreeSet<Place>>;

/// A share as numerator and denominator.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Share(f64, f64);

impl Share {
    fn value(self) -> f64 {
        if self.1 == 0.0 { 0.0 } else { self.0 / self.1 }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
        self.1 += other.1;
    }
}

/// Recall and precision of one metric so far.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Tally {
    pub recall: Share,
    pub precision: Share,
}

impl Tally {
    pub fn recall(&self) -> f64 {
        self.recall.value()
    }

    pub fn precision(&self) -> f64 {
        self.precision.value()
    }

    pub fn f1(&self) -> f64 {
        harmonic(self.recall(), self.precision())
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.recall += other.recall;
        self.precision += other.precision;
    }
}

/// Mentions themselves: those that both sides have.
pub(super) fn mentions(gold: &Clusters, found: &Clusters) -> Tally {
    let (numbers, count) = (numbered(found), |clusters: &Clusters| clusters.iter().map(|one| one.len() as f64).sum());
    let common = gold.iter().flatten().filter(|mention| numbers.contains_key(mention)).count() as f64;
    Tally { recall: Share(common, count(gold)), precision: Share(common, count(found)) }
}

/// Links: how few would have to be added to make the clusters of one side out of those of the other (Vilain et
/// al. 1995).
pub(super) fn muc(gold: &Clusters, found: &Clusters) -> Tally {
    let links = |of: &Clusters, by: &Clusters| {
        let numbers = numbered(by);
        let mut share = Share::default();
        for cluster in of {
            let parts: BTreeSet<usize> = cluster.iter().filter_map(|mention| numbers.get(mention)).copied().collect();
            let alone = cluster.iter().filter(|mention| !numbers.contains_key(mention)).count();
            share += Share((cluster.len() - parts.len() - alone) as f64, cluster.len().saturating_sub(1) as f64);
        }
        share
    };
    Tally { recall: links(gold, found), precision: links(found, gold) }
}

/// Mentions: how much of the cluster of each is in its cluster on the other side (Bagga and Baldwin 1998).
pub(super) fn b_cubed(gold: &Clusters, found: &Clusters) -> Tally {
    let overlap = |of: &Clusters, by: &Clusters| {
        let mut share = Share::default();
        let common = common(of, by);
        for (number, cluster) in of.iter().enumerate() {
            let size = cluster.len() as f64;
            let of_it = common.range((number, 0)..(number + 1, 0));
            share += Share(of_it.map(|(_, count)| (*count as f64).powi(2) / size).sum(), size);
        }
        share
    };
    Tally { recall: overlap(gold, found), precision: overlap(found, gold) }
}

/// Entities: the best pairing of clusters one to one, a pair being worth twice its common mentions over all of
/// its mentions (Luo 2005, φ₄).
pub(super) fn ceaf_e(gold: &Clusters, found: &Clusters) -> Tally {
    let similarity = |((one, other), common): ((usize, usize), usize)| {
        (one, other, 2.0 * common as f64 / (gold[one].len() + found[other].len()) as f64)
    };
    let pairs: Vec<(usize, usize, f64)> = common(gold, found).into_iter().map(similarity).collect();
    let most = heaviest(gold.len(), found.len(), &pairs);
    Tally { recall: Share(most, gold.len() as f64), precision: Share(most, found.len() as f64) }
}

/// Mention → number of its cluster.
fn numbered(clusters: &Clusters) -> BTreeMap<&Place, usize> {
    let members = clusters.iter().enumerate();
    members.flat_map(|(number, cluster)| cluster.iter().map(move |mention| (mention, number))).collect()
}

/// Numbers of two clusters → how many mentions they have in common, where there is any.
fn common(of: &Clusters, by: &Clusters) -> BTreeMap<(usize, usize), usize> {
    let numbers = numbered(by);
    let mut counts = BTreeMap::new();
    for (number, cluster) in of.iter().enumerate() {
        for other in cluster.iter().filter_map(|mention| numbers.get(mention)) {
            *counts.entry((number, *other)).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    /// Clusters of mentions that are called by letters: "abc de".
    fn clusters(text: &str) -> Clusters {
        let mention = |letter: u8| (0, Span::new(usize::from(letter), usize::from(letter) + 1));
        text.split_whitespace().map(|cluster| cluster.bytes().map(mention).collect()).collect()
    }

    fn close(tally: Tally, recall: f64, precision: f64) {
        let apart = (tally.recall() - recall).abs().max((tally.precision() - precision).abs());
        assert!(apart < 1e-9, "{} {} for {recall} {precision}", tally.recall(), tally.precision());
    }

    #[test]
    fn the_example_of_the_reference() {
        // The worked example of Pradhan et al. 2014: e is missed, h and i are not there.
        let (gold, found) = (clusters("abc defg"), clusters("ab cd fghi"));
        close(muc(&gold, &found), 2.0 / 5.0, 2.0 / 5.0);
        close(b_cubed(&gold, &found), (4.0 / 3.0 + 1.0 / 3.0 + 1.0 / 4.0 + 4.0 / 4.0) / 7.0, 4.0 / 8.0);
        close(ceaf_e(&gold, &found), (0.8 + 0.5) / 2.0, (0.8 + 0.5) / 3.0);
        close(mentions(&gold, &found), 6.0 / 7.0, 6.0 / 8.0);
    }

    #[test]
    fn all_right_and_nothing_at_all() {
        let gold = clusters("abc de f");
        for metric in [mentions, muc, b_cubed, ceaf_e] {
            close(metric(&gold, &gold), 1.0, 1.0);
            close(metric(&gold, &clusters("")), 0.0, 0.0);
            close(metric(&clusters(""), &gold), 0.0, 0.0);
            close(metric(&gold, &clusters("xyz")), 0.0, 0.0);
        }
    }

    #[test]
    fn one_cluster_of_everything_has_recall_only() {
        let (gold, found) = (clusters("ab cd"), clusters("abcd"));
        close(muc(&gold, &found), 1.0, 2.0 / 3.0);
        close(b_cubed(&gold, &found), 1.0, 0.5);
        close(ceaf_e(&gold, &found), (2.0 / 3.0) / 2.0, 2.0 / 3.0);
    }

    #[test]
    fn who_stands_alone_has_no_link() {
        let (gold, found) = (clusters("a b"), clusters("a b"));
        close(muc(&gold, &found), 0.0, 0.0);
        close(b_cubed(&gold, &found), 1.0, 1.0);
    }

    #[test]
    fn documents_are_added_up_before_dividing() {
        let mut tally = muc(&clusters("abc"), &clusters("abc"));
        tally += muc(&clusters("ab"), &clusters(""));
        close(tally, 2.0 / 3.0, 1.0);
    }
}
