//! `isnad import`

use std::io::Write;

use anyhow::Result;
use isnad::store::{Access, GraphStore};

use super::Outcome;
use super::args::{Common, ImportArgs};
use super::output::Output;

pub(crate) fn run(args: &ImportArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let mut store = GraphStore::open(&common.store, Access::Write)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for file in &args.files {
        let imported = store.import(file).inspect_err(|_| {
            if !rows.is_empty() {
                output.say(&format!("{} files before it are loaded", rows.len()));
            }
        })?;
        rows.push(vec![
            file.display().to_string(),
            imported.quads.to_string(),
            imported.graph.unwrap_or_else(|| "as in the file".to_owned()),
        ]);
    }
    let header = ["file", "quads", "graph"].map(str::to_owned);
    writeln!(std::io::stdout().lock(), "{}", output.table(&header, rows))?;
    Ok(Outcome::Done)
}
