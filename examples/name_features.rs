//! Prints what the layers of names say of texts whose names are marked, to learn weights from.
//!
//! ```text
//! cargo run --release --example name_features -- marked.jsonl > features.tsv
//! ```
//!
//! A line of input: `{"text": "…", "names": [[start, end, "person"], …]}`, offsets in code points. A line
//! of output: number of the text, first and last byte of the candidate, class, features, between tabs.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use anyhow::{Context, Result};
use isnad::extract::{MarkedText, name_examples};
use isnad::model::{CodePoints, Span};

#[derive(serde::Deserialize)]
struct Line {
    text: String,
    names: Vec<(usize, usize, String)>,
}

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("give a file of marked texts")?;
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
        for example in name_examples(&marked).map_err(anyhow::Error::msg).with_context(place)? {
            let features = example.features.join("\t");
            writeln!(out, "{number}\t{}\t{}\t{}\t{features}", example.span.start, example.span.end, example.class)?;
        }
    }
    out.flush()?;
    Ok(())
}
