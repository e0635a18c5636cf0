//! The key of an entity.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::odds::is_distinctive;
use crate::claims::iri;
use crate::model::{Annotations, EntityType};
use crate::text::{fold, name_parts, skeleton};

/// What a link rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkRule {
    /// Recognised as a row of the gazetteer.
    Gazetteer,
    /// A rare personal name: same consonants, same classes of vowels.
    FullName,
    /// The same name of an organisation, facility or other thing.
    Name,
    /// The same name in the same place.
    NameAndPlace,
    /// Known in its own document only.
    Document,
}

impl LinkRule {
    /// The rule's name in explanations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gazetteer => "link:gazetteer",
            Self::FullName => "link:full-name",
            Self::Name => "link:name",
            Self::NameAndPlace => "link:name-and-place",
            Self::Document => "link:document",
        }
    }
}

/// Where an entity of a document stands in the graph, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its IRI.
    pub iri: String,
    /// What the link rests on.
    pub rule: LinkRule,
    /// The key that was compared, for explanations.
    pub key: String,
}

/// The link of an organisation by its name alone, or by its row of the gazetteer.
pub(super) fn organization(name: &str, gazetteer: Option<&str>) -> Link {
    let kind = EntityType::Organization;
    match gazetteer {
        Some(key) => listed(kind, key),
        None => {
            let parts = name_parts(name);
            let parts = if parts.len() > 1 && parts[0] == "the" { &parts[1..] } else { &parts[..] };
            let key = parts.join(" ");
            Link { iri: iri::hashed(kind, &[LinkRule::Name.as_str(), &key]), rule: LinkRule::Name, key }
        }
    }
}

/// The link of a row of the gazetteer.
pub(crate) fn listed(kind: EntityType, gazetteer: &str) -> Link {
    let local = gazetteer.replace(':', "-");
    let local = match kind {
        EntityType::Nationality => local.replace("country-", ""),
        _ => ["facility-", "organization-", "country-", "region-", "place-"]
            .iter()
            .find_map(|prefix| local.strip_prefix(prefix))
            .unwrap_or(&local)
            .to_owned(),
    };
    Link { iri: iri::named(kind, &local), rule: LinkRule::Gazetteer, key: gazetteer.to_owned() }
}

pub(super) fn link_of(annotations: &Annotations, index: usize, located: Option<String>) -> Link {
    let entity = &annotations.entities[index];
    let kind = entity.kind;
    if let Some(gazetteer) = &entity.gazetteer {
        return listed(kind, gazetteer);
    }
    let document = || {
        let first = annotations
            .mentions
            .iter()
            .filter(|mention| mention.entity == Some(index))
            .map(|mention| mention.span.start)
            .min();
        of_document(kind, annotations.document.id.as_str(), &entity.name, first.unwrap_or_default())
    };
    let named = if entity.named { by_name(kind, &entity.name, located.as_deref()) } else { None };
    named.unwrap_or_else(document)
}

/// The link of what is known in its own document only, by where that first names it.
pub(crate) fn of_document(kind: EntityType, document: &str, name: &str, start: usize) -> Link {
    let start = start.to_string();
    Link {
        iri: iri::hashed(kind, &["document", document, &fold(name), &start]),
        rule: LinkRule::Document,
        key: format!("doc:{document} {start}"),
    }
}

/// The link that a name gives by itself, with the place where it is; none if it tells too little.
pub(crate) fn by_name(kind: EntityType, name: &str, located: Option<&str>) -> Option<Link> {
    let parts = name_parts(name);
    let hashed = |rule: LinkRule, key: String| Link { iri: iri::hashed(kind, &[rule.as_str(), &key]), rule, key };
    Some(match kind {
        _ if parts.is_empty() => return None,
        EntityType::Person if is_distinctive(name) => hashed(LinkRule::FullName, person_key(&parts)),
        EntityType::Person => return None,
        // "Court of Justice" is the name of many courts: the same one only in the same place.
        EntityType::Facility if is_generic(&parts) => {
            hashed(LinkRule::NameAndPlace, format!("{} in {}", parts.join(" "), located?))
        }
        EntityType::Facility => {
            hashed(LinkRule::Name, parts.iter().map(|part| skeleton(part)).collect::<Vec<_>>().join(" "))
        }
        _ => hashed(LinkRule::Name, parts.join(" ")),
    })
}

/// Parts that make no name of their own.
fn is_generic(parts: &[String]) -> bool {
    static GENERIC: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let table = include_str!("../../data/link/generic.tsv");
        table.lines().skip(1).filter(|line| !line.trim().is_empty()).collect()
    });
    parts.iter().all(|part| GENERIC.contains(part.as_str()))
}

/// Consonants and classes of vowels of every part: "Ragheed" and "Raghid" agree, "Bassam" and
/// "Basem" do not. Coarser keys would merge different people, and a false merge harms more than a
/// miss.
fn person_key(parts: &[String]) -> String {
    parts.iter().map(|part| format!("{}/{}", skeleton(part), vowels(part))).collect::<Vec<_>>().join(" ")
}

/// The classes of a part's vowels, in order, repeated ones once: a, i (e, i, y), u (o, u).
fn vowels(part: &str) -> String {
    let mut classes = String::new();
    for letter in part.chars() {
        let class = match letter {
            'a' => 'a',
            'e' | 'i' | 'y' => 'i',
            'o' | 'u' => 'u',
            _ => continue,
        };
        if !classes.ends_with(class) {
            classes.push(class);
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> String {
        person_key(&name_parts(name))
    }

    #[test]
    fn spellings_of_one_name_agree() {
        for (one, other) in [
            ("Ragheed al-Tatari", "Ragheed Tatari"),
            ("Ragheed al-Tatari", "Raghid al-Tatri"),
            ("Ragheed al-Tatari", "Ragheed al-Tatary"),
            ("Ragheed al-Tatari", "Ragheed Tattari"),
            ("Bashar al-Assad", "Bashar Assad"),
            ("Raed al-Saleh", "Raed Saleh"),
        ] {
            assert_eq!(key(one), key(other), "{one} / {other}");
        }
    }

    #[test]
    fn different_people_differ() {
        for (one, other) in [
            ("Bashar Barhoum", "Bashar al-Assad"),
            ("Hafez al-Assad", "Bashar al-Assad"),
            ("Bassam Masri", "Basem Masri"),
            ("Anwar Raslan", "Anwar al-Bunni"),
            ("Mohammed al-Bashir", "Bashir Mohammed"),
        ] {
            assert_ne!(key(one), key(other), "{one} / {other}");
        }
    }
}
