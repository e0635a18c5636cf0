//! Times: every date, period, length, age and time of the day that a text tells, and which days that can be.
//!
//! One file per family of rules. A sentence is cut into `pieces`, the rules (`grammar` and the families) say what the
//! words mean (`meaning`), and a second step (`resolve`, `steps`, `parts`) finds the days, seen from the document's own
//! date and from the dates told before (`context`). The words are data (`data/lexicon/time.toml`). No year is
//! invented: what nothing dates is found, and has no interval.
//!
//! Values are written as TIMEX3 (Pustejovsky et al. 2003) and ISO 8601 do, with "X" for what is not known.

mod ages;
mod calendar;
mod clock;
mod context;
mod dates;
mod durations;
mod grammar;
mod hijri;
mod holidays;
mod lengths;
mod lexicon;
mod meaning;
mod numbers;
mod numeric;
mod parts;
mod periods;
mod pieces;
mod portions;
mod published;
mod relative;
mod resolve;
mod sets;
mod shifts;
mod steps;
mod tense;
#[cfg(test)]
mod tests;
mod weekdays;
mod years;

use super::text::Text;
use crate::model::{Span, TimeExpression, TimeKind};
use calendar::Days;
use context::{Context, Tense, Told};
use grammar::Grammar;
use lexicon::TimeWords;
use meaning::Meaning;
pub(super) use published::inferred as inferred_publication;

/// Pieces before an expression at the head of a sentence.
const HEAD: usize = 2;
/// Days of the longest stretch from which another time can be told.
const YEAR: i64 = 366;

/// A time expression and the words it is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimeMention {
    pub time: TimeExpression,
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// Whether it is told as over.
    pub past: bool,
}

/// What is known of a document beside its words.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    /// Names, in order of position: a day inside one ("Sunday Times") is none.
    pub names: Vec<Span>,
    /// Whether most places of the document lie south of the equator.
    pub southern: bool,
}

/// An expression as the words have it.
struct Read {
    span: Span,
    first: usize,
    end: usize,
    sentence: usize,
    paragraph: usize,
    tense: Tense,
    /// Stands at the head of its sentence.
    fronted: bool,
    /// Is a sentence by itself, as in a chronicle.
    heading: bool,
    /// Others may be told from it.
    anchors: bool,
    meaning: Meaning,
}

/// Finds time expressions, in order of position; none overlaps another.
pub(super) fn find(text: &Text<'_>, setting: &Setting) -> Vec<TimeMention> {
    let read = read(text, setting);
    let published = text.document.published;
    let mut context = Context {
        words: TimeWords::embedded(),
        reference: published.and_then(|published| Days::new(published.earliest?, published.latest?)),
        told: None,
        scene: None,
        day_first: habit(&read),
        southern: setting.southern,
        tense: Tense::Unknown,
        sentence: 0,
        paragraph: 0,
    };
    read.into_iter().map(|read| told(&mut context, read)).collect()
}

/// Whether a verb's dictionary form says of an event no more than that it is: "take place", "spend".
pub(super) fn is_light(lemma: &str) -> bool {
    TimeWords::embedded().is_light(lemma)
}

/// What the words of every sentence say.
fn read(text: &Text<'_>, setting: &Setting) -> Vec<Read> {
    let mut found = Vec::new();
    let mut names = setting.names.iter().peekable();
    for (index, sentence) in text.sentences().iter().enumerate() {
        let grammar = Grammar::new(text, sentence);
        let mut at = 0;
        while at < grammar.len() {
            let Some((end, meaning)) = grammar.expression(at) else {
                at += 1;
                continue;
            };
            let span = grammar.span(at, end);
            while names.next_if(|name| name.end <= span.start).is_some() {}
            let named = names.peek().is_some_and(|name| name.contains(span) && **name != span);
            if !named && meaning != Meaning::Nothing {
                found.push(Read {
                    span,
                    first: grammar.word(at),
                    end: grammar.word(end - 1) + 1,
                    sentence: index,
                    paragraph: sentence.paragraph,
                    tense: grammar.tense(at),
                    fronted: at <= HEAD,
                    heading: at == 0 && end == grammar.len(),
                    anchors: grammar.is_anchor(at, end),
                    meaning,
                });
            }
            at = end;
        }
    }
    found
}

