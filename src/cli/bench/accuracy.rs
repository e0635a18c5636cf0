//! `isnad bench accuracy`

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use isnad::bench::accuracy::{Figures, Findings, GoldDocument, Marked, Measure, SETS, Set, System};
use rayon::prelude::*;
use serde::Serialize;

use super::super::Outcome;
use super::super::build::grouped;
use super::super::output::Output;
use super::args::AccuracyArgs;

/// Characters shown on either side of a mistake.
const CONTEXT: usize = 60;

/// How the systems did on a set.
struct Measured {
    set: &'static Set,
    systems: Vec<(System, Vec<(Measure, Figures)>)>,
}

/// A measure of a system on a set, as a line of JSON.
#[derive(Serialize)]
struct Line {
    set: &'static str,
    system: &'static str,
    measure: String,
    gold: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    predicted: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correct: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    f1: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
}

/// A mistake, as a line of JSON.
#[derive(Serialize)]
struct MistakeLine<'a> {
    set: &'static str,
    system: &'static str,
    document: &'a str,
    of: &'static str,
    mistake: &'static str,
    gold: Option<MarkedLine<'a>>,
    found: Option<MarkedLine<'a>>,
    before: &'a str,
    words: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct MarkedLine<'a> {
    text: &'a str,
    #[serde(rename = "type")]
    label: &'a str,
}

pub(crate) fn run(args: &AccuracyArgs, output: &Output) -> Result<Outcome> {
    if args.list {
        return list();
    }
    let sets = wanted_sets(&args.sets)?;
    let systems = wanted_systems(&args.systems)?;
    let mut mistakes = args.errors.as_deref().map(|path| create(path, args.force)).transpose()?;
    let recognisers = systems
        .iter()
        .map(|system| Ok((*system, system.load().context("the language model cannot be read")?)))
        .collect::<Result<Vec<_>>>()?;
    let mut results = Vec::new();
    for set in sets {
        let documents = set.documents(&args.data)?;
        if documents.is_empty() {
            let problem = format!("{}: there is no {}", args.data.join(set.name).display(), set.files);
            if args.sets.is_empty() {
                output.say(&format!("{problem}; {} is left out", set.name));
                continue;
            }
            bail!("{problem}\nhint: give the folder that holds the folder {} with --data", set.name);
        }
        let mut systems = Vec::new();
        for (system, recogniser) in &recognisers {
            let mut figures = Vec::new();
            let measures: Vec<Measure> = set.measures().filter(|measure| system.answers(*measure)).collect();
            if !measures.is_empty() {
                output.say(&format!("{} reads {} of {}", system.as_str(), texts(documents.len()), set.name));
                let findings: Vec<Findings> = documents.par_iter().map(|document| recogniser.read(document)).collect();
                let came_to = |measure| Some((measure, set.figures(measure, &documents, &findings)?));
                figures.extend(measures.into_iter().filter_map(came_to));
                if let Some(out) = &mut mistakes {
                    write_mistakes(set, *system, &documents, &findings, out)?;
                }
            }
            systems.push((*system, figures));
        }
        results.push(Measured { set, systems });
    }
    if let Some(mut out) = mistakes {
        out.flush()?;
    }
    if results.is_empty() {
        bail!(
            "{}: there is no set to measure on\nhint: `isnad bench accuracy --list` says which folders it may hold",
            args.data.display()
        );
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        write_json(&results, &mut out)?
    } else {
        write_table(&results, output, &mut out)?
    }
    Ok(Outcome::Done)
}

/// Prints the sets and what is measured on each.
fn list() -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    for set in SETS {
        let measures: Vec<String> = set.measures().map(|measure| measure.to_string()).collect();
        writeln!(out, "{}: {}", set.name, measures.join(", "))?;
    }
    Ok(Outcome::Done)
}

fn wanted_sets(names: &[String]) -> Result<Vec<&'static Set>> {
    if let Some(unknown) = names.iter().find(|name| !SETS.iter().any(|set| set.name == **name)) {
        let known: Vec<&str> = SETS.iter().map(|set| set.name).collect();
        bail!("there is no set `{unknown}`\nhint: the sets are {}", known.join(", "));
    }
    Ok(SETS.iter().filter(|set| names.is_empty() || names.iter().any(|name| name == set.name)).collect())
}

