//! Which sounds there are, and what it costs to take one for another.
//!
//! What spellings of one name may have in place of each other is written down in `data/link/sounds.tsv`; what the letters of
//! the Arabic script may be in Latin ones is learned from names in both (`data/link/arabic.tsv`). 1 is the cost of one
//! consonant more or less.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tables::rows;

/// What stands for no sound at all in the tables.
const NOTHING: &str = "-";

/// Hundredths of the cost of one consonant.
pub(super) type Cost = u8;

pub(super) const CONSONANT: Cost = 100;
/// A vowel more or less, or another one.
pub(super) const VOWEL: Cost = 35;

/// A vowel in the place of a consonant.
const CLASH: Cost = 110;

/// Letters that are vowels wherever they stand.
pub(super) const VOWELS: &str = "aeiou";

/// All sounds and their costs.
pub(super) struct Inventory {
    pub texts: Vec<&'static str>,
    pub codes: HashMap<&'static str, u8>,
    pub vowels: Vec<bool>,
    pub arabic: Vec<bool>,
    /// What a sound is in skeletons; nothing if it may be left out.
    pub classes: Vec<Vec<char>>,
    pub costs: Costs,
}

pub(super) struct Costs {
    pub count: usize,
    /// Of every sound in the place of every other.
    pub pairs: Vec<Cost>,
    /// Of leaving a sound out.
    pub drop: Vec<Cost>,
    /// The same between two scripts.
    pub drop_across: Vec<Cost>,
}

/// Made once, of the tables in `data/link`.
pub(super) static INVENTORY: LazyLock<Inventory> = LazyLock::new(Inventory::embedded);

const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const ARABIC: &str = "ءابتثجحخدذرزسشصضطظعغفقكلمنهويىةگپچژڤڕڵەێۆۇ";

/// Letters of skeletons and the sounds under each, whatever the script. A sound under two letters gives two skeletons.
const CLASSES: &[(char, &str)] = &[
    ('b', "b p v w$ پ ب ڤ f ph ف"),
    ('t', "t t$ th ت ط ث"),
    ('d', "d dh د ذ ض ظ z ž ز dz zh ژ"),
    ('s', "s ş š ș ce س ص ts tz ç th ث"),
    ('k', "k kh ck c q g gh ğ ǧ x ك ق خ غ گ ch"),
    ('j', "j dj dsch dzh ج g ge ch tch tsch č ć چ sh sch ش zh ژ"),
    ('n', "n ng ن m م"),
    ('l', "l ل ڵ"),
    ('r', "r ر ڕ"),
];

