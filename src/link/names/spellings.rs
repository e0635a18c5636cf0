//! Names in Arabic script with the Latin spellings that people have used for them, and how often
//! (`data/link/spellings.tsv`), and short and other forms of names (`variants.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::letters::spell;
use super::tables::rows;

/// Names that one spelling may stand for at most.
const READINGS: usize = 4;

/// How often a spelling is seen before it says that two names differ.
const WELL_KNOWN: u32 = 5;

/// How common a given name is taken to be of which nothing else is known. Of which names it is no spelling is not known either.
const GIVEN: u32 = 1000;

/// What is known of a spelling.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Known {
    /// How often it was seen.
    seen: u32,
    /// How often the names were seen that it stands for, in any spelling.
    common: f32,
    /// Names by number, with the share of each, the most frequent first.
    names: [(u32, f32); READINGS],
}

static SPELLINGS: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut seen: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut totals: Vec<u32> = Vec::new();
    let tables = [include_str!("../../../data/link/spellings.tsv"), include_str!("../../../data/link/variants.tsv")];
    for cells in tables.into_iter().flat_map(rows) {
        let [name, spellings] = cells.as_slice() else { continue };
        let name = spell(name).plain;
        let number = *numbers.entry(name.clone()).or_insert(totals.len() as u32);
        if number as usize == totals.len() {
            totals.push(0);
        }
        let mut total = 0;
        for (latin, count) in spellings.split(' ').filter_map(|one| one.split_once(':')) {
            let count = count.parse().unwrap_or(0);
            total += count;
            if latin != name {
                seen.entry(latin.to_owned()).or_default().push((number, count));
            }
        }
        seen.entry(name).or_default().push((number, total));
        totals[number as usize] += total;
    }
    for name in given() {
        seen.entry(name).or_insert_with(|| {
            totals.push(GIVEN);
            vec![(totals.len() as u32 - 1, 1)]
        });
    }
    let known = |mut names: Vec<(u32, u32)>| {
        names.sort_by_key(|(number, count)| (std::cmp::Reverse(*count), *number));
        let all: u32 = names.iter().map(|(_, count)| count).sum();
        let mut known = Known { seen: all, ..Known::default() };
        for (slot, (number, count)) in known.names.iter_mut().zip(names) {
            let share = count as f32 / all.max(1) as f32;
            *slot = (number, share);
            known.common += share * totals[number as usize] as f32;
        }
        known
    };
    seen.into_iter().map(|(text, names)| (text, known(names))).collect()
});

/// Given names that are known to be common, of the gazetteer and of the lexicon.
fn given() -> impl Iterator<Item = String> {
    #[derive(Deserialize)]
    struct Nouns {
        given: HashMap<String, Vec<String>>,
    }
    let stopwords = rows(include_str!("../../../data/gazetteer/stopwords.tsv"));
    let listed = stopwords.filter(|cells| cells.get(1) == Some(&"given_name")).map(|cells| cells[0].to_owned());
    let nouns: Nouns =
        toml::from_str(include_str!("../../../data/lexicon/nouns.toml")).expect("a test reads the embedded nouns");
    // The order of a hash map must not decide which number a name gets.
    let mut nouns: Vec<String> = nouns.given.into_values().flatten().collect();
    nouns.sort_unstable();
    listed.chain(nouns)
}

/// What is known of a folded word.
pub(super) fn known(plain: &str) -> Option<&'static Known> {
    SPELLINGS.get(plain)
}

impl Known {
    /// The share of what both stand for that is the same name.
    pub fn shared(&self, other: &Self) -> f32 {
        let mut shared = 0.0;
        for (number, share) in self.names {
            for (same, other) in other.names {
                if number == same {
                    shared += share.min(other);
                }
            }
        }
        shared
    }

    /// Whether it was seen often enough to say which names it does not stand for.
    pub fn is_well_known(&self) -> bool {
        self.seen >= WELL_KNOWN
    }

    /// How often its names were seen in any spelling.
    pub fn common(&self) -> f32 {
        self.common
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(one: &str, other: &str) -> f32 {
        known(one).expect("known").shared(known(other).expect("known"))
    }

    #[test]
    fn spellings_of_a_name_share_it() {
        assert!(shared("heba", "hiba") > 0.5);
        assert!(shared("houcine", "hussein") > 0.5);
        assert!(shared("محمد", "mohammad") > 0.7);
        assert!(shared("bassam", "basem") < 0.1);
        assert!(shared("hassan", "hussein") < 0.1);
    }

    #[test]
    fn common_names_are_known() {
        let common = |name: &str| known(name).map_or(0.0, Known::common);
        assert!(common("mohamad") > 100.0 * common("ragheed").max(1.0));
        assert!(common("deborah") > 100.0);
        assert_eq!(common("no such name"), 0.0);
    }
}
