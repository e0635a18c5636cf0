//! Keys by which names are found that may be spellings of one.
//!
//! Comparing every name with every other takes too long; names that share no key need not be compared. Keys rest on the
//! skeletons of parts, which spellings and scripts hardly change, and take two of them together, because one alone is
//! shared by too many: "Mohammed", "Hassan".

use super::name::Name;
use super::part::{Part, Role};

/// Parts of a name that keys are made of: those that tell most.
const MOST_PARTS: usize = 4;

/// How rare a part is that is a key of its own.
const RARE: f32 = 0.75;

/// Consonants of such a part, at least.
const LONG: usize = 3;

/// The keys of a name, in order, each once; none if it has nothing to tell it from others. Names whose skeletons agree in two
/// parts share one, and so do those that agree in a single rare part, in the number of a site, of names of two parts in one and
/// the beginning of the other ("V. Putin") or all but one of its consonants, or, of names of a single part, in all but one of
/// its consonants.
///
/// ```
/// use isnad::link::names::{Name, NameKind, keys};
///
/// let keys = |text| keys(&Name::parse(text, NameKind::Person));
/// let shared = |one, other| keys(one).iter().any(|key| keys(other).contains(key));
/// assert!(shared("Mohammed Hassan", "محمد حسن"));
/// assert!(shared("Ragheed Tatari", "Raghid Ahmad al-Tattari"));
/// assert!(!shared("Mohammed Hassan", "Mohammed Ibrahim"));
/// assert!(keys("🙂").is_empty());
/// ```
pub fn keys(name: &Name) -> Vec<u64> {
    let mut told: Vec<(Vec<String>, &Part)> = name.parts().iter().map(|part| (skeletons(part), part)).collect();
    told.retain(|(skeletons, _)| !skeletons.is_empty());
    let mut keys = Vec::new();
    if let [(one, first), (other, second)] = told.as_slice()
        && first.role == Role::Name
        && second.role == Role::Name
    {
        keys.push(hash(&["one", &format!("{}{}", one[0], other[0])]));
    }
    // "Xiao-bo" is one name with "Xiaobo".
    for at in 1..told.len().min(MOST_PARTS) {
        let syllable =
            |(skeletons, part): &(Vec<String>, &Part)| part.role == Role::Name && skeletons[0].len() <= SYLLABLE;
        if told.len() == 3 && told[at - 1..=at].iter().all(syllable) {
            let joined = format!("{}{}", told[at - 1].0[0], told[at].0[0]);
            keys.push(two(&joined, &told[if at == 1 { 2 } else { 0 }].0[0]));
        }
    }
    told.sort_by(|(_, one), (_, other)| other.rarity.total_cmp(&one.rarity));
    told.truncate(MOST_PARTS);
    let alone = told.len() == 1;
    for (index, (skeletons, part)) in told.iter().enumerate() {
        for skeleton in skeletons {
            let long = skeleton.chars().count() >= LONG;
            if alone || (part.rarity >= RARE && long) {
                keys.push(hash(&["one", skeleton]));
            }
            if alone {
                keys.extend(without_one(skeleton).map(|shorter| hash(&["slip", &shorter])));
            }
            for (others, _) in &told[index + 1..] {
                for other in others {
                    keys.push(two(skeleton, other));
                }
            }
        }
    }
    if let [(one, first), (other, second)] = told.as_slice() {
        // Too few parts to lose one over a slip of the pen or an initial.
        for (whole, part, begun) in [(one, first, other), (other, second, one)] {
            if part.rarity >= BEGUN && whole[0].chars().count() >= 2 {
                keys.push(hash(&["begun", &whole[0], &begun[0][..begun[0].chars().next().map_or(0, char::len_utf8)]]));
            } else {
                // Too many people have it for that: the other part may lack a consonant, no more.
                keys.extend(without_one(&begun[0]).map(|shorter| hash(&["two slip", &whole[0], &shorter])));
            }
        }
    }
    if told.is_empty() {
        // Bodies that are called by words alone: "World Bank".
        let mut words: Vec<&str> = name.parts().iter().filter_map(|part| part.meaning).collect();
        words.sort_unstable();
        words.retain(|word| *word != "of");
        if !words.is_empty() {
            keys.push(hash(&["words", &words.join(" ")]));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Consonants of a syllable that may be written as part of a word.
const SYLLABLE: usize = 2;

/// The key of two parts in either order.
fn two(one: &str, other: &str) -> u64 {
    hash(&["two", one.min(other), one.max(other)])
}

/// How rare a part is that is a key with the beginning of another.
const BEGUN: f32 = 0.5;

/// What a part is in keys; nothing for those that tell nothing by themselves.
fn skeletons(part: &Part) -> Vec<String> {
    match part.role {
        Role::Name | Role::Initial => part.skeletons().into_iter().filter(|skeleton| !skeleton.is_empty()).collect(),
        Role::Number => part.number.map(|number| format!("#{number}")).into_iter().collect(),
        Role::Place => part.meaning.map(str::to_owned).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A skeleton without each of its consonants, and whole.
fn without_one(skeleton: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = skeleton.chars().collect();
    let all = letters.len();
    (0..=all).map(move |without| {
        letters.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, letter)| letter).collect()
    })
}

/// A hash over fields that are told apart.
fn hash(fields: &[&str]) -> u64 {
    crate::text::hash(fields.iter().flat_map(|field| field.bytes().chain([0xff])))
}
