//! A line of JSON → annotations, with everything checked.

use std::collections::HashMap;

use super::FORMAT;
use super::wire::{Wire, WireInterval, WireLength, WirePage, WireSpan};
use crate::language::Analyser;
use oxigraph::model::NamedNode;

use crate::model::{
    Analysis, Annotations, Argument, Attribution, CodePoints, Document, DocumentId, Entity, Event, Figure, Interval,
    Length, Mention, PageSpan, Place, Relation, Sentence, Span, TimeExpression, Token,
};

/// An annotation line that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("annotation line: {problem}\nhint: the format is {FORMAT}, one JSON object per line, offsets in code points")]
pub struct LineError {
    problem: String,
    #[source]
    source: Option<serde_json::Error>,
}

fn fail<T>(problem: impl Into<String>) -> Result<T, LineError> {
    Err(LineError { problem: problem.into(), source: None })
}

/// Reads one annotation line.
///
/// # Errors
/// If the line is not JSON of the format, an offset lies outside the text, the text of a mention is
/// not what stands there, or an id is referred to that does not exist.
///
/// ```
/// use isnad::{extract, model::Document};
/// let annotations = extract::Reader::default().read(Document::from_text("a", "Rebels seized Ḥamāh."));
/// let mut line = Vec::new();
/// extract::write_line(&annotations, &mut line)?;
/// let back = extract::parse_line(std::str::from_utf8(&line)?)?;
/// assert_eq!(back.events, annotations.events);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_line(line: &str) -> Result<Annotations, LineError> {
    let wire: Wire =
        serde_json::from_str(line).map_err(|error| LineError { problem: error.to_string(), source: Some(error) })?;
    if wire.format != FORMAT {
        return fail(format!("the format is `{}`, not `{FORMAT}`", wire.format));
    }
    let document = document(&wire)?;
    let points = CodePoints::new(&document.text);
    let span = |start: usize, end: usize| place(&points, start, end);
    let spanned = |wire: &WireSpan| -> Result<Span, LineError> {
        let found = span(wire.start, wire.end)?;
        match &wire.text {
            Some(text) if text != found.slice(&document.text) => fail(format!(
                "at [{}, {}) stands `{}`, not `{text}`",
                wire.start,
                wire.end,
                found.slice(&document.text)
            )),
            _ => Ok(found),
        }
    };
    let entities = Ids::new("entity", wire.entities.iter().map(|entity| &entity.id))?;
    let mentions = Ids::new("mention", wire.mentions.iter().map(|mention| &mention.id))?;
    let times = Ids::new("time", wire.times.iter().map(|time| &time.id))?;
    let events = Ids::new("event", wire.events.iter().map(|event| &event.id))?;
    let figures = Ids::new("figure", wire.figures.iter().map(|figure| &figure.id))?;
    let attributions = Ids::new("attribution", wire.attributions.iter().map(|attribution| &attribution.id))?;

    let analysis = analysis(&wire, &document, &span)?;
    let sentence_of = |at: Span| analysis.sentence_at(at.start).map_or(at, |index| analysis.sentences[index].span);
    let mut result = Annotations {
        document: document.clone(),
        analysis: analysis.clone(),
        reading: wire.reading,
        mentions: Vec::new(),
        entities: Vec::new(),
        times: Vec::new(),
        events: Vec::new(),
        relations: Vec::new(),
        figures: Vec::new(),
        attributions: Vec::new(),
    };
    for mention in &wire.mentions {
        let place = WireSpan { start: mention.start, end: mention.end, text: Some(mention.text.clone()) };
        result.mentions.push(Mention {
            span: spanned(&place)?,
            kind: mention.kind,
            form: mention.form,
            entity: entities.optional(mention.entity.as_deref())?,
            head: mention.head.as_ref().map(&spanned).transpose()?,
            number: mention.number,
            gender: mention.gender,
            rule: mention.rule.clone().unwrap_or_else(|| "imported".to_owned()),
            layers: mention.layers.iter().map(|(layer, weight)| (layer.clone(), *weight as f32)).collect(),
            confidence: confidence(mention.confidence)?,
        });
    }
    for entity in &wire.entities {
        let mut attributes = std::collections::BTreeMap::new();
        for (name, values) in &entity.attributes {
            let places = entity.attribute_evidence.get(name);
            let mut list = Vec::new();
            for (index, value) in values.iter().enumerate() {
                // An attribute without a place of its own rests on the entity's first mention.
                let place = match places.and_then(|places| places.get(index)) {
                    Some(&(start, end)) => span(start, end)?,
                    None => match result
                        .mentions
                        .iter()
                        .find(|mention| mention.entity.is_some_and(|at| wire.entities[at].id == entity.id))
                    {
                        Some(mention) => sentence_of(mention.span),
                        None => continue,
                    },
                };
                list.push((value.clone(), place));
            }
            attributes.insert(name.clone(), list);
        }
        result.entities.push(Entity {
            kind: entity.kind,
            subtype: entity.subtype.clone(),
            name: entity.name.clone(),
            named: entity.named,
            aliases: entity.aliases.clone(),
            gazetteer: entity.gazetteer.clone(),
            canonical: entity.canonical.clone(),
            place: entity.place.as_ref().map(|place| Place {
                geonames: place.geonames,
                latitude: place.latitude,
                longitude: place.longitude,
                country: place.country.clone(),
                score: place.score,
                candidates: place.candidates.clone(),
            }),
            attributes,
        });
    }
    for time in &wire.times {
        let place = WireSpan { start: time.start, end: time.end, text: Some(time.text.clone()) };
        result.times.push(TimeExpression {
            span: spanned(&place)?,
            kind: time.kind,
            interval: time.interval.as_ref().map(interval).transpose()?,
            length: time.days.as_ref().map(length).transpose()?,
            value: time.value.clone(),
            rule: time.rule.clone().unwrap_or_else(|| "imported".to_owned()),
        });
    }
    for event in &wire.events {
        let trigger = spanned(&event.trigger)?;
        let mut arguments = Vec::new();
        for argument in &event.arguments {
            arguments.push(Argument {
                role: argument.role.clone(),
                entity: entities.get(&argument.entity)?,
                mention: mentions.optional(argument.mention.as_deref())?,
                confidence: confidence(argument.confidence)?,
                open: argument.open,
                rule: argument.rule.clone().unwrap_or_else(|| "imported".to_owned()),
            });
        }
        let time = match &event.time {
            None => None,
            Some(time) => {
                let place = match (time.start, time.end) {
                    (Some(start), Some(end)) => Some(span(start, end)?),
                    _ => None,
                };
                Some((interval(time)?, place))
            }
        };
        result.events.push(Event {
            kind: event.kind.clone(),
            class: event.class.clone().filter(|class| NamedNode::new(class.as_str()).is_ok()),
            trigger,
            evidence: event.evidence.as_ref().map(&spanned).transpose()?.unwrap_or_else(|| sentence_of(trigger)),
            polarity: event.polarity,
            modality: event.modality,
            time,
            duration: times.optional(event.duration.as_deref())?,
            arguments,
            attribution: attributions.list(&event.attribution)?,
            same: events.optional(event.same.as_deref())?.filter(|&first| first < result.events.len()),
            rule: event.rule.clone().unwrap_or_else(|| "imported".to_owned()),
            confidence: confidence(event.confidence)?,
        });
    }
    for relation in &wire.relations {
        result.relations.push(Relation {
            kind: relation.kind.clone(),
            subject: entities.get(&relation.subject)?,
            object: entities.get(&relation.object)?,
            evidence: spanned(&relation.evidence)?,
            polarity: relation.polarity,
            modality: relation.modality,
            attribution: attributions.list(&relation.attribution)?,
            rule: relation.rule.clone().unwrap_or_else(|| "imported".to_owned()),
            confidence: confidence(relation.confidence)?,
        });
    }
    for figure in &wire.figures {
        let place = spanned(&WireSpan { start: figure.start, end: figure.end, text: figure.text.clone() })?;
        let mut evidence =
            vec![figure.evidence.as_ref().map(&spanned).transpose()?.unwrap_or_else(|| sentence_of(place))];
        for &(start, end) in &figure.repeated {
            evidence.push(span(start, end)?);
        }
        result.figures.push(Figure {
            span: place,
            evidence,
            value: figure.value,
            upper: figure.upper,
            bound: figure.bound,
            unit: figure.unit.clone(),
            counted: figure.counted.clone(),
            rate: figure.rate,
            part_of: figures.optional(figure.part_of.as_deref())?,
            event: events.optional(figure.event.as_deref())?,
            place: entities.optional(figure.place.as_deref())?,
            period: figure.period.as_ref().map(interval).transpose()?,
            attribution: attributions.list(&figure.attribution)?,
            modality: figure.modality,
            confidence: confidence(figure.confidence)?,
        });
    }
    for said in &wire.attributions {
        result.attributions.push(Attribution {
            source: entities.optional(said.source.as_deref())?,
            source_kind: said.source_kind,
            source_words: said.source_words.as_ref().map(&spanned).transpose()?,
            cue: spanned(&said.cue)?,
            kind: said.kind,
            stance: said.stance,
            via: attributions.optional(said.via.as_deref())?,
            content: spanned(&said.content)?,
            rule: said.rule.clone().unwrap_or_else(|| "imported".to_owned()),
            confidence: confidence(said.confidence)?,
        });
    }
    check_chains(&result)?;
    Ok(result)
}

