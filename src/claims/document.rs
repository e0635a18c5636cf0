//! The document itself and its entities.

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::graph::{Claim, DocumentGraph, day, decimal, integer, own};
use super::{attributions, custody, events, figures};
use crate::link::{self, Link};
use crate::model::{Annotations, Entity, EntityType, Mention, MentionForm, Modality, Polarity, Span};
use crate::ontology::vocabulary::{geo, property, schema};
use crate::ontology::{Schema, vocabulary::class};

/// The named graph of one document: what it says, of whom, with which words, and on whose word.
///
/// The quads come in a fixed order; the same annotations give the same quads.
///
/// ```
/// use isnad::{claims, extract::Reader, model::Document};
/// let annotations = Reader::default().read(Document::from_text("t", "Rebels captured Hama on 5 December 2024."));
/// let quads = claims::document_graph(&annotations);
/// assert!(quads.iter().any(|quad| quad.object.to_string().contains("Rebels captured Hama")));
/// ```
pub fn document_graph(annotations: &Annotations) -> Vec<Quad> {
    linked_graph(annotations, &link::link(annotations)).0
}

/// The same for entities whose links are known, with the nodes of the events in their order.
pub(crate) fn linked_graph(annotations: &Annotations, links: &[Link]) -> (Vec<Quad>, Vec<NamedNode>) {
    let mut graph = DocumentGraph::new(annotations);
    describe_document(&mut graph);
    let nodes: Vec<NamedNode> = links.iter().map(|link| NamedNode::new_unchecked(link.iri.clone())).collect();
    let spoken_of = spoken_of(annotations);
    for (index, entity) in annotations.entities.iter().enumerate() {
        if spoken_of[index] {
            describe_entity(&mut graph, index, entity, &links[index], &nodes[index]);
        }
    }
    let publisher = annotations.document.publisher.as_deref().map(link::publisher);
    attributions::write_document(&mut graph, publisher.as_ref());
    let attributions = attributions::write(&mut graph, &nodes);
    let events = events::write(&mut graph, &nodes, &attributions);
    custody::write(&mut graph, &nodes, &events);
    relations(&mut graph, &nodes, links, &attributions);
    figures::write(&mut graph, &nodes, &events, &attributions);
    (graph.into_quads(), events)
}

/// Which entities enter the graph: those with a name, and those that something is said of.
fn spoken_of(annotations: &Annotations) -> Vec<bool> {
    let mut used: Vec<bool> =
        annotations.entities.iter().map(|entity| entity.named || !entity.attributes.is_empty()).collect();
    for event in &annotations.events {
        event.arguments.iter().for_each(|argument| used[argument.entity] = true);
    }
    for relation in &annotations.relations {
        used[relation.subject] = true;
        used[relation.object] = true;
    }
    annotations.attributions.iter().filter_map(|said| said.source).for_each(|source| used[source] = true);
    annotations.figures.iter().filter_map(|figure| figure.place).for_each(|place| used[place] = true);
    used
}

fn text(value: &str) -> Literal {
    Literal::new_simple_literal(value)
}

fn describe_document(graph: &mut DocumentGraph<'_>) {
    let document = &graph.annotations.document;
    let node = graph.document.clone();
    graph.add(&node, rdf::TYPE, class::DOCUMENT.into_owned());
    graph.add(&node, property::SHA256, text(&document.sha256));
    graph.add(&node, property::SOURCE_PATH, text(&document.source));
    if let Some(reading) = graph.annotations.reading {
        graph.add(&node, property::READING, text(reading.as_str()));
    }
    if let Some(title) = &document.title {
        graph.add(&node, schema::HEADLINE, text(title));
    }
    if let Some(publisher) = &document.publisher {
        graph.add(&node, property::PUBLISHER_NAME, text(publisher));
    }
    if let Some(author) = &document.author {
        graph.add(&node, property::AUTHOR_NAME, text(author));
    }
    if let Some(encoding) = &document.encoding {
        graph.add(&node, property::ENCODING, text(encoding));
    }
    if let Some(url) = &document.url {
        graph.add(&node, schema::URL, Literal::new_typed_literal(url.as_str(), xsd::ANY_URI));
    }
    if let Some(language) = &document.language {
        graph.add(&node, schema::IN_LANGUAGE, text(language));
    }
    if let Some(published) = &document.published {
        if let Some(date) = published.earliest {
            graph.add(&node, property::PUBLISHED_EARLIEST, day(date));
        }
        if let Some(date) = published.latest {
            graph.add(&node, property::PUBLISHED_LATEST, day(date));
        }
        graph.add(&node, property::PUBLISHED_BASIS, published.basis.concept().into_owned());
        if let Some(words) = document.published_by {
            let evidence = graph.evidence(words);
            graph.add(&node, property::PUBLISHED_EVIDENCE, evidence);
        }
    }
}

