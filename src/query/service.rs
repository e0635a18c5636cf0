//! Whether a query asks other servers.

use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// Whether there is a `SERVICE` anywhere in the query, also one that may fail in silence.
pub(super) fn asks_others(query: &Query) -> bool {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => in_pattern(pattern),
    }
}

fn in_pattern(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Service { .. } => true,
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => false,
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => in_pattern(left) || in_pattern(right),
        GraphPattern::LeftJoin { left, right, expression } => {
            in_pattern(left) || in_pattern(right) || expression.as_ref().is_some_and(in_expression)
        }
        GraphPattern::Filter { expr, inner } => in_expression(expr) || in_pattern(inner),
        GraphPattern::Extend { inner, expression, .. } => in_expression(expression) || in_pattern(inner),
        GraphPattern::OrderBy { inner, expression } => {
            let ordering = |order: &OrderExpression| match order {
                OrderExpression::Asc(expression) | OrderExpression::Desc(expression) => in_expression(expression),
            };
            in_pattern(inner) || expression.iter().any(ordering)
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            let counting = |aggregate: &AggregateExpression| match aggregate {
                AggregateExpression::CountSolutions { .. } => false,
                AggregateExpression::FunctionCall { expr, .. } => in_expression(expr),
            };
            in_pattern(inner) || aggregates.iter().any(|(_, aggregate)| counting(aggregate))
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => in_pattern(inner),
    }
}

fn in_expression(expression: &Expression) -> bool {
    match expression {
        Expression::Exists(pattern) => in_pattern(pattern),
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => false,
        Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => in_expression(inner),
        Expression::Or(one, other)
        | Expression::And(one, other)
        | Expression::Equal(one, other)
        | Expression::SameTerm(one, other)
        | Expression::Greater(one, other)
        | Expression::GreaterOrEqual(one, other)
        | Expression::Less(one, other)
        | Expression::LessOrEqual(one, other)
        | Expression::Add(one, other)
        | Expression::Subtract(one, other)
        | Expression::Multiply(one, other)
        | Expression::Divide(one, other) => in_expression(one) || in_expression(other),
        Expression::If(test, one, other) => in_expression(test) || in_expression(one) || in_expression(other),
        Expression::In(one, others) => in_expression(one) || others.iter().any(in_expression),
        Expression::Coalesce(all) | Expression::FunctionCall(_, all) => all.iter().any(in_expression),
    }
}

#[cfg(test)]
mod tests {
    use super::asks_others;

    #[test]
    fn wherever_it_stands() {
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
            let query = spargebra::SparqlParser::new().parse_query(&format!("ASK {{ {pattern} }}"));
            assert_eq!(asks_others(&query.expect("SPARQL")), expected, "{pattern}");
        }
    }
}
