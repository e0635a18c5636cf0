//! `isnad bench exports`

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use isnad::bench::invented_document;
use isnad::store::{Access, GraphStore};
use serde_json::json;

use super::super::Outcome;
use super::super::build::grouped;
use super::super::output::Output;
use super::Scratch;
use super::args::ExportsArgs;

pub(crate) fn run(args: &ExportsArgs, output: &Output) -> Result<Outcome> {
    let scratch = Scratch::new()?;
    let folder = scratch.0.join("graph");
    output.say(&format!("inventing {} quads", grouped(args.quads as usize)));
    let quads = {
        let store = GraphStore::open(&folder, Access::Write)?;
        let documents = args.quads as usize / invented_document(0).len();
        let mut loader = store.database().bulk_loader();
        loader.load_quads((0..documents.max(1)).flat_map(invented_document))?;
        loader.commit()?;
        if args.compact {
            store.database().optimize()?;
        }
        store.quads()?
    };
    let mut out = std::io::stdout().lock();
    let mut rows = Vec::new();
    for format in &args.format {
        let name = format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let written = write(&folder, &name)?;
        let rate = quads as f64 / written.seconds;
        if args.json {
            let line = json!({"format": name, "quads": quads, "seconds": written.seconds, "quads_per_second": rate,
                "bytes": written.bytes, "peak_memory_mib": written.peak_memory_mib});
            writeln!(out, "{line}")?;
            out.flush()?;
            continue;
        }
        rows.push(vec![
            name,
            grouped(quads),
            format!("{:.1}", written.seconds),
            grouped(rate as usize),
            grouped(written.bytes as usize >> 20),
            written.peak_memory_mib.map(|mib| format!("{mib} MiB")).unwrap_or_default(),
        ]);
    }
    if !args.json {
        let header = ["format", "quads", "seconds", "quads/s", "MiB", "peak memory"].map(str::to_owned);
        writeln!(out, "{}", output.table(&header, rows))?;
    }
    Ok(Outcome::Done)
}

struct Written {
    seconds: f64,
    bytes: u64,
    peak_memory_mib: Option<u64>,
}

/// Exports in a process of its own, whose memory is its own too; what it writes goes nowhere.
fn write(folder: &std::path::Path, format: &str) -> Result<Written> {
    let program = std::env::current_exe().context("this program cannot find itself")?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .arg("--store")
        .arg(folder)
        .args(["export", "--format", format])
        .stdout(Stdio::piped())
        .spawn()
        .context("the export cannot be started")?;
    let (mut bytes, mut peak) = (0, None);
    if let Some(mut pipe) = child.stdout.take() {
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = pipe.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            peak = peak_memory_mib(child.id()).or(peak);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("the export as {format} failed");
    }
    Ok(Written { seconds: start.elapsed().as_secs_f64(), bytes, peak_memory_mib: peak })
}

fn peak_memory_mib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}
