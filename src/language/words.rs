//! Text → words.

use crate::model::{Span, Word, WordShape};

/// Splits `text` into words, numbers and single marks; white space separates and is no word.
///
/// A word holds letters, digits, combining marks and, between letters, apostrophes, hyphens and
/// full stops ("al-Hamwi", "Dar'a", "U.S."); a possessive ending is a word of its own
/// ("Syria" + "’s"). A number keeps its inner separators ("136,614", "3.5").
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if first.is_whitespace() || is_invisible(first) {
            continue;
        }
        if !is_word(first) {
            let end = start + first.len_utf8();
            words.push(Word { span: Span::new(start, end), shape: WordShape::Punctuation });
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut previous = first;
        while let Some(&(at, letter)) = letters.peek() {
            let next_of = || text[at + letter.len_utf8()..].chars().next();
            let inside = is_word(letter)
                || (joins(previous, letter)
                    && next_of().is_some_and(|next| is_word(next) && fits(previous, letter, next)));
            if !inside {
                break;
            }
            letters.next();
            end = at + letter.len_utf8();
            previous = letter;
        }
        // "U.S." keeps its last full stop: an inner one has been seen and a capital precedes.
        let word = &text[start..end];
        if text[end..].starts_with('.') && is_dotted(word) {
            letters.next();
            end += 1;
        }
        push_word(text, Span::new(start, end), &mut words);
    }
    words
}

/// Splits off a possessive ending and classifies the word.
fn push_word(text: &str, span: Span, words: &mut Vec<Word>) {
    let word = span.slice(text);
    for ending in ["'s", "’s", "'S", "’S"] {
        if word.len() > ending.len() && word.ends_with(ending) {
            let middle = span.end - ending.len();
            words.push(Word { span: Span::new(span.start, middle), shape: shape(&text[span.start..middle]) });
            words.push(Word { span: Span::new(middle, span.end), shape: WordShape::Punctuation });
            return;
        }
    }
    words.push(Word { span, shape: shape(word) });
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(letter)
        || matches!(letter, 'ʿ' | 'ʾ' | '\u{640}' | '_')
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn joins(previous: char, letter: char) -> bool {
    is_word(previous)
        && matches!(letter, '\'' | '’' | '‘' | '`' | '-' | '‐' | '‑' | '.' | ',' | '\u{200c}' | '\u{200d}')
}

/// Whether `mark` between `previous` and `next` belongs to the word.
fn fits(previous: char, mark: char, next: char) -> bool {
    match mark {
        ',' => previous.is_ascii_digit() && next.is_ascii_digit(),
        '.' => {
            (previous.is_ascii_digit() && next.is_ascii_digit())
                || (previous.is_uppercase() && next.is_uppercase())
                || (matches!(previous, 'a' | 'p') && next == 'm')
        }
        _ => true,
    }
}

/// "U.S", "p.m", "A.B.C": single letters between full stops.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

/// The shape of a word in another writing of its text, of the same length.
pub(super) fn shape_in(text: &str, word: &Word) -> WordShape {
    match word.shape {
        WordShape::Punctuation | WordShape::Number => word.shape,
        _ => shape(word.span.slice(text)),
    }
}

fn shape(word: &str) -> WordShape {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return WordShape::Punctuation };
    if first.is_numeric() {
        return WordShape::Number;
    }
    let count = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let upper = word.chars().filter(|letter| letter.is_uppercase()).count();
    if upper >= 2 && upper == count {
        return WordShape::Upper;
    }
    // "al-Hamwi", "ash-Sham", "d'Ivoire": an article in lower case joined to a capital.
    let joined = word.split(['-', '‑', '\'', '’']).skip(1).any(|part| part.starts_with(char::is_uppercase));
    if first.is_uppercase() || (joined && upper > 0) { WordShape::Capitalised } else { WordShape::Lower }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks() {
        let table: &[(&str, &[&str])] = &[
            ("al-Hamwi's cell", &["al-Hamwi", "'s", "cell"]),
            ("136,614 people, 3.5%", &["136,614", "people", ",", "3.5", "%"]),
            ("the U.S. Army.", &["the", "U.S.", "Army", "."]),
            ("“Don’t be afraid … ”", &["“", "Don’t", "be", "afraid", "…", "”"]),
            ("ended.Then", &["ended", ".", "Then"]),
            ("Ṣaydnāyā", &["Ṣaydnāyā"]),
            ("سجن صيدنايا، دمشق", &["سجن", "صيدنايا", "،", "دمشق"]),
            ("(HTS)", &["(", "HTS", ")"]),
            ("", &[]),
            (" \u{200b}\u{0} ", &[]),
            ("at 3 p.m. on", &["at", "3", "p.m.", "on"]),
        ];
        for (text, expected) in table {
            let words = split(text);
            let words: Vec<&str> = words.iter().map(|word| word.span.slice(text)).collect();
            assert_eq!(&words, expected, "{text:?}");
        }
    }

    #[test]
    fn shapes() {
        let table = [
            ("Hama", WordShape::Capitalised),
            ("al-Hamwi", WordShape::Capitalised),
            ("SNHR", WordShape::Upper),
            ("A", WordShape::Capitalised),
            ("held", WordShape::Lower),
            ("pro-regime", WordShape::Lower),
            ("27th", WordShape::Number),
            ("صيدنايا", WordShape::Lower),
        ];
        for (word, expected) in table {
            assert_eq!(shape(word), expected, "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn tokens_are_in_order_and_lose_nothing_visible(text in "\\PC{0,200}") {
            let words = split(&text);
            let mut at = 0;
            for word in &words {
                assert!(word.span.start >= at && !word.span.is_empty());
                assert!(text[at..word.span.start].chars().all(|letter| letter.is_whitespace() || is_invisible(letter)));
                at = word.span.end;
            }
            assert!(text[at..].chars().all(|letter| letter.is_whitespace() || is_invisible(letter)));
        }
    }
}
