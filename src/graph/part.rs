//! Which part of a graph is meant, and what belongs to it.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Category, KnowledgeGraph, View, build, neighbourhood, quads_about};
use crate::model::Period;
use crate::ontology::Schema;
use crate::ontology::vocabulary::{local_name, property};

/// What a part is chosen by. Where several are given, the part is what all of them choose.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// IRIs of documents: what they say, and the facts that they support.
    pub sources: Vec<String>,
    /// IRI of an entity, and how many steps around it.
    pub root: Option<(String, usize)>,
    /// Local names of classes: their nodes, those of the classes below, and what is joined to them.
    pub classes: Vec<String>,
    /// IRIs of places: what lies in them, and what is joined to that.
    pub places: Vec<String>,
    /// First and last day: events and statements of that time, and who takes part.
    pub period: Option<Period>,
    /// IRIs of answers.
    pub answers: Option<BTreeSet<String>>,
}

impl Selection {
    /// Whether nothing is chosen, which means everything.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// The quads of the part, in the order they are given; none if there is no such part.
    pub fn part(&self, quads: Vec<Quad>) -> Vec<Quad> {
        let quads = if self.sources.is_empty() { quads } else { said_by(quads, &self.sources) };
        if (Self { sources: Vec::new(), ..self.clone() }).is_everything() {
            return quads;
        }
        let chosen = self.chosen(&build(&quads, View::Whole));
        if chosen.is_empty() { Vec::new() } else { quads_about(&quads, &chosen) }
    }

    /// IRIs of the nodes that are chosen by all that is asked for.
    fn chosen(&self, graph: &KnowledgeGraph) -> BTreeSet<String> {
        let mut sets: Vec<BTreeSet<String>> = Vec::new();
        let index = |iri: &str| graph.node_indices().find(|index| graph[*index].iri == iri);
        if let Some((root, depth)) = &self.root {
            let near = index(root).map(|root| neighbourhood(graph, root, *depth));
            sets.push(near.iter().flat_map(|near| near.node_weights()).map(|node| node.iri.clone()).collect());
        }
        if !self.classes.is_empty() {
            let schema = Schema::embedded();
            let of_class = |class: &str| self.classes.iter().any(|wanted| schema.is_subclass(class, wanted));
            sets.push(with_neighbours(graph, graph.node_indices().filter(|index| of_class(&graph[*index].class))));
        }
        if !self.places.is_empty() {
            sets.push(with_neighbours(graph, inside(graph, self.places.iter().filter_map(|place| index(place)))));
        }
        if let Some(period) = self.period {
            sets.push(during(graph, period));
        }
        if let Some(answers) = &self.answers {
            let known = graph.node_weights().map(|node| &node.iri).filter(|iri| answers.contains(*iri));
            sets.push(known.cloned().collect());
        }
        let common = sets.into_iter().reduce(|one, other| one.intersection(&other).cloned().collect());
        common.unwrap_or_default()
    }
}

fn with_neighbours(graph: &KnowledgeGraph, nodes: impl IntoIterator<Item = NodeIndex>) -> BTreeSet<String> {
    let around = |node| std::iter::once(node).chain(graph.neighbors_undirected(node));
    nodes.into_iter().flat_map(around).map(|node| graph[node].iri.clone()).collect()
}

/// Places, and all that is located in them.
fn inside(graph: &KnowledgeGraph, places: impl Iterator<Item = NodeIndex>) -> HashSet<NodeIndex> {
    let mut pending: Vec<NodeIndex> = places.collect();
    let mut inside: HashSet<NodeIndex> = pending.iter().copied().collect();
    while let Some(place) = pending.pop() {
        for edge in graph.edges_directed(place, petgraph::Direction::Incoming) {
            let located = local_name(property::LOCATED_IN) == Some(&edge.weight().predicate);
            if located && inside.insert(edge.source()) {
                pending.push(edge.source());
            }
        }
    }
    inside
}

/// Events and statements of a time, with all who take part. What is known on one side only counts as of that day.
fn during(graph: &KnowledgeGraph, period: Period) -> BTreeSet<String> {
    let overlaps = |from: Option<&str>, to: Option<&str>| {
        let day = |text: Option<&str>| text.and_then(|text| text.parse::<Date>().ok());
        // What is known of one end only is taken to be that day.
        match (day(from), day(to)) {
            (None, None) => false,
            (from, to) => period.may_hold(from.or(to), to.or(from)),
        }
    };
    let events = graph.node_indices().filter(|index| {
        let node = &graph[*index];
        node.category == Category::Event && overlaps(node.earliest.as_deref(), node.latest.as_deref())
    });
    let mut chosen = with_neighbours(graph, events);
    for edge in graph.edge_references() {
        if overlaps(edge.weight().earliest.as_deref(), edge.weight().latest.as_deref()) {
            chosen.extend([edge.source(), edge.target()].map(|end| graph[end].iri.clone()));
        }
    }
    chosen
}

