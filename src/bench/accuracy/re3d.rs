//! re3d: a folder for every source, with documents, and entities as spans of code points, as JSON Lines.
//!
//! Entities below a confidence of 0.5 do not count. Descriptions are annotated like names; those that
//! are no names (see `capitals`) are left unjudged.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{AccuracyError, GoldDocument, NameKind, files};
use crate::model::{CodePoints, Span};

/// Entities that annotators agreed on less count as not annotated.
const CONFIDENCE: f64 = 0.5;

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entity {
    document_id: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    confidence: f64,
}

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for source in files::within(folder, Path::is_dir)? {
        documents.extend(read_source(&source)?);
    }
    Ok(documents)
}

fn read_source(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let path = folder.join("documents.jsonl");
    let lines = files::json_lines::<Document>(&path, "an object with `_id` and `text`")?;
    let mut documents = Vec::new();
    let mut places = BTreeMap::new();
    for (line, Document { id, text }) in lines {
        let name = format!("{}/{id}", files::stem(folder));
        if places.insert(id, documents.len()).is_some() {
            return Err(AccuracyError::line(&path, line, "a document has this `_id` already", "give it another"));
        }
        documents.push(GoldDocument::new(name, text, Vec::new()));
    }
    let path = folder.join("entities.jsonl");
    let expected = "an object with `documentId`, `begin`, `end`, `type` and `confidence`";
    for (line, entity) in files::json_lines::<Entity>(&path, expected)? {
        let document = places.get(&entity.document_id).map(|place| &mut documents[*place]).ok_or_else(|| {
            let problem = format!("there is no document `{}`", entity.document_id);
            AccuracyError::line(&path, line, problem, "documents.jsonl beside it holds the documents")
        })?;
        let points = CodePoints::new(&document.text);
        let span = match (points.to_byte(entity.begin), points.to_byte(entity.end)) {
            (Some(start), Some(end)) if start < end => Span::new(start, end),
            _ => {
                let problem = format!("{}..{} is no place in the document", entity.begin, entity.end);
                return Err(AccuracyError::line(&path, line, problem, "offsets count code points from 0"));
            }
        };
        if entity.confidence < CONFIDENCE {
            continue;
        }
        let Some(kind) = kind(&entity.kind) else { continue };
        document.judge(span, kind);
    }
    Ok(documents)
}

fn kind(label: &str) -> Option<NameKind> {
    match label {
        "Person" => Some(NameKind::Person),
        "Organisation" => Some(NameKind::Organization),
        "Location" => Some(NameKind::Location),
        _ => None,
    }
}
