//! The three files, the constants and the closed lists of the model say the same.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::vocabulary::{self, NAMESPACE, PREFIXES, class, owl, property, skos, value};
use super::{ALIGNMENTS, ONTOLOGY, SHAPES, Schema};
use crate::model::{AttributionKind, Basis, Bound, EntityType, Modality, Polarity, Rate, SourceKind, Stance};

fn quads(turtle: &str) -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(turtle.as_bytes())
        .collect::<Result<_, _>>()
        .expect("the embedded files are valid Turtle")
}

/// IRIs of the own terms that the ontology gives one of the `types`.
fn defined(types: &[NamedNodeRef<'_>]) -> BTreeSet<String> {
    let defined = quads(ONTOLOGY).into_iter().filter_map(|quad| match (quad.subject, quad.object) {
        (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object))
            if quad.predicate == rdf::TYPE && types.iter().any(|known| object == *known) =>
        {
            Some(subject.into_string())
        }
        _ => None,
    });
    defined.filter(|iri| iri.starts_with(NAMESPACE)).collect()
}

fn table(terms: &[NamedNodeRef<'_>]) -> BTreeSet<String> {
    let table: BTreeSet<_> = terms.iter().map(|term| term.as_str().to_owned()).collect();
    assert_eq!(table.len(), terms.len(), "a term stands twice in a table");
    table
}

#[test]
fn constants_and_ontology_define_the_same_terms() {
    assert_eq!(table(class::ALL), defined(&[owl::CLASS]));
    let properties = [owl::OBJECT_PROPERTY, owl::DATATYPE_PROPERTY, owl::ANNOTATION_PROPERTY];
    assert_eq!(table(property::ALL), defined(&properties));
    assert_eq!(table(value::ALL), defined(&[skos::CONCEPT, skos::CONCEPT_SCHEME]));
}

#[test]
fn constants_are_valid_iris_in_declared_prefixes() {
    let namespaces: BTreeMap<_, _> = PREFIXES.iter().copied().collect();
    assert_eq!(namespaces.len(), PREFIXES.len(), "a prefix stands twice");
    let tables = [
        ("isnad", class::ALL),
        ("isnad", property::ALL),
        ("isnad", value::ALL),
        ("schema", vocabulary::schema::ALL),
        ("oa", vocabulary::oa::ALL),
        ("prov", vocabulary::prov::ALL),
        ("geo", vocabulary::geo::ALL),
        ("skos", skos::ALL),
        ("sem", vocabulary::sem::ALL),
        ("dcterms", vocabulary::dcterms::ALL),
        ("owl", owl::ALL),
    ];
    for (prefix, terms) in tables {
        for term in terms {
            assert!(oxigraph::model::NamedNode::new(term.as_str()).is_ok(), "{term}");
            assert!(term.as_str().starts_with(namespaces[prefix]), "{term} is not in {prefix}:");
        }
    }
}

#[test]
fn every_term_has_label_comment_and_origin() {
    let quads = quads(ONTOLOGY);
    for term in class::ALL.iter().chain(property::ALL).chain(value::ALL) {
        let languages = |predicate: NamedNodeRef<'_>| -> Vec<&str> {
            let own = quads.iter().filter(|quad| {
                quad.predicate == predicate
                    && matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if node == term)
            });
            own.map(|quad| match &quad.object {
                Term::Literal(literal) => literal.language().unwrap_or_default(),
                _ => "",
            })
            .collect()
        };
        assert_eq!(languages(rdfs::LABEL), ["en", "ar"], "labels of {term}");
        assert_eq!(languages(rdfs::COMMENT), ["en"], "comment of {term}");
        assert_eq!(languages(rdfs::IS_DEFINED_BY).len(), 1, "rdfs:isDefinedBy of {term}");
    }
}

#[test]
fn alignments_and_shapes_use_only_defined_terms() {
    let known: BTreeSet<_> = [class::ALL, property::ALL, value::ALL].into_iter().flat_map(table).collect();
    for quad in quads(ALIGNMENTS).into_iter().chain(quads(SHAPES)).chain(quads(ONTOLOGY)) {
        let subject = match quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.into_string(),
            NamedOrBlankNode::BlankNode(_) => String::new(),
        };
        let object = match quad.object {
            Term::NamedNode(node) => node.into_string(),
            _ => String::new(),
        };
        for iri in [subject, quad.predicate.into_string(), object] {
            assert!(!iri.starts_with(NAMESPACE) || known.contains(&iri), "<{iri}> is not defined");
        }
    }
}

#[test]
fn the_ontology_has_no_blank_nodes() {
    for quad in quads(ONTOLOGY).into_iter().chain(quads(ALIGNMENTS)) {
        assert!(!quad.subject.is_blank_node() && !quad.object.is_blank_node(), "{quad}");
    }
}

