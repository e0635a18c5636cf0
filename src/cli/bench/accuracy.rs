//! `isnad bench accuracy`

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use isnad::bench::accuracy::{Comparison, GoldDocument, Name, SETS, Score, Set, System};
use rayon::prelude::*;
use serde::Serialize;

use super::super::Outcome;
use super::super::args::AccuracyArgs;
use super::super::build::grouped;
use super::super::output::Output;

/// Characters shown on either side of a mistake.
const CONTEXT: usize = 60;

/// How the systems did on a set.
struct Measured {
    set: &'static Set,
    systems: Vec<(System, Comparison)>,
}

/// A measure of a system on a set, as a line of JSON.
#[derive(Serialize)]
struct Line {
    set: &'static str,
    system: &'static str,
    measure: &'static str,
    gold: usize,
    predicted: usize,
    correct: usize,
    precision: f64,
    recall: f64,
    f1: f64,
}

/// A mistake, as a line of JSON.
#[derive(Serialize)]
struct MistakeLine<'a> {
    set: &'static str,
    system: &'static str,
    document: &'a str,
    mistake: &'static str,
    gold: Option<NameLine<'a>>,
    found: Option<NameLine<'a>>,
    before: &'a str,
    words: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct NameLine<'a> {
    text: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
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
            output.say(&format!("{} reads {} of {}", system.as_str(), texts(documents.len()), set.name));
            let found: Vec<Vec<Name>> = documents.par_iter().map(|document| recogniser.names(&document.text)).collect();
            let comparison = set.compare(&documents, found);
            if let Some(out) = &mut mistakes {
                write_mistakes(set, *system, &documents, &comparison, out)?;
            }
            systems.push((*system, comparison));
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
        let measures: Vec<&str> = set.measures.iter().map(|measure| measure.as_str()).collect();
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
    if names.is_empty() {
        return Ok(System::USUAL.to_vec());
    }
    let wanted = |system: &System| names.iter().any(|name| name == system.as_str());
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
    comparison: &Comparison,
    out: &mut dyn Write,
) -> Result<()> {
    for mistake in comparison.mistakes() {
        let document = &documents[mistake.document];
        let text = document.text.as_str();
        let spans = [mistake.gold, mistake.found].into_iter().flatten().map(|name| name.span);
        let Some(span) = spans.reduce(|one, other| one.cover(other)) else { continue };
        let name = |name: Name| NameLine { text: name.span.slice(text), kind: name.kind.as_str() };
        let before = text[..span.start].char_indices().rev().take(CONTEXT).last().map_or(span.start, |(at, _)| at);
        let after = text[span.end..].char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| span.end + at);
        let line = MistakeLine {
            set: set.name,
            system: system.as_str(),
            document: &document.name,
            mistake: mistake.kind.as_str(),
            gold: mistake.gold.map(name),
            found: mistake.found.map(name),
            before: &text[before..span.start],
            words: span.slice(text),
            after: &text[span.end..after],
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_json(results: &[Measured], out: &mut dyn Write) -> Result<()> {
    let rounded = |share: f64| (share * 1000.0).round() / 1000.0;
    for Measured { set, systems } in results {
        for (system, comparison) in systems {
            for measure in set.measures {
                let score = comparison.score(*measure);
                let line = Line {
                    set: set.name,
                    system: system.as_str(),
                    measure: measure.as_str(),
                    gold: score.gold,
                    predicted: score.predicted,
                    correct: score.correct,
                    precision: rounded(score.precision()),
                    recall: rounded(score.recall()),
                    f1: rounded(score.f1()),
                };
                serde_json::to_writer(&mut *out, &line)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

/// A row for every measure, the systems side by side, in percent.
fn write_table(results: &[Measured], output: &Output, out: &mut dyn Write) -> Result<()> {
    let mut header: Vec<String> = ["set", "measure", "gold"].map(str::to_owned).into();
    for (system, _) in results.iter().take(1).flat_map(|measured| &measured.systems) {
        header.push(format!("{} P R F1", system.as_str()));
    }
    let percent = |share: f64| format!("{:>5.1}", share * 100.0);
    let mut rows = Vec::new();
    for Measured { set, systems } in results {
        for measure in set.measures {
            let scores: Vec<Score> = systems.iter().map(|(_, comparison)| comparison.score(*measure)).collect();
            let gold = scores.first().map_or(0, |score| score.gold);
            let mut row = vec![set.name.to_owned(), measure.as_str().to_owned(), grouped(gold)];
            for score in scores {
                row.push([score.precision(), score.recall(), score.f1()].map(percent).join(" "));
            }
            rows.push(row);
        }
    }
    writeln!(out, "{}", output.table(&header, rows))?;
    Ok(())
}

fn texts(count: usize) -> String {
    format!("{} {}", grouped(count), if count == 1 { "text" } else { "texts" })
}
