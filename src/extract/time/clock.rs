//! Times of the day, alone and with their day: "5:30 p.m.", "at noon", "Sunday night", "3 p.m. on Sunday", "the
//! morning of 3 May".

use super::calendar::Unit;
use super::grammar::{Grammar, Parse};
use super::lexicon::DayPart;
use super::meaning::{Clock, Meaning};
use super::pieces::Form;

/// Words before "17:30" that make it a time of the day.
const BEFORE_CLOCK: &[&str] = &[
    "at",
    "by",
    "around",
    "about",
    "until",
    "till",
    "from",
    "to",
    "between",
    "before",
    "after",
    "since",
    "approximately",
];

impl Grammar<'_> {
    /// A day with a time of it.
    pub(super) fn timed(&self, at: usize) -> Parse {
        self.clock_first(at).or_else(|| self.day_first_then_clock(at))
    }

    /// "Sunday night", "yesterday at noon", "9 December at 17:30".
    fn day_first_then_clock(&self, at: usize) -> Parse {
        let (end, day) = self.point(at, false, 3)?;
        if !is_day(&day) || matches!(day, Meaning::Timed { .. }) {
            return None;
        }
        let next = self.past(self.past(end, &[","]), &["in", "at", "around", "about"]);
        let next = self.past(next, &["the", "around", "about", "approximately"]);
        let edge = self.past(next, &["early", "late"]);
        let edge = self.past_hyphen(edge);
        let (after, clock) = self.clock(edge).or_else(|| self.part_of_day(edge))?;
        // "Sunday, morning prayers": a comma needs its preposition.
        let comma = self.key(end) == "," && next == end + 1 && matches!(clock, Clock::Part(_));
        (!comma && self.is_closed(after)).then(|| (after, Meaning::Timed { day: Box::new(day), clock }))
    }

    /// "3 p.m. on Sunday", "the night of 7 December", "overnight on Sunday".
    fn clock_first(&self, at: usize) -> Parse {
        let start = self.past(at, &["the", "at", "in", "on"]);
        let start = if start > at { self.past(start, &["the"]) } else { start };
        let begin = self.past_hyphen(self.past(start, &["early", "late"]));
        let (end, clock) = self.clock(begin).or_else(|| self.part_of_day(begin))?;
        let next = self.past(end, &["on", "of", ",", "from"]);
        let next = self.past(next, &["the"]);
        let joined = next > end
            || matches!(clock, Clock::Time { .. })
            || self.sense(next).is_some_and(|sense| sense.weekday.is_some());
        let (after, day) = self.point(next, false, 3).or_else(|| self.point(next, true, 1).filter(|_| next > end))?;
        let plain =
            is_day(&day) && !matches!(day, Meaning::Timed { .. } | Meaning::DayOfMonth { .. } | Meaning::Shift { .. });
        (joined && plain).then(|| (after, Meaning::Timed { day: Box::new(day), clock }))
    }

    /// A time by the clock: "5:30 p.m.", "17:30", "half past seven", "five o'clock", "noon".
    pub(super) fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        let (end, time) = self.clock_time(at)?;
        // "17:30 GMT", "5 p.m. local time"
        let zone = self
            .has(end, &["local", "time"])
            .or_else(|| matches!(self.key(end), "gmt" | "utc" | "cet" | "est").then_some(end + 1));
        Some((zone.unwrap_or(end), time))
    }

    fn clock_time(&self, at: usize) -> Option<(usize, Clock)> {
        let time = |hour: i8, minute: i8| {
            ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(Clock::Time { hour, minute })
        };
        match self.key(at) {
            "noon" | "midday" => return Some((at + 1, time(12, 0)?)),
            "midnight" => return Some((at + 1, time(0, 0)?)),
            _ => {}
        }
        // "1330 hours"
        let digits = Some(self.key(at)).filter(|key| key.len() == 4 && self.form(at) == Some(Form::Digits));
        if let Some(clock) = digits.filter(|_| self.key(at + 1) == "hours") {
            let part = |part: &str| part.parse().ok();
            return Some((at + 2, time(part(&clock[..2])?, part(&clock[2..])?)?));
        }
        let (end, hour, minute) = self.hour_and_minute(at)?;
        if let Some((end, afternoon)) = self.half_of_day(end) {
            let hour = match (afternoon, hour) {
                (true, 1..=11) => hour + 12,
                (false, 12) => 0,
                (_, hour) => hour,
            };
            return Some((end, time(hour, minute)?));
        }
        if self.key(end) == "oclock" {
            return Some((end + 1, time(hour, minute)?));
        }
        let told = end > at + 1 && BEFORE_CLOCK.contains(&self.before(at)) || matches!(self.key(end), "gmt" | "utc");
        (told && self.key(at + 1) == ":" && self.is_closed(end)).then_some((end, time(hour, minute)?))
    }

    /// "17:30", "9.30", "five", "five-thirty".
    fn hour_and_minute(&self, at: usize) -> Option<(usize, i8, i8)> {
        let small = |key: &str, most: usize| key.parse::<i8>().ok().filter(|_| key.len() <= most && !key.is_empty());
        if self.form(at) == Some(Form::Letters) {
            let hour = self.sense(at)?.number.filter(|hour| *hour <= 12)?;
            return Some((at + 1, i8::try_from(hour).ok()?, 0));
        }
        if self.form(at) != Some(Form::Digits) {
            return None;
        }
        let key = self.key(at);
        if let Some((hour, minute)) = key.split_once('.') {
            return (minute.len() == 2).then_some((at + 1, small(hour, 2)?, small(minute, 2)?));
        }
        let hour = small(key, 2)?;
        let colon =
            self.key(at + 1) == ":" && self.is_glued(at + 1) && self.is_glued(at + 2) && self.key(at + 2).len() == 2;
        let Some(minute) = small(self.key(at + 2), 2).filter(|_| colon) else { return Some((at + 1, hour, 0)) };
        let seconds = self.key(at + 3) == ":" && self.is_glued(at + 3) && small(self.key(at + 4), 2).is_some();
        Some((if seconds { at + 5 } else { at + 3 }, hour, minute))
    }

    /// "a.m." or "p.m.": whether it is the second half of the day.
    fn half_of_day(&self, at: usize) -> Option<(usize, bool)> {
        match self.key(at) {
            "am" | "a m" => Some((at + 1, false)),
            "pm" | "p m" => Some((at + 1, true)),
            // "2:30 in the morning", "9 at night"
            "in" if self.key(at + 1) == "the" => self.part_of_day(at + 2).and_then(|(end, part)| half(end, part)),
            "at" => self.part_of_day(at + 1).and_then(|(end, part)| half(end, part)),
            _ => None,
        }
    }

    /// "morning", "overnight"; never "mornings".
    fn part_of_day(&self, at: usize) -> Option<(usize, Clock)> {
        let part = self.sense(at)?.day_part?;
        (!self.key(at).ends_with('s')).then_some((at + 1, Clock::Part(part)))
    }
}

/// Which half of the day a part of it lies in.
fn half(end: usize, part: Clock) -> Option<(usize, bool)> {
    match part {
        Clock::Part(DayPart::Morning) => Some((end, false)),
        Clock::Part(DayPart::Afternoon | DayPart::Evening | DayPart::Night) => Some((end, true)),
        _ => None,
    }
}

/// Whether a meaning is a day, or can be.
fn is_day(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Calendar { days, .. } => days.is_some(),
        Meaning::EitherOrder { .. }
        | Meaning::DayOfMonth { .. }
        | Meaning::Weekday { .. }
        | Meaning::WeekdayOf { .. }
        | Meaning::RelativeDay(_)
        | Meaning::Holiday { .. } => true,
        Meaning::Unit { unit, .. } => *unit == Unit::Day,
        Meaning::Hijri { day, .. } => day.is_some(),
        Meaning::Edge { of, .. } => is_day(of),
        Meaning::Timed { .. } => true,
        _ => false,
    }
}
