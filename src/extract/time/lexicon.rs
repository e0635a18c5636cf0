//! The words that tell times, from `data/lexicon/time.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use jiff::civil::Weekday;
use serde::Deserialize;

use super::calendar::Unit;

/// What one word can be to a time.
#[derive(Debug, Clone, Default)]
pub(super) struct Sense {
    pub month: Option<i8>,
    pub weekday: Option<Weekday>,
    pub unit: Option<Unit>,
    /// Cardinal number below a hundred.
    pub number: Option<u32>,
    pub scale: Option<u32>,
    pub ordinal: Option<u32>,
    /// "eighties": 80.
    pub decade: Option<i16>,
    /// At least and at most how many "several" are.
    pub amount: Option<(u32, Option<u32>)>,
    pub order: Option<Order>,
    /// Index into [`TimeWords::seasons`].
    pub season: Option<usize>,
    pub day_part: Option<DayPart>,
    /// "daily": once in so many units.
    pub frequency: Option<(u32, Unit)>,
    /// Is another word as often: small it is no month or day.
    pub ambiguous: bool,
    /// Is a name, too: alone it is no month.
    pub name: bool,
    /// A weekday's short form, which by itself is none.
    pub short: bool,
    /// Phrases that begin with the word, the longest first: the words that follow, and what it is.
    pub phrases: Vec<(Vec<String>, Phrase)>,
}

/// What several words are to a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phrase {
    Approximator(Approximation),
    RelativeDay(i64),
    Edge(Edge),
    Bound(Side),
    /// Index into [`TimeWords::holidays`].
    Holiday(usize),
    HijriMonth(i8),
}

/// Which of the units around a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    /// Units from the origin.
    pub steps: i64,
    pub origin: Origin,
    /// "the past …", "the coming …": before a number it opens a stretch of days.
    pub windows: bool,
    /// "last", "coming": of weekdays the nearest; "next Friday" is that of the week after this one.
    pub nearest: bool,
}

/// From which day something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The day the document was published.
    Document,
    /// The last date that the text told.
    Told,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Approximation {
    About,
    Nearly,
    More,
    Less,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Edge {
    Start,
    Middle,
    End,
    /// What of a stretch of time lies before the day it is told from.
    Before,
    /// What of it lies after that day.
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    Since,
    After,
    Before,
    Until,
    By,
}

/// A part of the day, by the letters of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) enum DayPart {
    #[serde(rename = "MO")]
    Morning,
    #[serde(rename = "MI")]
    Noon,
    #[serde(rename = "AF")]
    Afternoon,
    #[serde(rename = "EV")]
    Evening,
    #[serde(rename = "NI")]
    Night,
}

impl DayPart {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Noon => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OrderName {
    Last,
    This,
    Next,
    Coming,
    Same,
    Previous,
    Following,
}

/// A season: months of the north, the first and the last.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Season {
    pub value: String,
    names: Vec<String>,
    pub months: (i8, i8),
}

/// A day with a name; one of the ways to tell it is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holiday {
    names: Vec<String>,
    /// Month and day.
    pub date: Option<(i8, i8)>,
    /// Days from Easter Sunday.
    pub easter: Option<i64>,
    /// Month, which, and weekday.
    pub nth: Option<(i8, i8, i8)>,
    /// Month and day of the Hijri calendar.
    pub hijri: Option<(i8, i8)>,
    #[serde(default = "one")]
    pub days: i64,
}

