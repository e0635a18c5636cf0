//! ECB+ (Cybulska and Vossen 2014): an archive of XML files `1/1_10ecb.xml`, the first number being the topic, and
//! `ECBplus_coreference_sentences.csv`, which says in which sentences the annotation was checked.
//!
//! Gold mentions are those of people, organisations, things and places in these sentences, and of actions, which are
//! counted by themselves; times are none. Of a description its head is marked. Mentions with one instance are one entity, in one document and across documents (`CROSS_DOC_COREF`);
//! others are one in their document (`INTRA_DOC_COREF`); the rest stand alone, and count. Documents without a
//! checked sentence are left out. The texts are published as tokens; sentences that are web addresses
//! are put together without spaces.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::coreference::GoldClusters;
use super::detokenise::{Hyphens, TextBuilder};
use super::xml::{self, Element};
use super::{AccuracyError, GoldDocument, archive, files};
use crate::model::Span;

const SENTENCES: &str = "ECBplus_coreference_sentences.csv";

const EXPECTED: &str = "a document has `token` elements with `t_id` and `sentence`, `Markables` with `m_id` and \
                        `token_anchor` elements, and `Relations` between them";

/// Beginnings of the types of mentions that are entities.
const ENTITIES: &[&str] = &["HUMAN_PART", "NON_HUMAN_PART", "LOC_"];
/// Of types of mentions that are events.
const EVENTS: &[&str] = &["ACTION_", "NEG_ACTION_"];

/// Topic and file → numbers of the checked sentences.
type Checked = BTreeMap<(String, String), BTreeSet<String>>;

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let archives = files::within(folder, |path| path.to_string_lossy().ends_with(".tar.gz") && path.is_file())?;
    if archives.is_empty() {
        return Ok(Vec::new());
    }
    let checked = checked(&folder.join(SENTENCES))?;
    let mut documents = Vec::new();
    for path in archives {
        for (name, content) in archive::texts(&path)? {
            let key = name.strip_suffix(".xml").and_then(|name| name.rsplit('/').next()?.split_once('_'));
            let Some((topic, file)) = key else { continue };
            let Some(sentences) = checked.get(&(topic.to_owned(), file.to_owned())) else { continue };
            let path = path.join(&name);
            documents.push(document(&path, format!("{topic}#{file}"), &xml::parse(&path, &content)?, sentences)?);
        }
    }
    Ok(documents)
}

fn checked(path: &Path) -> Result<Checked, AccuracyError> {
    let mut checked = Checked::new();
    for (index, line) in files::content(path)?.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let [topic, file, sentence] = fields[..] else {
            let hint = "a line holds a topic, a file and the number of a sentence, as in 1,10ecbplus,3";
            return Err(AccuracyError::line(path, index + 1, "there are not three fields", hint));
        };
        checked.entry((topic.to_owned(), file.to_owned())).or_default().insert(sentence.to_owned());
    }
    Ok(checked)
}

fn document(
    path: &Path,
    name: String,
    root: &Element,
    checked: &BTreeSet<String>,
) -> Result<GoldDocument, AccuracyError> {
    let required = |element: &Element, attribute: &str| {
        element.attribute(attribute).map(str::to_owned).ok_or_else(|| {
            let problem = format!("`{}` has no `{attribute}`", element.name);
            AccuracyError::line(path, element.line, problem, EXPECTED)
        })
    };
    let mut sentences: Vec<(String, Vec<(String, &str)>)> = Vec::new();
    for token in root.all("token") {
        let sentence = required(token, "sentence")?;
        let token = (required(token, "t_id")?, token.text.trim());
        match sentences.last_mut() {
            Some((last, tokens)) if *last == sentence => tokens.push(token),
            _ => sentences.push((sentence, vec![token])),
        }
    }
    // Some files hold tokens without a letter.
    sentences.iter_mut().for_each(|(_, tokens)| tokens.retain(|(_, word)| !word.is_empty()));
    let hyphens = if name.ends_with("plus") { Hyphens::Split } else { Hyphens::Whole };
    let mut builder = TextBuilder::default();
    let mut places = BTreeMap::new();
    let mut annotated = Vec::new();
    for (sentence, tokens) in &sentences {
        let words: Vec<&str> = tokens.iter().map(|(_, word)| *word).collect();
        let address = matches!(words[..], ["http" | "https", ..]);
        let spans = match address {
            // The words of an address are all of it.
            true => builder.push_sentence(&words.concat(), &words).unwrap_or_default(),
            false => builder.push_tokens(&words, hyphens),
        };
        let spans = &builder.tokens[spans];
        places.extend(tokens.iter().zip(spans).map(|((id, _), span)| (id.clone(), *span)));
        if let (true, [first, ..], [.., last]) = (checked.contains(sentence), spans, spans) {
            annotated.push(first.cover(*last));
        }
    }
    let is_any = |kind: &str, of: &[&str]| of.iter().any(|start| kind.starts_with(start));
    // Mention → where it stands, and whether it is one of an event.
    let mut mentions: BTreeMap<String, (Span, bool)> = BTreeMap::new();
    for markable in root.all("Markables").flat_map(|markables| &markables.children) {
        let mut span: Option<Span> = None;
        for anchor in markable.all("token_anchor") {
            let id = required(anchor, "t_id")?;
            let token = places
                .get(&id)
                .ok_or_else(|| AccuracyError::line(path, anchor.line, format!("there is no token `{id}`"), EXPECTED))?;
            span = Some(span.map_or(*token, |span| span.cover(*token)));
        }
        // Those without tokens stand for an instance; their relations name it.
        if let Some(span) = span
            && (is_any(&markable.name, ENTITIES) || is_any(&markable.name, EVENTS))
            && annotated.iter().any(|part| part.contains(span))
        {
            mentions.insert(required(markable, "m_id")?, (span, is_any(&markable.name, EVENTS)));
        }
    }
    // Whether of an event, and name of what is meant → its mentions.
    let mut clusters: BTreeMap<(bool, String), Vec<Span>> = BTreeMap::new();
    for relation in root.all("Relations").flat_map(|relations| &relations.children) {
        let entity = match relation.name.as_str() {
            "CROSS_DOC_COREF" => required(relation, "note")?,
            _ => format!("{name} r{}", required(relation, "r_id")?),
        };
        for source in relation.all("source") {
            if let Some((span, event)) = mentions.remove(&required(source, "m_id")?) {
                clusters.entry((event, entity.clone())).or_default().push(span);
            }
        }
    }
    clusters.extend(mentions.into_iter().map(|(id, (span, event))| ((event, format!("{name} m{id}")), vec![span])));
    let of = |events: bool| {
        let own = clusters.iter().filter(|((event, _), _)| *event == events);
        let clusters = own.map(|((_, name), spans)| (name.clone(), spans.clone())).collect();
        Some(GoldClusters { clusters, annotated: Some(annotated.clone()), singletons: true, heads: true })
    };
    let (happenings, clusters) = (of(true), of(false));
    Ok(GoldDocument { clusters, happenings, ..GoldDocument::of_tokens(name, builder.text, builder.tokens, &[]) })
}
