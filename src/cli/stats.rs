//! `isnad stats`

use std::io::Write;

use anyhow::Result;
use isnad::query;
use isnad::store::{Access, GraphStore};

use super::Outcome;
use super::args::{Common, StatsArgs};
use super::build::grouped;
use super::output::Output;

pub(crate) fn run(args: &StatsArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let counted = query::statistics(&store)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_value(&counted)?)?;
        return Ok(Outcome::Done);
    }
    let mut rows = vec![
        vec!["documents".to_owned(), grouped(counted.documents)],
        vec!["claims".to_owned(), grouped(counted.claims)],
        vec!["quads, facts included".to_owned(), grouped(counted.quads)],
    ];
    rows.extend(counted.classes.iter().map(|(class, count)| vec![format!("isnad:{class}"), grouped(*count)]));
    rows.extend(
        counted.documents_by_year.iter().map(|(year, count)| vec![format!("published in {year}"), grouped(*count)]),
    );
    writeln!(out, "{}", output.table(&["in the graph".to_owned(), "how many".to_owned()], rows))?;
    Ok(Outcome::Done)
}
