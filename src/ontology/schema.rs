//! The schema: what `ontology/isnad.ttl` says of its terms.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::error::ErrorKind;
use super::vocabulary::{self, NAMESPACE, owl, property, schema, skos};
use super::{Class, Concept, ONTOLOGY, Property, PropertyKind, SchemaError};

/// The classes, properties and values of an ontology, by local name.
#[derive(Debug, Clone)]
pub struct Schema {
    version: String,
    classes: BTreeMap<String, Class>,
    properties: BTreeMap<String, Property>,
    concepts: BTreeMap<String, Concept>,
    /// From local name and language.
    labels: BTreeMap<(String, String), String>,
    reserved: BTreeMap<String, String>,
}

impl Schema {
    /// The schema that the program was built with, read on first use.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Schema> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::parse(ONTOLOGY).expect("a unit test parses the same text that is embedded here"))
    }

    /// Reads an ontology from Turtle; terms outside the namespace of isnad are left aside.
    ///
    /// # Errors
    /// If the text is not Turtle, defines no class, names an undefined superior or has a cycle.
    pub fn parse(turtle: &str) -> Result<Self, SchemaError> {
        let mut terms: BTreeMap<String, Statements> = BTreeMap::new();
        let mut version = String::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
            let Quad { subject, predicate, object, .. } = quad.map_err(ErrorKind::from)?;
            let NamedOrBlankNode::NamedNode(subject) = subject else { continue };
            if let Some(local) = vocabulary::local_name(subject.as_ref()) {
                terms.entry(local.to_owned()).or_default().push((predicate, object));
            } else if predicate == owl::VERSION_INFO
                && let Term::Literal(literal) = object
            {
                version = literal.value().to_owned();
            }
        }
        let schema = Self::from_terms(version, &terms);
        schema.check()?;
        Ok(schema)
    }

    fn from_terms(version: String, terms: &BTreeMap<String, Statements>) -> Self {
        let mut schema = Self {
            version,
            classes: BTreeMap::new(),
            properties: BTreeMap::new(),
            concepts: BTreeMap::new(),
            labels: BTreeMap::new(),
            reserved: BTreeMap::new(),
        };
        for (name, statements) in terms {
            let is = |class| has(statements, rdf::TYPE, class);
            let name = name.clone();
            for (predicate, object) in statements {
                let Term::Literal(literal) = object else { continue };
                if *predicate == rdfs::LABEL {
                    let language = literal.language().unwrap_or_default().to_owned();
                    schema.labels.insert((name.clone(), language), literal.value().to_owned());
                } else if *predicate == property::RESERVED {
                    schema.reserved.insert(name.clone(), literal.value().to_owned());
                }
            }
            let kind = [
                (owl::OBJECT_PROPERTY, PropertyKind::Object),
                (owl::DATATYPE_PROPERTY, PropertyKind::Datatype),
                (owl::ANNOTATION_PROPERTY, PropertyKind::Annotation),
            ];
            if is(owl::CLASS) {
                schema.classes.insert(
                    name.clone(),
                    Class {
                        name,
                        superclasses: own(statements, rdfs::SUB_CLASS_OF),
                        grouping: is_grouping(statements),
                    },
                );
            } else if let Some((_, kind)) = kind.into_iter().find(|(class, _)| is(*class)) {
                let mut domain = own(statements, rdfs::DOMAIN);
                domain.append(&mut own(statements, schema::DOMAIN_INCLUDES));
                domain.sort();
                schema.properties.insert(
                    name.clone(),
                    Property {
                        name,
                        kind,
                        superproperties: own(statements, rdfs::SUB_PROPERTY_OF),
                        domain,
                        range: names(statements, rdfs::RANGE).into_iter().next(),
                        grouping: is_grouping(statements),
                    },
                );
            } else if is(skos::CONCEPT) {
                schema.concepts.insert(
                    name.clone(),
                    Concept {
                        name,
                        scheme: own(statements, skos::IN_SCHEME).into_iter().next().unwrap_or_default(),
                        notation: literal(statements, skos::NOTATION).unwrap_or_default().to_owned(),
                    },
                );
            }
        }
        schema
    }

    /// Superiors exist and nothing stands above itself.
    fn check(&self) -> Result<(), ErrorKind> {
        if self.classes.is_empty() {
            return Err(ErrorKind::Empty { namespace: NAMESPACE });
        }
        let classes = self.classes.values().map(|class| (&class.name, &class.superclasses));
        let properties = self.properties.values().map(|term| (&term.name, &term.superproperties));
        for (term, superiors) in classes.chain(properties) {
            let unknown =
                superiors.iter().find(|name| !self.classes.contains_key(*name) && !self.properties.contains_key(*name));
            if let Some(superior) = unknown {
                return Err(ErrorKind::UnknownSuperior { term: term.clone(), superior: superior.clone() });
            }
            if self.superiors(term).contains(&term.as_str()) {
                return Err(ErrorKind::Cycle { term: term.clone() });
            }
        }
        Ok(())
    }

    /// `owl:versionInfo` of the ontology, such as `0.1.0`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every class, by local name.
    pub fn classes(&self) -> impl Iterator<Item = &Class> {
        self.classes.values()
    }

    /// Every property, by local name.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        self.properties.values()
    }

    /// Every controlled value, by local name.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.values()
    }

    /// The class with this local name.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.get(name)
    }

    /// The property with this local name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.get(name)
    }

    /// The classes that an event can have: below `Event`, without those that only gather others.
    ///
    /// ```
    /// use isnad::ontology::Schema;
    /// let names: Vec<_> = Schema::embedded().event_classes().map(|class| &class.name).collect();
    /// assert_eq!(names.len(), 37);
    /// assert_eq!(names[0], "Abduction");
    /// ```
    pub fn event_classes(&self) -> impl Iterator<Item = &Class> {
        self.classes.values().filter(|class| !class.grouping && self.is_subclass(&class.name, "Event"))
    }

    /// The properties by which entities take part in events: below `role`.
    pub fn roles(&self) -> impl Iterator<Item = &Property> {
        self.below("role")
    }

    /// The properties between entities that need no event: below `relation`.
    pub fn relations(&self) -> impl Iterator<Item = &Property> {
        self.below("relation")
    }

    fn below(&self, superior: &'static str) -> impl Iterator<Item = &Property> {
        self.properties.values().filter(move |property| self.superiors(&property.name).contains(&superior))
    }

    /// Whether every `class` is a `superclass`; a class is a subclass of itself, an unknown name of none.
    pub fn is_subclass(&self, class: &str, superclass: &str) -> bool {
        self.classes.contains_key(class) && (class == superclass || self.superiors(class).contains(&superclass))
    }

    /// Local names of all classes above `class`, nearest first, without itself.
    ///
    /// ```
    /// use isnad::ontology::Schema;
    /// let above = Schema::embedded().superclasses("Prison");
    /// assert_eq!(above, ["Facility", "SpatialThing", "Entity"]);
    /// ```
    pub fn superclasses(&self, class: &str) -> Vec<&str> {
        if self.classes.contains_key(class) { self.superiors(class) } else { Vec::new() }
    }

    /// Puts local names of classes in order, those with most above them first.
    ///
    /// ```
    /// use isnad::ontology::Schema;
    /// let mut classes = ["Facility", "Entity", "Prison"].map(str::to_owned);
    /// Schema::embedded().sort_by_depth(&mut classes);
    /// assert_eq!(classes, ["Prison", "Facility", "Entity"]);
    /// ```
    pub fn sort_by_depth(&self, classes: &mut [String]) {
        let depth = |class: &str| self.superclasses(class).len();
        classes.sort_by(|one, other| depth(other).cmp(&depth(one)).then_with(|| one.cmp(other)));
    }

    /// Terms above `term`, nearest first; `term` itself only if it stands on a cycle.
    fn superiors(&self, term: &str) -> Vec<&str> {
        let direct = |name: &str| match (self.classes.get(name), self.properties.get(name)) {
            (Some(class), _) => class.superclasses.as_slice(),
            (None, Some(property)) => property.superproperties.as_slice(),
            (None, None) => &[],
        };
        let mut queue: VecDeque<&str> = direct(term).iter().map(String::as_str).collect();
        let mut seen = BTreeSet::new();
        let mut above = Vec::new();
        while let Some(name) = queue.pop_front() {
            if seen.insert(name) {
                above.push(name);
                queue.extend(direct(name).iter().map(String::as_str));
            }
        }
        above
    }

    /// The label of a term in a language, such as `en` or `ar`.
    pub fn label(&self, name: &str, language: &str) -> Option<&str> {
        self.labels.get(&(name.to_owned(), language.to_owned())).map(String::as_str)
    }

    /// Why this version defines a term and does not use it; none for a term that it uses.
    pub fn reserved(&self, name: &str) -> Option<&str> {
        self.reserved.get(name).map(String::as_str)
    }

    /// The IRI of a class, property or value.
    ///
    /// ```
    /// use isnad::ontology::{Schema, vocabulary::class};
    /// let schema = Schema::embedded();
    /// assert_eq!(schema.iri("Release").as_ref().map(|iri| iri.as_ref()), Some(class::RELEASE));
    /// assert_eq!(schema.iri("Relase"), None);
    /// ```
    pub fn iri(&self, name: &str) -> Option<NamedNode> {
        let known =
            self.classes.contains_key(name) || self.properties.contains_key(name) || self.concepts.contains_key(name);
        known.then(|| NamedNode::new_unchecked(format!("{NAMESPACE}{name}")))
    }
}

