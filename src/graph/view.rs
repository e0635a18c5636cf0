//! The plain data of the view: nodes, edges and the evidence on them.

use serde::{Deserialize, Serialize};

/// The graph that pictures, paths and neighbourhoods work on: a directed multigraph.
pub type KnowledgeGraph = petgraph::graph::DiGraph<Node, Edge>;

/// One entity or event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The entity's IRI, unique in the graph.
    pub iri: String,
    /// The name to show.
    pub label: String,
    /// The local name of the most specific class: `Person`, `Prison`, `City`, `Release`…
    pub class: String,
    /// The broad kind, which decides shape and colour.
    pub category: Category,
    /// Other names, in the order to show them.
    pub aliases: Vec<String>,
    /// Further properties as (name, value), in the order to show them.
    pub details: Vec<(String, String)>,
    /// The earliest date said about it, as written in the graph (ISO 8601).
    pub earliest: Option<String>,
    /// The latest date said about it, as written in the graph (ISO 8601).
    pub latest: Option<String>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
}

impl Node {
    /// A node that has a name and nothing else.
    ///
    /// ```
    /// use isnad::graph::{Category, Node};
    /// let city = Node::new("https://example.org/e/1", "Northport", "City", Category::Location);
    /// assert!(city.aliases.is_empty());
    /// ```
    pub fn new(iri: impl Into<String>, label: impl Into<String>, class: impl Into<String>, category: Category) -> Self {
        Node {
            iri: iri.into(),
            label: label.into(),
            class: class.into(),
            category,
            aliases: Vec::new(),
            details: Vec::new(),
            earliest: None,
            latest: None,
            latitude: None,
            longitude: None,
        }
    }
}

/// One statement between two nodes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The local name of the predicate: `heldAt`.
    pub predicate: String,
    /// The words to show for it: `held at`.
    pub label: String,
    /// Whether the sources assert, doubt, deny or foresee it.
    pub status: Status,
    /// The passages that say it; strongest first.
    pub evidence: Vec<Evidence>,
    /// The earliest day of which it is told (ISO 8601): of the event where it is a role or follows from one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub earliest: Option<String>,
    /// The latest day of which it is told (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub latest: Option<String>,
}

impl Edge {
    /// A statement without evidence or time.
    ///
    /// ```
    /// use isnad::graph::{Edge, Status};
    /// assert_eq!(Edge::new("heldAt", "held at", Status::Fact).confidence(), 0.0);
    /// ```
    pub fn new(predicate: impl Into<String>, label: impl Into<String>, status: Status) -> Self {
        Edge {
            predicate: predicate.into(),
            label: label.into(),
            status,
            evidence: Vec::new(),
            earliest: None,
            latest: None,
        }
    }

    /// The confidence of the best evidence, from 0 to 1; 0 when there is none.
    pub fn confidence(&self) -> f64 {
        self.evidence
            .iter()
            .map(|evidence| evidence.confidence)
            .filter(|confidence| confidence.is_finite())
            .fold(0.0, f64::max)
            .min(1.0)
    }
}

/// One passage that says a statement, and who said it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document's title, or its source where it has none.
    pub document: String,
    /// Who published the document.
    pub publisher: Option<String>,
    /// The date of the document (ISO 8601).
    pub date: Option<String>,
    /// The exact words.
    pub quote: String,
    /// Where the quote starts in the document's text, in characters.
    pub start: usize,
    /// Where the quote ends (exclusive), in characters.
    pub end: usize,
    /// The attribution chain, nearest to the document first.
    pub said_by: Vec<String>,
    /// How sure the extraction is, from 0 to 1.
    pub confidence: f64,
    /// The rule or model that found it.
    pub rule: String,
}

/// The broad kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// A human being, named or not.
    Person,
    /// People counted or named together: a family, forty detainees.
    Group,
    /// A body that acts: a ministry, a newspaper, a rights group.
    Organization,
    /// A place built for something: a prison, a hospital, a crossing.
    Facility,
    /// A city, district or country.
    Location,
    /// Something that happened: an arrest, a release.
    Event,
    /// Anything else.
    Other,
}

impl Category {
    /// Every category, in the order of legends and filters.
    pub const ALL: [Category; 7] = [
        Category::Person,
        Category::Group,
        Category::Organization,
        Category::Facility,
        Category::Location,
        Category::Event,
        Category::Other,
    ];

    /// The lower-case name used in files: `person`.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Person => "person",
            Category::Group => "group",
            Category::Organization => "organization",
            Category::Facility => "facility",
            Category::Location => "location",
            Category::Event => "event",
            Category::Other => "other",
        }
    }
}

/// What the sources make of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Asserted and accepted.
    Fact,
    /// Said with reserve, or disputed.
    Doubtful,
    /// Said not to be so.
    Negated,
    /// Said to be intended or expected.
    Planned,
}

impl Status {
    /// Every status, in the order of legends and filters.
    pub const ALL: [Status; 4] = [Status::Fact, Status::Doubtful, Status::Negated, Status::Planned];

    /// The lower-case name used in files: `negated`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Fact => "fact",
            Status::Doubtful => "doubtful",
            Status::Negated => "negated",
            Status::Planned => "planned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_is_the_best_finite_evidence() {
        let evidence = |confidence| Evidence {
            document: String::new(),
            publisher: None,
            date: None,
            quote: String::new(),
            start: 0,
            end: 0,
            said_by: Vec::new(),
            confidence,
            rule: String::new(),
        };
        let edge = |values: &[f64]| Edge {
            evidence: values.iter().copied().map(evidence).collect(),
            ..Edge::new("p", "p", Status::Fact)
        };
        for (values, expected) in
            [(&[][..], 0.0), (&[0.2, 0.7], 0.7), (&[f64::NAN, 0.1], 0.1), (&[7.0], 1.0), (&[-1.0], 0.0)]
        {
            assert_eq!(edge(values).confidence(), expected, "{values:?}");
        }
    }

    #[test]
    fn names_in_files_agree_with_serde() {
        for category in Category::ALL {
            assert_eq!(serde_json::to_string(&category).unwrap(), format!("{:?}", category.as_str()));
        }
        for status in Status::ALL {
            assert_eq!(serde_json::to_string(&status).unwrap(), format!("{:?}", status.as_str()));
        }
    }
}
