//! Tokens → a text as it was before somebody split it, with the place of every token.

use std::ops::Range;

use crate::model::Span;

/// What a set's tokeniser does to hyphenated words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphens {
    /// They are split (`44 - year`): a hyphen between words joins them.
    Split,
    /// They stay whole: a hyphen that stands alone is a dash.
    Whole,
}

/// Puts a document together sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    pub text: String,
    pub tokens: Vec<Span>,
    /// A quotation with `"` was opened and not closed.
    quoted: bool,
    /// A quotation with `'` was opened and not closed.
    single_quoted: bool,
}

impl TextBuilder {
    /// Adds a sentence of tokens and returns their indices.
    pub fn push_tokens(&mut self, tokens: &[&str], hyphens: Hyphens) -> Range<usize> {
        let first = self.begin_sentence();
        let mut attached = true;
        for at in 0..tokens.len() {
            let (left, right) = self.attaches(tokens, at, hyphens);
            if !(attached || left) {
                self.text.push(' ');
            }
            attached = right;
            let start = self.text.len();
            self.text.push_str(tokens[at]);
            self.tokens.push(Span::new(start, self.text.len()));
        }
        first..self.tokens.len()
    }

    /// Adds a sentence whose text is known and returns the indices of its tokens, or the first token
    /// that does not follow in the text.
    pub fn push_sentence<'t>(&mut self, text: &str, tokens: &[&'t str]) -> Result<Range<usize>, &'t str> {
        self.begin_sentence();
        self.place(text, tokens)
    }

    /// As [`Self::push_sentence`], right after what is there already.
    pub fn place<'t>(&mut self, text: &str, tokens: &[&'t str]) -> Result<Range<usize>, &'t str> {
        let first = self.tokens.len();
        let base = self.text.len();
        let mut at = 0;
        for token in tokens {
            let rest = &text[at..];
            let start = at + (rest.len() - rest.trim_start().len());
            if !text[start..].starts_with(token) {
                return Err(token);
            }
            at = start + token.len();
            self.tokens.push(Span::new(base + start, base + at));
        }
        self.text.push_str(text);
        Ok(first..self.tokens.len())
    }

    /// A full sentence is followed by the next on the same line; a heading, a line of an address or an
    /// item of a list stands alone. Returns the index of the next token.
    fn begin_sentence(&mut self) -> usize {
        if !self.text.is_empty() {
            let closing = |letter: char| matches!(letter, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
            let full = self.text.trim_end_matches(closing).ends_with(['.', '!', '?', '…']);
            self.text.push_str(if full { " " } else { "\n\n" });
        }
        self.tokens.len()
    }

    /// Whether the token stands right after the one before it, and right before the next one.
    fn attaches(&mut self, tokens: &[&str], at: usize, hyphens: Hyphens) -> (bool, bool) {
        let before = at.checked_sub(1).map_or("", |before| tokens[before]);
        let after = tokens.get(at + 1).copied().unwrap_or_default();
        match tokens[at] {
            "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "}" | "%" | "”" | "»" | "››" | "…" | "..." => {
                (true, false)
            }
            "(" | "[" | "{" | "“" | "‘" | "«" | "‹‹" | "#" | "@" | "€" | "£" | "₹" => (false, true),
            // "``" and "''" are quotation marks, split in two here and there.
            "`" => (before == "`", true),
            "'" if before == "'" || after == "'" => (true, false),
            "'" | "’" if is_clitic(after) => (true, true),
            "’" => (true, false),
            "'" if self.single_quoted => {
                self.single_quoted = false;
                (true, false)
            }
            // A possessive plural ("detainees'").
            "'" if before.ends_with(['s', 'S']) => (true, false),
            "'" => {
                self.single_quoted = tokens[at + 1..].contains(&"'");
                (false, true)
            }
            "\"" => {
                let closes = match (at, after) {
                    (0, _) => false,
                    (_, "") => true,
                    _ if self.quoted => true,
                    // The rest of a quotation that began before this text.
                    _ => matches!(before, "," | "." | "!" | "?") && !tokens[at + 1..].contains(&"\""),
                };
                self.quoted = !closes;
                (closes, !closes)
            }
            "$" => (matches!(before, "US" | "HK" | "NT" | "A" | "C" | "N" | "R" | "S"), true),
            "-" if before == "-" => (true, false),
            "-" if hyphens == Hyphens::Split => {
                let joins = is_word(before) && is_word(after) && !is_dash(tokens, at);
                (joins, joins)
            }
            "/" | "=" => (true, true),
            "n't" | "n’t" => (true, false),
            // "the 1990s".
            "s" if before.ends_with(|letter: char| letter.is_ascii_digit()) => (true, false),
            token => (token.strip_prefix(['\'', '’']).is_some_and(|rest| rest.starts_with(char::is_alphabetic)), false),
        }
    }
}

