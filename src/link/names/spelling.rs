//! How two parts of names match: the same word in another spelling, or not.

use super::compare::How;
use super::letters::Script;
use super::part::{Part, Role, Unit};
use super::sounds::{Distance, written};

/// Parts that differ more than this are no spellings of each other.
pub(super) const FARTHEST: f32 = 0.42;

/// Costs from which on letters differ, rather than ways to spell them.
pub(super) const RESPELLED: f32 = 0.12;

/// What no pair of parts costs more than.
const DIFFERENT: f32 = 1.0;

/// What a spelling costs that people are known to use for the other.
const LISTED: f32 = 0.03;

/// The share of what two spellings stand for from which on they are known to be one name, and up to which they are not.
const SAME_NAME: f32 = 0.4;
const OTHER_NAME: f32 = 0.03;

/// What is added where only one side says "Abd al-", "-al-Din" and the like.
const HALF_UNIT: f32 = 0.15;

/// What an initial costs in place of its name.
const INITIAL: f32 = 0.15;

/// Letters up to which a word must sound the same, and what that may cost.
const TOO_SHORT: usize = 2;
const ALIKE: f32 = 0.1;

/// Letters of a short word, and by how much a sound of it counts more.
const SHORT: usize = 3;
const ONE_OF_FEW: f32 = 1.4;

/// By how much a letter counts more that is a syllable or a word.
const SYLLABLE: f32 = 2.0;

/// Two parts held against each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pairing {
    /// 0 for the same, [`DIFFERENT`] for anything else.
    pub cost: f32,
    pub how: How,
    /// Whether both are well known as spellings of different names.
    pub distinct: bool,
    /// Letters by which they differ, where that is not for one spelling or the other.
    pub letters: f32,
    /// Whether the first sounds are not taken for each other.
    pub beginning: bool,
    /// Whether only one side says "Abd al-", "-al-Din" and the like.
    pub half_unit: bool,
}

impl Pairing {
    pub const fn new(cost: f32, how: How) -> Self {
        Self { cost, how, distinct: false, letters: 0.0, beginning: false, half_unit: false }
    }
}

/// Holds two parts against each other; none where they are of sorts that are never one.
pub(super) fn pair(left: &Part, right: &Part) -> Option<Pairing> {
    let different = Pairing::new(DIFFERENT, How::Conflict);
    if let (Some(one), Some(other)) = (left.number, right.number) {
        return Some(if one == other { Pairing::new(0.0, How::Number) } else { different });
    }
    if left.number.is_some() != right.number.is_some() {
        return None;
    }
    if let (Some(one), Some(other)) = (left.meaning, right.meaning) {
        let how = if left.text == right.text { How::Same } else { How::Generic };
        return (one == other && left.role == right.role).then_some(Pairing::new(0.0, how));
    }
    match (left.role, right.role) {
        (Role::Initial, Role::Initial) => {
            Some(if left.text == right.text { Pairing::new(0.0, How::Same) } else { different })
        }
        (Role::Initial, Role::Name) => Some(initial(left, right)),
        (Role::Name, Role::Initial) => Some(initial(right, left)),
        (Role::Name | Role::Place, Role::Name | Role::Place) => Some(names(left, right)),
        _ => None,
    }
}

fn initial(letter: &Part, name: &Part) -> Pairing {
    let same = letter.text.chars().next() == name.text.chars().next()
        || letter.sounds.codes().first().is_some_and(|code| name.sounds.codes().first() == Some(code));
    if same { Pairing::new(INITIAL, How::Initial) } else { Pairing::new(DIFFERENT, How::Conflict) }
}