#[test]
fn closed_lists_of_the_model_have_their_terms() {
    let schema = Schema::embedded();
    for kind in EntityType::ALL {
        assert_eq!(vocabulary::local_name(kind.class()), Some(kind.as_str()));
        assert!(schema.is_subclass(kind.as_str(), "Entity"), "{kind}");
        assert!(schema.class(kind.as_str()).is_some_and(|class| !class.grouping), "{kind}");
    }
    macro_rules! lists {
        ($($list:ident => $scheme:literal),+ $(,)?) => {$(
            let values: BTreeSet<_> = $list::ALL
                .iter()
                .map(|item| (item.concept().as_str().to_owned(), item.as_str()))
                .collect();
            let concepts: BTreeSet<_> = schema
                .concepts()
                .filter(|concept| concept.scheme == $scheme)
                .map(|concept| (format!("{NAMESPACE}{}", concept.name), concept.notation.as_str()))
                .collect();
            assert_eq!(values, concepts, $scheme);
        )+};
    }
    lists! {
        Polarity => "scheme-polarity",
        Modality => "scheme-modality",
        Bound => "scheme-bound",
        AttributionKind => "scheme-attributionKind",
        SourceKind => "scheme-sourceKind",
        Stance => "scheme-stance",
        Rate => "scheme-rate",
        Basis => "scheme-timeBasis",
    }
    let schemes: BTreeSet<_> = schema.concepts().map(|concept| concept.scheme.as_str()).collect();
    assert_eq!(schemes.len(), 8);
}

#[test]
fn lists_of_the_shapes_are_those_of_the_ontology() {
    let first = |quad: &Quad| match &quad.object {
        Term::NamedNode(node) if quad.predicate == rdf::FIRST => Some(node.clone().into_string()),
        _ => None,
    };
    let listed: BTreeSet<_> = quads(SHAPES).iter().filter_map(first).collect();
    let schema = Schema::embedded();
    let events = schema.event_classes().map(|class| &class.name);
    let concepts = schema.concepts().map(|concept| &concept.name);
    let expected: BTreeSet<_> = events.chain(concepts).map(|name| format!("{NAMESPACE}{name}")).collect();
    assert_eq!(listed, expected);
}

#[test]
fn event_classes_and_roles_are_those_of_annotation_lines() {
    let events = "Abduction Arrest Arson Attack Birth Bombing Capture Charge Death Demonstration Destruction Detention \
        EnforcedDisappearance Escape Execution Explosion ForcedWork Gathering Injury Investigation Killing Meeting Movement \
        Publication Refusal RegimeFall Release Robbery Search Sentence SexualViolence Statement Threat Torture Transfer Trial Withdrawal";
    let schema = Schema::embedded();
    let found: Vec<_> = schema.event_classes().map(|class| class.name.as_str()).collect();
    assert_eq!(found, events.split_whitespace().collect::<Vec<_>>());
    let roles =
        "agent beneficiary charge destination facility instrument organization origin person place reason target topic";
    let found: Vec<_> = schema.roles().map(|role| role.name.as_str()).collect();
    assert_eq!(found, roles.split_whitespace().collect::<Vec<_>>());
    assert!(schema.roles().all(|role| role.domain == ["Event"] && !role.grouping));
}

#[test]
fn hierarchy() {
    let schema = Schema::embedded();
    assert_eq!(schema.version(), "0.1.0");
    for (class, superclass, expected) in [
        ("Person", "Person", true),
        ("Person", "People", true),
        ("Prison", "SpatialThing", true),
        ("Execution", "LossOfLife", true),
        ("EnforcedDisappearance", "CustodyEvent", true),
        ("EnforcedDisappearance", "Violation", true),
        ("Facility", "Prison", false),
        ("Person", "Organization", false),
        ("Facility", "Location", false),
        ("NamedEvent", "Event", false),
        ("Nothing", "Nothing", false),
        ("person", "role", false),
    ] {
        assert_eq!(schema.is_subclass(class, superclass), expected, "{class} below {superclass}");
    }
    assert_eq!(schema.superclasses("Bombing"), ["Attack", "Event"]);
    assert!(schema.superclasses("heldAt").is_empty(), "a property is not a class");
    assert_eq!(schema.property("releasedFrom").map(|p| p.superproperties.as_slice()), Some(&["heldAt".to_owned()][..]));
    assert!(schema.relations().any(|relation| relation.name == "transferredTo"));
    assert_eq!(schema.property("earliest").map(|p| p.domain.len()), Some(3));
    assert_eq!(
        schema.property("age").and_then(|p| p.range.as_deref()),
        Some("http://www.w3.org/2001/XMLSchema#integer")
    );
    assert_eq!(schema.label("Arrest", "ar"), Some("اعتقال"));
    assert_eq!(schema.label("Arrest", "de"), None);
    assert!(schema.reserved("beneficiary").is_some() && schema.reserved("Person").is_none());
}

#[test]
fn domains_and_ranges_are_defined() {
    let schema = Schema::embedded();
    for property in schema.properties() {
        for class in property.domain.iter().chain(property.range.iter().filter(|range| !range.contains(':'))) {
            assert!(schema.class(class).is_some(), "{class} of {}", property.name);
        }
    }
}

#[test]
fn a_broken_ontology_is_refused() {
    let prefixes = "@prefix isnad: <https://w3id.org/isnad/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";
    for (body, message, position) in [
        ("isnad:A a owl:Class\n   ] .", "not valid Turtle at line 4, column 4", Some((4, 4))),
        ("", "defines no class", None),
        ("isnad:A a owl:Class ; rdfs:subClassOf isnad:B .", "`isnad:B` as superior", None),
        ("isnad:A a owl:Class ; rdfs:subClassOf isnad:A .", "`isnad:A` stands above itself", None),
        (
            "isnad:A a owl:Class ; rdfs:subClassOf isnad:B . isnad:B a owl:Class ; rdfs:subClassOf isnad:A .",
            "stands above itself",
            None,
        ),
    ] {
        let error = Schema::parse(&format!("{prefixes}{body}")).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(error.position(), position, "{error}");
    }
    assert!(Schema::parse(&format!("{prefixes}isnad:A a owl:Class .")).is_ok());
}
