//! Nodes that a query names more than once, as values of a variable.
//!
//! The planner of the database orders patterns by the variables that they share. Two patterns that share only a node that is
//! written out look to it as if they had nothing to do with each other, so that it reads half of the graph between them. As the
//! one value of a variable the node joins them: what took seconds takes milliseconds.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, TermPattern};

use crate::ontology::vocabulary::NAMESPACE;

/// The same query, with variables for nodes that patterns which belong together share. The terms of the ontology stay: what
/// shares but a class does not belong together.
pub(super) fn hoist(query: Query) -> Query {
    let mut hoist = Hoist { invented: 0 };
    match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: hoist.within(pattern), base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: hoist.within(pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: hoist.within(pattern), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => Query::Ask { dataset, pattern: hoist.within(pattern), base_iri },
    }
}

struct Hoist {
    invented: usize,
}

impl Hoist {
    /// Goes down to the parts that are nothing but joined patterns; each gets variables of its own, so that nothing is shared
    /// that was not shared before.
    fn within(&mut self, pattern: GraphPattern) -> GraphPattern {
        use GraphPattern as G;
        if is_conjunction(&pattern) {
            return self.conjunction(pattern);
        }
        let mut boxed = |pattern: Box<GraphPattern>| Box::new(self.within(*pattern));
        match pattern {
            G::Join { left, right } => G::Join { left: boxed(left), right: boxed(right) },
            G::Lateral { left, right } => G::Lateral { left: boxed(left), right: boxed(right) },
            G::Union { left, right } => G::Union { left: boxed(left), right: boxed(right) },
            G::Minus { left, right } => G::Minus { left: boxed(left), right: boxed(right) },
            G::LeftJoin { left, right, expression } => {
                G::LeftJoin { left: boxed(left), right: boxed(right), expression }
            }
            G::Filter { expr, inner } => G::Filter { expr, inner: boxed(inner) },
            G::Graph { name, inner } => G::Graph { name, inner: boxed(inner) },
            G::Extend { inner, variable, expression } => G::Extend { inner: boxed(inner), variable, expression },
            G::OrderBy { inner, expression } => G::OrderBy { inner: boxed(inner), expression },
            G::Project { inner, variables } => G::Project { inner: boxed(inner), variables },
            G::Distinct { inner } => G::Distinct { inner: boxed(inner) },
            G::Reduced { inner } => G::Reduced { inner: boxed(inner) },
            G::Slice { inner, start, length } => G::Slice { inner: boxed(inner), start, length },
            G::Group { inner, variables, aggregates } => G::Group { inner: boxed(inner), variables, aggregates },
            other @ (G::Bgp { .. } | G::Path { .. } | G::Values { .. } | G::Service { .. }) => other,
        }
    }

    fn conjunction(&mut self, mut pattern: GraphPattern) -> GraphPattern {
        let mut counts: BTreeMap<NamedNode, usize> = BTreeMap::new();
        each_end(&mut pattern, &mut |term| {
            if let TermPattern::NamedNode(node) = term
                && !node.as_str().starts_with(NAMESPACE)
            {
                *counts.entry(node.clone()).or_default() += 1;
            }
        });
        counts.retain(|_, count| *count > 1);
        if counts.is_empty() {
            return pattern;
        }
        let mut variables: BTreeMap<NamedNode, Variable> = BTreeMap::new();
        for node in counts.into_keys() {
            self.invented += 1;
            variables.insert(node, Variable::new_unchecked(format!("hoisted_{}", self.invented)));
        }
        each_end(&mut pattern, &mut |term| {
            if let TermPattern::NamedNode(node) = term
                && let Some(variable) = variables.get(node)
            {
                *term = variable.clone().into();
            }
        });
        let (nodes, variables): (Vec<NamedNode>, Vec<Variable>) = variables.into_iter().unzip();
        let bindings = vec![nodes.into_iter().map(|node| Some(GroundTerm::NamedNode(node))).collect()];
        let values = GraphPattern::Values { variables, bindings };
        GraphPattern::Join { left: Box::new(values), right: Box::new(pattern) }
    }
}

/// Whether a pattern is nothing but triples and tables that are joined.
fn is_conjunction(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => true,
        GraphPattern::Join { left, right } => is_conjunction(left) && is_conjunction(right),
        GraphPattern::Graph { inner, .. } => is_conjunction(inner),
        // What an EXISTS says of a node stays as it is, so the word anywhere in it is enough to leave it alone.
        GraphPattern::Extend { inner, expression, .. } => {
            is_conjunction(inner) && !expression.to_string().contains("EXISTS")
        }
        _ => false,
    }
}

