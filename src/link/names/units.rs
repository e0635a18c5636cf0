//! Words that are one name only together, written joined: "Abdulghani", "Noureddine", "Habibullah", "Abubakar".

use super::part::Unit;

/// Letters that a name within another has at least.
const LEAST: usize = 3;

/// The unit that a single word is, and its name within.
pub(super) fn joined(word: &str) -> Option<(Unit, &str)> {
    let long = |rest: &&str| rest.chars().count() >= LEAST;
    if let Some(core) = servant(word) {
        return Some((Unit::Servant, core));
    }
    if let Some(core) = religion(word).filter(long) {
        return Some((Unit::Religion, core));
    }
    if let Some(core) = god(word).filter(|core| core.chars().count() >= 2) {
        return Some((Unit::God, core));
    }
    let father = ["abou", "abu"].iter().find_map(|start| word.strip_prefix(start));
    father.filter(|core| core.chars().count() > LEAST && !core.starts_with(is_vowel)).map(|core| (Unit::Father, core))
}

/// Whether a word is the first of a unit, and which.
pub(super) fn opens(word: &str) -> Option<Unit> {
    Some(match word {
        "abd" | "abdul" | "abdel" | "abdal" | "abdol" | "abdoul" | "abdur" | "abdus" | "abder" | "abdes" | "abdun"
        | "abdu" | "عبد" => Unit::Servant,
        "abu" | "abou" | "abi" | "abo" | "albu" | "ابو" | "ابي" | "البو" => Unit::Father,
        "umm" | "um" | "oum" | "om" | "ام" => Unit::Mother,
        _ => return None,
    })
}

/// Whether a word is the last of a unit, and which.
pub(super) fn closes(word: &str) -> Option<Unit> {
    Some(match word {
        "din" | "deen" | "dine" | "dien" | "eddin" | "eddine" | "uddin" | "addin" | "eldin" | "aldin" | "eldeen"
        | "aldeen" | "uddeen" | "دين" | "الدين" => Unit::Religion,
        "ullah" | "ulla" | "ollah" | "allah" | "الله" => Unit::God,
        _ => return None,
    })
}

/// What is joined to "Abd", without the article, which takes the first letter of some names: "Abdessalam".
fn servant(word: &str) -> Option<&str> {
    if let Some(core) = word.strip_prefix("عبد") {
        let core = core.strip_prefix("ال").filter(|rest| !rest.starts_with("له")).unwrap_or(core);
        return (core.chars().count() >= LEAST).then_some(core);
    }
    let rest = word.strip_prefix("abd")?;
    let rest = ["ou", "u", "e", "a", "o", "i"].iter().find_map(|vowel| rest.strip_prefix(vowel)).unwrap_or(rest);
    if rest.starts_with("lla") && rest.len() <= 5 {
        return Some("allah");
    }
    let mut letters = rest.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    let core = if first == second || (first == 'l' && !is_vowel(second)) { &rest[first.len_utf8()..] } else { rest };
    // "Abdurrahman" keeps one r, "Abdulrahman" the r behind its l.
    (core.is_ascii() && core.len() >= LEAST && !is_vowel(core.chars().next()?)).then_some(core)
}

/// What stands before "-uddin" in any of its spellings.
fn religion(word: &str) -> Option<&str> {
    if let Some(core) = word.strip_suffix("الدين") {
        return Some(core);
    }
    let before = |end: &'static str| word.strip_suffix(end);
    if let Some(core) =
        ["ddine", "ddeen", "ddien", "ddyn", "ddin", "ldine", "ldeen", "ldin"].into_iter().find_map(before)
    {
        return ["ou", "u", "e", "a", "i"].iter().find_map(|vowel| core.strip_suffix(vowel));
    }
    ["edine", "edin", "udin", "udeen"].into_iter().find_map(before)
}

/// What stands before "-ullah".
fn god(word: &str) -> Option<&str> {
    ["oullah", "ullah", "ollah", "allah", "ellah", "ulla", "alla", "الله"].iter().find_map(|end| word.strip_suffix(end))
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_taken_apart() {
        for (word, unit, core) in [
            ("abdulghani", Unit::Servant, "ghani"),
            ("abdurrahman", Unit::Servant, "rahman"),
            ("abdulrahman", Unit::Servant, "rahman"),
            ("abdessalam", Unit::Servant, "salam"),
            ("abdullatif", Unit::Servant, "latif"),
            ("abdullah", Unit::Servant, "allah"),
            ("abdalla", Unit::Servant, "allah"),
            ("عبدالغني", Unit::Servant, "غني"),
            ("noureddine", Unit::Religion, "nour"),
            ("jalaluddin", Unit::Religion, "jalal"),
            ("نورالدين", Unit::Religion, "نور"),
            ("habibullah", Unit::God, "habib"),
            ("nasrallah", Unit::God, "nasr"),
            ("abubakar", Unit::Father, "bakar"),
        ] {
            assert_eq!(joined(word), Some((unit, core)), "{word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in ["abdo", "abdi", "abed", "odin", "din", "mullah", "allah", "abud", "abuad", "salah", "عبد", "الدين"]
        {
            assert_eq!(joined(word), None, "{word}");
        }
    }
}
