//! Events of a document → the attack that it reports. What counts as one is said in `data/bench/attacks.toml`.
//!
//! An article tells of several attacks; the main one is what it begins with, what it comes back to, and what is done to
//! somebody who is named or defends rights. So every event has a weight, and each question is answered by the
//! event of most weight that answers it. Who is arrested for an attack is no victim, and
//! whom a court sentences only if it is a defender.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::Attack;
use crate::gazetteer::Gazetteer;
use crate::model::{Annotations, Entity, EntityType, Event, Interval, Mention, Modality, Polarity, Span, TimeKind};

/// Sentences after which an event weighs half of what it would at the beginning.
const HALVES: f64 = 6.0;
/// How much more an event weighs that befalls somebody with a name.
const NAMED: f64 = 1.5;
/// How much more an event weighs that befalls a defender of rights.
const DEFENDER: f64 = 1.5;
/// How much more a time weighs that is said of a violation than one in its sentence.
const SAID: f64 = 3.0;
/// The share of its nearness that a time weighs in a sentence without violations.
const ELSEWHERE: f64 = 0.4;
/// How much more a time weighs whose words name the year.
const WITH_YEAR: f64 = 2.0;
/// What the year of publication weighs.
const PUBLISHED: f64 = 0.1;
/// The share of the weight of the main violation that another needs to be one that the article reports.
const VIOLATION: f64 = 0.25;
/// How much less an event weighs of which nobody is said to have suffered it.
const NOBODY: f64 = 0.5;
/// How much more a country weighs where something happened than where it is only named.
const SCENE: f64 = 4.0;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    modalities: Vec<Modality>,
    defenders: BTreeSet<String>,
    of_defenders: BTreeSet<String>,
    custody: BTreeSet<String>,
    wrongdoers: BTreeSet<String>,
    violations: BTreeMap<String, BTreeSet<String>>,
    #[serde(rename = "perpetrator")]
    perpetrators: Vec<Perpetrator>,
    deeds: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Perpetrator {
    #[serde(rename = "type")]
    kind: String,
    words: BTreeSet<String>,
    #[serde(default)]
    subtypes: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/bench/attacks.toml")).expect("a test reads the embedded table")
});

impl Table {
    /// The violation that an event of a kind is.
    fn violation(&self, kind: &str) -> Option<&str> {
        self.violations.iter().find(|(_, kinds)| kinds.contains(kind)).map(|(violation, _)| violation.as_str())
    }
}

/// The attack that a document reports.
pub(super) fn attack(annotations: &Annotations) -> Attack {
    let report = Report::new(annotations);
    let (year, month, day) = report.date();
    Attack {
        victims: report.victims(),
        violations: report.violations(),
        perpetrator: report.perpetrator(),
        year,
        month,
        day,
        city: report.place(EntityType::City),
        region: report.place(EntityType::Region),
        country: report.country(),
    }
}

struct Report<'a> {
    annotations: &'a Annotations,
    /// Those who did something.
    doers: BTreeSet<usize>,
    /// Violations of the rights of somebody with their weights, the weightiest first.
    events: Vec<(f64, &'static str, &'a Event)>,
}