/// Code points `start..end` of a text as bytes.
fn place(points: &CodePoints<'_>, start: usize, end: usize) -> Result<Span, LineError> {
    match (points.to_byte(start), points.to_byte(end)) {
        (Some(from), Some(to)) if start <= end => Ok(Span::new(from, to)),
        _ => fail(format!("[{start}, {end}) is not a place in a text of {} code points", points.of_byte(usize::MAX))),
    }
}

/// Chains of attributions end: none is reported through itself.
fn check_chains(annotations: &Annotations) -> Result<(), LineError> {
    for start in 0..annotations.attributions.len() {
        let mut at = start;
        for _ in 0..=annotations.attributions.len() {
            match annotations.attributions[at].via {
                Some(via) => at = via,
                None => break,
            }
        }
        if annotations.attributions[at].via.is_some() {
            return fail(format!("attribution a{} is reported through itself", start + 1));
        }
    }
    Ok(())
}

fn document(wire: &Wire) -> Result<Document, LineError> {
    let given = &wire.document;
    if given.text.is_empty() {
        return fail("the document has no text");
    }
    let mut document = Document::from_text(given.source.clone(), given.text.clone());
    if !given.sha256.is_empty() {
        if given.sha256.len() != 64 || !given.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return fail("`sha256` is not 64 hexadecimal digits");
        }
        document.sha256 = given.sha256.to_ascii_lowercase();
    }
    document.title = given.title.clone();
    document.published = given.published.as_ref().map(interval).transpose()?;
    if let Some((start, end)) = given.published.as_ref().and_then(|published| published.start.zip(published.end)) {
        document.published_by = Some(place(&CodePoints::new(&document.text), start, end)?);
    }
    document.publisher = given.publisher.clone();
    document.url = given.url.clone();
    document.author = given.author.clone();
    document.encoding = given.encoding.clone();
    document.pages = pages(&given.pages, &document.text)?;
    document.language = given.language.clone();
    if DocumentId::parse(&given.id).is_none() {
        return fail(format!("`{}` is not a document id", given.id));
    }
    Ok(document.with_identity())
}

