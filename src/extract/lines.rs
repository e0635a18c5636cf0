//! Annotation lines: one JSON object per document, as `isnad extract` prints them.
//!
//! Offsets are half-open counts of Unicode code points. Other tools may produce these lines;
//! everything is checked when they are read: offsets, ids, closed lists, and that the text of a
//! mention is what stands there.

mod reading;
#[cfg(test)]
mod tests;
mod wire;

use std::io::{self, Write};

pub use reading::{LineError, parse_line};

use crate::model::{Annotations, CodePoints, Interval, Span};
use wire::{
    Wire, WireArgument, WireAttribution, WireDocument, WireEntity, WireEvent, WireFigure, WireInterval, WireLength,
    WireMention, WirePage, WirePlace, WireRelation, WireSpan, WireTime, WireToken,
};

/// The version of the format.
pub(super) const FORMAT: &str = "isnad-annotations/1";

/// Writes one document's annotations as a line of JSON.
///
/// # Errors
/// If the output cannot be written.
pub fn write_line(annotations: &Annotations, out: &mut dyn Write) -> io::Result<()> {
    let wire = to_wire(annotations);
    serde_json::to_writer(&mut *out, &wire)?;
    out.write_all(b"\n")
}

/// Writes a line without its tokens, which nothing after extraction needs.
pub(crate) fn write_line_without_tokens(annotations: &Annotations, out: &mut dyn Write) -> io::Result<()> {
    let wire = Wire { tokens: Vec::new(), ..to_wire(annotations) };
    serde_json::to_writer(&mut *out, &wire)?;
    out.write_all(b"\n")
}