fn wanted_systems(names: &[String]) -> Result<Vec<System>> {
    if let Some(unknown) = names.iter().find(|name| !System::ALL.iter().any(|system| system.as_str() == **name)) {
        let known: Vec<&str> = System::ALL.iter().map(|system| system.as_str()).collect();
        bail!("there is no system `{unknown}`\nhint: the systems are {}", known.join(", "));
    }
    let wanted = |system: &System| names.is_empty() || names.iter().any(|name| name == system.as_str());
    Ok(System::ALL.iter().copied().filter(wanted).collect())
}

fn create(path: &Path, force: bool) -> Result<BufWriter<File>> {
    let mut options = OpenOptions::new();
    options.write(true).truncate(true).create(force).create_new(!force);
    match options.open(path) {
        Ok(file) => Ok(BufWriter::new(file)),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!("{} is there already\nhint: give another name, or --force to overwrite it", path.display())
        }
        Err(error) => Err(error).with_context(|| format!("{} cannot be written", path.display())),
    }
}

fn write_mistakes(
    set: &Set,
    system: System,
    documents: &[GoldDocument],
    findings: &[Findings],
    out: &mut dyn Write,
) -> Result<()> {
    for mistake in set.mistakes(documents, findings) {
        let document = &documents[mistake.document];
        let text = document.text.as_str();
        let spans = [&mistake.gold, &mistake.found].into_iter().flatten().map(|marked| marked.span);
        let Some(span) = spans.reduce(|one, other| one.cover(other)) else { continue };
        let marked_line = |marked| line_of(marked, text);
        let before = text[..span.start].char_indices().rev().take(CONTEXT).last().map_or(span.start, |(at, _)| at);
        let after = text[span.end..].char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| span.end + at);
        let line = MistakeLine {
            set: set.name,
            system: system.as_str(),
            document: &document.name,
            of: mistake.subject.as_str(),
            mistake: mistake.kind.as_str(),
            gold: mistake.gold.as_ref().map(marked_line),
            found: mistake.found.as_ref().map(marked_line),
            before: &text[before..span.start],
            words: span.slice(text),
            after: &text[span.end..after],
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

fn line_of<'a>(marked: &'a Marked, text: &'a str) -> MarkedLine<'a> {
    MarkedLine { text: marked.span.slice(text), label: &marked.label }
}

fn write_json(results: &[Measured], out: &mut dyn Write) -> Result<()> {
    let rounded = |share: Option<f64>| share.map(|share| (share * 1000.0).round() / 1000.0);
    for Measured { set, systems } in results {
        for (system, figures) in systems {
            for (measure, figures) in figures {
                let line = Line {
                    set: set.name,
                    system: system.as_str(),
                    measure: measure.to_string(),
                    gold: figures.gold(),
                    predicted: figures.predicted(),
                    correct: figures.correct(),
                    precision: rounded(figures.precision()),
                    recall: rounded(figures.recall()),
                    f1: rounded(figures.f1()),
                    value: rounded(figures.accuracy().or(figures.kilometres())),
                };
                serde_json::to_writer(&mut *out, &line)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

/// A row for every measure and system, in percent; accuracies and distances stand where F1 does.
fn write_table(results: &[Measured], output: &Output, out: &mut dyn Write) -> Result<()> {
    let header = ["set", "measure", "gold", "system", "P", "R", "F1"].map(str::to_owned);
    let mut rows = Vec::new();
    for Measured { set, systems } in results {
        for measure in set.measures() {
            for (system, figures) in systems {
                let Some((_, figures)) = figures.iter().find(|(known, _)| *known == measure) else { continue };
                let mut row = vec![set.name.to_owned(), measure.to_string(), grouped(figures.gold())];
                row.push(system.as_str().to_owned());
                row.extend(cells(figures));
                rows.push(row);
            }
        }
    }
    writeln!(out, "{}", output.table(&header, rows))?;
    for note in results.iter().filter_map(|measured| measured.set.note()) {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

/// Precision, recall, and F1 or what stands for it.
fn cells(figures: &Figures) -> [String; 3] {
    let percent = |share: Option<f64>| share.map(|share| format!("{:.1}", share * 100.0)).unwrap_or_default();
    let last = match figures.kilometres() {
        Some(kilometres) => format!("{kilometres:.1} km"),
        None => percent(figures.f1().or(figures.accuracy())),
    };
    [percent(figures.precision()), percent(figures.recall()), last]
}

fn texts(count: usize) -> String {
    format!("{} {}", grouped(count), if count == 1 { "text" } else { "texts" })
}