/// Pages follow each other in the text.
fn pages(given: &[WirePage], text: &str) -> Result<Vec<PageSpan>, LineError> {
    let points = CodePoints::new(text);
    let mut pages: Vec<PageSpan> = Vec::with_capacity(given.len());
    for page in given {
        let span = place(&points, page.start, page.end)?;
        if page.page == 0 || pages.last().is_some_and(|last| last.span.end > span.start) {
            return fail(format!("page {} at {} is out of order", page.page, page.start));
        }
        pages.push(PageSpan { number: page.page, span });
    }
    Ok(pages)
}

/// Words and sentences by rule where the line has none, tokens as the line has them.
fn analysis(
    wire: &Wire,
    document: &Document,
    span: &dyn Fn(usize, usize) -> Result<Span, LineError>,
) -> Result<Analysis, LineError> {
    let mut analysis = Analyser::rules().analyse(&document.text);
    if !wire.sentences.is_empty() {
        let mut sentences = Vec::with_capacity(wire.sentences.len());
        for &(start, end) in &wire.sentences {
            let place = span(start, end)?;
            let first = analysis.word_at(place.start);
            let last = analysis.words.partition_point(|word| word.span.start < place.end);
            let paragraph = analysis.sentence_at(place.start).map_or(0, |index| analysis.sentences[index].paragraph);
            sentences.push(Sentence { span: place, first, end: last.max(first), paragraph });
        }
        analysis.sentences = sentences;
    }
    for (at, token) in wire.tokens.iter().enumerate() {
        let head = token.head.unwrap_or(at);
        if head >= wire.tokens.len() {
            return fail(format!("the head {head} of token {at} is none of the {} tokens", wire.tokens.len()));
        }
        analysis.tokens.push(Token {
            span: span(token.start, token.end)?,
            lemma: token.lemma.clone(),
            tag: token.tag.clone(),
            pos: token.pos.clone(),
            head,
            dep: token.dep.clone(),
        });
    }
    Ok(analysis)
}

