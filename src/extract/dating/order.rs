//! Times that events take from each other: from what they are part of, and from what they precede or follow.

use super::governed::Trail;
use super::{Scene, is_open};
use crate::model::{Basis, Interval};

/// Words between an event and the one it depends on.
const NEAR: usize = 6;
/// Roles of places: an event in several of them takes its time.
const PLACES: &[&str] = &["place", "facility", "destination"];

/// How an event stands to the event that governs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// A part or an effect of it: "attacked the village, killing twenty".
    Same,
    Apart(Trail),
}

impl Scene<'_, '_> {
    /// Passes times on between the events of the sentence.
    pub(super) fn order(&mut self) {
        for index in 0..self.events.len() {
            let Some((above, link)) = self.link(index) else { continue };
            match link {
                Link::Same => {
                    let (from, to) = if is_open(&self.events[index].1) { (above, index) } else { (index, above) };
                    if is_open(&self.events[to].1)
                        && let Some((interval, Some(_))) = self.events[from].1.time
                    {
                        self.events[to].1.time = Some((Interval { basis: Basis::Inferred, ..interval }, None));
                    }
                }
                Link::Apart(trail) => {
                    if let Some((interval, Some(_))) = self.events[index].1.time {
                        self.bound(above, trail, interval);
                    } else if let Some((interval, Some(_))) = self.events[above].1.time {
                        let back = if trail == Trail::Later { Trail::Earlier } else { Trail::Later };
                        self.bound(index, back, interval);
                    }
                }
            }
        }
    }

    /// Bounds the time of an event by that of one that is `trail` of it.
    pub(super) fn bound(&mut self, event: usize, trail: Trail, other: Interval) {
        let several = self.is_spread(event);
        let first_of_several = self.is_first(event);
        let event = &mut self.events[event].1;
        let (known, words) =
            event.time.unwrap_or((Interval { earliest: None, latest: None, basis: Basis::Inferred }, None));
        let bounded = match trail {
            // A day by words stands; but "on 27 November they took three towns, before …" tells when they began.
            _ if words.is_some() && !(several && trail == Trail::Later) => return,
            Trail::Later => Interval { latest: other.latest.or(known.latest), ..known },
            Trail::Earlier => Interval { earliest: other.earliest.or(known.earliest), ..known },
            Trail::Own => return,
        };
        if words.is_some() && first_of_several {
            return;
        }
        let possible = bounded.earliest.zip(bounded.latest).is_none_or(|(from, to)| from <= to);
        if possible && (bounded.earliest, bounded.latest) != (None, None) {
            event.time = Some((Interval { basis: Basis::Inferred, ..bounded }, words));
        }
    }

    /// Whether an event is in several places, as one or as one for each place.
    fn is_spread(&self, event: usize) -> bool {
        let (word, own) = &self.events[event];
        let places = own.arguments.iter().filter(|argument| PLACES.contains(&argument.role.as_str())).count();
        let twins = self.events.iter().filter(|(other, event)| other == word && event.kind == own.kind).count();
        places > 1 || twins > 1
    }

    /// Whether an event is the first of several with one trigger: the one in the place that is named first.
    fn is_first(&self, event: usize) -> bool {
        let (word, own) = &self.events[event];
        let twins =
            || self.events.iter().enumerate().filter(|(_, (other, event))| other == word && event.kind == own.kind);
        twins().count() > 1 && twins().next().is_some_and(|(first, _)| first == event)
    }

    /// The event that governs another, and what the one is to the other.
    fn link(&self, index: usize) -> Option<(usize, Link)> {
        let syntax = &self.text.syntax;
        let start = self.events[index].0;
        let mut at = start;
        let mut trail = None;
        let mut inside = false;
        for _ in 0..NEAR {
            trail = trail.or(self.trail(at));
            let head = syntax.head(at)?;
            // "killed in the attack", "arrested during a raid"
            inside |=
                at == start && syntax.dep(at) == "pobj" && matches!(self.text.lower(head), "in" | "during" | "amid");
            if let Some(above) = self.event_at(head).filter(|&above| above != index) {
                let participle = at == start && syntax.tag(start) == "VBG" && syntax.dep(start) == "advcl";
                let mark = syntax.child(start, &["mark", "advmod"]).map_or("", |mark| self.text.lower(mark));
                // "was killed when a bomb exploded", "an attack which killed thirteen"
                let of_noun = syntax.dep(start) == "relcl" && !syntax.is_verb(head) && head == self.events[above].0;
                let beside = at == start && syntax.dep(start) == "advcl" && matches!(mark, "when" | "while" | "as");
                return match trail {
                    Some(trail) => Some((above, Link::Apart(trail))),
                    None => (participle || inside || beside || at == start && of_noun).then_some((above, Link::Same)),
                };
            }
            if syntax.is_verb(head) {
                return None;
            }
            at = head;
        }
        None
    }
}
