//! Sorting more lines than fit into memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::mem;

/// Memory for lines before they are written to disk as a sorted run, by default.
pub(in crate::export) const BUDGET: usize = 64 << 20;

/// Takes lines in any order and gives them back sorted by their bytes, each once.
///
/// Runs go to files without a name in the folder for temporary files (`TMPDIR`), so that nothing is left behind
/// whatever happens.
pub(in crate::export) struct Sorter {
    budget: usize,
    bytes: Vec<u8>,
    lines: Vec<(usize, usize)>,
    runs: Vec<Run>,
}

impl Sorter {
    pub fn new(budget: usize) -> Self {
        Self { budget, bytes: Vec::new(), lines: Vec::new(), runs: Vec::new() }
    }

    /// Adds the line that `write` writes.
    ///
    /// # Errors
    /// If a run cannot be written to disk.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        let start = self.bytes.len();
        write(&mut self.bytes);
        self.lines.push((start, self.bytes.len()));
        if self.bytes.len() + self.lines.len() * mem::size_of::<(usize, usize)>() >= self.budget {
            self.spill()?;
        }
        Ok(())
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.lines.sort_unstable_by(|one, other| bytes[one.0..one.1].cmp(&bytes[other.0..other.1]));
        self.lines.dedup_by(|one, other| bytes[one.0..one.1] == bytes[other.0..other.1]);
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        self.runs.push(Run::write(self.lines.iter().map(|line| &self.bytes[line.0..line.1]))?);
        self.lines.clear();
        self.bytes.clear();
        Ok(())
    }

    /// The lines in order.
    ///
    /// # Errors
    /// If a run cannot be written to disk or read from there.
    pub fn finish(mut self) -> io::Result<Sorted> {
        if self.runs.is_empty() {
            self.sort();
            return Ok(Sorted::Memory { bytes: self.bytes, lines: self.lines, next: 0 });
        }
        if !self.lines.is_empty() {
            self.spill()?;
        }
        let mut heap = BinaryHeap::new();
        for (number, run) in self.runs.iter_mut().enumerate() {
            if run.advance()? {
                heap.push(Reverse((mem::take(&mut run.line), number)));
            }
        }
        Ok(Sorted::Disk { runs: self.runs, heap, line: Vec::new(), started: false })
    }
}

/// Sorted lines, to be taken one by one.
pub(in crate::export) enum Sorted {
    Memory { bytes: Vec<u8>, lines: Vec<(usize, usize)>, next: usize },
    Disk { runs: Vec<Run>, heap: BinaryHeap<Reverse<(Vec<u8>, usize)>>, line: Vec<u8>, started: bool },
}

impl Sorted {
    /// Whether there are no lines at all.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Memory { lines, .. } => lines.is_empty(),
            Self::Disk { heap, .. } => heap.is_empty(),
        }
    }

    /// The next line.
    ///
    /// # Errors
    /// If a run cannot be read.
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        match self {
            Self::Memory { bytes, lines, next } => {
                let line = lines.get(*next).map(|line| &bytes[line.0..line.1]);
                *next += 1;
                Ok(line)
            }
            Self::Disk { runs, heap, line, started } => loop {
                let Some(Reverse((least, number))) = heap.pop() else { return Ok(None) };
                let again = mem::replace(started, true) && *line == least;
                let run = &mut runs[number];
                if run.advance()? {
                    // The buffer of the line before is used again.
                    let following = mem::take(&mut run.line);
                    run.line = mem::replace(line, least);
                    heap.push(Reverse((following, number)));
                } else {
                    *line = least;
                }
                if !again {
                    return Ok(Some(line));
                }
            },
        }
    }
}

/// Sorted lines on disk. Neighbours begin alike, so that each tells only what is new in it.
pub(in crate::export) struct Run {
    reader: BufReader<File>,
    left: usize,
    /// The line that was read last, to begin the next one with.
    previous: Vec<u8>,
    line: Vec<u8>,
}

impl Run {
    fn write<'a>(lines: impl ExactSizeIterator<Item = &'a [u8]>) -> io::Result<Self> {
        let left = lines.len();
        let mut writer = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        let mut previous: &[u8] = &[];
        for line in lines {
            let shared = line.iter().zip(previous).take_while(|(one, other)| one == other).count();
            writer.write_all(&number(shared)?)?;
            writer.write_all(&number(line.len() - shared)?)?;
            writer.write_all(&line[shared..])?;
            previous = line;
        }
        let mut file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Self { reader: BufReader::with_capacity(1 << 18, file), left, previous: Vec::new(), line: Vec::new() })
    }

    /// Reads the next line into `line`; false at the end.
    fn advance(&mut self) -> io::Result<bool> {
        if self.left == 0 {
            return Ok(false);
        }
        self.left -= 1;
        let mut head = [0; 8];
        self.reader.read_exact(&mut head)?;
        let [a, b, c, d, e, f, g, h] = head;
        let shared = u32::from_le_bytes([a, b, c, d]) as usize;
        let new = u32::from_le_bytes([e, f, g, h]) as usize;
        self.previous.truncate(shared);
        self.previous.resize(shared + new, 0);
        self.reader.read_exact(&mut self.previous[shared..])?;
        self.line.clear();
        self.line.extend_from_slice(&self.previous);
        Ok(true)
    }
}

fn number(length: usize) -> io::Result<[u8; 4]> {
    u32::try_from(length).map(u32::to_le_bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(lines: &[String], budget: usize) -> Vec<String> {
        let mut sorter = Sorter::new(budget);
        for line in lines {
            sorter.push(|bytes| bytes.extend_from_slice(line.as_bytes())).expect("room for a run");
        }
        let mut sorted = sorter.finish().expect("runs can be read");
        let mut all = Vec::new();
        while let Some(line) = sorted.next().expect("runs can be read") {
            all.push(String::from_utf8(line.to_vec()).expect("as it was"));
        }
        all
    }

    #[test]
    fn memory_and_disk_give_the_same() {
        let mut lines: Vec<String> =
            (0..500_u32).map(|n| "x".repeat((n % 7) as usize) + &(n * 37 % 251).to_string()).collect();
        lines.push(String::new());
        lines.extend(lines.clone());
        let mut expected = lines.clone();
        expected.sort();
        expected.dedup();
        for budget in [1, 64, 1000, 10_000, usize::MAX] {
            assert_eq!(sorted(&lines, budget), expected, "budget {budget}");
        }
        assert!(sorted(&[], 10).is_empty());
    }
}
