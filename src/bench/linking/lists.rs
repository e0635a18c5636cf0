//! What names are made of: `data/bench/linking.toml` and `data/link/spellings.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::random::{Random, Weighted};
use crate::model::EntityType;

/// Seen this often a name is one that is given; others are of families.
const GIVEN: u32 = 30;

/// Seen less often, or making up a smaller share of a name, a spelling may be another name of the same person.
const LEAST_SEEN: u32 = 2;
const LEAST_SHARE: f64 = 0.03;

/// A name of which every spelling stands with how often it is drawn.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    /// In Arabic letters.
    pub arabic: Option<String>,
    /// In Latin letters.
    pub latin: Vec<String>,
    weights: Weighted,
}

impl Spelled {
    /// A spelling in Latin letters.
    pub fn draw(&self, random: &mut Random) -> &str {
        self.latin.get(self.weights.draw(random)).map_or("", String::as_str)
    }
}

/// A list to draw names from.
#[derive(Debug, Default)]
pub(super) struct List {
    pub names: Vec<Spelled>,
    weights: Weighted,
    /// Whether its names are written with an article as a rule.
    pub has_article: bool,
}

impl List {
    /// The number of one.
    pub fn draw(&self, random: &mut Random) -> u16 {
        self.weights.draw(random) as u16
    }
}

/// How a group of people is called.
#[derive(Debug)]
pub(super) struct People {
    /// For every word the lists whose entries make it.
    pub words: Vec<Vec<usize>>,
    /// Whether no word may be left out.
    pub whole: bool,
}

impl People {
    /// The lists of a word of a name of so many words.
    pub fn pieces(&self, word: usize, words: usize) -> &[usize] {
        let last = self.words.len() - 1;
        &self.words[if word + 1 == words { last } else { word.min(last.saturating_sub(1)) }]
    }
}

/// How a sort of things is called.
#[derive(Debug)]
pub(super) struct Things {
    pub kind: EntityType,
    pub sorts: Vec<Spelled>,
    pub words: Vec<Vec<usize>>,
    pub numbers: Option<(u16, u16)>,
    pub forms: Vec<String>,
}

/// All lists.
#[derive(Debug)]
pub(super) struct Lists {
    pub lists: Vec<List>,
    pub people: Vec<People>,
    pub people_shares: Weighted,
    pub things: Vec<Things>,
    pub things_shares: Weighted,
    pub occupations: Vec<String>,
    pub happenings: Vec<String>,
    pub latin_titles: Vec<String>,
    pub arabic_titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    occupations: Vec<String>,
    happenings: Vec<String>,
    titles: Titles,
    lists: BTreeMap<String, Vec<String>>,
    people: Vec<PeopleEntry>,
    things: Vec<ThingsEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    latin: Vec<String>,
    arabic: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleEntry {
    share: f64,
    words: Vec<String>,
    #[serde(default)]
    whole: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThingsEntry {
    #[serde(rename = "type")]
    kind: EntityType,
    share: f64,
    sorts: Vec<String>,
    words: Vec<String>,
    numbers: Option<(u16, u16)>,
    forms: Vec<String>,
}

/// The lists of the project.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../../../data/bench/linking.toml"));
    read(file.expect("a test reads the embedded lists"))
});

fn read(file: File) -> Lists {
    let [given, family] = arabic();
    let mut names = vec!["arabic-given".to_owned(), "arabic-family".to_owned()];
    let mut lists = vec![given, family];
    for (name, entries) in file.lists {
        let entries: Vec<Spelled> = entries.iter().map(|entry| spelled(entry)).collect();
        names.push(name);
        lists.push(List { weights: Weighted::new(entries.iter().map(|_| 1.0)), names: entries, has_article: false });
    }
    let number = |name: &str| names.iter().position(|known| known == name).expect("a test finds every list");
    let words = |words: &[String]| words.iter().map(|word| word.split(' ').map(number).collect()).collect();
    Lists {
        people_shares: Weighted::new(file.people.iter().map(|entry| entry.share)),
        people: file.people.iter().map(|entry| People { words: words(&entry.words), whole: entry.whole }).collect(),
        things_shares: Weighted::new(file.things.iter().map(|entry| entry.share)),
        things: file
            .things
            .into_iter()
            .map(|entry| Things {
                kind: entry.kind,
                sorts: entry.sorts.iter().map(|sort| spelled(sort)).collect(),
                words: words(&entry.words),
                numbers: entry.numbers,
                forms: entry.forms,
            })
            .collect(),
        lists,
        occupations: file.occupations,
        happenings: file.happenings,
        latin_titles: file.titles.latin,
        arabic_titles: file.titles.arabic,
    }
}

