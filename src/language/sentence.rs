//! Tokens → sentences.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::{Sentence, Span, Word, WordShape};

/// Words that end in a full stop without ending a sentence, lower case, without the stop.
static ABBREVIATIONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/lexicon/abbreviations.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// A line longer than this was not wrapped by an editor: its end is the end of a paragraph.
const WRAPPED_LINE: usize = 120;

/// What separates two neighbouring words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    /// The end of a paragraph.
    Paragraph,
}

/// Groups `words` into sentences.
pub(super) fn split(text: &str, words: &[Word]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut first, mut paragraph) = (0, 0);
    let mut opens_paragraph = true;
    let mut line_start = 0;
    // A text without capitals: a small letter may open a sentence.
    let caseless = !text.chars().any(char::is_uppercase);
    for index in 0..words.len() {
        let gap = match words.get(index + 1) {
            None => Gap::Paragraph,
            Some(next) => gap(text, words[index].span.end, next.span.start, &mut line_start),
        };
        let dateline = opens_paragraph && ends_dateline(text, &words[first..], index - first);
        if gap == Gap::Paragraph || dateline || ends_sentence(text, words, first, index, caseless) {
            let span = Span::new(words[first].span.start, words[index].span.end);
            sentences.push(Sentence { span, first, end: index + 1, paragraph });
            first = index + 1;
            opens_paragraph = gap == Gap::Paragraph;
        }
        if gap == Gap::Paragraph {
            paragraph += 1;
        }
    }
    sentences
}

/// Whether the word at `index` of a paragraph is the dash behind a dateline: "DAMASCUS, Dec 9 (Reuters) —". What
/// follows is a sentence of its own.
fn ends_dateline(text: &str, words: &[Word], index: usize) -> bool {
    /// Words of the longest dateline.
    const LONGEST: usize = 16;
    let written = |at: usize| words[at].span.slice(text);
    let shouted = |word: &str| word.chars().filter(|letter| letter.is_uppercase()).count() > 2;
    let small =
        |word: &str| matches!(word, "al" | "el" | "ez" | "de" | "la" | "of" | "the" | "and" | "on" | "p.m" | "a.m");
    if !(2..LONGEST).contains(&index) || !matches!(written(index), "—" | "–" | "-") {
        return false;
    }
    // Two hyphens are one dash.
    let doubled = written(index) == "-" && written(index - 1) == "-";
    let dash = index - usize::from(doubled);
    words.get(index + 1).is_some_and(|next| next.span.start > words[index].span.end)
        && words[dash - 1].span.end < words[dash].span.start
        && words[0].shape == WordShape::Upper
        && shouted(written(0))
        && (1..dash).all(|at| !written(at).starts_with(char::is_lowercase) || small(written(at)))
}

/// Looks at the white space between two words; keeps track of where the current line starts.
fn gap(text: &str, from: usize, to: usize, line_start: &mut usize) -> Gap {
    let between = &text[from..to];
    let Some(newline) = between.find('\n') else { return Gap::Space };
    let line = &text[*line_start..from];
    *line_start = to;
    if between[newline + 1..].contains('\n') {
        return Gap::Paragraph;
    }
    let ends = line.trim_end().ends_with(['.', '!', '?', '”', '"', '’', ':', ')', '…', '؟', '。']);
    // A line in capitals is a heading.
    if line.len() < WRAPPED_LINE
        && line.chars().any(char::is_uppercase)
        && !line.chars().any(char::is_lowercase)
        && text[to..].lines().next().is_some_and(|next| next.chars().any(char::is_lowercase))
    {
        return Gap::Paragraph;
    }
    let starts_item = text[to..].starts_with(['-', '*', '•', '–', '#']);
    if ends && line.len() < WRAPPED_LINE {
        // A full line of wrapped prose may end in a full stop by chance: a new paragraph only
        // where the line is clearly shorter than a wrapped one.
        return if line.chars().count() < 60 || starts_item { Gap::Paragraph } else { Gap::Space };
    }
    if ends || line.len() >= WRAPPED_LINE || starts_item { Gap::Paragraph } else { Gap::Space }
}

