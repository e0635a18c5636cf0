//! `isnad stats`

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use isnad::ontology::vocabulary::{NAMESPACE, property};
use isnad::store::{Access, GraphStore};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, Term};

use super::Outcome;
use super::args::{Common, StatsArgs};
use super::build::grouped;
use super::output::Output;

pub(crate) fn run(args: &StatsArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for quad in store.database().quads_for_pattern(None, Some(rdf::TYPE), None, Some(GraphNameRef::DefaultGraph)) {
        if let Term::NamedNode(class) = quad?.object
            && let Some(name) = class.as_str().strip_prefix(NAMESPACE)
        {
            *classes.entry(name.to_owned()).or_default() += 1;
        }
    }
    let mut years: BTreeMap<String, usize> = BTreeMap::new();
    for quad in store.database().quads_for_pattern(
        None,
        Some(property::PUBLISHED_LATEST),
        None,
        Some(GraphNameRef::DefaultGraph),
    ) {
        if let Term::Literal(day) = quad?.object {
            *years.entry(day.value().chars().take(4).collect()).or_default() += 1;
        }
    }
    let (claims, quads) = (store.claims()?, store.quads()?);
    let mut out = std::io::stdout().lock();
    if args.json {
        let value = serde_json::json!({"documents": store.documents(), "claims": claims, "quads": quads, "classes": classes, "documents_by_year": years});
        writeln!(out, "{value}")?;
        return Ok(Outcome::Done);
    }
    let mut rows = vec![
        vec!["documents".to_owned(), grouped(store.documents())],
        vec!["claims".to_owned(), grouped(claims)],
        vec!["quads, facts included".to_owned(), grouped(quads)],
    ];
    rows.extend(classes.iter().map(|(class, count)| vec![format!("isnad:{class}"), grouped(*count)]));
    rows.extend(years.iter().map(|(year, count)| vec![format!("published in {year}"), grouped(*count)]));
    writeln!(out, "{}", output.table(&["in the graph".to_owned(), "how many".to_owned()], rows))?;
    Ok(Outcome::Done)
}
