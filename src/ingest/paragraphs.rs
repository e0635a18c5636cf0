//! Building a plain text whose paragraphs are separated by a blank line.

/// What has to stand between the last words and the next, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    None,
    Space,
    /// Between the cells of a row: a tab.
    Cell,
    Line,
    Paragraph,
}

/// A text under construction: of several breaks in a row the strongest counts, and none
/// stands at either end.
#[derive(Debug)]
pub(super) struct Paragraphs {
    text: String,
    pending: Break,
}

impl Paragraphs {
    pub fn new() -> Self {
        Self { text: String::new(), pending: Break::None }
    }

    /// Asks for a break before the next words.
    pub fn breaks(&mut self, kind: Break) {
        self.pending = self.pending.max(kind);
    }

    /// Asks for a line break; two in a row end the paragraph.
    pub fn line_break(&mut self) {
        self.breaks(if self.pending == Break::Line { Break::Paragraph } else { Break::Line });
    }

    /// Adds words as they stand.
    pub fn push(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if self.pending != Break::None && !self.text.is_empty() {
            self.text.truncate(self.text.trim_end().len());
            self.text.push_str(match self.pending {
                Break::None => "",
                Break::Space => " ",
                Break::Cell => "\t",
                Break::Line => "\n",
                Break::Paragraph => "\n\n",
            });
        }
        self.pending = Break::None;
        self.text.push_str(words);
    }

    /// Adds words with every run of white space as one space.
    pub fn push_collapsed(&mut self, words: &str) {
        if words.starts_with(char::is_whitespace) {
            self.breaks(Break::Space);
        }
        for word in words.split_whitespace() {
            self.push(word);
            self.breaks(Break::Space);
        }
        if !words.ends_with(char::is_whitespace) && self.pending == Break::Space {
            self.pending = Break::None;
        }
    }

    /// How long the text is, in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// What was added since the text was `start` bytes long.
    pub fn since(&self, start: usize) -> &str {
        self.text[start..].trim()
    }

    /// The text.
    pub fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_break_counts() {
        let mut text = Paragraphs::new();
        text.breaks(Break::Paragraph);
        text.push_collapsed("\n one ");
        text.push_collapsed("\ttwo");
        text.push_collapsed("three");
        text.breaks(Break::Line);
        text.breaks(Break::Space);
        text.push("four \n");
        text.breaks(Break::Paragraph);
        text.breaks(Break::Cell);
        text.push("five");
        text.line_break();
        text.push_collapsed("  ");
        text.push("six");
        text.line_break();
        text.line_break();
        text.push("seven\n");
        text.breaks(Break::Line);
        assert_eq!(text.finish(), "one twothree\nfour\n\nfive\nsix\n\nseven");
    }
}
