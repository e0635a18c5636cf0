//! FollowTheMoney entities, a line of JSON each, for Aleph, OpenAleph and nomenklatura.
//!
//! What the schemata cannot say is not bent to fit: an event that is denied, doubted or planned has nobody involved, only
//! links with that status; a day that is known within bounds only stands in the summary.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::LazyLock;

use oxigraph::model::Quad;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use serde::Deserialize;
use serde_json::json;

use super::describe::dates;
use super::records::{Records, local};
use crate::claims::iri;
use crate::graph::{self, Category, Edge, KnowledgeGraph, Node, Status, View, display_text};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{ID_NAMESPACE, NAMESPACE, property, schema};

/// Longest values of FollowTheMoney's types, in characters.
const NAME: usize = 384;
const STRING: usize = 1024;
const TEXT: usize = 65_000;

static MAPPING: LazyLock<Mapping> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/export/followthemoney.toml")).expect("a test reads the mapping")
});

#[derive(Debug, Deserialize)]
struct Mapping {
    classes: BTreeMap<String, String>,
    above: BTreeMap<String, Vec<String>>,
    relations: BTreeMap<String, Relation>,
    details: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Relation {
    schema: String,
    source: (String, String),
    target: (String, String),
    label: Option<String>,
}

impl Mapping {
    /// The schema of a class; `Thing` has no concrete meaning, so that a class without one is left out.
    fn schema(&self, class: &str) -> Option<&str> {
        let above = Schema::embedded().superclasses(class);
        std::iter::once(class).chain(above).find_map(|class| self.classes.get(class)).map(String::as_str)
    }

    fn is(&self, schema: &str, wanted: &str) -> bool {
        schema == wanted || self.above.get(schema).is_some_and(|above| above.iter().any(|one| one == wanted))
    }
}

/// Writes documents, entities, events and the links between them; each link with its words, document and source.
///
/// # Errors
/// Those of `out`.
pub fn write(quads: &[Quad], out: &mut dyn Write) -> io::Result<()> {
    let graph = graph::build(quads, View::Whole);
    let records = Records::read(quads);
    let mut mentioned: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for document in records.of_kind("document") {
        self::document(&records, document).write(out)?;
        for entity in records.texts(document, schema::MENTIONS.as_str()) {
            mentioned.entry(entity).or_default().insert(document);
        }
    }
    for index in graph.node_indices() {
        let node = &graph[index];
        let Some(schema) = MAPPING.schema(&node.class) else { continue };
        let mut entity = thing(node, schema, &records);
        for document in mentioned.get(node.iri.as_str()).into_iter().flatten() {
            entity.add("proof", &id(document), STRING);
        }
        if node.category == Category::Event {
            event(&graph, index, &mut entity, &records);
        }
        entity.write(out)?;
    }
    for edge in graph.edge_references() {
        if let Some(link) = link(&graph[edge.source()], edge.weight(), &graph[edge.target()]) {
            link.write(out)?;
        }
    }
    out.flush()
}

/// An entity on its way out.
struct Entity {
    id: String,
    schema: String,
    properties: BTreeMap<String, BTreeSet<String>>,
}

impl Entity {
    fn new(id: String, schema: &str) -> Self {
        Self { id, schema: schema.to_owned(), properties: BTreeMap::new() }
    }

    /// Adds a value, cleaned and cut to what the type holds; nothing where there is none.
    fn add(&mut self, property: &str, value: &str, longest: usize) {
        let shown = display_text(value);
        let value: String = shown.chars().take(longest).collect();
        if !value.trim().is_empty() {
            self.properties.entry(property.to_owned()).or_default().insert(value.trim().to_owned());
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", json!({"id": self.id, "schema": self.schema, "properties": self.properties}))
    }
}

/// An id as FollowTheMoney wants it: letters, digits, dots and hyphens.
fn id(iri: &str) -> String {
    let rest = iri.strip_prefix(ID_NAMESPACE).unwrap_or_default();
    let plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'/'));
    let joined = rest.replace('/', "-");
    let ends = |end: Option<char>| end.is_some_and(|letter| letter.is_ascii_alphanumeric());
    if plain && joined.len() <= 128 && ends(joined.chars().next()) && ends(joined.chars().last()) {
        joined
    } else {
        format!("iri-{}", hash(&[iri]))
    }
}

