//! GeoJSON (RFC 7946): places, facilities, and events where they happened.

use std::io::{self, Write};

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use serde_json::{Map, Value, json};

use crate::graph::{Category, KnowledgeGraph, Node, Status};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{local_name, property};

/// Writes a collection of points, longitude before latitude.
///
/// `precision` says what a point is: `site` for a facility, `place` for a settlement, `area` for the middle of a region
/// or country. An event has the position of the most exact place among its roles, and `positionOf` names it; others that
/// are as exact are in `orAt`. What is not the one site itself is `approximate`.
///
/// # Errors
/// Those of `out`.
///
/// ```
/// use isnad::{export::geojson, graph::KnowledgeGraph};
/// let mut text = Vec::new();
/// geojson::write(&KnowledgeGraph::new(), &mut text)?;
/// assert_eq!(String::from_utf8_lossy(&text), "{\"type\":\"FeatureCollection\",\"features\":[\n\n]}\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    let mut first = true;
    for index in graph.node_indices() {
        let Some(feature) = feature(graph, index) else { continue };
        let separator = if std::mem::take(&mut first) { "" } else { ",\n" };
        write!(out, "{separator}{feature}")?;
    }
    writeln!(out, "\n]}}")
}

fn feature(graph: &KnowledgeGraph, index: NodeIndex) -> Option<Value> {
    let node = &graph[index];
    let mut properties = Map::new();
    let ((longitude, latitude), precision) = if node.category == Category::Event {
        let (place, status, others) = scene(graph, index)?;
        properties.insert("positionOf".into(), json!(place.label));
        if !others.is_empty() {
            properties.insert("orAt".into(), json!(others));
        }
        properties.insert("status".into(), json!(status.as_str()));
        let mut people: Vec<&str> = graph
            .edges_directed(index, Direction::Outgoing)
            .map(|edge| &graph[edge.target()])
            .filter(|node| matches!(node.category, Category::Person | Category::Group))
            .map(|node| node.label.as_str())
            .collect();
        people.sort_unstable();
        people.dedup();
        properties.insert("people".into(), json!(people));
        (position(place)?, precision(place))
    } else {
        (position(node)?, precision(node))
    };
    properties.insert("label".into(), json!(node.label));
    properties.insert("class".into(), json!(node.class));
    properties.insert("category".into(), json!(node.category.as_str()));
    properties.insert("precision".into(), json!(precision));
    let approximate = precision != "site" || properties.contains_key("orAt");
    properties.insert("approximate".into(), json!(approximate));
    for (name, value) in [("earliest", &node.earliest), ("latest", &node.latest)] {
        if let Some(value) = value {
            properties.insert(name.into(), json!(value));
        }
    }
    if !node.aliases.is_empty() {
        properties.insert("otherNames".into(), json!(node.aliases));
    }
    Some(json!({
        "type": "Feature",
        "id": node.iri,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": properties,
    }))
}

/// The most exact place that an event has by one of its roles, how that is said, and other places as good.
fn scene(graph: &KnowledgeGraph, event: NodeIndex) -> Option<(&Node, Status, Vec<&str>)> {
    let role = |predicate: &str| {
        [property::FACILITY, property::PLACE, property::ORIGIN, property::DESTINATION, property::TARGET]
            .iter()
            .position(|role| local_name(*role) == Some(predicate))
    };
    let mut places: Vec<_> = graph
        .edges_directed(event, Direction::Outgoing)
        .filter_map(|edge| {
            let place = &graph[edge.target()];
            position(place)?;
            Some(((exactness(place), role(&edge.weight().predicate)?, &place.iri), place, edge.weight().status))
        })
        .collect();
    places.sort_by_key(|(key, ..)| *key);
    places.dedup_by_key(|((.., iri), ..)| *iri);
    let ((exact, role, _), place, status) = places.first()?;
    let as_good = places.iter().skip(1).filter(|((other, as_role, _), ..)| (other, as_role) == (exact, role));
    Some((place, *status, as_good.map(|(_, place, _)| place.label.as_str()).collect()))
}

/// Degrees east and north, if they are any.
fn position(node: &Node) -> Option<(f64, f64)> {
    let (longitude, latitude) = (node.longitude?, node.latitude?);
    (longitude.abs() <= 180.0 && latitude.abs() <= 90.0).then_some((longitude, latitude))
}

fn exactness(node: &Node) -> usize {
    let is = |class: &str| Schema::embedded().is_subclass(&node.class, class);
    match () {
        () if is("Facility") => 0,
        () if is("Region") || is("Country") => 2,
        () => 1,
    }
}

fn precision(node: &Node) -> &'static str {
    ["site", "place", "area"][exactness(node)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{hostile, text};
    use crate::graph::Edge;

    #[test]
    fn events_stand_where_they_happened() {
        let mut graph = KnowledgeGraph::new();
        let event = graph.add_node(Node::new("urn:e", "release", "Release", Category::Event));
        let add = |graph: &mut KnowledgeGraph, iri: &str, class: &str, category, at: Option<(f64, f64)>| {
            let mut node = Node::new(iri, iri, class, category);
            (node.longitude, node.latitude) = (at.map(|at| at.0), at.map(|at| at.1));
            graph.add_node(node)
        };
        let country = add(&mut graph, "urn:c", "Country", Category::Location, Some((38.0, 35.0)));
        let city = add(&mut graph, "urn:t", "City", Category::Location, Some((36.3, 33.5)));
        let prison = add(&mut graph, "urn:p", "Prison", Category::Facility, None);
        for (place, role) in [(country, "place"), (city, "origin"), (prison, "facility")] {
            graph.add_edge(event, place, Edge::new(role, role, Status::Fact));
        }
        let found = feature(&graph, event).expect("it has a place");
        assert_eq!(found["geometry"]["coordinates"], json!([36.3, 33.5]));
        assert_eq!(found["properties"]["positionOf"], json!("urn:t"));
        assert_eq!(found["properties"]["approximate"], json!(true));
        assert_eq!(feature(&graph, prison), None);
    }

    #[test]
    fn numbers_that_are_no_position_are_left_out() {
        let written = text(|out| write(&hostile(), out));
        let parsed: Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(parsed["features"], json!([]));
    }
}
