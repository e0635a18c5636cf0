//! Nouns by what they call, from `data/lexicon/nouns.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::EntityType;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    words: HashSet<String>,
    /// Such of them as mean something else too often to be taken without a determiner.
    #[serde(default)]
    wary: HashSet<String>,
    /// Such of them as call somebody only behind an adjective or noun.
    #[serde(default)]
    described: HashSet<String>,
    /// Such of them as a text knows one of.
    #[serde(default)]
    sole: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenNames {
    male: HashSet<String>,
    female: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    person: Table,
    people: Table,
    organization: Table,
    facility: Table,
    city: Table,
    region: Table,
    country: Table,
    place: Table,
    weapon: Table,
    vehicle: Table,
    thing: Table,
    title: Table,
    given: GivenNames,
}

/// What a noun calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub kind: EntityType,
    /// Its class below the type, where the table has one.
    pub subtype: Option<&'static str>,
    /// It needs a determiner.
    pub wary: bool,
    /// It needs an adjective or noun before it.
    pub described: bool,
}

/// Everything in `nouns.toml`.
#[derive(Debug)]
pub(super) struct Nouns {
    senses: HashMap<String, Sense>,
    sole: HashSet<String>,
    titles: HashSet<String>,
    given: GivenNames,
}

impl Nouns {
    /// The nouns that come with the program.
    pub fn embedded() -> &'static Nouns {
        static EMBEDDED: LazyLock<Nouns> = LazyLock::new(|| {
            let tables: Tables =
                toml::from_str(include_str!("../../data/lexicon/nouns.toml")).expect("a test reads the embedded nouns");
            Nouns::of(tables)
        });
        &EMBEDDED
    }

    fn of(tables: Tables) -> Self {
        let sole = tables.organization.sole.clone();
        let mut senses = HashMap::new();
        // In the order in which a noun of several tables is tried.
        for (table, kind, subtype) in [
            (&tables.people, EntityType::PersonGroup, None),
            (&tables.person, EntityType::Person, None),
            (&tables.organization, EntityType::Organization, None),
            (&tables.city, EntityType::City, None),
            (&tables.region, EntityType::Region, None),
            (&tables.country, EntityType::Country, None),
            (&tables.place, EntityType::Place, None),
            (&tables.facility, EntityType::Facility, None),
            (&tables.weapon, EntityType::Product, Some("Weapon")),
            (&tables.vehicle, EntityType::Product, Some("Vehicle")),
            (&tables.thing, EntityType::Other, None),
        ] {
            for word in &table.words {
                let sense =
                    Sense { kind, subtype, wary: table.wary.contains(word), described: table.described.contains(word) };
                senses.entry(word.clone()).or_insert(sense);
            }
        }
        Self { senses, sole, titles: tables.title.words, given: tables.given }
    }

    /// What the noun of this dictionary form calls.
    pub fn sense(&self, lemma: &str) -> Option<Sense> {
        self.senses.get(lemma).copied()
    }

    /// Whether a text that does not say otherwise knows one such body: "the government".
    pub fn is_sole(&self, lemma: &str) -> bool {
        self.sole.contains(lemma)
    }

    /// Whether the noun may stand before the name of its bearer: "President X".
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }

    /// The gender of those who bear a folded given name.
    pub fn gender_of(&self, given: &str) -> Option<char> {
        if self.given.male.contains(given) { Some('m') } else { self.given.female.contains(given).then_some('f') }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_nouns_read() {
        let nouns = Nouns::embedded();
        assert_eq!(nouns.sense("juror").map(|sense| sense.kind), Some(EntityType::Person));
        assert_eq!(nouns.sense("crowd").map(|sense| sense.kind), Some(EntityType::PersonGroup));
        assert_eq!(nouns.sense("bakery").map(|sense| sense.kind), Some(EntityType::Facility));
        let bomb = nouns.sense("bomb").expect("a weapon");
        assert_eq!((bomb.kind, bomb.subtype), (EntityType::Product, Some("Weapon")));
        assert_eq!(nouns.sense("weather"), None);
        assert!(nouns.is_sole("government") && !nouns.is_sole("group"));
        assert_eq!(
            (nouns.gender_of("heba"), nouns.gender_of("omar"), nouns.gender_of("rivera")),
            (Some('f'), Some('m'), None)
        );
    }

    #[test]
    fn no_given_name_is_of_both() {
        let given = &Nouns::embedded().given;
        assert_eq!(given.male.intersection(&given.female).next(), None);
    }
}
