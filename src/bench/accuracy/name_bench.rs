//! Pairs of names of which somebody has said whether they are one (`cases.csv` of nomenklatura's name bench, in the
//! format of RFC 4180 with a header).

use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{AccuracyError, GoldDocument, files};
use crate::link::names::{NameKind, Pair};
use crate::text::fold;

const COLUMNS: [&str; 4] = ["schema", "name1", "name2", "is_match"];
const EXPECTED: &str = "CSV with the columns schema, name1, name2 and is_match";

/// The pairs of a folder's files of CSV, each with its file and number.
///
/// # Errors
/// If a file cannot be read or has other columns.
pub fn name_pairs(folder: &Path) -> Result<Vec<(String, Pair)>, AccuracyError> {
    let mut pairs = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "csv"))? {
        let content = files::content(&path)?;
        let mut records = records(&content).into_iter();
        let header = records.next().unwrap_or_default();
        let column = |name: &str| header.iter().position(|cell| cell == name);
        let [Some(schema), Some(one), Some(other), Some(same)] = COLUMNS.map(column) else {
            return Err(AccuracyError::line(&path, 1, "there are other columns", EXPECTED));
        };
        for (index, record) in records.enumerate() {
            let cell = |column: usize| record.get(column).map(String::as_str);
            let (Some(schema), Some(one), Some(other), Some(same)) = (cell(schema), cell(one), cell(other), cell(same))
            else {
                return Err(AccuracyError::line(&path, index + 2, "a cell is missing", EXPECTED));
            };
            let kind = if schema == "Person" { NameKind::Person } else { NameKind::Organization };
            let pair = Pair { kind, one: one.to_owned(), other: other.to_owned(), same: same == "true" };
            pairs.push((format!("{}#{}", files::stem(&path), index + 1), pair));
        }
    }
    Ok(pairs)
}

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    Ok(name_pairs(folder)?.into_iter().map(|(name, pair)| GoldDocument::of_names(name, pair)).collect())
}

/// The cells of each record: between commas, in quotation marks where they hold commas, lines or quotation marks.
fn records(content: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let (mut record, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = content.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            _ => cell.push(letter),
        }
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        records.push(record);
    }
    records.retain(|record| record.len() > 1);
    records
}

/// The words of `data/bench/names.toml`.
#[derive(Deserialize)]
struct Elements {
    words: Vec<String>,
    beginnings: Vec<String>,
    endings: Vec<String>,
}

/// Whether it is a pair of persons of which either has a word in Arabic letters or one of the words, beginnings and endings of
/// `data/bench/names.toml`.
pub fn has_arabic_elements(pair: &Pair) -> bool {
    static ELEMENTS: LazyLock<Elements> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/bench/names.toml")).expect("a test reads the embedded words")
    });
    let arabic = |letter: char| matches!(letter, '\u{600}'..='\u{6ff}');
    let element = |name: &String| {
        name.contains(arabic)
            || fold(name).split(' ').any(|word| {
                ELEMENTS.words.iter().any(|known| known == word)
                    || ELEMENTS.beginnings.iter().any(|start| word.starts_with(start.as_str()))
                    || ELEMENTS.endings.iter().any(|end| word.ends_with(end.as_str()))
            })
    };
    pair.kind == NameKind::Person && [&pair.one, &pair.other].into_iter().any(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_hold_commas_and_quotation_marks() {
        let records = records("a,b\n\"x, y\",\"he said \"\"no\"\"\"\r\nlast,\n");
        assert_eq!(records, [vec!["a", "b"], vec!["x, y", "he said \"no\""], vec!["last", ""]]);
    }
}
