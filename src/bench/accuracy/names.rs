//! Names: counting what was found, what was missed, and what was not there.

use std::collections::BTreeSet;

use super::{Counted, GoldDocument, Marked, Mistake, MistakeKind, Name, NameKind, Score, Subject};
use crate::model::Span;

/// What was found in the documents of a set, held against the gold, both normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Gold and found names of each document.
    documents: Vec<(BTreeSet<Name>, BTreeSet<Name>)>,
}

/// Holds the names `found` in each of `documents` against the gold.
///
/// Names inside a span that the annotators marked as something else than a name are left out, as they
/// did not say whether those are right; a name with the very words of a gold name always counts.
pub fn compare(documents: &[GoldDocument], found: &[Vec<Name>]) -> Comparison {
    let compared = documents.iter().zip(found).map(|(document, found)| {
        let normalised = |names: &[Name]| -> BTreeSet<Name> {
            let normal = |name: &Name| Some(Name { span: document.normalised(name.span)?, kind: name.kind });
            names.iter().filter_map(normal).collect()
        };
        let gold = normalised(&document.names);
        let judged: BTreeSet<Span> = gold.iter().map(|name| name.span).collect();
        let mut found = normalised(found);
        found.retain(|name| {
            judged.contains(&name.span) || !document.unjudged.iter().any(|span| span.contains(name.span))
        });
        (gold, found)
    });
    Comparison { documents: compared.collect() }
}

impl Comparison {
    /// Counts some of the names.
    pub fn score(&self, of: Counted) -> Score {
        let counted = |names: &BTreeSet<Name>| -> BTreeSet<Name> {
            match of {
                Counted::Kind(kind) => names.iter().filter(|name| name.kind == kind).copied().collect(),
                Counted::All => names.iter().map(|name| Name { kind: merged(name.kind), ..*name }).collect(),
            }
        };
        let mut score = Score::default();
        for (gold, found) in &self.documents {
            let (gold, found) = (counted(gold), counted(found));
            score.gold += gold.len();
            score.predicted += found.len();
            score.correct += gold.intersection(&found).count();
        }
        score
    }

    /// Every mistake, in the order of the documents and of the text. A gold name and a found one that
    /// share words are one mistake; facilities and other locations are told apart.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for (document, (gold, found)) in self.documents.iter().enumerate() {
            let mut unexplained: Vec<Name> = found.difference(gold).copied().collect();
            for &missed in gold.difference(found) {
                let same = unexplained.iter().position(|name| name.span == missed.span);
                let near = same.or_else(|| unexplained.iter().position(|name| name.span.overlaps(missed.span)));
                let kind = match (same, near) {
                    (Some(_), _) => MistakeKind::Mistyped,
                    (None, Some(_)) => MistakeKind::Boundary,
                    (None, None) => MistakeKind::Missed,
                };
                let found = near.map(|at| unexplained.remove(at));
                mistakes.push(mistake(document, kind, Some(missed), found));
            }
            let spurious = |name| mistake(document, MistakeKind::Spurious, None, Some(name));
            mistakes.extend(unexplained.into_iter().map(spurious));
        }
        let start = |mistake: &Mistake| mistake.gold.as_ref().or(mistake.found.as_ref()).map(|name| name.span);
        mistakes.sort_by_key(|mistake| (mistake.document, start(mistake), mistake.kind));
        mistakes
    }
}

fn mistake(document: usize, kind: MistakeKind, gold: Option<Name>, found: Option<Name>) -> Mistake {
    let marked = |name: Name| Marked { span: name.span, label: name.kind.as_str().to_owned() };
    Mistake { document, subject: Subject::Name, kind, gold: gold.map(marked), found: found.map(marked) }
}

