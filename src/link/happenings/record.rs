//! What is kept of the events of a document to tell which happenings they are accounts of.

use jiff::civil::Date;
use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};

use super::super::key::Link;
use super::rules::Rules;
use crate::gazetteer::Gazetteer;
use crate::model::{Annotations, EntityType, Event, Modality, Polarity};
use crate::text::fold;

/// The role under which a name in what something is called stands among fillers.
pub(super) const WORD: &str = "word";
/// Letters of such a name.
const LEAST: usize = 4;

/// One event that a document says happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRecord {
    /// IRI of its node.
    pub node: String,
    /// Local name of its class.
    pub kind: String,
    /// Role and IRI in the document of everything with a name that takes part, in order; and, where the kind is known by
    /// them, names in what takes part ("the Assad regime").
    pub fillers: Vec<(String, String)>,
    /// First and last day, where the document tells both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<(Date, Date)>,
}

/// The events that the document says happened and that somebody or something with a name takes part in; `links` and
/// `nodes` are those of its entities and events.
///
/// ```
/// use isnad::{extract::Reader, link::{self, happenings}, model::Document};
/// use oxigraph::model::NamedNode;
/// let text = "Rebels captured Hama on 5 December 2024. Omar Saleh was never arrested.";
/// let read = Reader::default().read(Document::from_text("t", text));
/// let links = link::link(&read);
/// let nodes = [NamedNode::new("urn:one")?, NamedNode::new("urn:two")?];
/// let records = happenings::records(&read, &links, &nodes);
/// assert_eq!(records.iter().map(|record| record.kind.as_str()).collect::<Vec<_>>(), ["Capture"]);
/// assert_eq!(records[0].days.map(|(first, _)| first.to_string()).as_deref(), Some("2024-12-05"));
/// # Ok::<(), oxigraph::model::IriParseError>(())
/// ```
pub fn records(annotations: &Annotations, links: &[Link], nodes: &[NamedNode]) -> Vec<EventRecord> {
    let mut records: Vec<EventRecord> = Vec::new();
    for (event, node) in annotations.events.iter().zip(nodes) {
        if event.polarity != Polarity::Positive || event.modality != Modality::Actual {
            continue;
        }
        let named = event.arguments.iter().filter(|argument| annotations.entities[argument.entity].named);
        let fillers = named.map(|argument| (argument.role.clone(), links[argument.entity].iri.clone()));
        let fillers = fillers.chain(words(annotations, event));
        let days = event.time.and_then(|(interval, _)| interval.earliest.zip(interval.latest));
        // Every telling of one happening in the document speaks of one node.
        let at = records.iter().position(|record| record.node == node.as_str()).unwrap_or_else(|| {
            records.push(EventRecord {
                node: node.as_str().to_owned(),
                kind: event.kind.clone(),
                fillers: Vec::new(),
                days: None,
            });
            records.len() - 1
        });
        records[at].fillers.extend(fillers);
        records[at].days = records[at].days.or(days);
    }
    for record in &mut records {
        record.fillers.sort();
        record.fillers.dedup();
    }
    records.retain(|record| !record.fillers.is_empty());
    records
}

/// Names in what fills the roles that a kind of happening is known by, as they are folded, without doubled letters. Names of
/// peoples are none: a country has had more than one government.
fn words<'a>(annotations: &'a Annotations, event: &'a Event) -> impl Iterator<Item = (String, String)> + 'a {
    let rules = Rules::embedded();
    let roles: &'static [String] = rules.of(&event.kind).map_or(&[], |rule| &rules.list[rule].words);
    let called = event.arguments.iter().filter(move |argument| roles.contains(&argument.role));
    let words = called.flat_map(|argument| annotations.entities[argument.entity].name.split_whitespace());
    words.filter_map(|word| {
        let name = word.starts_with(char::is_uppercase).then(|| word.split(['\'', '’']).next().unwrap_or(word))?;
        let of_people =
            || Gazetteer::embedded().lookup(name).iter().any(|hit| hit.entry.kind == EntityType::Nationality);
        let mut letters: Vec<char> = fold(name).chars().collect();
        letters.dedup();
        (name.chars().count() >= LEAST && !of_people()).then(|| (WORD.to_owned(), letters.into_iter().collect()))
    })
}
