//! A graph of any size to export, with the shape of those that reading gives.

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

use crate::claims::iri;
use crate::ontology::vocabulary::{class, oa, property, value};

/// Claims that an invented document makes.
const CLAIMS: usize = 40;

/// The quads of document `number`: its claims with their evidence in a graph of its own, and the facts they make.
pub fn invented_document(number: usize) -> Vec<Quad> {
    let document = NamedNode::new_unchecked(iri::node("document", &["invented", &number.to_string()]));
    let own = GraphName::NamedNode(document.clone());
    let mut quads = Vec::new();
    let mut add =
        |subject: &NamedNode, predicate: oxigraph::model::NamedNodeRef<'_>, object: Term, graph: &GraphName| {
            quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
        };
    for at in 0..CLAIMS {
        let key = format!("{number}-{at}");
        let person = NamedNode::new_unchecked(iri::node("person", &[&format!("{}", (number * CLAIMS + at) / 3)]));
        let site = NamedNode::new_unchecked(iri::node("facility", &[&format!("{}", (number * 7 + at) % 5000)]));
        let claim = NamedNode::new_unchecked(iri::node("claim", &[&key]));
        let evidence = NamedNode::new_unchecked(iri::node("evidence", &[&key]));
        let selector = NamedNode::new_unchecked(format!("{}#selector", evidence.as_str()));
        let words =
            Literal::new_simple_literal(format!("Person {key} was taken to the prison that day, a relative said."));
        for (predicate, object) in [
            (rdf::TYPE, class::CLAIM.into_owned().into()),
            (rdf::SUBJECT, person.clone().into()),
            (rdf::PREDICATE, property::HELD_AT.into_owned().into()),
            (rdf::OBJECT, site.clone().into()),
            (property::EVIDENCE, evidence.clone().into()),
            (property::POLARITY, value::POLARITY_POSITIVE.into_owned().into()),
            (property::MODALITY, value::MODALITY_ACTUAL.into_owned().into()),
            (property::CONFIDENCE, Literal::new_typed_literal("0.9", oxigraph::model::vocab::xsd::DECIMAL).into()),
            (property::RULE, Literal::new_simple_literal("entailed:heldAt/Detention.site").into()),
        ] {
            add(&claim, predicate, object, &own);
        }
        add(&evidence, rdf::TYPE, class::EVIDENCE.into_owned().into(), &own);
        add(&evidence, oa::HAS_SOURCE, document.clone().into(), &own);
        add(&evidence, oa::HAS_SELECTOR, selector.clone().into(), &own);
        add(&selector, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR.into_owned().into(), &own);
        add(&selector, oa::START, Literal::from((at * 100) as u64).into(), &own);
        add(&selector, oa::END, Literal::from((at * 100 + 60) as u64).into(), &own);
        add(&selector, oa::EXACT, words.into(), &own);
        for graph in [&own, &GraphName::DefaultGraph] {
            add(&person, rdf::TYPE, class::PERSON.into_owned().into(), graph);
            add(
                &person,
                property::NAME,
                Literal::new_simple_literal(format!("Person {}", (number * CLAIMS + at) / 3)).into(),
                graph,
            );
        }
        add(
            &person,
            rdfs::LABEL,
            Literal::new_simple_literal(format!("Person {}", (number * CLAIMS + at) / 3)).into(),
            &GraphName::DefaultGraph,
        );
        add(&person, property::HELD_AT, site.clone().into(), &GraphName::DefaultGraph);
    }
    quads
}
