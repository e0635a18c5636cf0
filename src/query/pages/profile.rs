//! What a page of one entity shows.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::vocab::rdfs;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::super::error::QueryError;
use super::super::find::{classes, documents_with};
use super::super::values::{literal, name_of};
use super::events::{Episode, EventView, custody, events};
use super::figures::{FigureView, figures};
use super::{Linked, Source};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{local_name, property, schema};
use crate::store::GraphStore;

/// How much of each is shown at most.
const EVENTS: usize = 200;
const EPISODES: usize = 50;
const FIGURES: usize = 100;
const RELATED: usize = 200;
const SOURCES: usize = 200;
/// Documents whose days are looked up one by one; for more those of all documents are read.
const DATED: usize = 1_000;

/// Properties that hold what an entity is called.
const NAMES: [(&str, NamedNodeRef<'static>); 4] = [
    ("name", property::NAME),
    ("alias", property::ALIAS),
    ("nickname", property::NICKNAME),
    ("description", property::DESCRIPTION),
];

/// Something that an entity is called.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NameView {
    /// The name.
    pub text: String,
    /// `name`, `alias`, `nickname` or `description`.
    pub kind: &'static str,
    /// How many documents call it so.
    pub documents: usize,
}

/// How an entity stands to others by one property.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Relation {
    /// Local name of the property.
    pub property: String,
    /// Whether the entity is the object.
    pub inverse: bool,
    /// The others.
    pub others: Vec<Linked>,
    /// How many there are.
    pub total: usize,
}

/// An entity that may be the same.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Double {
    /// The other one.
    pub other: Linked,
    /// Natural logarithm of the odds.
    pub odds: f64,
    /// What speaks for it and against it.
    pub reasons: Vec<String>,
}

/// What is known of one entity, in parts that are never longer than a page can show.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Profile {
    /// Its IRI.
    pub iri: String,
    /// The name it is shown by.
    pub label: String,
    /// Local names of its classes, the most specific first.
    pub classes: Vec<String>,
    /// What it is called, what most documents call it first.
    pub names: Vec<NameView>,
    /// Property → values that are no relations.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Facts about it and others.
    pub relations: Vec<Relation>,
    /// Times in custody.
    pub custody: Vec<Episode>,
    /// In order of time.
    pub events: Vec<EventView>,
    /// How many events there are; none where there are more than anybody counts.
    pub events_total: Option<usize>,
    /// Counts it gives or that are about it.
    pub figures: Vec<FigureView>,
    /// How many figures there are.
    pub figures_total: usize,
    /// Documents that speak of it, the latest first.
    pub sources: Vec<Source>,
    /// How many documents there are.
    pub sources_total: usize,
    /// Who may be the same, and nobody has decided.
    pub doubles: Vec<Double>,
}

