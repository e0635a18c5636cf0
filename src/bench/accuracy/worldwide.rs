//! Worldwide Newswire: one document a file, one token and its tags a line, an empty line after a
//! sentence. A second column of tags holds names inside names; the first, the outermost, counts.

use std::path::Path;

use super::detokenise::Hyphens;
use super::files;
use super::tagged::TaggedDocument;
use super::tags::Tag;
use super::{AccuracyError, GoldDocument, NameKind};

const EXPECTED: &str = "a line holds a token, a tab and a tag such as O, B-Person or I-Person";

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let files = files::within(folder, |path| files::has_extension(path, "tsv"))?;
    let documents: Result<Vec<_>, _> = files.iter().map(|path| document(path)).collect();
    Ok(documents?.into_iter().flatten().collect())
}

fn document(path: &Path) -> Result<Option<GoldDocument>, AccuracyError> {
    let content = files::content(path)?;
    let mut document = TaggedDocument::new(kind);
    for (index, line) in content.lines().enumerate() {
        if line.trim().is_empty() {
            document.end_sentence(Hyphens::Split);
            continue;
        }
        let malformed = |problem: &str| AccuracyError::line(path, index + 1, problem, EXPECTED);
        let mut fields = line.split('\t');
        let token = fields.next().filter(|token| !token.is_empty()).ok_or_else(|| malformed("there is no token"))?;
        let tag = fields.next().ok_or_else(|| malformed("there is no tag"))?;
        document.push(token, Tag::parse(tag).ok_or_else(|| malformed(&format!("`{tag}` is no tag")))?);
    }
    document.end_sentence(Hyphens::Split);
    Ok(document.finish(files::stem(path)))
}

fn kind(label: &str) -> Option<NameKind> {
    match label {
        "Person" => Some(NameKind::Person),
        "Organization" => Some(NameKind::Organization),
        "Location" => Some(NameKind::Location),
        "Facility" => Some(NameKind::Facility),
        _ => None,
    }
}
