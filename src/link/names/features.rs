//! What is said of two names, in numbers.

use super::NameKind;
use super::align::Alignment;
use super::compare::How;
use super::letters::Script;
use super::name::Name;
use super::part::{Part, Role, Unit};
use super::spelling::{Pairing, RESPELLED};

/// What a feature may do to the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Evidence for one name.
    Raises,
    /// Evidence against it.
    Lowers,
    /// Either, as the pairs tell.
    Either,
}

impl Effect {
    /// Whether a weight has the sign that it must have.
    pub fn allows(self, weight: f64) -> bool {
        match self {
            Self::Raises => weight >= 0.0,
            Self::Lowers => weight <= 0.0,
            Self::Either => true,
        }
    }
}

/// A feature, as `data/link/names.toml` calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// What it may do to the score.
    pub effect: Effect,
}

macro_rules! features {
    ($($field:ident $name:literal $effect:ident),* $(,)?) => {
        /// All features, in order.
        pub const FEATURES: &[Feature] = &[$(Feature { name: $name, effect: Effect::$effect }),*];

        /// The features by name while they are counted.
        #[derive(Debug, Clone, Copy, Default)]
        struct Counted { $($field: f32),* }

        impl Counted {
            fn values(&self) -> [f32; FEATURES.len()] {
                [$(self.$field),*]
            }
        }
    };
}

features! {
    information "information" Raises,
    single "one part each" Lowers,
    single_of_more "one part of several" Lowers,
    spelling "spelling" Lowers,
    worst "worst spelling" Lowers,
    respelled "respelled parts" Lowers,
    conflict "conflict" Lowers,
    conflicts "conflicts" Lowers,
    nothing "nothing in common" Lowers,
    missing "missing" Lowers,
    many_missing "many missing" Lowers,
    missing_thing "missing of a thing" Lowers,
    number_same "number" Raises,
    body_number_missing "number missing of a body" Lowers,
    head_same "sort" Raises,
    head_missing "sort missing" Lowers,
    word_missing "words missing" Lowers,
    words_differ "words differ" Lowers,
    sector_missing "sector missing" Lowers,
    sector_differs "sector differs" Lowers,
    legal_differs "legal form differs" Lowers,
    order "other order" Lowers,
    lineage "father and son" Lowers,
    swapped "two parts swapped" Lowers,
    slips "slips" Lowers,
    beginning "other beginning" Lowers,
    far "far spelling" Lowers,
    common_alone "common and alone" Lowers,
    site_spelling "spelling of a site" Lowers,
    site_slips "slips of a site" Lowers,
    body_word_missing "words missing of a body" Lowers,
    place_missing "place missing" Lowers,
    place_differs "place differs" Lowers,
    distinct "known to differ" Lowers,
    title "title differs" Lowers,
    scripts "two scripts" Either,
    thing "thing" Either,
    site "site" Either,
}

/// What is said of two names.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    values: [f32; FEATURES.len()],
    impossible: bool,
    weak: bool,
}

/// Information beyond this makes nothing surer.
const ENOUGH: f32 = 2.5;

/// How far beyond that it is sure that letters differ.
const SURE: f32 = 0.12;

/// Costs from which on a spelling is doubtful.
const FAR: f32 = 0.25;

/// Letters that anybody may mistype.
const ONE_SLIP: f32 = 1.0;

/// How much of their weight places and initials have.
const PLACE: f32 = 0.6;
const INITIAL: f32 = 0.3;

/// What a name is worth at most that many people have.
const MANY: f32 = 0.66;

/// What any part is worth, and slips beyond which it makes no difference how many.
const LEAST: f32 = 0.05;
const MOST_SLIPS: f32 = 5.0;

/// What a part is worth that stands twice in its own name.
const REPEATED: f32 = 0.2;

impl Features {
    /// The values, in the order of [`FEATURES`].
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Whether the names cannot be one whatever else is said: numbers or sorts that differ, or nothing to compare.
    pub fn is_impossible(&self) -> bool {
        self.impossible
    }

    /// Whether all that two persons share is one name that many others have: "Omar". That is never enough.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    pub(super) fn of(one: &Name, other: &Name, alignment: &Alignment) -> Self {
        let mut counted = Counted::default();
        let thing = one.kind() != NameKind::Person;
        let site = matches!(one.kind(), NameKind::Facility | NameKind::Place);
        counted.thing = f32::from(u8::from(thing));
        counted.site = f32::from(u8::from(site));
        let (is_told, weak) = counted.matched(one, other, alignment);
        if site {
            counted.site_slips = counted.slips;
            counted.site_spelling = counted.spelling;
        }
        let is_impossible = counted.unmatched(one, other, alignment, thing);
        counted.compare_order(one, other, alignment);
        Self { values: counted.values(), impossible: is_impossible || !is_told, weak }
    }
}

