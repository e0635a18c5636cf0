//! How likely two entities are one: the odds, and what they rest on.
//!
//! The odds are a sum of natural logarithms, after Fellegi and Sunter (1969): what the name tells of who has it, how
//! sure it is that both names are spellings of one, what both are said to share, the more the rarer it is, and what
//! contradicts.

use super::life::Conflict;
use super::names::{self, Name, NameKind};
use super::node::{Facts, Node};
use crate::model::EntityType;
use crate::text::fold;

/// From here on two are one.
pub(super) const SAME: f64 = 3.0;
/// From here on two may be one.
pub(super) const POSSIBLE: f64 = -0.5;
/// Logarithm of how many people, of whom reports may speak, somebody is drawn from: ten thousand.
const PEOPLE: f64 = 9.2;
/// Odds for sites and for bodies of one name: their names are given to tell them apart.
const SITE: f64 = 6.0;
const BODY: f64 = 4.6;
/// Odds for bodies of one acronym.
const ACRONYM: f64 = 2.0;
/// What is added to the odds that names of sites are one: there are far fewer to mix them up with than people.
const FEW: f64 = 1.0;
/// Names that are less likely spellings of one are not looked at further.
const LEAST_LIKE: f64 = 0.25;
/// Odds that names are one that are the same letter for letter.
const LETTER_FOR_LETTER: f64 = 8.0;
/// Characters of an acronym.
const LONGEST_ACRONYM: usize = 7;
/// What agreement in a fact counts for each natural unit of its rarity, and at most.
const AGREES: (f64, f64) = (0.5, 2.5);
/// What agreement in facts counts at most together.
const AGREES_TOGETHER: f64 = 6.0;
/// A part in which both names differ, such as that of the father.
const OTHER_PART: f64 = -4.0;
/// One name lacks the first of the other: "Ahmad Tatari", "Ragheed Ahmad Tatari".
const FIRST_MISSING: f64 = -3.0;
/// Men and women, and years of birth that exclude each other.
const CONTRADICTS: f64 = -9.0;
/// Different days of death.
const DIED_APART: f64 = -4.0;
/// A document speaks of both, and does not take them for one.
const BESIDE: f64 = -7.0;
/// They lie in different places.
const ELSEWHERE: f64 = -1.5;

/// What speaks for or against two being one.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// What it adds to the odds.
    pub weight: f64,
}

/// How the names of an entity of a kind are read; none where names are not compared.
pub(super) fn name_kind(kind: EntityType) -> Option<NameKind> {
    match kind {
        EntityType::Person => Some(NameKind::Person),
        EntityType::Organization => Some(NameKind::Organization),
        EntityType::Facility => Some(NameKind::Facility),
        _ => None,
    }
}

/// Whether a name is enough to be held against others: of people, one name alone is not.
pub(super) fn is_comparable(name: &Name) -> bool {
    let told = name.parts().iter().filter(|part| part.role.is_content()).count();
    !name.is_empty() && (name.kind() != NameKind::Person || told >= 2)
}

/// Whether a name is a few capitals, which stand for many things.
fn is_acronym(name: &Name) -> bool {
    let letters = name.text().chars().filter(|letter| letter.is_alphabetic());
    name.text().chars().count() <= LONGEST_ACRONYM
        && letters.clone().count() > 1
        && letters.clone().all(char::is_uppercase)
}

/// What a name alone tells: the odds that two people who have it are one.
pub(super) fn of_name(information: f64) -> f64 {
    information - PEOPLE
}

/// Whether a personal name is rare enough to be the same person wherever it stands.
///
/// ```
/// use isnad::link::is_distinctive;
/// assert!(is_distinctive("Ragheed al-Tatari"));
/// assert!(!is_distinctive("Mohammed Ahmed"));
/// assert!(!is_distinctive("Ragheed"));
/// ```
pub fn is_distinctive(name: &str) -> bool {
    let name = Name::parse(name, NameKind::Person);
    let told = name.parts().iter().filter(|part| part.role == names::Role::Name).count();
    told >= 2 && of_name(name.information()) >= SAME
}

/// The odds of two nodes, without a word on why.
pub(super) fn odds(one: &Node, other: &Node, facts: &Facts) -> f64 {
    weigh(one, other, facts, &mut |_, _| {})
}

/// The odds of two nodes and what they rest on.
pub(super) fn explained(one: &Node, other: &Node, facts: &Facts) -> (f64, Vec<Reason>) {
    let mut reasons = Vec::new();
    let odds = weigh(one, other, facts, &mut |weight, text| reasons.push(Reason { text: text(), weight }));
    (odds, reasons)
}

