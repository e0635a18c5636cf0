//! Tables that people open: what is said, of whom, where, and by whom.

use std::collections::BTreeMap;

use oxigraph::model::{Quad, Term};
use petgraph::Direction;
use petgraph::visit::EdgeRef;

use super::{Cell, Table};
use crate::export::records::{Records, local, notation, words};
use crate::graph::{self, Category, KnowledgeGraph, View};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{property, schema};
use oxigraph::model::vocab::rdf;

/// Between several values in one cell.
const BETWEEN: &str = "; ";

/// The tables `entities`, `events`, `relations`, `claims`, `figures` and `sources`.
pub fn spreadsheet(quads: &[Quad]) -> Vec<Table> {
    let graph = graph::build(quads, View::Whole);
    let records = Records::read(quads);
    vec![entities(&graph), events(&graph), relations(&graph), claims(&records), figures(&records), sources(&records)]
}

fn table(name: &'static str, header: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { name, header: header.iter().map(|name| (*name).to_owned()).collect(), rows, marked: true }
}

fn entities(graph: &KnowledgeGraph) -> Table {
    let header = ["iri", "label", "class", "category", "other names", "latitude", "longitude", "details"];
    let rows = graph.node_weights().filter(|node| node.category != Category::Event).map(|node| {
        let details: Vec<_> = node.details.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        vec![
            Cell::text(&node.iri),
            Cell::text(&node.label),
            Cell::text(&node.class),
            Cell::text(node.category.as_str()),
            Cell::text(node.aliases.join(BETWEEN)),
            node.latitude.map_or(Cell::text(""), Cell::number),
            node.longitude.map_or(Cell::text(""), Cell::number),
            Cell::text(details.join(BETWEEN)),
        ]
    });
    table("entities.csv", &header, rows.collect())
}

/// Every event with a column for each role that any event has.
fn events(graph: &KnowledgeGraph) -> Table {
    let roles: Vec<&str> = Schema::embedded().roles().filter(|role| !role.grouping).map(|role| &*role.name).collect();
    let mut header = vec!["iri", "class", "status", "earliest", "latest", "details"];
    header.extend(&roles);
    let rows = graph.node_indices().filter(|index| graph[*index].category == Category::Event).map(|index| {
        let node = &graph[index];
        let mut filled: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut status = None;
        for edge in graph.edges_directed(index, Direction::Outgoing) {
            filled.entry(&edge.weight().predicate).or_default().push(&graph[edge.target()].label);
            status = status.max(Some(edge.weight().status));
        }
        let details: Vec<_> = node.details.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let mut row = vec![
            Cell::text(&node.iri),
            Cell::text(&node.class),
            Cell::text(status.map_or("", |status| status.as_str())),
            Cell::text(node.earliest.as_deref().unwrap_or_default()),
            Cell::text(node.latest.as_deref().unwrap_or_default()),
            Cell::text(details.join(BETWEEN)),
        ];
        row.extend(roles.iter().map(|role| Cell::text(filled.remove(role).unwrap_or_default().join(BETWEEN))));
        row
    });
    table("events.csv", &header, rows.collect())
}

fn relations(graph: &KnowledgeGraph) -> Table {
    let header = [
        "subject",
        "subject label",
        "relation",
        "object",
        "object label",
        "status",
        "earliest",
        "latest",
        "confidence",
        "passages",
        "quote",
        "document",
        "said by",
    ];
    let rows = graph.edge_references().map(|edge| {
        let (weight, best) = (edge.weight(), edge.weight().evidence.first());
        let (source, target) = (&graph[edge.source()], &graph[edge.target()]);
        vec![
            Cell::text(&source.iri),
            Cell::text(&source.label),
            Cell::text(&weight.predicate),
            Cell::text(&target.iri),
            Cell::text(&target.label),
            Cell::text(weight.status.as_str()),
            Cell::text(weight.earliest.as_deref().unwrap_or_default()),
            Cell::text(weight.latest.as_deref().unwrap_or_default()),
            Cell::number(weight.confidence()),
            Cell::number(weight.evidence.len()),
            Cell::text(best.map_or("", |best| &best.quote)),
            Cell::text(best.map_or("", |best| &best.document)),
            Cell::text(best.map(|best| best.said_by.join(" ← ")).unwrap_or_default()),
        ]
    });
    table("relations.csv", &header, rows.collect())
}

