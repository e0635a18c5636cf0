//! From the words of a name to its parts.

use super::NameKind;
use super::letters::Script;
use super::part::{Part, Role, Unit};
use super::sounds::Sounds;
use super::spellings::known;
use super::split::{Word, words};
use super::units;
use super::vocabulary::{bare, meaning};

/// Parts of a name that are compared; those behind are left out.
pub(super) const MAX_PARTS: usize = 16;

/// Letters of a word in capitals that may be initials: "JC Juncker".
const MOST_INITIALS: usize = 3;

/// Letters up to which what stands behind an article is no name.
const SHORT: usize = 3;

/// Letters of an acronym at most.
const MOST_OF_ACRONYM: usize = 5;

/// The parts of a name, in order, and whether the family name came first, before a comma.
pub(super) fn parts(name: &str, kind: NameKind) -> (Vec<Part>, bool) {
    let words = words(name);
    let comma = comma(&words, kind);
    let mut reader = Reader { kind, words: &words, parts: Vec::new(), at: 0, article: false, patronym: false };
    while reader.at < words.len() && reader.parts.len() < MAX_PARTS {
        reader.next();
    }
    let mut parts = reader.parts;
    if let Some(comma) = comma {
        let first = parts.iter().position(|part| part.at.start >= words[comma].at.start).unwrap_or(0);
        parts.rotate_left(first);
    }
    let content = |part: &Part| part.role.is_content();
    // "Ma" and "Pasha" are names where there is no other.
    if !parts.iter().any(content) {
        for part in parts.iter_mut().filter(|part| part.role == Role::Honorific) {
            part.role = Role::Name;
        }
    }
    (parts, comma.is_some())
}

/// The first word behind the only comma of a person's name.
fn comma(words: &[Word], kind: NameKind) -> Option<usize> {
    let mut commas = words.iter().enumerate().filter(|(_, word)| word.comma).map(|(index, _)| index);
    let first = commas.next().filter(|index| *index > 0)?;
    (kind == NameKind::Person && commas.next().is_none()).then_some(first)
}

struct Reader<'a> {
    kind: NameKind,
    words: &'a [Word],
    parts: Vec<Part>,
    at: usize,
    /// Whether the word before was an article.
    article: bool,
    /// Whether the word before said that the father follows.
    patronym: bool,
}

