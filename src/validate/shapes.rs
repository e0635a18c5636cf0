//! Shapes, as a file of them says.

use std::collections::{BTreeSet, HashMap};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term};
use regex::{Regex, RegexBuilder};

use super::ShapesError;
use super::path::Path;
use super::vocabulary::{NAMESPACE, sh};

/// How deep shapes may be inside each other.
const DEEPEST: usize = 64;

/// Which nodes a shape is for.
#[derive(Debug, Clone)]
pub(super) enum Target {
    Node(Term),
    Class(NamedNode),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

/// How bad it is not to conform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It is wrong.
    Violation,
    /// It may be wrong.
    Warning,
    /// It is worth knowing.
    Info,
}

impl Severity {
    /// The local name of its IRI.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Violation => "Violation",
            Self::Warning => "Warning",
            Self::Info => "Info",
        }
    }
}

/// What a value must be.
#[derive(Debug, Clone)]
pub(super) enum Constraint {
    Class(NamedNode),
    Datatype(NamedNode),
    NodeKind(NamedNode),
    MinCount(usize),
    MaxCount(usize),
    MinExclusive(Literal),
    MinInclusive(Literal),
    MaxExclusive(Literal),
    MaxInclusive(Literal),
    MinLength(usize),
    MaxLength(usize),
    Pattern(Regex),
    LanguageIn(Vec<String>),
    UniqueLang,
    Equals(NamedNode),
    Disjoint(NamedNode),
    LessThan(NamedNode),
    LessThanOrEquals(NamedNode),
    Not(usize),
    And(Vec<usize>),
    Or(Vec<usize>),
    Xone(Vec<usize>),
    Node(usize),
    Property(usize),
    Qualified { shape: usize, min: Option<usize>, max: Option<usize>, siblings: Vec<usize> },
    Closed(BTreeSet<NamedNode>),
    HasValue(Term),
    In(Vec<Term>),
}

/// A node shape, or with a path a property shape.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub id: NamedOrBlankNode,
    pub path: Option<Path>,
    pub targets: Vec<Target>,
    pub constraints: Vec<Constraint>,
    pub severity: Severity,
    pub messages: Vec<Literal>,
    pub deactivated: bool,
}

/// The shapes of a file.
///
/// ```
/// use isnad::validate::Shapes;
/// let shapes = Shapes::parse("shapes.ttl", isnad::ontology::SHAPES)?;
/// assert!(shapes.len() > 20);
/// let error = Shapes::parse("mine.ttl", "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:minCount 'one' .");
/// assert!(error.unwrap_err().to_string().starts_with("mine.ttl"));
/// # Ok::<(), isnad::validate::ShapesError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Shapes {
    pub(super) list: Vec<Shape>,
}

impl Shapes {
    /// Reads the shapes of a Turtle file; `file` is its name in errors.
    ///
    /// # Errors
    /// If it is not Turtle, or has constraints that cannot be checked: those of SHACL-SPARQL, and mistakes.
    pub fn parse(file: &str, turtle: &str) -> Result<Self, ShapesError> {
        let mut triples: HashMap<NamedOrBlankNode, Vec<(NamedNode, Term)>> = HashMap::new();
        let mut order: Vec<NamedOrBlankNode> = Vec::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
            let quad = quad.map_err(|error| ShapesError::new(file, error.to_string()))?;
            let own = triples.entry(quad.subject.clone()).or_default();
            if own.is_empty() {
                order.push(quad.subject);
            }
            own.push((quad.predicate, quad.object));
        }
        let mut reader = Reader { file, triples, list: Vec::new(), known: HashMap::new(), depth: 0 };
        for node in &order {
            if reader.is_shape(node) {
                reader.shape(node)?;
            }
        }
        Ok(Self { list: reader.list })
    }

    /// How many shapes there are, those inside others included.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

struct Reader<'f> {
    file: &'f str,
    triples: HashMap<NamedOrBlankNode, Vec<(NamedNode, Term)>>,
    list: Vec<Shape>,
    known: HashMap<NamedOrBlankNode, usize>,
    depth: usize,
}