/// The subject and object of every pattern of a conjunction.
fn each_end(pattern: &mut GraphPattern, with: &mut impl FnMut(&mut TermPattern)) {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for pattern in patterns {
                with(&mut pattern.subject);
                with(&mut pattern.object);
            }
        }
        GraphPattern::Path { subject, object, .. } => {
            with(subject);
            with(object);
        }
        GraphPattern::Join { left, right } => {
            each_end(left, with);
            each_end(right, with);
        }
        GraphPattern::Graph { inner, .. } | GraphPattern::Extend { inner, .. } => each_end(inner, with),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hoisted(sparql: &str) -> String {
        let query = spargebra::SparqlParser::new()
            .with_prefix("isnad", NAMESPACE)
            .and_then(|parser| parser.with_prefix("", "urn:"))
            .expect("prefixes")
            .parse_query(sparql)
            .expect("SPARQL");
        hoist(query).to_string()
    }

    #[test]
    fn what_patterns_share_becomes_a_variable() {
        let shared = hoisted("SELECT ?f { :a ?p ?f . GRAPH ?g { ?c :subject :a ; :object ?f } }");
        assert!(shared.contains("VALUES") && shared.matches("?hoisted_1").count() >= 3, "{shared}");
        assert!(!shared.contains("?hoisted_2") && shared.matches("<urn:a>").count() == 1, "{shared}");
    }

    #[test]
    fn what_does_not_belong_together_stays() {
        for sparql in [
            "SELECT * { :a ?p ?f }",
            "SELECT * { ?x a isnad:Prison . ?y a isnad:Prison }",
            "SELECT * { { :a ?p ?f } UNION { :a ?q ?h } }",
            "SELECT * { ?f ?p :a OPTIONAL { ?f ?q :a } }",
            "SELECT * { ?f ?p :a MINUS { ?f ?q :a } }",
            "SELECT * { ?f ?p :a FILTER NOT EXISTS { ?f :q :a . :a :r ?f } }",
            "SELECT * { GRAPH :a { ?f ?p :a } }",
        ] {
            assert!(!hoisted(sparql).contains("hoisted"), "{sparql}");
        }
        let parts = hoisted("SELECT * { :a ?p ?f . ?f ?q :a MINUS { :a ?r ?f . ?f ?s :a } }");
        assert!(parts.contains("?hoisted_1") && parts.contains("?hoisted_2"), "each part has its own: {parts}");
    }

    #[test]
    fn answers_are_the_same() {
        use super::super::{Evaluation, evaluate};
        use crate::query::QueryError;
        use crate::store::GraphStore;
        use oxigraph::model::{GraphName, Quad};
        use oxigraph::sparql::QueryResults;
        let store = GraphStore::in_memory().expect("memory is enough");
        let node = |name: &str| NamedNode::new_unchecked(format!("urn:{name}"));
        for (s, p, o, graph) in [
            ("a", "p", "f", None),
            ("c", "subject", "a", Some("g")),
            ("c", "object", "f", Some("g")),
            ("f", "q", "a", None),
        ] {
            let graph = graph.map_or(GraphName::DefaultGraph, |graph| node(graph).into());
            store.database().insert(Quad::new(node(s), node(p), node(o), graph).as_ref()).expect("memory is enough");
        }
        for (sparql, expected) in [
            ("SELECT * { <urn:a> ?p ?f . GRAPH ?g { ?c <urn:subject> <urn:a> ; <urn:object> ?f } }", "c f g p"),
            ("SELECT * { <urn:a> ?p ?f MINUS { <urn:a> ?p ?f . ?f ?q <urn:a> } }", ""),
            (
                "SELECT * { <urn:a> ?p ?f . ?f ?q <urn:a> MINUS { ?x <urn:none> <urn:a> . <urn:a> <urn:none> ?x } }",
                "f p q",
            ),
            ("SELECT (COUNT(*) AS ?n) { <urn:a> ?p ?f . ?f ?q <urn:a> } GROUP BY ?f", "n"),
        ] {
            let rows = evaluate::<_, QueryError>(&store, sparql, &Evaluation::default(), |results| {
                let QueryResults::Solutions(solutions) = results else { panic!("a SELECT") };
                solutions
                    .map(|row| Ok(row?.iter().map(|(name, _)| name.as_str().to_owned()).collect::<Vec<_>>()))
                    .collect::<Result<Vec<_>, _>>()
            });
            let mut names = rows.expect("answers").into_iter().next().unwrap_or_default();
            names.sort();
            assert_eq!(names.join(" "), expected, "{sparql}");
        }
    }
}
