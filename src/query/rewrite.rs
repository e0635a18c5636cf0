//! Going through a query before it is answered.

use spargebra::Query;
use spargebra::algebra::{
    AggregateExpression, Expression, Function, GraphPattern, OrderExpression, PropertyPathExpression,
};
use spargebra::term::TriplePattern;

use super::error::{Kind, QueryError};

/// What is put in the place of parts of a query.
pub(super) trait Rewriter {
    /// In the place of a basic graph pattern.
    fn pattern(&mut self, patterns: Vec<TriplePattern>) -> Result<GraphPattern, QueryError>;

    /// In the place of a property path.
    fn path(&mut self, path: &PropertyPathExpression) -> Result<(), QueryError>;

    /// In the place of a function call.
    fn call(&mut self, function: Function, arguments: Vec<Expression>) -> Result<Expression, QueryError>;
}

/// The query with other parts in it.
///
/// # Errors
/// If there is a `SERVICE` anywhere, also one that may fail in silence, or the rewriter finds an error.
pub(super) fn rewrite(query: Query, by: &mut impl Rewriter) -> Result<Query, QueryError> {
    Ok(match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: in_pattern(pattern, by)?, base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: in_pattern(pattern, by)?, base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: in_pattern(pattern, by)?, base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: in_pattern(pattern, by)?, base_iri }
        }
    })
}

fn in_pattern(pattern: GraphPattern, by: &mut impl Rewriter) -> Result<GraphPattern, QueryError> {
    use GraphPattern as G;
    let mut boxed = |pattern: Box<GraphPattern>| in_pattern(*pattern, by).map(Box::new);
    Ok(match pattern {
        G::Service { .. } => return Err(QueryError(Kind::Service)),
        G::Bgp { patterns } => by.pattern(patterns)?,
        G::Path { subject, path, object } => {
            by.path(&path)?;
            G::Path { subject, path, object }
        }
        G::Values { .. } => pattern,
        G::Join { left, right } => G::Join { left: boxed(left)?, right: boxed(right)? },
        G::Lateral { left, right } => G::Lateral { left: boxed(left)?, right: boxed(right)? },
        G::Union { left, right } => G::Union { left: boxed(left)?, right: boxed(right)? },
        G::Minus { left, right } => G::Minus { left: boxed(left)?, right: boxed(right)? },
        G::LeftJoin { left, right, expression } => {
            let (left, right) = (boxed(left)?, boxed(right)?);
            let expression = expression.map(|expression| in_expression(expression, by)).transpose()?;
            G::LeftJoin { left, right, expression }
        }
        G::Filter { expr, inner } => {
            let inner = boxed(inner)?;
            G::Filter { expr: in_expression(expr, by)?, inner }
        }
        G::Extend { inner, variable, expression } => {
            let inner = boxed(inner)?;
            G::Extend { inner, variable, expression: in_expression(expression, by)? }
        }
        G::OrderBy { inner, expression } => {
            let inner = boxed(inner)?;
            let mut ordering = |order| {
                Ok::<_, QueryError>(match order {
                    OrderExpression::Asc(expression) => OrderExpression::Asc(in_expression(expression, by)?),
                    OrderExpression::Desc(expression) => OrderExpression::Desc(in_expression(expression, by)?),
                })
            };
            G::OrderBy { inner, expression: expression.into_iter().map(&mut ordering).collect::<Result<_, _>>()? }
        }
        G::Group { inner, variables, aggregates } => {
            let inner = boxed(inner)?;
            let mut counting = |(variable, aggregate)| {
                let aggregate = match aggregate {
                    AggregateExpression::FunctionCall { name, expr, distinct } => {
                        AggregateExpression::FunctionCall { name, expr: in_expression(expr, by)?, distinct }
                    }
                    counted @ AggregateExpression::CountSolutions { .. } => counted,
                };
                Ok::<_, QueryError>((variable, aggregate))
            };
            let aggregates = aggregates.into_iter().map(&mut counting).collect::<Result<_, _>>()?;
            G::Group { inner, variables, aggregates }
        }
        G::Graph { name, inner } => G::Graph { name, inner: boxed(inner)? },
        G::Project { inner, variables } => G::Project { inner: boxed(inner)?, variables },
        G::Distinct { inner } => G::Distinct { inner: boxed(inner)? },
        G::Reduced { inner } => G::Reduced { inner: boxed(inner)? },
        G::Slice { inner, start, length } => G::Slice { inner: boxed(inner)?, start, length },
    })
}

