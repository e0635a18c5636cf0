//! Imports a pipeline, or prints what a model says of texts: the engine's side of `tools/parity.py`.
//!
//! ```text
//! language_engine import WHEEL-OR-FOLDER OUT.isnad-model [f16|f32]
//! language_engine run MODEL.isnad-model TEXTS.jsonl > ours.jsonl
//! ```

use std::io::{BufRead, BufReader, BufWriter, Write};

use isnad::language::engine::{ImportOptions, Model, Parsed, Precision};
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["import", from, to, ref rest @ ..] => {
            let precision = if rest == ["f32"] { Precision::F32 } else { Precision::F16 };
            let model = Model::import(from.as_ref(), &ImportOptions { precision, without: Vec::new() })?;
            let digest = model.write(precision, &mut BufWriter::new(std::fs::File::create_new(to)?))?;
            eprintln!("{}, body {digest}", model.info().name);
        }
        ["run", model, texts] => {
            let model = Model::read(&std::fs::read(model)?)?;
            let mut out = BufWriter::new(std::io::stdout().lock());
            let (mut words, mut spent) = (0, std::time::Duration::ZERO);
            for line in BufReader::new(std::fs::File::open(texts)?).lines() {
                let text: String = serde_json::from_str(&line?)?;
                let begun = std::time::Instant::now();
                let parsed = model.analyse(&text);
                spent += begun.elapsed();
                words += text.split_whitespace().count();
                writeln!(out, "{}", columns(&parsed))?;
            }
            eprintln!("{:.0} words/s", words as f64 / spent.as_secs_f64());
        }
        _ => return Err("usage: language_engine import FROM TO [f16|f32] | run MODEL TEXTS".into()),
    }
    Ok(())
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
