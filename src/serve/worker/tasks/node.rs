//! Entities, claims and documents.

use std::io::Write;

use oxigraph::model::{NamedNode, Triple};
use serde_json::json;

use super::super::frames::AnswerWriter;
use super::super::job::{Accepted, Failure};
use super::query::rdf_serializer;
use crate::extract::write_line_without_tokens;
use crate::ontology::Schema;
use crate::query::{self, QueryError};
use crate::store::GraphStore;

/// What is said of a node: of an entity all that is known, of a claim the words it rests on; as triples, those that
/// any graph has with the node as their subject.
pub(super) fn node<W: Write>(
    store: &GraphStore,
    iri: &str,
    accepted: &Accepted,
    out: &mut AnswerWriter<W>,
) -> Result<(), Failure> {
    let node =
        NamedNode::new(iri).map_err(|error| Failure::new(400, format!("the entity's name is no IRI: {error}")))?;
    let leads = store.leads_to(node.clone())?;
    if leads != node {
        if let Some(head) = out.head() {
            head.see = Some(leads.into_string());
        }
        return Ok(());
    }
    let mut triples = Vec::new();
    for quad in store.database().quads_for_pattern(Some(node.as_ref().into()), None, None, None) {
        triples.push(Triple::from(quad.map_err(QueryError::from)?));
    }
    if triples.is_empty() {
        return Err(Failure::new(404, format!("nothing is known of <{}>", node.as_str())));
    }
    if !accepted.json {
        triples.sort_by_cached_key(|triple| (triple.predicate.as_str().to_owned(), triple.object.to_string()));
        triples.dedup();
        let mut writer = rdf_serializer(accepted, out)?.for_writer(&mut *out);
        for triple in &triples {
            writer.serialize_triple(triple)?;
        }
        writer.finish()?;
        return Ok(());
    }
    let dossier = query::dossier(store, node.as_ref())?;
    if !dossier.classes.is_empty() {
        return super::json(out, &dossier);
    }
    let quotes = query::quotes_of_claim(store, node.as_ref())?;
    let mut properties: std::collections::BTreeMap<String, std::collections::BTreeSet<String>> = Default::default();
    for triple in &triples {
        let value = match &triple.object {
            oxigraph::model::Term::NamedNode(node) => node.as_str().to_owned(),
            oxigraph::model::Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        properties.entry(query::shorten(triple.predicate.as_str())).or_default().insert(value);
    }
    super::json(out, &json!({"node": node.as_str(), "properties": properties, "quotes": quotes}))
}

/// Entities whose names are like `text`, best first.
pub(super) fn find<W: Write>(
    store: &GraphStore,
    text: &str,
    class: Option<&str>,
    limit: usize,
    out: &mut AnswerWriter<W>,
) -> Result<(), Failure> {
    known(class)?;
    let mut found = query::find(store, text, class)?;
    found.truncate(limit);
    let hits: Vec<_> = found
        .iter()
        .map(|hit| {
            json!({
                "iri": hit.entity.as_str(), "label": hit.label, "class": hit.class, "matched": hit.name,
                "score": (hit.score * 100.0).round() / 100.0, "documents": hit.documents,
            })
        })
        .collect();
    super::json(out, &json!({"found": hits}))
}

/// Fails where a class that a client names is none.
pub(super) fn known(class: Option<&str>) -> Result<(), Failure> {
    match class.filter(|class| Schema::embedded().class(class).is_none()) {
        None => Ok(()),
        Some(class) => Err(Failure::new(
            400,
            format!(
                "`{class}` is no class of the ontology\nhint: some are Person, Organization, Facility, Prison, City"
            ),
        )),
    }
}

/// The text of a document and what was found in it, as `isnad extract` prints it, without tokens.
pub(super) fn document<W: Write>(store: &GraphStore, id: &str, out: &mut AnswerWriter<W>) -> Result<(), Failure> {
    let Some(annotations) = store.annotations(id)? else {
        return Err(Failure::new(404, "there is no such document, or nothing is kept of its text"));
    };
    super::begin(out, "application/json");
    write_line_without_tokens(&annotations, out)?;
    Ok(())
}
