//! Whether what a trigger names is said to have happened: polarity and modality.
//!
//! Only words of the trigger's own verb group count for a verb, only those of its noun phrase for a
//! noun: "could not establish where he was killed" denies the establishing, not the killing.

use super::clause::Clause;
use super::frames::Form;
use crate::model::{Modality, Polarity, Sentence, WordShape};

/// Tokens back in which a word of doubt counts.
const REACH: usize = 30;

/// Whether the trigger is denied. `subject_first` is the first word of what stands as its subject.
pub(super) fn polarity(
    clause: &Clause<'_, '_>,
    token: usize,
    form: Form,
    sentence: &Sentence,
    subject_first: &str,
) -> Polarity {
    let text = clause.text;
    let negation = &clause.lexicon.negation;
    let denies = |word: &str| negation.words.contains(word) || word.ends_with("n't") || word.ends_with("n’t");
    let negative = if form == Form::Noun {
        (sentence.first..token)
            .rev()
            .take(4)
            .take_while(|&at| {
                // The noun may be the head of a mention: "is not the killer".
                let own = clause.mention(at).is_none_or(|mention| clause.found[mention].end > token);
                text.shape(at) == WordShape::Lower && own
            })
            .any(|at| matches!(text.lower(at), "no" | "without" | "not" | "nor" | "never"))
    } else {
        let group = clause.group_start(token, sentence);
        let inside = (group..token).any(|at| denies(text.lower(at)) || negation.verbs.contains(text.lower(at)));
        let before =
            group.checked_sub(1).filter(|at| *at >= sentence.first).is_some_and(|at| text.lower(at) == "without");
        // "refused an order to bomb"
        let ordered = is_infinitive(clause, token, sentence)
            && (token.saturating_sub(6).max(sentence.first)..token)
                .rev()
                .take_while(|&at| !is_barrier(text.lower(at)))
                .any(|at| negation.verbs.contains(text.lower(at)));
        inside || before || ordered || matches!(subject_first, "no" | "none" | "nobody" | "neither")
    };
    if negative { Polarity::Negative } else { Polarity::Positive }
}

/// Whether the trigger is planned, doubted, supposed or a fact.
pub(super) fn modality(clause: &Clause<'_, '_>, token: usize, end: usize, form: Form, sentence: &Sentence) -> Modality {
    let text = clause.text;
    let lexicon = clause.lexicon;
    let planned = lexicon.plan.phrases.iter().any(|phrase| {
        let words: Vec<&str> = phrase.split(' ').collect();
        (token.saturating_sub(words.len() + 2).max(sentence.first)..token).any(|start| {
            let stop = start + words.len();
            stop <= token
                && words.iter().enumerate().all(|(offset, word)| text.lower(start + offset) == *word)
                && !(stop..token).any(|at| is_barrier(text.lower(at)))
        })
    });
    if planned {
        return Modality::Planned;
    }
    // "called on them to release …": nothing has happened yet.
    if form == Form::Base && is_infinitive(clause, token, sentence) {
        return Modality::Hypothetical;
    }
    let last = text.word(sentence.end - 1);
    let group = if form == Form::Noun { token } else { clause.group_start(token, sentence) };
    let supposed = (token.saturating_sub(6).max(sentence.first)..token)
        .rev()
        .take_while(|&at| !is_barrier(text.lower(at)))
        .any(|at| lexicon.hypothesis.words.contains(text.lower(at)) && (at >= group || !is_modal(text.lower(at))));
    // "whether they had been tortured"
    let asked = group.checked_sub(1).filter(|at| *at >= sentence.first).is_some_and(|_| {
        (group.saturating_sub(4).max(sentence.first)..group)
            .any(|at| matches!(text.lower(at), "whether" | "if" | "unless"))
    });
    if last == "?" || supposed || asked {
        return Modality::Hypothetical;
    }
    let from = token.saturating_sub(REACH).max(sentence.first);
    let hedged = (from..sentence.end.min(end + 4)).any(|at| lexicon.doubt.words.contains(text.lower(at)));
    if hedged || clause.is_suspected(token, sentence) { Modality::ReportedDoubtful } else { Modality::Actual }
}

/// Whether the verb at `token` is an infinitive that does not say that it was done.
fn is_infinitive(clause: &Clause<'_, '_>, token: usize, sentence: &Sentence) -> bool {
    let text = clause.text;
    let Some(to) = token.checked_sub(1).filter(|at| *at > sentence.first && text.lower(*at) == "to") else {
        return false;
    };
    !matches!(
        text.lower(to - 1),
        "managed"
            | "began"
            | "begun"
            | "started"
            | "continued"
            | "continue"
            | "continues"
            | "helped"
            | "proceeded"
            | "forced"
            | "used"
            | "refused"
            | "refuses"
            | "refusing"
            | "failed"
            | "fails"
            | "declined"
            | "declines"
    )
}

/// Words that end the reach of "if", "fear" or "due to".
fn is_barrier(word: &str) -> bool {
    matches!(
        word,
        "," | ";"
            | ":"
            | "“"
            | "”"
            | "\""
            | "("
            | "where"
            | "who"
            | "which"
            | "that"
            | "and"
            | "but"
            | "because"
            | "when"
            | "how"
            | "why"
    )
}

/// Modal verbs, which belong to one verb only.
fn is_modal(word: &str) -> bool {
    matches!(word, "could" | "would" | "might" | "may" | "should")
}