/// Whether it is what follows an apostrophe in "it's", "don't", "we've".
fn is_clitic(token: &str) -> bool {
    matches!(token, "s" | "t" | "d" | "m" | "re" | "ve" | "ll" | "S" | "T")
}

/// Prefixes that stand before a name with a hyphen.
const PREFIXES: &[&str] = &[
    "al", "el", "ul", "ud", "ad", "an", "as", "ash", "ar", "at", "bin", "pro", "anti", "non", "ex", "post", "pre",
    "mid", "un", "inter", "trans", "sub", "intra", "neo", "pan", "sino", "co", "semi", "self", "vice",
];

/// Whether a hyphen between words is a dash all the same: after a small letter and before a capital,
/// unless a prefix or a word with more hyphens stands before.
fn is_dash(tokens: &[&str], at: usize) -> bool {
    let (before, after) = (tokens[at - 1], tokens[at + 1]);
    before.starts_with(char::is_lowercase)
        && after.starts_with(char::is_uppercase)
        && !PREFIXES.contains(&before)
        && (at < 2 || tokens[at - 2] != "-")
}

/// Whether it is a word or a number.
fn is_word(token: &str) -> bool {
    token.starts_with(char::is_alphanumeric) && token.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(sentences: &[&str], hyphens: Hyphens) -> String {
        let mut builder = TextBuilder::default();
        for sentence in sentences {
            let tokens: Vec<&str> = sentence.split(' ').collect();
            let range = builder.push_tokens(&tokens, hyphens);
            let placed: Vec<&str> = builder.tokens[range].iter().map(|span| span.slice(&builder.text)).collect();
            assert_eq!(placed, tokens);
        }
        builder.text
    }

    #[test]
    fn tokens_make_a_text() {
        for (tokens, text) in [
            ("He left , and fled .", "He left, and fled."),
            ("a 44 - year - old man", "a 44-year-old man"),
            ("two – or three – men", "two – or three – men"),
            ("pro - Moon judges - Mina and Aal - ul - Ravi", "pro-Moon judges - Mina and Aal-ul-Ravi"),
            ("Mina ’ s sisters ’ house ( old )", "Mina’s sisters’ house (old)"),
            ("It 's here , is n't it ?", "It's here, isn't it?"),
            ("says ‘ go ’ and “ stay ”", "says ‘go’ and “stay”"),
            ("said \" no \" and \" yes , \" twice", "said \"no\" and \"yes,\" twice"),
            ("it is over , \" he said", "it is over,\" he said"),
            ("sisters ' house , ' Moon ' Hill", "sisters' house, 'Moon' Hill"),
            ("` ` Go , ' ' he said", "``Go,'' he said"),
            ("50 % of US $ 3 or $ 4", "50% of US$3 or $4"),
            ("km / h in the 1980 s", "km/h in the 1980s"),
        ] {
            assert_eq!(built(&[tokens], Hyphens::Split), text);
        }
        assert_eq!(built(&["by boat - two - from"], Hyphens::Whole), "by boat - two - from");
        assert_eq!(built(&["here - - is"], Hyphens::Whole), "here -- is");
    }

    #[test]
    fn headings_stand_alone_and_quotations_go_on() {
        let sentences = ["Storm in Norland", "\" It came .", "It went . \"", "End ."];
        assert_eq!(built(&sentences, Hyphens::Split), "Storm in Norland\n\n\"It came. It went.\" End.");
    }

    #[test]
    fn a_known_text_is_kept() {
        let mut builder = TextBuilder::default();
        assert_eq!(builder.push_sentence("Don't go!", &["Do", "n't", "go", "!"]), Ok(0..4));
        assert_eq!(builder.push_sentence("No  way", &["No", "way"]), Ok(4..6));
        assert_eq!(builder.text, "Don't go! No  way");
        assert_eq!(builder.tokens[5].slice(&builder.text), "way");
        assert_eq!(builder.push_sentence("one two", &["one", "three"]), Err("three"));
    }
}