/// The graphs of documents, and the facts that follow from what they say.
fn said_by(quads: Vec<Quad>, documents: &[String]) -> Vec<Quad> {
    let wanted = |graph: &str| documents.iter().any(|document| document == graph);
    let keep: Vec<bool> = {
        let said = Said::by(&quads, wanted);
        let in_graph = |quad: &Quad| matches!(&quad.graph_name, GraphName::NamedNode(name) if wanted(name.as_str()));
        quads.iter().map(|quad| in_graph(quad) || said.supports(quad)).collect()
    };
    quads.into_iter().zip(keep).filter_map(|(quad, keep)| keep.then_some(quad)).collect()
}

/// What some documents say: plainly, and by the claims in their graphs.
pub(crate) struct Said<'a> {
    subjects: HashSet<&'a str>,
    triples: HashSet<(&'a str, &'a str, &'a Term)>,
}

impl<'a> Said<'a> {
    /// What the graphs with these names say.
    pub fn by(quads: &'a [Quad], wanted: impl Fn(&str) -> bool) -> Self {
        let mut said = Self { subjects: HashSet::new(), triples: HashSet::new() };
        let mut claims: HashMap<&str, [Option<&Term>; 3]> = HashMap::new();
        for quad in quads {
            let (NamedOrBlankNode::NamedNode(subject), GraphName::NamedNode(graph)) = (&quad.subject, &quad.graph_name)
            else {
                continue;
            };
            if !wanted(graph.as_str()) {
                continue;
            }
            said.subjects.insert(subject.as_str());
            said.triples.insert((subject.as_str(), quad.predicate.as_str(), &quad.object));
            let end = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].iter().position(|end| quad.predicate == *end);
            if let Some(end) = end {
                claims.entry(subject.as_str()).or_default()[end] = Some(&quad.object);
            }
        }
        for claim in claims.into_values() {
            if let [Some(Term::NamedNode(subject)), Some(Term::NamedNode(predicate)), Some(object)] = claim {
                said.subjects.insert(subject.as_str());
                said.triples.insert((subject.as_str(), predicate.as_str(), object));
            }
        }
        said
    }

    /// Whether a fact follows from it; the label of an entity does from any word about it.
    pub fn supports(&self, fact: &Quad) -> bool {
        let NamedOrBlankNode::NamedNode(subject) = &fact.subject else { return false };
        fact.graph_name == GraphName::DefaultGraph
            && (fact.predicate == rdfs::LABEL && self.subjects.contains(subject.as_str())
                || self.triples.contains(&(subject.as_str(), fact.predicate.as_str(), &fact.object)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Edge, Node, Status};

    fn graph() -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        let mut add = |iri: &str, class: &str, category, days: Option<(&str, &str)>| {
            let mut node = Node::new(iri, iri, class, category);
            (node.earliest, node.latest) = (days.map(|days| days.0.into()), days.map(|days| days.1.into()));
            graph.add_node(node)
        };
        let release = add("urn:release", "Release", Category::Event, Some(("2024-12-01", "2024-12-31")));
        let arrest = add("urn:arrest", "Arrest", Category::Event, None);
        let person = add("urn:person", "Person", Category::Person, None);
        let prison = add("urn:prison", "Prison", Category::Facility, None);
        let city = add("urn:city", "City", Category::Location, None);
        for (from, to, predicate) in [
            (release, person, "person"),
            (arrest, person, "person"),
            (release, prison, "facility"),
            (prison, city, "locatedIn"),
        ] {
            graph.add_edge(from, to, Edge::new(predicate, predicate, Status::Fact));
        }
        graph
    }

    #[test]
    fn each_way_of_choosing() {
        let nothing = Selection::default();
        for (selection, expected) in [
            (Selection { root: Some(("urn:city".into(), 1)), ..nothing.clone() }, "city prison"),
            (Selection { root: Some(("urn:nobody".into(), 1)), ..nothing.clone() }, ""),
            (Selection { classes: vec!["Facility".into()], ..nothing.clone() }, "city prison release"),
            (Selection { places: vec!["urn:city".into()], ..nothing.clone() }, "city prison release"),
            (
                Selection { period: Some("2024-12-31..".parse().expect("a period")), ..nothing.clone() },
                "person prison release",
            ),
            (Selection { period: Some("..2024-11-30".parse().expect("a period")), ..nothing.clone() }, ""),
            (
                Selection { classes: vec!["Facility".into()], root: Some(("urn:person".into(), 2)), ..nothing.clone() },
                "prison release",
            ),
            (
                Selection {
                    answers: Some(BTreeSet::from(["urn:arrest".into(), "urn:none".into()])),
                    ..nothing.clone()
                },
                "arrest",
            ),
        ] {
            let chosen = selection.chosen(&graph());
            let names: Vec<&str> = chosen.iter().map(|iri| iri.trim_start_matches("urn:")).collect();
            assert_eq!(names.join(" "), expected, "{selection:?}");
        }
        assert!(nothing.is_everything());
    }
}