fn one() -> i64 {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ambiguous {
    small: HashSet<String>,
    names: HashSet<String>,
    short: HashSet<String>,
    after_day: HashSet<String>,
    before_day: HashSet<String>,
    counted: HashSet<String>,
    followers: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Light {
    verbs: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    months: BTreeMap<String, Vec<String>>,
    weekdays: BTreeMap<String, Vec<String>>,
    units: BTreeMap<Unit, Vec<String>>,
    numbers: BTreeMap<String, u32>,
    scales: BTreeMap<String, u32>,
    ordinals: BTreeMap<String, u32>,
    decades: BTreeMap<String, i16>,
    amounts: BTreeMap<String, Vec<u32>>,
    approximators: BTreeMap<Approximation, Vec<String>>,
    orders: BTreeMap<OrderName, Vec<String>>,
    relative_days: BTreeMap<String, Vec<String>>,
    edges: BTreeMap<Edge, Vec<String>>,
    bounds: BTreeMap<Side, Vec<String>>,
    day_parts: BTreeMap<DayPart, Vec<String>>,
    seasons: Vec<Season>,
    frequencies: BTreeMap<String, (u32, Unit)>,
    ambiguous: Ambiguous,
    light: Light,
    holidays: Vec<Holiday>,
    hijri_months: BTreeMap<String, Vec<String>>,
}

/// Everything in `time.toml`, by word.
#[derive(Debug)]
pub(super) struct TimeWords {
    senses: HashMap<String, Sense>,
    pub seasons: Vec<Season>,
    pub holidays: Vec<Holiday>,
    after_day: HashSet<String>,
    before_day: HashSet<String>,
    counted: HashSet<String>,
    followers: HashSet<String>,
    light: HashSet<String>,
}

impl TimeWords {
    /// The words that come with the program.
    pub fn embedded() -> &'static TimeWords {
        static EMBEDDED: LazyLock<TimeWords> = LazyLock::new(|| {
            let tables =
                toml::from_str(include_str!("../../../data/lexicon/time.toml")).expect("a test reads the words");
            TimeWords::new(tables)
        });
        &EMBEDDED
    }

    fn new(tables: Tables) -> Self {
        let mut made = Maker::default();
        for (month, names) in &tables.months {
            let month = month.parse().expect("the number of a month");
            names.iter().for_each(|name| made.sense(name).month = Some(month));
        }
        for (day, names) in &tables.weekdays {
            let day = day.parse().expect("the number of a weekday");
            let day = Weekday::from_monday_one_offset(day).expect("from 1 to 7");
            names.iter().for_each(|name| made.sense(name).weekday = Some(day));
        }
        for (unit, names) in &tables.units {
            names.iter().for_each(|name| made.sense(name).unit = Some(*unit));
        }
        tables.numbers.iter().for_each(|(name, number)| made.sense(name).number = Some(*number));
        tables.scales.iter().for_each(|(name, scale)| made.sense(name).scale = Some(*scale));
        tables.ordinals.iter().for_each(|(name, ordinal)| made.sense(name).ordinal = Some(*ordinal));
        tables.decades.iter().for_each(|(name, decade)| made.sense(name).decade = Some(*decade));
        for (name, amount) in &tables.amounts {
            made.sense(name).amount = amount.first().map(|least| (*least, amount.get(1).copied()));
        }
        for (order, names) in &tables.orders {
            let (steps, origin) = match order {
                OrderName::Last => (-1, Origin::Document),
                OrderName::This => (0, Origin::Document),
                OrderName::Next | OrderName::Coming => (1, Origin::Document),
                OrderName::Same => (0, Origin::Told),
                OrderName::Previous => (-1, Origin::Told),
                OrderName::Following => (1, Origin::Told),
            };
            let windows = steps != 0;
            let nearest = !matches!(order, OrderName::Next | OrderName::Previous | OrderName::Following);
            names.iter().for_each(|name| made.sense(name).order = Some(Order { steps, origin, windows, nearest }));
        }
        for (index, season) in tables.seasons.iter().enumerate() {
            season.names.iter().for_each(|name| made.sense(name).season = Some(index));
        }
        for (part, names) in &tables.day_parts {
            names.iter().for_each(|name| made.sense(name).day_part = Some(*part));
        }
        tables.frequencies.iter().for_each(|(name, often)| made.sense(name).frequency = Some(*often));
        tables.ambiguous.small.iter().for_each(|name| made.sense(name).ambiguous = true);
        tables.ambiguous.names.iter().for_each(|name| made.sense(name).name = true);
        tables.ambiguous.short.iter().for_each(|name| made.sense(name).short = true);
        tables.approximators.iter().for_each(|(kind, names)| made.phrases(names, Phrase::Approximator(*kind)));
        tables.edges.iter().for_each(|(edge, names)| made.phrases(names, Phrase::Edge(*edge)));
        tables.bounds.iter().for_each(|(side, names)| made.phrases(names, Phrase::Bound(*side)));
        for (days, names) in &tables.relative_days {
            made.phrases(names, Phrase::RelativeDay(days.parse().expect("a number of days")));
        }
        for (index, holiday) in tables.holidays.iter().enumerate() {
            made.phrases(&holiday.names, Phrase::Holiday(index));
        }
        for (month, names) in &tables.hijri_months {
            made.phrases(names, Phrase::HijriMonth(month.parse().expect("the number of a month")));
        }
        let mut senses = made.senses;
        senses.values_mut().for_each(|sense| sense.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
        let Ambiguous { after_day, before_day, counted, followers, .. } = tables.ambiguous;
        let light = tables.light.verbs;
        Self {
            senses,
            seasons: tables.seasons,
            holidays: tables.holidays,
            after_day,
            before_day,
            counted,
            followers,
            light,
        }
    }

    /// What a folded word can be to a time.
    pub fn sense(&self, key: &str) -> Option<&Sense> {
        self.senses.get(key)
    }

    /// Whether a thing is called by the day before the word: "Sunday Times".
    pub fn names_thing_after_day(&self, key: &str) -> bool {
        self.after_day.contains(key)
    }

    /// Whether a thing is called by the day after the word: "Black Friday".
    pub fn names_thing_before_day(&self, key: &str) -> bool {
        self.before_day.contains(key)
    }

    /// Whether a verb's dictionary form says little of its own.
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether a number before the word counts it.
    pub fn is_counted(&self, key: &str) -> bool {
        self.counted.contains(key)
    }

    /// Whether the word may follow a date that is no more than a number.
    pub fn is_follower(&self, key: &str) -> bool {
        self.followers.contains(key)
    }
}

/// Senses in the making.
#[derive(Default)]
struct Maker {
    senses: HashMap<String, Sense>,
}

impl Maker {
    fn sense(&mut self, word: &str) -> &mut Sense {
        self.senses.entry(word.to_owned()).or_default()
    }

    fn phrases(&mut self, names: &[String], phrase: Phrase) {
        for name in names {
            let mut words = name.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            self.sense(&first).phrases.push((words.collect(), phrase));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_read() {
        let words = TimeWords::embedded();
        let sense = |word: &str| words.sense(word).expect("a word of time");
        assert_eq!(
            (sense("sept").month, sense("second").unit, sense("second").ordinal),
            (Some(9), Some(Unit::Second), Some(2))
        );
        assert_eq!(sense("no").phrases.len(), 4);
        assert!(sense("may").ambiguous && !sense("december").ambiguous && words.sense("prison").is_none());
        for holiday in &words.holidays {
            let ways =
                [holiday.date.is_some(), holiday.easter.is_some(), holiday.nth.is_some(), holiday.hijri.is_some()];
            assert_eq!(ways.iter().filter(|way| **way).count(), 1, "{holiday:?}");
        }
    }

    #[test]
    fn every_word_is_folded() {
        for (word, sense) in &TimeWords::embedded().senses {
            for (rest, _) in &sense.phrases {
                let phrase = [std::slice::from_ref(word), rest].concat().join(" ");
                assert_eq!(crate::text::fold(&phrase), phrase);
            }
            assert_eq!(crate::text::fold(word), *word);
        }
    }
}
