//! RDF → petgraph: the claims of all documents as nodes and edges with their evidence.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

use super::{Category, Edge, Evidence, KnowledgeGraph, Node, Status};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{ID_NAMESPACE, local_name, oa, property, schema};

/// Which nodes and edges a view of the graph has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Short relations between entities ("held at"); an event is a node only where no relation tells
    /// of it and it joins two or more, or is no fact.
    #[default]
    Relations,
    /// Every event as a node; relations that events entail are left out.
    Events,
    /// Everything that joins two.
    All,
    /// Everything, and what nothing joins to anything too.
    Whole,
}

/// Builds the view of a graph's quads: nodes in order of IRI, edges in order of their ends.
pub fn build(quads: &[Quad], view: View) -> KnowledgeGraph {
    let raw = Raw::read(quads);
    let mut edges: BTreeMap<(&str, &str, &str, Status), Told> = BTreeMap::new();
    let told = raw.told_by_relations();
    let days = raw.days_of_words();
    for claim in raw.claims.values() {
        let (Some(subject), Some(predicate), Some(object)) = (claim.subject, claim.predicate, claim.object) else {
            continue;
        };
        if predicate == rdf::TYPE.as_str() {
            continue;
        }
        let entailed = claim.rule.starts_with("entailed:");
        let kept = match view {
            View::Relations => entailed || !told.contains(subject),
            View::Events => !entailed,
            View::All | View::Whole => true,
        };
        if kept {
            let edge = edges.entry((subject, predicate, object, claim.status())).or_default();
            edge.evidence.extend(raw.evidence(claim));
            edge.within(raw.days(claim, &days));
        }
    }
    if view == View::Relations {
        drop_lone_events(&raw, &mut edges);
    }
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (subject, _, object, _) in edges.keys() {
        used.insert(subject);
        used.insert(object);
    }
    if view == View::Whole {
        used.extend(raw.nodes.keys().chain(raw.classes.keys()).filter(|iri| raw.is_told_of(iri)));
    }
    let mut graph = KnowledgeGraph::new();
    let mut index = HashMap::new();
    for iri in used {
        index.insert(iri, graph.add_node(raw.node(iri)));
    }
    for ((subject, predicate, object, status), Told { mut evidence, days }) in edges {
        evidence.sort_by(|one, other| {
            other
                .confidence
                .total_cmp(&one.confidence)
                .then_with(|| (&one.document, one.start, one.end).cmp(&(&other.document, other.start, other.end)))
        });
        evidence.dedup();
        let local = local(predicate).to_owned();
        let label = Schema::embedded().label(&local, "en").unwrap_or(&local).to_owned();
        let (earliest, latest) = days.unwrap_or_default();
        let (earliest, latest) = (earliest.map(str::to_owned), latest.map(str::to_owned));
        let edge = Edge { predicate: local, label, status, evidence, earliest, latest };
        graph.add_edge(index[subject], index[object], edge);
    }
    graph
}

/// Leaves out events that only say that something happened to one: "arrest → somebody". What is
/// denied, doubted or planned stays.
fn drop_lone_events(raw: &Raw<'_>, edges: &mut BTreeMap<(&str, &str, &str, Status), Told<'_>>) {
    let mut degrees: HashMap<&str, usize> = HashMap::new();
    for (subject, ..) in edges.keys() {
        *degrees.entry(subject).or_default() += 1;
    }
    edges.retain(|(subject, _, _, status), _| {
        !raw.classes.contains_key(subject) || *status != Status::Fact || degrees[subject] > 1
    });
}

/// The first and the last day, as far as they are known.
type Days<'a> = (Option<&'a str>, Option<&'a str>);

/// What the claims of one edge say.
#[derive(Default)]
struct Told<'a> {
    evidence: Vec<Evidence>,
    days: Option<Days<'a>>,
}

