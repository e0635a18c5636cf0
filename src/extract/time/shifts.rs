//! Steps away from a day, and stretches of days that begin or end with it: "two days ago", "three years later", "two
//! weeks before Christmas", "the past ten days", "within nine months".

use super::calendar::Unit;
use super::context::Tense;
use super::grammar::{Grammar, Parse};
use super::lexicon::{Approximation, Origin};
use super::meaning::{Amount, Extent, From, Meaning};
use super::pieces::Form;

impl Grammar<'_> {
    /// A length of time and a word that says from where it leads in which direction.
    pub(super) fn shift(&self, at: usize, depth: u8) -> Parse {
        // "months later", "a few days earlier"
        let (end, extent) = self.extent(at, true).or_else(|| self.bare(at))?;
        let step = |end, sign, from| Some((end, Meaning::Shift { extent: extent.clone(), sign, from }));
        let origin = |end, sign, origin| step(end, sign, From::Origin(origin));
        match self.key(end) {
            "ago" => origin(end + 1, -1, Origin::Document),
            "hence" => origin(end + 1, 1, Origin::Document),
            "earlier" | "previously" => origin(end + 1, -1, Origin::Told),
            "later" | "afterwards" | "afterward" => origin(end + 1, 1, Origin::Told),
            "from" if self.key(end + 1) == "now" => origin(end + 2, 1, Origin::Document),
            "from" | "after" | "following" | "before" => {
                let sign = if self.key(end) == "before" { -1 } else { 1 };
                if let Some((after, point)) = self.point(end + 1, true, depth) {
                    return step(after, sign, From::Point(Box::new(point)));
                }
                // "a week before." is told from where the text stands; "two days after his arrest" from no date.
                let closes = self.form(end + 1) != Some(Form::Letters) && self.follows(end + 1);
                if sign < 0 && closes { origin(end + 1, -1, Origin::Told) } else { None }
            }
            _ => None,
        }
    }

    /// A stretch of days up to a day or from it.
    pub(super) fn window(&self, at: usize) -> Parse {
        let start = if matches!(self.key(at), "the" | "these") { at + 1 } else { at };
        let article = start > at;
        // "5 upcoming years"
        if let Some((after, amount)) = self.amount(start, false)
            && let Some(order) = self.sense(after).and_then(|sense| sense.order).filter(|order| order.windows)
            && let Some(unit) = self.unit_word(after + 1).filter(|_| self.key(after + 1).ends_with('s'))
        {
            return Some((after + 2, of_window(Extent::of(amount, unit), order.steps, order.origin)));
        }
        let recent = self.key(start) == "recent";
        let order = self.sense(start).and_then(|sense| sense.order).filter(|order| order.windows);
        let (steps, origin) =
            if recent { (-1, Origin::Document) } else { order.map(|order| (order.steps, order.origin))? };
        let begin = start + 1;
        // "the past ten days", "the next couple of weeks"
        if let Some((end, extent)) = self.extent(begin, false) {
            return Some((end, of_window(extent, steps, origin)));
        }
        let unit = self.unit_word(begin).filter(|unit| !unit.is_of_clock())?;
        let plural = self.key(begin).ends_with('s');
        // "the past year", "in recent weeks"
        let amount = match (plural, recent) {
            (false, false)
                if article
                    && !matches!(unit, Unit::Day | Unit::Century)
                    && origin == Origin::Document
                    && self.key(start) != "next" =>
            {
                Amount::Exact(1.0)
            }
            (false, false)
                if self.key(start) == "next" && matches!(self.before(at), "over" | "within" | "during" | "for") =>
            {
                Amount::Exact(1.0)
            }
            (true, true) => Amount::Vague(2, None),
            (true, false) if self.key(start) != "last" => Amount::Vague(2, None),
            _ => return None,
        };
        Some((begin + 1, of_window(Extent::of(amount, unit), steps, origin)))
    }

    /// A unit's name.
    pub(super) fn unit_word(&self, at: usize) -> Option<Unit> {
        self.sense(at).and_then(|sense| sense.unit).filter(|unit| *unit != Unit::Half)
    }

    /// "in two weeks" of what is to come, "within nine months", "three days starting on Monday".
    pub(super) fn ahead(&self, at: usize) -> Parse {
        let from = |origin| From::Origin(origin);
        match self.key(at) {
            "within" => {
                let (end, extent) = match self.window(self.past(at + 1, &["the"])) {
                    Some((end, Meaning::Window { extent, .. })) => (end, extent),
                    _ => self.extent(at + 1, true)?,
                };
                // "within two days he was dead" is a length of time.
                if self.tense(at) == Tense::Past {
                    let extent = Extent { approximation: Some(Approximation::Less), ..extent };
                    return Some((end, Meaning::Duration(extent)));
                }
                let today = Box::new(Meaning::RelativeDay(0));
                let step = Meaning::Shift { extent, sign: 1, from: From::Point(today.clone()) };
                Some((end, Meaning::Range(today, Box::new(step))))
            }
            "in" if self.is_ahead(at) => {
                if let Some(found) = self.shift(at + 1, 1) {
                    return Some(found);
                }
                let (end, extent) = self.extent(at + 1, true)?;
                // "in two weeks’ time"
                let time = self.past(end, &["'", "’"]);
                let end = if self.key(time) == "time" { time + 1 } else { end };
                Some((end, Meaning::Shift { extent, sign: 1, from: from(Origin::Document) }))
            }
            _ => self.starting(at),
        }
    }

    /// Whether "in two years" is told of what is to come: of a verb, and of one that is not past.
    fn is_ahead(&self, at: usize) -> bool {
        let syntax = &self.text.syntax;
        let wish = syntax.head(self.word(at)).is_some_and(|head| syntax.tag(head) == "VB");
        self.tense(at) == Tense::Future || wish && self.tense(at) == Tense::Unknown
    }

    /// "three days starting on Monday", "for three days from today".
    fn starting(&self, at: usize) -> Parse {
        let start = self.past(at, &["for"]);
        let (end, extent) = self.extent(start, true)?;
        let from = match self.key(end) {
            "starting" | "beginning" if start == at => self.past(end + 1, &["on", "from", "in", "with"]),
            "from" if start > at => end + 1,
            _ => return None,
        };
        let (end, point) = self.inner(from)?;
        let point = Box::new(point);
        let step = Meaning::Shift { extent, sign: 1, from: From::Point(point.clone()) };
        Some((end, Meaning::Range(point, Box::new(step))))
    }
}

fn of_window(extent: Extent, steps: i64, origin: Origin) -> Meaning {
    Meaning::Window { extent, sign: steps.signum(), origin }
}
