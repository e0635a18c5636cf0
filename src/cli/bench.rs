//! `isnad bench`

mod accuracy;
pub(super) mod args;
mod exports;
mod find;
mod linking;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use isnad::bench::{self, NameSpeed, Sample};
use isnad::model::Reading;
use isnad::store::{Access, GraphStore};
use serde_json::Value;

use args::{BenchArgs, BenchCommand, SpeedArgs};

use super::Outcome;
use super::build::grouped;
use super::output::Output;

/// Numbers of documents at which growth is measured.
const SIZES: &[usize] = &[100, 200, 500, 1000, 2000];

/// Documents that are read accurately unless more is asked for, and those of which each stage is timed: the names
/// encoder takes its time.
const SOME: usize = 500;

pub(crate) fn run(args: &BenchArgs, output: &Output) -> Result<Outcome> {
    match &args.command {
        BenchCommand::Accuracy(args) => accuracy::run(args, output),
        BenchCommand::Exports(args) => exports::run(args, output),
        BenchCommand::Find(args) => find::run(args, output),
        BenchCommand::Linking(args) => linking::run(args, output),
        BenchCommand::Speed(args) => speed(args, output),
    }
}

/// A folder that goes away with the value.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("isnad-bench-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Left-overs in the temporary folder harm nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn speed(args: &SpeedArgs, output: &Output) -> Result<Outcome> {
    let samples = bench::texts(&args.data)?;
    let scratch = Scratch::new()?;
    let texts = scratch.0.join("texts");
    fs::create_dir(&texts).with_context(|| format!("{} cannot be made", texts.display()))?;
    let mut files = Vec::with_capacity(samples.len());
    for sample in &samples {
        let path = texts.join(format!("{}.txt", sample.name));
        fs::write(&path, &sample.text).with_context(|| format!("{} cannot be written", path.display()))?;
        files.push(path);
    }
    // Documents of all sets at every size.
    let spread =
        |count: usize| -> Vec<&Path> { (0..count).map(|index| files[index * files.len() / count].as_path()).collect() };
    let mut sizes: Vec<usize> = SIZES.iter().copied().filter(|size| *size < files.len()).collect();
    sizes.push(files.len());
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    let readings = Reading::ALL.iter().filter(|reading| args.reading.is_none_or(|only| only == **reading));
    for (&reading, jobs) in readings.flat_map(|reading| [(reading, 1), (reading, 2)]) {
        let short = reading == Reading::Accurate && args.reading.is_none();
        for &size in sizes.iter().filter(|size| !short || **size <= SOME) {
            let threads = if jobs == 1 { "thread" } else { "threads" };
            output.say(&format!("{size} documents, {reading}, {jobs} {threads}"));
            let built = build(&spread(size), reading, jobs, &scratch.0)?;
            let number = |key: &str| built[key].as_f64().unwrap_or_default();
            let (seconds, documents) = (number("seconds"), number("new") + number("unchanged"));
            let per_second = |count: f64| grouped((count / seconds.max(0.001)) as usize);
            rows.push(vec![
                reading.to_string(),
                jobs.to_string(),
                grouped(documents as usize),
                grouped(number("words") as usize),
                format!("{seconds:.2}"),
                per_second(number("words")),
                per_second(documents),
                per_second(number("quads")),
                format!("{:.2}", seconds * 1000.0 / documents.max(1.0)),
                format!("{} MiB", number("peak_memory_mib")),
            ]);
            lines.push(serde_json::json!({"measure": "build", "reading": reading, "threads": jobs, "result": built}));
        }
    }
    let header = [
        "reading",
        "threads",
        "documents",
        "words",
        "seconds",
        "words/s",
        "documents/s",
        "quads/s",
        "ms/document",
        "peak memory",
    ];
    let stage_store = scratch.0.join("stages");
    let mut store = GraphStore::open(&stage_store, Access::Write)?;
    let some = SOME.min(samples.len());
    let timed: Vec<Sample> = (0..some).map(|index| samples[index * samples.len() / some].clone()).collect();
    let words: usize = timed.iter().map(|sample| sample.text.split_whitespace().count()).sum();
    let stages = bench::stages(&timed, &mut store)?;
    let names = bench::name_speed(&args.data)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        for line in lines {
            writeln!(out, "{line}")?;
        }
        for stage in stages {
            writeln!(
                out,
                "{}",
                serde_json::json!({"measure": "stage", "stage": stage.stage, "words": words, "seconds": stage.time.as_secs_f64()})
            )?;
        }
        if let Some(NameSpeed { read, pairs, others }) = names {
            let line =
                serde_json::json!({"measure": "names per second", "read": read, "pairs": pairs, "others": others});
            writeln!(out, "{line}")?;
        }
        return Ok(Outcome::Done);
    }
    writeln!(out, "isnad build over {} texts under {}:\n", samples.len(), args.data.display())?;
    write_markdown(&mut out, &header, &rows)?;
    writeln!(out, "\nEach stage over {some} of them, {} words, one thread:\n", grouped(words))?;
    let rows: Vec<Vec<String>> = stages
        .iter()
        .map(|stage| {
            let seconds = stage.time.as_secs_f64();
            vec![stage.stage.to_owned(), format!("{seconds:.2}"), grouped((words as f64 / seconds.max(0.001)) as usize)]
        })
        .collect();
    write_markdown(&mut out, &["stage", "seconds", "words/s"], &rows)?;
    if let Some(NameSpeed { read, pairs, others }) = names {
        let counts = [("read into parts", read), ("pairs compared", pairs), ("compared with any other", others)];
        let rows: Vec<Vec<String>> =
            counts.iter().map(|(what, count)| vec![(*what).to_owned(), grouped(*count as usize)]).collect();
        writeln!(out, "\nNames of name_bench, one thread:\n")?;
        write_markdown(&mut out, &["names", "per second"], &rows)?;
    }
    writeln!(out, "\n{}", machine())?;
    Ok(Outcome::Done)
}

