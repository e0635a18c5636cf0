//! The words the reader knows by kind, from `data/lexicon/words.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::EntityType;

/// Singular nouns, plural nouns and what may stand before them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonNouns {
    /// Noun → gender (`m`, `f`, `-`).
    pub singular: HashMap<String, String>,
    /// Noun → what one is called.
    pub plural: HashMap<String, String>,
    /// As `plural`, for groups that stay the same through a text.
    pub collective: HashMap<String, String>,
    pub modifiers: HashSet<String>,
    /// Adjectives that stand for people only with an article: "the disappeared".
    pub needs_article: HashSet<String>,
    /// Nouns that stand for people only where no "of" follows: "a source said".
    pub not_before_of: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FacilityNouns {
    /// Head noun (one or more words) → class.
    pub singular: BTreeMap<String, String>,
    pub plural: BTreeMap<String, String>,
    pub qualifiers: HashSet<String>,
    pub modifiers: HashSet<String>,
    /// Head noun that takes a number → class.
    pub numbered: HashMap<String, String>,
    pub branch_heads: HashSet<String>,
    /// Further last words of facilities' names, which are no facilities worth a mention by themselves.
    pub name_heads: HashSet<String>,
}

impl FacilityNouns {
    /// Whether a lower-case word may be the last one of a facility's name.
    pub fn is_head(&self, word: &str) -> bool {
        self.singular.contains_key(word) || self.name_heads.contains(word)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationNouns {
    pub heads: HashSet<String>,
    pub openers: HashSet<String>,
    pub nominal: HashSet<String>,
    /// Such nouns that need no article before a verb: "police said".
    pub bare: HashSet<String>,
    pub modifiers: HashSet<String>,
    pub dynasties: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Titles {
    pub words: HashSet<String>,
    pub gender: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameWords {
    pub particles: HashSet<String>,
    pub connectors: HashSet<String>,
    pub not_names: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saying {
    /// In all forms; what they tell is in `attributions.toml`.
    pub verbs: HashSet<String>,
}

/// Capitalised names that are of no person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Things {
    /// Last word → type.
    pub heads: HashMap<String, EntityType>,
    /// First word → type.
    pub openers: HashMap<String, EntityType>,
    /// What somebody is: a run of capitals that ends so is a post.
    pub posts: HashSet<String>,
}

/// Words that tell of a deed through what the law says of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Accusation {
    /// Whoever is so is only suspected: "accused of".
    pub suspected: HashSet<String>,
    /// Whoever is so has been found to have done it: "convicted of".
    pub tried: HashSet<String>,
}

/// Words that tell of what somebody is held or tried for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grounds {
    pub verbs: HashSet<String>,
    /// Nouns after "on" that name a ground of law.
    pub formal: HashSet<String>,
    /// Nouns after "for" and "with" that do not.
    pub not: HashSet<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Words {
    #[serde(default)]
    pub words: HashSet<String>,
    #[serde(default)]
    pub nouns: HashSet<String>,
    #[serde(default)]
    pub verbs: HashSet<String>,
}

/// Everything in `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    pub person: PersonNouns,
    pub kinship: HashMap<String, String>,
    pub occupation: Words,
    pub facility: FacilityNouns,
    pub organization: OrganizationNouns,
    pub titles: Titles,
    pub name: NameWords,
    pub function: Words,
    pub saying: Saying,
    /// Nouns that make a noun before them part of another thing: "death threat".
    pub compound: Words,
    pub thing: Things,
    pub accusation: Accusation,
    pub grounds: Grounds,
    pub negation: Words,
}

/// Given names, folded, from the gazetteer's list of words that are no places.
static GIVEN_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/gazetteer/stopwords.tsv")
        .lines()
        .filter_map(|line| line.strip_suffix("\tgiven_name"))
        .collect()
});

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn embedded() -> &'static Lexicon {
        static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| {
            toml::from_str(include_str!("../../data/lexicon/words.toml")).expect("a test reads the embedded lexicon")
        });
        &EMBEDDED
    }

    /// Whether a lower-case word is ordinary English: a capital does not make it a name.
    pub fn is_common(&self, word: &str) -> bool {
        crate::language::is_ordinary(word)
    }

    /// Whether a folded word is a frequent given name.
    pub fn is_given_name(&self, word: &str) -> bool {
        GIVEN_NAMES.contains(word)
    }

    /// Whether a lower-case word is a noun for people or organisations, and so no name by itself.
    pub fn is_social_noun(&self, word: &str) -> bool {
        self.person.singular.contains_key(word)
            || self.is_plural_person(word)
            || self.organization.nominal.contains(word)
    }

    /// Whether a lower-case word stands for several people.
    pub fn is_plural_person(&self, word: &str) -> bool {
        self.person.plural.contains_key(word) || self.person.collective.contains_key(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lexicon_reads() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.facility.singular["jail"], "Prison");
        assert!(lexicon.is_plural_person("rebels") && !lexicon.is_plural_person("rebel"));
        assert!(lexicon.is_common("pictures") && !lexicon.is_common("hama"));
        assert!(lexicon.is_given_name("ahmed") && !lexicon.is_given_name("prison"));
        assert!(lexicon.person.singular.values().all(|gender| ["m", "f", "-"].contains(&gender.as_str())));
    }
}
