//! The events of an entity, and the steps of a person's custody.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::super::entity::quotes_of_claim;
use super::super::error::QueryError;
use super::super::values::{literal, node, notation};
use super::statement::{Statement, claims_of};
use super::{Linked, Source};
use crate::ontology::vocabulary::{ID_NAMESPACE, local_name, property};
use crate::store::GraphStore;

/// Claims with one entity as their object that are looked at.
const MOST_CLAIMS: usize = 3_000;
/// Claims about one event that are looked at.
const MOST_OF_EVENT: usize = 200;

/// An event in which an entity has a role.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct EventView {
    /// Its IRI.
    pub iri: String,
    /// Local name of its class.
    pub class: String,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// What the days rest on.
    pub basis: String,
    /// Positive or negative.
    pub polarity: String,
    /// Actual, planned…
    pub modality: String,
    /// Between 0 and 1, two decimals.
    pub confidence: Option<String>,
    /// Role → those who fill it.
    pub roles: BTreeMap<String, Vec<Linked>>,
    /// The words that say it.
    pub quote: String,
    /// The document that tells it.
    pub source: Source,
    /// The happening of which it is an account beside those of other documents.
    pub happening: Option<String>,
}

/// A step of somebody's custody, as one document tells it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Step {
    /// Its place in the order of its episode, from 1.
    pub number: usize,
    /// Local name of the class of its event.
    pub class: String,
    /// Where.
    pub site: Option<Linked>,
    /// First possible day, where it is stated.
    pub earliest: Option<String>,
    /// Last possible day, where it is stated.
    pub latest: Option<String>,
    /// Stated or inferred.
    pub basis: String,
    /// Actual or reported with doubt.
    pub modality: String,
    /// Whether the text names the site only as one of several.
    pub open: bool,
    /// IRI of the event.
    pub event: Option<String>,
}

/// One time in custody, as one document tells it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Episode {
    /// The document.
    pub source: Source,
    /// In order.
    pub steps: Vec<Step>,
}

/// The events in which an entity has a role, claimed in any way, in order of time, and how many there are; none where there
/// are more than anybody counts. Of more than `most` those with days come first.
pub(super) fn events(
    store: &GraphStore,
    entity: NamedNodeRef<'_>,
    most: usize,
) -> Result<(Vec<EventView>, Option<usize>), QueryError> {
    let mut found: BTreeSet<NamedNode> = BTreeSet::new();
    let claims = store.database().quads_for_pattern(None, Some(rdf::OBJECT), Some(entity.into()), None);
    let mut looked_at = 0;
    for quad in claims.take(MOST_CLAIMS) {
        looked_at += 1;
        if let NamedOrBlankNode::NamedNode(claim) = quad?.subject
            && let Some(subject) = node(store, claim.as_ref(), rdf::SUBJECT)?
            && subject.as_str().strip_prefix(ID_NAMESPACE).is_some_and(|local| local.starts_with("event/"))
        {
            found.insert(subject);
        }
    }
    let mut dated = Vec::with_capacity(found.len());
    for event in found {
        let earliest = literal(store, event.as_ref(), property::EARLIEST)?;
        let latest = literal(store, event.as_ref(), property::LATEST)?;
        let key = (latest.clone().or_else(|| earliest.clone()).unwrap_or_else(|| "9999".to_owned()), earliest.clone());
        dated.push((key, event, earliest, latest));
    }
    dated.sort();
    let total = (looked_at < MOST_CLAIMS).then_some(dated.len());
    dated.truncate(most);
    let views = dated.into_iter().map(|(_, event, earliest, latest)| view(store, &event, earliest, latest));
    Ok((views.collect::<Result<_, _>>()?, total))
}

fn view(
    store: &GraphStore,
    event: &NamedNode,
    earliest: Option<String>,
    latest: Option<String>,
) -> Result<EventView, QueryError> {
    let document = node(store, event.as_ref(), property::ACCOUNT)?;
    let source = document.map_or_else(|| Ok(Source::default()), |document| Source::of(store, document.as_ref()))?;
    let mut view = EventView {
        iri: event.as_str().to_owned(),
        class: String::new(),
        earliest,
        latest,
        basis: notation(store, event.as_ref(), property::TIME_BASIS)?,
        polarity: String::new(),
        modality: String::new(),
        confidence: None,
        roles: BTreeMap::new(),
        quote: String::new(),
        source,
        happening: node(store, event.as_ref(), property::ACCOUNT_OF)?.map(NamedNode::into_string),
    };
    for claim in claims_of(store, event, MOST_OF_EVENT)? {
        let Some(statement) = Statement::of(store, &claim)? else { continue };
        match &statement.node {
            None if statement.property == "type" && view.class.is_empty() => {
                let quotes = quotes_of_claim(store, claim.as_ref())?;
                view.quote = quotes.into_iter().map(|quote| quote.quote).next().unwrap_or_default();
                view.class = statement.value;
                view.polarity = statement.polarity;
                view.modality = statement.modality;
                view.confidence = statement.confidence;
            }
            Some(filler) => {
                let filler = Linked::of(store, NamedNodeRef::new_unchecked(filler))?;
                let fillers = view.roles.entry(statement.property).or_default();
                if !fillers.contains(&filler) {
                    fillers.push(filler);
                }
            }
            None => {}
        }
    }
    view.roles.values_mut().for_each(|fillers| fillers.sort());
    Ok(view)
}

/// The times in custody of a person, those of the earliest document first, at most `most`.
pub(super) fn custody(store: &GraphStore, person: NamedNodeRef<'_>, most: usize) -> Result<Vec<Episode>, QueryError> {
    let found = store.database().quads_for_pattern(None, Some(property::EPISODE_PERSON), Some(person.into()), None);
    let mut episodes = Vec::new();
    for quad in found.take(most) {
        let quad = quad?;
        let oxigraph::model::GraphName::NamedNode(document) = &quad.graph_name else { continue };
        let mut steps = Vec::new();
        let nodes = store.database().quads_for_pattern(
            Some(quad.subject.as_ref()),
            Some(property::EPISODE_STEP),
            None,
            Some(quad.graph_name.as_ref()),
        );
        for step in nodes {
            if let Term::NamedNode(step) = step?.object {
                steps.push(self::step(store, &step)?);
            }
        }
        steps.sort_by_key(|step| step.number);
        episodes.push(Episode { source: Source::of(store, document.as_ref())?, steps });
    }
    episodes.sort_by(|one, other| one.source.cmp(&other.source));
    Ok(episodes)
}

fn step(store: &GraphStore, step: &NamedNode) -> Result<Step, QueryError> {
    let text = |predicate| literal(store, step.as_ref(), predicate);
    let site = node(store, step.as_ref(), property::STEP_SITE)?;
    let class = node(store, step.as_ref(), property::STEP_KIND)?;
    Ok(Step {
        number: text(property::STEP_NUMBER)?.and_then(|number| number.parse().ok()).unwrap_or_default(),
        class: class.and_then(|class| local_name(class.as_ref()).map(str::to_owned)).unwrap_or_default(),
        site: site.map(|site| Linked::of(store, site.as_ref())).transpose()?,
        earliest: text(property::EARLIEST)?,
        latest: text(property::LATEST)?,
        basis: notation(store, step.as_ref(), property::STEP_BASIS)?,
        modality: notation(store, step.as_ref(), property::MODALITY)?,
        open: text(property::OPEN_LIST)?.as_deref() == Some("true"),
        event: node(store, step.as_ref(), property::STEP_EVENT)?.map(NamedNode::into_string),
    })
}
