//! What a search lists: who is called so, with enough beside the name to tell one from another.

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::super::error::QueryError;
use super::super::find::{Match, class_of, find};
use super::super::values::{literal, name_of};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{ID_NAMESPACE, property};
use crate::store::GraphStore;

/// Statements about one entity that are looked at for its days.
const MOST_LOOKED_AT: usize = 100;
/// Places that are told of one entity.
const MOST_PLACES: usize = 2;
/// Where somebody or something is, what tells most first.
const WHERE: [NamedNodeRef<'static>; 5] =
    [property::LOCATED_IN, property::HELD_AT, property::RESIDES_IN, property::COMES_FROM, property::RELEASED_FROM];

/// An entity that a name may mean.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Hit {
    /// Its IRI.
    pub iri: String,
    /// The name it is shown by.
    pub label: String,
    /// Local name of its most specific class.
    pub class: String,
    /// The name that matched.
    pub matched: String,
    /// Between 0 and 1, two decimals.
    pub score: f64,
    /// How many documents mention it.
    pub documents: usize,
    /// Names of where it is, lies or was held.
    pub places: Vec<String>,
    /// The first day of its events.
    pub earliest: Option<String>,
    /// The last day of its events.
    pub latest: Option<String>,
}

/// Entities whose names are like `text`, best first, at most `limit`; those of class `class` only, where given.
///
/// # Errors
/// If the index or the database cannot be read.
pub fn hits(store: &GraphStore, text: &str, class: Option<&str>, limit: usize) -> Result<Vec<Hit>, QueryError> {
    find(store, text, class)?.into_iter().take(limit).map(|found| hit(store, found)).collect()
}

fn hit(store: &GraphStore, found: Match) -> Result<Hit, QueryError> {
    let facts = Some(GraphNameRef::DefaultGraph);
    let mut places: Vec<String> = Vec::new();
    for relation in WHERE {
        let quads = store.database().quads_for_pattern(Some((&found.entity).into()), Some(relation), None, facts);
        for quad in quads.take(MOST_LOOKED_AT) {
            if let Term::NamedNode(place) = quad?.object
                && is_named_place(store, &place)?
            {
                let name = name_of(store, place.as_ref())?;
                if places.len() < MOST_PLACES && !places.contains(&name) {
                    places.push(name);
                }
            }
        }
    }
    let (mut earliest, mut latest) = (None, None);
    let roles = store.database().quads_for_pattern(None, None, Some((&found.entity).into()), facts);
    for quad in roles.take(MOST_LOOKED_AT) {
        let NamedOrBlankNode::NamedNode(event) = quad?.subject else { continue };
        if event.as_str().strip_prefix(ID_NAMESPACE).is_some_and(|local| local.starts_with("event/")) {
            let (from, to) = days(store, &event)?;
            earliest = earliest.into_iter().chain(from).min();
            latest = latest.into_iter().chain(to).max();
        }
    }
    Ok(Hit {
        iri: found.entity.into_string(),
        label: found.label,
        class: found.class,
        matched: found.name,
        score: (found.score * 100.0).round() / 100.0,
        documents: found.documents,
        places,
        earliest,
        latest,
    })
}

/// "A cell" tells nobody apart.
fn is_named_place(store: &GraphStore, node: &NamedNode) -> Result<bool, QueryError> {
    let lies =
        class_of(store, node.as_ref())?.is_some_and(|class| Schema::embedded().is_subclass(&class, "SpatialThing"));
    Ok(lies && literal(store, node.as_ref(), property::NAME)?.is_some())
}

/// The days between which an event lies, where both are known: one alone says little of when somebody is spoken of.
fn days(store: &GraphStore, event: &NamedNode) -> Result<(Option<String>, Option<String>), QueryError> {
    let earliest = literal(store, event.as_ref(), property::EARLIEST)?;
    let latest = literal(store, event.as_ref(), property::LATEST)?;
    Ok(if earliest.is_some() && latest.is_some() { (earliest, latest) } else { (None, None) })
}