fn claims(records: &Records<'_>) -> Table {
    let header = [
        "iri",
        "subject",
        "subject label",
        "predicate",
        "object",
        "object label",
        "accepted",
        "polarity",
        "modality",
        "confidence",
        "rule",
        "quote",
        "start",
        "end",
        "document",
        "document title",
        "said by",
    ];
    let rows = records.of_kind("claim").map(|claim| {
        let subject = records.text(claim, rdf::SUBJECT.as_str());
        let predicate = records.text(claim, rdf::PREDICATE.as_str());
        let object = records.all(claim, rdf::OBJECT.as_str()).first().copied();
        let label = match object {
            Some(Term::NamedNode(node)) => records.label(node.as_str()),
            _ => String::new(),
        };
        let accepted = object.is_some_and(|object| records.is_fact(subject, predicate, object));
        let (document, start, end, quote) = records.evidence(claim);
        vec![
            Cell::text(claim),
            Cell::text(subject),
            Cell::text(records.label(subject)),
            Cell::text(local(predicate)),
            Cell::text(object.map_or("", words)),
            Cell::text(label),
            Cell::text(if accepted { "yes" } else { "no" }),
            Cell::text(notation(records.text(claim, property::POLARITY.as_str()))),
            Cell::text(notation(records.text(claim, property::MODALITY.as_str()))),
            Cell::number(records.text(claim, property::CONFIDENCE.as_str())),
            Cell::text(records.text(claim, property::RULE.as_str())),
            Cell::text(quote),
            Cell::number(start),
            Cell::number(end),
            Cell::text(document),
            Cell::text(records.title(document)),
            Cell::text(records.said_by(claim)),
        ]
    });
    table("claims.csv", &header, rows.collect())
}

fn figures(records: &Records<'_>) -> Table {
    let header = [
        "iri",
        "value",
        "upper value",
        "bound",
        "unit",
        "text",
        "counted",
        "rate",
        "period earliest",
        "period latest",
        "place",
        "quote",
        "document",
        "document title",
        "said by",
    ];
    let rows = records.of_kind("figure").map(|figure| {
        let counted: Vec<&str> = records.texts(figure, property::COUNTED.as_str()).into_iter().map(local).collect();
        let place = records.text(figure, property::FIGURE_PLACE.as_str());
        let (document, _, _, quote) = records.evidence(figure);
        vec![
            Cell::text(figure),
            Cell::number(records.text(figure, property::VALUE.as_str())),
            Cell::number(records.text(figure, property::UPPER_VALUE.as_str())),
            Cell::text(notation(records.text(figure, property::BOUND.as_str()))),
            Cell::text(records.text(figure, property::UNIT.as_str())),
            Cell::text(records.text(figure, property::TEXT.as_str())),
            Cell::text(counted.join(BETWEEN)),
            Cell::text(notation(records.text(figure, property::RATE.as_str()))),
            Cell::text(records.text(figure, property::PERIOD_EARLIEST.as_str())),
            Cell::text(records.text(figure, property::PERIOD_LATEST.as_str())),
            Cell::text(if place.is_empty() { String::new() } else { records.label(place) }),
            Cell::text(quote),
            Cell::text(document),
            Cell::text(records.title(document)),
            Cell::text(records.said_by(figure)),
        ]
    });
    table("figures.csv", &header, rows.collect())
}

fn sources(records: &Records<'_>) -> Table {
    let header =
        ["iri", "title", "publisher", "published earliest", "published latest", "language", "url", "path", "sha256"];
    let rows = records.of_kind("document").map(|document| {
        let url = records.text(document, schema::URL.as_str());
        vec![
            Cell::text(document),
            Cell::text(records.title(document)),
            Cell::text(records.text(document, property::PUBLISHER_NAME.as_str())),
            Cell::text(records.text(document, property::PUBLISHED_EARLIEST.as_str())),
            Cell::text(records.text(document, property::PUBLISHED_LATEST.as_str())),
            Cell::text(records.text(document, schema::IN_LANGUAGE.as_str())),
            Cell::text(url),
            Cell::text(records.texts(document, property::SOURCE_PATH.as_str()).join(BETWEEN)),
            Cell::text(records.text(document, property::SHA256.as_str())),
        ]
    });
    table("sources.csv", &header, rows.collect())
}
