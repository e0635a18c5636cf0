//! Sources named by what they published: "a statement by X estimated …", "X's count puts …", and
//! figures whose source stands in brackets or before a colon: "… (SNHR)", "SNHR: 136,614 detained".

use super::clause::Clause;
use crate::model::{EntityType, Figure, MentionForm, Sentence, Span, WordShape};

/// Who published something, and the cue that shows it.
pub(super) struct Published {
    /// Mention of the source.
    pub source: usize,
    /// Tokens of the cue.
    pub cue: (usize, usize),
    /// Token of the verb that tells what was published, if there is one.
    pub verb: Option<usize>,
}

const PUBLISHERS: &[EntityType] = &[EntityType::Organization, EntityType::Person, EntityType::PersonGroup];

/// The publication in a sentence whose source it names, if it tells something: a verb of saying or
/// showing follows, or a figure.
pub(super) fn find(clause: &Clause<'_, '_>, sentence: &Sentence, figures: &[Figure]) -> Option<Published> {
    let text = clause.text;
    let saying = &clause.lexicon.saying;
    for noun in sentence.words() {
        if !saying.publications.contains(text.lower(noun)) || clause.mention(noun).is_some() {
            continue;
        }
        let Some((source, end)) = after(clause, noun, sentence).or_else(|| owner(clause, noun)) else { continue };
        let telling = |at: &usize| {
            saying.verbs.contains(text.lower(*at))
                || saying.shows.contains(text.lower(*at))
                || matches!(text.lower(*at), "stands" | "stood" | "amounts" | "amounted")
        };
        let verb = (end..sentence.end.min(end + 8))
            .take_while(|&at| {
                !matches!(text.word(at), ";" | ":" | "“" | "”" | ".")
                    && !matches!(text.lower(at), "who" | "and" | "but")
            })
            .find(telling);
        let counted = figures
            .iter()
            .any(|figure| sentence.span.contains(figure.span) && figure.span.start >= text.span(noun, noun + 1).end);
        if verb.is_some() || counted {
            return Some(Published { source, cue: verb.map_or((noun, noun + 1), |verb| (verb, verb + 1)), verb });
        }
    }
    None
}

/// "statement by X", "figures from X": the source, and the end of its name.
fn after(clause: &Clause<'_, '_>, noun: usize, sentence: &Sentence) -> Option<(usize, usize)> {
    let text = clause.text;
    let preposition = text.lower(noun + 1);
    if !matches!(preposition, "by" | "from" | "of") || noun + 2 >= sentence.end {
        return None;
    }
    let source = clause.right(noun + 2, sentence, PUBLISHERS)?;
    let found = &clause.found[source];
    // "a survey of teachers" asks them; "the figures of the Observatory" are its own.
    let own = preposition != "of"
        || (found.kind == EntityType::Organization
            && found.form == MentionForm::Name
            && matches!(
                text.lower(noun),
                "statement"
                    | "statements"
                    | "figures"
                    | "estimate"
                    | "estimates"
                    | "count"
                    | "tally"
                    | "data"
                    | "report"
                    | "reports"
            ));
    let near = found.first <= noun + 4;
    (own && near).then_some((source, found.end))
}

/// "X's count", "the Network's latest tally".
fn owner(clause: &Clause<'_, '_>, noun: usize) -> Option<(usize, usize)> {
    let text = clause.text;
    let mut at = noun;
    while at + 3 > noun && at > 0 {
        at -= 1;
        if matches!(text.lower(at), "'s" | "’s") {
            let source = clause.mention(at.checked_sub(1)?)?;
            return clause.fits(source, PUBLISHERS).then_some((source, noun + 1));
        }
        if text.shape(at) != WordShape::Lower {
            return None;
        }
    }
    None
}

/// The organisation that stands in brackets at the end of a sentence with a figure, or before a colon
/// at its head.
pub(super) fn credited(clause: &Clause<'_, '_>, sentence: &Sentence, figures: &[Figure]) -> Option<Published> {
    let text = clause.text;
    let named = |at: usize| {
        clause.mention(at).filter(|&mention| {
            clause.found[mention].kind == EntityType::Organization
                && clause.found[mention].form == MentionForm::Name
                && clause.found[mention].first == at
        })
    };
    let counted = |from: Span| figures.iter().any(|figure| from.contains(figure.span));
    if !counted(sentence.span) {
        return None;
    }
    let head = named(sentence.first).filter(|&mention| text.word(clause.found[mention].end) == ":");
    if let Some(source) = head {
        let colon = clause.found[source].end;
        return Some(Published { source, cue: (colon, colon + 1), verb: None });
    }
    let close = (sentence.first..sentence.end).rev().take(3).find(|&at| text.word(at) == ")")?;
    let open = (sentence.first..close).rev().take(14).find(|&at| text.word(at) == "(")?;
    let source = named(open + 1)?;
    // "the Syrian Network for Human Rights (SNHR)" introduces an acronym and credits nobody.
    let introduces = open
        .checked_sub(1)
        .and_then(|before| clause.mention(before))
        .is_some_and(|before| clause.found[before].kind == EntityType::Organization);
    let whole = (clause.found[source].end..close).all(|at| text.word(at) == "," || clause.mention(at).is_some());
    (whole && !introduces).then_some(Published { source, cue: (open, close + 1), verb: None })
}
