//! Universal NER: CoNLL-U comments with the text of each sentence, then number, token, tag and two
//! columns about the annotators. A line `# newdoc` begins a document.

use std::path::Path;

use super::files;
use super::tagged::TaggedDocument;
use super::tags::Tag;
use super::{AccuracyError, GoldDocument, NameKind};

const EXPECTED: &str = "a sentence is a line `# text = …` and then lines of a number, a token and a tag such as O or B-PER, \
                        with tabs between them";

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "iob2"))? {
        read_file(&path, &mut documents)?;
    }
    Ok(documents)
}

fn read_file(path: &Path, documents: &mut Vec<GoldDocument>) -> Result<(), AccuracyError> {
    let content = files::content(path)?;
    let mut name = files::stem(path);
    let mut text = None;
    let mut document = TaggedDocument::new(kind);
    // An empty line ends the last sentence too.
    for (index, line) in content.lines().chain([""]).enumerate() {
        let malformed = |problem: String| AccuracyError::line(path, index + 1, problem, EXPECTED);
        if let Some(comment) = line.strip_prefix('#') {
            let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
            match key.trim() {
                "newdoc id" | "newdoc" => {
                    let document = std::mem::replace(&mut document, TaggedDocument::new(kind));
                    documents.extend(document.finish(std::mem::replace(&mut name, value.trim().to_owned())));
                }
                "text" => text = Some(value.trim()),
                _ => {}
            }
        } else if line.trim().is_empty() {
            if document.in_sentence() {
                let text = text.take().ok_or_else(|| malformed("the sentence before has no text".to_owned()))?;
                let missing = |token| malformed(format!("`{token}` is not where the text of its sentence has it"));
                document.end_sentence_of(text).map_err(missing)?;
            }
        } else {
            let mut fields = line.split('\t').skip(1);
            let token = fields.next().filter(|token| !token.is_empty());
            let token = token.ok_or_else(|| malformed("there is no token".to_owned()))?;
            let tag = fields.next().ok_or_else(|| malformed("there is no tag".to_owned()))?;
            document.push(token, Tag::parse(tag).ok_or_else(|| malformed(format!("`{tag}` is no tag")))?);
        }
    }
    documents.extend(document.finish(name));
    Ok(())
}

fn kind(label: &str) -> Option<NameKind> {
    match label {
        "PER" => Some(NameKind::Person),
        "ORG" => Some(NameKind::Organization),
        "LOC" => Some(NameKind::Location),
        _ => None,
    }
}