impl Reader<'_> {
    fn is_person(&self) -> bool {
        self.kind == NameKind::Person
    }

    /// Reads the words of one part.
    fn next(&mut self) {
        let word = &self.words[self.at];
        let rest = &self.words[self.at + 1..];
        if self.is_article(word, rest.first()) {
            self.article = true;
            self.at += 1;
            return;
        }
        if let Some(unit) = units::opens(word.plain()).filter(|_| self.opens_unit(rest)) {
            return self.unit(unit);
        }
        if let Some(unit) = units::closes(word.plain()).filter(|unit| self.closes_unit(*unit)) {
            let end = word.at.end;
            if let Some(last) = self.parts.last_mut() {
                last.unit = unit;
                last.whole = Some(last.sounds.joined(&Sounds::of(&word.spelling.sounded)));
                last.at.end = end;
            }
            self.article = false;
            self.at += 1;
            return;
        }
        if self.is_person() && is_initials(word) {
            for letter in word.plain().chars() {
                let text = letter.to_string();
                self.push(Part::new(word.at.clone(), &text, &text, word.spelling.script, Role::Initial));
            }
            self.at += 1;
            return;
        }
        if let Some(value) = digits(word.plain()) {
            self.number(value, 1);
            return;
        }
        if let Some((found, count)) =
            meaning(&self.words[self.at..], self.kind).filter(|(found, count)| self.applies(found.role, *count))
        {
            if let (Role::Number, Ok(value)) = (found.role, found.meaning.parse()) {
                self.number(value, count);
                return;
            }
            let mut part = self.part(count, found.role);
            part.meaning = Some(found.meaning);
            self.patronym = found.role == Role::Son;
            self.article = false;
            self.parts.push(part);
            self.at += count;
            return;
        }
        let mut part = self.part(1, Role::Name);
        part.acronym = is_acronym(word, self.is_person());
        self.push(part);
        self.at += 1;
    }

    /// Whether the word is an article of the next one.
    fn is_article(&self, word: &Word, next: Option<&Word>) -> bool {
        let Some(next) = next else { return false };
        let closes = units::closes(next.plain()).is_some();
        match word.plain() {
            "al" | "el" | "ul" | "il" | "ال" => !matches!(next.plain(), "bin" | "ben" | "ibn"),
            plain @ ("as" | "es" | "ash" | "esh" | "ech" | "ach" | "ad" | "ed" | "ud" | "ar" | "er" | "ur" | "at"
            | "et" | "an" | "en" | "az" | "ez" | "adh" | "ath" | "us" | "un") => {
                let sun = plain.trim_start_matches(['a', 'e', 'u']);
                (next.plain().starts_with(sun) || (sun == "ch" && next.plain().starts_with('c')) || closes)
                    && (next.hyphen || self.is_person() || !matches!(plain, "as" | "at" | "an" | "en" | "et"))
            }
            _ => false,
        }
    }

    /// Whether a name follows that "Abd" or "Abu" goes with.
    fn opens_unit(&self, rest: &[Word]) -> bool {
        let next = match rest {
            [article, next, ..] if self.is_article(article, Some(next)) => Some(next),
            [next, ..] => Some(next),
            [] => None,
        };
        next.is_some_and(|next| digits(next.plain()).is_none())
    }

    /// Whether "al-Din" goes with the part before.
    fn closes_unit(&self, unit: Unit) -> bool {
        let plain = |part: &Part| part.role == Role::Name && part.unit == Unit::Plain;
        self.parts.last().is_some_and(plain)
            && (self.article
                || unit == Unit::God
                || self.words[self.at].hyphen
                || self.words[self.at].plain().len() > 4)
    }

    /// "Abd al-X", "Abu X".
    fn unit(&mut self, unit: Unit) {
        let (start, opener) = (self.words[self.at].at.start, self.words[self.at].spelling.sounded.as_str());
        self.at += 1;
        if self.is_article(&self.words[self.at], self.words.get(self.at + 1)) {
            self.at += 1;
        }
        let mut part = self.part(1, Role::Name);
        part.at.start = start;
        part.whole = Some(Sounds::of(opener).joined(&part.sounds));
        // "Abu Abd al-Rahman" is the father of him alone; its inner unit is not told.
        part.unit = unit;
        self.push(part);
        self.at += 1;
    }

    /// The words of a part, as many as said.
    fn part(&self, count: usize, role: Role) -> Part {
        let words = &self.words[self.at..self.at + count];
        let at = words[0].at.start..words[count - 1].at.end;
        let word = &words[0].spelling;
        if role != Role::Name {
            let text: Vec<&str> = words.iter().map(Word::plain).collect();
            let text = text.join(" ");
            let sounded = if role == Role::Place { bare(&text) } else { "" };
            return Part::new(at, &text, sounded, word.script, role);
        }
        if let Some((unit, core)) = units::joined(&word.plain) {
            let core = if core == "allah" { "allah" } else { bare(core) };
            let whole = Some(Sounds::of(&word.sounded));
            return Part { unit, whole, ..Part::new(at, core, core, word.script, role) };
        }
        if word.script == Script::Arabic {
            let core = bare(&word.plain);
            let sounded = if core.len() < word.plain.len() { bare(&word.sounded) } else { &word.sounded };
            let mut part = Part::new(at.clone(), core, sounded, word.script, role);
            part.article = core.len() < word.plain.len();
            if let Some(whole) = known(&word.plain).filter(|_| part.article && part.known.is_none()) {
                // "الياس" has no article although it looks so.
                if core.chars().count() <= SHORT {
                    return Part::new(at, &word.plain, &word.sounded, word.script, role);
                }
                part.know(whole);
            }
            return part;
        }
        Part::new(at, &word.plain, &word.sounded, word.script, role)
    }

    fn push(&mut self, mut part: Part) {
        part.article |= std::mem::take(&mut self.article);
        part.patronym = std::mem::take(&mut self.patronym);
        let initial = self.is_person() && part.letters == 1 && part.script != Script::Other;
        if part.role == Role::Name && initial {
            part.role = Role::Initial;
        }
        self.parts.push(part);
    }

    /// A number; tens and ones are one: "forty-four", "Forty 4".
    fn number(&mut self, value: u64, count: usize) {
        let mut part = self.part(count, Role::Number);
        part.number = Some(value);
        self.article = false;
        self.at += count;
        match self.parts.last_mut() {
            Some(Part { number: Some(tens), at, .. })
                if *tens % 10 == 0 && (20..100).contains(tens) && (1..10).contains(&value) =>
            {
                *tens += value;
                at.end = part.at.end;
            }
            _ => self.parts.push(part),
        }
    }

    /// Whether a word of the vocabulary has its meaning at its place.
    fn applies(&self, role: Role, count: usize) -> bool {
        let first = self.parts.is_empty();
        let last = self.at + count >= self.words.len();
        match role {
            // "U Nu", "Enver Pasha": at one of the ends.
            Role::Honorific => first != last,
            // "Ben Netanyahu", "Abdullah bin": a first name, a father who is not told.
            // "Hajj" at the end is a family.
            Role::Title => !last || first,
            Role::Son => !(first && self.words[self.at].plain() == "ben"),
            Role::Legal if self.is_person() => last && !first,
            Role::Particle if self.is_person() => !first || last,
            Role::Number if self.is_person() || self.words[self.at].spelling.script == Script::Romanised => false,
            Role::Number => !(self.words[self.at].plain().len() == 1 && !last && first),
            _ => true,
        }
    }
}

/// A word of consonants in capitals, or with full stops.
fn is_initials(word: &Word) -> bool {
    let letters = word.plain().chars().count();
    let consonants = word.plain().chars().all(|letter| letter.is_ascii_lowercase() && !"aeiouy".contains(letter));
    (2..=MOST_INITIALS).contains(&letters) && (word.dotted || (word.capitals && consonants))
}

/// A word that stands for several; people also write family names in capitals.
fn is_acronym(word: &Word, person: bool) -> bool {
    word.dotted || (!person && word.capitals && word.plain().chars().count() <= MOST_OF_ACRONYM)
}

/// The value of a word of digits, of an ordinal number too: "155th".
fn digits(word: &str) -> Option<u64> {
    let word = ["st", "nd", "rd", "th", "er", "e", "eme"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let all = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| word.parse().unwrap_or(u64::MAX))
}

/// Two parts as one word, as some write them: "PolPot".
pub(super) fn joined(one: &Part, other: &Part) -> Sounds {
    one.sounds.joined(&other.sounds)
}