impl Counted {
    /// Counts what goes together; whether that tells anything at all, and whether it is only a name that many have.
    fn matched(&mut self, one: &Name, other: &Name, alignment: &Alignment) -> (bool, bool) {
        let (left, right) = (one.parts(), other.parts());
        let (mut cost, mut all, mut count, mut last) = (0.0, 0.0, 0, None);
        let (mut letters_alone, mut words_agree, mut weak) = (true, false, false);
        for (row, column, pairing) in &alignment.matched {
            let (part, counterpart) = (&left[*row], &right[*column]);
            match part.role {
                Role::Head => self.head_same = 1.0,
                Role::Number => self.number_same = 1.0,
                Role::Word | Role::Sector => words_agree = true,
                _ => {}
            }
            // A part that the other name writes as two stands in the list with each of them.
            if !part.role.is_content() || last.replace(*row) == Some(*row) {
                continue;
            }
            let weight = weight(part).min(weight(counterpart)).max(LEAST);
            self.information += weight * (1.0 - pairing.cost);
            cost += weight * pairing.cost;
            all += weight;
            count += 1;
            let sure = ((pairing.cost - RESPELLED) / SURE).clamp(0.0, 1.0);
            self.worst = self.worst.max(pairing.cost);
            self.far += (pairing.cost - FAR).max(0.0);
            self.slips += (pairing.letters - ONE_SLIP).max(0.0) * sure;
            self.respelled += f32::from(u8::from(pairing.cost > RESPELLED));
            self.beginning += f32::from(u8::from(pairing.beginning));
            self.distinct += f32::from(u8::from(pairing.distinct));
            self.scripts = self.scripts.max(f32::from(u8::from(part.script != counterpart.script)));
            letters_alone &= pairing.how == How::Initial || part.role == Role::Initial;
        }
        self.nothing = f32::from(u8::from(count == 0));
        self.spelling = cost / f32::max(all, LEAST);
        self.respelled /= count.max(1) as f32;
        self.slips = self.slips.min(MOST_SLIPS);
        self.information = self.information.min(ENOUGH) / ENOUGH;
        if count == 1 {
            let rest = |parts: &[Part], at: &[usize]| at.iter().any(|at| parts[*at].role.is_content());
            let more = rest(left, &alignment.left) || rest(right, &alignment.right);
            let alone = content(left) == 1 && content(right) == 1;
            self.single = f32::from(u8::from(alone));
            self.single_of_more = f32::from(u8::from(more));
            if (alone || more) && one.kind() == NameKind::Person {
                self.common_alone = 1.0 - all.min(1.0);
                weak = all <= MANY;
            }
        }
        // Bodies may be called by words alone: "World Bank". Every country has a central prison.
        let words = words_agree && one.kind() == NameKind::Organization;
        let told = (count > 0 && !letters_alone) || self.number_same > 0.0 || words;
        (told, weak)
    }

