//! `isnad build`

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use isnad::claims::Policy;
use isnad::extract::{self, Frames, Reader};
use isnad::gazetteer::Gazetteer;
use isnad::ingest::{self, JsonFields, Source};
use isnad::language::Analyser;
use isnad::language::encoder::Encoder;
use isnad::language::engine::Model;
use isnad::link::{Decisions, Unfollowed};
use isnad::model::Reading;
use isnad::ontology::Schema;
use isnad::pipeline::{self, Progress, Rules, Summary};
use isnad::query;
use isnad::store::{Access, DECISIONS, GraphStore};

use super::Outcome;
use super::args::{BuildArgs, Common, ReadArgs};
use super::output::Output;

/// Annotation lines that are stored together.
const LINES_PER_BATCH: usize = 64;

pub(crate) fn run(args: &BuildArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let start = Instant::now();
    set_threads(args.read.jobs)?;
    let options = options(&args.read)?;
    if !args.relink {
        required(&args.read)?;
    }
    let tools = Tools::new(&args.read)?;
    let (sources, missing) = sources(&args.read, &options, output);
    let decisions = decisions(args.decisions.as_deref(), common)?;
    if sources.is_empty() && !args.relink {
        bail!(
            "nothing to read\nhint: give files of text, folders of them, or globs; `isnad build --help` has an example"
        );
    }
    let mut store = GraphStore::open(&common.store, Access::Write)?;
    let policy = Policy::default();
    let rules = Rules { policy: &policy, decisions: &decisions };
    let bar = progress_bar(output);
    let mut summary = if args.annotations {
        annotated(&sources, rules, &mut store, output)?
    } else {
        let mut report = |progress: Progress<'_>| match progress {
            Progress::Failed(error) => bar.suspend(|| output.warn(&error.to_string())),
            Progress::Done { documents, words, source } => {
                bar.set_message(format!("{documents} documents, {words} words, {}", super::output::clean(source)))
            }
        };
        pipeline::build(&sources, &options, tools.reader(), rules, &mut store, &mut report)?
    };
    bar.finish_and_clear();
    summary.failed += missing;
    for Unfollowed { entities: (one, other), problem } in &summary.linking.unfollowed {
        let pair = format!("{} / {}", query::shorten(one), query::shorten(other));
        output.warn(&format!("a decision was not followed: {pair}: {problem}"));
    }
    report(&summary, start.elapsed(), &store, args.json, output)?;
    let read = summary.new + summary.replaced + summary.unchanged;
    match (summary.failed, read) {
        (0, _) => Ok(Outcome::Done),
        (failed, 0) => bail!("none of the {failed} inputs could be read; the reasons are above"),
        _ => Ok(Outcome::Nothing),
    }
}

pub(super) fn set_threads(jobs: Option<usize>) -> Result<()> {
    match jobs {
        Some(0) => bail!("--jobs 0: at least one thread is needed"),
        Some(jobs) => {
            rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().context("the threads cannot be started")
        }
        None => Ok(()),
    }
}

/// That there is something to read.
pub(super) fn required(args: &ReadArgs) -> Result<()> {
    if args.inputs.is_empty() {
        bail!("no INPUT was given\nhint: give files of text, folders of them, globs, or `-` for standard input");
    }
    Ok(())
}

pub(super) fn options(args: &ReadArgs) -> Result<ingest::Options> {
    let fields = match &args.fields {
        Some(fields) => JsonFields::parse(fields)?,
        None => JsonFields::default(),
    };
    let max_bytes =
        args.max_size.checked_mul(1024 * 1024).filter(|bytes| *bytes > 0).context("--max-size is out of range")?;
    // Without its own file, which no system withholds in earnest, PDF files are read in this process.
    let pdf_worker = std::env::current_exe().ok().map(|program| (program, vec!["read-pdf".into()]));
    Ok(ingest::Options { fields, max_bytes, pdf_worker, ..ingest::Options::default() })
}

/// What texts are read with, kept for as long as they are read.
pub(super) struct Tools {
    gazetteer: Gazetteer,
    frames: Frames,
    reading: Reading,
    model: Option<Model>,
    encoder: Option<Encoder>,
}

impl Tools {
    pub fn new(args: &ReadArgs) -> Result<Self> {
        let accurate = args.reading == Reading::Accurate;
        let model = args.model.as_deref().map(super::model::read).transpose()?;
        let encoder = args.encoder.as_deref().filter(|_| accurate).map(super::model::read_encoder).transpose()?;
        Ok(Self { gazetteer: gazetteer(args)?, frames: frames(args)?, reading: args.reading, model, encoder })
    }

    pub fn reader(&self) -> Reader<'_> {
        let analyser = match &self.model {
            Some(model) => Analyser::rules().with_model(model),
            None => Analyser::rules().with_embedded_model(),
        };
        let analyser = match (self.reading, &self.encoder) {
            (Reading::Fast, _) => analyser,
            (Reading::Accurate, Some(encoder)) => analyser.with_encoder(encoder),
            (Reading::Accurate, None) => analyser.with_embedded_encoder(),
        };
        Reader::new(&self.gazetteer, &self.frames, analyser)
    }
}

fn frames(args: &ReadArgs) -> Result<Frames> {
    let mut frames = Frames::embedded().clone();
    for path in &args.frames {
        let text = std::fs::read_to_string(path).with_context(|| {
            format!("{}: cannot be read\nhint: --frames takes a file of event frames", path.display())
        })?;
        frames.add(&path.display().to_string(), &text, Schema::embedded())?;
    }
    Ok(frames)
}

