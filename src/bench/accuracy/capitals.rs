//! Which of the spans that annotators marked are names, where they marked descriptions too.

/// Pronouns that stand with a capital at the beginning of a sentence or always.
const PRONOUNS: &[&str] = &[
    "I", "We", "He", "She", "They", "It", "You", "My", "Our", "His", "Her", "Their", "Its", "Your", "This", "That",
    "These", "Those", "Who", "Which", "One", "Some", "Many", "Others", "Both", "All", "Each", "None", "No",
];

/// Words that names contain without a capital.
const PARTICLES: &[&str] = &[
    "of", "the", "and", "for", "to", "in", "on", "at", "al", "el", "ad", "an", "ar", "as", "at", "az", "ez", "ash",
    "bin", "ibn", "bint", "de", "da", "del", "di", "du", "la", "le", "van", "von", "der", "den", "y", "&", "-", "–",
];

/// Whether a span of `text` is a name and no description: all of its words are capitalised, but for
/// numbers and particles, and the last is no particle. A single word that the text also writes with a
/// small letter is none.
pub(super) fn is_name(span: &str, text: &str) -> bool {
    let words: Vec<&str> =
        span.split_whitespace().map(|word| word.trim_matches(['“', '”', '"', ',', '(', ')'])).collect();
    let [.., last] = words[..] else { return false };
    let marked = |word: &str| word.chars().any(|letter| letter.is_uppercase() || letter.is_numeric());
    let capital = |word: &str| word.chars().any(char::is_uppercase);
    words.iter().all(|word| marked(word) || PARTICLES.contains(word))
        && marked(last)
        && words.iter().any(|word| capital(word) && !PRONOUNS.contains(word))
        && (words.len() > 1 || !has_word(text, &last.to_lowercase()))
}

/// Whether `text` contains `word` as a word.
fn has_word(text: &str, word: &str) -> bool {
    let inside = |letter: char| letter.is_alphanumeric();
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(inside) && !text[at + word.len()..].starts_with(inside))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn descriptions_are_no_names() {
        let text = "Police came, and the police of Ravenholm left. I saw it.";
        for name in ["Ravenholm", "Ministry of Water", "3rd Battalion", "Omar al-Ravi", "Deir ez Ravi", "DWR"] {
            assert!(is_name(name, text), "{name}");
        }
        for description in ["Police", "I", "the river", "Norland forces", "people of Ravenholm", "17", "", "Bank of"] {
            assert!(!is_name(description, text), "{description}");
        }
    }
}
