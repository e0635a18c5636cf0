//! Patterns of words around two names, as `data/lexicon/relations.toml` has them.
//!
//! A pattern is a row of elements with spaces between them:
//!
//! ```text
//! S=person, O=place|site   the name that is the relation's subject, or object, of one of these types
//! O=place-based            such a name at the beginning of a word with this ending
//! S=owner                  "his" or "her", said of a named person
//! _=person                 a name that the relation does not speak of
//! of|for                   one of these words
//! <role>                   a word of this class, or words of it that belong together
//! <aside> <words> <noun>   an age or a party; a word within a noun phrase; a noun in lower case
//! of|in@                   one of these words, if the language model makes it depend on no verb
//! !in|at !<lesser>         nothing, unless such a word stands before this point
//! …? …* …+                 may be missing; any number of times; once or more
//! ```

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::EntityType;

/// Which part of a relation a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Subject,
    Object,
    Neither,
}

/// What one element of a pattern stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    /// A name of one of these types.
    Name(Part, Vec<EntityType>),
    /// A name of one of these types at the beginning of a word with this ending: "Hama-based".
    Joined(Part, Vec<EntityType>, String),
    /// "his" or "her", for the subject.
    Owner,
    /// One of these words.
    Words(Vec<String>),
    /// One of these words, dependent on no verb.
    Attached(Vec<String>),
    /// A word of this class.
    Class(String),
    /// An age or a party, as they stand between commas after a name.
    Aside,
    /// A word inside a noun phrase.
    Inner,
    /// A common noun.
    Noun,
    /// None of these words stands before this point.
    NotAfter(Box<Element>),
}

/// How often an element may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Once,
    Maybe,
    Any,
    Some,
}

/// A pattern, and the relation that it says.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub relation: String,
    pub rule: String,
    pub confidence: f32,
    pub elements: Vec<(Element, Times)>,
}

/// Verbs whose subject and object, or whose subject and the noun after a preposition, are related.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verbs {
    pub relation: String,
    pub rule: String,
    pub confidence: f32,
    /// Dictionary forms; "grow up" is a verb and its particle.
    pub lemmas: Vec<String>,
    /// Types of the subject.
    pub subject: Vec<String>,
    /// Types of what it is related to.
    pub object: Vec<String>,
    /// Prepositions before the object; empty if it is the verb's own object.
    #[serde(default)]
    pub prepositions: Vec<String>,
    /// Only as a passive: "is based in".
    #[serde(default)]
    pub passive: bool,
    /// Whether what follows the verb is the subject of the relation: "is headed by".
    #[serde(default)]
    pub inverse: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, Vec<String>>,
    phrase: Vec<RawPhrase>,
    verb: Vec<Verbs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrase {
    relation: String,
    rule: String,
    confidence: f32,
    patterns: Vec<String>,
}

/// The table of relations.
#[derive(Debug)]
pub(super) struct Table {
    /// Class → its words; those of several words with single spaces.
    pub classes: BTreeMap<String, HashSet<String>>,
    pub patterns: Vec<Pattern>,
    pub verbs: Vec<Verbs>,
}

impl Table {
    /// The table that comes with the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Table> = LazyLock::new(|| {
            let text = include_str!("../../../data/lexicon/relations.toml");
            Table::read(text).expect("a test reads the embedded relations")
        });
        &EMBEDDED
    }

    fn read(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let classes: BTreeMap<String, HashSet<String>> =
            file.classes.into_iter().map(|(name, words)| (name, words.into_iter().collect())).collect();
        let mut patterns = Vec::new();
        for phrase in file.phrase {
            for written in &phrase.patterns {
                let elements =
                    written.split_whitespace().map(|word| element(word, &classes)).collect::<Result<_, _>>()?;
                patterns.push(Pattern {
                    relation: phrase.relation.clone(),
                    rule: phrase.rule.clone(),
                    confidence: phrase.confidence,
                    elements,
                });
            }
        }
        Ok(Self { classes, patterns, verbs: file.verb })
    }
}

