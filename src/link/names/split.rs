//! A name as words.

use std::ops::Range;

use super::letters::{Spelling, is_dropped, is_letter, spell};

/// Characters of a name that are read.
const MAX_CHARACTERS: usize = 512;

/// Words of a name that are read.
pub(super) const MAX_WORDS: usize = 32;

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub spelling: Spelling,
    /// Where it stands in the name, in bytes.
    pub at: Range<usize>,
    /// Whether a hyphen joins it to the word before.
    pub hyphen: bool,
    /// Whether a comma stands before it.
    pub comma: bool,
    /// Single letters with full stops: "S.A.R.L.".
    pub dotted: bool,
    /// Written in capitals while the name is not.
    pub capitals: bool,
}

impl Word {
    /// As words are looked up.
    pub fn plain(&self) -> &str {
        &self.spelling.plain
    }
}

/// The words of a name, in order. Of a very long name only the beginning is read.
pub(super) fn words(name: &str) -> Vec<Word> {
    let end = name.char_indices().nth(MAX_CHARACTERS).map_or(name.len(), |(at, _)| at);
    let name = &name[..end];
    let mut words: Vec<Word> = Vec::new();
    let (mut start, mut hyphen, mut comma) = (None, false, false);
    for (at, letter) in name.char_indices().chain([(end, ' ')]) {
        if is_letter(letter) || (start.is_some() && is_dropped(letter)) {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else {
            hyphen |= is_hyphen(letter);
            comma |= is_comma(letter);
            continue;
        };
        if words.len() == MAX_WORDS {
            break;
        }
        let written = &name[from..at];
        let stem = possessive(written).unwrap_or(written);
        let spelling = spell(stem);
        let single = written.chars().count() == 1;
        // "A/S" and "S.A." are one word.
        let tied = name[..from].ends_with(['.', '/']) && words.last().is_some_and(|last| last.at.end + 1 == from);
        match words.last_mut() {
            Some(last) if tied && single && last.single() => {
                last.spelling.plain.push_str(&spelling.plain);
                last.spelling.sounded.push_str(&spelling.sounded);
                last.at.end = at;
                last.dotted = true;
            }
            _ if spelling.plain.is_empty() => {}
            _ => {
                let upper = |letter: char| !letter.is_alphabetic() || letter.is_uppercase();
                let capitals = !single && written.chars().all(upper);
                words.push(Word { spelling, at: from..at, hyphen, comma, dotted: false, capitals });
            }
        }
        hyphen = is_hyphen(letter);
        comma = is_comma(letter);
    }
    if words.iter().all(|word| word.capitals || word.plain().chars().count() == 1) {
        words.iter_mut().for_each(|word| word.capitals = false);
    }
    words
}

impl Word {
    /// Of single letters only.
    fn single(&self) -> bool {
        self.dotted || self.plain().chars().count() == 1
    }
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '‐' | '‑')
}

fn is_comma(letter: char) -> bool {
    matches!(letter, ',' | '،' | '、')
}

/// A word without "'s".
fn possessive(word: &str) -> Option<&str> {
    ["'s", "’s", "'S", "’S"].iter().find_map(|end| word.strip_suffix(end)).filter(|stem| !stem.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(name: &str) -> Vec<String> {
        words(name).into_iter().map(|word| word.spelling.plain).collect()
    }

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(plain("Deir ez-Zor"), ["deir", "ez", "zor"]);
        assert_eq!(plain("Bowne S.A.R.L."), ["bowne", "sarl"]);
        assert_eq!(plain("J.-C. Juncker"), ["j", "c", "juncker"]);
        assert_eq!(plain("Mendez Denmark A/S"), ["mendez", "denmark", "as"]);
        assert_eq!(plain("Aleppo’s Central Prison"), ["aleppo", "central", "prison"]);
        assert_eq!(plain("Oboronnye o.O.O."), ["oboronnye", "ooo"]);
        assert!(plain("🙂 – …").is_empty());
        assert!(words("Frost, William")[1].comma);
    }

    #[test]
    fn of_a_long_name_the_beginning_is_read() {
        assert!(words(&"Ali ".repeat(10_000)).len() <= MAX_WORDS);
        assert_eq!(words(&"a".repeat(10_000)).len(), 1);
    }
}
