//! Which time belongs to which event.
//!
//! A time belongs to the event that governs it: from its head word up the dependencies, through prepositions and nouns, to
//! the first trigger (`governed`). A clause with a verb of its own that is no event stops it: "said on Sunday that".
//! What stands at the head of a sentence covers the verbs that are joined to its own. Events without a time take
//! one from an event they are part of, or bounds from one that they precede or follow (`order`). All of these are
//! inferred; what the words themselves date is as certain as the words are.

mod governed;
mod order;
#[cfg(test)]
mod tests;

use super::lexicon::Lexicon;
use super::text::Text;
use super::time::TimeMention;
use crate::model::{Basis, Event, Interval, Modality, Sentence, TimeKind, WordShape};
use governed::{Governed, Trail};

/// Words of the longest dateline before or behind its day.
const DATELINE: usize = 8;
/// Words before a time that stands at the head of its sentence.
const HEAD: usize = 3;

/// The events of one sentence, in order of their triggers' words.
struct Scene<'a, 't> {
    text: &'a Text<'t>,
    lexicon: &'a Lexicon,
    sentence: &'a Sentence,
    events: &'a mut [(usize, Event)],
}

/// Gives every event the time and the length that the text tells of it. `events` stand in order of their triggers'
/// words.
pub(super) fn date(text: &Text<'_>, lexicon: &Lexicon, times: &[TimeMention], events: &mut [(usize, Event)]) {
    for sentence in text.sentences() {
        let first = events.partition_point(|(word, _)| *word < sentence.first);
        let end = events.partition_point(|(word, _)| *word < sentence.end);
        let told = times.partition_point(|time| time.first < sentence.first);
        let until = times.partition_point(|time| time.first < sentence.end);
        if first == end {
            continue;
        }
        let mut scene = Scene { text, lexicon, sentence, events: &mut events[first..end] };
        for (index, mention) in times.iter().enumerate().take(until).skip(told) {
            scene.attach(mention, index);
        }
        scene.order();
    }
    inherit(text, events);
    if let Some(latest) = text.document.published.and_then(|published| published.latest) {
        for (_, event) in events {
            clamp(event, latest);
        }
    }
}

impl Scene<'_, '_> {
    /// Gives a time to the event that governs it, and to those that are joined to it.
    fn attach(&mut self, mention: &TimeMention, index: usize) {
        let Some(governed) = self.governed(mention).filter(|_| !self.is_dateline(mention)) else { return };
        if mention.time.kind == TimeKind::Duration {
            if let Governed { event: Some(event), trail: Trail::Own, .. } = governed
                && !self.is_offset(mention)
            {
                self.events[event].1.duration.get_or_insert(index);
            }
            return;
        }
        let dates = matches!(mention.time.kind, TimeKind::Date | TimeKind::Period | TimeKind::Time);
        let Some(interval) = mention.time.interval.filter(|_| dates) else { return };
        let fronted = mention.first <= self.sentence.first + HEAD && governed.verb >= mention.end;
        match governed {
            Governed { event: Some(event), trail: Trail::Own, .. } => self.tell(event, interval, mention),
            Governed { event: Some(event), trail, .. } => self.bound(event, trail, interval),
            _ => {}
        }
        let joined = if fronted { self.joined(governed.verb) } else { Vec::new() };
        let told = if mention.time.kind == TimeKind::Date { self.told_of(mention, governed.verb) } else { Vec::new() };
        for event in joined.into_iter().chain(told).filter(|_| governed.trail == Trail::Own) {
            self.tell(event, interval, mention);
        }
    }

