//! `isnad verify`

use std::io::Write;

use anyhow::Result;
use isnad::query;
use isnad::store::{Access, GraphStore};
use oxigraph::model::NamedNodeRef;

use super::Outcome;
use super::args::{Common, VerifyArgs};
use super::output::{Output, clean};

pub(crate) fn run(args: &VerifyArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let verified = store.verify()?;
    let mut out = std::io::stdout().lock();
    for problem in &verified.problems {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(problem)?)?;
        } else {
            let name = query::document_name(&store, NamedNodeRef::new_unchecked(&problem.document))?;
            writeln!(out, "{}  {}  {}", clean(&name), query::shorten(&problem.node), clean(&problem.problem))?;
        }
    }
    if !args.json {
        writeln!(
            out,
            "{} claims of {} documents, {} quotes held against the texts: {}",
            verified.claims,
            verified.documents + verified.without_text,
            verified.quotes,
            if verified.problems.is_empty() {
                "all stand".to_owned()
            } else {
                format!("{} problems", verified.problems.len())
            }
        )?;
    }
    if verified.without_text > 0 {
        output.say(&format!("{} documents came as RDF; there is no text to hold them against", verified.without_text));
    }
    Ok(if verified.problems.is_empty() { Outcome::Done } else { Outcome::Nothing })
}
