//! How fast names are read and compared, on one thread.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use super::accuracy::{AccuracyError, name_pairs};
use crate::link::names::{Name, score};

/// For how long each is measured.
const LONG: Duration = Duration::from_secs(1);

/// What was done in a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NameSpeed {
    /// Names that were read into parts.
    pub read: f64,
    /// Pairs of names of the set that were compared, read before.
    pub pairs: f64,
    /// Names compared with others of the set, most of which they have nothing to do with.
    pub others: f64,
}

/// Measures with the names of the set `name_bench` under `data`; none if it is not there.
///
/// # Errors
/// If its files cannot be read.
pub fn name_speed(data: &Path) -> Result<Option<NameSpeed>, AccuracyError> {
    let folder = data.join("name_bench");
    let pairs = if folder.is_dir() { name_pairs(&folder)? } else { Vec::new() };
    if pairs.is_empty() {
        return Ok(None);
    }
    let read = || -> Vec<(Name, Name)> {
        let names = pairs.iter().map(|(_, pair)| (&pair.one, &pair.other, pair.kind));
        names.map(|(one, other, kind)| (Name::parse(one, kind), Name::parse(other, kind))).collect()
    };
    let names = read();
    let per_second = |round: &dyn Fn(usize)| {
        let (start, mut rounds) = (Instant::now(), 0);
        while start.elapsed() < LONG {
            rounds += 1;
            round(rounds);
        }
        (rounds * names.len()) as f64 / start.elapsed().as_secs_f64()
    };
    let reading = 2.0 * per_second(&|_| drop(black_box(read())));
    let compared = per_second(&|_| {
        for (one, other) in &names {
            black_box(score(one, other));
        }
    });
    let others = per_second(&|round| {
        for (index, (one, _)) in names.iter().enumerate() {
            black_box(score(one, &names[(index + round) % names.len()].1));
        }
    });
    Ok(Some(NameSpeed { read: reading, pairs: compared, others }))
}