fn hash(parts: &[&str]) -> String {
    crate::model::hex(&iri::digest(parts)[..10])
}

fn document(records: &Records<'_>, document: &str) -> Entity {
    let mut entity = Entity::new(id(document), "Article");
    let text = |predicate: &str| records.text(document, predicate).to_owned();
    let path = text(property::SOURCE_PATH.as_str());
    let headline = text(schema::HEADLINE.as_str());
    entity.add("title", &headline, STRING);
    entity.add("name", if headline.is_empty() { &path } else { &headline }, NAME);
    entity.add("fileName", &path, STRING);
    entity.add("publisher", &text(property::PUBLISHER_NAME.as_str()), STRING);
    add_day(
        &mut entity,
        "publishedAt",
        &text(property::PUBLISHED_EARLIEST.as_str()),
        &text(property::PUBLISHED_LATEST.as_str()),
    );
    let url = text(schema::URL.as_str());
    if url.starts_with("http://") || url.starts_with("https://") {
        entity.add("sourceUrl", &url, 4096);
    }
    entity
}

/// A day, month or year, if both bounds lie in the same.
fn add_day(entity: &mut Entity, name: &str, earliest: &str, latest: &str) {
    let common = [10, 7, 4].into_iter().find_map(|length| {
        let (one, other) = (earliest.get(..length)?, latest.get(..length)?);
        (one == other).then_some(one)
    });
    if let Some(day) = common {
        entity.add(name, day, 32);
    }
}

fn thing(node: &Node, schema: &str, records: &Records<'_>) -> Entity {
    let mut entity = Entity::new(id(&node.iri), schema);
    let label = if display_text(&node.label).is_empty() { &node.class } else { &node.label };
    entity.add("name", label, NAME);
    for alias in &node.aliases {
        entity.add("alias", alias, NAME);
    }
    if schema == "Person" {
        for (own, theirs) in &MAPPING.details {
            for value in records.texts(&node.iri, &format!("{NAMESPACE}{own}")) {
                entity.add(theirs, value, STRING);
            }
        }
    }
    if schema == "Address" {
        entity.add("full", label, 250);
        let degrees = |value: Option<f64>| value.filter(|value| value.is_finite()).map(|value| value.to_string());
        for (name, value) in [("latitude", degrees(node.latitude)), ("longitude", degrees(node.longitude))] {
            entity.add(name, &value.unwrap_or_default(), 250);
        }
    }
    // The gazetteer's id of a country is its ISO code.
    if node.class == "Country" && local(&node.iri).len() == 2 {
        entity.add("country", &local(&node.iri).to_ascii_lowercase(), 16);
    }
    entity.add("keywords", &node.class, STRING);
    entity
}

fn event(graph: &KnowledgeGraph, index: NodeIndex, entity: &mut Entity, records: &Records<'_>) {
    let node = &graph[index];
    let (earliest, latest) = (node.earliest.as_deref().unwrap_or_default(), node.latest.as_deref().unwrap_or_default());
    add_day(entity, "date", earliest, latest);
    entity.add("summary", &dates(node).unwrap_or_default(), TEXT);
    for document in records.texts(&node.iri, property::ACCOUNT.as_str()) {
        entity.add("proof", &id(document), STRING);
    }
    for edge in graph.edges_directed(index, Direction::Outgoing) {
        let (status, other) = (edge.weight().status, &graph[edge.target()]);
        if status != Status::Fact {
            entity.add("keywords", status.as_str(), STRING);
            continue;
        }
        let Some(schema) = MAPPING.schema(&other.class) else { continue };
        if MAPPING.is(schema, "LegalEntity") {
            entity.add("involved", &id(&other.iri), STRING);
        } else if schema == "Address" {
            entity.add("addressEntity", &id(&other.iri), STRING);
            entity.add("location", &other.label, 250);
        }
    }
}