/// Whether dates such as "27/11/2024" show that the document writes the day first, or the month; none where they
/// show nothing, or both.
fn habit(read: &[Read]) -> Option<bool> {
    let shows = |meaning: &Meaning| match meaning {
        Meaning::EitherOrder { first, second, .. } if *first > 12 || *second > 12 => Some(*first > 12),
        _ => None,
    };
    let dates = read.iter().flat_map(|read| match &read.meaning {
        Meaning::Range(from, to) => [Some(&**from), Some(&**to)],
        Meaning::Bound(_, of) | Meaning::Timed { day: of, .. } => [Some(&**of), None],
        meaning => [Some(meaning), None],
    });
    let mut shown = dates.flatten().filter_map(shows);
    let first = shown.next()?;
    shown.all(|other| other == first).then_some(first)
}

/// The expression with its days; what it tells is what others may be told from.
fn told(context: &mut Context, read: Read) -> TimeMention {
    (context.tense, context.sentence, context.paragraph) = (read.tense, read.sentence, read.paragraph);
    let outcome = context.resolve(&read.meaning);
    let kind = kind(&read.meaning);
    let anchors =
        read.anchors && !matches!(read.meaning, Meaning::Bound(..) | Meaning::Window { .. } | Meaning::Range(..));
    if let Some(days) = outcome.days().filter(|days| anchors && days.count() <= YEAR) {
        let Read { sentence, paragraph, heading, .. } = read;
        let told = Told { days, sentence, paragraph, heading };
        context.told = Some(told);
        if days.count() == 1 || read.fronted {
            context.scene = Some(told);
        }
    }
    let length = match &read.meaning {
        Meaning::Duration(extent) | Meaning::Age(extent) => Some(extent.length()),
        _ => None,
    };
    let time = TimeExpression {
        span: read.span,
        kind,
        interval: outcome.interval(),
        length,
        rule: format!("time:{}{}", family(&read.meaning), outcome.against.as_str()),
        value: outcome.value,
    };
    TimeMention { time, first: read.first, end: read.end, past: read.tense == Tense::Past }
}

fn kind(meaning: &Meaning) -> TimeKind {
    match meaning {
        Meaning::Range(..) | Meaning::Bound(..) | Meaning::Window { .. } => TimeKind::Period,
        Meaning::Calendar { days: Some((low, high)), .. } if low < high => TimeKind::Period,
        Meaning::Duration(_) => TimeKind::Duration,
        Meaning::Age(_) => TimeKind::Age,
        Meaning::Set(_) => TimeKind::Set,
        Meaning::Clock(_) => TimeKind::Time,
        Meaning::Timed { clock: meaning::Clock::Time { .. }, .. } => TimeKind::Time,
        _ => TimeKind::Date,
    }
}

/// The family of rules that found a meaning, as `explain` and the annotation lines name it.
fn family(meaning: &Meaning) -> &'static str {
    match meaning {
        Meaning::Nothing => "nothing",
        Meaning::Calendar { .. } | Meaning::InYear { .. } | Meaning::DayOfMonth { .. } => "date",
        Meaning::EitherOrder { .. } => "numeric",
        Meaning::Years { .. } => "year",
        Meaning::Weekday { .. } | Meaning::WeekdayOf { .. } => "weekday",
        Meaning::Month { .. } | Meaning::Unit { .. } | Meaning::RelativeDay(_) => "relative",
        Meaning::Shift { .. } | Meaning::Window { .. } => "shift",
        Meaning::Edge { .. } | Meaning::Nth { .. } | Meaning::UnitOf { .. } | Meaning::Season { .. } => "portion",
        Meaning::Holiday { .. } => "holiday",
        Meaning::Hijri { .. } => "hijri",
        Meaning::Range(..) | Meaning::Bound(..) => "period",
        Meaning::Timed { .. } | Meaning::Clock(_) => "clock",
        Meaning::Duration(_) => "duration",
        Meaning::Age(_) => "age",
        Meaning::Set(_) => "set",
    }
}