    /// Whether a time is that of a dateline: "DAMASCUS, Dec. 9 (Agency) — Ten people".
    fn is_dateline(&self, mention: &TimeMention) -> bool {
        let text = self.text;
        let opens = self.sentence.first == 0
            || text.sentences()[text.sentence_of(self.sentence.first - 1)].paragraph != self.sentence.paragraph;
        let head = mention.first - self.sentence.first <= DATELINE;
        let until = self.sentence.end.min(mention.end + DATELINE);
        let dash = (mention.end..until).find(|&at| matches!(text.word(at), "-" | "–" | "—"));
        // Nothing but names and marks between the place and the dash: "On Sunday – hours later" is none.
        let name =
            |at: usize| text.shape(at) != WordShape::Lower && !self.lexicon.function.words.contains(text.lower(at));
        let plain = |first: usize, end: usize| (first..end).all(name);
        opens && head && dash.is_some_and(|dash| plain(self.sentence.first, mention.first) && plain(mention.end, dash))
    }

    /// Whether a length of time says how far off something was: "ten days after he was threatened".
    fn is_offset(&self, mention: &TimeMention) -> bool {
        let behind = self.text.lower(mention.end);
        let lasts = mention.first > 0 && self.text.lower(mention.first - 1) == "for";
        !lasts
            && matches!(
                behind,
                "after"
                    | "before"
                    | "later"
                    | "earlier"
                    | "ago"
                    | "prior"
                    | "since"
                    | "away"
                    | "apart"
                    | "following"
                    | "from"
            )
    }

    /// Dates an event by words, if none have done so yet.
    fn tell(&mut self, event: usize, interval: Interval, mention: &TimeMention) {
        let event = &mut self.events[event].1;
        match &event.time {
            Some((known, Some(_))) => {
                // "in 2022 … up until Saturday"
                if let Some(both) = narrowed(*known, interval) {
                    event.time = Some((both, Some(mention.time.span)));
                }
            }
            _ => event.time = Some((interval, Some(mention.time.span))),
        }
    }
}

/// What two intervals have in common, if it is less than the first.
fn narrowed(one: Interval, other: Interval) -> Option<Interval> {
    let earliest = one.earliest.max(other.earliest);
    let latest = match (one.latest, other.latest) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let possible = earliest.zip(latest).is_none_or(|(from, to)| from <= to);
    let basis = if one.basis == other.basis { one.basis } else { Basis::Inferred };
    (possible && (earliest, latest) != (one.earliest, one.latest)).then_some(Interval { earliest, latest, basis })
}

/// Whether no words date an event.
fn is_open(event: &Event) -> bool {
    event.time.as_ref().is_none_or(|(_, span)| span.is_none())
}

/// An event that no words date takes the time of the same kind of event in the sentence before, if both have an
/// argument in common: it is told on.
fn inherit(text: &Text<'_>, events: &mut [(usize, Event)]) {
    for index in 0..events.len() {
        let sentence = text.sentence_of(events[index].0);
        let open = is_open(&events[index].1);
        let same = |(word, earlier): &(usize, Event)| {
            let before = text.sentence_of(*word);
            let next =
                before + 1 == sentence && text.sentences()[before].paragraph == text.sentences()[sentence].paragraph;
            let event = &events[index].1;
            let shared =
                || event.arguments.iter().any(|one| earlier.arguments.iter().any(|other| other.entity == one.entity));
            next && !is_open(earlier) && earlier.kind == event.kind && earlier.modality == event.modality && shared()
        };
        // Few events stand in two sentences.
        let found = events[..index].iter().rev().take(20).find(|earlier| open && same(earlier));
        if let Some(interval) = found.and_then(|(_, earlier)| earlier.time).map(|(interval, _)| interval) {
            events[index].1.time = Some((Interval { basis: Basis::Inferred, ..interval }, None));
        }
    }
}

/// What has happened did so no later than the document was published.
fn clamp(event: &mut Event, latest: jiff::civil::Date) {
    if !matches!(event.modality, Modality::Actual | Modality::ReportedDoubtful) {
        return;
    }
    if let Some((interval, _)) = &mut event.time
        && interval.latest.is_some_and(|day| day > latest)
        && interval.earliest.is_none_or(|day| day <= latest)
    {
        (interval.latest, interval.basis) = (Some(latest), Basis::Inferred);
    }
}