fn names(left: &Part, right: &Part) -> Pairing {
    let unit = match (left.unit, right.unit) {
        (one, other) if one == other => 0.0,
        (Unit::Plain, _) | (_, Unit::Plain) => HALF_UNIT,
        _ => return Pairing::new(DIFFERENT, How::Conflict),
    };
    let mut pairing = words(left, right);
    if unit > 0.0
        && let Some(joined) = one_word(left, right)
        && joined < pairing.cost + unit
    {
        return Pairing::new(joined, How::Article);
    }
    pairing.cost = (pairing.cost + unit).min(DIFFERENT);
    pairing.half_unit = unit > 0.0;
    if pairing.how == How::Same && (unit > 0.0 || left.article != right.article) {
        pairing.how = How::Article;
    }
    pairing
}

/// The distance of a unit from a word that may be the same, written as one: "Abu Kamal", "Boukamal".
fn one_word(left: &Part, right: &Part) -> Option<f32> {
    let whole = |part: &Part| part.whole.unwrap_or(part.sounds);
    Some(whole(left).distance(&whole(right), FARTHEST / 2.0)?.cost)
}

fn words(left: &Part, right: &Part) -> Pairing {
    if left.text == right.text {
        return Pairing::new(0.0, How::Same);
    }
    let acronym = left.acronym || right.acronym;
    if acronym || (left.script == Script::Other) != (right.script == Script::Other) {
        return Pairing::new(DIFFERENT, How::Conflict);
    }
    let known = left.known.zip(right.known);
    let shared = known.map(|(one, other)| one.shared(other));
    if shared.is_some_and(|shared| shared >= SAME_NAME) {
        return Pairing::new(LISTED, How::Table);
    }
    let shorter = if left.script == right.script { left.letters.min(right.letters) } else { usize::MAX };
    let mut nearest = Pairing::new(DIFFERENT, How::Conflict);
    if let Some(distance) = distance(left, right) {
        // One sound of a short word is most of it.
        let cost = distance.cost * if shorter <= SHORT { ONE_OF_FEW } else { 1.0 };
        let how = match distance.worst {
            _ if left.script != right.script => How::Transliteration,
            (one, other) if distance.consonants => How::Consonants(one.map_or("", written), other.map_or("", written)),
            _ => How::Vowels,
        };
        nearest = if cost <= FARTHEST { Pairing::new(cost, how) } else { nearest };
    }
    if shorter <= TOO_SHORT {
        return if nearest.cost <= ALIKE { nearest } else { Pairing::new(DIFFERENT, How::Conflict) };
    }
    let across = (left.script == Script::Arabic) != (right.script == Script::Arabic);
    let longer = left.letters.max(right.letters) as f32;
    let syllables = if left.script == Script::Other && left.text.chars().all(is_syllable) { SYLLABLE } else { 1.0 };
    if !across && (nearest.cost < DIFFERENT || fewest_edits(left, right) / longer * syllables <= FARTHEST) {
        let edits = f32::from(edits(&left.text, &right.text));
        let typed = edits / longer * syllables;
        if typed < nearest.cost && typed <= FARTHEST {
            nearest = Pairing::new(typed, How::Typo);
        }
        nearest.letters = edits;
    }
    nearest.beginning = left.sounds.begins_unlike(&right.sounds);
    let well_known = known.is_some_and(|(one, other)| one.is_well_known() && other.is_well_known());
    nearest.distinct = well_known && shared.is_some_and(|shared| shared <= OTHER_NAME);
    nearest
}

/// The distance of the sounds, with or without what may be an attached article; none if they are too far apart.
fn distance(left: &Part, right: &Part) -> Option<Distance> {
    if left.sounds.is_empty() || right.sounds.is_empty() {
        return None;
    }
    let mut nearest = left.sounds.distance(&right.sounds, FARTHEST);
    for (one, other) in [(left.without_article, Some(right.sounds)), (Some(left.sounds), right.without_article)] {
        let (Some(one), Some(other)) = (one, other) else { continue };
        let limit = nearest.map_or(FARTHEST, |nearest| nearest.cost);
        nearest = one.distance(&other, limit).or(nearest);
    }
    nearest
}

