//! The words around triggers, from `data/lexicon/events.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// Words between an event's noun and its participants.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Light {
    /// Verbs whose subject does what their object names.
    pub doers: HashSet<String>,
    /// Verbs whose object is said to have done it.
    pub blamed: HashSet<String>,
    /// Verbs, with their preposition, after which whoever did it stands.
    pub credited: HashSet<String>,
    /// Verbs between a group and the body it belongs to.
    pub belonging: HashSet<String>,
    /// Verbs whose subject it happens to, each with its preposition.
    pub sufferers: HashSet<String>,
    /// Verbs by which a deed that is their subject hits their object.
    pub harms: HashSet<String>,
    /// Nouns that say of their subject that what stands after "of" befell it.
    pub undergone: HashSet<String>,
    /// Nouns for parts of buildings and vehicles.
    pub details: HashSet<String>,
    /// Nouns between the doer and the deed.
    pub nouns: HashSet<String>,
    /// Nouns that stand for those named after "of".
    pub parts: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Custodial {
    /// Words after a bare participle of custody.
    pub followers: HashSet<String>,
}

/// What shows that a plan did not come to pass.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outcome {
    /// The kind of event that was planned.
    pub planned: String,
    /// Kinds that rule it out.
    pub happened: Vec<String>,
}

/// Everything in `events.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventWords {
    pub light: Light,
    pub custodial: Custodial,
    pub outcome: Vec<Outcome>,
}

impl EventWords {
    /// The words that come with the program.
    pub fn embedded() -> &'static EventWords {
        static EMBEDDED: LazyLock<EventWords> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/lexicon/events.toml")).expect("a test reads the embedded words")
        });
        &EMBEDDED
    }
}
