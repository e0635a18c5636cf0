//! `isnad infer`

use std::io::Write;

use anyhow::Result;
use isnad::store::{Access, GraphStore, Inference};

use super::Outcome;
use super::args::{Common, InferArgs};
use super::output::Output;

pub(crate) fn run(args: &InferArgs, common: &Common, output: &Output) -> Result<Outcome> {
    // Whoever writes would make a store where there is none.
    drop(GraphStore::open(&common.store, Access::Read)?);
    let mut store = GraphStore::open(&common.store, Access::Write)?;
    let inference = match (args.off, args.aligned) {
        (true, _) => Inference::Off,
        (false, true) => Inference::Aligned,
        (false, false) => Inference::Own,
    };
    let triples = store.infer(inference)?;
    if inference == Inference::Off {
        output.say("nothing is inferred any more");
    } else {
        writeln!(std::io::stdout().lock(), "{triples} triples follow from the facts")?;
    }
    Ok(Outcome::Done)
}