/// Reads one element of a pattern.
fn element(written: &str, classes: &BTreeMap<String, HashSet<String>>) -> Result<(Element, Times), String> {
    let marks = [('?', Times::Maybe), ('*', Times::Any), ('+', Times::Some)];
    let counted = marks.iter().find_map(|&(mark, times)| Some((written.strip_suffix(mark)?, times)));
    let (core, times) = counted.filter(|(core, _)| !core.is_empty()).unwrap_or((written, Times::Once));
    if let Some(behind) = core.strip_prefix('!').filter(|behind| !behind.is_empty()) {
        return Ok((Element::NotAfter(Box::new(element(behind, classes)?.0)), times));
    }
    for (mark, part) in [("S=", Part::Subject), ("O=", Part::Object), ("_=", Part::Neither)] {
        if let Some(names) = core.strip_prefix(mark) {
            if part == Part::Subject && names == "owner" {
                return Ok((Element::Owner, times));
            }
            if let Some((names, ending)) = names.split_once('-') {
                return Ok((Element::Joined(part, types(names.split('|'))?, format!("-{ending}")), times));
            }
            return Ok((Element::Name(part, types(names.split('|'))?), times));
        }
    }
    let words = |words: &str| words.split('|').map(str::to_owned).collect();
    let element = match core.strip_prefix('<').and_then(|class| class.strip_suffix('>')) {
        Some("aside") => Element::Aside,
        Some("words") => Element::Inner,
        Some("noun") => Element::Noun,
        Some(class) if classes.contains_key(class) => Element::Class(class.to_owned()),
        Some(class) => return Err(format!("`{class}` is no class of words")),
        None => match core.strip_suffix('@') {
            Some(attached) => Element::Attached(words(attached)),
            None => Element::Words(words(core)),
        },
    };
    Ok((element, times))
}

/// The types of entities that a table's words for them mean.
pub(super) fn types<'w>(names: impl IntoIterator<Item = &'w str>) -> Result<Vec<EntityType>, String> {
    use EntityType::{City, Country, Facility, Nationality, Organization, Person, Place, Region};
    let mut types = Vec::new();
    for name in names {
        types.extend_from_slice(match name {
            "person" => &[Person][..],
            "organization" => &[Organization],
            "place" => &[City, Region, Country, Place],
            "town" => &[City, Place],
            "region" => &[Region],
            "country" => &[Country],
            "site" => &[Facility],
            "nation" => &[Nationality],
            _ => return Err(format!("`{name}` is no kind of name")),
        });
    }
    Ok(types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_reads() {
        let table = Table::read(include_str!("../../../data/lexicon/relations.toml")).expect("it reads");
        for pattern in &table.patterns {
            for part in [Part::Subject, Part::Object] {
                let names = pattern.elements.iter().filter(|(element, _)| match element {
                    Element::Name(known, _) | Element::Joined(known, ..) => *known == part,
                    Element::Owner => part == Part::Subject,
                    _ => false,
                });
                assert_eq!(names.count(), 1, "{pattern:?}");
            }
        }
        for verbs in &table.verbs {
            assert!(types(verbs.subject.iter().map(String::as_str)).is_ok(), "{verbs:?}");
            assert!(types(verbs.object.iter().map(String::as_str)).is_ok(), "{verbs:?}");
        }
    }

    #[test]
    fn relations_of_the_table_are_in_the_ontology() {
        let schema = crate::ontology::Schema::embedded();
        let table = Table::embedded();
        let named = table.patterns.iter().map(|pattern| &pattern.relation);
        for relation in named.chain(table.verbs.iter().map(|verbs| &verbs.relation)) {
            assert!(schema.relations().any(|known| known.name == *relation), "{relation}");
        }
    }

    #[test]
    fn elements_are_read() {
        let classes = BTreeMap::from([("role".to_owned(), HashSet::new())]);
        let read = |written| element(written, &classes);
        assert_eq!(read("of|for@"), Ok((Element::Attached(vec!["of".into(), "for".into()]), Times::Once)));
        assert_eq!(read("<role>*"), Ok((Element::Class("role".into()), Times::Any)));
        assert_eq!(read("S=person"), Ok((Element::Name(Part::Subject, vec![EntityType::Person]), Times::Once)));
        assert!(read("<rolle>").is_err() && read("S=pearson").is_err());
        assert_eq!(read("?"), Ok((Element::Words(vec!["?".into()]), Times::Once)));
    }
}
