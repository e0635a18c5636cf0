//! The words of attributions, from `data/lexicon/attributions.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{AttributionKind, Stance};

/// What a verb of saying tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Takes {
    /// A clause or a quotation.
    Clause,
    /// A clause with "that".
    That,
    /// A noun phrase.
    Object,
    /// A noun phrase with a number in it.
    Number,
    /// An -ing form.
    Gerund,
    /// What follows "of", "about" or "to".
    Of,
    /// Somebody, and of what.
    Against,
    /// Words in quotation marks only.
    Quotation,
    /// A noun for something said.
    Saying,
}

/// How verbs of one class convey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verb {
    pub kind: AttributionKind,
    pub stance: Stance,
    pub takes: Vec<Takes>,
}

impl Verb {
    pub fn takes(&self, what: Takes) -> bool {
        self.takes.contains(&what)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVerbs {
    kind: AttributionKind,
    stance: Stance,
    takes: Vec<Takes>,
    words: Vec<String>,
}

/// Verbs that do something else than say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherVerbs {
    pub quoting: HashSet<String>,
    pub citing: HashSet<String>,
    pub no_source: HashSet<String>,
    pub hedging: HashSet<String>,
    pub seeming: HashSet<String>,
    pub purporting: HashSet<String>,
    pub verifying: HashSet<String>,
    pub going_on: HashSet<String>,
    pub speaking: HashSet<String>,
    /// Words before such a verb in the infinitive that do the same.
    pub unable: HashSet<String>,
    pub making: HashSet<String>,
    pub handing_on: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrases {
    according: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hedges {
    pub adverbs: HashSet<String>,
    pub adjectives: HashSet<String>,
}

/// Nouns for what is said or shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nouns {
    pub publications: HashMap<String, AttributionKind>,
    pub own_of: HashSet<String>,
    pub sayings: HashSet<String>,
    pub telling: HashMap<String, Stance>,
    pub plural_only: HashSet<String>,
    pub footage: HashSet<String>,
    pub shows: HashSet<String>,
    pub seen: HashSet<String>,
    pub emerging: HashSet<String>,
    pub occasions: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Media {
    pub heads: HashSet<String>,
    pub names: HashSet<String>,
    /// Ends of names written as one word.
    pub endings: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Subjects {
    pub somebody: HashSet<String>,
    pub nobody: HashSet<String>,
    /// Words that open a clause whose verb is of the circumstances, and not of who speaks.
    pub circumstances: HashSet<String>,
    pub modals: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    verbs: Vec<RawVerbs>,
    verb: OtherVerbs,
    phrase: RawPhrases,
    hedge: Hedges,
    noun: Nouns,
    media: Media,
    subject: Subjects,
}

/// Everything in `attributions.toml`.
#[derive(Debug)]
pub(super) struct AttributionWords {
    /// Dictionary form → class.
    pub verbs: HashMap<String, Verb>,
    pub verb: OtherVerbs,
    /// First word → the words of phrases before a source.
    pub according: HashMap<String, Vec<Vec<String>>>,
    pub hedge: Hedges,
    pub noun: Nouns,
    pub media: Media,
    pub subject: Subjects,
}

impl AttributionWords {
    /// The words that come with the program.
    pub fn embedded() -> &'static AttributionWords {
        static EMBEDDED: LazyLock<AttributionWords> = LazyLock::new(|| {
            let file: RawFile = toml::from_str(include_str!("../../../data/lexicon/attributions.toml"))
                .expect("a test reads the embedded words of attributions");
            AttributionWords::of(file)
        });
        &EMBEDDED
    }

    fn of(file: RawFile) -> Self {
        let mut verbs = HashMap::new();
        for class in file.verbs {
            for word in class.words {
                verbs.insert(word, Verb { kind: class.kind, stance: class.stance, takes: class.takes.clone() });
            }
        }
        let mut according: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for phrase in &file.phrase.according {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            according.entry(words[0].clone()).or_default().push(words);
        }
        Self {
            verbs,
            verb: file.verb,
            according,
            hedge: file.hedge,
            noun: file.noun,
            media: file.media,
            subject: file.subject,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_read() {
        let words = AttributionWords::embedded();
        assert_eq!(words.verbs["deny"].stance, Stance::Denies);
        assert!(words.verbs["hold"].takes(Takes::That) && !words.verbs["hold"].takes(Takes::Clause));
        assert!(!words.verbs.contains_key("said"), "dictionary forms only");
        assert_eq!(words.according["according"][0], ["according", "to"]);
    }

    #[test]
    fn no_verb_is_of_two_classes() {
        let file: RawFile = toml::from_str(include_str!("../../../data/lexicon/attributions.toml")).expect("reads");
        let mut seen = HashSet::new();
        for word in file.verbs.iter().flat_map(|class| &class.words) {
            assert!(seen.insert(word), "{word} stands twice");
        }
    }
}
