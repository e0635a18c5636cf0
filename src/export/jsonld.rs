//! JSON-LD 1.1 with a context that makes it readable: short names, typed values.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphNameRef, LiteralRef, NamedOrBlankNode, Term, Triple};
use serde_json::{Map, Value, json};

use super::statements::Statements;
use super::terms::prefixed;
use crate::ontology::vocabulary::{NAMESPACE, PREFIXES};
use crate::ontology::{PropertyKind, Schema};

/// Writes every document's graph as a node with `@graph`, and the facts beside them.
///
/// Properties of the ontology go by their local names; what their values are is said once, in the context.
///
/// # Errors
/// If the statements cannot be read or the output cannot be written.
pub fn write(statements: &Statements<'_>, out: &mut dyn Write) -> io::Result<()> {
    let context = Context::new();
    writeln!(out, "{{\n\"@context\": {},\n\"@graph\": [", context.json())?;
    let mut first = true;
    statements.each_graph(|name, lines| {
        let named = !matches!(name, GraphNameRef::DefaultGraph);
        if named {
            let separator = if std::mem::take(&mut first) { "" } else { ",\n" };
            let head = json!(match name {
                GraphNameRef::NamedNode(node) => context.iri(node.as_str()).unwrap_or_else(|| node.as_str().to_owned()),
                other => other.to_string(),
            });
            writeln!(out, "{separator}{{\"@id\": {head}, \"@graph\": [")?;
            first = true;
        }
        let mut node: Option<Node> = None;
        lines.triples(|triple| {
            if node.as_ref().is_some_and(|node| node.subject != triple.subject)
                && let Some(node) = node.take()
            {
                put(out, &mut first, node.json(&context))?;
            }
            node.get_or_insert_with(|| Node { subject: triple.subject.clone(), triples: Vec::new() })
                .triples
                .push(triple);
            Ok(())
        })?;
        if let Some(node) = node {
            put(out, &mut first, node.json(&context))?;
        }
        if named {
            write!(out, "\n]}}")?;
            first = false;
        }
        Ok(())
    })?;
    writeln!(out, "\n]\n}}")?;
    out.flush()
}

fn put(out: &mut dyn Write, first: &mut bool, node: Value) -> io::Result<()> {
    let separator = if std::mem::take(first) { "" } else { ",\n" };
    write!(out, "{separator}{node}")
}

/// What the values of a property are unless they say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Plain,
    Node,
    Typed(String),
}

/// Local names of the ontology's properties, and what their values are.
struct Context {
    terms: BTreeMap<String, Kind>,
}

impl Context {
    fn new() -> Self {
        let schema = Schema::embedded();
        let kind = |name: &str, kind: PropertyKind, range: Option<&str>| {
            let literal = range.filter(|range| range.starts_with("http"));
            match (kind, literal) {
                (PropertyKind::Object, _) => Kind::Node,
                (_, Some(datatype)) if !native(datatype) => Kind::Typed(datatype.to_owned()),
                _ => {
                    debug_assert!(!PREFIXES.iter().any(|(prefix, _)| *prefix == name));
                    Kind::Plain
                }
            }
        };
        let terms = schema
            .properties()
            .filter(|property| !property.grouping)
            .map(|property| (property.name.clone(), kind(&property.name, property.kind, property.range.as_deref())));
        Self { terms: terms.collect() }
    }

    fn json(&self) -> Value {
        let mut context = Map::new();
        context.insert("@version".into(), json!(1.1));
        for (prefix, namespace) in PREFIXES {
            context.insert((*prefix).into(), json!(namespace));
        }
        for (name, kind) in &self.terms {
            let id = format!("isnad:{name}");
            let term = match kind {
                Kind::Plain => json!(id),
                Kind::Node => json!({"@id": id, "@type": "@id"}),
                Kind::Typed(datatype) => {
                    json!({"@id": id, "@type": prefixed(datatype).map_or(datatype.clone(), |(prefix, local)| format!("{prefix}:{local}"))})
                }
            };
            context.insert(name.clone(), term);
        }
        Value::Object(context)
    }

