//! CoNLL04 in the columns of Bekoulis et al.: number, token, tag, relations and their other ends; one sentence is
//! one document, after a line `#doc` with its number.
//!
//! A relation stands on the last token of its first name, with the number of the last token of the second name:
//! `['Live_In', 'Kill']` and `[4, 9]`. Relations of kinds or between names that the set is not measured on are left
//! out; the published files have none.

use std::path::Path;

use super::detokenise::Hyphens;
use super::files;
use super::relations::{NamedRelation, RelationKind};
use super::tagged::TaggedDocument;
use super::tags::Tag;
use super::{AccuracyError, GoldDocument, Name, NameKind};

const EXPECTED: &str = "a line is `#doc NUMBER`, or a number, a token, a tag such as O, B-Peop or I-Peop, relations \
                        such as ['Kill'] or ['N'], and as many numbers of tokens such as [4]";

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "txt"))? {
        read_file(&path, &mut documents)?;
    }
    Ok(documents)
}

/// The sentence that is being read.
struct Sentence<'t> {
    number: &'t str,
    document: TaggedDocument<'t>,
    tokens: usize,
    /// Line, token, kind, token.
    relations: Vec<(usize, usize, RelationKind, usize)>,
}

impl<'t> Sentence<'t> {
    fn new(number: &'t str) -> Self {
        Self { number, document: TaggedDocument::new(kind), tokens: 0, relations: Vec::new() }
    }

    /// The document, unless there is no token; fails with the line of a relation to no token.
    fn finish(mut self, file: &str) -> Result<Option<GoldDocument>, usize> {
        self.document.end_sentence(Hyphens::Whole);
        let Some(mut document) = self.document.finish(format!("{file}#{}", self.number)) else { return Ok(None) };
        for (line, subject, kind, object) in self.relations {
            let token = |number: usize| document.tokens.get(number).copied().ok_or(line);
            let (subject, object) = (token(subject)?, token(object)?);
            let name = |token| document.names.iter().find(|name: &&Name| name.span.contains(token)).copied();
            if let (Some(subject), Some(object)) = (name(subject), name(object)) {
                document.relations.push(NamedRelation { kind, subject, object });
            }
        }
        Ok(Some(document))
    }
}

fn read_file(path: &Path, documents: &mut Vec<GoldDocument>) -> Result<(), AccuracyError> {
    let content = files::content(path)?;
    let mut sentence = Sentence::new("");
    let mut end = |sentence: Sentence<'_>| match sentence.finish(&files::stem(path)) {
        Ok(document) => {
            documents.extend(document);
            Ok(())
        }
        Err(line) => Err(AccuracyError::line(path, line, "a relation leads to no token of its sentence", EXPECTED)),
    };
    for (index, line) in content.lines().enumerate() {
        if let Some(next) = line.strip_prefix("#doc") {
            end(std::mem::replace(&mut sentence, Sentence::new(next.trim())))?;
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        let malformed = |problem: &str| AccuracyError::line(path, index + 1, problem, EXPECTED);
        let mut fields = line.split('\t').skip(1);
        let token = fields.next().filter(|token| !token.is_empty()).ok_or_else(|| malformed("there is no token"))?;
        let tag = fields.next().ok_or_else(|| malformed("there is no tag"))?;
        let tag = Tag::parse(tag).ok_or_else(|| malformed(&format!("`{tag}` is no tag")))?;
        let kinds = fields.next().and_then(list).ok_or_else(|| malformed("there is no list of relations"))?;
        let ends = fields.next().and_then(list).ok_or_else(|| malformed("there is no list of other ends"))?;
        if kinds.len() != ends.len() {
            return Err(malformed("there are not as many relations as other ends"));
        }
        for (kind, end) in kinds.into_iter().zip(ends) {
            let end = end.parse().map_err(|_| malformed(&format!("`{end}` is no number of a token")))?;
            if let Some(kind) = RelationKind::ALL.into_iter().find(|known| known.as_str() == kind) {
                sentence.relations.push((index + 1, sentence.tokens, kind, end));
            }
        }
        sentence.document.push(token, tag);
        sentence.tokens += 1;
    }
    end(sentence)
}

/// The members of a list as Python writes it.
fn list(text: &str) -> Option<Vec<&str>> {
    let inside = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    Some(inside.split(',').map(|member| member.trim().trim_matches(['\'', '"'])).collect())
}

fn kind(label: &str) -> Option<NameKind> {
    match label {
        "Peop" => Some(NameKind::Person),
        "Org" => Some(NameKind::Organization),
        "Loc" => Some(NameKind::Location),
        _ => None,
    }
}
