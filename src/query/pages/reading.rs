//! A document as its reader sees it: the text, and which nodes of the graph its words are about.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::super::error::QueryError;
use super::super::values::notation_of;
use super::{Linked, Source};
use crate::claims::{figure_iri, iri, linked_graph};
use crate::link;
use crate::model::{CodePoints, Span};
use crate::ontology::vocabulary::{local_name, oa, property};
use crate::store::GraphStore;

/// Half-open, in code points of the text.
type Range = (usize, usize);

/// Words that refer to an entity.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct MentionView {
    at: Range,
    /// Name, nominal or pronoun.
    form: &'static str,
    /// Its place among the entities; none where nobody knows who is meant.
    entity: Option<usize>,
}

/// The words that name an event.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TriggerView {
    at: Range,
    /// IRI of the event.
    event: String,
    /// Local name of its class.
    class: String,
    polarity: &'static str,
    modality: &'static str,
}

/// What was read from a sentence or clause.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ClaimView {
    at: Range,
    /// IRI of the claim.
    claim: String,
    /// IRI of what it is about.
    subject: String,
    /// Local name of the property; `type` for that of an event.
    property: String,
    /// The other node's IRI, or the value.
    object: String,
    polarity: String,
    modality: String,
    confidence: String,
    rule: String,
}

/// A count.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CountView {
    at: Range,
    /// IRI of the figure.
    figure: String,
    /// What is counted.
    unit: String,
}

/// Who says something.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SaidView {
    /// What is said.
    at: Range,
    /// The word that shows it.
    cue: Range,
    /// The words for the source, where there are any.
    words: Option<Range>,
    /// Its place among the entities, where it is one.
    entity: Option<usize>,
    stance: &'static str,
}

/// A document and everything that was read from it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Reading {
    source: Source,
    /// Where it stands in the web.
    url: Option<String>,
    language: Option<String>,
    /// `accurate` or `fast`.
    reading: Option<String>,
    text: String,
    sentences: Vec<Range>,
    entities: Vec<Linked>,
    mentions: Vec<MentionView>,
    triggers: Vec<TriggerView>,
    claims: Vec<ClaimView>,
    figures: Vec<CountView>,
    said: Vec<SaidView>,
    /// Names of nodes that claims are about and that are no entities of the document.
    labels: BTreeMap<String, String>,
}

/// Reads a document back; none where there is no such document, or nothing is kept of its text.
///
/// # Errors
/// If the database, or what is kept of the document, cannot be read.
pub fn reading(store: &GraphStore, document: &str) -> Result<Option<Reading>, QueryError> {
    let Some(id) = iri::document_id(document) else { return Ok(None) };
    let Some(annotations) = store.annotations(id)? else { return Ok(None) };
    let links = link::link(&annotations);
    let nodes = store.nodes_in(&annotations, &links)?;
    let leads: HashMap<&str, &NamedNode> = links.iter().map(|link| link.iri.as_str()).zip(&nodes).collect();
    let (quads, events) = linked_graph(&annotations, &links);
    let points = CodePoints::new(&annotations.document.text);
    let place = |span: Span| (points.of_byte(span.start), points.of_byte(span.end));
    let mut entities = Vec::with_capacity(nodes.len());
    for (entity, node) in annotations.entities.iter().zip(&nodes) {
        let known = Linked::of(store, node.as_ref())?;
        entities.push(match known.class {
            Some(_) => known,
            // Nothing is said of it, so it is no node of the graph.
            None => Linked { label: entity.name.clone(), class: None, iri: String::new() },
        });
    }
    let claims = claims(&quads, &leads);
    let mut labels = BTreeMap::new();
    for claim in &claims {
        for node in [&claim.subject, &claim.object] {
            if node.starts_with("http") && !entities.iter().any(|entity| entity.iri == *node) {
                let node = NamedNodeRef::new_unchecked(node);
                if let Some(label) = super::super::label(store, node)? {
                    labels.insert(node.as_str().to_owned(), label);
                }
            }
        }
    }
    Ok(Some(Reading {
        source: Source::of(store, NamedNodeRef::new_unchecked(document))?,
        url: annotations.document.url.clone(),
        language: annotations.document.language.clone(),
        reading: annotations.reading.map(|reading| reading.as_str().to_owned()),
        sentences: annotations.analysis.sentences.iter().map(|sentence| place(sentence.span)).collect(),
        mentions: annotations
            .mentions
            .iter()
            .map(|mention| MentionView { at: place(mention.span), form: mention.form.as_str(), entity: mention.entity })
            .collect(),
        triggers: annotations
            .events
            .iter()
            .zip(events)
            .map(|(event, node)| TriggerView {
                at: place(event.trigger),
                event: node.into_string(),
                class: event.kind.clone(),
                polarity: event.polarity.as_str(),
                modality: event.modality.as_str(),
            })
            .collect(),
        figures: annotations
            .figures
            .iter()
            .map(|figure| CountView {
                at: place(figure.span),
                figure: figure_iri(document, place(figure.span), &figure.unit),
                unit: figure.unit.clone(),
            })
            .collect(),
        said: annotations
            .attributions
            .iter()
            .map(|said| SaidView {
                at: place(said.content),
                cue: place(said.cue),
                words: said.source_words.map(place),
                entity: said.source,
                stance: said.stance.as_str(),
            })
            .collect(),
        entities,
        claims,
        labels,
        text: annotations.document.text,
    }))
}

