//! The consonant skeleton of a romanised name.
//!
//! Romanisations of one Arabic name differ mostly in vowels, doubled letters and the article.
//! The skeleton drops these, so that spellings of one name get one key. It is coarse on purpose:
//! it proposes, and never decides alone that two people are one.

use super::fold;

const ARTICLES: &[&str] =
    &["al", "el", "ul", "as", "es", "ash", "esh", "ad", "ed", "ar", "er", "at", "et", "an", "en", "az", "ez", "the"];

/// The folded parts of a name without articles; "bin", "ben" and "ibn" are one word.
///
/// ```
/// use isnad::text::name_parts;
/// assert_eq!(name_parts("Ragheed al-Tatari"), ["ragheed", "tatari"]);
/// assert_eq!(name_parts("Abdul Rahman"), ["abd", "rahman"]);
/// ```
pub fn name_parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut parts = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let last = index + 1 == words.len();
        match *word {
            article if ARTICLES.contains(&article) && !last => {}
            "bin" | "ben" | "ibn" => parts.push("bin".to_owned()),
            "abdul" | "abdel" | "abdoul" | "abdal" if !last => parts.push("abd".to_owned()),
            other => parts.push(other.to_owned()),
        }
    }
    parts
}

/// The skeleton of one folded part: consonants, with spelling variants unified.
///
/// ```
/// use isnad::text::skeleton;
/// for spelling in ["sednaya", "saydnaya", "saidnaya", "seydnayah"] {
///     assert_eq!(skeleton(spelling), "sdny");
/// }
/// assert_eq!(skeleton("tattari"), skeleton("tatary"));
/// assert_ne!(skeleton("215"), skeleton("251"));
/// ```
pub fn skeleton(part: &str) -> String {
    if part.chars().any(|letter| letter.is_numeric()) || !part.is_ascii() {
        return part.to_owned();
    }
    let letters: Vec<char> = part.chars().collect();
    let is_vowel = |at: usize| letters.get(at).is_some_and(|letter| "aeiou".contains(*letter));
    let mut key = String::new();
    let mut at = 0;
    while at < letters.len() {
        let pair: String = letters[at..].iter().take(2).collect();
        let (code, width) = match pair.as_str() {
            "sh" | "ch" => ("S", 2),
            "kh" => ("x", 2),
            "gh" => ("G", 2),
            "dh" => ("d", 2),
            "th" => ("t", 2),
            "dj" => ("j", 2),
            "ph" => ("f", 2),
            "ck" => ("k", 2),
            _ => match letters[at] {
                // A letter doubled in the spelling counts once ("tattari"), two syllables twice.
                letter if at > 0 && letters[at - 1] == letter => ("", 1),
                'a' | 'e' | 'i' | 'o' | 'u' => (if at == 0 { "A" } else { "" }, 1),
                // A glide counts only between vowels; after a vowel and before a consonant it is
                // part of a diphthong (ay, ei, aw), and at the end it is a vowel.
                'y' => (if is_vowel(at + 1) { "y" } else { "" }, 1),
                'w' => (if at == 0 || is_vowel(at + 1) { "w" } else { "" }, 1),
                'h' if at + 1 == letters.len() => ("", 1),
                'q' | 'c' => ("k", 1),
                'v' => ("f", 1),
                'p' => ("b", 1),
                other => {
                    key.push(other);
                    ("", 1)
                }
            },
        };
        key.push_str(code);
        at += width;
    }
    key
}
