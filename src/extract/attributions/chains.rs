//! Through whom each attribution came: the smallest other one that covers its cue, unless the words say who.

use std::collections::HashMap;

use super::Draft;
use crate::extract::text::Text;
use crate::model::{Attribution, Span};

/// Links of the longest chain: quotations nest no deeper in what people write.
const LONGEST: usize = 12;
/// Speakers who say the same together, for each of whom what they hand on is told again.
const MOST_JOINT: usize = 4;

/// Drafts → attributions in order of cue, each with the one through which it came.
pub(super) fn close(text: &Text<'_>, drafts: Vec<Draft>) -> Vec<Attribution> {
    let mut drafts = drafts;
    // Old index → place in the order of cues.
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&index| (drafts[index].cue, drafts[index].content, index));
    let mut place = vec![0; drafts.len()];
    for (at, &index) in order.iter().enumerate() {
        place[index] = at;
    }
    for draft in &mut drafts {
        draft.through = draft.through.map(|through| place[through]);
    }
    let drafts: Vec<Draft> = order.into_iter().map(|index| drafts[index].clone()).collect();
    let cues: Vec<Span> = drafts.iter().map(|draft| text.span(draft.cue.0, draft.cue.1)).collect();
    let mut via: Vec<Option<usize>> = outer(&drafts, &cues);
    break_circles(&mut via);
    told_by_each(&drafts, &via)
        .into_iter()
        .map(|(index, via)| {
            let draft = &drafts[index];
            Attribution {
                source: draft.source,
                source_kind: draft.source_kind,
                source_words: draft.source_words.map(|(first, end)| text.span(first, end)),
                cue: cues[index],
                kind: draft.kind,
                stance: draft.stance,
                via,
                content: draft.content,
                rule: draft.rule.to_owned(),
                confidence: draft.confidence,
            }
        })
        .collect()
}

/// For every draft the one through which it came: what its words say, else the smallest whose content holds its cue
/// and what it says.
fn outer(drafts: &[Draft], cues: &[Span]) -> Vec<Option<usize>> {
    let mut by_start: Vec<usize> = (0..drafts.len()).collect();
    by_start.sort_by_key(|&index| (drafts[index].content.start, std::cmp::Reverse(drafts[index].content.end), index));
    // The farthest end up to each place tells how far back a search need go.
    let farthest: Vec<usize> = by_start
        .iter()
        .scan(0, |end, &index| {
            *end = drafts[index].content.end.max(*end);
            Some(*end)
        })
        .collect();
    let holds = |outer: usize, inner: usize| {
        let (around, within) = (drafts[outer].content, drafts[inner].content);
        // "said that he had reportedly fled": of two with the same words, that whose cue stands within them came later.
        let said = around.contains(within) && (around != within || !around.contains(cues[outer]));
        outer != inner && around.contains(cues[inner]) && drafts[outer].cue != drafts[inner].cue && said
    };
    (0..drafts.len())
        .map(|inner| {
            if drafts[inner].through.is_some() {
                return drafts[inner].through;
            }
            let last = by_start.partition_point(|&index| drafts[index].content.start <= cues[inner].start);
            (0..last)
                .rev()
                .take_while(|&at| farthest[at] >= cues[inner].end)
                .map(|at| by_start[at])
                .filter(|&outer| holds(outer, inner))
                .min_by_key(|&outer| (drafts[outer].content.len(), outer))
        })
        .collect()
}

/// Cuts chains that lead back to themselves, and such as are longer than anybody writes.
fn break_circles(via: &mut [Option<usize>]) {
    for start in 0..via.len() {
        let mut at = start;
        for step in 0.. {
            match via[at] {
                Some(next) if next == start || step >= LONGEST => {
                    via[at] = None;
                    break;
                }
                Some(next) => at = next,
                None => break,
            }
        }
    }
}

/// "A and B said that witnesses told them …": what the witnesses say came through A, and it came through B.
fn told_by_each(drafts: &[Draft], via: &[Option<usize>]) -> Vec<(usize, Option<usize>)> {
    let mut joint: HashMap<((usize, usize), Span), Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        joint.entry((draft.cue, draft.content)).or_default().push(index);
    }
    let mut list: Vec<(usize, Option<usize>)> = Vec::with_capacity(drafts.len());
    let mut first = vec![0; drafts.len()];
    for (index, own) in first.iter_mut().enumerate() {
        *own = list.len();
        list.push((index, via[index]));
        let outer = via[index].map(|outer| &joint[&(drafts[outer].cue, drafts[outer].content)]);
        for &other in outer
            .into_iter()
            .flatten()
            .filter(|&&other| Some(other) != via[index] && via[other] != Some(index))
            .take(MOST_JOINT)
        {
            list.push((index, Some(other)));
        }
    }
    // What came through several is reached through each; those further in through the first.
    list.into_iter().map(|(index, via)| (index, via.map(|outer| first[outer]))).collect()
}
