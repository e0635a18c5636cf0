//! CoNLL04 in the columns of Bekoulis et al.: number, token, tag and relations; one sentence is one
//! document, after a line `#doc` with its number.

use std::path::Path;

use super::detokenise::Hyphens;
use super::files;
use super::tagged::TaggedDocument;
use super::tags::Tag;
use super::{AccuracyError, GoldDocument, NameKind};

const EXPECTED: &str =
    "a line is `#doc NUMBER`, or a number, a token, a tag such as O, B-Peop or I-Peop, and relations";

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "txt"))? {
        read_file(&path, &mut documents)?;
    }
    Ok(documents)
}

fn read_file(path: &Path, documents: &mut Vec<GoldDocument>) -> Result<(), AccuracyError> {
    let content = files::content(path)?;
    let mut number = String::new();
    let mut document = TaggedDocument::new(kind);
    let mut end = |document: TaggedDocument<'_>, number: &str| {
        documents.extend(document.finish(format!("{}#{number}", files::stem(path))));
    };
    for (index, line) in content.lines().enumerate() {
        if let Some(next) = line.strip_prefix("#doc") {
            document.end_sentence(Hyphens::Whole);
            end(std::mem::replace(&mut document, TaggedDocument::new(kind)), &number);
            next.trim().clone_into(&mut number);
            continue;
        }
        if line.trim().is_empty() {
            document.end_sentence(Hyphens::Whole);
            continue;
        }
        let malformed = |problem: &str| AccuracyError::line(path, index + 1, problem, EXPECTED);
        let mut fields = line.split('\t').skip(1);
        let token = fields.next().filter(|token| !token.is_empty()).ok_or_else(|| malformed("there is no token"))?;
        let tag = fields.next().ok_or_else(|| malformed("there is no tag"))?;
        document.push(token, Tag::parse(tag).ok_or_else(|| malformed(&format!("`{tag}` is no tag")))?);
    }
    document.end_sentence(Hyphens::Whole);
    end(document, &number);
    Ok(())
}

fn kind(label: &str) -> Option<NameKind> {
    match label {
        "Peop" => Some(NameKind::Person),
        "Org" => Some(NameKind::Organization),
        "Loc" => Some(NameKind::Location),
        _ => None,
    }
}