/// Letters by which two words differ at least: of one that only one of them has, each must be changed.
fn fewest_edits(left: &Part, right: &Part) -> f32 {
    let only = |one: u64, other: u64| (one & !other).count_ones();
    only(left.letter_set, right.letter_set).max(only(right.letter_set, left.letter_set)) as f32
}

/// A letter of Chinese, Japanese or Korean.
fn is_syllable(letter: char) -> bool {
    matches!(u32::from(letter), 0x1100..=0x11ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0x20000..=0x3ffff)
}

/// Letters of a word that are compared for slips.
const MOST_LETTERS: usize = 24;

/// How many letters were typed or read wrong: left out, added, changed, or swapped with the next (Damerau 1964).
pub(super) fn edits(left: &str, right: &str) -> u8 {
    let mut one = ['\0'; MOST_LETTERS];
    let mut other = ['\0'; MOST_LETTERS];
    let fill = |slots: &mut [char; MOST_LETTERS], text: &str| {
        slots.iter_mut().zip(text.chars()).map(|(slot, letter)| *slot = letter).count()
    };
    let (rows, columns) = (fill(&mut one, left), fill(&mut other, right));
    let mut table = [[0u8; MOST_LETTERS + 1]; 3];
    for (column, cell) in table[0].iter_mut().enumerate() {
        *cell = column as u8;
    }
    for row in 1..=rows {
        let (now, before, earlier) = (row % 3, (row + 2) % 3, (row + 1) % 3);
        table[now][0] = row as u8;
        for column in 1..=columns {
            let changed = table[before][column - 1] + u8::from(one[row - 1] != other[column - 1]);
            let mut least = changed.min(table[before][column] + 1).min(table[now][column - 1] + 1);
            let swapped =
                row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
            if swapped {
                least = least.min(table[earlier][column - 2] + 1);
            }
            table[now][column] = least;
        }
    }
    table[rows % 3][columns]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::names::{Name, NameKind};

    fn cost(one: &str, other: &str) -> Pairing {
        let part = |text| Name::parse(text, NameKind::Person).parts()[0].clone();
        pair(&part(one), &part(other)).expect("both are names")
    }

    #[test]
    fn slips_are_counted() {
        for (one, other, count) in
            [("putin", "pulin", 1), ("assad", "asasd", 1), ("angela", "anglea", 1), ("abc", "abc", 0), ("", "ab", 2)]
        {
            assert_eq!(edits(one, other), count, "{one} {other}");
        }
    }

    #[test]
    fn spellings_of_one_name_are_near() {
        for (one, other) in [
            ("Ragheed", "Raghid"),
            ("Tattari", "Tatary"),
            ("Bachar", "Bashar"),
            ("Qaddafi", "Gaddafi"),
            ("Jolani", "Golani"),
            ("Jawlani", "Joulani"),
            ("Dschulani", "Jolani"),
            ("Khateeb", "Katib"),
            ("Serriya", "Seria"),
            ("Haroun", "Harun"),
            ("Hafez", "Hafidh"),
            ("Osman", "Uthman"),
            ("Nuristani", "Nooristani"),
            ("Alkhatib", "Khatib"),
            ("Youssef", "يوسف"),
            ("Tatari", "الططري"),
            ("Ramzan", "Рамзан"),
            ("Cemal", "Jamal"),
        ] {
            assert!(cost(one, other).cost < 0.2, "{one} {other}: {:?}", cost(one, other));
        }
    }

    #[test]
    fn other_names_are_far_or_known_to_differ() {
        for (one, other) in [
            ("Tikriti", "Mosuli"),
            ("Hanania", "Haroun"),
            ("Bassam", "Basem"),
            ("Hassan", "Hussein"),
            ("Nu", "Na"),
            ("Harbi", "Subhi"),
        ] {
            let pairing = cost(one, other);
            assert!(pairing.cost > 0.3 || pairing.distinct, "{one} {other}: {pairing:?}");
        }
    }
}
