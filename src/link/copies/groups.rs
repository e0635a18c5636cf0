//! Which documents are copies of one text.

use std::collections::BTreeMap;

use super::Signature;

/// Of the shorter of two documents, the weight that the other must have too.
const OF_SHORTER: f32 = 0.5;

/// Of the longer, likewise: a note is no copy of a long report that has it among other things.
const OF_LONGER: f32 = 0.3;

/// Shingles that two copies share at least: below some thirty words documents agree by accident.
const LEAST_SHARED: usize = 25;

/// Hashes of a document's MinHash, and how many of them make a band. Of two documents of which a fourth of all shingles are
/// shared, nine in ten share a band.
const HASHES: usize = 80;
const BAND: usize = 2;

/// Documents of a band with which each further one is compared, the first ones.
const COMPARED: usize = 8;

/// Documents that are copies of one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The one that comes first.
    pub first: String,
    /// The others, in order.
    pub copies: Vec<DocumentCopy>,
}

/// A document that is a copy of another.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentCopy {
    /// Its id.
    pub document: String,
    /// How much of it the first document has, from 0 to 1; rare words count more.
    pub share: f32,
}

/// A shingle and what it weighs.
type Weighted = (u32, f32);

/// For every document the number of the first one of its group, and how much of it that has.
pub(super) fn first_of_each(documents: &[&Signature]) -> Vec<(usize, f32)> {
    let sets: Vec<Vec<u32>> = documents.iter().map(|document| document.all()).collect();
    let candidates = candidates(&sets);
    let mut compared = vec![false; sets.len()];
    for (later, earlier) in &candidates {
        compared[*later as usize] = true;
        compared[*earlier as usize] = true;
    }
    let sets = weighted(sets, &compared);
    let totals: Vec<f32> = sets.iter().map(|set| set.iter().map(|(_, weight)| weight).sum()).collect();
    let mut first: Vec<(usize, f32)> = Vec::with_capacity(sets.len());
    let mut candidates = candidates.into_iter().peekable();
    for document in 0..sets.len() {
        let mut best = (document, 1.0);
        let mut most = 0.0;
        while let Some((_, earlier)) = candidates.next_if(|(later, _)| *later as usize == document) {
            let earlier = earlier as usize;
            if first[earlier].0 != earlier {
                continue;
            }
            let (count, weight) = shared(&sets[document], &sets[earlier]);
            let (shorter, longer) = (totals[document].min(totals[earlier]), totals[document].max(totals[earlier]));
            if count >= LEAST_SHARED && weight >= OF_SHORTER * shorter && weight >= OF_LONGER * longer && weight > most
            {
                most = weight;
                best = (earlier, weight / totals[document]);
            }
        }
        first.push(best);
    }
    first
}

/// The groups of more than one document.
pub(super) fn groups(documents: &[&Signature], first: &[(usize, f32)]) -> Vec<Group> {
    let mut groups: BTreeMap<usize, Vec<DocumentCopy>> = BTreeMap::new();
    for (document, &(first, share)) in first.iter().enumerate().filter(|(document, (first, _))| document != first) {
        groups.entry(first).or_default().push(DocumentCopy { document: documents[document].document.clone(), share });
    }
    groups.into_iter().map(|(first, copies)| Group { first: documents[first].document.clone(), copies }).collect()
}

/// What every shingle of the documents that are `compared` weighs, by how many of all documents have it.
fn weighted(sets: Vec<Vec<u32>>, compared: &[bool]) -> Vec<Vec<Weighted>> {
    let mut all: Vec<u32> = sets.iter().flatten().copied().collect();
    all.sort_unstable();
    let several: Vec<(u32, u32)> = all
        .chunk_by(|one, other| one == other)
        .filter(|same| same.len() > 1)
        .map(|same| (same[0], same.len() as u32))
        .collect();
    drop(all);
    // Where those with the same first bits begin: one look-up instead of many.
    let bits = |shingle: u32| (shingle >> 16) as usize;
    let mut begins = vec![0; (1 << 16) + 1];
    for (shingle, _) in &several {
        begins[bits(*shingle) + 1] += 1;
    }
    for at in 1..begins.len() {
        begins[at] += begins[at - 1];
    }
    let documents = sets.len() as f32;
    let weigh = |shingle: u32| {
        let alike = &several[begins[bits(shingle)]..begins[bits(shingle) + 1]];
        let count = alike.binary_search_by_key(&shingle, |(known, _)| *known).map_or(1, |at| alike[at].1);
        (shingle, (1.0 + documents / count as f32).ln())
    };
    let sets = sets.into_iter().zip(compared);
    sets.map(|(set, compared)| if *compared { set.into_iter().map(weigh).collect() } else { Vec::new() }).collect()
}

/// How many shingles two sets share, and their weight.
fn shared(one: &[Weighted], other: &[Weighted]) -> (usize, f32) {
    let (mut at, mut count, mut sum) = (0, 0, 0.0);
    for (shingle, weight) in one {
        while other.get(at).is_some_and(|(known, _)| known < shingle) {
            at += 1;
        }
        if other.get(at).is_some_and(|(known, _)| known == shingle) {
            count += 1;
            sum += weight;
        }
    }
    (count, sum)
}

/// Pairs of documents, the later first, that share a band of their MinHash; in order, each once.
fn candidates(sets: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let mut bands: Vec<(u64, u32)> = Vec::with_capacity(sets.len() * HASHES / BAND);
    for (document, set) in sets.iter().enumerate().filter(|(_, set)| set.len() >= LEAST_SHARED) {
        for (band, hashes) in min_hash(set).chunks(BAND).enumerate() {
            let mix = |mixed: u64, hash: &u32| (mixed.rotate_left(29) ^ u64::from(*hash)).wrapping_mul(MIX);
            bands.push((hashes.iter().fold(band as u64 + 1, mix), document as u32));
        }
    }
    bands.sort_unstable();
    let mut pairs = Vec::new();
    for band in bands.chunk_by(|one, other| one.0 == other.0) {
        for (at, (_, later)) in band.iter().enumerate() {
            pairs.extend(band[..at.min(COMPARED)].iter().map(|(_, earlier)| (*later, *earlier)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// The smallest of all shingles under each of several orders.
fn min_hash(set: &[u32]) -> [u32; HASHES] {
    // An order is an odd factor and a summand, from one sequence of numbers.
    const ORDERS: ([u32; HASHES], [u32; HASHES]) = {
        let (mut factors, mut summands) = ([0; HASHES], [0; HASHES]);
        let (mut at, mut state) = (0, 1_u64);
        while at < HASHES {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            factors[at] = (state >> 32) as u32 | 1;
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            summands[at] = (state >> 32) as u32;
            at += 1;
        }
        (factors, summands)
    };
    let (factors, summands) = &ORDERS;
    let mut smallest = [u32::MAX; HASHES];
    for shingle in set {
        for ((least, factor), summand) in smallest.iter_mut().zip(factors).zip(summands) {
            *least = (*least).min(shingle.wrapping_mul(*factor).wrapping_add(*summand));
        }
    }
    smallest
}
