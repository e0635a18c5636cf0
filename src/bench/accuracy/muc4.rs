//! MUC-4 as Du, Rush and Cardie prepared it ("Template Filling with Generative Transformers", NAACL 2021): one report a
//! line of JSON, with templates of incidents, whose slots hold entities, each a list of mentions `["words", offset]`.
//!
//! The reports came over the wire in capitals. They are published in small letters and on one line, paragraphs set
//! off by four spaces; here they get their capitals and paragraphs back, so that a reader sees what was sent. Every
//! letter stays where it was. Equal templates of a document count once, as in the publishers' own scorer. The
//! same files in another layout (`pretty_…`) are left out.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::templates::{Filler, Slot, Template, Words};
use super::{AccuracyError, GoldDocument, files};
use crate::model::{CodePoints, Span};

const EXPECTED: &str = "an object with `docid`, `doctext` and `templates`, each with an `incident_type` and with the \
                        slots PerpInd, PerpOrg, Target, Victim and Weapon, lists of lists of mentions such as \
                        [[[\"rebels\", 37]]]";

/// What stands between paragraphs, and what stood there.
const PARAGRAPHS: (&str, &str) = ("    ", "\n\n  ");

#[derive(Deserialize)]
struct Line {
    docid: String,
    doctext: String,
    templates: Vec<Incident>,
}

#[derive(Deserialize)]
struct Incident {
    incident_type: String,
    #[serde(flatten)]
    slots: BTreeMap<Slot, Vec<Vec<(String, usize)>>>,
}

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let is_set = |path: &Path| files::has_extension(path, "json") && !files::stem(path).starts_with("pretty_");
    let mut documents = Vec::new();
    for path in files::within(folder, is_set)? {
        for (_, line) in files::json_lines::<Line>(&path, EXPECTED)? {
            documents.push(gold(line, &files::stem(&path)));
        }
    }
    Ok(documents)
}

fn gold(line: Line, file: &str) -> GoldDocument {
    let points = CodePoints::new(&line.doctext);
    // Offsets are the publishers' guess and may be missing: the words count.
    let span = |words: &str, at: usize| {
        let start = points.to_byte(at)?;
        line.doctext[start..].starts_with(words).then(|| Span::new(start, start + words.len()))
    };
    let words = |(words, at): (String, usize)| Words { span: span(&words, at), words };
    let filler = |mentions: Vec<(String, usize)>| -> Filler { mentions.into_iter().map(words).collect() };
    let mut templates: Vec<Template> = Vec::new();
    for Incident { incident_type, slots } in line.templates {
        let fillers = |fillers: Vec<Vec<(String, usize)>>| -> Vec<Filler> {
            fillers.into_iter().filter(|mentions| !mentions.is_empty()).map(filler).collect()
        };
        let slots = slots.into_iter().map(|(slot, entities)| (slot, fillers(entities))).collect();
        let template = Template { incident: incident_type, slots };
        if !templates.iter().any(|known| known.says_the_same(&template)) {
            templates.push(template);
        }
    }
    let text = line.doctext.replace(PARAGRAPHS.0, PARAGRAPHS.1).to_ascii_uppercase();
    let mut document = GoldDocument::new(format!("{file}#{}", line.docid), text, Vec::new());
    document.templates = Some(templates);
    document
}
