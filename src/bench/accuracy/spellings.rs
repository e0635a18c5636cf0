//! Names without texts: whether two are one, and which of many is the one in another script.
//!
//! **F1** is that of the pairs that somebody has said to be one. Those with *Arabic elements* are pairs of names of persons of
//! which either has a word in Arabic letters or one of the words, beginnings and endings of `data/bench/names.toml`.
//!
//! **Recall at k**: every name in Arabic letters is held against the Latin forms of all pairs of the set; the share of them
//! whose own form is among the best k. Of forms that score the same the own one counts as the last.

use std::collections::BTreeSet;
use std::fmt;

use rayon::prelude::*;

use super::name_bench::has_arabic_elements;
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, Score, Subject};
use crate::link::names::{Name, NameKind, Pair, compare, score};
use crate::model::Span;

/// What is measured on pairs of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spellings {
    /// Whether they are one.
    Same,
    /// The same for those with Arabic elements.
    SameArabic,
    /// Which of all is the one: among the best so many.
    Recall(usize),
}

impl fmt::Display for Spellings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("F1"),
            Self::SameArabic => f.write_str("F1 Arabic elements"),
            Self::Recall(best) => write!(f, "recall@{best}"),
        }
    }
}

/// What a measure comes to; none if the set has no pairs of names.
pub(super) fn figures(documents: &[GoldDocument], measure: Spellings) -> Option<Figures> {
    let pairs: Vec<&Pair> = documents.iter().filter_map(|document| document.pair.as_ref()).collect();
    if pairs.is_empty() {
        return None;
    }
    Some(match measure {
        Spellings::Same => Figures::Counts(same(&pairs)),
        Spellings::SameArabic => {
            let arabic: Vec<&Pair> = pairs.into_iter().filter(|pair| has_arabic_elements(pair)).collect();
            Figures::Counts(same(&arabic))
        }
        Spellings::Recall(best) => Figures::Accuracy { gold: pairs.len(), correct: recalled(&pairs, best) },
    })
}

/// Pairs that are taken for one and are two, or the other way round.
pub(super) fn mistakes(documents: &[GoldDocument]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let Some(pair) = &document.pair else { continue };
        let (one, other) = names(pair);
        let compared = compare(&one, &other);
        if compared.is_same() == pair.same {
            continue;
        }
        let whole = Span::new(0, document.text.len());
        let marked = |label: String| Some(Marked { span: whole, label });
        let kind = if pair.same { MistakeKind::Missed } else { MistakeKind::Spurious };
        let gold = marked(if pair.same { "same" } else { "other" }.to_owned());
        let found = marked(format!("{:.2}", compared.score));
        mistakes.push(Mistake { document: index, subject: Subject::Name, kind, gold, found });
    }
    mistakes
}

fn names(pair: &Pair) -> (Name, Name) {
    (Name::parse(&pair.one, pair.kind), Name::parse(&pair.other, pair.kind))
}

fn same(pairs: &[&Pair]) -> Score {
    let mut score = Score::default();
    for pair in pairs {
        let (one, other) = names(pair);
        let taken = compare(&one, &other).is_same();
        score.gold += usize::from(pair.same);
        score.predicted += usize::from(taken);
        score.correct += usize::from(pair.same && taken);
    }
    score
}

/// How many names in Arabic letters have their Latin form among the best.
fn recalled(pairs: &[&Pair], best: usize) -> usize {
    let forms: BTreeSet<&str> = pairs.iter().map(|pair| pair.other.as_str()).collect();
    let forms: Vec<Name> = forms.into_iter().map(|form| Name::parse(form, NameKind::Person)).collect();
    let is_recalled = |pair: &&&Pair| {
        let (one, own) = names(pair);
        let reached = score(&one, &own);
        let others = forms.iter().filter(|form| form.text() != pair.other);
        others.filter(|form| score(&one, form) >= reached).take(best).count() < best
    };
    pairs.par_iter().filter(is_recalled).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(pairs: &[(&str, &str, bool)]) -> Vec<GoldDocument> {
        let pair = |(one, other, same): &(&str, &str, bool)| {
            let pair = Pair { kind: NameKind::Person, one: (*one).into(), other: (*other).into(), same: *same };
            GoldDocument::of_names("a pair".to_owned(), pair)
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn pairs_are_counted() {
        let documents = documents(&[
            ("Riad al-Turk", "Riyad Turk", true),
            ("Riad al-Turk", "Wafa al-Turk", false),
            ("Marie Colvin", "Marie Colvin", false),
            ("Peter Arnett", "Svetlana Gannushkina", true),
        ]);
        let counts = |gold, predicted, correct| Some(Figures::Counts(Score { gold, predicted, correct }));
        assert_eq!(figures(&documents, Spellings::Same), counts(2, 2, 1));
        assert_eq!(figures(&documents, Spellings::SameArabic), counts(1, 1, 1));
        assert_eq!(mistakes(&documents).len(), 2);
    }

    #[test]
    fn the_own_form_must_be_better_than_all_others() {
        let documents = documents(&[("دمشقي", "dimashqi", true), ("حلبي", "halabi", true), ("حموي", "bergman", true)]);
        let recall = |best| figures(&documents, Spellings::Recall(best));
        assert_eq!(recall(1), Some(Figures::Accuracy { gold: 3, correct: 2 }));
        assert_eq!(recall(3), Some(Figures::Accuracy { gold: 3, correct: 3 }));
    }

    #[test]
    fn a_set_of_texts_has_no_pairs() {
        assert_eq!(figures(&[GoldDocument::new("one", "a text", Vec::new())], Spellings::Same), None);
    }
}
