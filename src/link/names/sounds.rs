//! Words as sequences of sounds, and what it costs to take one sound for another.
//!
//! A sound is a letter, or several letters that stand for one ("sh", "sch"); `inventory` says which there are.

use super::inventory::{CONSONANT, Cost, INVENTORY, VOWEL, VOWELS};

/// Sounds of a word that are compared; what comes after them is not.
pub(super) const MAX_SOUNDS: usize = 24;

/// Skeletons of a word beyond which no more are made.
const MOST_SKELETONS: usize = 4;

/// Letters of the longest sound.
const LONGEST: usize = 4;

/// A word as codes of sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sounds {
    codes: [u8; MAX_SOUNDS],
    len: u8,
    arabic: bool,
    /// What all of them would cost to leave out.
    mass: u16,
}

/// How far two words are apart, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Distance {
    /// The share of the words that differs: 0 for the same sounds, about 1 where nothing agrees.
    pub cost: f32,
    /// The sounds that differ most, if any; none for a sound that the other word does not have.
    pub worst: (Option<u8>, Option<u8>),
    /// Whether any consonants differ.
    pub consonants: bool,
}

impl Sounds {
    /// The sounds of a word, already folded but for letters with a sound of their own.
    pub fn of(word: &str) -> Self {
        let inventory = &*INVENTORY;
        let letters: Vec<char> = word.chars().take(MAX_SOUNDS * LONGEST).collect();
        let mut codes: Vec<(u8, &str)> = Vec::new();
        let mut at = 0;
        while at < letters.len() && codes.len() < MAX_SOUNDS {
            let longest = (1..=LONGEST.min(letters.len() - at)).rev().find_map(|length| {
                let text: String = letters[at..at + length].iter().collect();
                let glide = is_glide(&text, letters.get(at + length));
                let found = inventory.codes.get_key_value(text.as_str()).filter(|_| !glide);
                found.map(|(text, code)| (*text, *code, length))
            });
            match longest {
                Some((text, code, length)) => {
                    // Doubled letters are one sound: "Tattari". Arabic ones have a vowel between them.
                    let doubled = codes.last().is_some_and(|(last, _)| *last == code);
                    if !doubled || inventory.arabic[usize::from(code)] {
                        codes.push((code, text));
                    }
                    at += length;
                    let soft = letters.get(at).is_some_and(|next| matches!(next, 'e' | 'i' | 'y'));
                    let softened = inventory.codes.get(format!("{text}e").as_str());
                    if let (true, "c" | "g", Some(soft), Some(last)) = (soft, text, softened, codes.last_mut()) {
                        last.0 = *soft;
                    }
                }
                None => at += 1,
            }
        }
        let placed = |text: &str, code: &mut u8| {
            if let Some(own) = inventory.codes.get(text) {
                *code = *own;
            }
        };
        if let [first, _, ..] = codes.as_mut_slice() {
            placed(&format!("^{}", first.1), &mut first.0);
        }
        if let [_, .., last] = codes.as_mut_slice() {
            placed(&format!("{}$", last.1), &mut last.0);
        }
        let mut sounds = Self { len: codes.len() as u8, ..Self::default() };
        for (slot, (code, _)) in sounds.codes.iter_mut().zip(&codes) {
            *slot = *code;
            sounds.mass += u16::from(inventory.costs.drop[usize::from(*code)]);
            sounds.arabic |= inventory.arabic[usize::from(*code)];
        }
        sounds
    }

    /// The codes, in order.
    pub fn codes(&self) -> &[u8] {
        &self.codes[..usize::from(self.len)]
    }

    /// Whether nothing of the word can be compared.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Both after each other, as one word.
    pub fn joined(&self, other: &Self) -> Self {
        let mut both = *self;
        for code in other.codes() {
            if usize::from(both.len) < MAX_SOUNDS {
                both.codes[usize::from(both.len)] = *code;
                both.len += 1;
            }
        }
        both.mass += other.mass;
        both
    }

    /// The consonants that no spelling leaves out, those that spellings take for each other under one letter. A sound that may
    /// be either of two makes for several skeletons, the likeliest first; of those only some.
    pub fn skeletons(&self) -> Vec<String> {
        let mut skeletons = vec![String::new()];
        for code in self.codes() {
            let classes = &INVENTORY.classes[usize::from(*code)];
            let Some((first, others)) = classes.split_first() else { continue };
            let whole = skeletons.len();
            for other in others {
                if skeletons.len() < MOST_SKELETONS {
                    let with = |skeleton: &String| format!("{skeleton}{other}");
                    skeletons.extend(skeletons[..whole].iter().map(with).collect::<Vec<_>>());
                }
            }
            skeletons[..whole].iter_mut().for_each(|skeleton| skeleton.push(*first));
        }
        skeletons
    }

    /// Whether the first sounds are none that spellings take for each other.
    pub fn begins_unlike(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (self.codes().first(), other.codes().first()) else { return false };
        INVENTORY.costs.pairs[usize::from(*one) * INVENTORY.costs.count + usize::from(*other)] >= VOWEL
    }

