//! Ordinary words of English, for which a capital does not mean a name.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/lexicon/common.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Whether a lower-case word is ordinary English (`data/lexicon/common.txt`).
pub(crate) fn is_ordinary(word: &str) -> bool {
    WORDS.contains(word)
}
