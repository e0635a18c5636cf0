//! Stretches with two ends or one: "from March 2011 until August 2024", "between 2011 and 2016", "since 2011",
//! "before December", "2011–2016".

use super::grammar::{Grammar, Parse, longest};
use super::lexicon::Side;
use super::meaning::{From, Meaning};

impl Grammar<'_> {
    /// A stretch with two ends.
    pub(super) fn range(&self, at: usize) -> Parse {
        let between = self.key(at) == "between";
        let opener = between || self.key(at) == "from";
        let start = if opener { at + 1 } else { at };
        let (end, from) = self.end_of_range(start, opener)?;
        // "between 3 and 12 September", "from 7 to 8 December"
        if opener && matches!(from, Meaning::Calendar { days: Some((low, high)), .. } if low < high) {
            return Some((end, from));
        }
        let dash = matches!(self.key(end), "-" | "–" | "—" | "‑" | "~");
        let joint = match (self.key(end), self.key(end + 1)) {
            ("up", "to" | "until") => end + 2,
            ("to" | "until" | "till" | "through" | "thru", _) if !between => end + 1,
            ("and" | "to", _) if between => end + 1,
            _ if dash => end + 1,
            _ => return None,
        };
        let (after, to) = match self.key(joint) {
            "now" | "date" if opener => (joint + 1, Meaning::RelativeDay(0)),
            _ => self.end_of_range(joint, true).or_else(|| self.day_behind(&from, joint))?,
        };
        let open = matches!(to, Meaning::Nothing | Meaning::Hijri { year: None, day: None, .. });
        // "2011 - a year ago" is no stretch.
        let step = matches!(to, Meaning::Shift { from: From::Origin(_), .. });
        (!open && !step).then(|| (after, Meaning::Range(Box::new(from), Box::new(to))))
    }

    /// One end of a stretch.
    fn end_of_range(&self, at: usize, loose: bool) -> Parse {
        let at = self.past(at, &["about", "around"]);
        if loose {
            let now = (self.key(at) == "now").then_some((at + 1, Meaning::RelativeDay(0)));
            return longest([self.timed(at), self.inner(at), now]);
        }
        // "2011–2016", "November–December 2024", "5/1-5/7/2020": what follows says that it is a time.
        let joined = |end: usize| matches!(self.key(end), "-" | "–" | "—" | "~");
        self.point(at, false, 2).or_else(|| self.inner(at).filter(|(end, _)| joined(*end)))
    }

    /// "from April twenty-seventh to the third": a day of the next month.
    fn day_behind(&self, from: &Meaning, at: usize) -> Parse {
        let Meaning::Calendar { days: Some(_), .. } = from else { return None };
        let (end, (day, last)) = self.days(self.past(at, &["the"]))?;
        (day == last && self.follows(end)).then_some((end, Meaning::DayOfMonth { day, weekday: None }))
    }

    /// A stretch with one end.
    pub(super) fn bound(&self, at: usize) -> Parse {
        let (start, side) =
            self.bound_word(at).or_else(|| (self.key(at) == "from").then_some((at + 1, Side::Since)))?;
        let opener = start;
        let start = self.past(self.past(start, &["around", "about"]), &["on", "in"]);
        let (end, of) = longest([self.timed(start), self.inner(start)])?;
        let open = matches!(of, Meaning::Nothing | Meaning::Clock(_) | Meaning::Range(..));
        let step =
            matches!(of, Meaning::Shift { from: From::Origin(_), .. }) && side != Side::Since && side != Side::Until;
        // "from" alone opens nothing: "from 2013" is a date, "from 2013 on" is not.
        let onwards = self.past(end, &["on", "onwards", "onward"]);
        if self.key(at) == "from" && onwards == end && opener == at + 1 {
            return None;
        }
        // "after Sunday’s attack", "before December elections": the date is the attack's own.
        let own = matches!(self.key(end), "'" | "’") && self.key(end + 1) == "s"
            || !self.follows(end) && !self.is_capital(end);
        let own = own && !matches!(side, Side::Since | Side::Until);
        (!open && !step && !own)
            .then(|| (if side == Side::Since { onwards } else { end }, Meaning::Bound(side, Box::new(of))))
    }

    /// "2018 or later", "1 January 2016 and after".
    pub(super) fn bound_behind(&self, at: usize) -> Parse {
        let (end, of) = self.inner(at)?;
        let side = match (self.key(end), self.key(end + 1)) {
            ("or" | "and", "later" | "after" | "onwards" | "onward" | "beyond") => Side::Since,
            ("or" | "and", "earlier" | "before") => Side::Until,
            _ => return None,
        };
        let counted = matches!(of, Meaning::Nothing | Meaning::Range(..) | Meaning::Shift { .. });
        (!counted && self.follows(end + 2)).then(|| (end + 2, Meaning::Bound(side, Box::new(of))))
    }
}
