//! `isnad bench find`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use isnad::bench::linking::Problem;
use isnad::query;
use isnad::store::{Access, GraphStore};
use oxigraph::model::{Literal, NamedNode};

use super::super::Outcome;
use super::super::build::grouped;
use super::super::output::Output;
use super::args::FindBenchArgs;
use super::{Scratch, machine, write_markdown};

/// Names that are looked for.
const QUERIES: usize = 1_000;
/// Mentions for each entity of invented documents.
const MENTIONS: u32 = 4;

/// An entity: its class and its names as they were first written.
type Entity = (&'static str, Vec<String>);

pub(crate) fn run(args: &FindBenchArgs, output: &Output) -> Result<Outcome> {
    output.say(&format!("about {} entities", grouped(args.entities as usize)));
    let problem = Problem::new((args.entities * MENTIONS) as usize, args.seed);
    let (known, asked) = apart(&entities(&problem));
    drop(problem);
    if asked.is_empty() {
        bail!("no entity has two names\nhint: --entities takes a larger number");
    }
    let scratch = Scratch::new()?;
    let store = stored(&known, &scratch)?;
    let mut milliseconds: Vec<f64> = Vec::with_capacity(asked.len());
    let (mut first, mut among) = (0, 0);
    // The first answer opens the index.
    query::find(&store, &asked[0].1, None)?;
    for (entity, name) in &asked {
        let start = Instant::now();
        let found = query::find(&store, name, None)?;
        milliseconds.push(start.elapsed().as_secs_f64() * 1e3);
        let right = |found: &query::Match| found.entity.as_str() == iri(*entity);
        first += usize::from(found.first().is_some_and(right));
        among += usize::from(found.iter().take(5).any(right));
    }
    milliseconds.sort_by(f64::total_cmp);
    let at = |share: f64| milliseconds[((milliseconds.len() - 1) as f64 * share) as usize];
    let share = |count: usize| count as f64 / asked.len() as f64;
    let mut out = std::io::stdout().lock();
    if args.json {
        let line = serde_json::json!({
            "entities": known.len(), "queries": asked.len(), "p50_ms": at(0.5), "p99_ms": at(0.99),
            "first": share(first), "among_five": share(among),
        });
        writeln!(out, "{line}")?;
        return Ok(Outcome::Done);
    }
    let header = ["entities", "names looked for", "ms (p50)", "ms (p99)", "right one first", "among five"];
    let row = vec![
        grouped(known.len()),
        grouped(asked.len()),
        format!("{:.2}", at(0.5)),
        format!("{:.2}", at(0.99)),
        format!("{:.1}", share(first) * 100.0),
        format!("{:.1}", share(among) * 100.0),
    ];
    write_markdown(&mut out, &header, &[row])?;
    writeln!(out, "\n{}", machine())?;
    Ok(Outcome::Done)
}

/// The entities of the invented documents, by their numbers, each with its names in the order of documents.
fn entities(problem: &Problem) -> BTreeMap<u32, Entity> {
    let mut entities: BTreeMap<u32, Entity> = BTreeMap::new();
    for (document, truth) in problem.documents.iter().zip(&problem.truth) {
        for (record, number) in document.records.iter().zip(truth) {
            let (_, names) = entities.entry(*number).or_insert_with(|| (record.kind.as_str(), Vec::new()));
            for name in &record.names {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
        }
    }
    entities
}

/// Entities without the last of their names, and those names: spellings that the index does not have.
fn apart(entities: &BTreeMap<u32, Entity>) -> (BTreeMap<u32, Entity>, Vec<(u32, String)>) {
    let mut known = entities.clone();
    let mut asked = Vec::new();
    for (number, (_, names)) in &mut known {
        if names.len() > 1
            && let Some(name) = names.pop()
            && name.split_whitespace().count() > 1
        {
            asked.push((*number, name));
        }
    }
    let step = (asked.len() / QUERIES).max(1);
    let asked = asked.into_iter().step_by(step).take(QUERIES).collect();
    (known, asked)
}

fn iri(entity: u32) -> String {
    format!("https://w3id.org/isnad/id/person/invented-{entity}")
}

fn stored(known: &BTreeMap<u32, Entity>, scratch: &Scratch) -> Result<GraphStore> {
    let mut quads = String::new();
    for (number, (class, names)) in known {
        let node = NamedNode::new(iri(*number))?;
        writeln!(
            quads,
            "{node} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/isnad/ontology#{class}> ."
        )?;
        for name in names {
            let name = Literal::new_simple_literal(name);
            writeln!(quads, "{node} <https://w3id.org/isnad/ontology#name> {name} .")?;
        }
    }
    let file = scratch.0.join("entities.nq");
    std::fs::write(&file, quads).with_context(|| format!("{} cannot be written", file.display()))?;
    let mut store = GraphStore::open(&scratch.0.join("graph"), Access::Write)?;
    store.import(&file)?;
    Ok(store)
}