/// The claims of a document's graph, with the nodes that its entities lead to.
fn claims(quads: &[Quad], leads: &HashMap<&str, &NamedNode>) -> Vec<ClaimView> {
    let led = |node: &NamedNode| leads.get(node.as_str()).map_or(node.as_str(), |to| to.as_str()).to_owned();
    let places = places(quads);
    let mut views: Vec<ClaimView> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for quad in quads {
        let NamedOrBlankNode::NamedNode(claim) = &quad.subject else { continue };
        if quad.predicate == rdf::SUBJECT
            && let Term::NamedNode(subject) = &quad.object
        {
            at.insert(claim.as_str(), views.len());
            views.push(ClaimView {
                at: (0, 0),
                claim: claim.as_str().to_owned(),
                subject: led(subject),
                property: String::new(),
                object: String::new(),
                polarity: String::new(),
                modality: String::new(),
                confidence: String::new(),
                rule: String::new(),
            });
            continue;
        }
        let Some(view) = at.get(claim.as_str()).and_then(|at| views.get_mut(*at)) else { continue };
        match (&quad.object, quad.predicate.as_ref()) {
            (Term::NamedNode(predicate), rdf::PREDICATE) => {
                let own = local_name(predicate.as_ref()).unwrap_or_default();
                view.property = if *predicate == rdf::TYPE { "type".to_owned() } else { own.to_owned() };
            }
            (Term::NamedNode(object), rdf::OBJECT) => {
                view.object = local_name(object.as_ref()).map_or_else(|| led(object), str::to_owned);
            }
            (Term::Literal(value), rdf::OBJECT) => view.object = value.value().to_owned(),
            (Term::NamedNode(value), property::POLARITY) => view.polarity = notation_of(value.as_ref()),
            (Term::NamedNode(value), property::MODALITY) => view.modality = notation_of(value.as_ref()),
            (Term::Literal(value), property::CONFIDENCE) => view.confidence = value.value().to_owned(),
            (Term::Literal(value), property::RULE) => view.rule = value.value().to_owned(),
            (Term::NamedNode(evidence), property::EVIDENCE) => {
                view.at = places.get(evidence.as_str()).copied().unwrap_or_default();
            }
            _ => {}
        }
    }
    views.sort_by(|one, other| (one.at, &one.claim).cmp(&(other.at, &other.claim)));
    views
}

/// Where the words of every evidence stand.
fn places(quads: &[Quad]) -> HashMap<&str, Range> {
    let mut places: HashMap<&str, Range> = HashMap::new();
    for quad in quads {
        let (NamedOrBlankNode::NamedNode(selector), Term::Literal(value)) = (&quad.subject, &quad.object) else {
            continue;
        };
        let Some((evidence, _)) = selector.as_str().rsplit_once('#') else { continue };
        let number = || value.value().parse().unwrap_or_default();
        match quad.predicate.as_ref() {
            oa::START => places.entry(evidence).or_default().0 = number(),
            oa::END => places.entry(evidence).or_default().1 = number(),
            _ => {}
        }
    }
    places
}
