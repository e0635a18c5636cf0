//! Tables: for spreadsheets, and as `neo4j-admin database import` reads them.

mod neo4j;
mod spreadsheet;

use std::io::{self, Write};

pub use neo4j::neo4j;
pub use spreadsheet::spreadsheet;

/// A file of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name, such as `entities.csv`.
    pub name: &'static str,
    /// Names of the columns.
    pub header: Vec<String>,
    /// The cells of every row.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it begins with the mark by which Excel knows UTF-8.
    pub marked: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words from somewhere.
    Text(String),
    /// A number of our own.
    Number(String),
    /// Words for a program that reads them as they are.
    Exact(String),
}

impl Table {
    /// Writes the table as RFC 4180 has it, in UTF-8.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let header: Vec<String> = self.header.iter().map(|name| quoted(name)).collect();
        let mark = if self.marked { "\u{feff}" } else { "" };
        write!(out, "{mark}{}\r\n", header.join(","))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(Cell::written).collect();
            write!(out, "{}\r\n", cells.join(","))?;
        }
        Ok(())
    }
}

impl Cell {
    /// Words.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number; empty if it is none, so that nothing else passes for one.
    pub(super) fn number(number: impl ToString) -> Self {
        let text = number.to_string();
        Self::Number(if text.parse::<f64>().is_ok_and(f64::is_finite) { text } else { String::new() })
    }

    fn written(&self) -> String {
        match self {
            Self::Number(number) => number.clone(),
            Self::Exact(text) => quoted(&text.replace('\0', "")),
            Self::Text(text) => quoted(&harmless(text)),
        }
    }
}

/// Text that no spreadsheet takes for a formula: an apostrophe before what could begin one, as OWASP recommends. Wide
/// forms count too, and so do line ends, after which some programs begin a new cell.
fn harmless(text: &str) -> String {
    let text = text.replace('\0', "");
    let begins = |text: &str| {
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
            || text.trim_start().starts_with(['=', '+', '-', '@'])
    };
    if begins(&text) { format!("'{text}") } else { text }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';', '\t']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_is_left() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-x", "'-x"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("a=b", "a=b"),
            ("say \"x\", y", "\"say \"\"x\"\", y\""),
            ("", ""),
        ] {
            assert_eq!(Cell::text(text).written(), expected, "{text:?}");
        }
        assert_eq!(Cell::number("-33.5").written(), "-33.5");
        assert_eq!(Cell::number("=1").written(), "");
        assert_eq!(Cell::number("inf").written(), "");
        assert_eq!(Cell::Exact("=1\0".into()).written(), "=1");
    }
}