/// Whether a sentence that began at word `first` ends with word `index`.
fn ends_sentence(text: &str, words: &[Word], first: usize, index: usize, caseless: bool) -> bool {
    let written = |at: usize| words.get(at).map(|word| word.span.slice(text));
    let closes = |mark: &str| matches!(mark, "\"" | "”" | "’" | "'" | ")" | "]" | "»");
    let Some(current) = written(index) else { return false };
    // A stop may be followed by closing quotes and brackets, which belong to its sentence.
    let mut stop = index;
    while stop > first && index - stop < 8 && written(stop).is_some_and(closes) {
        stop -= 1;
    }
    let Some(mark) = written(stop) else { return false };
    let is_stop = matches!(mark, "." | "!" | "?" | "…" | "؟" | "。" | "।");
    let dotted = stop == index && is_dotted_end(text, words, index);
    if !(is_stop || dotted) {
        return false;
    }
    if let Some(next) = written(index + 1) {
        let adjacent = words[index + 1].span.start == words[index].span.end;
        // Wait for closing marks that touch, and never cut inside a word without a space.
        if adjacent && (closes(next) || next == "." || next == "…") {
            return false;
        }
        let opens = matches!(next, "“" | "\"" | "‘" | "'" | "(" | "[" | "«" | "—" | "–" | "-");
        let upper = next.starts_with(|letter: char| {
            (caseless && !adjacent && letter.is_alphabetic())
                || letter.is_uppercase()
                || letter.is_numeric()
                || (letter.is_alphabetic() && !letter.is_lowercase())
        });
        if !(opens || upper) {
            return false;
        }
        // "afraid … He has fallen": a pause between spaces; "we are ready… Go": an end.
        let pause = stop > first && words[stop - 1].span.end < words[stop].span.start;
        if mark == "…" && !opens && stop == index && pause {
            return false;
        }
    }
    if mark == "." && stop == index && stop > first {
        let before = &words[stop - 1];
        let text_before = before.span.slice(text);
        let touching = before.span.end == words[stop].span.start;
        let initial = before.shape == WordShape::Capitalised && text_before.chars().count() == 1;
        if touching && (initial || ABBREVIATIONS.contains(text_before.to_lowercase().as_str())) {
            return false;
        }
    }
    current != "("
}

/// "U.S." or "p.m." ends a sentence only before a word that must start one.
fn is_dotted_end(text: &str, words: &[Word], index: usize) -> bool {
    let word = words[index].span.slice(text);
    if !(word.ends_with('.') && word.len() > 1) {
        return false;
    }
    words.get(index + 1).is_none_or(|next| {
        const STARTERS: &[&str] = &[
            "The", "A", "An", "In", "On", "At", "He", "She", "It", "They", "But", "And", "This", "That", "His", "Her",
            "Their", "As", "We", "I",
        ];
        STARTERS.contains(&next.span.slice(text))
    })
}

#[cfg(test)]
mod tests {
    fn sentences(text: &str) -> Vec<&str> {
        crate::language::Analyser::rules()
            .analyse(text)
            .sentences
            .iter()
            .map(|sentence| sentence.span.slice(text))
            .collect()
    }

    #[test]
    fn splits_where_a_reader_would() {
        let table: &[(&str, &[&str])] = &[
            ("He fled. She stayed.", &["He fled.", "She stayed."]),
            ("“Come out”, he said. “Go.” They went.", &["“Come out”, he said.", "“Go.”", "They went."]),
            ("Dr. Hassan met J. Smith. It rained.", &["Dr. Hassan met J. Smith.", "It rained."]),
            ("afraid … Bashar has fallen! Why?” said one", &["afraid … Bashar has fallen!", "Why?” said one"]),
            ("A title\n\nThe text begins", &["A title", "The text begins"]),
            ("one line wrapped\nby an editor. Then more.", &["one line wrapped\nby an editor.", "Then more."]),
            ("the U.S. Army left", &["the U.S. Army left"]),
            ("about them ... They burned it.", &["about them ...", "They burned it."]),
            ("DAMASCUS, Dec. 9 (Reuters) — Rebels left.", &["DAMASCUS, Dec. 9 (Reuters) —", "Rebels left."]),
            ("DEIR EZ-ZOR, Syria (AP) -- Rebels left.", &["DEIR EZ-ZOR, Syria (AP) --", "Rebels left."]),
            ("The HTS - a group - left.", &["The HTS - a group - left."]),
            ("HTS, which fights – with others – left.", &["HTS, which fights – with others – left."]),
            ("", &[]),
            ("...", &["..."]),
        ];
        for (text, expected) in table {
            assert_eq!(&sentences(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_megabyte_without_a_stop_is_one_sentence() {
        let text = "word ".repeat(200_000);
        assert_eq!(crate::language::Analyser::rules().analyse(&text).sentences.len(), 1);
    }
}
