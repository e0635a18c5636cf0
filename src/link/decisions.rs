//! What people have decided: `decisions.toml`.
//!
//! ```toml
//! [[decision]]
//! verdict = "same"            # same, different, unsure, name or type
//! a = "https://w3id.org/isnad/id/person/…"
//! b = "https://w3id.org/isnad/id/person/…"
//! note = "the mother's interview names both"
//! author = "Lina"
//! time = "2024-12-20T10:00:00Z"
//!
//! [[decision]]
//! verdict = "name"            # how it is shown
//! a = "https://w3id.org/isnad/id/person/…"
//! name = "Ragheed al-Tatari"
//! ```
//!
//! A decision wins over every score. Taking it out of the file takes it back. Where decisions contradict each other,
//! "different" wins: a false merge harms more than a miss.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ontology::Schema;

/// Characters of a note or name that are read.
const LONGEST: usize = 4_096;

/// What somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Both are one.
    Same,
    /// They are two.
    Different,
    /// Somebody looked and could not tell: not to be asked again.
    Unsure,
    /// It is shown by this name.
    Name,
    /// It is of this class.
    Type,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// IRI of an entity.
    pub a: String,
    /// IRI of the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
    /// Of verdict `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Of verdict `type`: local name of a class.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
}

/// A file of decisions that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}{place}: {problem}\nhint: {remedy}")]
pub struct DecisionsError {
    file: String,
    place: String,
    problem: String,
    remedy: String,
}

/// What people have decided, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// The decisions.
    #[serde(default, rename = "decision")]
    pub list: Vec<Decision>,
}

impl Decisions {
    /// Reads a file of decisions; `file` is its name in errors.
    ///
    /// # Errors
    /// If it is not TOML, or a decision lacks what its verdict needs.
    ///
    /// ```
    /// use isnad::link::{Decisions, Verdict};
    /// let read = Decisions::parse("d.toml", "[[decision]]\nverdict = 'same'\na = 'urn:one'\nb = 'urn:two'\n")?;
    /// assert_eq!(read.list[0].verdict, Verdict::Same);
    /// let error = Decisions::parse("d.toml", "[[decision]]\nverdict = 'same'\na = 'urn:one'\n").unwrap_err();
    /// assert!(error.to_string().starts_with("d.toml, decision 1: `b` is missing"));
    /// # Ok::<(), isnad::link::DecisionsError>(())
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, DecisionsError> {
        let read: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            DecisionsError {
                file: file.to_owned(),
                place: format!(", line {line}"),
                problem: error.message().to_owned(),
                remedy: "a decision is a table [[decision]] with `verdict`, `a`, and `b`, `name` or `type`".to_owned(),
            }
        })?;
        for (number, decision) in read.list.iter().enumerate() {
            decision.check().map_err(|(problem, remedy)| DecisionsError {
                file: file.to_owned(),
                place: format!(", decision {}", number + 1),
                problem,
                remedy,
            })?;
        }
        Ok(read)
    }

    /// Reads the decisions of a file; none where there is no file.
    ///
    /// # Errors
    /// If the file cannot be read or used.
    pub fn read(path: &Path) -> Result<Self, DecisionsError> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&file, &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(DecisionsError {
                file,
                place: String::new(),
                problem: error.to_string(),
                remedy: "give the file of decisions with `--decisions`".to_owned(),
            }),
        }
    }

    /// The names by which entities are to be shown: IRI and name.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = self.list.iter().filter(|decision| decision.verdict == Verdict::Name);
        named.filter_map(|decision| Some((decision.a.as_str(), decision.name.as_deref()?)))
    }

    /// The classes that entities are to have: IRI and local name of the class.
    pub fn classes(&self) -> impl Iterator<Item = (&str, &str)> {
        let typed = self.list.iter().filter(|decision| decision.verdict == Verdict::Type);
        typed.filter_map(|decision| Some((decision.a.as_str(), decision.class.as_deref()?)))
    }

    /// The IRIs of which something was decided.
    pub(super) fn entities(&self) -> impl Iterator<Item = &str> {
        let decided = self.list.iter().filter(|decision| decision.verdict != Verdict::Unsure);
        decided.flat_map(|decision| [Some(&decision.a), decision.b.as_ref()]).flatten().map(String::as_str)
    }

    /// Pairs of entities with one verdict, and who decided so; each once, in order.
    pub(super) fn pairs(&self, verdict: Verdict) -> BTreeMap<(&str, &str), &Decision> {
        let mut pairs = BTreeMap::new();
        for decision in self.list.iter().filter(|decision| decision.verdict == verdict) {
            if let Some(b) = &decision.b {
                let (one, other) = (decision.a.as_str(), b.as_str());
                pairs.entry((one.min(other), one.max(other))).or_insert(decision);
            }
        }
        pairs
    }
}

impl Decision {
    /// Who decided it and why, in words: "decided by Lina on 2024-12-20: the mother names both".
    pub(super) fn told(&self) -> String {
        let author = self.author.as_ref().map(|author| format!(" by {author}")).unwrap_or_default();
        let day = self.time.map(|time| format!(" on {}", time.strftime("%F"))).unwrap_or_default();
        let note = self.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
        format!("decided{author}{day}{note}")
    }

    fn check(&self) -> Result<(), (String, String)> {
        let missing = |field: &str| Err((format!("`{field}` is missing"), format!("add `{field} = \"…\"`")));
        let is_iri = |iri: &str| iri.contains(':') && !iri.contains(char::is_whitespace) && iri.len() <= LONGEST;
        if let Some(iri) = [Some(&self.a), self.b.as_ref()].into_iter().flatten().find(|iri| !is_iri(iri)) {
            let remedy = "`isnad find NAME` prints the IRI of an entity; write it out in full".to_owned();
            return Err((format!("`{iri}` is not an IRI"), remedy));
        }
        match self.verdict {
            Verdict::Same | Verdict::Different | Verdict::Unsure => match &self.b {
                None => missing("b"),
                Some(b) if *b == self.a => {
                    Err(("`a` and `b` are the same IRI".to_owned(), "a decision is about two entities".to_owned()))
                }
                Some(_) => Ok(()),
            },
            Verdict::Name => match self.name.as_deref().map(str::trim) {
                None | Some("") => missing("name"),
                Some(name) if name.len() > LONGEST => {
                    Err((format!("a name of {} bytes", name.len()), format!("names have at most {LONGEST} bytes")))
                }
                Some(_) => Ok(()),
            },
            Verdict::Type => match self.class.as_deref() {
                None => missing("type"),
                Some(class) if Schema::embedded().superclasses(class).is_empty() => Err((
                    format!("`{class}` is no class of an entity"),
                    "take one of the ontology, such as Person, Organization or Facility".to_owned(),
                )),
                Some(_) => Ok(()),
            },
        }
    }
}
