//! What pages show.

use std::io::Write;

use oxigraph::model::NamedNode;

use super::super::frames::AnswerWriter;
use super::super::job::{Failure, Page};
use super::{json, node};
use crate::query::pages;
use crate::store::GraphStore;

/// Writes what a page asks for as JSON.
pub(super) fn page<W: Write>(store: &GraphStore, page: &Page, out: &mut AnswerWriter<W>) -> Result<(), Failure> {
    match page {
        Page::Search { text, class, limit } => {
            node::known(class.as_deref())?;
            json(out, &pages::hits(store, text, class.as_deref(), *limit)?)
        }
        Page::Entity { iri } => {
            let entity = store.leads_to(named(iri)?)?;
            let profile = pages::profile(store, entity.as_ref())?;
            json(out, &profile.ok_or_else(|| unknown(iri))?)
        }
        Page::Evidence(asked) => {
            let subject = store.leads_to(named(&asked.subject)?)?.into_string();
            json(out, &pages::evidence(store, &pages::Asked { subject, ..asked.clone() })?)
        }
        Page::Document { iri } => {
            named(iri)?;
            let reading = pages::reading(store, iri)?;
            let missing = || Failure::new(404, "there is no such document, or nothing is kept of its text");
            json(out, &reading.ok_or_else(missing)?)
        }
        Page::Overview => json(out, &pages::overview(store)?),
    }
}

fn named(iri: &str) -> Result<NamedNode, Failure> {
    NamedNode::new(iri).map_err(|error| Failure::new(400, format!("`{iri}` is no absolute IRI: {error}")))
}

fn unknown(iri: &str) -> Failure {
    Failure::new(404, format!("nothing is known of <{iri}>"))
}
