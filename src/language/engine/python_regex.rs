//! Python regular expressions, in which tokenizers are written, as `fancy-regex` takes them.

use fancy_regex::Regex;

/// Compiles a Python expression.
pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
    fancy_regex::RegexBuilder::new(&translate(pattern))
        .backtrack_limit(1_000_000)
        .build()
        .map_err(|error| error.to_string())
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
            assert!(compile(python).is_ok(), "{python}");
        }
        assert!(compile("(").is_err());
    }
}
