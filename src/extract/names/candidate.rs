//! The spans that may be names.

use std::collections::BTreeMap;

use crate::model::{Span, WordShape};

use super::evidence::Evidence;

/// Words of a run of capitals within which every part is a candidate.
const LONGEST: usize = 9;

/// Words of a run of capitals beyond which its parts are no candidates.
const LONGEST_RUN: usize = 60;

/// A span that may be a name, and the words it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub span: Span,
    pub first: usize,
    pub end: usize,
}

/// Every span that a layer proposes, and every part of a run of capitals, in order of start and end.
pub(super) fn candidates(evidence: &Evidence<'_, '_>) -> Vec<Candidate> {
    let text = evidence.text;
    let mut spans: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    let mut add = |span: Span, first: usize, end: usize| {
        spans.entry((span.start, span.end)).or_insert((first, end));
    };
    for name in &evidence.model {
        add(name.span, name.first, name.end);
    }
    for found in evidence.rules {
        add(found.span(text), found.first, found.end);
    }
    for sentence in text.sentences() {
        let mut first = sentence.first;
        while first < sentence.end {
            if !text.is_capital(first) {
                first += 1;
                continue;
            }
            let run = run_end(evidence, first, sentence.end);
            // Capitals without end are no names; what the layers propose there stays.
            let parts = if run - first <= LONGEST_RUN { first..run } else { run..run };
            for start in parts {
                if !text.is_capital(start) || matches!(text.lower(start), "the" | "a" | "an") {
                    continue;
                }
                for end in start + 1..=run.min(start + LONGEST) {
                    let last = text.shape(end - 1);
                    let numbered = last == WordShape::Number && end - start > 1;
                    if text.is_capital(end - 1) || numbered || is_head(evidence, end - 1, start) {
                        add(text.span(start, end), start, end);
                    }
                }
            }
            first = run;
        }
    }
    spans
        .into_iter()
        .map(|((start, stop), (first, end))| Candidate { span: Span::new(start, stop), first, end })
        .collect()
}

/// Past the run of capitalised words at `first`, with the particles, connectors, numbers and head nouns
/// of facilities in it.
fn run_end(evidence: &Evidence<'_, '_>, first: usize, limit: usize) -> usize {
    let (text, name) = (evidence.text, &evidence.lexicon.name);
    let inner = |at: usize| {
        let word = text.lower(at);
        name.connectors.contains(word)
            || name.particles.contains(word)
            || matches!(word, "'s" | "’s" | "&" | "-" | "–" | "/" | "." | "’" | "'")
            || evidence.lexicon.facility.qualifiers.contains(word)
    };
    let mut end = first + 1;
    let mut at = first + 1;
    while at < limit {
        if text.is_capital(at) || text.shape(at) == WordShape::Number && at == end || is_head(evidence, at, first) {
            at += 1;
            end = at;
        } else if inner(at) && at - end < 3 {
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a head noun of facilities stands at `at`, after a name that starts at `start`.
fn is_head(evidence: &Evidence<'_, '_>, at: usize, start: usize) -> bool {
    let word = evidence.text.lower(at);
    at > start && (evidence.lexicon.facility.is_head(word) || matches!(word, "station" | "centre" | "center" | "base"))
}