/// Spellings between bars, the first three times as often as each of the others.
fn spelled(entry: &str) -> Spelled {
    let (arabic, latin): (Vec<&str>, Vec<&str>) = entry.split('|').partition(|one| is_arabic(one));
    Spelled {
        arabic: arabic.first().map(|one| (*one).to_owned()),
        weights: Weighted::new((0..latin.len()).map(|at| if at == 0 { 3.0 } else { 1.0 })),
        latin: latin.into_iter().map(str::to_owned).collect(),
    }
}

/// Given names, by how often they were seen, and names of families. Of these the table has few in relation to how many
/// there are, hence the root of how often: else everybody would have a namesake.
fn arabic() -> [List; 2] {
    let (mut given, mut family) = (Vec::new(), Vec::new());
    for line in include_str!("../../../data/link/spellings.tsv").lines().skip(1) {
        let Some((arabic, spellings)) = line.split_once('\t') else { continue };
        let spellings = spellings.split(' ').filter_map(|one| one.split_once(':'));
        let spellings: Vec<(&str, u32)> =
            spellings.map(|(latin, seen)| (latin, seen.parse().unwrap_or_default())).collect();
        let seen: u32 = spellings.iter().map(|(_, seen)| seen).sum();
        let told = |seen: &u32, of: u32| *seen >= LEAST_SEEN && f64::from(*seen) >= LEAST_SHARE * f64::from(of);
        let spellings: Vec<(&str, u32)> = spellings.into_iter().filter(|(_, count)| told(count, seen)).collect();
        // Of names hardly ever seen even the usual spelling may be wrong.
        if seen < 2 * LEAST_SEEN || spellings.is_empty() {
            continue;
        }
        let name = Spelled {
            arabic: Some(arabic.to_owned()),
            weights: Weighted::new(spellings.iter().map(|(_, seen)| f64::from(*seen))),
            latin: spellings.iter().map(|(latin, _)| capital(latin)).collect(),
        };
        let is_of_place = arabic.ends_with('ي') && arabic.chars().count() > 3;
        if seen >= GIVEN && !is_of_place {
            given.push((f64::from(seen), name));
        } else {
            family.push((f64::from(seen).sqrt(), name));
        }
    }
    [(given, false), (family, true)].map(|(names, has_article)| List {
        weights: Weighted::new(names.iter().map(|(weight, _)| *weight)),
        names: names.into_iter().map(|(_, name)| name).collect(),
        has_article,
    })
}

/// Whether it begins with an Arabic letter.
pub(super) fn is_arabic(text: &str) -> bool {
    text.starts_with(|letter| matches!(letter, '\u{600}'..='\u{6ff}'))
}

/// With a capital.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_and_form_is_there() {
        assert!(LISTS.lists.iter().all(|list| !list.names.is_empty() && list.names.len() <= usize::from(u16::MAX)));
        assert!(LISTS.lists.iter().flat_map(|list| &list.names).all(|name| !name.latin.is_empty()));
        for things in &LISTS.things {
            assert!(things.sorts.iter().all(|sort| !sort.latin.is_empty()), "{things:?}");
            let numbered = |form: &String| form.contains("{n}") || form.contains("{nth}");
            assert!(things.forms.iter().all(|form| numbered(form) == things.numbers.is_some()), "{things:?}");
        }
    }

    #[test]
    fn common_names_are_drawn_most() {
        let given = &LISTS.lists[0];
        let mut random = Random::new(1, 1);
        let drawn: Vec<&str> =
            (0..1000).filter_map(|_| given.names[usize::from(given.draw(&mut random))].arabic.as_deref()).collect();
        let count = |name| drawn.iter().filter(|one| **one == name).count();
        assert!(count("محمد") > count("احمد") && count("احمد") > count("يوسف"), "{}", count("محمد"));
    }
}
