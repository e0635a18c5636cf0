//! Places: where on the map the places lie that a text names.
//!
//! Two things are measured. With the names given, how many of the places come near enough to where annotators put
//! them (accuracy; a place without coordinates is wrong): this is the gazetteer, and the choice
//! between places of the same name, by [`Reader::locate`](crate::extract::Reader::locate), which chooses as a whole
//! reading does. And from end to end, how many of the names that the whole reading takes for a city, region, country or
//! other place, and has coordinates for, share words with a gold name and come near enough to it. Annotators may have
//! marked words without saying where the place is: what is found there is neither right nor wrong.
//!
//! 161 km (100 miles) is what the field counts as near (Gritta et al., "A pragmatic guide to geoparsing
//! evaluation", 2020).

use super::measure::Toponyms;
use super::systems::{Findings, Whole, name_kind};
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, NameKind, Score, Subject};
use crate::model::{MentionForm, Point, Span};

/// The name of a place and where annotators put it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Toponym {
    /// Where the name stands; where it may be read in several ways, all of them, the first that has a place counts.
    pub spans: Vec<Span>,
    /// Where the place lies, if the annotators say so.
    pub point: Option<Point>,
}

/// The documents of one file, or all, with what a whole reading makes of them; none if there is none.
fn of_file<'a>(
    documents: &'a [GoldDocument],
    findings: &'a [Findings],
    file: Option<&'static str>,
) -> Option<Vec<(usize, &'a GoldDocument, &'a Whole)>> {
    let of_it = |document: &GoldDocument| {
        file.is_none_or(|file| document.name.strip_prefix(file).is_some_and(|rest| rest.starts_with('#')))
    };
    let read = documents.iter().zip(findings).enumerate().filter(|(_, (document, _))| of_it(document));
    let read: Option<Vec<_>> =
        read.map(|(index, (document, findings))| Some((index, document, findings.whole.as_ref()?))).collect();
    read.filter(|read| !read.is_empty())
}

/// Given names with a place: how far off the place is that was found, if any.
fn distances(document: &GoldDocument, whole: &Whole) -> Vec<Option<f64>> {
    let located = document.toponyms.iter().zip(&whole.located);
    located.filter_map(|(gold, found)| gold.point.map(|point| found.map(|found| found.kilometres_to(point)))).collect()
}

/// The share of given names whose place is near enough.
pub(super) fn given(documents: &[GoldDocument], findings: &[Findings], which: Toponyms) -> Option<Figures> {
    let documents = of_file(documents, findings, which.file)?;
    let off: Vec<Option<f64>> = documents.iter().flat_map(|(_, document, whole)| distances(document, whole)).collect();
    let correct = off.iter().flatten().filter(|off| **off <= f64::from(which.within)).count();
    Some(Figures::Accuracy { gold: off.len(), correct })
}

/// The distance that half of the places of given names are off, where a place was found.
pub(super) fn median(documents: &[GoldDocument], findings: &[Findings]) -> Option<Figures> {
    let documents = of_file(documents, findings, None)?;
    let all: Vec<Option<f64>> = documents.iter().flat_map(|(_, document, whole)| distances(document, whole)).collect();
    let mut off: Vec<f64> = all.iter().flatten().copied().collect();
    off.sort_by(f64::total_cmp);
    let middle = off.get(off.len().saturating_sub(1) / 2).zip(off.get(off.len() / 2));
    let kilometres = middle.map(|(one, other)| (one + other) / 2.0);
    Some(Figures::Distance { gold: all.len(), predicted: off.len(), kilometres })
}

/// Names that were found and whose place is near enough.
pub(super) fn found(documents: &[GoldDocument], findings: &[Findings], which: Toponyms) -> Option<Figures> {
    let mut score = Score::default();
    for (_, document, whole) in of_file(documents, findings, which.file)? {
        let mut found = predicted(document, whole);
        score.predicted += found.len();
        for (spans, point) in document.toponyms.iter().filter_map(|gold| Some((&gold.spans, gold.point?))) {
            score.gold += 1;
            let right = found.iter().position(|(span, place)| {
                touches(spans, *span) && place.kilometres_to(point) <= f64::from(which.within)
            });
            if let Some(right) = right {
                score.correct += 1;
                found.remove(right);
            }
        }
    }
    Some(Figures::Counts(score))
}

