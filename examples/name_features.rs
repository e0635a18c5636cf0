//! Prints what the layers of names say of texts whose names are marked, to learn weights from.
//!
//! ```text
//! cargo run --release --example name_features -- fast marked.jsonl > features.tsv
//! ```
//!
//! A line of input: `{"text": "…", "names": [[start, end, "person"], …]}`, offsets in code points. A line
//! of output: number of the text, first and last byte of the candidate, class, features, between tabs. A feature whose
//! value is not 1 has it in front: `#-0.25 encoder:person likelihood`.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use anyhow::{Context, Result};
use isnad::extract::{MarkedText, name_examples};
use isnad::language::Analyser;
use isnad::model::{CodePoints, Reading, Span};

#[derive(serde::Deserialize)]
struct Line {
    text: String,
    names: Vec<(usize, usize, String)>,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let reading: Reading = arguments.next().context("give a reading, accurate or fast")?.parse()?;
    let path = arguments.next().context("give a file of marked texts")?;
    let analyser = Analyser::embedded(reading);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, line) in BufReader::new(File::open(&path)?).lines().enumerate() {
        let place = || format!("{path}:{}", number + 1);
        let line: Line = serde_json::from_str(&line?).with_context(place)?;
        let points = CodePoints::new(&line.text);
        let names = line
            .names
            .into_iter()
            .map(|(start, end, class)| {
                let byte = |at| points.to_byte(at).with_context(|| format!("no code point {at} in the text"));
                Ok((Span::new(byte(start)?, byte(end)?), class))
            })
            .collect::<Result<_>>()
            .with_context(place)?;
        let marked = MarkedText { text: line.text, names };
        for example in name_examples(&marked, analyser).map_err(anyhow::Error::msg).with_context(place)? {
            write!(out, "{number}\t{}\t{}\t{}", example.span.start, example.span.end, example.class)?;
            for (feature, value) in example.features {
                match value {
                    1.0 => write!(out, "\t{feature}")?,
                    _ => write!(out, "\t#{value:.4} {feature}")?,
                }
            }
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(())
}