fn interval(wire: &WireInterval) -> Result<Interval, LineError> {
    let day = |text: &Option<String>, last: bool| match text {
        None => Ok(None),
        Some(text) => parse_day(text, last).map(Some).ok_or_else(|| LineError {
            problem: format!("`{text}` is not a date (YYYY, YYYY-MM or YYYY-MM-DD)"),
            source: None,
        }),
    };
    let (earliest, latest) = (day(&wire.earliest, false)?, day(&wire.latest, true)?);
    if let (Some(from), Some(to)) = (earliest, latest)
        && from > to
    {
        return fail(format!("the interval ends ({to}) before it begins ({from})"));
    }
    Ok(Interval { earliest, latest, basis: wire.basis })
}

fn length(wire: &WireLength) -> Result<Length, LineError> {
    match (wire.least, wire.most) {
        (Some(least), Some(most)) if least > most => {
            fail(format!("{least} days at least are more than {most} at most"))
        }
        (least, most) => Ok(Length { least, most }),
    }
}

/// A day; a month or year stands for its first or last day.
fn parse_day(text: &str, last: bool) -> Option<jiff::civil::Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let first = match parts[..] {
        [year] => jiff::civil::Date::new(year.parse().ok()?, if last { 12 } else { 1 }, 1).ok()?,
        [year, month] => jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?,
        _ => return text.parse().ok(),
    };
    Some(if last { first.last_of_month() } else { first })
}

fn confidence(given: Option<f64>) -> Result<f32, LineError> {
    match given {
        None => Ok(0.5),
        Some(value) if (0.0..=1.0).contains(&value) => Ok(value as f32),
        Some(value) => fail(format!("the confidence {value} is not between 0 and 1")),
    }
}

/// Ids of one layer → indices.
struct Ids {
    layer: &'static str,
    index: HashMap<String, usize>,
}

impl Ids {
    fn new<'a>(layer: &'static str, ids: impl Iterator<Item = &'a String>) -> Result<Self, LineError> {
        let mut index = HashMap::new();
        for (at, id) in ids.enumerate() {
            if index.insert(id.clone(), at).is_some() {
                return fail(format!("the {layer} `{id}` is there twice"));
            }
        }
        Ok(Self { layer, index })
    }

    fn get(&self, id: &str) -> Result<usize, LineError> {
        match self.index.get(id) {
            Some(index) => Ok(*index),
            None => fail(format!("there is no {} `{id}`", self.layer)),
        }
    }

    fn optional(&self, id: Option<&str>) -> Result<Option<usize>, LineError> {
        id.map(|id| self.get(id)).transpose()
    }

    fn list(&self, ids: &[String]) -> Result<Vec<usize>, LineError> {
        ids.iter().map(|id| self.get(id)).collect()
    }
}