/// Given names without a place or with one too far off, names that were not found, and names found where
/// there are none.
pub(super) fn mistakes(
    documents: &[GoldDocument],
    findings: &[Findings],
    within: u32,
    given_only: bool,
) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, document, whole) in of_file(documents, findings, None).unwrap_or_default() {
        let found = if given_only { Vec::new() } else { predicted(document, whole) };
        let marked =
            |span: Span, point: Point| Marked { span, label: format!("{:.3} {:.3}", point.latitude, point.longitude) };
        let mut push = |kind, gold: Option<Marked>, found: Option<Marked>| {
            mistakes.push(Mistake { document: index, subject: Subject::Place, kind, gold, found });
        };
        for (gold, located) in document.toponyms.iter().zip(&whole.located) {
            let (Some(span), Some(point)) = (gold.spans.first().copied(), gold.point) else { continue };
            match located {
                None => push(MistakeKind::Unlocated, Some(marked(span, point)), None),
                Some(place) if place.kilometres_to(point) > f64::from(within) => {
                    push(MistakeKind::Elsewhere, Some(marked(span, point)), Some(marked(span, *place)))
                }
                Some(_) => {}
            }
            if !given_only && !found.iter().any(|(found, _)| touches(&gold.spans, *found)) {
                push(MistakeKind::Missed, Some(marked(span, point)), None);
            }
        }
        for (span, point) in &found {
            if !document.toponyms.iter().any(|gold| touches(&gold.spans, *span)) {
                push(MistakeKind::Spurious, None, Some(marked(*span, *point)));
            }
        }
    }
    mistakes
}

fn touches(spans: &[Span], other: Span) -> bool {
    spans.iter().any(|span| span.overlaps(other))
}

/// Names of places with coordinates in the whole reading, but for those that only touch names of which
/// the annotators do not say where they lie.
fn predicted(document: &GoldDocument, whole: &Whole) -> Vec<(Span, Point)> {
    let annotations = &whole.annotations;
    let names = annotations
        .mentions
        .iter()
        .filter(|mention| mention.form == MentionForm::Name && name_kind(mention.kind) == Some(NameKind::Location));
    let placed = names.filter_map(|mention| {
        let place = annotations.entities[mention.entity?].place.as_ref()?;
        Some((mention.span, place.point()?))
    });
    let judged = |span: Span| {
        let mut touched = document.toponyms.iter().filter(|gold| touches(&gold.spans, span)).peekable();
        touched.peek().is_none() || touched.any(|gold| gold.point.is_some())
    };
    placed.filter(|(span, _)| judged(*span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::accuracy::System;

    /// Names in a text, each with what stands there or not.
    fn document(text: &str, places: &[(&str, Option<(f64, f64)>)]) -> GoldDocument {
        let toponym = |(name, point): &(&str, Option<(f64, f64)>)| {
            let start = text.find(name).expect("in the text");
            let point = point.map(|(latitude, longitude)| Point { latitude, longitude });
            Toponym { spans: vec![Span::new(start, start + name.len())], point }
        };
        let mut document = GoldDocument::new("File#1", text, Vec::new());
        document.toponyms = places.iter().map(toponym).collect();
        document
    }

    fn read(document: &GoldDocument) -> Vec<Findings> {
        vec![System::IsnadFast.load().expect("it loads").read(document)]
    }

    const NEAR: Toponyms = Toponyms { within: 161, file: None };

    #[test]
    fn given_names_are_right_wrong_or_without_a_place() {
        let text = "He left Aleppo for Homs and Qwxville.";
        let document = document(
            text,
            &[("Aleppo", Some((36.2, 37.2))), ("Homs", Some((50.0, 8.0))), ("Qwxville", Some((35.0, 37.0)))],
        );
        let findings = read(&document);
        let documents = std::slice::from_ref(&document);
        assert_eq!(given(documents, &findings, NEAR), Some(Figures::Accuracy { gold: 3, correct: 1 }));
        let kinds: Vec<MistakeKind> = mistakes(documents, &findings, 161, true).iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [MistakeKind::Elsewhere, MistakeKind::Unlocated]);
        let other = Toponyms { file: Some("Fil"), ..NEAR };
        assert_eq!(given(documents, &findings, other), None, "a file of another name");
        let Some(Figures::Distance { gold, predicted, kilometres }) = median(documents, &findings) else {
            panic!("there are places")
        };
        assert_eq!((gold, predicted), (3, 2));
        assert!(kilometres.is_some_and(|off| off > 500.0), "{kilometres:?}");
    }

    #[test]
    fn found_names_are_counted_once() {
        let text = "He left Aleppo for Homs. In Damascus he was released.";
        let document =
            document(text, &[("Aleppo", Some((36.2, 37.2))), ("Homs", None), ("released", Some((1.0, 1.0)))]);
        let findings = read(&document);
        let score = found(std::slice::from_ref(&document), &findings, NEAR);
        // Homs is not judged; Damascus is not in the gold.
        assert_eq!(score, Some(Figures::Counts(Score { gold: 2, predicted: 2, correct: 1 })));
        let kinds: Vec<MistakeKind> =
            mistakes(std::slice::from_ref(&document), &findings, 161, false).iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [MistakeKind::Unlocated, MistakeKind::Missed, MistakeKind::Spurious]);
    }

    #[test]
    fn who_reads_no_places_is_not_measured() {
        let documents = [document("He left Aleppo.", &[("Aleppo", Some((36.2, 37.2)))])];
        let findings = [System::SpacySm.load().expect("it loads").read(&documents[0])];
        assert_eq!(found(&documents, &findings, NEAR), None);
        assert_eq!(median(&documents, &findings), None);
    }
}
