//! Ordinary words of English, for which a capital does not mean a name.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(include_str!("../../data/lexicon/common.txt")));
/// Rarer words: no evidence against a name, but what text in capitals has mostly meant.
static RARER: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(include_str!("../../data/lexicon/lowercase.txt")));

fn set(lines: &'static str) -> HashSet<&'static str> {
    lines.lines().filter(|line| !line.starts_with('#')).collect()
}

/// Whether a lower-case word is ordinary English (`data/lexicon/common.txt`).
pub(crate) fn is_ordinary(word: &str) -> bool {
    WORDS.contains(word)
}

/// Whether a word is more likely written in lower case than not (also `data/lexicon/lowercase.txt`).
pub(super) fn is_lower_case(word: &str) -> bool {
    is_ordinary(word) || RARER.contains(word)
}
