//! WikiEvents: one document a line of JSON, with tokens, their places in the text, and mentions.
//!
//! The published text runs sentences together; the places of the tokens tell how many characters stood
//! between, and line ends are put there. Mentions are not told apart into names and descriptions;
//! those that are no names (see `capitals`) are left unjudged. Peoples and citizenships ("Norlandic
//! troops") are marked as places, and stay so.

use std::path::Path;

use serde::Deserialize;

use super::detokenise::TextBuilder;
use super::{AccuracyError, GoldDocument, NameKind, files};

const EXPECTED: &str =
    "an object with `doc_id`, `sentences` (tokens with their offsets, and the text) and `entity_mentions`";

/// Tokens with begin and end, counted in code points from the beginning of the document, and the text.
type Sentence = (Vec<(String, usize, usize)>, String);

#[derive(Deserialize)]
struct Line {
    doc_id: String,
    sentences: Vec<Sentence>,
    entity_mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    /// Index of the first token.
    start: usize,
    /// Index past the last token.
    end: usize,
    entity_type: String,
}

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let is_text = |path: &Path| files::has_extension(path, "jsonl") && !files::stem(path).contains("coref");
    let mut documents = Vec::new();
    for path in files::within(folder, is_text)? {
        for (line, document) in files::json_lines::<Line>(&path, EXPECTED)? {
            let read = gold(document);
            documents.push(read.map_err(|problem| AccuracyError::line(&path, line, problem, EXPECTED))?);
        }
    }
    Ok(documents)
}

fn gold(line: Line) -> Result<GoldDocument, String> {
    let mut builder = TextBuilder::default();
    // Where the last sentence ends, in code points.
    let mut end = None;
    for (words, sentence) in &line.sentences {
        let Some((_, begin, _)) = words.first() else { continue };
        if let Some(end) = end {
            let paragraph = begin.saturating_sub(end) > 1;
            builder.text.push_str(if paragraph { "\n\n" } else { "\n" });
        }
        let words: Vec<&str> = words.iter().map(|(word, _, _)| word.as_str()).collect();
        builder.place(sentence, &words).map_err(|word| format!("`{word}` is not where its sentence has it"))?;
        end = Some(begin.saturating_add(sentence.chars().count()));
    }
    let mut document = GoldDocument::of_tokens(line.doc_id, builder.text, builder.tokens, &[]);
    for mention in &line.entity_mentions {
        let Some(kind) = kind(&mention.entity_type) else { continue };
        let span = match document.tokens.get(mention.start..mention.end) {
            Some([only]) => *only,
            Some([first, .., last]) => first.cover(*last),
            _ => return Err(format!("there are no tokens {}..{}", mention.start, mention.end)),
        };
        document.judge(span, kind);
    }
    Ok(document)
}

fn kind(label: &str) -> Option<NameKind> {
    match label {
        "PER" => Some(NameKind::Person),
        "ORG" => Some(NameKind::Organization),
        "GPE" | "LOC" => Some(NameKind::Location),
        "FAC" => Some(NameKind::Facility),
        _ => None,
    }
}
