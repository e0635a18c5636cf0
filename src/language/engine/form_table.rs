//! A table of word forms as the model file holds it: sorted lines, searched where they lie.

use super::error::{Error, Result};

/// Lines in the order of their first column; columns are separated by tabs.
#[derive(Debug, Default)]
pub(super) struct FormTable {
    text: Box<str>,
    /// Where each line begins, and the end of the text.
    lines: Vec<u32>,
}

impl FormTable {
    /// Takes lines that are in order.
    pub fn new(name: &str, text: &str) -> Result<Self> {
        let end = u32::try_from(text.len()).map_err(|_| Error::content(format!("{name} is too long")))?;
        let mut lines = Vec::from([0]);
        lines.extend(text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at as u32 + 1));
        if lines.last() != Some(&end) {
            lines.push(end);
        }
        let table = Self { text: text.into(), lines };
        match (1..table.len()).all(|at| table.line(at - 1).0 < table.line(at).0) {
            true => Ok(table),
            false => Err(Error::content(format!("{name} is not in order"))),
        }
    }

    /// Lines for [`new`](Self::new): a form and its columns. What cannot be written so is left out; no
    /// token has tabs or line ends among its letters.
    pub fn text<'a>(rows: impl Iterator<Item = (&'a str, Vec<&'a str>)>) -> String {
        let mut rows: Vec<_> = rows
            .filter(|(form, columns)| !columns.iter().chain([form]).any(|text| text.contains(['\t', '\n'])))
            .collect();
        rows.sort_unstable();
        rows.dedup_by_key(|(form, _)| *form);
        let mut text = String::new();
        for (form, columns) in rows {
            text.push_str(form);
            for column in columns {
                text.push('\t');
                text.push_str(column);
            }
            text.push('\n');
        }
        text
    }

    /// The columns that follow `form`, or `None` if it is not in the table.
    pub fn find(&self, form: &str) -> Option<impl Iterator<Item = &str>> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            let (found, rest) = self.line(middle);
            match found.cmp(form) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(rest.split('\t').skip(1)),
            }
        }
        None
    }

    fn len(&self) -> usize {
        self.lines.len().saturating_sub(1)
    }

    /// A line's first column, and all from the tab after it on.
    fn line(&self, at: usize) -> (&str, &str) {
        let line = self.text[self.lines[at] as usize..self.lines[at + 1] as usize].trim_end_matches('\n');
        line.split_at(line.find('\t').unwrap_or(line.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found() {
        let text =
            FormTable::text([("mice", vec!["mouse"]), ("axes", vec!["ax", "axis"]), ("a\tb", vec![])].into_iter());
        assert_eq!(text, "axes\tax\taxis\nmice\tmouse\n");
        let table = FormTable::new("exceptions", &text).unwrap();
        assert!(table.find("axes").unwrap().eq(["ax", "axis"]));
        assert!(table.find("mice").unwrap().eq(["mouse"]));
        assert!(["", "axe", "mouse", "zebra", "a"].iter().all(|form| table.find(form).is_none()));
        assert_eq!(FormTable::new("", "one\ntwo").unwrap().find("two").unwrap().count(), 0);
        assert!(FormTable::new("", "").unwrap().find("").is_none());
        assert!(FormTable::new("index", "two\none\n").unwrap_err().to_string().contains("index is not in order"));
    }
}
