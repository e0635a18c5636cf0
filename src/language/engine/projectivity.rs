//! Crossing arcs put back where they belong, and the sentences of a parse.
//!
//! Nivre & Nilsson 2005, scheme HEAD: a label `prep||dobj` says that the real head is the first token
//! labelled `dobj` below the head that the parser could reach.

use super::labels::{Label, Labels};

/// A parse: for each token its head (itself for a root) and the label of the arc.
#[derive(Debug)]
pub(super) struct Tree {
    pub heads: Vec<u32>,
    pub labels: Vec<Label>,
}

/// Tokens looked at for one arc; a sentence of news has fewer than a hundred.
const SEARCHED: usize = 10_000;

/// Lifts every `own||head` arc. White space is never looked at.
pub(super) fn deprojectivise(tree: &mut Tree, spaces: &[bool], labels: &Labels) {
    let lifted: Vec<usize> =
        (0..tree.heads.len()).filter(|&token| labels.name(tree.labels[token]).contains("||")).collect();
    if lifted.is_empty() {
        return;
    }
    // spaCy looks at the children between a token's edges as they were before any arc was lifted.
    let (left, right) = edges_of(&tree.heads);
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); tree.heads.len()];
    for (token, &head) in tree.heads.iter().enumerate() {
        if head as usize != token {
            children[head as usize].push(token as u32);
        }
    }
    for token in lifted {
        let Some((own, wanted)) = labels.name(tree.labels[token]).split_once("||") else { continue };
        let old = tree.heads[token];
        let mut queue = std::collections::VecDeque::from([old]);
        let (mut found, mut searched) = (None, 0);
        'search: while let Some(parent) = queue.pop_front() {
            let edges = left[parent as usize]..=right[parent as usize];
            for &child in children[parent as usize].iter().filter(|child| edges.contains(child)) {
                searched += 1;
                if spaces[child as usize] || child as usize == token {
                    continue;
                }
                if labels.name(tree.labels[child as usize]) == wanted {
                    found = Some(child);
                    break 'search;
                }
                queue.push_back(child);
            }
            if searched > SEARCHED {
                break;
            }
        }
        tree.labels[token] = labels.find(own).unwrap_or_default();
        if let Some(head) = found {
            tree.heads[token] = head;
            children[old as usize].retain(|&child| child as usize != token);
            let siblings = &mut children[head as usize];
            siblings.insert(siblings.partition_point(|&child| (child as usize) < token), token as u32);
        }
    }
}

/// Where sentences begin: at the left edge of every root.
pub(super) fn sentence_starts(heads: &[u32]) -> Vec<bool> {
    let mut starts = vec![false; heads.len()];
    let (left, _) = edges_of(heads);
    for (token, &head) in heads.iter().enumerate() {
        if head as usize == token {
            starts[left[token] as usize] = true;
        }
    }
    starts
}

/// The first and last token below each token. Crossing arcs need several rounds; spaCy stops at ten.
fn edges_of(heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut left: Vec<u32> = (0..heads.len() as u32).collect();
    let mut right = left.clone();
    for _ in 0..10 {
        let mut changed = false;
        for token in (0..heads.len()).chain((0..heads.len()).rev()) {
            let head = heads[token] as usize;
            changed |= left[token] < left[head] || right[token] > right[head];
            left[head] = left[head].min(left[token]);
            right[head] = right[head].max(right[token]);
        }
        if !changed {
            break;
        }
    }
    (left, right)
}