fn gazetteer(args: &ReadArgs) -> Result<Gazetteer> {
    let mut gazetteer = Gazetteer::new();
    for path in &args.gazetteer {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{}: the table cannot be read", path.display()))?;
        gazetteer.add(&path.display().to_string(), &text)?;
    }
    Ok(gazetteer)
}

/// What people decided, in the file given or in the store's folder.
pub(super) fn decisions(file: Option<&Path>, common: &Common) -> Result<Decisions> {
    match file {
        Some(file) if !file.exists() => {
            bail!(
                "{}: there is no such file\nhint: --decisions takes a file that `isnad review` writes",
                file.display()
            )
        }
        Some(file) => Ok(Decisions::read(file)?),
        None => Ok(Decisions::read(&common.store.join(DECISIONS))?),
    }
}

/// The sources that exist, and how many inputs do not.
pub(super) fn sources(args: &ReadArgs, options: &ingest::Options, output: &Output) -> (Vec<Source>, usize) {
    let mut sources = Vec::new();
    let mut failed = 0;
    for source in ingest::discover(&args.inputs, options) {
        match source {
            Ok(source) => sources.push(source),
            Err(error) => {
                output.warn(&error.to_string());
                failed += 1;
            }
        }
    }
    (sources, failed)
}

fn progress_bar(output: &Output) -> ProgressBar {
    if !output.shows_progress() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn annotated(sources: &[Source], rules: Rules<'_>, store: &mut GraphStore, output: &Output) -> Result<Summary> {
    let policy = rules.policy;
    let mut total = Summary::default();
    for source in sources {
        let reader: Box<dyn BufRead> = match source.path() {
            Some(path) => Box::new(BufReader::new(
                std::fs::File::open(path).with_context(|| format!("{}: the file cannot be read", path.display()))?,
            )),
            None => Box::new(BufReader::new(std::io::stdin())),
        };
        let mut batch = Vec::new();
        for (number, line) in reader.lines().enumerate() {
            let line = match line {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => line,
                Err(error) => {
                    output.warn(&format!("{}, line {}: {error}", source.name(), number + 1));
                    total.failed += 1;
                    break;
                }
            };
            match extract::parse_line(&line) {
                Ok(annotations) => batch.push(annotations),
                Err(error) => {
                    output.warn(&format!("{}, line {}: {error}", source.name(), number + 1));
                    total.failed += 1;
                }
            }
            if batch.len() >= LINES_PER_BATCH {
                add(&mut total, pipeline::build_annotated(&std::mem::take(&mut batch), policy, store)?);
            }
        }
        add(&mut total, pipeline::build_annotated(&batch, policy, store)?);
    }
    total.linking = store.finish(policy, rules.decisions)?;
    Ok(total)
}

fn add(total: &mut Summary, part: Summary) {
    total.new += part.new;
    total.unchanged += part.unchanged;
    total.replaced += part.replaced;
    total.failed += part.failed;
    total.words += part.words;
    total.entities += part.entities;
    total.events += part.events;
    total.claims += part.claims;
    total.quads += part.quads;
}

fn report(summary: &Summary, elapsed: Duration, store: &GraphStore, json: bool, output: &Output) -> Result<()> {
    let seconds = elapsed.as_secs_f64();
    let words_per_second = if seconds > 0.0 { summary.words as f64 / seconds } else { 0.0 };
    let mut out = std::io::stdout().lock();
    if json {
        let value = serde_json::json!({
            "new": summary.new, "unchanged": summary.unchanged, "replaced": summary.replaced, "failed": summary.failed,
            "words": summary.words, "entities": summary.entities, "events": summary.events, "claims": summary.claims,
            "quads": summary.quads, "merged": summary.linking.merged, "possibly_same": summary.linking.possible, "happenings": summary.linking.happenings, "copies": summary.linking.copies,
            "seconds": (seconds * 1000.0).round() / 1000.0, "words_per_second": words_per_second.round(),
            "peak_memory_mib": peak_memory_mib(), "documents_in_store": store.documents(),
        });
        writeln!(out, "{value}")?;
        return Ok(());
    }
    let documents = format!(
        "{} new, {} unchanged, {} replaced, {} failed",
        summary.new, summary.unchanged, summary.replaced, summary.failed
    );
    let mut rows = vec![
        vec!["documents".to_owned(), documents],
        vec!["words".to_owned(), grouped(summary.words)],
        vec!["entities".to_owned(), grouped(summary.entities)],
        vec!["events".to_owned(), grouped(summary.events)],
        vec!["claims".to_owned(), grouped(summary.claims)],
        vec!["quads".to_owned(), grouped(summary.quads)],
        vec!["merged".to_owned(), grouped(summary.linking.merged)],
        vec!["to review".to_owned(), grouped(summary.linking.possible)],
        vec!["happenings".to_owned(), format!("{} told by several documents", grouped(summary.linking.happenings))],
        vec!["copies".to_owned(), grouped(summary.linking.copies)],
        vec!["seconds".to_owned(), format!("{seconds:.2}")],
        vec!["words per second".to_owned(), grouped(words_per_second as usize)],
    ];
    if let Some(peak) = peak_memory_mib() {
        rows.push(vec!["peak memory".to_owned(), format!("{peak} MiB")]);
    }
    writeln!(out, "{}", output.table(&["read".to_owned(), store.folder().display().to_string()], rows))?;
    Ok(())
}

/// The most memory this process has had, where the system tells.
pub(super) fn peak_memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}

/// A number with thousands apart: "136,614".
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
