//! The words of figures, from `data/lexicon/figures.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{Bound, Rate};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    number: NumberWords,
    before: RawBefore,
    after: RawAfter,
    rate: RawRate,
    unit: UnitWords,
    part: PartWords,
    counted: BTreeMap<String, RawState>,
    light: RawLight,
}

/// Words that are numbers or parts of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberWords {
    pub words: HashMap<String, i64>,
    pub scales: HashMap<String, i64>,
    pub suffixes: HashMap<String, i64>,
    /// Words that give no more than a lowest value: "dozens".
    pub vague: HashMap<String, i64>,
    /// The same before "of" and a further one: "tens of thousands".
    pub multiples: HashMap<String, i64>,
    /// "several hundred": what stands before the scale, as a lowest value.
    pub some: HashMap<String, i64>,
    /// "half a million": by how much the scale is divided.
    pub parts: HashMap<String, i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBefore {
    at_least: Vec<String>,
    at_most: Vec<String>,
    about: Vec<String>,
    between: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAfter {
    at_least: Vec<String>,
    at_most: Vec<String>,
    about: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRate {
    units: HashMap<String, Rate>,
    adverbs: HashMap<String, Rate>,
    before: HashSet<String>,
    unless: HashSet<String>,
    unless_behind: HashSet<String>,
}

/// What is counted, and what is measured instead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitWords {
    pub measures: HashSet<String>,
    #[serde(rename = "abstract")]
    pub vague: HashSet<String>,
    pub collective: HashSet<String>,
    /// Words for whoever it may be.
    pub anybody: HashSet<String>,
    /// Adjectives that stand for people.
    pub people: HashSet<String>,
    /// Nouns whose unit is that of two words.
    pub joined: HashSet<String>,
    /// Nouns for a number, and what they count where nothing else says it.
    pub tallies: HashMap<String, String>,
    pub reaching: HashSet<String>,
    pub reaching_to: HashSet<String>,
    pub changing: HashSet<String>,
    /// Nouns that have a number for a name.
    pub numbered: HashSet<String>,
}

/// Words between a whole and its parts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartWords {
    pub including: HashSet<String>,
    /// Units of which a whole is made up.
    pub kinds: HashSet<String>,
    pub pronouns: HashSet<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawState {
    object: Vec<String>,
    subject: Vec<String>,
    people: Vec<String>,
    events: Vec<String>,
    adjectives: Vec<String>,
    phrases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLight {
    suffering: HashSet<String>,
    of_things: HashSet<String>,
    verbs: HashSet<String>,
}

/// Classes of events by one kind of word that tells them.
pub(super) type Table = HashMap<String, Vec<String>>;

/// Which words tell what happened to the counted.
#[derive(Debug, Default)]
pub(super) struct States {
    /// Verbs of which the counted are the object.
    pub object: Table,
    /// Verbs of which they are the subject.
    pub subject: Table,
    /// Nouns for those in the state.
    pub people: Table,
    /// Nouns for the event.
    pub events: Table,
    pub adjectives: Table,
    /// First word → the phrase and its class.
    pub phrases: HashMap<String, Vec<(Vec<String>, String)>>,
    /// Verbs that only say how it is known.
    pub light: HashSet<String>,
    /// Verbs whose object says what befell their subject.
    pub suffering: HashSet<String>,
    /// Classes of what befalls things as well as people.
    pub of_things: HashSet<String>,
}

/// Phrases by their last or first word, each with the bound it sets.
pub(super) type Phrases = HashMap<String, Vec<(Vec<String>, Bound)>>;

/// Everything in `figures.toml`.
#[derive(Debug)]
pub(super) struct FigureWords {
    pub number: NumberWords,
    /// By last word.
    pub before: Phrases,
    /// What may stand between a bound and its number.
    pub between: Vec<Vec<String>>,
    /// By first word.
    pub after: Phrases,
    pub rates: HashMap<String, Rate>,
    pub rate_adverbs: HashMap<String, Rate>,
    pub rate_before: HashSet<String>,
    pub rate_unless: HashSet<String>,
    pub rate_unless_behind: HashSet<String>,
    pub unit: UnitWords,
    pub part: PartWords,
    pub states: States,
}

impl FigureWords {
    /// The words that come with the program.
    pub fn embedded() -> &'static FigureWords {
        static EMBEDDED: LazyLock<FigureWords> = LazyLock::new(|| {
            let file: RawFile = toml::from_str(include_str!("../../../data/lexicon/figures.toml"))
                .expect("a test reads the embedded words of figures");
            FigureWords::of(file)
        });
        &EMBEDDED
    }

    fn of(file: RawFile) -> Self {
        let before = [
            (&file.before.at_least, Bound::AtLeast),
            (&file.before.at_most, Bound::AtMost),
            (&file.before.about, Bound::About),
        ];
        let after = [
            (&file.after.at_least, Bound::AtLeast),
            (&file.after.at_most, Bound::AtMost),
            (&file.after.about, Bound::About),
        ];
        let RawLight { verbs, suffering, of_things } = file.light;
        let mut states = States { light: verbs, suffering, of_things, ..States::default() };
        for (class, state) in &file.counted {
            let tables = [
                (&state.object, &mut states.object),
                (&state.subject, &mut states.subject),
                (&state.people, &mut states.people),
                (&state.events, &mut states.events),
                (&state.adjectives, &mut states.adjectives),
            ];
            for (words, table) in tables {
                for word in words {
                    table.entry(word.clone()).or_default().push(class.clone());
                }
            }
            for phrase in &state.phrases {
                let words = split(phrase);
                states.phrases.entry(words[0].clone()).or_default().push((words, class.clone()));
            }
        }
        Self {
            number: file.number,
            before: phrases(&before, |words| words.len() - 1),
            between: file.before.between.iter().map(|phrase| split(phrase)).collect(),
            after: phrases(&after, |_| 0),
            rates: file.rate.units,
            rate_adverbs: file.rate.adverbs,
            rate_before: file.rate.before,
            rate_unless: file.rate.unless,
            rate_unless_behind: file.rate.unless_behind,
            unit: file.unit,
            part: file.part,
            states,
        }
    }
}

fn split(phrase: &str) -> Vec<String> {
    phrase.split(' ').map(str::to_owned).collect()
}

/// Phrases by the word at the place that `key` tells, the longest first.
fn phrases(lists: &[(&Vec<String>, Bound)], key: fn(&[String]) -> usize) -> Phrases {
    let mut table = Phrases::new();
    for (list, bound) in lists {
        for words in list.iter().map(|phrase| split(phrase)) {
            table.entry(words[key(&words)].clone()).or_default().push((words, *bound));
        }
    }
    table.values_mut().for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Schema;

    #[test]
    fn the_embedded_words_read_and_name_classes_of_events() {
        let words = FigureWords::embedded();
        assert_eq!(words.number.words["nineteen"], 19);
        assert_eq!(words.states.people["detainee"], ["Detention"]);
        let tables = [&words.states.object, &words.states.subject, &words.states.people, &words.states.events];
        let classes = tables.into_iter().flat_map(|table| table.values().flatten());
        for class in classes.chain(words.states.phrases.values().flatten().map(|(_, class)| class)) {
            let known = Schema::embedded().class(class).is_some_and(|class| !class.grouping);
            assert!(known && Schema::embedded().is_subclass(class, "Event"), "{class}");
        }
    }

    #[test]
    fn the_longest_bound_comes_first() {
        let than = &FigureWords::embedded().before["than"];
        assert!(than[0].0.len() >= than[than.len() - 1].0.len());
        assert!(than.iter().any(|(words, bound)| words.join(" ") == "no fewer than" && *bound == Bound::AtLeast));
        assert!(than.iter().any(|(words, bound)| words.join(" ") == "fewer than" && *bound == Bound::AtMost));
    }
}
