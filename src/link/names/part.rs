//! A part of a name.

use std::ops::Range;

use super::letters::Script;
use super::sounds::Sounds;
use super::spellings::{Known, known};

/// What a part does in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A name proper: given or of a family, father, tribe or place of origin; which of them is rarely known.
    Name,
    /// A letter that stands for a name.
    Initial,
    /// "Dr", "Sheikh", "Colonel".
    Title,
    /// What may be title or name: "U Nu", "Enver Pasha".
    Honorific,
    /// What follows a name without being part of it: "Jr".
    Suffix,
    /// "bin", "bint", "oglu": what follows names the father.
    Son,
    /// "de", "of", "the", Āl.
    Particle,
    /// A number in digits, letters or Roman digits.
    Number,
    /// What sort of thing it is: "prison", "branch".
    Head,
    /// A word that describes: "military", "central".
    Word,
    /// What a body does: "bank", "oil".
    Sector,
    /// A legal form: "Ltd", "GmbH".
    Legal,
    /// A name with forms in several languages, of a place for the most part: "Aleppo", "Haleb".
    Place,
}

impl Role {
    /// The role that the table of words calls so.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::Title,
            "honorific" => Self::Honorific,
            "suffix" => Self::Suffix,
            "son" => Self::Son,
            "particle" | "clan" => Self::Particle,
            "number" => Self::Number,
            "head" => Self::Head,
            "word" => Self::Word,
            "sector" => Self::Sector,
            "legal" => Self::Legal,
            "place" => Self::Place,
            _ => return None,
        })
    }

    /// Whether two names are the same or not by parts of this role.
    pub const fn is_content(self) -> bool {
        matches!(self, Self::Name | Self::Initial | Self::Place)
    }
}

/// Words that are one name only together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// None of those below.
    #[default]
    Plain,
    /// Abd al-X, servant of: "Abdulghani", "Abd El Fattah".
    Servant,
    /// Abu X, father of.
    Father,
    /// Umm X, mother of.
    Mother,
    /// X al-Din, of the religion: "Noureddine".
    Religion,
    /// X-ullah, of God: "Habibullah".
    God,
}

/// A part of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Where it stands in the name, in bytes.
    pub at: Range<usize>,
    /// Folded, without article, and for a unit only its X.
    pub text: String,
    /// What it does.
    pub role: Role,
    /// Words that are one name together.
    pub unit: Unit,
    /// Whether it was written with an article.
    pub article: bool,
    /// Whether it is said to be the name of the father.
    pub patronym: bool,
    /// Its script.
    pub script: Script,
    /// The value of a number.
    pub number: Option<u64>,
    /// How much it tells: near 0 for a name that everybody has, 1 for a rare one.
    pub weight: f32,
    /// The same whatever its length: a short name shared says little, a short name that differs says all.
    pub(super) rarity: f32,
    /// For words of the vocabulary, what they mean in any language.
    pub(super) meaning: Option<&'static str>,
    pub(super) sounds: Sounds,
    /// Without what may be an attached article: "Alkhatib".
    pub(super) without_article: Option<Sounds>,
    /// All of a unit as one word.
    pub(super) whole: Option<Sounds>,
    /// Whether it is an acronym, in which every letter counts.
    pub(super) acronym: bool,
    pub(super) known: Option<&'static Known>,
    /// Letters of `text`.
    pub(super) letters: usize,
    /// Which letters those are: a bit for each, for several where there are more than bits.
    pub(super) letter_set: u64,
}

/// How often names are seen that tell least.
const MOST_COMMON: f32 = 12_000.0;
/// What a name tells that was never seen: one in some 160,000, as many as were counted.
const RAREST: f64 = 12.0;
/// What a number tells: few sites of a kind have more than some fifty.
const NUMBER: f64 = 4.0;
/// What an initial tells: one in some seven.
const INITIAL: f64 = 2.0;

impl Part {
    /// A part of one role, its weight that of its text.
    pub(super) fn new(at: Range<usize>, text: &str, sounded: &str, script: Script, role: Role) -> Self {
        let letters = text.chars().count();
        let long = match (script, letters) {
            (Script::Other, _) | (_, 4..) => 1.0,
            (_, 3) => 0.8,
            (Script::Arabic, 2) => 0.6,
            (_, 2) => 0.5,
            _ => 0.2,
        };
        let attached = (role == Role::Name && script == Script::Latin).then(|| attached_article(sounded)).flatten();
        let mut part = Self {
            at,
            text: text.to_owned(),
            role,
            unit: Unit::Plain,
            article: false,
            patronym: false,
            script,
            number: None,
            weight: long,
            rarity: 1.0,
            meaning: None,
            sounds: Sounds::of(sounded),
            without_article: attached.map(Sounds::of),
            whole: None,
            acronym: false,
            known: None,
            letters,
            letter_set: text.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % u64::BITS)),
        };
        if let Some(known) = known(text).filter(|_| role == Role::Name) {
            part.know(known);
        }
        part
    }

    /// The negative natural logarithm of the share of names that it is.
    pub(super) fn information(&self) -> f64 {
        let rare = f64::from(self.rarity);
        match self.role {
            Role::Name | Role::Place => RAREST - (1.0 - rare) / 0.9 * f64::from(MOST_COMMON.ln()),
            Role::Number => NUMBER,
            Role::Initial => INITIAL,
            _ => 0.0,
        }
    }

    /// Takes it for a name of which something is known, which tells the less the more common it is.
    pub(super) fn know(&mut self, known: &'static Known) {
        let rarity = 1.0 - 0.9 * ((1.0 + known.common()).ln() / MOST_COMMON.ln()).min(1.0);
        self.weight *= rarity / self.rarity;
        self.rarity = rarity;
        self.known = Some(known);
    }

    /// The letters of its consonants, the same in every script and for sounds that spellings take for each other; several
    /// where a sound may be either of two. The folded text where there are none.
    ///
    /// ```
    /// use isnad::link::names::{Name, NameKind};
    /// let skeletons = |text| Name::parse(text, NameKind::Place).parts()[0].skeletons();
    /// assert_eq!(skeletons("Saydnaya"), skeletons("Sednayah"));
    /// assert_eq!(skeletons("Qamishli"), skeletons("القامشلي"));
    /// assert_ne!(skeletons("Homs"), skeletons("Hama"));
    /// ```
    pub fn skeletons(&self) -> Vec<String> {
        let mut skeletons = self.without_article.as_ref().unwrap_or(&self.sounds).skeletons();
        if self.script == Script::Other || skeletons.iter().all(String::is_empty) {
            skeletons = vec![self.text.clone()];
        }
        skeletons
    }
}

/// The rest of a word that begins with an article, if it is long enough to be a name.
fn attached_article(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("al").or_else(|| word.strip_prefix("el"))?;
    let first = rest.chars().next()?;
    (rest.chars().count() >= 4 && !"aeiouly".contains(first)).then_some(rest)
}