fn to_wire(annotations: &Annotations) -> Wire {
    let document = &annotations.document;
    let points = CodePoints::new(&document.text);
    let pair = |span: Span| (points.of_byte(span.start), points.of_byte(span.end));
    let spanned = |span: Span| {
        let (start, end) = pair(span);
        WireSpan { start, end, text: Some(span.slice(&document.text).to_owned()) }
    };
    let bare = |span: Span| {
        let (start, end) = pair(span);
        WireSpan { start, end, text: None }
    };
    let attribution = |list: &[usize]| list.iter().map(|index| id('a', *index)).collect::<Vec<_>>();
    Wire {
        format: FORMAT.to_owned(),
        reading: annotations.reading,
        document: WireDocument {
            id: document.id.to_string(),
            source: document.source.clone(),
            sha256: document.sha256.clone(),
            title: document.title.clone(),
            published: document.published.as_ref().map(|published| {
                let place = document.published_by.map(pair);
                let (start, end) = (place.map(|place| place.0), place.map(|place| place.1));
                WireInterval { start, end, ..interval(published) }
            }),
            publisher: document.publisher.clone(),
            url: document.url.clone(),
            author: document.author.clone(),
            encoding: document.encoding.clone(),
            pages: document
                .pages
                .iter()
                .map(|page| {
                    let (start, end) = pair(page.span);
                    WirePage { page: page.number, start, end }
                })
                .collect(),
            language: document.language.clone(),
            text: document.text.clone(),
        },
        sentences: annotations.analysis.sentences.iter().map(|sentence| pair(sentence.span)).collect(),
        tokens: annotations
            .analysis
            .tokens
            .iter()
            .map(|token| {
                let (start, end) = pair(token.span);
                WireToken {
                    start,
                    end,
                    lemma: token.lemma.clone(),
                    tag: token.tag.clone(),
                    pos: token.pos.clone(),
                    head: Some(token.head),
                    dep: token.dep.clone(),
                }
            })
            .collect(),
        mentions: annotations
            .mentions
            .iter()
            .enumerate()
            .map(|(index, mention)| {
                let (start, end) = pair(mention.span);
                WireMention {
                    id: id('m', index),
                    start,
                    end,
                    text: mention.span.slice(&document.text).to_owned(),
                    kind: mention.kind,
                    form: mention.form,
                    entity: mention.entity.map(|entity| id('e', entity)),
                    head: mention.head.map(spanned),
                    number: mention.number,
                    gender: mention.gender,
                    rule: Some(mention.rule.clone()),
                    layers: mention.layers.iter().map(|(layer, weight)| (layer.clone(), round(*weight))).collect(),
                    confidence: Some(round(mention.confidence)),
                }
            })
            .collect(),
        entities: annotations
            .entities
            .iter()
            .enumerate()
            .map(|(index, entity)| WireEntity {
                id: id('e', index),
                kind: entity.kind,
                subtype: entity.subtype.clone(),
                name: entity.name.clone(),
                named: entity.named,
                aliases: entity.aliases.clone(),
                gazetteer: entity.gazetteer.clone(),
                canonical: entity.canonical.clone(),
                attributes: entity
                    .attributes
                    .iter()
                    .map(|(name, values)| (name.clone(), values.iter().map(|(value, _)| value.clone()).collect()))
                    .collect(),
                attribute_evidence: entity
                    .attributes
                    .iter()
                    .map(|(name, values)| (name.clone(), values.iter().map(|(_, span)| pair(*span)).collect()))
                    .collect(),
                place: entity.place.as_ref().map(|place| WirePlace {
                    geonames: place.geonames,
                    latitude: place.latitude,
                    longitude: place.longitude,
                    country: place.country.clone(),
                    score: place.score,
                    candidates: place.candidates.clone(),
                }),
            })
            .collect(),
        times: annotations
            .times
            .iter()
            .enumerate()
            .map(|(index, time)| {
                let (start, end) = pair(time.span);
                WireTime {
                    id: id('t', index),
                    start,
                    end,
                    text: time.span.slice(&document.text).to_owned(),
                    kind: time.kind,
                    value: time.value.clone(),
                    interval: time.interval.as_ref().map(interval),
                    days: time.length.map(|length| WireLength { least: length.least, most: length.most }),
                    rule: Some(time.rule.clone()),
                }
            })
            .collect(),
        events: annotations
            .events
            .iter()
            .enumerate()
            .map(|(index, event)| WireEvent {
                id: id('v', index),
                kind: event.kind.clone(),
                class: event.class.clone(),
                trigger: spanned(event.trigger),
                evidence: Some(bare(event.evidence)),
                polarity: event.polarity,
                modality: event.modality,
                time: event.time.as_ref().map(|(when, span)| {
                    let mut wire = interval(when);
                    if let Some((start, end)) = span.map(pair) {
                        wire.start = Some(start);
                        wire.end = Some(end);
                    }
                    wire
                }),
                duration: event.duration.map(|time| id('t', time)),
                arguments: event
                    .arguments
                    .iter()
                    .map(|argument| WireArgument {
                        role: argument.role.clone(),
                        entity: id('e', argument.entity),
                        mention: argument.mention.map(|mention| id('m', mention)),
                        open: argument.open,
                        rule: Some(argument.rule.clone()),
                        confidence: Some(round(argument.confidence)),
                    })
                    .collect(),
                attribution: attribution(&event.attribution),
                same: event.same.map(|first| id('v', first)),
                rule: Some(event.rule.clone()),
                confidence: Some(round(event.confidence)),
            })
            .collect(),
        relations: annotations
            .relations
            .iter()
            .enumerate()
            .map(|(index, relation)| WireRelation {
                id: id('r', index),
                kind: relation.kind.clone(),
                subject: id('e', relation.subject),
                object: id('e', relation.object),
                evidence: bare(relation.evidence),
                polarity: relation.polarity,
                modality: relation.modality,
                attribution: attribution(&relation.attribution),
                rule: Some(relation.rule.clone()),
                confidence: Some(round(relation.confidence)),
            })
            .collect(),
        figures: annotations
            .figures
            .iter()
            .enumerate()
            .map(|(index, figure)| {
                let (start, end) = pair(figure.span);
                WireFigure {
                    id: id('q', index),
                    start,
                    end,
                    text: Some(figure.span.slice(&document.text).to_owned()),
                    evidence: figure.evidence.first().copied().map(bare),
                    repeated: figure.evidence.iter().skip(1).copied().map(pair).collect(),
                    value: figure.value,
                    upper: figure.upper,
                    bound: figure.bound,
                    unit: figure.unit.clone(),
                    counted: figure.counted.clone(),
                    rate: figure.rate,
                    part_of: figure.part_of.map(|whole| id('q', whole)),
                    event: figure.event.map(|event| id('v', event)),
                    place: figure.place.map(|place| id('e', place)),
                    period: figure.period.as_ref().map(interval),
                    modality: figure.modality,
                    attribution: attribution(&figure.attribution),
                    confidence: Some(round(figure.confidence)),
                }
            })
            .collect(),
        attributions: annotations
            .attributions
            .iter()
            .enumerate()
            .map(|(index, said)| WireAttribution {
                id: id('a', index),
                source: said.source.map(|source| id('e', source)),
                source_kind: said.source_kind,
                source_words: said.source_words.map(spanned),
                cue: spanned(said.cue),
                kind: said.kind,
                stance: said.stance,
                via: said.via.map(|via| id('a', via)),
                content: bare(said.content),
                rule: Some(said.rule.clone()),
                confidence: Some(round(said.confidence)),
            })
            .collect(),
    }
}

/// Ids count from 1, as in the format's example.
fn id(letter: char, index: usize) -> String {
    format!("{letter}{}", index + 1)
}

fn interval(interval: &Interval) -> WireInterval {
    WireInterval {
        earliest: interval.earliest.map(|day| day.to_string()),
        latest: interval.latest.map(|day| day.to_string()),
        basis: interval.basis,
        start: None,
        end: None,
    }
}

/// Two decimals: more would pretend to a precision that rules do not have.
fn round(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
