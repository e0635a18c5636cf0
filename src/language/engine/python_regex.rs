//! Python regular expressions, in which tokenizers are written, as `fancy-regex` takes them.

use std::ops::Range;

/// A compiled expression.
///
/// Before it backtracks, a sieve without look-around runs in linear time: look-around only forbids, so
/// before the place where the sieve finds something, the expression would find nothing.
#[derive(Debug)]
pub(super) struct Expression {
    exact: fancy_regex::Regex,
    sieve: Option<regex::Regex>,
}

impl Expression {
    /// Compiles an expression in Python's syntax.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let pattern = translate(pattern);
        let exact = fancy_regex::RegexBuilder::new(&pattern)
            .backtrack_limit(BACKTRACKS)
            .build()
            .map_err(|error| error.to_string())?;
        let sieve = without_look_around(&pattern).and_then(|pattern| regex::Regex::new(&pattern).ok());
        Ok(Self { exact, sieve })
    }

    /// The first match, as byte offsets. An expression that backtracks too much matches nothing.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.find_from(text, 0)
    }

    /// The first match that begins at `from` or later.
    fn find_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let from = match &self.sieve {
            Some(sieve) => sieve.find_at(text, from)?.start(),
            None => from,
        };
        self.exact.find_from_pos(text, from).ok().flatten().map(|found| found.start()..found.end())
    }

    /// All matches that do not overlap, from left to right; they may be empty, as between an elided
    /// article and its noun.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = text.get(from..).and_then(|_| self.find_from(text, from))?;
            from = match found.is_empty() {
                true => found.end + text[found.end..].chars().next().map_or(1, char::len_utf8),
                false => found.end,
            };
            Some(found)
        })
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// Steps back, per search, after which an expression gives up.
const BACKTRACKS: usize = 100_000;

/// The pattern without its look-around groups, or `None` if it has none.
fn without_look_around(pattern: &str) -> Option<String> {
    let (mut out, mut at, mut any) = (String::with_capacity(pattern.len()), 0, false);
    while let Some(c) = pattern[at..].chars().next() {
        let rest = &pattern[at..];
        let group = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|opening| rest.starts_with(opening));
        let length = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => class_length(rest),
            '(' if group => {
                any = true;
                at += group_length(rest);
                // Keeps a quantifier or an empty alternative legal.
                out.push_str("(?:)");
                continue;
            }
            c => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        at += length;
    }
    any.then_some(out)
}

/// The length of the class at the beginning of `text`, which is translated: a "]" ends it.
fn class_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the group at the beginning of `text`.
fn group_length(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\\' => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '[' => at += class_length(&text[at..]),
            c => {
                at += c.len_utf8();
                match c {
                    '(' => depth += 1,
                    ')' if depth == 1 => return at,
                    ')' => depth -= 1,
                    _ => {}
                }
            }
        }
    }
    text.len()
}

/// Rewrites what the two syntaxes spell differently: `\u` escapes, `\Z`, needless escapes, and the
/// signs that Rust reads as operators inside a class (`[`, `&&`, `--`, `~~`).
fn translate(pattern: &str) -> String {
    let pattern = pattern.strip_prefix("(?u)").unwrap_or(pattern);
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.chars().peekable();
    // Inside a class, and how many signs into it: "]" right after "[" or "[^" is an ordinary sign.
    let mut class: Option<usize> = None;
    while let Some(c) = rest.next() {
        let opening = class == Some(0);
        if let Some(signs) = &mut class
            && !(opening && c == '^')
        {
            *signs += 1;
        }
        match c {
            '\\' => {
                let Some(escaped) = rest.next() else { return out + "\\" };
                match escaped {
                    'u' | 'U' => {
                        let digits = if escaped == 'u' { 4 } else { 8 };
                        let code: String = rest.by_ref().take(digits).collect();
                        out.push_str(&format!("\\x{{{}}}", code.trim_start_matches('0')));
                    }
                    'Z' => out.push_str("\\z"),
                    ' ' => out.push_str("\\x20"),
                    other if other.is_ascii() => out.extend(['\\', other]),
                    other => out.push(other),
                }
            }
            '[' if class.is_none() => {
                class = Some(0);
                out.push('[');
            }
            ']' if class.is_some() && !opening => {
                class = None;
                out.push(']');
            }
            '[' | ']' | '&' | '~' if class.is_some() => out.extend(['\\', c]),
            '-' if class.is_some() && rest.peek() == Some(&'-') => out.push_str("\\-"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_escapes_are_rewritten() {
        for (python, rust) in [
            (r"\u00e9", r"\x{e9}"),
            (r"\U0001F600+", r"\x{1F600}+"),
            (r"[[&&~-]", r"[\[\&\&\~-]"),
            (r"[]a]\Z", r"[\]a]\z"),
            (r"[^]a]", r"[^\]a]"),
            (r"(?u)^a\ b$", r"^a\x20b$"),
            (r"\–", "–"),
        ] {
            assert_eq!(translate(python), rust, "{python}");
            assert!(Expression::new(python).is_ok(), "{python}");
        }
        assert!(Expression::new("(").is_err());
    }

    #[test]
    fn the_sieve_forgets_look_around_and_nothing_else() {
        for (pattern, sieve) in [
            (r"(?<=[a-z)])-(?=[A-Z])", Some("(?:)-(?:)")),
            (r"a(?!(?:b|c)\))d|\(?=", Some(r"a(?:)d|\(?=")),
            (r"(?:a|[(?=])b", None),
        ] {
            assert_eq!(without_look_around(pattern).as_deref(), sieve, "{pattern}");
        }
        let dash = Expression::new("(?<=[a-z])-(?=[a-z])").unwrap();
        assert!(dash.find_all("a-b-C -d e-f").eq([1..2, 10..11]));
        assert_eq!(dash.find("no"), None);
        let elision = Expression::new("(?<=[ld]')(?=[a-zé])|-").unwrap();
        assert!(elision.find_all("l'été-d'or'").eq([2..2, 7..8, 10..10]));
        assert!(Expression::new("(?=a)|$").unwrap().find_all("éa").eq([2..2, 3..3]));
    }
}
