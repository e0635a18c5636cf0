//! Time expressions: which words tell a time, and which days they mean.
//!
//! **Spans** are right if they have the same words, leading articles aside (F1). **Values** are right (accuracy, of the
//! expressions that annotators have marked) if an expression that shares words with the marked one has one of
//! its readings: the same first and last day, or the same TIMEX; of lengths of time the TIMEX counts. This is what
//! TempEval-3 (UzZaman et al. 2013) calls relaxed match with value. Where the set tells both a past and a future
//! reading ("on Monday") either counts.
//!
//! Only what a text of news can tell is **covered**: dates, stretches of days and lengths of time. Left out are
//!
//! - times of the day with or without their day, times that come again, and time zones;
//! - what the set itself leaves without a value ("this summer", "30 February"), or says to refer to a date told before
//!   ("that weekend"), of which its single sentences have none;
//! - what only an assistant with a calendar is asked for: business days, fiscal and school years, weeks by their number.
//!
//! What is found on words that are left out is neither right nor wrong. The other measures count everything, with times of
//! the day to the day.

use jiff::civil::Date;

use super::systems::Findings;
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, Score, Subject};
use crate::model::{Span, TimeExpression, TimeKind};

/// What is covered and what is not, in one line for the table.
pub(super) const NOTE: &str = "times: covered are dates, periods and durations; left out are times of the day, recurring \
                               times, time zones, what the set leaves unresolved or undefined, business days, fiscal and \
                               school years, and numbered weeks";

/// A time that annotators marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GoldTime {
    pub span: Span,
    pub class: TimeClass,
    /// TIMEX values, one for each reading.
    pub timex: Vec<String>,
    /// First and last day of each reading.
    pub days: Vec<(Option<Date>, Option<Date>)>,
}

/// Whether a text of news tells such a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeClass {
    /// A date, a stretch of days, or a length of time.
    News,
    /// A time of the day, or one that comes again.
    Clock,
    /// Something that only an assistant is asked for, or that has no value.
    Assistant,
}

/// Which times count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Those that news can tell.
    Covered,
    /// All that the set has.
    All,
}

impl Times {
    fn counts(self, class: TimeClass) -> bool {
        self == Self::All || class == TimeClass::News
    }
}

/// Which words tell a time; none if the system or the set has no times.
pub(super) fn spans(documents: &[GoldDocument], findings: &[Findings], which: Times) -> Option<Figures> {
    let mut score = Score::default();
    for (document, findings) in documents.iter().zip(findings) {
        let (gold, found) = sides(document, findings, which)?;
        let normal = |span: Span| document.normalised(span);
        let mut gold: Vec<Option<Span>> = gold.iter().map(|time| normal(time.span)).collect();
        score.gold += gold.len();
        score.predicted += found.len();
        for time in found {
            if let Some(at) = gold.iter().position(|gold| gold.is_some() && *gold == normal(time.span)) {
                gold.remove(at);
                score.correct += 1;
            }
        }
    }
    Some(Figures::Counts(score))
}

/// The share of marked times that have the right value.
pub(super) fn values(documents: &[GoldDocument], findings: &[Findings], which: Times) -> Option<Figures> {
    let (mut total, mut correct) = (0, 0);
    for (document, findings) in documents.iter().zip(findings) {
        let (gold, _) = sides(document, findings, which)?;
        total += gold.len();
        let all = sides(document, findings, Times::All)?.1;
        correct += gold.iter().filter(|gold| all.iter().any(|found| is_right(gold, found))).count();
    }
    Some(Figures::Accuracy { gold: total, correct })
}

/// Covered times that were missed or got the wrong days, and expressions that the annotators have not.
pub(super) fn mistakes(documents: &[GoldDocument], findings: &[Findings]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, (document, findings)) in documents.iter().zip(findings).enumerate() {
        let Some((gold, found)) = sides(document, findings, Times::Covered) else { continue };
        let all = sides(document, findings, Times::All).map_or_else(Vec::new, |(_, all)| all);
        let of_gold = |time: &GoldTime| {
            let days: Vec<String> = time.days.iter().map(|(first, last)| told(*first, *last)).collect();
            Marked { span: time.span, label: format!("{} {}", time.timex.join(" | "), days.join(" | ")) }
        };
        let of_found = |time: &TimeExpression| {
            let (first, last) = time.interval.map_or((None, None), |days| (days.earliest, days.latest));
            Marked { span: time.span, label: format!("{} {} {}", time.rule, time.value, told(first, last)) }
        };
        for time in &gold {
            let touching = || all.iter().filter(|found| found.span.overlaps(time.span));
            let same = |found: &&&TimeExpression| document.normalised(found.span) == document.normalised(time.span);
            let kind = match (touching().any(|found| is_right(time, found)), touching().next()) {
                (_, None) => MistakeKind::Missed,
                (false, _) => MistakeKind::Misvalued,
                (true, _) if !touching().any(|found| same(&found)) => MistakeKind::Boundary,
                _ => continue,
            };
            let found = touching().next().map(|found| of_found(found));
            mistakes.push(Mistake { document: index, subject: Subject::Time, kind, gold: Some(of_gold(time)), found });
        }
        let alone = found.iter().filter(|found| !gold.iter().any(|gold| gold.span.overlaps(found.span)));
        mistakes.extend(alone.map(|found| Mistake {
            document: index,
            subject: Subject::Time,
            kind: MistakeKind::Spurious,
            gold: None,
            found: Some(of_found(found)),
        }));
    }
    mistakes
}

