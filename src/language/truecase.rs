//! Text in capitals → the same text as it would be written in a sentence.
//!
//! Wire reports and old archives are in capitals throughout, where a capital tells nothing. Ordinary
//! words go to lower case, the others keep their first capital, so that the model and the rules find
//! what they know. Only letters whose other case takes as many bytes change: offsets stay what they are.

use crate::model::{Sentence, Word, WordShape};

use super::ordinary::is_lower_case;

/// Words from which on a sentence in capitals is no heading, acronym or dateline.
const LONG: usize = 5;

/// The text with its sentences in capitals rewritten, if there are any, and which sentences those are.
pub(super) fn restore(text: &str, words: &[Word], sentences: &[Sentence]) -> Option<(String, Vec<bool>)> {
    let upper = |word: &&Word| word.shape == WordShape::Upper;
    let letters = |word: &&Word| !matches!(word.shape, WordShape::Punctuation | WordShape::Number);
    let shouted = |words: &[Word], least: usize| {
        let count = words.iter().filter(letters).count();
        // "A" is a word in capitals and no acronym.
        let capitals = words.iter().filter(|word| upper(word) || is_single_capital(text, word)).count();
        count >= least && capitals * 10 >= count * 9
    };
    let throughout = shouted(words, LONG);
    let chosen: Vec<bool> = sentences
        .iter()
        .map(|sentence| {
            let words = &words[sentence.words()];
            shouted(words, if throughout { 1 } else { LONG })
        })
        .collect();
    if !chosen.contains(&true) {
        return None;
    }
    let mut restored = text.to_owned();
    for (sentence, _) in sentences.iter().zip(&chosen).filter(|(_, chosen)| **chosen) {
        for (number, word) in words[sentence.words()].iter().enumerate() {
            let written = word.span.slice(text);
            let cased = cased(written, number == 0);
            if cased.len() == written.len() {
                restored.replace_range(word.span.start..word.span.end, &cased);
            }
        }
    }
    Some((restored, chosen))
}

fn is_single_capital(text: &str, word: &Word) -> bool {
    matches!(word.span.slice(text), "A" | "I")
}

/// The word in the case it would have in a sentence.
fn cased(word: &str, opens: bool) -> String {
    let lower = word.to_lowercase();
    let vowels = lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) || !lower.is_ascii();
    if !vowels || word.contains('.') || word.chars().any(|letter| letter.is_ascii_digit()) {
        // "FMLN", "U.S.", "M16": an acronym stays one.
        return word.to_owned();
    }
    // "self-defense" is written like its parts.
    let parts: Vec<&str> = lower.split('-').collect();
    if parts.iter().all(|part| is_lower_case(part)) {
        return if opens { capitalised(&lower) } else { lower };
    }
    lower
        .split_inclusive(['-', '\'', '’'])
        .map(|part| if part.len() > 2 { capitalised(part) } else { part.to_owned() })
        .collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{sentence, words};

    fn restored(text: &str) -> String {
        let words = words::split(text);
        let sentences = sentence::split(text, &words);
        super::restore(text, &words, &sentences).map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    #[test]
    fn capitals_become_sentences() {
        for (text, expected) in [
            (
                "THE ARMY SAID THAT REBELS OF THE FMLN TOOK OCHO RIOS.",
                "The army said that rebels of the FMLN took Ocho Rios.",
            ),
            ("HE MET JEAN-PAUL O'NEILL IN A CAR OF ÇORLU.", "He met Jean-Paul o'Neill in a car of Çorlu."),
            ("DAMASCUS (SANA) – Fighters entered the city.", "DAMASCUS (SANA) – Fighters entered the city."),
            (
                "ASSAILANTS DYNAMITED A SUBSTATION NEAR THE CAR-BOMB SCHOOL.",
                "Assailants dynamited a substation near the car-bomb school.",
            ),
            ("THE SYRIANS AND JUDGE ORTEGA WERE PARDONED.", "The Syrians and judge Ortega were pardoned."),
            ("UN AND SANA", "UN AND SANA"),
            ("", ""),
        ] {
            assert_eq!(restored(text), expected);
        }
    }

    #[test]
    fn lengths_never_change() {
        // The capital of `ı` takes fewer bytes, that of `ß` more.
        let text = "DER GROẞE İSTANBUL ŞEHİR WAR ǅ UND ẞ IMMER GROSS.";
        assert_eq!(restored(text).len(), text.len());
    }
}
