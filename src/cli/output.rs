//! Tables, colours, errors, and text made safe for a terminal.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use comfy_table::{Cell, ContentArrangement, LineStyle, Table, presets};
use unicode_width::UnicodeWidthStr;

use super::args::{Colour, Common};

/// Columns of output that is not a terminal.
const PLAIN_WIDTH: u16 = 110;

/// Where and how a command speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    quiet: bool,
    colour: bool,
    colour_on_stderr: bool,
}

impl Output {
    pub fn new(common: &Common) -> Self {
        let wanted = |terminal: bool| match common.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        Self {
            quiet: common.quiet,
            colour: wanted(io::stdout().is_terminal()),
            colour_on_stderr: wanted(io::stderr().is_terminal()),
        }
    }

    pub fn colour_on_stderr(&self) -> bool {
        self.colour_on_stderr
    }

    /// Whether a progress bar makes sense.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Says something on standard error, unless quiet.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            // Nobody to talk to is no reason to fail.
            let _ = writeln!(io::stderr(), "{}", clean_lines(text));
        }
    }

    /// Says what went wrong; the hint of a message stands on its own line.
    pub fn error(&self, error: &anyhow::Error) {
        let label = if self.colour_on_stderr { "\u{1b}[31merror\u{1b}[0m" } else { "error" };
        let _ = writeln!(io::stderr(), "{label}: {}", clean_lines(&causes(error)));
    }

    /// Says that one of many inputs failed.
    pub fn warn(&self, text: &str) {
        let label = if self.colour_on_stderr { "\u{1b}[33mfailed\u{1b}[0m" } else { "failed" };
        let _ = writeln!(io::stderr(), "{label}: {}", clean_lines(text));
    }

    /// Text in bold on a terminal.
    pub fn bold(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Text in a fainter colour on a terminal.
    pub fn faint(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A table of rows under a header.
    pub fn table(&self, header: &[String], rows: Vec<Vec<String>>) -> String {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─')))
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.width());
        table.set_header(header.iter().map(|name| Cell::new(clean(name))));
        for row in rows {
            table.add_row(row.into_iter().map(|cell| Cell::new(clean(&cell))));
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// Rows in columns, each with its evidence on a line of its own below.
    pub fn records(&self, header: &[String], rows: &[(Vec<String>, String)]) -> String {
        let rows: Vec<(Vec<String>, String)> =
            rows.iter().map(|(cells, quote)| (cells.iter().map(|cell| clean(cell)).collect(), clean(quote))).collect();
        let mut widths: Vec<usize> = header.iter().map(|name| name.width()).collect();
        for (cells, _) in &rows {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.width()).min(60);
            }
        }
        let line = |cells: &[String]| {
            let padded = cells
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))));
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let mut lines = vec![self.bold(&line(header))];
        let mut previous: Option<&[String]> = None;
        for (cells, quote) in &rows {
            if previous != Some(cells.as_slice()) {
                lines.push(line(cells));
            }
            previous = Some(cells.as_slice());
            lines.push(self.faint(&format!("    {quote}")));
        }
        lines.join("\n")
    }

    fn width(&self) -> u16 {
        let term = console::Term::stdout();
        if term.is_term() {
            term.size_checked().map_or(PLAIN_WIDTH, |(_, columns)| columns.max(40))
        } else {
            PLAIN_WIDTH
        }
    }
}

/// The message of an error, and that of its cause where the message does not tell it already.
fn causes(error: &anyhow::Error) -> String {
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

/// Text that cannot move the cursor, change colours or reorder what stands around it: control and
/// bidirectional formatting characters become visible escapes, runs of white space one space.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        push_clean(word, &mut cleaned);
    }
    cleaned
}

/// As [`clean`], keeping line ends.
pub(crate) fn clean_lines(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            cleaned.push('\n');
        }
        push_clean(line, &mut cleaned);
    }
    cleaned
}

fn push_clean(text: &str, out: &mut String) {
    for letter in text.chars() {
        let formatting =
            matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if letter.is_control() || formatting {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_lines};

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(clean("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(clean("one\n two\tthree"), "one two three");
        assert_eq!(clean("x\u{202e}y"), "x\\u{202e}y");
        assert_eq!(clean("صيدنايا"), "صيدنايا");
        assert_eq!(clean_lines("a\nb\u{7}"), "a\nb\\u{7}");
    }
}