type Statements = Vec<(NamedNode, Term)>;

fn has(statements: &Statements, predicate: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> bool {
    statements.iter().any(|(p, o)| *p == predicate && matches!(o, Term::NamedNode(node) if *node == object))
}

fn is_grouping(statements: &Statements) -> bool {
    literal(statements, property::GROUPING) == Some("true")
}

fn literal<'a>(statements: &'a Statements, predicate: NamedNodeRef<'_>) -> Option<&'a str> {
    statements.iter().find_map(|(p, object)| match object {
        Term::Literal(literal) if *p == predicate => Some(literal.value()),
        _ => None,
    })
}

/// Values of a property: local names where they are own terms, else IRIs.
fn names(statements: &Statements, predicate: NamedNodeRef<'_>) -> Vec<String> {
    let values = statements.iter().filter_map(|(p, object)| match object {
        Term::NamedNode(node) if *p == predicate => Some(node.as_ref()),
        _ => None,
    });
    let mut values: Vec<_> =
        values.map(|node| vocabulary::local_name(node).unwrap_or(node.as_str()).to_owned()).collect();
    values.sort();
    values
}

/// Values of a property that are own terms.
fn own(statements: &Statements, predicate: NamedNodeRef<'_>) -> Vec<String> {
    let mut values = names(statements, predicate);
    values.retain(|name| !name.contains(':'));
    values
}
