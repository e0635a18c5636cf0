//! WikiEvents: one document a line of JSON, with tokens, their places in the text, and mentions; beside
//! `name.jsonl` a file `name.coref.jsonlines` says which mentions mean the same.
//!
//! The published text runs sentences together; the places of the tokens tell how many characters stood
//! between, and line ends are put there. Mentions are not told apart into names and descriptions;
//! those that are no names (see `capitals`) are left unjudged. Peoples and citizenships ("Norlandic
//! troops") are marked as places, and stay so.
//!
//! For coreference mentions of all types count, weapons and vehicles among them. Clusters have two mentions or
//! more; mentions that stand alone are in none. Of a description its head is marked: "general" of "a Russian general".

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::coreference::GoldClusters;
use super::detokenise::TextBuilder;
use super::{AccuracyError, GoldDocument, NameKind, files};
use crate::model::Span;

const EXPECTED: &str =
    "an object with `doc_id`, `sentences` (tokens with their offsets, and the text) and `entity_mentions` with ids";

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
    id: String,
    /// Index of the first token.
    start: usize,
    /// Index past the last token.
    end: usize,
    entity_type: String,
}

/// A line of the file of clusters.
#[derive(Deserialize)]
struct Clusters {
    doc_key: String,
    /// Ids of mentions.
    clusters: Vec<Vec<String>>,
}

const EXPECTED_CLUSTERS: &str = "an object with `doc_key` and `clusters`, lists of ids of mentions of that document";

/// Documents by their id, and where their mentions stand.
type Mentions = BTreeMap<String, (usize, BTreeMap<String, Span>)>;

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let is_text = |path: &Path| files::has_extension(path, "jsonl") && !files::stem(path).contains("coref");
    let mut documents = Vec::new();
    for path in files::within(folder, is_text)? {
        let mut known = Mentions::new();
        for (line, document) in files::json_lines::<Line>(&path, EXPECTED)? {
            let id = document.doc_id.clone();
            let (document, mentions) =
                gold(document).map_err(|problem| AccuracyError::line(&path, line, problem, EXPECTED))?;
            known.insert(id, (documents.len(), mentions));
            documents.push(document);
        }
        let clusters = path.with_extension("coref.jsonlines");
        if clusters.is_file() {
            read_clusters(&clusters, &known, &mut documents)?;
        }
    }
    Ok(documents)
}

fn read_clusters(path: &Path, known: &Mentions, documents: &mut [GoldDocument]) -> Result<(), AccuracyError> {
    for (number, line) in files::json_lines::<Clusters>(path, EXPECTED_CLUSTERS)? {
        let malformed = |problem: String| AccuracyError::line(path, number, problem, EXPECTED_CLUSTERS);
        let (document, mentions) =
            known.get(&line.doc_key).ok_or_else(|| malformed(format!("there is no document `{}`", line.doc_key)))?;
        let span = |id: &String| {
            mentions.get(id).copied().ok_or_else(|| malformed(format!("its document has no mention `{id}`")))
        };
        let mut clusters = Vec::with_capacity(line.clusters.len());
        for (index, cluster) in line.clusters.iter().enumerate() {
            let spans: Result<Vec<Span>, AccuracyError> = cluster.iter().map(span).collect();
            clusters.push((format!("{}#{index}", line.doc_key), spans?));
        }
        documents[*document].clusters =
            Some(GoldClusters { clusters, annotated: None, singletons: false, heads: true });
    }
    Ok(())
}

/// The document, and where its mentions stand.
fn gold(line: Line) -> Result<(GoldDocument, BTreeMap<String, Span>), String> {
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
    let mut mentions = BTreeMap::new();
    for mention in line.entity_mentions {
        let span = match document.tokens.get(mention.start..mention.end) {
            Some([only]) => *only,
            Some([first, .., last]) => first.cover(*last),
            _ => return Err(format!("there are no tokens {}..{}", mention.start, mention.end)),
        };
        mentions.insert(mention.id, span);
        if let Some(kind) = kind(&mention.entity_type) {
            document.judge(span, kind);
        }
    }
    Ok((document, mentions))
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
