//! Learns which Latin sounds the letters of the Arabic script stand for: `data/link/arabic.tsv`.
//!
//! ```text
//! cargo run --release --example name_sounds -- data/link/spellings.tsv > arabic.tsv
//! ```
//!
//! Every name in Arabic letters with each of its Latin spellings is one pair. How its letters go together is not told:
//! it is estimated, by expectation and maximisation over all alignments of one sound with one or none (Brill & Moore 2000,
//! with units of one sound). The cost of a letter for a sound says how much rarer it is than the letter most often used
//! for that sound.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use anyhow::{Context, Result};
use isnad::link::names::sounds;

/// Rounds of estimation; the likelihood changes little after them.
const ROUNDS: usize = 15;

/// The logarithm of odds that costs as much as a consonant.
const CONSONANT: f64 = 4.5;

/// Costs of more than this are those of any letter for any sound, and are left out.
const MOST: f64 = 1.05;

/// What a pair was seen as often as without being seen.
const UNSEEN: f64 = 1e-6;

type Sound = Option<&'static str>;
type Table = BTreeMap<(Sound, Sound), f64>;

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("give data/link/spellings.tsv")?;
    let text = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    let mut pairs = Vec::new();
    for line in text.lines().skip(1) {
        let (arabic, spellings) = line.split_once('\t').with_context(|| format!("{path}: no tab in `{line}`"))?;
        for spelling in spellings.split(' ') {
            let latin = spelling.split(':').next().unwrap_or(spelling);
            pairs.push((sounds(arabic), sounds(latin)));
        }
    }
    pairs.retain(|(arabic, latin)| !arabic.is_empty() && !latin.is_empty());
    let mut table: Option<Table> = None;
    for round in 0..ROUNDS {
        let mut counts = Table::new();
        let likelihood: f64 =
            pairs.iter().map(|(arabic, latin)| count(arabic, latin, table.as_ref(), &mut counts)).sum();
        let all: f64 = counts.values().sum();
        counts.values_mut().for_each(|count| *count /= all);
        table = Some(counts);
        eprintln!("round {}: log-likelihood {likelihood:.0}", round + 1);
    }
    write(&table.unwrap_or_default())
}

/// Adds how often each pair is expected among the alignments of two words; the logarithm of their likelihood.
fn count(arabic: &[&'static str], latin: &[&'static str], table: Option<&Table>, counts: &mut Table) -> f64 {
    let (rows, columns) = (arabic.len(), latin.len());
    let chance = |one: Sound, other: Sound| match table {
        Some(table) => table.get(&(one, other)).copied().unwrap_or(UNSEEN),
        // At first all pairs are alike, and letters rather stand for a sound than for none.
        None if one.is_some() && other.is_some() => 0.01,
        None => 0.001,
    };
    let mut forward = vec![vec![0.0; columns + 1]; rows + 1];
    let mut backward = forward.clone();
    forward[0][0] = 1.0;
    backward[rows][columns] = 1.0;
    let steps = |row: usize, column: usize| {
        let (one, other) = (arabic.get(row).copied(), latin.get(column).copied());
        let both = (one.is_some() && other.is_some()).then_some((one, other, 1, 1));
        let left = one.is_some().then_some((one, None, 1, 0));
        let right = other.is_some().then_some((None, other, 0, 1));
        [both, left, right].into_iter().flatten()
    };
    for row in 0..=rows {
        for column in 0..=columns {
            for (one, other, down, across) in steps(row, column) {
                forward[row + down][column + across] += forward[row][column] * chance(one, other);
            }
        }
    }
    for row in (0..=rows).rev() {
        for column in (0..=columns).rev() {
            for (one, other, down, across) in steps(row, column) {
                backward[row][column] += backward[row + down][column + across] * chance(one, other);
            }
        }
    }
    let all = forward[rows][columns];
    if all <= 0.0 {
        return 0.0;
    }
    for row in 0..=rows {
        for column in 0..=columns {
            for (one, other, down, across) in steps(row, column) {
                let share = forward[row][column] * chance(one, other) * backward[row + down][column + across] / all;
                *counts.entry((one, other)).or_default() += share;
            }
        }
    }
    all.ln()
}

/// Prints the costs of every letter for every sound.
fn write(table: &Table) -> Result<()> {
    let mut most: BTreeMap<Sound, f64> = BTreeMap::new();
    for ((_, latin), chance) in table {
        let known = most.entry(*latin).or_default();
        *known = chance.max(*known);
    }
    // A letter that stands for no sound is held against letters that stand for the commonest ones.
    let commonest = most.iter().filter(|(latin, _)| latin.is_some()).map(|(_, chance)| *chance).fold(0.0, f64::max);
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "arabic\tlatin\tcost")?;
    for ((arabic, latin), chance) in table {
        let against = if latin.is_some() { most[latin] } else { commonest };
        let cost = (against / chance).ln() / CONSONANT;
        if cost <= MOST {
            writeln!(out, "{}\t{}\t{cost:.2}", arabic.unwrap_or("-"), latin.unwrap_or("-"))?;
        }
    }
    out.flush()?;
    Ok(())
}
