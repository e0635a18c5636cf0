//! Who says something, and through whom it came down.

use std::collections::BTreeSet;

use oxigraph::model::NamedNodeRef;

use super::error::QueryError;
use super::values::{literal, name_of, node, notation};
use crate::ontology::vocabulary::property;
use crate::store::GraphStore;

/// One link of a chain of attributions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Voice {
    /// The name or the words for the source; none where it is the document itself and nobody is named.
    pub who: Option<String>,
    /// Its IRI, where it is an entity.
    pub entity: Option<String>,
    /// Whether the words are only the cue of a source that nobody names: "reportedly".
    pub cue: bool,
    /// What is more than saying: `footage`, `denies`, `doubts`.
    pub how: Vec<&'static str>,
}

impl Voice {
    /// As words: "the army (denies)", "several videos (footage)", "“reportedly” (doubts)".
    fn words(&self) -> String {
        let who = match &self.who {
            Some(cue) if self.cue => format!("“{cue}”"),
            Some(who) => who.clone(),
            None => "the document".to_owned(),
        };
        if self.how.is_empty() { who } else { format!("{who} ({})", self.how.join(", ")) }
    }
}

/// A chain as words, each reporter after an arrow up to who published the document: "rights groups ← Al Jazeera ←
/// Middle East Eye".
pub(super) fn chain_words(voices: &[Voice]) -> String {
    voices.iter().map(Voice::words).collect::<Vec<_>>().join(" ← ")
}

/// The links of an attribution's chain, nearest to the statement first and the document last.
pub(super) fn chain(store: &GraphStore, attribution: NamedNodeRef<'_>) -> Result<Vec<Voice>, QueryError> {
    let mut voices = Vec::new();
    let mut seen = BTreeSet::new();
    let mut at = attribution.into_owned();
    while seen.insert(at.as_str().to_owned()) {
        voices.push(voice(store, at.as_ref())?);
        match node(store, at.as_ref(), property::VIA)? {
            Some(via) => at = via,
            None => break,
        }
    }
    Ok(voices)
}

fn voice(store: &GraphStore, attribution: NamedNodeRef<'_>) -> Result<Voice, QueryError> {
    let words = |predicate: NamedNodeRef<'_>| -> Result<Option<String>, QueryError> {
        let words = literal(store, attribution, predicate)?;
        Ok(words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    let source = node(store, attribution, property::SOURCE)?;
    let (who, cue) = match (&source, words(property::SOURCE_WORDS)?) {
        (Some(source), _) => (Some(name_of(store, source.as_ref())?), false),
        (None, Some(words)) => (Some(words), false),
        (None, None) => (words(property::CUE)?, true),
    };
    let footage = notation(store, attribution, property::SOURCE_KIND)? == "footage";
    let stance = notation(store, attribution, property::STANCE)?;
    let how = [(footage, "footage"), (stance == "denies", "denies"), (stance == "doubts", "doubts")];
    Ok(Voice {
        cue: cue && who.is_some(),
        who,
        entity: source.map(|source| source.into_string()),
        how: how.into_iter().filter_map(|(holds, how)| holds.then_some(how)).collect(),
    })
}
