//! Words that are no names of their own: titles, particles, what sort of thing something is, numbers
//! (`data/link/words.tsv`); and countries (`data/gazetteer/countries.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::NameKind;
use super::part::Role;
use super::split::{Word, words};
use super::tables::rows;

/// Words of the longest form.
const LONGEST: usize = 5;

/// What a word, or several, means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub role: Role,
    /// The same for every form and language.
    pub meaning: &'static str,
}

#[derive(Default)]
struct Vocabulary {
    of_persons: HashMap<String, Meaning>,
    of_things: HashMap<String, Meaning>,
}

impl Vocabulary {
    /// Adds a form; the first that means something is kept.
    fn add(&mut self, kinds: &str, form: &str, meaning: Meaning) {
        let key = words(form).iter().map(|word| bare(word.plain())).collect::<Vec<_>>().join(" ");
        for (table, kind) in [(&mut self.of_persons, "person"), (&mut self.of_things, "thing")] {
            if kinds == kind || kinds == "both" {
                table.entry(key.clone()).or_insert(meaning);
            }
        }
    }
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut all = Vocabulary::default();
    for cells in rows(include_str!("../../../data/link/words.tsv")) {
        let [kinds, role, meaning, forms] = cells.as_slice() else { continue };
        let Some(role) = Role::named(role) else { continue };
        for form in forms.split('|') {
            all.add(kinds, form, Meaning { role, meaning });
        }
    }
    for cells in rows(include_str!("../../../data/gazetteer/countries.tsv")) {
        let [code, _, _, name, alternates, arabic, demonyms, ..] = cells.as_slice() else { continue };
        let forms = [alternates, arabic, demonyms].into_iter().flat_map(|forms| forms.split('|'));
        for form in forms.chain([*name]).filter(|form| !form.is_empty()) {
            all.add("thing", form, Meaning { role: Role::Place, meaning: code });
        }
    }
    all
});

/// What the first of these words mean together, and how many they are; the longest form counts.
pub(super) fn meaning(words: &[Word], kind: NameKind) -> Option<(Meaning, usize)> {
    let table = match kind {
        NameKind::Person => &VOCABULARY.of_persons,
        _ => &VOCABULARY.of_things,
    };
    let mut key = String::new();
    let mut found = None;
    for (index, word) in words.iter().take(LONGEST).enumerate() {
        if index > 0 {
            key.push(' ');
        }
        key.push_str(bare(word.plain()));
        if let Some(meaning) = table.get(&key) {
            found = Some((*meaning, index + 1));
        }
    }
    found
}

/// A word without the Arabic article.
pub(super) fn bare(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 2 && !rest.starts_with("له") => rest,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_the_same_in_every_language() {
        let of = |text: &str| meaning(&words(text), NameKind::Facility).map(|(found, count)| (found.meaning, count));
        assert_eq!(of("Prison"), Some(("prison", 1)));
        assert_eq!(of("السجن"), Some(("prison", 1)));
        assert_eq!(of("open joint stock company Gazprom"), Some(("stock", 4)));
        assert_eq!(of("المستشفى العسكري"), Some(("hospital", 1)));
        assert_eq!(of("Saydnaya"), None);
    }

    #[test]
    fn the_whole_table_is_read() {
        let lines = rows(include_str!("../../../data/link/words.tsv"));
        for cells in lines {
            assert_eq!(cells.len(), 4, "{cells:?}");
            assert!(Role::named(cells[1]).is_some(), "{cells:?}");
        }
    }
}
