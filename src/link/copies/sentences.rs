//! Which sentences another document has first.

use std::collections::{BTreeSet, HashMap};

use super::Signature;

/// Shingles of a sentence that can be a copy: shorter ones, of up to seven words, are said by many.
const LEAST: usize = 6;

/// Of the longer of two sentences of a group, the shingles that the other must have too.
const NEAR: f32 = 0.6;

/// In so many groups a sentence is a phrase that carriers add to what they print.
const PHRASE: usize = 5;

/// A sentence that another document has first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceCopy {
    /// The document in which it is copied.
    pub document: String,
    /// Which of its sentences, from 0.
    pub sentence: usize,
    /// The document that has it first.
    pub of: String,
    /// Which sentence it is there.
    pub of_sentence: usize,
}

/// A sentence: the number of its document, and its own.
type At = (usize, usize);

/// The copied sentences, in the order of documents. Within a group a sentence with small changes is a copy; beyond, one of
/// the same words.
pub(super) fn sentences(documents: &[&Signature], first: &[(usize, f32)]) -> Vec<SentenceCopy> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); documents.len()];
    for (document, (first, _)) in first.iter().enumerate() {
        members[*first].push(document);
    }
    let mut copied: Vec<(At, At)> = Vec::new();
    let mut same: HashMap<&[u32], Vec<At>> = HashMap::new();
    for group in members.iter().filter(|group| !group.is_empty()) {
        let mut own: Vec<(At, &[u32])> = Vec::new();
        let mut having: HashMap<u32, Vec<usize>> = HashMap::new();
        for &document in group {
            for (at, shingles) in documents[document].sentences().enumerate() {
                if shingles.len() < LEAST {
                    continue;
                }
                if let Some(original) = original(shingles, document, &own, &having) {
                    copied.push(((document, at), own[original].0));
                    continue;
                }
                if group.len() > 1 {
                    for shingle in shingles {
                        having.entry(*shingle).or_default().push(own.len());
                    }
                }
                own.push(((document, at), shingles));
            }
        }
        for (at, shingles) in own {
            same.entry(shingles).or_default().push(at);
        }
    }
    // What stands in several groups.
    let mut moved: HashMap<At, At> = HashMap::new();
    for places in same.into_values() {
        let groups: BTreeSet<usize> = places.iter().map(|(document, _)| first[*document].0).collect();
        let Some(&earliest) = places.iter().min().filter(|_| groups.len() > 1 && groups.len() < PHRASE) else {
            continue;
        };
        moved.extend(places.into_iter().filter(|place| place.0 != earliest.0).map(|place| (place, earliest)));
    }
    for (_, of) in &mut copied {
        *of = moved.get(of).copied().unwrap_or(*of);
    }
    copied.extend(moved);
    // A sentence of a copy may stand in a document before the group.
    copied.retain(|(copy, of)| copy.0 != of.0);
    copied.sort_unstable();
    let name = |document: usize| documents[document].document.clone();
    copied
        .into_iter()
        .map(|((document, sentence), (of, of_sentence))| SentenceCopy {
            document: name(document),
            sentence,
            of: name(of),
            of_sentence,
        })
        .collect()
}

/// Which of the sentences that documents before this one have first it repeats.
fn original(
    shingles: &[u32],
    document: usize,
    own: &[(At, &[u32])],
    having: &HashMap<u32, Vec<usize>>,
) -> Option<usize> {
    let mut votes: HashMap<usize, usize> = HashMap::new();
    for &one in shingles.iter().filter_map(|shingle| having.get(shingle)).flatten() {
        *votes.entry(one).or_default() += 1;
    }
    let near = |(one, votes): &(usize, usize)| {
        let longer = shingles.len().max(own[*one].1.len());
        own[*one].0.0 != document && *votes as f32 >= NEAR * longer as f32
    };
    let best = votes.into_iter().filter(near).max_by_key(|(one, votes)| (*votes, std::cmp::Reverse(*one)));
    best.map(|(one, _)| one)
}
