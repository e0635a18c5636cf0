//! `isnad find`

use std::io::Write;

use anyhow::{Result, bail};
use isnad::ontology::Schema;
use isnad::query;
use isnad::store::{Access, GraphStore};

use super::Outcome;
use super::args::{Common, FindArgs};
use super::output::Output;

pub(crate) fn run(args: &FindArgs, common: &Common, output: &Output) -> Result<Outcome> {
    if let Some(class) = &args.class
        && Schema::embedded().class(class).is_none()
    {
        bail!(
            "`{class}` is no class of the ontology\nhint: some are Person, PersonGroup, Organization, Facility, Prison, City, Region, Country"
        );
    }
    let store = GraphStore::open(&common.store, Access::Read)?;
    let mut found = query::find(&store, &args.text, args.class.as_deref())?;
    found.truncate(args.limit);
    let mut out = std::io::stdout().lock();
    if args.json {
        for hit in &found {
            let value = serde_json::json!({
                "iri": hit.entity.as_str(), "label": hit.label, "class": hit.class, "matched": hit.name,
                "score": (hit.score * 100.0).round() / 100.0, "documents": hit.documents,
            });
            writeln!(out, "{value}")?;
        }
    } else if found.is_empty() {
        output.say(&format!("nobody and nothing is called `{}`", args.text));
    } else {
        let header = ["name", "class", "matched", "score", "documents", "iri"].map(str::to_owned);
        let rows = found
            .iter()
            .map(|hit| {
                vec![
                    hit.label.clone(),
                    hit.class.clone(),
                    hit.name.clone(),
                    format!("{:.2}", hit.score),
                    hit.documents.to_string(),
                    query::shorten(hit.entity.as_str()),
                ]
            })
            .collect();
        writeln!(out, "{}", output.table(&header, rows))?;
    }
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
