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
//!
//! Events have types and roles of KAIROS; arguments are mentions.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::coreference::GoldClusters;
use super::detokenise::TextBuilder;
use super::events::{GoldArgument, GoldEvent, GoldEvents, Ontology};
use super::{AccuracyError, GoldDocument, NameKind, files};
use crate::model::Span;

const EXPECTED: &str = "an object with `doc_id`, `sentences` (tokens with their offsets, and the text), \
                        `entity_mentions` with ids and, if it has any, `event_mentions` with a trigger and arguments";

/// Tokens with begin and end, counted in code points from the beginning of the document, and the text.
type Sentence = (Vec<(String, usize, usize)>, String);

#[derive(Deserialize)]
struct Line {
    doc_id: String,
    sentences: Vec<Sentence>,
    entity_mentions: Vec<Mention>,
    event_mentions: Option<Vec<EventMention>>,
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

#[derive(Deserialize)]
struct EventMention {
    event_type: String,
    trigger: Trigger,
    arguments: Vec<EventArgument>,
}

/// Indices of the first token and past the last.
#[derive(Deserialize)]
struct Trigger {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct EventArgument {
    /// The id of a mention.
    entity_id: String,
    role: String,
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
        let events = documents[*document].events.iter_mut().flat_map(|events| &mut events.events);
        for argument in events.flat_map(|event| &mut event.arguments) {
            let cluster = clusters.iter().find(|(_, spans)| spans.contains(&argument.mention));
            argument.same = cluster.map_or_else(|| vec![argument.mention], |(_, spans)| spans.clone());
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
        let span = span(&document.tokens, mention.start, mention.end)?;
        mentions.insert(mention.id, span);
        if let Some(kind) = kind(&mention.entity_type) {
            document.judge(span, kind);
        }
    }
    document.events = match line.event_mentions {
        Some(events) => {
            let events = events.into_iter().map(|event| self::event(event, &document.tokens, &mentions));
            Some(GoldEvents { ontology: Ontology::Kairos, events: events.collect::<Result<_, _>>()?, exhaustive: true })
        }
        None => None,
    };
    Ok((document, mentions))
}

fn event(event: EventMention, tokens: &[Span], mentions: &BTreeMap<String, Span>) -> Result<GoldEvent, String> {
    let argument = |EventArgument { entity_id, role }: EventArgument| {
        let mention = *mentions.get(&entity_id).ok_or_else(|| format!("there is no mention `{entity_id}`"))?;
        Ok(GoldArgument { role, mention, same: vec![mention] })
    };
    let arguments: Result<Vec<GoldArgument>, String> = event.arguments.into_iter().map(argument).collect();
    let trigger = span(tokens, event.trigger.start, event.trigger.end)?;
    Ok(GoldEvent { kind: event.event_type, trigger, arguments: arguments? })
}

/// Where the tokens from `start` up to, not including, `end` stand.
fn span(tokens: &[Span], start: usize, end: usize) -> Result<Span, String> {
    match tokens.get(start..end) {
        Some([only]) => Ok(*only),
        Some([first, .., last]) => Ok(first.cover(*last)),
        _ => Err(format!("there are no tokens {start}..{end}")),
    }
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
