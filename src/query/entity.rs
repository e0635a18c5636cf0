//! One entity with everything the graph says of it, and the words that say so.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::error::QueryError;
use super::find::{classes, label};
use super::values::{literal, name_of, notation_of, one};
use super::voices::{chain, chain_words};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{ID_NAMESPACE, class, local_name, oa, property, schema};
use crate::store::GraphStore;

/// Words of a document that say something, and on whose word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Quote {
    /// IRI of the document.
    pub document: String,
    /// Its path or URL.
    pub source: String,
    /// Its title, where known.
    pub title: Option<String>,
    /// Who published it, where known.
    pub publisher: Option<String>,
    /// The day it was published, where known.
    pub published: Option<String>,
    /// The page on which the words begin, where there are pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// First character, counted in code points.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub quote: String,
    /// The chains of those who say so, each nearest to the statement first and to the document last: "rights groups ←
    /// Al Jazeera ← Middle East Eye".
    pub said_by: Vec<String>,
    /// IRI of the claim, empty for a mere mention.
    pub claim: String,
    /// Positive or negative.
    pub polarity: String,
    /// Actual, planned…
    pub modality: String,
    /// Between 0 and 1, two decimals.
    pub confidence: String,
    /// The rule that found it.
    pub rule: String,
}

/// An event of an entity's history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct EventLine {
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// Local name of the class.
    pub class: String,
    /// IRI of the event.
    pub event: String,
    /// Role → names of those who fill it.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Polarity, modality: "negative", "planned"; empty for what is told as a fact.
    pub doubt: Vec<String>,
    /// The words that say it.
    pub quotes: Vec<Quote>,
}

/// Everything the graph says of one entity.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Dossier {
    /// Its IRI.
    pub entity: String,
    /// The name it is shown by.
    pub label: String,
    /// Classes, most specific first.
    pub classes: Vec<String>,
    /// Names and descriptions in use.
    pub names: Vec<String>,
    /// Property → values that are no relations: age, coordinates…
    pub attributes: BTreeMap<String, BTreeSet<String>>,
    /// Relations: property (with `← ` where the entity is the object), the other's name, its IRI.
    pub relations: BTreeSet<(String, String, String)>,
    /// In order of time.
    pub events: Vec<EventLine>,
    /// Documents that mention it: title or path.
    pub documents: BTreeSet<String>,
}

/// Collects what the graph says of `entity`.
///
/// # Errors
/// If the database cannot be read.
pub fn dossier(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Dossier, QueryError> {
    let mut dossier = Dossier {
        entity: entity.as_str().to_owned(),
        label: label(store, entity)?.unwrap_or_else(|| super::shorten(entity.as_str())),
        classes: classes(store, entity)?,
        names: Vec::new(),
        attributes: BTreeMap::new(),
        relations: BTreeSet::new(),
        events: Vec::new(),
        documents: BTreeSet::new(),
    };
    let known = Schema::embedded();
    let is_relation = |local: &str| known.relations().any(|property| property.name == local);
    for quad in store.database().quads_for_pattern(Some(entity.into()), None, None, Some(GraphNameRef::DefaultGraph)) {
        let quad = quad?;
        let local = local_name(quad.predicate.as_ref())
            .map(str::to_owned)
            .unwrap_or_else(|| super::shorten(quad.predicate.as_str()));
        match &quad.object {
            Term::Literal(value) if ["name", "description", "alias", "nickname"].contains(&local.as_str()) => {
                dossier.names.push(value.value().to_owned())
            }
            Term::Literal(value) if quad.predicate != oxigraph::model::vocab::rdfs::LABEL => {
                dossier.attributes.entry(local).or_default().insert(value.value().to_owned());
            }
            Term::NamedNode(other) if is_relation(&local) => {
                let name = name_of(store, other.as_ref())?;
                dossier.relations.insert((local, name, other.as_str().to_owned()));
            }
            _ => {}
        }
    }
    for quad in store.database().quads_for_pattern(None, None, Some(entity.into()), Some(GraphNameRef::DefaultGraph)) {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(subject), Some(local)) = (&quad.subject, local_name(quad.predicate.as_ref()))
        else {
            if let (NamedOrBlankNode::NamedNode(document), true) = (&quad.subject, quad.predicate == schema::MENTIONS) {
                dossier.documents.insert(document_name(store, document.as_ref())?);
            }
            continue;
        };
        if is_relation(local) {
            dossier.relations.insert((
                format!("← {local}"),
                name_of(store, subject.as_ref())?,
                subject.as_str().to_owned(),
            ));
        }
    }
    dossier.names.sort();
    dossier.names.dedup();
    dossier.events = events(store, entity)?;
    Ok(dossier)
}

