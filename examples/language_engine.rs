//! Imports a pipeline, prints what a model says of texts, or tells how fast it says it: the engine's
//! side of `tools/parity.py`.
//!
//! ```text
//! language_engine import WHEEL-OR-FOLDER OUT.isnad-model [f16|f32]
//! language_engine run MODEL.isnad-model TEXTS.jsonl > ours.jsonl
//! language_engine sentences MODEL.isnad-model TEXTS.jsonl > ours.jsonl     each text is one sentence
//! language_engine speed MODEL.isnad-model TEXTS.jsonl THREADS
//! ```

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use isnad::language::engine::{ImportOptions, Model, Parsed, Precision};
use serde_json::json;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["import", from, to, ref rest @ ..] => {
            let precision = if rest == ["f32"] { Precision::F32 } else { Precision::F16 };
            let model = Model::import(from.as_ref(), &ImportOptions { precision, without: Vec::new() })?;
            let digest = model.write(precision, &mut BufWriter::new(File::create_new(to)?))?;
            eprintln!("{}, body {digest}", model.info().name);
        }
        ["run", model, texts] => print(model, texts, |model, text| model.analyse(text))?,
        ["sentences", model, texts] => {
            print(model, texts, |model, text| model.analyse_sentences(text, std::slice::from_ref(&(0..text.len()))))?;
        }
        ["speed", model, texts, threads] => println!("{}", speed(model, &read(texts)?, threads.parse()?)?),
        _ => return Err(
            "usage: language_engine import FROM TO [f16|f32] | run|sentences MODEL TEXTS | speed MODEL TEXTS THREADS"
                .into(),
        ),
    }
    Ok(())
}

fn read(texts: &str) -> Outcome<Vec<String>> {
    BufReader::new(File::open(texts)?).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

fn print(model: &str, texts: &str, analyse: for<'a> fn(&'a Model, &str) -> Parsed<'a>) -> Outcome<()> {
    let model = Model::read(&std::fs::read(model)?)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for text in read(texts)? {
        writeln!(out, "{}", columns(&analyse(&model, &text)))?;
    }
    Ok(())
}

/// Seconds for loading and for analysing texts that were analysed once before, dealt out to the threads
/// as they come; and the most memory that the process has had, in bytes, where the system tells.
fn speed(model: &str, texts: &[String], threads: usize) -> Outcome<serde_json::Value> {
    let bytes = std::fs::read(model)?;
    let begun = Instant::now();
    let model = Model::read(&bytes)?;
    let load = begun.elapsed().as_secs_f64();
    drop(bytes);
    let mut seconds = 0.0;
    for _ in 0..2 {
        let (next, begun) = (AtomicUsize::new(0), Instant::now());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                        std::hint::black_box(model.analyse(text));
                    }
                });
            }
        });
        seconds = begun.elapsed().as_secs_f64();
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    Ok(json!({ "load": load, "seconds": seconds, "peak": peak.map(|kilobytes: u64| kilobytes * 1024) }))
}

/// One list per layer, as `tools/parity.py` has them.
fn columns(parsed: &Parsed) -> serde_json::Value {
    let tokens = &parsed.tokens;
    json!({
        "start": tokens.iter().map(|t| t.start).collect::<Vec<_>>(),
        "end": tokens.iter().map(|t| t.end).collect::<Vec<_>>(),
        "tag": tokens.iter().map(|t| t.tag).collect::<Vec<_>>(),
        "pos": tokens.iter().map(|t| t.pos).collect::<Vec<_>>(),
        "morph": tokens.iter().map(|t| t.morph).collect::<Vec<_>>(),
        "lemma": tokens.iter().map(|t| &*t.lemma).collect::<Vec<_>>(),
        "head": tokens.iter().map(|t| t.head).collect::<Vec<_>>(),
        "dep": tokens.iter().map(|t| t.dep).collect::<Vec<_>>(),
        "sent": tokens.iter().map(|t| t.sentence_start).collect::<Vec<_>>(),
        "ents": parsed.entities.iter().map(|e| (e.first, e.end, e.label)).collect::<Vec<_>>(),
    })
}
