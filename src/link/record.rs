//! What linking knows of one entity of one document.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::key::{Link, LinkRule};
use crate::model::{Annotations, EntityType, Event, Gender, Modality, Polarity};

/// Most facts of a record: what an entity is said to share with others.
const MOST_FACTS: usize = 64;

/// In what an entity may agree with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactKind {
    /// A facility in the same event or relation.
    Site,
    /// A city, region or country in the same event or relation.
    Place,
    /// An organisation in the same event or relation.
    Body,
    /// Somebody with a full name in the same event or relation.
    Company,
    /// An occupation, a citizenship.
    Trait,
    /// What happened to it, and on which day.
    Event,
}

/// Something that a document says of an entity, as a value that another document may share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// In what.
    pub kind: FactKind,
    /// An IRI, a word in small letters, or an event's class and day.
    pub value: String,
}

/// One entity of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// IRI that it has in its document.
    pub local: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// What the IRI rests on.
    pub rule: LinkRule,
    /// Its names, the best first.
    pub names: Vec<String>,
    /// Where the words say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// First and last year in which it can be born.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<(i16, i16)>,
    /// First and last day on which it can have died.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died: Option<(Date, Date)>,
    /// What it may share with others, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// How many mentions it has.
    pub mentions: u32,
}

/// The records of a document: of every entity that has a name, in the order of [`Annotations::entities`], and of its
/// publisher.
///
/// ```
/// use isnad::{extract::Reader, link, model::Document};
/// let read = Reader::default().read(Document::from_text("t", "Ragheed al-Tatari was held at Sednaya Prison."));
/// let records = link::records(&read, &link::link(&read));
/// assert_eq!(records[0].names, ["Ragheed al-Tatari"]);
/// assert!(records[0].facts[0].value.contains("/facility/"));
/// ```
pub fn records(annotations: &Annotations, links: &[Link]) -> Vec<Record> {
    let mut facts: Vec<BTreeSet<Fact>> = vec![BTreeSet::new(); annotations.entities.len()];
    for event in annotations.events.iter().filter(|event| told_as_fact(event)) {
        let taking_part: BTreeSet<usize> = event.arguments.iter().map(|argument| argument.entity).collect();
        for &one in &taking_part {
            facts[one].extend(
                taking_part
                    .iter()
                    .filter(|&&other| other != one)
                    .filter_map(|&other| shared(annotations, links, other)),
            );
        }
        if let Some(day) = day(event) {
            for argument in event.arguments.iter().filter(|argument| argument.role == "person") {
                facts[argument.entity].insert(Fact { kind: FactKind::Event, value: format!("{} {day}", event.kind) });
            }
        }
    }
    for relation in &annotations.relations {
        if relation.polarity == Polarity::Positive && relation.kind != "possiblySameAs" {
            facts[relation.subject].extend(shared(annotations, links, relation.object));
            facts[relation.object].extend(shared(annotations, links, relation.subject));
        }
    }
    let mut counts = vec![0_u32; annotations.entities.len()];
    let mut genders: Vec<Option<Gender>> = vec![None; annotations.entities.len()];
    for mention in &annotations.mentions {
        if let Some(entity) = mention.entity {
            counts[entity] += 1;
            genders[entity] = genders[entity].or(mention.gender);
        }
    }
    let record = |index: usize| {
        let entity = &annotations.entities[index];
        let mut facts = facts[index].clone();
        for name in ["occupation", "nationality"] {
            let values = entity.attributes.get(name).into_iter().flatten();
            facts.extend(values.map(|(value, _)| Fact { kind: FactKind::Trait, value: value.to_lowercase() }));
        }
        let mut names = vec![entity.name.clone()];
        names.extend(entity.canonical.clone().filter(|name| *name != entity.name));
        names.extend(entity.aliases.iter().filter(|alias| **alias != entity.name).cloned());
        Record {
            local: links[index].iri.clone(),
            kind: entity.kind,
            rule: links[index].rule,
            names,
            gender: genders[index].filter(|_| entity.kind == EntityType::Person),
            born: born(annotations, index),
            died: died(annotations, index),
            facts: facts.into_iter().take(MOST_FACTS).collect(),
            mentions: counts[index],
        }
    };
    let named = (0..annotations.entities.len()).filter(|&index| annotations.entities[index].named);
    let mut records: Vec<Record> = named.map(record).collect();
    if let Some(publisher) = &annotations.document.publisher {
        let link = super::publisher(publisher);
        records.push(Record {
            local: link.iri,
            kind: EntityType::Organization,
            rule: link.rule,
            names: vec![publisher.clone()],
            gender: None,
            born: None,
            died: None,
            facts: Vec::new(),
            mentions: 0,
        });
    }
    records
}

fn told_as_fact(event: &Event) -> bool {
    event.polarity == Polarity::Positive && matches!(event.modality, Modality::Actual | Modality::ReportedDoubtful)
}

/// What somebody who took part in something with an entity shares through it; none where that is found in one document
/// alone.
fn shared(annotations: &Annotations, links: &[Link], entity: usize) -> Option<Fact> {
    let kind = match annotations.entities[entity].kind {
        EntityType::Facility => FactKind::Site,
        EntityType::City | EntityType::Region | EntityType::Country | EntityType::Place => FactKind::Place,
        EntityType::Organization => FactKind::Body,
        EntityType::Person => FactKind::Company,
        EntityType::Nationality => FactKind::Trait,
        _ => return None,
    };
    (links[entity].rule != LinkRule::Document).then(|| Fact { kind, value: links[entity].iri.clone() })
}

/// The day of an event, where the words tell one.
fn day(event: &Event) -> Option<Date> {
    let (interval, Some(_)) = event.time? else { return None };
    interval.earliest.filter(|earliest| interval.latest == Some(*earliest))
}

/// The years of birth that stated ages leave, with a year for when they were told.
fn born(annotations: &Annotations, entity: usize) -> Option<(i16, i16)> {
    let published = annotations.document.published?;
    let (first, last) = (published.earliest.or(published.latest)?.year(), published.latest?.year());
    let ages = annotations.entities[entity].attributes.get("age")?;
    let ages = ages.iter().filter_map(|(age, _)| age.parse::<i16>().ok()).filter(|age| (0..=130).contains(age));
    ages.map(|age| (first - age - 1, last - age)).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// The days on which it can have died by what the document says happened.
fn died(annotations: &Annotations, entity: usize) -> Option<(Date, Date)> {
    let fatal = |event: &&Event| {
        matches!(event.kind.as_str(), "Death" | "Killing" | "Execution")
            && event.polarity == Polarity::Positive
            && event.modality == Modality::Actual
            && event.arguments.iter().any(|argument| argument.role == "person" && argument.entity == entity)
    };
    annotations.events.iter().filter(fatal).find_map(|event| {
        let (interval, Some(_)) = event.time? else { return None };
        Some((interval.earliest?, interval.latest?))
    })
}