/// The events in which an entity has a role, claimed in any way, in order of time.
fn events(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Vec<EventLine>, QueryError> {
    let mut events: BTreeSet<NamedNode> = BTreeSet::new();
    for quad in store.database().quads_for_pattern(None, Some(rdf::OBJECT), Some(entity.into()), None) {
        let claim = quad?;
        if let Some(Term::NamedNode(subject)) = one(store, claim.subject.as_ref(), rdf::SUBJECT)?
            && subject.as_str().starts_with(&format!("{ID_NAMESPACE}event/"))
        {
            events.insert(subject);
        }
    }
    let mut lines = Vec::new();
    for event in events {
        lines.push(event_line(store, event)?);
    }
    lines.sort_by(|one, other| {
        let key = |line: &EventLine| {
            (
                line.latest.clone().or_else(|| line.earliest.clone()).unwrap_or_else(|| "9999".to_owned()),
                line.earliest.clone(),
            )
        };
        key(one).cmp(&key(other)).then_with(|| one.cmp(other))
    });
    Ok(lines)
}

fn event_line(store: &GraphStore, event: NamedNode) -> Result<EventLine, QueryError> {
    let mut line = EventLine {
        earliest: literal(store, event.as_ref(), property::EARLIEST)?,
        latest: literal(store, event.as_ref(), property::LATEST)?,
        class: String::new(),
        event: event.as_str().to_owned(),
        roles: BTreeMap::new(),
        doubt: Vec::new(),
        quotes: Vec::new(),
    };
    for quad in store.database().quads_for_pattern(None, Some(rdf::SUBJECT), Some((&event).into()), None) {
        let quad = quad?;
        let claim: NamedOrBlankNode = quad.subject;
        let predicate = one(store, claim.as_ref(), rdf::PREDICATE)?;
        let object = one(store, claim.as_ref(), rdf::OBJECT)?;
        let (Some(Term::NamedNode(predicate)), Some(Term::NamedNode(object))) = (predicate, object) else { continue };
        if predicate == rdf::TYPE {
            line.class = local_name(object.as_ref()).unwrap_or_default().to_owned();
            if let NamedOrBlankNode::NamedNode(claim) = &claim {
                line.quotes.extend(quotes_of_claim(store, claim.as_ref())?);
            }
        } else if let Some(role) = local_name(predicate.as_ref()) {
            line.roles.entry(role.to_owned()).or_default().push(name_of(store, object.as_ref())?);
        }
    }
    line.roles.values_mut().for_each(|names| names.sort());
    line.quotes.sort();
    if let Some(quote) = line.quotes.first() {
        let usual = [("positive", &quote.polarity), ("actual", &quote.modality)];
        line.doubt = usual.iter().filter(|(usual, value)| usual != value).map(|(_, value)| (*value).clone()).collect();
    }
    Ok(line)
}

/// The claims that say `subject predicate object`, with their words; of any predicate or object where
/// none is given.
///
/// # Errors
/// If the database cannot be read.
pub fn quotes_of(
    store: &GraphStore,
    subject: NamedNodeRef<'_>,
    predicate: Option<NamedNodeRef<'_>>,
    object: Option<NamedNodeRef<'_>>,
) -> Result<Vec<Quote>, QueryError> {
    let mut quotes = Vec::new();
    for quad in store.database().quads_for_pattern(None, Some(rdf::SUBJECT), Some(subject.into()), None) {
        let NamedOrBlankNode::NamedNode(claim) = quad?.subject else { continue };
        let fits = |part: NamedNodeRef<'_>, wanted: Option<NamedNodeRef<'_>>| -> Result<bool, QueryError> {
            let Some(wanted) = wanted else { return Ok(true) };
            Ok(one(store, (&claim).into(), part)? == Some(Term::NamedNode(wanted.into_owned())))
        };
        if fits(rdf::PREDICATE, predicate)? && fits(rdf::OBJECT, object)? {
            quotes.extend(quotes_of_claim(store, claim.as_ref())?);
        }
    }
    quotes.sort();
    Ok(quotes)
}

/// The words on which a claim (or any node with evidence) rests.
///
/// # Errors
/// If the database cannot be read.
pub fn quotes_of_claim(store: &GraphStore, claim: NamedNodeRef<'_>) -> Result<Vec<Quote>, QueryError> {
    let quads: Vec<Quad> =
        store.database().quads_for_pattern(Some(claim.into()), None, None, None).collect::<Result<_, _>>()?;
    let notation = |predicate: NamedNodeRef<'_>| {
        let value = quads.iter().find(|quad| quad.predicate == predicate).map(|quad| &quad.object);
        match value {
            Some(Term::NamedNode(node)) => notation_of(node.as_ref()),
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            _ => String::new(),
        }
    };
    let is_claim = quads.iter().any(|quad| quad.predicate == rdf::TYPE && quad.object == Term::from(class::CLAIM));
    let mut said_by = Vec::new();
    for quad in quads.iter().filter(|quad| quad.predicate == property::ATTRIBUTION) {
        if let Term::NamedNode(attribution) = &quad.object {
            said_by.push(chain_words(&chain(store, attribution.as_ref())?));
        }
    }
    said_by.sort();
    said_by.dedup();
    let mut quotes = Vec::new();
    for quad in quads.iter().filter(|quad| quad.predicate == property::EVIDENCE) {
        let (Term::NamedNode(evidence), GraphName::NamedNode(document)) = (&quad.object, &quad.graph_name) else {
            continue;
        };
        let Some(Term::NamedNode(selector)) = one(store, evidence.into(), oa::HAS_SELECTOR)? else { continue };
        let text = |predicate| literal(store, document.as_ref(), predicate);
        let number = |predicate| -> Result<usize, QueryError> {
            Ok(literal(store, selector.as_ref(), predicate)?.and_then(|text| text.parse().ok()).unwrap_or_default())
        };
        let found_by = || {
            let said =
                quads.iter().find(|other| other.predicate == property::FOUND_BY && other.graph_name == quad.graph_name);
            match said.map(|quad| &quad.object) {
                Some(Term::Literal(layers)) => layers.value().to_owned(),
                _ => String::new(),
            }
        };
        quotes.push(Quote {
            document: document.as_str().to_owned(),
            source: text(property::SOURCE_PATH)?.unwrap_or_default(),
            title: text(schema::HEADLINE)?,
            publisher: text(property::PUBLISHER_NAME)?,
            published: text(property::PUBLISHED_LATEST)?,
            page: literal(store, evidence.as_ref(), property::PAGE)?.and_then(|page| page.parse().ok()),
            start: number(oa::START)?,
            end: number(oa::END)?,
            quote: literal(store, selector.as_ref(), oa::EXACT)?.unwrap_or_default(),
            said_by: said_by.clone(),
            claim: if is_claim { claim.as_str().to_owned() } else { String::new() },
            polarity: notation(property::POLARITY),
            modality: notation(property::MODALITY),
            confidence: notation(property::CONFIDENCE),
            rule: if is_claim { notation(property::RULE) } else { found_by() },
        });
    }
    Ok(quotes)
}

/// The title of a document, else its path or URL.
///
/// # Errors
/// If the database cannot be read.
pub fn document_name(store: &GraphStore, document: NamedNodeRef<'_>) -> Result<String, QueryError> {
    for predicate in [schema::HEADLINE, property::SOURCE_PATH] {
        if let Some(Term::Literal(name)) = one(store, document.into(), predicate)? {
            return Ok(name.value().to_owned());
        }
    }
    Ok(super::shorten(document.as_str()))
}