impl<'a> Told<'a> {
    /// Makes room for the days of one more claim; one without days leaves them open.
    fn within(&mut self, (from, to): Days<'a>) {
        self.days = Some(match self.days {
            None => (from, to),
            Some((earliest, latest)) => (
                earliest.zip(from).map(|(one, other)| one.min(other)),
                latest.zip(to).map(|(one, other)| one.max(other)),
            ),
        });
    }
}

#[derive(Default)]
struct RawClaim<'a> {
    subject: Option<&'a str>,
    predicate: Option<&'a str>,
    object: Option<&'a str>,
    document: &'a str,
    polarity: &'a str,
    modality: &'a str,
    rule: &'a str,
    confidence: f64,
    told: Days<'a>,
    evidence: Vec<&'a str>,
    attribution: Vec<&'a str>,
}

impl<'a> RawClaim<'a> {
    /// The class of the event that the claim follows from: `Release` of `entailed:releasedFrom/Release.site`.
    fn entailed_by(&self) -> Option<&'a str> {
        self.rule.strip_prefix("entailed:")?.split('/').nth(1)?.split('.').next()
    }

    fn status(&self) -> Status {
        match (self.polarity, self.modality) {
            ("negative", _) => Status::Negated,
            (_, "planned" | "averted") => Status::Planned,
            (_, "reportedDoubtful" | "hypothetical") => Status::Doubtful,
            _ => Status::Fact,
        }
    }
}

/// The quads by what they tell.
#[derive(Default)]
struct Raw<'a> {
    claims: BTreeMap<&'a str, RawClaim<'a>>,
    /// Subject → predicate → objects, as text, for everything that is no claim.
    nodes: HashMap<&'a str, BTreeMap<&'a str, BTreeSet<&'a str>>>,
    /// Event → class, from claims of its type.
    classes: HashMap<&'a str, &'a str>,
}