/// Facilities counted as locations.
fn merged(kind: NameKind) -> NameKind {
    if kind == NameKind::Facility { NameKind::Location } else { kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The Republic of Norland's army left Ravenholm Prison. Mina Ravi saw it.";

    fn name(words: &str, kind: NameKind) -> Name {
        let start = TEXT.find(words).expect("in the text");
        Name { span: Span::new(start, start + words.len()), kind }
    }

    fn document() -> GoldDocument {
        let names = vec![
            name("The Republic of Norland's", NameKind::Location),
            name("Ravenholm Prison", NameKind::Facility),
            name("Mina Ravi", NameKind::Person),
        ];
        GoldDocument::new("a", TEXT, names)
    }

    #[test]
    fn gold_against_itself_is_perfect() {
        let document = document();
        let compared = compare(std::slice::from_ref(&document), &[document.names().to_vec()]);
        assert!(compared.mistakes().is_empty());
        let score = compared.score(Counted::All);
        assert_eq!(score, Score { gold: 3, predicted: 3, correct: 3 });
        assert_eq!((score.precision(), score.recall(), score.f1()), (1.0, 1.0, 1.0));
    }

    #[test]
    fn shifted_spans_and_nothing_are_worth_nothing() {
        let document = document();
        let shifted = |name: &Name| Name { span: Span::new(name.span.start + 1, name.span.end + 1), ..*name };
        let shifted: Vec<Name> = document.names().iter().map(shifted).collect();
        for (found, predicted) in [(shifted, 3), (Vec::new(), 0)] {
            let score = compare(std::slice::from_ref(&document), &[found]).score(Counted::All);
            assert_eq!(score, Score { gold: 3, predicted, correct: 0 });
            assert_eq!((score.precision(), score.recall(), score.f1()), (0.0, 0.0, 0.0));
        }
        assert_eq!(compare(&[], &[]).score(Counted::All).f1(), 0.0);
    }

    #[test]
    fn articles_and_possessives_do_not_count() {
        let found = vec![name("Republic of Norland", NameKind::Location)];
        let score = compare(&[document()], &[found]).score(Counted::Kind(NameKind::Location));
        assert_eq!(score, Score { gold: 1, predicted: 1, correct: 1 });
    }

    #[test]
    fn a_facility_is_a_location_where_all_count() {
        let compared = compare(&[document()], &[vec![name("Ravenholm Prison", NameKind::Location)]]);
        assert_eq!(compared.score(Counted::All).correct, 1);
        assert_eq!(compared.score(Counted::Kind(NameKind::Facility)).correct, 0);
        let location = compared.score(Counted::Kind(NameKind::Location));
        assert_eq!(location, Score { gold: 1, predicted: 1, correct: 0 });
    }

    #[test]
    fn tokens_are_covered_whole() {
        let tokens = vec![Span::new(0, 4), Span::new(5, 11)];
        let gold = GoldDocument::of_tokens("a".into(), "Mina Dallas.".into(), tokens, &[(1..2, NameKind::Location)]);
        let found = Name { span: Span::new(6, 10), kind: NameKind::Location };
        assert_eq!(compare(&[gold], &[vec![found]]).score(Counted::All).correct, 1);
    }

    #[test]
    fn what_annotators_left_open_is_not_judged() {
        let mut document = document();
        document.names.remove(1);
        document.unjudged.push(name("army left Ravenholm Prison", NameKind::Facility).span);
        let open = vec![name("Ravenholm", NameKind::Location), name("saw", NameKind::Person)];
        let score = compare(std::slice::from_ref(&document), &[open]).score(Counted::All);
        assert_eq!(score, Score { gold: 2, predicted: 1, correct: 0 });
    }

    #[test]
    fn mistakes_are_told_apart() {
        let found = vec![
            name("Norland", NameKind::Location),
            name("Ravenholm Prison", NameKind::Organization),
            name("saw", NameKind::Person),
        ];
        let kinds: Vec<MistakeKind> = compare(&[document()], &[found]).mistakes().iter().map(|m| m.kind).collect();
        let expected = [MistakeKind::Boundary, MistakeKind::Mistyped, MistakeKind::Missed, MistakeKind::Spurious];
        assert_eq!(kinds, expected);
    }
}