/// Builds a graph of `files` in a process of its own, whose memory is its own too; its summary.
fn build(files: &[&Path], reading: Reading, jobs: usize, scratch: &Path) -> Result<Value> {
    let store = scratch.join("graph");
    if store.exists() {
        fs::remove_dir_all(&store).with_context(|| format!("{} cannot be removed", store.display()))?;
    }
    let program = std::env::current_exe().context("this program cannot find itself")?;
    // One argument a file would be too many for some systems: the files go into a folder.
    let folder = scratch.join("input");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    fs::create_dir(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for file in files {
        let name = file.file_name().context("a text has a file name")?;
        fs::copy(file, folder.join(name)).with_context(|| format!("{} cannot be copied", file.display()))?;
    }
    let done = Command::new(program)
        .arg("build")
        .arg(&folder)
        .args(["--json", "--reading", reading.as_str(), "--jobs", &jobs.to_string(), "--store"])
        .arg(&store)
        .output()
        .context("the build cannot be started")?;
    if !done.status.success() {
        bail!("the build failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    serde_json::from_slice(&done.stdout).context("the summary of the build cannot be read")
}

fn write_markdown(out: &mut dyn Write, header: &[&str], rows: &[Vec<String>]) -> Result<()> {
    writeln!(out, "| {} |", header.join(" | "))?;
    writeln!(out, "|{}", " ---: |".repeat(header.len()))?;
    for row in rows {
        writeln!(out, "| {} |", row.join(" | "))?;
    }
    Ok(())
}

/// The processor, its cores and the memory, where the system tells.
fn machine() -> String {
    let read = |path: &str, key: &str| {
        let text = fs::read_to_string(path).ok()?;
        let line = text.lines().find(|line| line.starts_with(key))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let processor = read("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = read("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let memory = memory.map(|kib| format!(", {} GiB", kib.div_ceil(1024 * 1024))).unwrap_or_default();
    format!("Machine: {processor}, {cores} cores{memory}, {}.", std::env::consts::OS)
}
