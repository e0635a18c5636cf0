//! Entities of documents → entities of the graph: which IRI each one gets.
//!
//! An entity has an IRI in its document that is a function of the document alone ([`link()`]): the gazetteer's id where it
//! was recognised, else a hash over what makes its name distinctive, else one of its document. [`resolve()`] then finds out
//! which entities of all documents are one, by names, facts and what people have decided ([`Decisions`]).

mod apart;
mod clusters;
pub mod copies;
mod decisions;
pub mod happenings;
mod imported;
pub(crate) mod key;
mod life;
pub mod names;
mod node;
mod odds;
mod record;
mod resolve;
#[cfg(test)]
mod tests;
mod weigh;

pub(crate) use apart::own;
pub use apart::{Apart, apart};
pub use decisions::{Decision, Decisions, DecisionsError, Verdict};
pub use imported::imported_records;
pub(crate) use key::listed;
pub use key::{Link, LinkRule};
pub use odds::{Reason, is_distinctive};
pub use record::{Fact, FactKind, Record, records};
pub use resolve::{DocumentRecords, Pair, Resolution, Unfollowed, resolve};
pub use weigh::{in_documents, weigh};

use crate::gazetteer::Gazetteer;
use crate::model::{Annotations, EntityType};

/// The link of every entity of the document, in the order of [`Annotations::entities`].
///
/// ```
/// use isnad::{extract::Reader, link, model::Document};
/// let read = |text: &str| Reader::default().read(Document::from_text("t", text));
/// let one = read("Ragheed al-Tatari, 70, was freed from Sednaya Prison.");
/// let other = read("Raghid Tatary was held at Saydnaya military prison.");
/// let iris = |a| link::link(a).into_iter().map(|link| link.iri).collect::<Vec<_>>();
/// assert_eq!(iris(&one), iris(&other));
/// ```
pub fn link(annotations: &Annotations) -> Vec<Link> {
    let located = |entity: usize| {
        let place =
            annotations.relations.iter().find(|relation| relation.kind == "locatedIn" && relation.subject == entity);
        place.and_then(|relation| annotations.entities[relation.object].gazetteer.clone())
    };
    (0..annotations.entities.len()).map(|entity| key::link_of(annotations, entity, located(entity))).collect()
}

/// The link of who published a document, by the name that the document's carrier gives: that of the organisation where
/// texts name it too.
///
/// ```
/// use isnad::link;
/// assert_eq!(link::publisher("Reuters").iri, "https://w3id.org/isnad/id/organization/reuters");
/// assert_eq!(link::publisher("The Harbour Post").iri, link::publisher("Harbour Post").iri);
/// ```
pub fn publisher(name: &str) -> Link {
    let hits = Gazetteer::embedded().lookup(name);
    let listed = hits.into_iter().find(|hit| hit.entry.kind == EntityType::Organization);
    key::organization(name, listed.map(|hit| hit.entry.key).as_deref())
}