fn in_expression(expression: Expression, by: &mut impl Rewriter) -> Result<Expression, QueryError> {
    use Expression as E;
    let mut boxed = |expression: Box<Expression>| in_expression(*expression, by).map(Box::new);
    Ok(match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => expression,
        E::Exists(pattern) => E::Exists(Box::new(in_pattern(*pattern, by)?)),
        E::UnaryPlus(inner) => E::UnaryPlus(boxed(inner)?),
        E::UnaryMinus(inner) => E::UnaryMinus(boxed(inner)?),
        E::Not(inner) => E::Not(boxed(inner)?),
        E::Or(one, other) => E::Or(boxed(one)?, boxed(other)?),
        E::And(one, other) => E::And(boxed(one)?, boxed(other)?),
        E::Equal(one, other) => E::Equal(boxed(one)?, boxed(other)?),
        E::SameTerm(one, other) => E::SameTerm(boxed(one)?, boxed(other)?),
        E::Greater(one, other) => E::Greater(boxed(one)?, boxed(other)?),
        E::GreaterOrEqual(one, other) => E::GreaterOrEqual(boxed(one)?, boxed(other)?),
        E::Less(one, other) => E::Less(boxed(one)?, boxed(other)?),
        E::LessOrEqual(one, other) => E::LessOrEqual(boxed(one)?, boxed(other)?),
        E::Add(one, other) => E::Add(boxed(one)?, boxed(other)?),
        E::Subtract(one, other) => E::Subtract(boxed(one)?, boxed(other)?),
        E::Multiply(one, other) => E::Multiply(boxed(one)?, boxed(other)?),
        E::Divide(one, other) => E::Divide(boxed(one)?, boxed(other)?),
        E::If(test, one, other) => E::If(boxed(test)?, boxed(one)?, boxed(other)?),
        E::In(one, others) => {
            let one = boxed(one)?;
            E::In(one, in_all(others, by)?)
        }
        E::Coalesce(all) => E::Coalesce(in_all(all, by)?),
        E::FunctionCall(function, arguments) => {
            let arguments = in_all(arguments, by)?;
            by.call(function, arguments)?
        }
    })
}

fn in_all(all: Vec<Expression>, by: &mut impl Rewriter) -> Result<Vec<Expression>, QueryError> {
    all.into_iter().map(|expression| in_expression(expression, by)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts nothing in any place, and counts what it could have put something for.
    #[derive(Default)]
    struct Counting {
        patterns: usize,
        calls: usize,
    }

    impl Rewriter for Counting {
        fn pattern(&mut self, patterns: Vec<TriplePattern>) -> Result<GraphPattern, QueryError> {
            self.patterns += patterns.len();
            Ok(GraphPattern::Bgp { patterns })
        }

        fn path(&mut self, _: &PropertyPathExpression) -> Result<(), QueryError> {
            Ok(())
        }

        fn call(&mut self, function: Function, arguments: Vec<Expression>) -> Result<Expression, QueryError> {
            self.calls += 1;
            Ok(Expression::FunctionCall(function, arguments))
        }
    }

    fn read(pattern: &str) -> Query {
        spargebra::SparqlParser::new().parse_query(&format!("ASK {{ {pattern} }}")).expect("SPARQL")
    }

    #[test]
    fn a_service_is_refused_wherever_it_stands() {
        for (pattern, expected) in [
            ("?s ?p 'SERVICE <urn:x> {}'", false),
            ("SERVICE <urn:x> { ?s ?p ?o }", true),
            ("SERVICE SILENT ?s { ?s ?p ?o }", true),
            ("?s ?p ?o OPTIONAL { SERVICE SILENT <urn:x> { } }", true),
            ("GRAPH ?g { { ?s ?p ?o } UNION { SERVICE SILENT <urn:x> { } } }", true),
            ("?s ?p ?o FILTER(?o IN (1, IF(NOT EXISTS { SERVICE SILENT <urn:x> { } }, 1, 2)))", true),
            ("BIND(EXISTS { ?s ?p ?o MINUS { SERVICE SILENT <urn:x> { } } } AS ?x)", true),
            ("{ SELECT (SUM(COALESCE(EXISTS { SERVICE SILENT <urn:x> { } }, 1)) AS ?n) { ?s ?p ?o } }", true),
            ("{ SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE SILENT <urn:x> { } }) LIMIT 1 }", true),
            ("?s ?p ?o FILTER(?o > 1 && !(?o = 3))", false),
        ] {
            let refused = rewrite(read(pattern), &mut Counting::default()).is_err();
            assert_eq!(refused, expected, "{pattern}");
        }
    }

    #[test]
    fn what_is_not_replaced_stays_as_it_was() {
        let query = read(
            "?a ?b ?c OPTIONAL { ?c ?d ?e FILTER(STRLEN(STR(?e)) > 1) } MINUS { ?a <urn:p>+ ?e } \
             { SELECT ?a (MAX(ABS(?x)) AS ?m) { GRAPH ?g { ?a ?q ?x } } GROUP BY ?a ORDER BY DESC(ROUND(?m)) LIMIT 3 } \
             UNION { VALUES ?a { 1 2 } BIND(IF(?a IN (1, FLOOR(2)), COALESCE(?a * 2, -?a), ?a + 1) AS ?n) }",
        );
        let mut counting = Counting::default();
        assert_eq!(rewrite(query.clone(), &mut counting).expect("no service"), query);
        assert_eq!((counting.patterns, counting.calls), (3, 5));
    }
}
