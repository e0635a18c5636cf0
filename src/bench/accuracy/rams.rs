//! RAMS (Ebner et al. 2020): five sentences a line of JSON, in which one event is marked with its arguments; types and
//! roles are those of AIDA.
//!
//! Tokens are counted over all sentences, and a span ends with its last token: `[40, 41]` are two. A role is written
//! with the number of the type of event and its own, as in `evt089arg01victim`. The texts are published as tokens.

use std::path::Path;

use serde::Deserialize;

use super::detokenise::{Hyphens, TextBuilder};
use super::events::{GoldArgument, GoldEvent, GoldEvents, Ontology};
use super::{AccuracyError, GoldDocument, files};

const EXPECTED: &str = "an object with `doc_key`, `sentences` (lists of tokens), `evt_triggers` such as \
                        [[40, 40, [[\"life.die.n/a\", 1.0]]]] and `gold_evt_links` such as \
                        [[[40, 40], [33, 33], \"evt089arg01victim\"]]";

/// First and last token.
type Tokens = (usize, usize);

/// First and last token, and types with the share of annotators.
type Trigger = (usize, usize, Vec<(String, f64)>);

#[derive(Deserialize)]
struct Line {
    doc_key: String,
    sentences: Vec<Vec<String>>,
    evt_triggers: Vec<Trigger>,
    /// Trigger, argument and role.
    gold_evt_links: Vec<(Tokens, Tokens, String)>,
}

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "jsonlines"))? {
        for (line, document) in files::json_lines::<Line>(&path, EXPECTED)? {
            documents.push(gold(document).map_err(|problem| AccuracyError::line(&path, line, problem, EXPECTED))?);
        }
    }
    Ok(documents)
}

fn gold(line: Line) -> Result<GoldDocument, String> {
    let mut builder = TextBuilder::default();
    for sentence in &line.sentences {
        let words: Vec<&str> = sentence.iter().map(String::as_str).collect();
        builder.push_tokens(&words, Hyphens::Split);
    }
    let mut document = GoldDocument::of_tokens(line.doc_key, builder.text, builder.tokens, &[]);
    let span = |(first, last): Tokens| match (document.tokens.get(first), document.tokens.get(last)) {
        (Some(start), Some(end)) if first <= last => Ok(start.cover(*end)),
        _ => Err(format!("there are no tokens {first} to {last}")),
    };
    let mut events = Vec::new();
    for (first, last, kinds) in line.evt_triggers {
        let (kind, _) = kinds.into_iter().next().ok_or("a trigger has no type")?;
        let mut arguments = Vec::new();
        for (_, tokens, role) in line.gold_evt_links.iter().filter(|(trigger, ..)| *trigger == (first, last)) {
            let mention = span(*tokens)?;
            arguments.push(GoldArgument { role: name(role).to_owned(), mention, same: vec![mention] });
        }
        events.push(GoldEvent { kind, trigger: span((first, last))?, arguments });
    }
    document.events = Some(GoldEvents { ontology: Ontology::Aida, events, exhaustive: false });
    Ok(document)
}

/// The name of a role: `victim` of `evt089arg01victim`.
fn name(role: &str) -> &str {
    let numbered = |text: &'static str, role: &'_ str| -> Option<usize> {
        let rest = role.strip_prefix(text)?;
        Some(role.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len())
    };
    let named = numbered("evt", role).and_then(|event| Some(event + numbered("arg", &role[event..])?));
    named.map_or(role, |at| &role[at..])
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn roles_have_names() {
        for (role, expected) in
            [("evt089arg01victim", "victim"), ("evt1arg2", ""), ("evt1place", "evt1place"), ("", "")]
        {
            assert_eq!(name(role), expected);
        }
    }
}
