//! Learns how much each layer of names counts, from texts whose names are marked.
//!
//! ```text
//! cargo run --release --example learn_names -- marked.jsonl > data/models/names.tsv
//! ```
//!
//! A line of input: `{"text": "…", "names": [[start, end, "person"], …]}`, offsets in code points.

use std::fs::File;
use std::io::{BufRead, BufReader};

use anyhow::{Context, Result};
use isnad::extract::{MarkedText, learn_names};
use isnad::model::{CodePoints, Span};

#[derive(serde::Deserialize)]
struct Line {
    text: String,
    names: Vec<(usize, usize, String)>,
}

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("give a file of marked texts")?;
    let mut texts = Vec::new();
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
        texts.push(MarkedText { text: line.text, names });
    }
    print!("{}", learn_names(&texts).map_err(anyhow::Error::msg).context(path)?);
    Ok(())
}