    /// Counts what is left over; whether that alone makes the names two.
    fn unmatched(&mut self, one: &Name, other: &Name, alignment: &Alignment, thing: bool) -> bool {
        let (left, right) = (one.parts(), other.parts());
        let rest = |parts: &[Part], at: &[usize], of: fn(&Part) -> bool| -> Vec<(usize, f32)> {
            at.iter().filter(|at| of(&parts[**at])).map(|at| (*at, left_over(parts, *at))).collect()
        };
        let named = |part: &Part| part.role.is_content() && part.role != Role::Place;
        let mut left_names = rest(left, &alignment.left, named);
        let mut right_names = rest(right, &alignment.right, named);
        for names in [&mut left_names, &mut right_names] {
            names.sort_by(|one, other| other.1.total_cmp(&one.1));
        }
        let both = left_names.len().min(right_names.len());
        for ((_, one), (_, other)) in left_names.iter().zip(&right_names) {
            self.conflict += one.min(*other);
            self.conflicts += 1.0;
        }
        // "Abdul Khan" and "Shah Khan" share the Khan, and differ in the rest.
        let half = |(row, _, pairing): &(usize, usize, Pairing)| {
            let other = if left[*row].unit == Unit::Plain { left_names.len() } else { right_names.len() };
            pairing.half_unit && other > both
        };
        if alignment.matched.iter().any(half) {
            self.conflict += 0.8;
            self.conflicts += 1.0;
        }
        self.conflict = self.conflict.min(2.0);
        self.conflicts = self.conflicts.min(3.0);
        let extra = |names: &[(usize, f32)]| names.iter().skip(both).map(|(_, weight)| weight).sum::<f32>();
        let missing = extra(&left_names) + extra(&right_names);
        let count = left_names.len().abs_diff(right_names.len());
        self.many_missing = count.saturating_sub(2).min(3) as f32;
        if thing {
            self.missing_thing = missing.min(3.0)
        } else {
            self.missing = missing.min(3.0)
        }
        let count = |role: Role| {
            let of = |parts: &[Part], at: &[usize]| at.iter().filter(|at| parts[**at].role == role).count();
            (of(left, &alignment.left), of(right, &alignment.right))
        };
        let differs = |(left, right): (usize, usize)| f32::from(u8::from(left > 0 && right > 0));
        let missing = |(left, right): (usize, usize)| left.abs_diff(right).min(3) as f32;
        let (heads, numbers) = (count(Role::Head), count(Role::Number));
        let body = one.kind() == NameKind::Organization;
        self.head_missing = missing(heads).min(1.0);
        self.body_number_missing = if body { missing(numbers).min(1.0) } else { 0.0 };
        (self.words_differ, self.word_missing) = (differs(count(Role::Word)), missing(count(Role::Word)));
        if body {
            self.body_word_missing = std::mem::take(&mut self.word_missing);
        }
        // Who runs a site is often left out; what a body does is its name.
        self.sector_differs = differs(count(Role::Sector));
        self.sector_missing = if body { missing(count(Role::Sector)) } else { 0.0 };
        (self.place_differs, self.place_missing) = (differs(count(Role::Place)), missing(count(Role::Place)));
        self.legal_differs = differs(count(Role::Legal));
        let titles = count(Role::Title);
        self.title = differs((titles.0 + count(Role::Honorific).0, titles.1 + count(Role::Honorific).1));
        let sorts_differ = heads.0 > 0 && heads.1 > 0 && self.head_same == 0.0;
        let town = one.kind() != other.kind() && [one.kind(), other.kind()].contains(&NameKind::Place);
        let town_and_site = town && heads.0 + heads.1 > 0 && self.head_same == 0.0;
        (numbers.0 > 0 && numbers.1 > 0) || sorts_differ || town_and_site
    }

    /// Whether the parts stand in another order, and whether father and son do.
    fn compare_order(&mut self, one: &Name, other: &Name, alignment: &Alignment) {
        let names = alignment.matched.iter().filter(|(row, _, _)| one.parts()[*row].role == Role::Name);
        let (mut farthest, mut inverted) = (0, false);
        let (mut fathers, mut sons) = (false, false);
        for (row, column, _) in names {
            inverted |= *column < farthest;
            farthest = farthest.max(*column);
            let (left, right) = (one.parts()[*row].patronym, other.parts()[*column].patronym);
            fathers |= left && !right;
            sons |= !left && right;
        }
        let told = one.is_family_first() || other.is_family_first();
        self.order = f32::from(u8::from(inverted && !told));
        let two = |name: &Name| content(name.parts()) == 2;
        self.swapped = f32::from(u8::from(inverted && !told && two(one) && two(other)));
        self.lineage = f32::from(u8::from(inverted && fathers && sons));
    }
}

/// How many parts tell what the name is.
fn content(parts: &[Part]) -> usize {
    parts.iter().filter(|part| part.role.is_content()).count()
}

/// How much a part tells.
fn weight(part: &Part) -> f32 {
    match part.role {
        Role::Place => PLACE,
        Role::Initial => INITIAL,
        _ => part.weight,
    }
}

/// How much it tells that a part has nothing on the other side.
fn left_over(parts: &[Part], at: usize) -> f32 {
    let own = &parts[at];
    let repeated =
        parts.iter().enumerate().any(|(other, part)| other != at && part.text == own.text && part.role == own.role);
    // Common names tell two people apart as well as rare ones do.
    let weight =
        if own.role == Role::Name && own.script != Script::Other { 0.5 + 0.5 * own.rarity } else { weight(own) };
    if repeated { weight * REPEATED } else { weight }
}
