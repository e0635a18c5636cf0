//! Which date of a sentence says when which of its events happened.

use super::clause::Clause;
use super::lexicon::Lexicon;
use super::text::Text;
use super::time::TimeMention;
use crate::model::{Event, Sentence};

/// Words that begin another clause: a date before one says nothing of what comes after it.
const SUBORDINATE: &[&str] = &[
    "after", "before", "when", "while", "as", "since", "until", "because", "who", "which", "that", "where", ";", ":",
    "”", "“",
];
/// Words after which a date belongs to another verb than the one before them.
const OTHER_CLAUSE: &[&str] = &[
    "who", "which", "that", "where", "when", "while", "because", "although", "but", ";", ":", "”", "“", "was", "were",
    "is", "are", "had", "has", "have", "will", "got", "went", "came", "did", "be",
];

/// Gives every date to one event of its sentence: the one whose trigger stands before it, unless the
/// date opens a clause whose trigger follows. A date at the head of a sentence ("On 27 November, …")
/// goes to every event of the sentence that has none of its own; the date of a saying ("estimated in
/// May that …") to none. `events` stand in order of their triggers' tokens.
pub(super) fn date(text: &Text<'_>, lexicon: &Lexicon, times: &[TimeMention], events: &mut [(usize, Event)]) {
    for time in times {
        let Some(sentence) = text.sentences().get(text.sentence_of(time.first)) else { continue };
        let first = events.partition_point(|(token, _)| *token < sentence.first);
        let end = events.partition_point(|(token, _)| *token < sentence.end);
        for index in chosen(text, lexicon, time, sentence, first, &events[first..end]) {
            let event = &mut events[index].1;
            if event.time.as_ref().is_none_or(|(_, span)| span.is_none()) {
                event.time = Some((time.interval, Some(time.span)));
            }
        }
    }
}

/// The events of a sentence that a date belongs to, by index; `offset` is the index of the first.
fn chosen(
    text: &Text<'_>,
    lexicon: &Lexicon,
    time: &TimeMention,
    sentence: &Sentence,
    offset: usize,
    inside: &[(usize, Event)],
) -> Vec<usize> {
    // "…, and on 5 December took Hama": the date opens a clause.
    let mut lead = time.first;
    while lead > sentence.first
        && matches!(
            text.lower(lead - 1),
            "on" | "in" | "since" | "by" | "early" | "late" | "overnight" | "then" | "the" | "during" | "last"
        )
    {
        lead -= 1;
    }
    let fronted = lead == sentence.first;
    // "while reporting" opens no clause with a subject of its own; "that Sunday" no clause at all.
    let clear = |from: usize, to: usize, words: &[&str]| {
        !(from..to.max(from)).any(|at| {
            words.contains(&text.lower(at))
                && !text.lower(at + 1).ends_with("ing")
                && !(text.lower(at) == "that" && at + 3 > to)
        })
    };
    if fronted {
        return (0..inside.len())
            .filter(|&index| clear(time.end, inside[index].0, SUBORDINATE))
            .take(8)
            .map(|index| offset + index)
            .collect();
    }
    // "said on Friday that", "told reporters on Monday": when it was said.
    let nearest = inside.partition_point(|(token, _)| *token < time.first).checked_sub(1);
    let floor = nearest.map_or(sentence.first, |index| inside[index].0 + 1).max(lead.saturating_sub(6));
    let is_said = |at: usize| {
        lexicon.saying.verbs.contains(text.lower(at))
            && !matches!(text.lower(at), "count" | "report" | "reports" | "counts" | "records")
            && !Clause::is_auxiliary(text.lower(at.saturating_sub(1)))
    };
    if (floor..lead).any(is_said) {
        return Vec::new();
    }
    let before = nearest.filter(|&index| clear(inside[index].0 + 1, lead, OTHER_CLAUSE));
    let next = inside.partition_point(|(token, _)| *token < time.end);
    let after = (next < inside.len() && clear(time.end, inside[next].0, SUBORDINATE)).then_some(next);
    let opens = matches!(text.lower(lead - 1), "and" | "but" | ";" | ":" | "," | "then");
    let near = after.is_some_and(|index| inside[index].0 - time.end <= 4);
    match (before, after) {
        (_, Some(after)) if opens && near => vec![offset + after],
        // "executed or died between 2011 and 2018"
        (Some(before), _) => {
            let joined = before.checked_sub(1).filter(|&other| {
                inside[before].0 - inside[other].0 == 2 && matches!(text.lower(inside[before].0 - 1), "or" | "and")
            });
            joined.into_iter().chain([before]).map(|index| offset + index).collect()
        }
        (None, Some(after)) if opens || near => vec![offset + after],
        _ => Vec::new(),
    }
}
