//! `isnad bench linking`

use std::io::Write;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use isnad::bench::linking::{Linked, Problem, completeness, measure};
use isnad::link::{Decisions, resolve};
use serde::Serialize;
use serde_json::Value;

use super::super::Outcome;
use super::super::build::{grouped, peak_memory_mib};
use super::super::output::Output;
use super::args::LinkingArgs;
use super::{machine, write_markdown};

/// Numbers of mentions at which growth is measured.
const SIZES: &[u32] = &[10_000, 100_000, 1_000_000];

/// Pairs of names without a common key that are shown.
const SHOWN: usize = 20;

/// What linking so many mentions came to, as a line of JSON.
#[derive(Serialize)]
struct Line {
    mentions: usize,
    entities: usize,
    documents: usize,
    seconds: f64,
    microseconds_per_mention: f64,
    seconds_to_invent: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    records_mib: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_memory_mib: Option<u64>,
    compared: usize,
    possibly_same: usize,
    pair_completeness: f64,
    without_common_key: Vec<(String, String)>,
    by_key: Linked,
    linked: Linked,
}

pub(crate) fn run(args: &LinkingArgs, output: &Output) -> Result<Outcome> {
    let sizes = if args.mentions.is_empty() { SIZES } else { args.mentions.as_slice() };
    let mut out = std::io::stdout().lock();
    if let (&[mentions], true) = (sizes, args.json) {
        writeln!(out, "{}", serde_json::to_string(&link(mentions as usize, args.seed))?)?;
        return Ok(Outcome::Done);
    }
    let mut lines = Vec::new();
    for &mentions in sizes {
        output.say(&format!("{} mentions", grouped(mentions as usize)));
        let line = apart(mentions, args.seed)?;
        if args.json {
            writeln!(out, "{line}")?;
        }
        lines.push(line);
    }
    if !args.json {
        tables(&lines, &mut out)?;
    }
    Ok(Outcome::Done)
}

fn link(mentions: usize, seed: u64) -> Line {
    let start = Instant::now();
    let problem = Problem::new(mentions, seed);
    let seconds_to_invent = start.elapsed().as_secs_f64();
    let records_mib = peak_memory_mib();
    let start = Instant::now();
    let resolution = resolve(&problem.documents, &Decisions::default());
    let seconds = start.elapsed().as_secs_f64();
    let peak_memory_mib = peak_memory_mib();
    let mut without_common_key = Vec::new();
    let pair_completeness = completeness(&problem, &mut without_common_key);
    without_common_key.truncate(SHOWN);
    Line {
        mentions,
        entities: problem.entities,
        documents: problem.documents.len(),
        seconds,
        microseconds_per_mention: seconds * 1e6 / mentions.max(1) as f64,
        seconds_to_invent,
        records_mib,
        peak_memory_mib,
        compared: resolution.compared,
        possibly_same: resolution.possible.len(),
        pair_completeness,
        without_common_key,
        by_key: measure(&problem, |_, record| &record.local),
        linked: measure(&problem, |document, record| resolution.iri(document, &record.local)),
    }
}

/// Links in a process of its own, whose memory is its own too.
fn apart(mentions: u32, seed: u64) -> Result<Value> {
    let program = std::env::current_exe().context("this program cannot find itself")?;
    let done = Command::new(program)
        .args(["bench", "linking", "--json", "--mentions", &mentions.to_string(), "--seed", &seed.to_string()])
        .output()
        .context("linking cannot be started")?;
    if !done.status.success() {
        bail!("linking {mentions} mentions failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    serde_json::from_slice(&done.stdout).context("the figures of linking cannot be read")
}

fn tables(lines: &[Value], out: &mut dyn Write) -> Result<()> {
    let number = |line: &Value, path: &str| line.pointer(path).and_then(Value::as_f64).unwrap_or_default();
    let percent = |line: &Value, path: &str| format!("{:.1}", number(line, path) * 100.0);
    let whole = |line: &Value, path: &str| grouped(number(line, path) as usize);
    writeln!(out, "Linking invented documents:\n")?;
    let mut rows = Vec::new();
    for line in lines {
        for (how, name) in [("by_key", "by key alone"), ("linked", "linked")] {
            let mut row = vec![whole(line, "/mentions"), whole(line, "/entities"), name.to_owned()];
            for measure in ["pairs", "b_cubed"] {
                row.extend(["precision", "recall", "f1"].map(|one| percent(line, &format!("/{how}/{measure}/{one}"))));
            }
            row.push(format!("{:.1}", number(line, &format!("/{how}/false_merges_per_1000"))));
            rows.push(row);
        }
    }
    let header =
        ["mentions", "entities", "how", "pairs P", "R", "F1", "B³ P", "R", "F1", "false merges per 1,000 entities"];
    write_markdown(out, &header, &rows)?;
    writeln!(out)?;
    let row = |line: &Value| {
        vec![
            whole(line, "/mentions"),
            whole(line, "/documents"),
            percent(line, "/pair_completeness"),
            whole(line, "/compared"),
            whole(line, "/possibly_same"),
            format!("{:.2}", number(line, "/seconds")),
            format!("{:.1}", number(line, "/microseconds_per_mention")),
            format!("{} MiB", number(line, "/peak_memory_mib")),
            format!("{} MiB", number(line, "/records_mib")),
        ]
    };
    let header = [
        "mentions",
        "documents",
        "pair completeness",
        "pairs compared",
        "possibly the same",
        "seconds",
        "µs/mention",
        "peak memory",
        "of which before linking",
    ];
    write_markdown(out, &header, &lines.iter().map(row).collect::<Vec<_>>())?;
    if let Some(merges) = lines.last().and_then(|line| line.pointer("/linked/false_merges")?.as_object()) {
        writeln!(out, "\nFalse merges of the largest, by why the two are hard to tell apart:\n")?;
        let rows = merges.iter().map(|(why, count)| vec![why.clone(), count.to_string()]);
        write_markdown(out, &["why", "entities"], &rows.collect::<Vec<_>>())?;
    }
    writeln!(out, "\n{}", machine())?;
    Ok(())
}