    /// How far `other` is from this; none if further than `limit`. Weighted edit distance (Wagner & Fischer 1974), over the
    /// mean of what both words would cost to leave out.
    pub fn distance(&self, other: &Self, limit: f32) -> Option<Distance> {
        if self == other {
            return Some(Distance { cost: 0.0, worst: (None, None), consonants: false });
        }
        let mass = mean_mass(self, other);
        let most = (limit * mass) as u16;
        let costs = &INVENTORY.costs;
        let drop = if self.arabic == other.arabic { &costs.drop } else { &costs.drop_across };
        let (left, right) = (self.codes(), other.codes());
        let mut table = [[0u16; MAX_SOUNDS + 1]; MAX_SOUNDS + 1];
        for (column, code) in right.iter().enumerate() {
            table[0][column + 1] = table[0][column] + u16::from(drop[usize::from(*code)]);
        }
        for (row, one) in left.iter().enumerate() {
            let dropped = u16::from(drop[usize::from(*one)]);
            let pairs = &costs.pairs[usize::from(*one) * costs.count..][..costs.count];
            let [before, now] = &mut table[row..row + 2] else { return None };
            now[0] = before[0] + dropped;
            let mut least = now[0];
            for (column, two) in right.iter().enumerate() {
                let two = usize::from(*two);
                let pair = before[column] + u16::from(pairs[two]);
                let left_out = (before[column + 1] + dropped).min(now[column] + u16::from(drop[two]));
                now[column + 1] = pair.min(left_out);
                least = least.min(now[column + 1]);
            }
            if least > most {
                return None;
            }
        }
        let total = table[left.len()][right.len()];
        if total > most {
            return None;
        }
        let (worst, consonants) = trace(&table, left, right, drop);
        Some(Distance { cost: f32::from(total) / mass, worst, consonants })
    }
}

/// What both words would cost to leave out, on average; that of very short ones is taken for more.
fn mean_mass(one: &Sounds, other: &Sounds) -> f32 {
    let mass = (f32::from(one.mass) + f32::from(other.mass)) / 2.0;
    mass.max(f32::from(CONSONANT) * 1.5)
}

/// The sounds that differ most on the cheapest way through the table, and whether consonants differ.
fn trace(
    table: &[[u16; MAX_SOUNDS + 1]; MAX_SOUNDS + 1],
    left: &[u8],
    right: &[u8],
    drop: &[Cost],
) -> ((Option<u8>, Option<u8>), bool) {
    let inventory = &*INVENTORY;
    let (mut row, mut column) = (left.len(), right.len());
    let (mut worst, mut most, mut consonants) = ((None, None), 0, false);
    while row > 0 || column > 0 {
        let here = table[row][column];
        let one = row.checked_sub(1).map(|at| left[at]);
        let two = column.checked_sub(1).map(|at| right[at]);
        let step = match (one, two) {
            (Some(one), Some(two))
                if here
                    == table[row - 1][column - 1]
                        + u16::from(
                            inventory.costs.pairs[usize::from(one) * inventory.costs.count + usize::from(two)],
                        ) =>
            {
                (Some(one), Some(two))
            }
            (Some(one), _) if here == table[row - 1][column] + u16::from(drop[usize::from(one)]) => (Some(one), None),
            (_, two) => (None, two),
        };
        row -= usize::from(step.0.is_some());
        column -= usize::from(step.1.is_some());
        let cost = here - table[row][column];
        let sounds = [step.0, step.1].into_iter().flatten();
        consonants |= step.0 != step.1 && cost > 0 && sounds.clone().any(|code| !inventory.vowels[usize::from(code)]);
        if step.0 != step.1 && cost > most {
            (worst, most) = (step, cost);
        }
    }
    (worst, consonants)
}

/// Whether the last of two letters begins a syllable, or ends the word as a consonant: "Zarqawi", "Saydnaya", "Sakharow".
fn is_glide(letters: &str, next: Option<&char>) -> bool {
    match letters {
        "aw" | "ow" => next.is_none_or(|next| VOWELS.contains(*next) || *next == 'w'),
        "ay" | "ey" | "ai" | "ei" => next.is_some_and(|next| VOWELS.contains(*next) || *next == 'y'),
        _ => false,
    }
}

/// How a sound is written in the tables, without marks of its place.
pub(super) fn written(code: u8) -> &'static str {
    INVENTORY.texts.get(usize::from(code)).map_or("", |text| text.trim_matches(['^', '$']))
}

/// The sounds that a word is read as: what the tables of costs speak of. A sound at the beginning or the end may be one
/// of its own ("^a", "h$").
///
/// ```
/// use isnad::link::names::sounds;
/// assert_eq!(sounds("khoury"), ["kh", "ou", "r", "y$"]);
/// assert_eq!(sounds("خوري"), ["خ", "و", "ر", "ي"]);
/// ```
pub fn sounds(word: &str) -> Vec<&'static str> {
    Sounds::of(word).codes().iter().map(|code| INVENTORY.texts[usize::from(*code)]).collect()
}
