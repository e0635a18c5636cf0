//! The named graph of one document while it is being written.

use std::collections::{BTreeSet, HashSet};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::iri;
use crate::model::{Annotations, CodePoints, Modality, Polarity, Span};
use crate::ontology::vocabulary::{NAMESPACE, class, oa, property};

/// A statement on its way to become a claim node.
#[derive(Debug, Clone)]
pub(super) struct Claim<'a> {
    pub subject: &'a NamedNode,
    pub predicate: NamedNode,
    pub object: Term,
    pub polarity: Polarity,
    pub modality: Modality,
    pub confidence: f32,
    pub evidence: Span,
    pub rule: String,
    /// Nodes of attributions.
    pub attribution: Vec<NamedNode>,
}

/// Collects the quads of one document; the same quad twice is one.
pub(super) struct DocumentGraph<'a> {
    pub annotations: &'a Annotations,
    pub document: NamedNode,
    /// The attribution that is the last link of every chain: the document itself says it.
    pub told_by_document: NamedNode,
    points: CodePoints<'a>,
    quads: BTreeSet<(String, String, String)>,
    terms: Vec<Quad>,
    /// Claims that have a score.
    scored: HashSet<String>,
}

impl<'a> DocumentGraph<'a> {
    pub fn new(annotations: &'a Annotations) -> Self {
        let document = NamedNode::new_unchecked(iri::document(&annotations.document.id));
        Self {
            annotations,
            told_by_document: NamedNode::new_unchecked(iri::node("attribution", &[document.as_str()])),
            document,
            points: CodePoints::new(&annotations.document.text),
            quads: BTreeSet::new(),
            terms: Vec::new(),
            scored: HashSet::new(),
        }
    }

    pub fn into_quads(self) -> Vec<Quad> {
        self.terms
    }

    /// Adds a triple to the document's graph.
    pub fn add<'p>(&mut self, subject: &NamedNode, predicate: impl Into<NamedNodeRef<'p>>, object: impl Into<Term>) {
        let (predicate, object) = (predicate.into().into_owned(), object.into());
        if self.quads.insert((subject.as_str().to_owned(), predicate.as_str().to_owned(), object.to_string())) {
            self.terms.push(Quad {
                subject: NamedOrBlankNode::NamedNode(subject.clone()),
                predicate,
                object,
                graph_name: GraphName::NamedNode(self.document.clone()),
            });
        }
    }

    /// Start and end of a span in code points.
    pub fn position(&self, span: Span) -> (usize, usize) {
        (self.points.of_byte(span.start), self.points.of_byte(span.end))
    }

    /// The node of a span as evidence: a Web Annotation target with position and exact quote.
    pub fn evidence(&mut self, span: Span) -> NamedNode {
        let (start, end) = self.position(span);
        let node = NamedNode::new_unchecked(iri::evidence(&self.annotations.document.id, start, end));
        let selector = NamedNode::new_unchecked(format!("{}#selector", node.as_str()));
        let document = self.document.clone();
        self.add(&node, rdf::TYPE, class::EVIDENCE.into_owned());
        self.add(&node, oa::HAS_SOURCE, document);
        self.add(&node, oa::HAS_SELECTOR, selector.clone());
        if let Some(page) = self.annotations.document.page_of(span.start) {
            self.add(&node, property::PAGE, integer(page as i64));
        }
        self.add(&selector, rdf::TYPE, oa::TEXT_POSITION_SELECTOR.into_owned());
        self.add(&selector, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR.into_owned());
        self.add(&selector, oa::START, integer(start as i64));
        self.add(&selector, oa::END, integer(end as i64));
        let quote = span.slice(&self.annotations.document.text).to_owned();
        self.add(&selector, oa::EXACT, Literal::new_simple_literal(quote));
        node
    }

    /// Adds the node of a claim, and gives it.
    pub fn claim(&mut self, claim: Claim<'_>) -> NamedNode {
        let (start, end) = self.position(claim.evidence);
        let node = NamedNode::new_unchecked(iri::node(
            "claim",
            &[
                self.document.as_str(),
                claim.subject.as_str(),
                claim.predicate.as_str(),
                &claim.object.to_string(),
                claim.polarity.as_str(),
                claim.modality.as_str(),
                &start.to_string(),
                &end.to_string(),
            ],
        ));
        let evidence = self.evidence(claim.evidence);
        self.add(&node, rdf::TYPE, class::CLAIM.into_owned());
        self.add(&node, rdf::SUBJECT, claim.subject.clone());
        self.add(&node, rdf::PREDICATE, claim.predicate);
        self.add(&node, rdf::OBJECT, claim.object);
        self.add(&node, property::EVIDENCE, evidence);
        self.add(&node, property::POLARITY, claim.polarity.concept().into_owned());
        self.add(&node, property::MODALITY, claim.modality.concept().into_owned());
        // A statement made twice in one place keeps its first score and rule.
        if self.scored.insert(node.as_str().to_owned()) {
            self.add(&node, property::CONFIDENCE, decimal(claim.confidence));
            self.add(&node, property::RULE, Literal::new_simple_literal(claim.rule));
        }
        self.attribute(&node, claim.attribution);
        node
    }

    /// Says who stands behind a claim or a figure: the document, where nobody else does.
    pub fn attribute(&mut self, node: &NamedNode, attribution: Vec<NamedNode>) {
        if attribution.is_empty() {
            let document = self.told_by_document.clone();
            self.add(node, property::ATTRIBUTION, document);
        }
        for attribution in attribution {
            self.add(node, property::ATTRIBUTION, attribution);
        }
    }
}

/// The term of the ontology with this local name.
pub(super) fn own(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NAMESPACE}{local}"))
}

pub(super) fn integer(value: i64) -> Literal {
    Literal::new_typed_literal(value.to_string(), xsd::INTEGER)
}

/// Two decimals, as annotation lines have.
pub(super) fn decimal(value: f32) -> Literal {
    Literal::new_typed_literal(format!("{value:.2}"), xsd::DECIMAL)
}

pub(super) fn day(date: jiff::civil::Date) -> Literal {
    Literal::new_typed_literal(date.to_string(), xsd::DATE)
}
