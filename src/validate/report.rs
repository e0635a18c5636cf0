//! What does not conform, for people and programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use serde_json::{Value, json};

use super::path::Path;
use super::shapes::term;
use super::vocabulary::NAMESPACE;
use super::{Found, Severity};
use crate::ontology::vocabulary::PREFIXES;

/// A validation report.
#[derive(Debug, Clone)]
pub struct Report {
    pub(super) results: Vec<Found>,
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How bad it is.
    pub severity: Severity,
    /// The node.
    pub focus: String,
    /// The path from it, as SPARQL writes paths; empty where the node itself is meant.
    pub path: String,
    /// The value, where one is wrong.
    pub value: Option<String>,
    /// What is wrong, in words.
    pub message: String,
}

impl Report {
    pub(super) fn new(results: Vec<Found>) -> Self {
        Self { results }
    }

    /// Whether everything is as it should be.
    pub fn conforms(&self) -> bool {
        self.results.is_empty()
    }

    /// How many results there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.results.iter().filter(|found| found.severity == severity).count()
    }

    /// The results as lines, the worst first.
    pub fn lines(&self) -> Vec<Line> {
        let line = |found: &Found| Line {
            severity: found.severity,
            focus: plain(&found.focus),
            path: found.path.as_ref().map(told).unwrap_or_default(),
            value: found.value.as_ref().map(plain),
            message: message(found),
        };
        self.results.iter().map(line).collect()
    }

    /// The report as JSON.
    pub fn json(&self) -> Value {
        let result = |found: &Found| {
            json!({
                "severity": found.severity.as_str(),
                "focusNode": found.focus.to_string(),
                "path": found.path.as_ref().map(told),
                "value": found.value.as_ref().map(ToString::to_string),
                "constraint": format!("{}ConstraintComponent", found.component),
                "shape": found.shape.to_string(),
                "message": message(found),
            })
        };
        json!({"conforms": self.conforms(), "results": self.results.iter().map(result).collect::<Vec<_>>()})
    }

    /// The report as RDF in Turtle, as SHACL describes it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn turtle(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut count = 0;
        let mut fresh = || {
            count += 1;
            NamedOrBlankNode::from(BlankNode::new_unchecked(format!("n{count}")))
        };
        // Blank nodes of the shapes, by new names that are the same each time.
        let mut shapes: BTreeMap<String, NamedOrBlankNode> = BTreeMap::new();
        let report = fresh();
        let mut triples: Vec<(NamedOrBlankNode, NamedNode, Term)> = vec![
            (report.clone(), rdf::TYPE.into_owned(), term("ValidationReport").into()),
            (
                report.clone(),
                term("conforms"),
                Literal::new_typed_literal(self.conforms().to_string(), xsd::BOOLEAN).into(),
            ),
        ];
        for found in &self.results {
            let result = fresh();
            triples.push((report.clone(), term("result"), result.clone().into()));
            triples.push((result.clone(), rdf::TYPE.into_owned(), term("ValidationResult").into()));
            triples.push((result.clone(), term("focusNode"), found.focus.clone()));
            triples.push((result.clone(), term("resultSeverity"), term(found.severity.as_str()).into()));
            let component = term(&format!("{}ConstraintComponent", found.component));
            triples.push((result.clone(), term("sourceConstraintComponent"), component.into()));
            let shape = match &found.shape {
                NamedOrBlankNode::NamedNode(_) => found.shape.clone(),
                NamedOrBlankNode::BlankNode(node) => {
                    shapes.entry(node.as_str().to_owned()).or_insert_with(&mut fresh).clone()
                }
            };
            triples.push((result.clone(), term("sourceShape"), shape.into()));
            if let Some(path) = &found.path {
                let path = path.describe(&mut triples, &mut fresh);
                triples.push((result.clone(), term("resultPath"), path));
            }
            if let Some(value) = &found.value {
                triples.push((result.clone(), term("value"), value.clone()));
            }
            for message in &found.messages {
                triples.push((result.clone(), term("resultMessage"), message.clone().into()));
            }
        }
        let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
        let own = [("sh", NAMESPACE)];
        for (prefix, namespace) in PREFIXES.iter().copied().chain(own) {
            serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
        }
        let mut writer = serializer.for_writer(out);
        for (subject, predicate, object) in triples {
            writer.serialize_triple(Triple::new(subject, predicate, object).as_ref())?;
        }
        writer.finish()?.flush()
    }
}

fn plain(value: &Term) -> String {
    match value {
        Term::NamedNode(node) => crate::query::shorten(node.as_str()),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

/// The shape's own words, English first, else the name of the constraint.
fn message(found: &Found) -> String {
    let english =
        found.messages.iter().find(|message| message.language().is_none_or(|language| language.starts_with("en")));
    let own = english.or(found.messages.first()).map(|message| message.value().to_owned());
    own.unwrap_or_else(|| format!("does not conform to sh:{}ConstraintComponent", found.component))
}

/// A path as SPARQL writes it.
fn told(path: &Path) -> String {
    let joined = |paths: &[Path], with: &str| paths.iter().map(told).collect::<Vec<_>>().join(with);
    match path {
        Path::Predicate(predicate) => crate::query::shorten(predicate.as_str()),
        Path::Inverse(path) => format!("^{}", told(path)),
        Path::Sequence(paths) => joined(paths, "/"),
        Path::Alternative(paths) => format!("({})", joined(paths, "|")),
        Path::ZeroOrMore(path) => format!("({})*", told(path)),
        Path::OneOrMore(path) => format!("({})+", told(path)),
        Path::ZeroOrOne(path) => format!("({})?", told(path)),
    }
}