/// Collects what is known of an entity; none where the node is none.
///
/// # Errors
/// If the database cannot be read.
pub fn profile(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Option<Profile>, QueryError> {
    let classes = classes(store, entity)?;
    if classes.is_empty() || classes.iter().any(|class| Schema::embedded().is_subclass(class, "Event")) {
        return Ok(None);
    }
    let (events, events_total) = events(store, entity, EVENTS)?;
    let (figures, figures_total) = figures(store, entity, events.iter().map(|event| event.iri.as_str()), FIGURES)?;
    Ok(Some(Profile {
        iri: entity.as_str().to_owned(),
        label: name_of(store, entity)?,
        classes,
        names: names(store, entity)?,
        attributes: attributes(store, entity)?,
        relations: relations(store, entity)?,
        custody: custody(store, entity, EPISODES)?,
        events,
        events_total,
        figures,
        figures_total,
        sources: sources(store, entity)?,
        sources_total: documents_with(store, entity)?,
        doubles: doubles(store, entity)?,
    }))
}

fn names(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Vec<NameView>, QueryError> {
    let mut counted: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
    for (kind, property) in NAMES {
        for quad in store.database().quads_for_pattern(Some(entity.into()), Some(property), None, None) {
            let quad = quad?;
            if let Term::Literal(name) = quad.object {
                // The default graph has them once more.
                let documents = counted.entry((name.value().to_owned(), kind)).or_default();
                *documents += usize::from(quad.graph_name != GraphName::DefaultGraph);
            }
        }
    }
    let mut names: Vec<NameView> =
        counted.into_iter().map(|((text, kind), documents)| NameView { text, kind, documents }).collect();
    names.sort_by(|one, other| other.documents.cmp(&one.documents).then_with(|| one.text.cmp(&other.text)));
    Ok(names)
}

fn attributes(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<BTreeMap<String, Vec<String>>, QueryError> {
    let mut attributes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let facts = Some(GraphNameRef::DefaultGraph);
    for quad in store.database().quads_for_pattern(Some(entity.into()), None, None, facts) {
        let quad = quad?;
        let named = quad.predicate == rdfs::LABEL || NAMES.iter().any(|(_, name)| quad.predicate == *name);
        if let (Term::Literal(value), false) = (quad.object, named) {
            let local = local_name(quad.predicate.as_ref())
                .map_or_else(|| super::super::shorten(quad.predicate.as_str()), str::to_owned);
            attributes.entry(local).or_default().push(value.value().to_owned());
        }
    }
    attributes.values_mut().for_each(|values| values.sort());
    Ok(attributes)
}

fn relations(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Vec<Relation>, QueryError> {
    let facts = Some(GraphNameRef::DefaultGraph);
    let mut relations = Vec::new();
    let known: Vec<NamedNode> =
        Schema::embedded().relations().filter_map(|relation| Schema::embedded().iri(&relation.name)).collect();
    for predicate in &known {
        for inverse in [false, true] {
            let (subject, object) = if inverse { (None, Some(entity.into())) } else { (Some(entity.into()), None) };
            let mut relation = Relation {
                property: local_name(predicate.as_ref()).unwrap_or_default().to_owned(),
                inverse,
                others: Vec::new(),
                total: 0,
            };
            for quad in store.database().quads_for_pattern(subject, Some(predicate.as_ref()), object, facts) {
                let quad = quad?;
                let other = match (inverse, quad.subject, quad.object) {
                    (true, NamedOrBlankNode::NamedNode(other), _) | (false, _, Term::NamedNode(other)) => other,
                    _ => continue,
                };
                relation.total += 1;
                if relation.others.len() < RELATED {
                    relation.others.push(Linked::of(store, other.as_ref())?);
                }
            }
            if relation.total > 0 {
                relation.others.sort();
                relations.push(relation);
            }
        }
    }
    Ok(relations)
}

fn sources(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Vec<Source>, QueryError> {
    let facts = Some(GraphNameRef::DefaultGraph);
    let mut documents = Vec::new();
    for quad in store.database().quads_for_pattern(None, Some(schema::MENTIONS), Some(entity.into()), facts) {
        if let NamedOrBlankNode::NamedNode(document) = quad?.subject {
            documents.push(document);
        }
    }
    let mut dated = Vec::with_capacity(documents.len());
    if documents.len() <= DATED {
        for document in documents {
            dated.push((literal(store, document.as_ref(), property::PUBLISHED_LATEST)?, document));
        }
    } else {
        let mut days: HashMap<NamedNode, String> = HashMap::new();
        for quad in store.database().quads_for_pattern(None, Some(property::PUBLISHED_LATEST), None, facts) {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(document), Term::Literal(day)) = (quad.subject, quad.object) {
                days.insert(document, day.value().to_owned());
            }
        }
        dated.extend(documents.into_iter().map(|document| (days.remove(&document), document)));
    }
    dated.sort_by(|one, other| other.cmp(one));
    dated.into_iter().take(SOURCES).map(|(_, document)| Source::of(store, document.as_ref())).collect()
}

fn doubles(store: &GraphStore, entity: NamedNodeRef<'_>) -> Result<Vec<Double>, QueryError> {
    let mut doubles: Vec<Double> = Vec::new();
    for pair in store.in_doubt(&entity.into_owned())? {
        let leads = |iri: &str| store.leads_to(NamedNode::new_unchecked(iri));
        let (one, other) = (leads(&pair.entities.0)?, leads(&pair.entities.1)?);
        let other = if one == entity { other } else { one };
        let other = Linked::of(store, other.as_ref())?;
        if other.iri != entity.as_str() && !doubles.iter().any(|known| known.other == other) {
            let reasons = pair.reasons.into_iter().map(|reason| reason.text).collect();
            doubles.push(Double { other, odds: (pair.odds * 10.0).round() / 10.0, reasons });
        }
    }
    Ok(doubles)
}
