//! Letters: which script they are of, and how each is written for comparing.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::tables::rows;

/// A script whose names can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Script {
    /// Latin letters and digits.
    #[default]
    Latin,
    /// Arabic, Persian, Kurdish and Urdu letters.
    Arabic,
    /// An alphabet that a table romanises: Cyrillic, Greek, Armenian, Georgian, Hebrew.
    Romanised,
    /// Every other: its letters are compared as they are.
    Other,
}

/// A word in the two ways that it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Small letters without marks, as words are looked up: "saydnaya".
    pub plain: String,
    /// With letters that have a sound of their own: "şaydnaya".
    pub sounded: String,
    /// The script of its first letter.
    pub script: Script,
}

/// Letters of other alphabets as Latin ones; digraphs come first.
static ROMANISATION: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let cells = rows(include_str!("../../../data/link/romanisation.tsv"));
    cells.filter_map(|cells| Some((*cells.get(1)?, cells.get(2).copied().unwrap_or_default()))).collect()
});

/// Letters with a mark that have a sound of their own.
const MARKED: &str = "şšșçčćğǧž";

/// A letter that is left out: apostrophes, ʿayn and hamza marks, tatweel, marks of vowels, invisible characters.
pub(super) fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\'' | '`' | '’' | '‘' | '´' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | 'ʹ' | 'ˈ' | '"' | '\u{640}' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (is_combining_mark(letter) && is_mark_of_alphabet(letter))
}

/// Whether letters of the scripts that are romanised, or of Latin or Arabic, carry the mark. In other scripts marks are
/// vowels.
fn is_mark_of_alphabet(letter: char) -> bool {
    matches!(u32::from(letter), 0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x670
        | 0x6d6..=0x6ed | 0x8d3..=0x8ff | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f)
}

/// Whether the letter is part of a word.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || (is_combining_mark(letter) && !is_mark_of_alphabet(letter))
}

/// A word of letters only, as it is compared.
pub(super) fn spell(word: &str) -> Spelling {
    let mut spelling = Spelling {
        script: word.chars().find(|one| is_letter(*one)).map_or_else(Script::default, script),
        ..Spelling::default()
    };
    let lowered = word.nfc().filter(|letter| !is_dropped(*letter)).flat_map(char::to_lowercase);
    let lowered: Vec<char> = lowered.map(without_accent).collect();
    let mut at = 0;
    while at < lowered.len() {
        let pair: String = lowered[at..].iter().take(2).collect();
        let single = lowered[at];
        if let Some(latin) = ROMANISATION.get(pair.as_str()).filter(|_| pair.chars().count() == 2) {
            spelling.push_both(latin);
            at += 2;
            continue;
        }
        at += 1;
        let mut buffer = [0; 4];
        if let Some(latin) = ROMANISATION.get(&*single.encode_utf8(&mut buffer)) {
            spelling.push_both(latin);
        } else if MARKED.contains(single) {
            spelling.sounded.push(single);
            spelling.plain.extend(single.nfd().next());
        } else {
            match script(single) {
                // Taking its syllables apart would make Hangul an alphabet of marks.
                Script::Other => spelling.push(single),
                _ => {
                    single.nfkd().filter(|one| !is_dropped(*one) && is_letter(*one)).for_each(|one| spelling.push(one))
                }
            }
        }
    }
    spelling
}

/// A letter of a romanised alphabet without an accent that the table does not know.
fn without_accent(letter: char) -> char {
    let listed = |letter: char| ROMANISATION.contains_key(&*letter.encode_utf8(&mut [0; 4]));
    let base = std::iter::once(letter).nfd().next().unwrap_or(letter);
    if !listed(letter) && base != letter && script(base) == Script::Romanised { base } else { letter }
}

impl Spelling {
    fn push_both(&mut self, latin: &str) {
        self.sounded.push_str(latin);
        self.plain.extend(latin.nfd().filter(|letter| !is_combining_mark(*letter)));
    }

    fn push(&mut self, letter: char) {
        if let Some(digit) = digit(letter) {
            self.plain.push(digit);
            self.sounded.push(digit);
            return;
        }
        let sounded = match letter {
            'ٱ' => 'ا',
            'ی' | 'ې' | 'ے' => 'ي',
            'ک' | 'ڪ' => 'ك',
            'ہ' | 'ھ' | 'ۀ' => 'ه',
            'ۃ' => 'ة',
            'ٹ' => 'ت',
            'ڈ' => 'د',
            'ڑ' => 'ر',
            'ں' => 'ن',
            other => other,
        };
        self.sounded.push(sounded);
        match sounded {
            'ة' => self.plain.push('ه'),
            'ى' => self.plain.push('ي'),
            'ء' => {}
            other => self.plain.push(other),
        }
    }
}

/// A decimal digit of another script as an ASCII one.
fn digit(letter: char) -> Option<char> {
    let zero = match u32::from(letter) {
        0x660..=0x669 => 0x660,
        0x6f0..=0x6f9 => 0x6f0,
        0x966..=0x96f => 0x966,
        0x9e6..=0x9ef => 0x9e6,
        0x1040..=0x1049 => 0x1040,
        _ => return None,
    };
    char::from_digit(u32::from(letter) - zero, 10)
}

fn script(letter: char) -> Script {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    match u32::from(letter) {
        0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Script::Arabic,
        0..=0x24f | 0x1e00..=0x1eff => Script::Latin,
        _ if ROMANISATION.contains_key(&*lower.encode_utf8(&mut [0; 4])) => Script::Romanised,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for (word, plain, sounded) in [
            ("Şaydnāyā", "saydnaya", "şaydnaya"),
            ("Dar‘ā", "dara", "dara"),
            ("Рамзан", "ramzan", "ramzan"),
            ("Μητσοτάκης", "mitsotakis", "mitsotakis"),
            ("حَماة", "حماه", "حماة"),
            ("٢١٥", "215", "215"),
            ("Straße", "strasse", "strasse"),
            ("Vučić", "vucic", "vučić"),
        ] {
            let spelling = spell(word);
            assert_eq!((spelling.plain.as_str(), spelling.sounded.as_str()), (plain, sounded), "{word}");
        }
    }

    #[test]
    fn marks_that_are_vowels_stay() {
        assert_ne!(spell("ម៉ាណាត").plain, spell("មណត").plain);
        assert_eq!(spell("मोदी").script, Script::Other);
    }
}
