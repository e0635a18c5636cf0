//! Words of the carrier, not of the report: picture credits in brackets.

use super::text::Text;

const CREDIT: &[&str] = &[
    "supplied",
    "images",
    "image",
    "photo",
    "photograph",
    "via",
    "courtesy",
    "file",
    "handout",
    "getty",
    "picture",
    "reuters",
    "ap",
    "afp",
    "epa",
    "tass",
];

/// Whether a token stands inside a bracketed credit: "(AFP via Getty Images)", "… on Sunday (AP)".
///
/// A bracket counts as a credit if it holds a word of credits and closes its sentence; an acronym
/// after the name it shortens ("the Associated Press (AP) said") does not.
pub(super) fn in_credit(text: &Text<'_>, token: usize) -> bool {
    let Some(sentence) = text.sentences().get(text.sentence_of(token)) else { return false };
    let Some(open) = (sentence.first..=token).rev().take(8).find(|&at| text.word(at) == "(") else { return false };
    let Some(close) = (token..sentence.end.min(token + 8)).find(|&at| text.word(at) == ")") else { return false };
    if (open..token).any(|at| text.word(at) == ")") {
        return false;
    }
    let ends = (close + 1..sentence.end).all(|at| matches!(text.word(at), "." | "]" | "”"));
    ends && (open + 1..close).any(|at| CREDIT.contains(&text.lower(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    #[test]
    fn credits_and_acronyms() {
        for (text, word, expected) in [
            ("Crowds in Damascus (AFP via Getty Images)", "AFP", true),
            ("(AFP via Getty Images)", "Getty", true),
            ("They celebrate on Sunday (AP)", "AP", true),
            ("The Associated Press (AP) said so.", "AP", false),
            ("Hayat Tahrir al-Sham (HTS) won.", "HTS", false),
            ("A photo (left) shows Hama.", "Hama", false),
        ] {
            let document = Document::from_text("test", text);
            let analysis = crate::language::Analyser::rules().analyse(text);
            let text = Text::new(&document, &analysis);
            let token = (0..text.len()).find(|&token| text.word(token) == word).expect("the word is there");
            assert_eq!(in_credit(&text, token), expected, "{}", text.document.text);
        }
    }
}