/// The two names that are most alike, and how likely they are spellings of one.
fn nearest<'n>(one: &'n Node, other: &'n Node) -> Option<(&'n Name, &'n Name, f64)> {
    let pairs = one.names.iter().flat_map(|left| other.names.iter().map(move |right| (left, right)));
    pairs
        .map(|(left, right)| (left, right, names::score(left, right)))
        .max_by(|one, other| one.2.total_cmp(&other.2))
        .filter(|(_, _, score)| *score >= LEAST_LIKE)
}

type Told<'f> = &'f mut dyn FnMut(f64, &dyn Fn() -> String);

fn weigh(one: &Node, other: &Node, facts: &Facts, told: Told<'_>) -> f64 {
    let Some((left, right, likely)) = nearest(one, other) else { return f64::NEG_INFINITY };
    let mut odds = 0.0;
    let mut add = |weight: f64, text: &dyn Fn() -> String| {
        odds += weight;
        told(weight, text);
    };
    let spelled = if fold(left.text()) == fold(right.text()) {
        LETTER_FOR_LETTER
    } else {
        (likely / (1.0 - likely).max(1e-6)).ln()
    };
    let rarity = match one.kind {
        EntityType::Person => of_name(left.information().min(right.information())),
        EntityType::Facility => SITE,
        _ if is_acronym(left) || is_acronym(right) => ACRONYM,
        _ => BODY,
    };
    add(rarity, &|| match one.kind {
        EntityType::Person if rarity < SAME => format!("many may be called {}", left.text()),
        EntityType::Person => format!("few are called {}", left.text()),
        _ if rarity < SAME => "few capitals stand for many things".to_owned(),
        _ => "names of such things are given to tell them apart".to_owned(),
    });
    // They are one only if both names are one: the odds of both together are below those of either.
    let spelled = if one.kind == EntityType::Facility { spelled + FEW } else { spelled };
    let both = -((-spelled).exp() + (-rarity).exp()).ln();
    add(both - rarity, &|| {
        let how: Vec<String> = names::compare(left, right).parts.iter().map(|part| shown(left, right, part)).collect();
        format!("{} / {}: {}", left.text(), right.text(), how.join(", "))
    });
    if one.kind == EntityType::Person && both > POSSIBLE {
        let compared = names::compare(left, right);
        if compared.is_contradicted() {
            add(OTHER_PART, &|| "a part of one name contradicts the other".to_owned());
        }
        if lacks_first(left, right, &compared.parts) {
            add(FIRST_MISSING, &|| "one may be called as the father or family of the other".to_owned());
        }
    }
    let mut agreed = 0.0;
    for (fact, weight) in facts.shared(one, other) {
        let rarity = (AGREES.0 * weight).min(AGREES.1).min(AGREES_TOGETHER - agreed);
        if rarity > 0.0 {
            agreed += rarity;
            add(rarity, &|| format!("both: {}", facts.told(fact)));
        }
    }
    for conflict in one.life.conflicts(&other.life) {
        let weight = if matches!(conflict, Conflict::Died(..)) { DIED_APART } else { CONTRADICTS };
        add(weight, &|| match conflict {
            Conflict::Gender => "one is a man, the other a woman".to_owned(),
            Conflict::Born(left, right) => format!("born {}–{} and {}–{}", left.0, left.1, right.0, right.1),
            Conflict::Died(left, right) => format!("died {}–{} and {}–{}", left.0, left.1, right.0, right.1),
        });
    }
    if one.kind == EntityType::Facility && facts.in_other_cities(one, other) {
        add(ELSEWHERE, &|| "said to be in different places".to_owned());
    }
    if one.stands_beside(other) {
        add(BESIDE, &|| "one document names both as two".to_owned());
    }
    odds
}

/// Whether what a name begins with has nothing beside it in the other.
fn lacks_first(left: &Name, right: &Name, parts: &[names::PartMatch]) -> bool {
    let first = |name: &Name| name.parts().iter().position(|part| part.role == names::Role::Name);
    let (one, other) = (first(left), first(right));
    let missing = parts.iter().filter(|part| part.how == names::How::Missing);
    missing
        .into_iter()
        .any(|part| part.left.is_some() && part.left == one || part.right.is_some() && part.right == other)
}

/// One part of two names beside each other.
fn shown(left: &Name, right: &Name, part: &names::PartMatch) -> String {
    let words = |name: &Name, index: Option<usize>| {
        index.map_or("–".to_owned(), |at| name.written(&name.parts()[at]).to_owned())
    };
    let how = match part.how {
        names::How::Same => return words(left, part.left),
        names::How::Consonants(one, other) => format!("{one}~{other}"),
        other => format!("{other:?}").to_lowercase(),
    };
    format!("{}~{} ({how})", words(left, part.left), words(right, part.right))
}
