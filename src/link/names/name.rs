//! A name, read once and compared often.

use super::parse;
use super::part::Part;

/// How a name is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A human being: titles, initials, fathers.
    Person,
    /// A body of people: legal forms, what it does.
    Organization,
    /// A building or site: what sort it is, its number.
    Facility,
    /// A place that is none of these.
    Place,
}

/// A name and its parts.
///
/// Of a name of more than 512 characters, 32 words or 16 parts the rest is left out.
///
/// ```
/// use isnad::link::names::{Name, NameKind, Role, Unit};
///
/// let name = Name::parse("Dr. Hassan Abdel Ghani", NameKind::Person);
/// let parts: Vec<_> = name.parts().iter().map(|part| (part.text.as_str(), part.role, part.unit)).collect();
/// assert_eq!(parts, [
///     ("dr", Role::Title, Unit::Plain),
///     ("hassan", Role::Name, Unit::Plain),
///     ("ghani", Role::Name, Unit::Servant),
/// ]);
/// assert_eq!(name.written(&name.parts()[2]), "Abdel Ghani");
///
/// let branch = Name::parse("Brigade Forty-Four", NameKind::Organization);
/// assert_eq!(branch.parts()[1].number, Some(44));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    text: String,
    kind: NameKind,
    parts: Vec<Part>,
    family_first: bool,
}

impl Name {
    /// Reads a name.
    pub fn parse(text: &str, kind: NameKind) -> Self {
        let (parts, family_first) = parse::parts(text, kind);
        Self { text: text.to_owned(), kind, parts, family_first }
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it was read.
    pub const fn kind(&self) -> NameKind {
        self.kind
    }

    /// Its parts; the given name first where a comma says which that is.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The words of a part as they were written.
    pub fn written(&self, part: &Part) -> &str {
        self.text.get(part.at.clone()).unwrap_or_default()
    }

    /// Whether the family name came first, before a comma.
    pub(super) const fn is_family_first(&self) -> bool {
        self.family_first
    }

    /// How much the name tells of who has it: the negative natural logarithm of the share of people, or of things of its
    /// kind, that have it, with parts taken as independent of each other.
    ///
    /// ```
    /// use isnad::link::names::{Name, NameKind};
    /// let tells = |text| Name::parse(text, NameKind::Person).information();
    /// assert!(tells("Ragheed al-Tatari") > tells("Mohammed Ahmed") + 5.0);
    /// ```
    pub fn information(&self) -> f64 {
        self.parts.iter().map(Part::information).sum()
    }

    /// Whether there is anything to tell it from others: some names are only particles, titles or emoji.
    pub fn is_empty(&self) -> bool {
        !self.parts.iter().any(|part| part.role.is_content() || part.number.is_some() || part.meaning.is_some())
    }
}
