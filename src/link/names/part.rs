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
}

/// How often names are seen that tell least.
const MOST_COMMON: f32 = 12_000.0;

impl Part {
    /// A part of one role, its weight that of its text.
    pub(super) fn new(at: Range<usize>, text: &str, sounded: &str, script: Script, role: Role) -> Self {
        let letters = text.chars().count();
        let known = matches!(role, Role::Name).then(|| known(text)).flatten();
        let common = known.map_or(0.0, |known| known.common());
        let rare = 1.0 - 0.9 * ((1.0 + common).ln() / MOST_COMMON.ln()).min(1.0);
        let long = match (script, letters) {
            (Script::Other, _) | (_, 4..) => 1.0,
            (_, 3) => 0.8,
            (Script::Arabic, 2) => 0.6,
            (_, 2) => 0.5,
            _ => 0.2,
        };
        let attached = (role == Role::Name && script == Script::Latin).then(|| attached_article(sounded)).flatten();
        Self {
            at,
            text: text.to_owned(),
            role,
            unit: Unit::Plain,
            article: false,
            patronym: false,
            script,
            number: None,
            weight: rare * long,
            rarity: rare,
            meaning: None,
            sounds: Sounds::of(sounded),
            without_article: attached.map(Sounds::of),
            whole: None,
            acronym: false,
            known,
            letters,
        }
    }

    /// The letters of its consonants, the same in every script and for sounds that spellings take for each other; the
    /// folded text where there are none.
    ///
    /// ```
    /// use isnad::link::names::{Name, NameKind};
    /// let skeleton = |text| Name::parse(text, NameKind::Place).parts()[0].skeleton();
    /// assert_eq!(skeleton("Saydnaya"), skeleton("Sednayah"));
    /// assert_eq!(skeleton("Qamishli"), skeleton("القامشلي"));
    /// assert_ne!(skeleton("Homs"), skeleton("Hama"));
    /// ```
    pub fn skeleton(&self) -> String {
        let skeleton: String = self.without_article.as_ref().unwrap_or(&self.sounds).skeleton().collect();
        if skeleton.is_empty() || self.script == Script::Other { self.text.clone() } else { skeleton }
    }
}

/// The rest of a word that begins with an article, if it is long enough to be a name.
fn attached_article(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("al").or_else(|| word.strip_prefix("el"))?;
    let first = rest.chars().next()?;
    (rest.chars().count() >= 4 && !"aeiouly".contains(first)).then_some(rest)
}