fn describe_entity(graph: &mut DocumentGraph<'_>, index: usize, entity: &Entity, link: &Link, node: &NamedNode) {
    let annotations = graph.annotations;
    let document = graph.document.clone();
    graph.add(&document, schema::MENTIONS, node.clone());
    let classes = Schema::embedded();
    graph.add(node, rdf::TYPE, entity.kind.class().into_owned());
    if let Some(subtype) =
        entity.subtype.as_deref().filter(|subtype| classes.is_subclass(subtype, entity.kind.as_str()))
    {
        graph.add(node, rdf::TYPE, own(subtype));
    }
    let names = if entity.named { property::NAME } else { property::DESCRIPTION };
    graph.add(node, names, text(&entity.name));
    for alias in &entity.aliases {
        graph.add(node, names, text(alias));
    }
    // The sentence of the first mention: claims of that sentence rest on the same node.
    if let Some(mention) = first_mention(annotations, index) {
        graph.add(node, property::FOUND_BY, text(&found_by(mention)));
        let span = mention.span;
        let sentence =
            annotations.analysis.sentence_at(span.start).map_or(span, |at| annotations.analysis.sentences[at].span);
        let evidence = graph.evidence(if sentence.contains(span) { sentence } else { span });
        graph.add(node, property::EVIDENCE, evidence);
    }
    if let Some(key) = &entity.gazetteer {
        graph.add(node, property::GAZETTEER_SOURCE, text(key));
        if let Some(name) = &entity.canonical {
            graph.add(node, rdfs::LABEL, text(name));
        }
    }
    if let Some(place) = entity.place.as_ref().filter(|_| entity.kind != EntityType::Nationality) {
        if let Some(score) = place.score {
            graph.add(node, property::PLACE_SCORE, decimal(score));
        }
        for candidate in &place.candidates {
            graph.add(node, property::GAZETTEER_CANDIDATE, text(candidate));
        }
        if let Some(id) = place.geonames.and_then(|id| i64::try_from(id).ok()) {
            graph.add(node, property::GEONAMES_ID, integer(id));
        }
        if let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) {
            let degrees = |value: f64| Literal::new_typed_literal(format!("{value:.5}"), xsd::DECIMAL);
            graph.add(node, schema::LATITUDE, degrees(latitude));
            graph.add(node, schema::LONGITUDE, degrees(longitude));
            let point = format!("POINT({longitude:.5} {latitude:.5})");
            graph.add(node, geo::AS_WKT, Literal::new_typed_literal(point, geo::WKT_LITERAL));
        }
    }
    for (name, values) in &entity.attributes {
        for (value, span) in values {
            attribute(graph, node, name, value, *span, link);
        }
    }
}

fn attribute(graph: &mut DocumentGraph<'_>, node: &NamedNode, name: &str, value: &str, span: Span, link: &Link) {
    if Schema::embedded().property(name).is_none() {
        return;
    }
    let object = match (name, value.parse::<i64>()) {
        ("age", Ok(age)) => integer(age),
        ("age", Err(_)) => return,
        _ => text(value),
    };
    let rule = format!("attribute:{name} {}", link.rule.as_str());
    let claim = graph.claim(Claim {
        subject: node,
        predicate: own(name),
        object: Term::Literal(object),
        polarity: Polarity::Positive,
        modality: Modality::Actual,
        confidence: 0.8,
        evidence: span,
        rule,
        attribution: Vec::new(),
    });
    // An age is true of the day of its telling.
    if let ("age", Some(published)) = (name, &graph.annotations.document.published) {
        let (earliest, latest) = (published.earliest, published.latest);
        if let Some(date) = earliest {
            graph.add(&claim, property::TOLD_EARLIEST, day(date));
        }
        if let Some(date) = latest {
            graph.add(&claim, property::TOLD_LATEST, day(date));
        }
    }
}

/// The first mention by name, else the first of any form.
fn first_mention(annotations: &Annotations, index: usize) -> Option<&Mention> {
    let of = |named: bool| {
        annotations
            .mentions
            .iter()
            .filter(|mention| mention.entity == Some(index) && (!named || mention.form == MentionForm::Name))
            .min_by_key(|mention| mention.span)
    };
    of(true).or_else(|| of(false))
}

/// The layers that spoke for a mention and what each counted; the rule where only one was asked.
fn found_by(mention: &Mention) -> String {
    if mention.layers.is_empty() {
        return mention.rule.clone();
    }
    let layers: Vec<String> = mention.layers.iter().map(|(layer, odds)| format!("{layer} {odds:.1}")).collect();
    layers.join(", ")
}

fn relations(graph: &mut DocumentGraph<'_>, nodes: &[NamedNode], links: &[Link], attributions: &[NamedNode]) {
    let annotations = graph.annotations;
    let known = Schema::embedded();
    for relation in &annotations.relations {
        if known.property(&relation.kind).is_none() {
            continue;
        }
        let mut object = nodes[relation.object].clone();
        let target = &annotations.entities[relation.object];
        // "a Syrian pilot" is a citizen of the country, not of the adjective.
        if relation.kind == "citizenOf" && target.kind == EntityType::Nationality {
            let Some(code) = target.gazetteer.as_deref().and_then(|key| key.strip_prefix("country:")) else { continue };
            object = NamedNode::new_unchecked(super::iri::named(EntityType::Country, code));
            let document = graph.document.clone();
            graph.add(&document, schema::MENTIONS, object.clone());
            graph.add(&object, rdf::TYPE, class::COUNTRY.into_owned());
            if let Some(entry) = crate::gazetteer::Gazetteer::embedded().by_key(&links[relation.object].key) {
                graph.add(&object, rdfs::LABEL, text(&entry.name));
            }
        }
        graph.claim(Claim {
            subject: &nodes[relation.subject],
            predicate: own(&relation.kind),
            object: Term::NamedNode(object),
            polarity: relation.polarity,
            modality: relation.modality,
            confidence: relation.confidence,
            evidence: relation.evidence,
            rule: relation.rule.clone(),
            attribution: relation.attribution.iter().map(|&index| attributions[index].clone()).collect(),
        });
    }
}
