//! A name or IRI of the command line → an entity.

use anyhow::{Result, bail};
use isnad::query::{self, Match};
use isnad::store::GraphStore;
use oxigraph::model::NamedNode;

use super::output::Output;

/// The node that `text` means: an IRI, or where it leads, else the entity whose name is nearest.
pub(crate) fn entity(store: &GraphStore, text: &str, class: Option<&str>, output: &Output) -> Result<NamedNode> {
    if let Some(node) = iri(text)? {
        return Ok(store.leads_to(node)?);
    }
    let found = query::find(store, text, class)?;
    let Some(first) = found.first() else {
        bail!(
            "nobody and nothing is called `{text}` in {}\nhint: try a part of the name with `isnad find`",
            store.folder().display()
        );
    };
    let near: Vec<&Match> = found.iter().skip(1).filter(|other| other.score >= first.score - 0.05).collect();
    if !near.is_empty() {
        let others = near
            .iter()
            .take(3)
            .map(|other| format!("{} ({})", other.label, query::shorten(other.entity.as_str())))
            .collect::<Vec<_>>();
        output.say(&format!("`{text}` is taken for {}; it could also be {}", first.label, others.join(", ")));
    }
    Ok(first.entity.clone())
}

/// The IRI that a text writes out, in full or with a known prefix.
pub(crate) fn iri(text: &str) -> Result<Option<NamedNode>> {
    let bare = text.trim_start_matches('<').trim_end_matches('>');
    if bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("urn:") {
        return match NamedNode::new(bare) {
            Ok(node) => Ok(Some(node)),
            Err(error) => bail!("`{text}` is not an IRI: {error}"),
        };
    }
    match query::unprefixed(bare) {
        Some(full) if !bare.contains(' ') => match NamedNode::new(full) {
            Ok(node) => Ok(Some(node)),
            Err(error) => bail!("`{text}` is not an IRI: {error}"),
        },
        _ => Ok(None),
    }
}