impl Reader<'_> {
    fn fail<T>(&self, node: &NamedOrBlankNode, problem: impl std::fmt::Display) -> Result<T, ShapesError> {
        Err(ShapesError::new(self.file, format!("the shape {node}: {problem}")))
    }

    fn objects(&self, node: &NamedOrBlankNode, predicate: &str) -> Vec<Term> {
        let own = self.triples.get(node).into_iter().flatten();
        own.filter(|(known, _)| sh(known) == Some(predicate)).map(|(_, object)| object.clone()).collect()
    }

    /// Whether a node is a shape by itself, not only as part of another.
    fn is_shape(&self, node: &NamedOrBlankNode) -> bool {
        self.triples.get(node).into_iter().flatten().any(|(predicate, object)| {
            let is_type = *predicate == rdf::TYPE
                && matches!(object, Term::NamedNode(class) if matches!(sh(class), Some("NodeShape" | "PropertyShape")));
            is_type
                || sh(predicate)
                    .is_some_and(|name| name.starts_with("target") || name == "path" || PARAMETERS.contains(&name))
        })
    }

    /// The number of a shape, read when it is first met.
    fn shape(&mut self, node: &NamedOrBlankNode) -> Result<usize, ShapesError> {
        if let Some(&known) = self.known.get(node) {
            return Ok(known);
        }
        if self.depth > DEEPEST {
            return self.fail(node, format!("shapes are more than {DEEPEST} deep inside each other"));
        }
        self.depth += 1;
        let at = self.list.len();
        self.known.insert(node.clone(), at);
        self.list.push(Shape {
            id: node.clone(),
            path: None,
            targets: Vec::new(),
            constraints: Vec::new(),
            severity: Severity::Violation,
            messages: Vec::new(),
            deactivated: false,
        });
        let own = self.triples.get(node).cloned().unwrap_or_default();
        let mut shape = self.list[at].clone();
        for (predicate, object) in own {
            let Some(name) = sh(&predicate).map(str::to_owned) else {
                if predicate == rdf::TYPE
                    && matches!(&object, Term::NamedNode(class) if class.as_str() == RDFS_CLASS)
                    && let NamedOrBlankNode::NamedNode(class) = node
                {
                    shape.targets.push(Target::Class(class.clone()));
                }
                continue;
            };
            match name.as_str() {
                "path" => shape.path = Some(self.path(node, &object, 0)?),
                "targetNode" => shape.targets.push(Target::Node(object)),
                "targetClass" => shape.targets.push(Target::Class(self.iri(node, object)?)),
                "targetSubjectsOf" => shape.targets.push(Target::SubjectsOf(self.iri(node, object)?)),
                "targetObjectsOf" => shape.targets.push(Target::ObjectsOf(self.iri(node, object)?)),
                "severity" => {
                    let severity = self.iri(node, object)?;
                    shape.severity = match sh(&severity) {
                        Some("Violation") => Severity::Violation,
                        Some("Warning") => Severity::Warning,
                        Some("Info") => Severity::Info,
                        _ => return self.fail(node, format!("{severity} is no severity")),
                    };
                }
                "message" => match object {
                    Term::Literal(text) => shape.messages.push(text),
                    other => return self.fail(node, format!("the message {other} is no text")),
                },
                "deactivated" => shape.deactivated = is_true(&object),
                name => {
                    if let Some(constraint) = self.constraint(node, name, object)? {
                        shape.constraints.push(constraint);
                    }
                }
            }
        }
        self.list[at] = shape;
        self.depth -= 1;
        Ok(at)
    }

    fn constraint(
        &mut self,
        node: &NamedOrBlankNode,
        name: &str,
        object: Term,
    ) -> Result<Option<Constraint>, ShapesError> {
        Ok(Some(match name {
            "class" => Constraint::Class(self.iri(node, object)?),
            "datatype" => Constraint::Datatype(self.iri(node, object)?),
            "nodeKind" => Constraint::NodeKind(self.iri(node, object)?),
            "minCount" => Constraint::MinCount(self.count(node, &object)?),
            "maxCount" => Constraint::MaxCount(self.count(node, &object)?),
            "minExclusive" => Constraint::MinExclusive(self.literal(node, object)?),
            "minInclusive" => Constraint::MinInclusive(self.literal(node, object)?),
            "maxExclusive" => Constraint::MaxExclusive(self.literal(node, object)?),
            "maxInclusive" => Constraint::MaxInclusive(self.literal(node, object)?),
            "minLength" => Constraint::MinLength(self.count(node, &object)?),
            "maxLength" => Constraint::MaxLength(self.count(node, &object)?),
            "pattern" => Constraint::Pattern(self.pattern(node, object)?),
            "languageIn" => {
                let tags = self.list_of(node, &object)?.into_iter().map(|tag| self.literal(node, tag));
                Constraint::LanguageIn(
                    tags.map(|tag| tag.map(|tag| tag.value().to_lowercase())).collect::<Result<_, _>>()?,
                )
            }
            "uniqueLang" => match is_true(&object) {
                true => Constraint::UniqueLang,
                false => return Ok(None),
            },
            "equals" => Constraint::Equals(self.iri(node, object)?),
            "disjoint" => Constraint::Disjoint(self.iri(node, object)?),
            "lessThan" => Constraint::LessThan(self.iri(node, object)?),
            "lessThanOrEquals" => Constraint::LessThanOrEquals(self.iri(node, object)?),
            "not" => Constraint::Not(self.inner(node, &object)?),
            "node" => Constraint::Node(self.inner(node, &object)?),
            "property" => {
                let inner = self.inner(node, &object)?;
                if self.objects(&self.list[inner].id.clone(), "path").len() != 1 {
                    return self.fail(node, "a property shape has no sh:path, or several");
                }
                Constraint::Property(inner)
            }
            "and" => Constraint::And(self.inner_list(node, &object)?),
            "or" => Constraint::Or(self.inner_list(node, &object)?),
            "xone" => Constraint::Xone(self.inner_list(node, &object)?),
            "hasValue" => Constraint::HasValue(object),
            "in" => Constraint::In(self.list_of(node, &object)?),
            "closed" if is_true(&object) => Constraint::Closed(self.allowed(node)?),
            "closed" => return Ok(None),
            "qualifiedValueShape" => self.qualified(node, &object)?,
            // Read with what they belong to, or for people only.
            "qualifiedMinCount"
            | "qualifiedMaxCount"
            | "qualifiedValueShapesDisjoint"
            | "flags"
            | "ignoredProperties"
            | "name"
            | "description"
            | "order"
            | "group"
            | "defaultValue" => return Ok(None),
            "sparql" => {
                return self.fail(node, "constraints in SPARQL (sh:sparql) are not checked; ask with `isnad query`");
            }
            other => return self.fail(node, format!("sh:{other} is no part of SHACL Core")),
        }))
    }

    fn iri(&self, node: &NamedOrBlankNode, term: Term) -> Result<NamedNode, ShapesError> {
        match term {
            Term::NamedNode(iri) => Ok(iri),
            other => self.fail(node, format!("{other} stands where an IRI should")),
        }
    }

    fn literal(&self, node: &NamedOrBlankNode, term: Term) -> Result<Literal, ShapesError> {
        match term {
            Term::Literal(literal) => Ok(literal),
            other => self.fail(node, format!("{other} stands where a literal should")),
        }
    }

    fn count(&self, node: &NamedOrBlankNode, term: &Term) -> Result<usize, ShapesError> {
        match term {
            Term::Literal(literal) if literal.value().parse::<usize>().is_ok() => {
                literal.value().parse().or_else(|_| self.fail(node, format!("{term} is too large")))
            }
            other => self.fail(node, format!("{other} stands where a number should")),
        }
    }

    fn pattern(&self, node: &NamedOrBlankNode, term: Term) -> Result<Regex, ShapesError> {
        let pattern = self.literal(node, term)?;
        let flags: String =
            self.objects(node, "flags").iter().filter_map(|term| Some(literal_of(term)?.value().to_owned())).collect();
        let built = RegexBuilder::new(pattern.value())
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .dot_matches_new_line(flags.contains('s'))
            .ignore_whitespace(flags.contains('x'))
            .size_limit(1 << 20)
            .build();
        built.or_else(|error| self.fail(node, format!("the pattern cannot be used: {error}")))
    }

    fn inner(&mut self, node: &NamedOrBlankNode, term: &Term) -> Result<usize, ShapesError> {
        match subject_of(term) {
            Some(inner) => self.shape(&inner),
            None => self.fail(node, format!("{term} stands where a shape should")),
        }
    }

    fn inner_list(&mut self, node: &NamedOrBlankNode, term: &Term) -> Result<Vec<usize>, ShapesError> {
        self.list_of(node, term)?.iter().map(|inner| self.inner(node, inner)).collect()
    }

    /// The members of an RDF list.
    fn list_of(&self, node: &NamedOrBlankNode, term: &Term) -> Result<Vec<Term>, ShapesError> {
        let mut members = Vec::new();
        let mut rest = term.clone();
        let mut seen = BTreeSet::new();
        while rest != Term::from(rdf::NIL) {
            let cell = subject_of(&rest).filter(|cell| seen.insert(cell.to_string()));
            let own = cell.and_then(|cell| self.triples.get(&cell));
            let part =
                |wanted| own.and_then(|own| Some(own.iter().find(|(predicate, _)| *predicate == wanted)?.1.clone()));
            match (part(rdf::FIRST), part(rdf::REST)) {
                (Some(first), Some(next)) => {
                    members.push(first);
                    rest = next;
                }
                _ => return self.fail(node, format!("{term} is no list that ends")),
            }
        }
        Ok(members)
    }

    fn path(&self, node: &NamedOrBlankNode, term: &Term, depth: usize) -> Result<Path, ShapesError> {
        if depth > DEEPEST {
            return self.fail(node, "its path leads into itself");
        }
        let Some(start) = subject_of(term) else { return self.fail(node, format!("{term} is no path")) };
        let own: &[(NamedNode, Term)] = match (&start, self.triples.get(&start)) {
            (NamedOrBlankNode::NamedNode(predicate), _) => return Ok(Path::Predicate(predicate.clone())),
            (_, Some(own)) => own,
            (_, None) => return self.fail(node, "its path is empty"),
        };
        if own.iter().any(|(predicate, _)| *predicate == rdf::FIRST) {
            let steps = self.list_of(node, term)?;
            return Ok(Path::Sequence(
                steps.iter().map(|step| self.path(node, step, depth + 1)).collect::<Result<_, _>>()?,
            ));
        }
        for (predicate, object) in own {
            let one = || self.path(node, object, depth + 1).map(Box::new);
            return Ok(match sh(predicate) {
                Some("inversePath") => Path::Inverse(one()?),
                Some("zeroOrMorePath") => Path::ZeroOrMore(one()?),
                Some("oneOrMorePath") => Path::OneOrMore(one()?),
                Some("zeroOrOnePath") => Path::ZeroOrOne(one()?),
                Some("alternativePath") => {
                    let ways = self.list_of(node, object)?;
                    Path::Alternative(ways.iter().map(|way| self.path(node, way, depth + 1)).collect::<Result<_, _>>()?)
                }
                _ => continue,
            });
        }
        self.fail(node, "its path is none of SHACL")
    }

    /// The properties that a closed shape allows.
    fn allowed(&self, node: &NamedOrBlankNode) -> Result<BTreeSet<NamedNode>, ShapesError> {
        let mut allowed = BTreeSet::new();
        for property in self.objects(node, "property").iter().filter_map(subject_of) {
            for path in self.objects(&property, "path") {
                if let Term::NamedNode(predicate) = path {
                    allowed.insert(predicate);
                }
            }
        }
        for list in self.objects(node, "ignoredProperties") {
            for property in self.list_of(node, &list)? {
                allowed.insert(self.iri(node, property)?);
            }
        }
        Ok(allowed)
    }

    /// The qualified shapes of the other properties of the shapes that a property shape belongs to.
    fn beside(&self, node: &NamedOrBlankNode, object: &Term) -> Vec<Term> {
        let own = Term::from(node.clone());
        let families = self.triples.keys().map(|parent| self.objects(parent, "property"));
        let families = families.filter(|properties| properties.contains(&own));
        let others = families.flatten().filter(|property| *property != own);
        let nodes: Vec<NamedOrBlankNode> = others.filter_map(|property| subject_of(&property)).collect();
        let shapes = nodes.iter().flat_map(|node| self.objects(node, "qualifiedValueShape"));
        let mut shapes: Vec<Term> = shapes.filter(|shape| shape != object).collect();
        shapes.sort_by_key(ToString::to_string);
        shapes.dedup();
        shapes
    }

    fn qualified(&mut self, node: &NamedOrBlankNode, object: &Term) -> Result<Constraint, ShapesError> {
        let count = |name: &str| -> Result<Option<usize>, ShapesError> {
            self.objects(node, name).first().map(|term| self.count(node, term)).transpose()
        };
        let (min, max) = (count("qualifiedMinCount")?, count("qualifiedMaxCount")?);
        if min.is_none() && max.is_none() {
            return self.fail(node, "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount");
        }
        let mut siblings = Vec::new();
        if self.objects(node, "qualifiedValueShapesDisjoint").iter().any(is_true) {
            for shape in self.beside(node, object) {
                siblings.push(self.inner(node, &shape)?);
            }
        }
        Ok(Constraint::Qualified { shape: self.inner(node, object)?, min, max, siblings })
    }
}

const RDFS_CLASS: &str = "http://www.w3.org/2000/01/rdf-schema#Class";

/// Properties that make a node a shape.
const PARAMETERS: &[&str] = &[
    "property", "node", "not", "and", "or", "xone", "class", "datatype", "nodeKind", "minCount", "maxCount", "in",
    "hasValue", "closed", "sparql",
];

fn is_true(term: &Term) -> bool {
    literal_of(term).is_some_and(|literal| matches!(literal.value(), "true" | "1"))
}

fn literal_of(term: &Term) -> Option<&Literal> {
    match term {
        Term::Literal(literal) => Some(literal),
        _ => None,
    }
}

pub(super) fn subject_of(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        _ => None,
    }
}

/// The IRI of a part of SHACL.
pub(super) fn term(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NAMESPACE}{local}"))
}
