//! Which of the spans that annotators marked are names, where they marked descriptions too.

/// Pronouns that stand with a capital at the beginning of a sentence or always.
const PRONOUNS: &[&str] = &[
    "I", "We", "He", "She", "They", "It", "You", "My", "Our", "His", "Her", "Their", "Its", "Your", "This", "That",
    "These", "Those", "Who", "Which", "One", "Some", "Many", "Others", "Both", "All", "Each", "None", "No",
];

/// Words that names contain without a capital.
const PARTICLES: &[&str] = &[
    "of", "the", "and", "for", "to", "in", "on", "at", "al", "el", "ad", "an", "ar", "as", "az", "ez", "ash", "bin",
    "ibn", "bint", "de", "da", "del", "di", "du", "la", "le", "van", "von", "der", "den", "y", "&", "-", "–",
];

/// Whether a span of `text` is a name and no description: all of its words are capitalised, but for
/// numbers and particles, and the last is no particle. A single word ("Police") is none if the text also
/// writes it with a small letter, or has it only where every word has a capital.
pub(super) fn is_name(span: &str, text: &str) -> bool {
    let words: Vec<&str> =
        span.split_whitespace().map(|word| word.trim_matches(['“', '”', '"', ',', '(', ')'])).collect();
    let [.., last] = words[..] else { return false };
    let marked = |word: &str| word.chars().any(|letter| letter.is_uppercase() || letter.is_numeric());
    let capital = |word: &str| word.chars().any(char::is_uppercase);
    words.iter().all(|word| marked(word) || PARTICLES.contains(word))
        && marked(last)
        && words.iter().any(|word| capital(word) && !PRONOUNS.contains(word))
        && (words.len() > 1 || is_name_alone(last, text))
}

fn is_name_alone(word: &str, text: &str) -> bool {
    let own_capitals = word.chars().skip(1).any(|letter| letter.is_uppercase() || letter.is_numeric());
    let within_sentence = |at: usize| {
        let before = &text[..at];
        let words = before.trim_end();
        !words.is_empty()
            && !before[words.len()..].contains('\n')
            && !words.ends_with([
                '.', '!', '?', ':', '…', '“', '”', '"', '‘', '’', '\'', '«', '»', '(', '•', '*', '-', '–', '—',
            ])
    };
    own_capitals || (places(text, word).any(within_sentence) && places(text, &word.to_lowercase()).next().is_none())
}

/// Where `text` has `word` as a word of its own.
fn places(text: &str, word: &str) -> impl Iterator<Item = usize> {
    let inside = |letter: char| letter.is_alphanumeric();
    let length = word.len();
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |&at| !text[..at].ends_with(inside) && !text[at + length..].starts_with(inside))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn descriptions_are_no_names() {
        let text = "Police came, and the police of Ravenholm left. Thousands saw it in DWR. \n Scores, “Women” – Men.";
        for name in
            ["Ravenholm", "Ministry of Water", "3rd Battalion", "Omar al-Ravi", "Deir ez Ravi", "DWR", "Two Men"]
        {
            assert!(is_name(name, text), "{name}");
        }
        let descriptions = ["Police", "I", "the river", "Norland forces", "people of Ravenholm", "17", "", "Bank of"];
        for description in descriptions.iter().chain(&["Thousands", "Scores", "Women", "Men"]) {
            assert!(!is_name(description, text), "{description}");
        }
    }
}