    /// The short form of an IRI; none where it would be read as another one.
    fn iri(&self, iri: &str) -> Option<String> {
        if let Some((prefix, local)) = prefixed(iri)
            && !local.starts_with("//")
        {
            return Some(format!("{prefix}:{local}"));
        }
        let scheme = iri.split(':').next().unwrap_or_default();
        let taken = PREFIXES.iter().any(|(prefix, _)| *prefix == scheme) || self.terms.contains_key(scheme);
        (!taken).then(|| iri.to_owned())
    }

    /// A reference to a node, as an object.
    fn reference(&self, iri: &str) -> Map<String, Value> {
        let mut node = Map::new();
        match self.iri(iri) {
            Some(short) => drop(node.insert("@id".into(), json!(short))),
            None => {
                // Its scheme is one of our prefixes: for this node it is not.
                let scheme = iri.split(':').next().unwrap_or_default();
                node.insert("@context".into(), json!({ scheme: null }));
                node.insert("@id".into(), json!(iri));
            }
        }
        node
    }

    fn value(&self, kind: &Kind, term: &Term) -> Value {
        match term {
            Term::NamedNode(node) => match (kind, self.iri(node.as_str())) {
                (Kind::Node, Some(short)) => json!(short),
                _ => Value::Object(self.reference(node.as_str())),
            },
            Term::BlankNode(node) if *kind == Kind::Node => json!(node.to_string()),
            Term::BlankNode(node) => json!({"@id": node.to_string()}),
            Term::Literal(literal) => self.literal(kind, literal.as_ref()),
        }
    }

    fn literal(&self, kind: &Kind, literal: LiteralRef<'_>) -> Value {
        let (value, datatype) = (literal.value(), literal.datatype());
        if let Some(language) = literal.language() {
            return json!({"@value": value, "@language": language});
        }
        if *kind == Kind::Plain
            && datatype == xsd::INTEGER
            && let Ok(number) = value.parse::<i32>()
            && number.to_string() == value
        {
            return json!(number);
        }
        match (kind, value) {
            (Kind::Plain, "true" | "false") if datatype == xsd::BOOLEAN => json!(value == "true"),
            (Kind::Typed(expected), _) if expected == datatype.as_str() => json!(value),
            (Kind::Plain, _) if datatype == xsd::STRING => json!(value),
            _ if datatype == xsd::STRING => json!({"@value": value}),
            _ => {
                let datatype = self.iri(datatype.as_str()).unwrap_or_else(|| datatype.as_str().to_owned());
                json!({"@value": value, "@type": datatype})
            }
        }
    }
}

/// Datatypes whose values JSON has itself, or which a string is anyway.
fn native(datatype: &str) -> bool {
    [xsd::STRING, xsd::INTEGER, xsd::BOOLEAN].iter().any(|native| native.as_str() == datatype)
}

/// All that is said of one subject in one graph.
struct Node {
    subject: NamedOrBlankNode,
    triples: Vec<Triple>,
}

impl Node {
    fn json(&self, context: &Context) -> Value {
        let mut json = match &self.subject {
            NamedOrBlankNode::NamedNode(node) => context.reference(node.as_str()),
            NamedOrBlankNode::BlankNode(node) => Map::from_iter([("@id".to_owned(), json!(node.to_string()))]),
        };
        for triple in &self.triples {
            let predicate = triple.predicate.as_str();
            let short = match &triple.object {
                Term::NamedNode(class) if predicate == rdf::TYPE.as_str() => context.iri(class.as_str()),
                _ => None,
            };
            let (key, value) = match (short, predicate.strip_prefix(NAMESPACE)) {
                (Some(class), _) => ("@type".to_owned(), json!(class)),
                (None, Some(local)) if context.terms.contains_key(local) => {
                    (local.to_owned(), context.value(&context.terms[local], &triple.object))
                }
                _ => {
                    let key = context.iri(predicate).unwrap_or_else(|| predicate.to_owned());
                    (key, context.value(&Kind::Plain, &triple.object))
                }
            };
            match json.get_mut(&key) {
                Some(Value::Array(values)) => values.push(value),
                Some(one) => *one = json!([one.take(), value]),
                None => drop(json.insert(key, value)),
            }
        }
        Value::Object(json)
    }
}