impl Inventory {
    fn embedded() -> Self {
        let mut texts: Vec<&'static str> = Vec::new();
        let slices = [LATIN, ARABIC]
            .into_iter()
            .flat_map(|all| all.char_indices().map(move |(at, letter)| &all[at..at + letter.len_utf8()]));
        texts.extend(slices);
        let groups: Vec<(f32, Vec<&'static str>)> = rows(include_str!("../../../data/link/sounds.tsv"))
            .filter_map(|cells| Some((cells.first()?.parse().ok()?, cells.get(1)?.split(' ').collect())))
            .collect();
        let learned: Vec<(&'static str, &'static str, f32)> = rows(include_str!("../../../data/link/arabic.tsv"))
            .filter_map(|cells| Some((*cells.first()?, *cells.get(1)?, cells.get(2)?.parse().ok()?)))
            .collect();
        let told = groups.iter().flat_map(|(_, sounds)| sounds.iter().copied());
        for text in told.chain(learned.iter().flat_map(|(one, two, _)| [*one, *two])) {
            if text != NOTHING && !texts.contains(&text) && texts.len() < usize::from(u8::MAX) {
                texts.push(text);
            }
        }
        let codes: HashMap<&'static str, u8> = texts.iter().zip(0..).map(|(text, code)| (*text, code)).collect();
        let bare = |text: &str| text.trim_matches(['^', '$']).to_owned();
        let vowels: Vec<bool> =
            texts.iter().map(|text| bare(text).chars().all(|letter| "aeiouywاويىء".contains(letter))).collect();
        let arabic: Vec<bool> =
            texts.iter().map(|text| bare(text).chars().any(|letter| ARABIC.contains(letter))).collect();
        let class = |text: &&str| {
            let under = CLASSES
                .iter()
                .filter(|(_, sounds)| sounds.split(' ').any(|sound| sound == *text || sound == bare(text)));
            under.map(|(class, _)| *class).collect()
        };
        let classes = texts.iter().map(class).collect();
        let costs = Costs::new(&texts, &codes, &vowels, &arabic, &groups, &learned);
        Self { texts, codes, vowels, arabic, classes, costs }
    }
}

impl Costs {
    fn new(
        texts: &[&'static str],
        codes: &HashMap<&'static str, u8>,
        vowels: &[bool],
        arabic: &[bool],
        groups: &[(f32, Vec<&'static str>)],
        learned: &[(&'static str, &'static str, f32)],
    ) -> Self {
        let count = texts.len();
        let cost = |cost: f32| (cost * f32::from(CONSONANT)).round().clamp(0.0, 255.0) as Cost;
        let mut told: HashMap<(Option<u8>, Option<u8>), Cost> = HashMap::new();
        let mut tell = |one: &str, two: &str, cost: Cost| {
            let (one, two) = (codes.get(one).copied(), codes.get(two).copied());
            for pair in [(one, two), (two, one)] {
                let known = told.entry(pair).or_insert(cost);
                *known = cost.min(*known);
            }
        };
        for (between, sounds) in groups {
            // What may be left out may be left out each by itself.
            let nothing = sounds.contains(&NOTHING);
            for (at, one) in sounds.iter().enumerate() {
                for two in sounds[at + 1..].iter().filter(|two| !nothing || **two == NOTHING) {
                    tell(one, two, cost(*between));
                }
            }
        }
        let mut across: HashMap<(Option<u8>, Option<u8>), Cost> = HashMap::new();
        for (one, two, between) in learned {
            let pair = (codes.get(one).copied(), codes.get(two).copied());
            across.insert(pair, cost(*between));
            across.insert((pair.1, pair.0), cost(*between));
        }
        // A sound at its place is the sound itself where nothing else is said of it.
        let bare =
            |code: usize| codes.get(texts[code].trim_matches(['^', '$'])).map_or(code, |code| usize::from(*code));
        let lookup = |table: &HashMap<(Option<u8>, Option<u8>), Cost>, one: usize, two: Option<usize>| {
            let keys = [(one, two), (one, two.map(bare)), (bare(one), two), (bare(one), two.map(bare))];
            keys.into_iter().find_map(|(one, two)| table.get(&(Some(one as u8), two.map(|two| two as u8))).copied())
        };
        let mut costs =
            Self { count, pairs: vec![CONSONANT; count * count], drop: Vec::new(), drop_across: Vec::new() };
        for one in 0..count {
            let left_out = if vowels[one] { VOWEL } else { CONSONANT };
            let drop = lookup(&told, one, None).unwrap_or(left_out);
            costs.drop.push(drop);
            costs.drop_across.push(lookup(&across, one, None).unwrap_or(drop));
            for two in 0..count {
                let between = if one == two || bare(one) == bare(two) {
                    0
                } else if arabic[one] == arabic[two] {
                    lookup(&told, one, Some(two)).unwrap_or(match (vowels[one], vowels[two]) {
                        (true, true) => VOWEL,
                        (false, false) => CONSONANT,
                        _ => CLASH,
                    })
                } else {
                    let known = lookup(&across, one, Some(two)).or_else(|| lookup(&told, one, Some(two)));
                    known.unwrap_or(CLASH)
                };
                costs.pairs[one * count + two] = between;
            }
        }
        costs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(one: &str, other: &str) -> Cost {
        let code = |text| usize::from(INVENTORY.codes[text]);
        INVENTORY.costs.pairs[code(one) * INVENTORY.costs.count + code(other)]
    }

    #[test]
    fn costs_are_those_of_the_tables_in_either_order() {
        assert_eq!((cost("sh", "sch"), cost("q", "k"), cost("k", "q")), (0, 5, 5));
        assert_eq!((cost("b", "n"), cost("b", "a"), cost("h$", "h")), (CONSONANT, CLASH, 0));
        assert!(cost("ق", "q") < cost("ق", "m"));
        assert!(cost("ش", "sh") < 30 && cost("و", "ou") < 60);
    }

    #[test]
    fn every_sound_has_a_code() {
        let tables = [include_str!("../../../data/link/sounds.tsv"), include_str!("../../../data/link/arabic.tsv")];
        for (table, columns) in tables.into_iter().zip([&[1][..], &[0, 1]]) {
            for cells in rows(table) {
                for sound in columns.iter().flat_map(|column| cells[*column].split(' ')) {
                    assert!(sound == NOTHING || INVENTORY.codes.contains_key(sound), "{sound} in {cells:?}");
                }
            }
        }
    }
}