impl<'a> Raw<'a> {
    fn read(quads: &'a [Quad]) -> Self {
        let mut raw = Self::default();
        let claims = format!("{ID_NAMESPACE}claim/");
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let object = match &quad.object {
                Term::NamedNode(node) => node.as_str(),
                Term::Literal(literal) => literal.value(),
                _ => continue,
            };
            let subject = subject.as_str();
            if !subject.starts_with(&claims) {
                raw.nodes.entry(subject).or_default().entry(quad.predicate.as_str()).or_default().insert(object);
                continue;
            }
            let claim = raw.claims.entry(subject).or_default();
            if let GraphName::NamedNode(document) = &quad.graph_name {
                claim.document = document.as_str();
            }
            let notation = || object.rsplit('-').next().unwrap_or(object);
            match quad.predicate.as_ref() {
                predicate if predicate == rdf::SUBJECT => claim.subject = Some(object),
                predicate if predicate == rdf::PREDICATE => claim.predicate = Some(object),
                // A literal (an age, an occupation) is a property of its node, not an edge.
                predicate if predicate == rdf::OBJECT && quad.object.is_named_node() => claim.object = Some(object),
                predicate if predicate == property::POLARITY => claim.polarity = notation(),
                predicate if predicate == property::MODALITY => claim.modality = notation(),
                predicate if predicate == property::RULE => claim.rule = object,
                predicate if predicate == property::CONFIDENCE => claim.confidence = object.parse().unwrap_or_default(),
                predicate if predicate == property::TOLD_EARLIEST => claim.told.0 = Some(object),
                predicate if predicate == property::TOLD_LATEST => claim.told.1 = Some(object),
                predicate if predicate == property::EVIDENCE => claim.evidence.push(object),
                predicate if predicate == property::ATTRIBUTION => claim.attribution.push(object),
                _ => {}
            }
        }
        for claim in raw.claims.values() {
            if let (Some(subject), Some(predicate), Some(object)) = (claim.subject, claim.predicate, claim.object)
                && predicate == rdf::TYPE.as_str()
            {
                raw.classes.insert(subject, object.rsplit('#').next().unwrap_or(object));
            }
        }
        raw
    }

    /// Events that a short relation tells of: one entailed claim rests on the same words.
    fn told_by_relations(&self) -> BTreeSet<&'a str> {
        let entailed: BTreeSet<(&str, &str)> = self
            .claims
            .values()
            .filter(|claim| claim.rule.starts_with("entailed:"))
            .flat_map(|claim| {
                claim.evidence.iter().map(|evidence| (*evidence, claim.entailed_by().unwrap_or_default()))
            })
            .collect();
        self.claims
            .values()
            .filter(|claim| claim.predicate == Some(rdf::TYPE.as_str()))
            .filter(|claim| {
                let class = claim.object.and_then(|object| object.rsplit('#').next()).unwrap_or_default();
                claim.evidence.iter().any(|evidence| entailed.contains(&(*evidence, class)))
            })
            .filter_map(|claim| claim.subject)
            .collect()
    }

    /// Whether a node is an entity or event: something that is told of, not the telling.
    fn is_told_of(&self, iri: &str) -> bool {
        let schema = Schema::embedded();
        let of_class = |class: &str| schema.is_subclass(class, "Entity") || schema.is_subclass(class, "Event");
        let own = self.classes.get(iri).copied();
        let types = self.nodes.get(iri).and_then(|properties| properties.get(rdf::TYPE.as_str())).into_iter().flatten();
        own.into_iter().chain(types.filter_map(|class| class.rsplit('#').next())).any(of_class)
    }

    /// The days of an event.
    fn interval(&self, event: &str) -> Days<'a> {
        (self.first(event, property::EARLIEST.as_str()), self.first(event, property::LATEST.as_str()))
    }

    /// Words that tell of an event, and its class, to its days.
    fn days_of_words(&self) -> HashMap<(&'a str, &'a str), Days<'a>> {
        let typed = self.claims.values().filter(|claim| claim.predicate == Some(rdf::TYPE.as_str()));
        typed
            .filter_map(|claim| Some((claim, claim.subject?, local(claim.object?))))
            .flat_map(|(claim, event, class)| {
                claim.evidence.iter().map(move |words| ((*words, class), self.interval(event)))
            })
            .collect()
    }

    /// The days of what a claim says: those that it tells itself, else those of its event, or of the event that it
    /// follows from.
    fn days(&self, claim: &RawClaim<'a>, of_words: &HashMap<(&'a str, &'a str), Days<'a>>) -> Days<'a> {
        if claim.told != (None, None) {
            return claim.told;
        }
        match claim.entailed_by() {
            Some(class) => {
                claim.evidence.iter().find_map(|words| of_words.get(&(*words, class))).copied().unwrap_or_default()
            }
            None => claim.subject.map(|subject| self.interval(subject)).unwrap_or_default(),
        }
    }

    fn first(&self, node: &str, predicate: impl AsRef<str>) -> Option<&'a str> {
        self.nodes.get(node)?.get(predicate.as_ref())?.first().copied()
    }

    fn node(&self, iri: &'a str) -> Node {
        let properties = self.nodes.get(iri);
        let values = |predicate: &str| properties.and_then(|all| all.get(predicate)).into_iter().flatten().copied();
        let schema_of_classes = Schema::embedded();
        let class = self.classes.get(iri).map(|class| (*class).to_owned()).or_else(|| {
            let classes = values(rdf::TYPE.as_str()).filter_map(|class| class.rsplit('#').next());
            classes
                .max_by_key(|class| (schema_of_classes.superclasses(class).len(), std::cmp::Reverse(*class)))
                .map(str::to_owned)
        });
        let class = class.unwrap_or_else(|| "Other".to_owned());
        let category = category(&class);
        let earliest = self.first(iri, property::EARLIEST.as_str());
        let latest = self.first(iri, property::LATEST.as_str());
        let label = match self.first(iri, rdfs::LABEL.as_str()) {
            Some(label) => label.to_owned(),
            None if category == Category::Event => schema_of_classes.label(&class, "en").unwrap_or(&class).to_owned(),
            None => crate::query::shorten(iri),
        };
        let names: BTreeSet<&str> = [property::NAME, property::ALIAS, property::NICKNAME, property::DESCRIPTION]
            .iter()
            .flat_map(|predicate| values(predicate.as_str()))
            .collect();
        let shown = [property::AGE, property::OCCUPATION, property::POSITION, property::TRIGGER, property::GEONAMES_ID];
        let details = shown
            .iter()
            .filter_map(|predicate| {
                let all: Vec<&str> = values(predicate.as_str()).collect();
                let name = local_name(*predicate)?;
                let label = schema_of_classes.label(name, "en").unwrap_or(name).to_owned();
                (!all.is_empty()).then(|| (label, all.join(", ")))
            })
            .collect();
        let degrees = |predicate: &str| values(predicate).next().and_then(|text| text.parse().ok());
        Node {
            iri: iri.to_owned(),
            aliases: names.into_iter().filter(|name| *name != label).map(str::to_owned).collect(),
            label,
            class,
            category,
            details,
            earliest: earliest.map(str::to_owned),
            latest: latest.map(str::to_owned),
            latitude: degrees(schema::LATITUDE.as_str()),
            longitude: degrees(schema::LONGITUDE.as_str()),
        }
    }

    fn evidence(&self, claim: &RawClaim<'a>) -> Vec<Evidence> {
        let document = claim.document;
        let said_by: Vec<String> = claim.attribution.iter().flat_map(|attribution| self.chain(attribution)).collect();
        claim
            .evidence
            .iter()
            .map(|evidence| {
                let selector = self.first(evidence, oa::HAS_SELECTOR.as_str()).unwrap_or_default();
                let number = |predicate: &str| {
                    self.first(selector, predicate).and_then(|text| text.parse().ok()).unwrap_or_default()
                };
                Evidence {
                    document: self
                        .first(document, schema::HEADLINE.as_str())
                        .or(self.first(document, property::SOURCE_PATH.as_str()))
                        .unwrap_or(document)
                        .to_owned(),
                    publisher: self.first(document, property::PUBLISHER_NAME.as_str()).map(str::to_owned),
                    date: self.first(document, property::PUBLISHED_LATEST.as_str()).map(str::to_owned),
                    quote: self.first(selector, oa::EXACT.as_str()).unwrap_or_default().to_owned(),
                    start: number(oa::START.as_str()),
                    end: number(oa::END.as_str()),
                    said_by: said_by.clone(),
                    confidence: claim.confidence,
                    rule: claim.rule.to_owned(),
                }
            })
            .collect()
    }

    /// Those who say so: the reporter nearest to the document first.
    fn chain(&self, attribution: &'a str) -> Vec<String> {
        let mut names = Vec::new();
        let mut seen = BTreeSet::new();
        let mut at = Some(attribution);
        while let Some(node) = at.filter(|node| seen.insert(*node)) {
            // The last link has no cue: it is the document, which is told beside the chain.
            let Some(cue) = self.first(node, property::CUE.as_str()) else { break };
            let name = match self.first(node, property::SOURCE.as_str()) {
                Some(source) => self.first(source, rdfs::LABEL.as_str()).unwrap_or(source).to_owned(),
                None => self
                    .first(node, property::SOURCE_WORDS.as_str())
                    .map_or_else(|| format!("“{cue}”"), |words| words.split_whitespace().collect::<Vec<_>>().join(" ")),
            };
            names.push(name);
            at = self.first(node, property::VIA.as_str());
        }
        names.reverse();
        names
    }
}

/// The part of an IRI that names it in its namespace.
fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

fn category(class: &str) -> Category {
    let schema = Schema::embedded();
    let is = |superclass: &str| schema.is_subclass(class, superclass);
    match class {
        _ if is("Event") => Category::Event,
        _ if is("Person") => Category::Person,
        _ if is("PersonGroup") => Category::Group,
        _ if is("Organization") => Category::Organization,
        _ if is("Facility") => Category::Facility,
        _ if is("Location") => Category::Location,
        _ => Category::Other,
    }
}
