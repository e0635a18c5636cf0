//! The statements as records: claims with their words, figures, documents.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

use crate::ontology::Schema;
use crate::ontology::vocabulary::{ID_NAMESPACE, oa, property, schema};

/// All that tables are made of, beside entities and events.
pub(super) struct Records<'a> {
    nodes: BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Term>>>,
    facts: HashSet<(&'a str, &'a str, &'a Term)>,
    /// Event → class, from claims of its type.
    classes: HashMap<&'a str, &'a str>,
}

impl<'a> Records<'a> {
    pub fn read(quads: &'a [Quad]) -> Self {
        let mut nodes: BTreeMap<&str, BTreeMap<&str, Vec<&Term>>> = BTreeMap::new();
        let mut facts = HashSet::new();
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            if quad.graph_name == GraphName::DefaultGraph {
                facts.insert((subject.as_str(), quad.predicate.as_str(), &quad.object));
            }
            let values = nodes.entry(subject.as_str()).or_default().entry(quad.predicate.as_str()).or_default();
            if !values.contains(&&quad.object) {
                values.push(&quad.object);
            }
        }
        let mut records = Self { nodes, facts, classes: HashMap::new() };
        let typed =
            records.of_kind("claim").filter(|claim| records.text(claim, rdf::PREDICATE.as_str()) == rdf::TYPE.as_str());
        let classes = typed.map(|claim| {
            (records.text(claim, rdf::SUBJECT.as_str()), local(records.text(claim, rdf::OBJECT.as_str())))
        });
        records.classes = classes.collect();
        records
    }

    /// Nodes of a kind, by what their IRIs begin with: `claim`, `figure`, `document`.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &'a str> {
        let start = format!("{ID_NAMESPACE}{kind}/");
        self.nodes.keys().copied().filter(move |iri| iri.starts_with(&start))
    }

    /// The values of a property.
    pub fn all(&self, node: &str, predicate: &str) -> &[&'a Term] {
        self.nodes.get(node).and_then(|properties| properties.get(predicate)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first value of a property, as text; empty if there is none.
    pub fn text(&self, node: &str, predicate: impl AsRef<str>) -> &'a str {
        self.all(node, predicate.as_ref()).first().map(|term| words(term)).unwrap_or_default()
    }

    /// The values of a property as text.
    pub fn texts(&self, node: &str, predicate: &str) -> Vec<&'a str> {
        self.all(node, predicate).iter().map(|term| words(term)).collect()
    }

    /// The label of a node, of the class of an event or of a term; else the end of the IRI.
    pub fn label(&self, node: &'a str) -> String {
        let name = self.classes.get(node).copied().unwrap_or(local(node));
        match (self.text(node, rdfs::LABEL.as_str()), Schema::embedded().label(name, "en")) {
            ("", Some(label)) => label.to_owned(),
            ("", None) => node.strip_prefix(ID_NAMESPACE).unwrap_or(name).to_owned(),
            (label, _) => label.to_owned(),
        }
    }

    /// Whether a statement is among the facts.
    pub fn is_fact(&self, subject: &'a str, predicate: &'a str, object: &'a Term) -> bool {
        self.facts.contains(&(subject, predicate, object))
    }

    /// Document, first and last position, and words of the first evidence of a claim or figure.
    pub fn evidence(&self, node: &str) -> (&'a str, &'a str, &'a str, &'a str) {
        let evidence = self.text(node, property::EVIDENCE.as_str());
        let selector = self.text(evidence, oa::HAS_SELECTOR.as_str());
        (
            self.text(evidence, oa::HAS_SOURCE.as_str()),
            self.text(selector, oa::START.as_str()),
            self.text(selector, oa::END.as_str()),
            self.text(selector, oa::EXACT.as_str()),
        )
    }

    /// Who says a claim or figure, the reporter nearest to the document first.
    pub fn said_by(&self, node: &str) -> String {
        let mut chains = Vec::new();
        for attribution in self.texts(node, property::ATTRIBUTION.as_str()) {
            let mut chain = Vec::new();
            let mut at = attribution;
            // No chain is longer than this; one that leads back to itself ends here as well.
            for _ in 0..16 {
                let source = self.text(at, property::SOURCE.as_str());
                let name = match source {
                    "" => self.text(at, property::SOURCE_WORDS.as_str()).to_owned(),
                    source => self.label(source),
                };
                let stance = local(self.text(at, property::STANCE.as_str())).trim_start_matches("stance-");
                if !name.is_empty() {
                    chain.push(if stance == "asserts" { name } else { format!("{name} ({stance})") });
                }
                at = self.text(at, property::VIA.as_str());
                if at.is_empty() {
                    break;
                }
            }
            chain.reverse();
            if !chain.is_empty() {
                chains.push(chain.join(" ← "));
            }
        }
        chains.join("; ")
    }

    /// Title of a document, or the path it was read from.
    pub fn title(&self, document: &'a str) -> &'a str {
        match self.text(document, schema::HEADLINE.as_str()) {
            "" => match self.text(document, property::SOURCE_PATH.as_str()) {
                "" => document,
                path => path,
            },
            title => title,
        }
    }
}

/// The last part of an IRI.
pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// What a controlled value is called: `…#polarity-negative` → `negative`.
pub(super) fn notation(iri: &str) -> &str {
    let name = local(iri);
    Schema::embedded().concepts().find(|concept| concept.name == name).map_or(name, |concept| &concept.notation)
}

/// An IRI, or the value of a literal.
pub(super) fn words(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::BlankNode(node) => node.as_str(),
        #[expect(unreachable_patterns, reason = "terms of RDF 1.2 come and go with a feature of the model")]
        _ => "",
    }
}