impl<'a> Report<'a> {
    fn new(annotations: &'a Annotations) -> Self {
        let told = |event: &&Event| event.polarity == Polarity::Positive && TABLE.modalities.contains(&event.modality);
        let mut report = Self { annotations, doers: BTreeSet::new(), events: Vec::new() };
        let violations: Vec<(&'static str, &Event)> = annotations
            .events
            .iter()
            .filter(told)
            .filter_map(|event| Some((TABLE.violation(&event.kind)?, event)))
            .collect();
        let doers =
            violations.iter().flat_map(|(_, event)| &event.arguments).filter(|argument| argument.role == "agent");
        report.doers = doers.map(|argument| argument.entity).collect();
        for (violation, event) in violations {
            if report.is_violation(event) {
                report.events.push((report.weight(event), violation, event));
            }
        }
        report.events.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.2.trigger.cmp(&other.2.trigger)));
        report
    }

    /// Whether an event is done to somebody, and not to those who did it to others.
    fn is_violation(&self, event: &Event) -> bool {
        let mut suffers = patients(event).peekable();
        if TABLE.of_defenders.contains(&event.kind) && !patients(event).any(|entity| self.is_defender(entity)) {
            return false;
        }
        let held = TABLE.custody.contains(&event.kind);
        let deserves = |entity| self.doers.contains(&entity) || held && self.is_wrongdoer(entity);
        suffers.peek().is_none() || !suffers.all(deserves)
    }

    fn is_wrongdoer(&self, entity: usize) -> bool {
        !self.words(entity).is_disjoint(&TABLE.wrongdoers)
    }

    fn weight(&self, event: &Event) -> f64 {
        let place = self.nearness(event.trigger.start);
        let who: Vec<&Entity> = patients(event).map(|entity| &self.annotations.entities[entity]).collect();
        let named = if who.iter().any(|entity| entity.named) { NAMED } else { 1.0 };
        let defender = if patients(event).any(|entity| self.is_defender(entity)) { DEFENDER } else { 1.0 };
        let somebody = if who.is_empty() { NOBODY } else { 1.0 };
        place * named * defender * somebody
    }

    /// How much what stands at a place weighs, from 1 at the beginning towards 0.
    fn nearness(&self, at: usize) -> f64 {
        let sentence = self.annotations.analysis.sentence_at(at).unwrap_or_default();
        HALVES / (HALVES + sentence as f64)
    }

    fn mentions(&self, entity: usize) -> impl Iterator<Item = &'a Mention> {
        self.annotations.mentions.iter().filter(move |mention| mention.entity == Some(entity))
    }

    /// The words by which somebody is called, in small letters.
    fn words(&self, entity: usize) -> BTreeSet<String> {
        let text = &self.annotations.document.text;
        let attributes = self.annotations.entities[entity].attributes.get("occupation").into_iter().flatten();
        let said = self
            .mentions(entity)
            .map(|mention| mention.span.slice(text))
            .chain(attributes.map(|(words, _)| words.as_str()));
        said.flat_map(str::split_whitespace)
            .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase())
            .collect()
    }

    fn is_defender(&self, entity: usize) -> bool {
        self.words(entity).iter().any(|word| {
            TABLE.defenders.contains(word) || word.strip_suffix('s').is_some_and(|one| TABLE.defenders.contains(one))
        })
    }

    /// People with a name who suffered something, none whose name is part of another's.
    fn victims(&self) -> Vec<String> {
        let mut names: Vec<&str> = Vec::new();
        let suffers = self.events.iter().flat_map(|(_, _, event)| patients(event));
        for entity in suffers.filter(|entity| !self.doers.contains(entity)) {
            let entity = &self.annotations.entities[entity];
            if entity.kind == EntityType::Person
                && entity.named
                && !names.iter().any(|name| name.contains(&entity.name))
            {
                names.retain(|name| !entity.name.contains(name));
                names.push(&entity.name);
            }
        }
        names.into_iter().map(str::to_owned).collect()
    }

    fn violations(&self) -> BTreeSet<String> {
        let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
        for (weight, violation, _) in &self.events {
            *weights.entry(violation).or_default() += weight;
        }
        let most = weights.values().copied().fold(0.0, f64::max);
        let told = weights.into_iter().filter(|(_, weight)| *weight >= VIOLATION * most);
        let mut told: BTreeSet<String> = told.map(|(violation, _)| violation.to_owned()).collect();
        if told.is_empty() {
            told.insert(Attack::UNKNOWN.to_owned());
        }
        told
    }

    /// The type for which most weight speaks.
    fn perpetrator(&self) -> Option<String> {
        let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
        for (weight, _, event) in &self.events {
            let doers = event.arguments.iter().filter(|argument| argument.role == "agent");
            let mut kinds: Vec<&str> = doers.filter_map(|argument| self.perpetrator_type(argument.entity)).collect();
            if kinds.is_empty() {
                kinds.extend(TABLE.deeds.get(&event.kind).map(String::as_str));
            }
            for kind in kinds {
                *weights.entry(kind).or_default() += weight;
            }
        }
        weights.into_iter().max_by(|one, other| one.1.total_cmp(&other.1)).map(|(kind, _)| kind.to_owned())
    }

    fn perpetrator_type(&self, entity: usize) -> Option<&'static str> {
        let words = self.words(entity);
        let Entity { kind, subtype, .. } = &self.annotations.entities[entity];
        let classes = [subtype.as_deref(), Some(kind.as_str())];
        let fits = |known: &&Perpetrator| {
            !known.words.is_disjoint(&words) || classes.iter().flatten().any(|class| known.subtypes.contains(*class))
        };
        TABLE.perpetrators.iter().find(fits).map(|known| known.kind.as_str())
    }

    /// The year for which most speaks of the times in the text, with publication's of little weight, and the month
    /// and day of the weightiest time in it.
    fn date(&self) -> (Option<i16>, Option<i16>, Option<i16>) {
        let times = self.times();
        let mut years: BTreeMap<i16, f64> = BTreeMap::new();
        for (weight, first, _) in &times {
            *years.entry(first.year()).or_default() += weight;
        }
        if let Some(published) = self.annotations.document.published.and_then(|published| published.latest) {
            *years.entry(published.year()).or_default() += PUBLISHED;
        }
        let Some((year, _)) = years.into_iter().max_by(|one, other| one.1.total_cmp(&other.1)) else {
            return (None, None, None);
        };
        let within_month =
            |(_, first, last): &&(f64, Date, Date)| first.year() == year && first.month() == last.month();
        match times.iter().filter(within_month).max_by(|one, other| one.0.total_cmp(&other.0)) {
            Some((_, first, last)) => {
                let day = (first == last).then(|| i16::from(first.day()));
                (Some(year), Some(i16::from(first.month())), day)
            }
            None => (Some(year), None, None),
        }
    }

    /// Times within one year, with what they weigh as the time of the attack, and their first and last day.
    fn times(&self) -> Vec<(f64, Date, Date)> {
        let sentence = |at: usize| self.annotations.analysis.sentence_at(at);
        let mut said: BTreeMap<Span, (f64, Interval)> = BTreeMap::new();
        let mut beside: BTreeMap<usize, f64> = BTreeMap::new();
        for (weight, _, event) in &self.events {
            if let Some((interval, Some(words))) = event.time {
                let known = said.entry(words).or_insert((0.0, interval));
                known.0 = known.0.max(SAID * weight);
            }
            if let Some(number) = sentence(event.trigger.start) {
                let most = beside.entry(number).or_default();
                *most = most.max(*weight);
            }
        }
        for time in
            self.annotations.times.iter().filter(|time| !matches!(time.kind, TimeKind::Duration | TimeKind::Age))
        {
            let near = sentence(time.span.start).and_then(|number| beside.get(&number).copied());
            let weight = near.unwrap_or(ELSEWHERE * self.nearness(time.span.start));
            if let Some(interval) = time.interval {
                said.entry(time.span).or_insert((weight, interval));
            }
        }
        let within_year = |(words, (weight, interval)): (Span, (f64, Interval))| {
            let (first, last) = (interval.earliest?, interval.latest?);
            let words = words.slice(&self.annotations.document.text);
            let named = if words.contains(&first.year().to_string()) { WITH_YEAR } else { 1.0 };
            (first.year() == last.year()).then_some((weight * named, first, last))
        };
        said.into_iter().filter_map(within_year).collect()
    }

    /// The city or region of the weightiest event that has one.
    fn place(&self, kind: EntityType) -> Option<String> {
        let places = self.events.iter().flat_map(|(_, _, event)| &event.arguments).map(|argument| argument.entity);
        let mut of_kind = places
            .map(|entity| &self.annotations.entities[entity])
            .filter(|entity| entity.kind == kind && entity.named);
        of_kind.next().map(|entity| entity.name.clone())
    }

    /// The country for which most speaks: where the events are, and what is named.
    fn country(&self) -> Option<String> {
        let country = |entity: usize| self.annotations.entities[entity].place.as_ref()?.country.as_deref();
        let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
        for mention in &self.annotations.mentions {
            if let Some(code) = mention.entity.and_then(country) {
                *weights.entry(code).or_default() += self.nearness(mention.span.start);
            }
        }
        for (weight, _, event) in &self.events {
            for code in event.arguments.iter().filter_map(|argument| country(argument.entity)) {
                *weights.entry(code).or_default() += SCENE * weight;
            }
        }
        let (code, _) = weights.into_iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
        let written = self.annotations.entities.iter().find(|entity| {
            entity.kind == EntityType::Country
                && entity.place.as_ref().is_some_and(|place| place.country.as_deref() == Some(code))
        });
        let listed = || Some(Gazetteer::embedded().by_key(&format!("country:{code}"))?.name);
        written.map(|entity| entity.name.clone()).or_else(listed)
    }
}

/// Those to whom an event happens.
fn patients(event: &Event) -> impl Iterator<Item = usize> + '_ {
    event.arguments.iter().filter(|argument| argument.role == "person").map(|argument| argument.entity)
}
