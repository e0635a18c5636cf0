//! `isnad import`

use std::io::Write;

use anyhow::Result;
use isnad::claims::Policy;
use isnad::store::{Access, GraphStore};

use super::Outcome;
use super::args::{Common, ImportArgs};
use super::build::decisions;
use super::output::Output;

pub(crate) fn run(args: &ImportArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let mut store = GraphStore::open(&common.store, Access::Write)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut entities = 0;
    for file in &args.files {
        let imported = store.import(file).inspect_err(|_| {
            if !rows.is_empty() {
                output.say(&format!("{} files before it are loaded", rows.len()));
            }
        })?;
        entities += imported.entities;
        rows.push(vec![
            file.display().to_string(),
            imported.quads.to_string(),
            imported.entities.to_string(),
            imported.graph.unwrap_or_else(|| "as in the file".to_owned()),
        ]);
    }
    if entities > 0 {
        let linking = store.finish(&Policy::default(), &decisions(None, common)?)?;
        output.say(&format!("{} entities lead to others; {} pairs to review", linking.merged, linking.possible));
    }
    let header = ["file", "quads", "entities", "graph"].map(str::to_owned);
    writeln!(std::io::stdout().lock(), "{}", output.table(&header, rows))?;
    Ok(Outcome::Done)
}