fn link(source: &Node, edge: &Edge, target: &Node) -> Option<Entity> {
    let (from, to) = (MAPPING.schema(&source.class)?, MAPPING.schema(&target.class)?);
    let known = MAPPING.relations.get(&edge.predicate).filter(|relation| {
        edge.status == Status::Fact && MAPPING.is(from, &relation.source.1) && MAPPING.is(to, &relation.target.1)
    });
    let own = format!("link-{}", hash(&[&source.iri, &edge.predicate, &target.iri, edge.status.as_str()]));
    let mut link = match known {
        Some(relation) => {
            let mut link = Entity::new(own, &relation.schema);
            link.add(&relation.source.0, &id(&source.iri), STRING);
            link.add(&relation.target.0, &id(&target.iri), STRING);
            link.add(relation.label.as_deref().unwrap_or("role"), &edge.label, STRING);
            link
        }
        None => {
            let mut link = Entity::new(own, "UnknownLink");
            link.add("subject", &id(&source.iri), STRING);
            link.add("object", &id(&target.iri), STRING);
            link.add("role", &super::describe::edge_label(edge), STRING);
            link.add("status", edge.status.as_str(), STRING);
            link
        }
    };
    let (earliest, latest) = (edge.earliest.as_deref().unwrap_or_default(), edge.latest.as_deref().unwrap_or_default());
    add_day(&mut link, "date", earliest, latest);
    for evidence in &edge.evidence {
        let said = if evidence.said_by.is_empty() {
            String::new()
        } else {
            format!(" ← {}", evidence.said_by.join(" ← "))
        };
        link.add("description", &format!("“{}” {}{said}", evidence.quote, evidence.document), TEXT);
        link.add("publisher", evidence.publisher.as_deref().unwrap_or_default(), STRING);
    }
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mapping_names_what_there_is() {
        let schema = Schema::embedded();
        for class in MAPPING.classes.keys() {
            assert!(schema.class(class).is_some(), "{class}");
        }
        for name in MAPPING.relations.keys().chain(MAPPING.details.keys()) {
            assert!(schema.property(name).is_some(), "{name}");
        }
        assert_eq!(MAPPING.schema("Prison"), Some("Address"));
        assert_eq!(MAPPING.schema("StateBody"), Some("PublicBody"));
        assert_eq!(MAPPING.schema("Release"), Some("Event"));
        assert_eq!(MAPPING.schema("Law"), None);
    }

    #[test]
    fn ids_are_letters_digits_and_hyphens() {
        assert_eq!(id("https://w3id.org/isnad/id/city/geonames-1"), "city-geonames-1");
        for iri in
            ["urn:x", "https://w3id.org/isnad/id/a_b", "https://w3id.org/isnad/id/", "https://w3id.org/isnad/id/é"]
        {
            assert!(id(iri).starts_with("iri-"), "{}", id(iri));
        }
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }

    #[test]
    fn days_are_as_exact_as_they_are() {
        for (earliest, latest, expected) in [
            ("2024-12-08", "2024-12-08", Some("2024-12-08")),
            ("2024-12-01", "2024-12-31", Some("2024-12")),
            ("2024-01-01", "2024-12-31", Some("2024")),
            ("2023-01-01", "2024-12-31", None),
            ("", "2024-12-31", None),
        ] {
            let mut entity = Entity::new("x".into(), "Event");
            add_day(&mut entity, "date", earliest, latest);
            assert_eq!(entity.properties.get("date").and_then(|days| days.first()).map(String::as_str), expected);
        }
    }
}