/// A first and a last day.
fn told(first: Option<Date>, last: Option<Date>) -> String {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    format!("{}..{}", day(first), day(last))
}

/// The times that count, and those that were found where these can be.
fn sides<'a>(
    document: &'a GoldDocument,
    findings: &'a Findings,
    which: Times,
) -> Option<(Vec<&'a GoldTime>, Vec<&'a TimeExpression>)> {
    let marked = document.times.as_ref()?;
    let (gold, left_out): (Vec<&GoldTime>, Vec<&GoldTime>) = marked.iter().partition(|time| which.counts(time.class));
    let of_kind = |time: &&TimeExpression| {
        which == Times::All || matches!(time.kind, TimeKind::Date | TimeKind::Period | TimeKind::Duration)
    };
    let judged = |time: &&TimeExpression| {
        let touches = |other: &&GoldTime| other.span.overlaps(time.span);
        gold.iter().any(touches) || !left_out.iter().any(touches)
    };
    let found = findings.whole.as_ref()?.annotations.times.iter().filter(of_kind).filter(judged).collect();
    Some((gold, found))
}

/// Whether an expression is one of the readings of a marked one.
fn is_right(gold: &GoldTime, found: &TimeExpression) -> bool {
    let days = found.interval.map(|interval| (interval.earliest, interval.latest));
    let same = gold.timex.contains(&found.value) || days.is_some_and(|days| gold.days.contains(&days));
    found.span.overlaps(gold.span) && same
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::accuracy::System;
    use crate::model::{Basis, Interval};

    const TEXT: &str = "He left on Sunday at 5 p.m. for two weeks, and came back in March 2011. He died in 2012.";

    fn gold(words: &str, class: TimeClass, timex: &str, days: &[(&str, &str)]) -> GoldTime {
        let start = TEXT.find(words).expect("in the text");
        let day = |text: &str| text.parse().ok();
        GoldTime {
            span: Span::new(start, start + words.len()),
            class,
            timex: vec![timex.to_owned()],
            days: days.iter().map(|(first, last)| (day(first), day(last))).collect(),
        }
    }

    fn measured(times: Vec<GoldTime>) -> (Vec<GoldDocument>, Vec<Findings>) {
        let published = Some(Interval::day("2024-12-09".parse().expect("a day"), Basis::Metadata));
        let document = GoldDocument { published, times: Some(times), ..GoldDocument::new("one", TEXT, Vec::new()) };
        let findings = vec![System::IsnadFast.load().expect("it loads").read(&document)];
        (vec![document], findings)
    }

    #[test]
    fn days_and_lengths_are_held_against_the_readings() {
        let (documents, findings) = measured(vec![
            gold("Sunday at 5 p.m", TimeClass::Clock, "XXXX-WXX-7T17", &[]),
            gold("two weeks", TimeClass::News, "P2W", &[]),
            gold("March 2011", TimeClass::News, "2011-03", &[("2011-03-01", "2011-03-31")]),
            gold("2012", TimeClass::News, "", &[("2012-01-01", "2012-12-31")]),
        ]);
        assert_eq!(values(&documents, &findings, Times::Covered), Some(Figures::Accuracy { gold: 3, correct: 3 }));
        let right = Figures::Counts(Score { gold: 3, predicted: 3, correct: 3 });
        assert_eq!(spans(&documents, &findings, Times::Covered), Some(right));
        assert_eq!(values(&documents, &findings, Times::All), Some(Figures::Accuracy { gold: 4, correct: 3 }));
        assert!(mistakes(&documents, &findings).is_empty());
    }

    #[test]
    fn other_days_and_other_words_are_wrong() {
        let (documents, findings) = measured(vec![
            gold("for two weeks", TimeClass::News, "P2W", &[]),
            gold("March 2011", TimeClass::News, "2012-03", &[("2012-03-01", "2012-03-31")]),
            gold("He left", TimeClass::News, "P1D", &[]),
        ]);
        assert_eq!(values(&documents, &findings, Times::Covered), Some(Figures::Accuracy { gold: 3, correct: 1 }));
        let kinds: Vec<MistakeKind> = mistakes(&documents, &findings).iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [MistakeKind::Boundary, MistakeKind::Misvalued, MistakeKind::Missed, MistakeKind::Spurious]);
    }

    #[test]
    fn who_finds_no_times_is_not_measured() {
        let (documents, _) = measured(Vec::new());
        let findings = [System::SpacySm.load().expect("it loads").read(&documents[0])];
        assert_eq!(values(&documents, &findings, Times::All), None);
        let (mut documents, findings) = measured(Vec::new());
        documents[0].times = None;
        assert_eq!(spans(&documents, &findings, Times::All), None, "the set has none");
    }
}
