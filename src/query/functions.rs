//! Functions beyond those of SPARQL 1.1: of names, of days that are not exactly known, and of GeoSPARQL.
//!
//! | function | value |
//! | --- | --- |
//! | `fun:likeness(name, name[, class])` | how likely two names are spellings of one: 0 to 1 |
//! | `fun:fold(name)` | a name without case, marks, hyphens and articles |
//! | `fun:mayBeIn(earliest, latest, period)` | whether it can lie in "2011..2013", "2024-12", "2024-12-08.." |
//! | `fun:isIn(earliest, latest, period)` | whether it lies in the period for sure |
//! | `fun:mayBeBefore(earliest, latest, earliest, latest)` | whether the first can come before the second |
//! | `fun:isBefore(earliest, latest, earliest, latest)` | whether the first comes before the second for sure |
//! | `geof:distance(wkt, wkt, unit)`, `geof:sfWithin(wkt, wkt)`, … | GeoSPARQL 1.1, by `spargeo` |
//!
//! A day that is not known may be left unbound: it is then unknown, and not an error as elsewhere in SPARQL.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::SparqlEvaluator;
use spargebra::algebra::{Expression, Function};
use spargeo::GEOSPARQL_EXTENSION_FUNCTIONS;

use super::error::{Kind, QueryError};
use crate::link::names::{self, Name, NameKind};
use crate::model::Period;
use crate::ontology::vocabulary::FUNCTIONS_NAMESPACE;
use crate::text::fold;

/// A function, how many arguments it can have, and whether they are days that may be unknown.
struct Own {
    name: &'static str,
    least: usize,
    most: usize,
    days: bool,
    value: fn(&[Term]) -> Option<Term>,
}

const OWN: &[Own] = &[
    Own { name: "likeness", least: 2, most: 3, days: false, value: likeness },
    Own { name: "fold", least: 1, most: 1, days: false, value: folded },
    Own { name: "mayBeIn", least: 3, most: 3, days: true, value: may_be_in },
    Own { name: "isIn", least: 3, most: 3, days: true, value: is_in },
    Own { name: "mayBeBefore", least: 4, most: 4, days: true, value: may_be_before },
    Own { name: "isBefore", least: 4, most: 4, days: true, value: is_before },
];

/// An evaluator that knows all functions.
pub(super) fn evaluator() -> SparqlEvaluator {
    let mut evaluator = SparqlEvaluator::new();
    for own in OWN {
        let name = NamedNode::new_unchecked(format!("{FUNCTIONS_NAMESPACE}{}", own.name));
        evaluator = evaluator.with_custom_function(name, own.value);
    }
    for (name, value) in GEOSPARQL_EXTENSION_FUNCTIONS {
        // Geometry is written by anybody, and its algorithms rest on what is well formed.
        let guarded = move |arguments: &[Term]| catch_unwind(AssertUnwindSafe(|| value(arguments))).ok().flatten();
        evaluator = evaluator.with_custom_function(name.into_owned(), guarded);
    }
    evaluator
}

/// A call of a function as the evaluator gets it: days that are not bound are unknown.
///
/// # Errors
/// If the function is one of ours that does not exist, or has another number of arguments.
pub(super) fn call(function: Function, arguments: Vec<Expression>) -> Result<Expression, QueryError> {
    let Some(name) = own_name(&function).map(str::to_owned) else {
        return Ok(Expression::FunctionCall(function, arguments));
    };
    let Some(own) = OWN.iter().find(|own| own.name == name) else {
        let known: Vec<String> = OWN.iter().map(|own| format!("fun:{}", own.name)).collect();
        let problem = format!("there is no function `fun:{name}`; there are {}", known.join(", "));
        return Err(QueryError(Kind::Extension(problem)));
    };
    if arguments.len() < own.least || arguments.len() > own.most {
        let wanted =
            if own.least == own.most { own.least.to_string() } else { format!("{}–{}", own.least, own.most) };
        let problem = format!("`fun:{name}` has {wanted} arguments, here are {}", arguments.len());
        return Err(QueryError(Kind::Extension(problem)));
    }
    let unknown = || Expression::Literal(Literal::new_simple_literal(""));
    let known = |argument| if own.days { Expression::Coalesce(vec![argument, unknown()]) } else { argument };
    Ok(Expression::FunctionCall(function, arguments.into_iter().map(known).collect()))
}

fn own_name(function: &Function) -> Option<&str> {
    match function {
        Function::Custom(name) => name.as_str().strip_prefix(FUNCTIONS_NAMESPACE),
        _ => None,
    }
}

fn text(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

fn likeness(arguments: &[Term]) -> Option<Term> {
    let kind = match arguments.get(2) {
        None => NameKind::Person,
        Some(class) => match text(class)? {
            "Person" => NameKind::Person,
            "Organization" => NameKind::Organization,
            "Facility" => NameKind::Facility,
            "Place" => NameKind::Place,
            _ => return None,
        },
    };
    let (one, other) = (Name::parse(text(&arguments[0])?, kind), Name::parse(text(&arguments[1])?, kind));
    Some(Literal::from(names::score(&one, &other)).into())
}

fn folded(arguments: &[Term]) -> Option<Term> {
    Some(Literal::new_simple_literal(fold(text(&arguments[0])?)).into())
}

/// A day, or a time of that day; `Some(None)` if it is unknown, `None` if it is nothing of the sort.
fn day(term: &Term) -> Option<Option<Date>> {
    let text = text(term)?;
    if text.is_empty() {
        return Some(None);
    }
    let day = text.get(..10).unwrap_or(text);
    day.parse().ok().map(Some)
}

/// The days of an interval, if any is known, and the period.
fn interval_and_period(arguments: &[Term]) -> Option<(Option<Date>, Option<Date>, Period)> {
    let (earliest, latest) = (day(&arguments[0])?, day(&arguments[1])?);
    earliest.or(latest)?;
    Some((earliest, latest, text(&arguments[2])?.parse().ok()?))
}

fn may_be_in(arguments: &[Term]) -> Option<Term> {
    let (earliest, latest, period) = interval_and_period(arguments)?;
    Some(Literal::from(period.may_hold(earliest, latest)).into())
}

fn is_in(arguments: &[Term]) -> Option<Term> {
    let (earliest, latest, period) = interval_and_period(arguments)?;
    Some(Literal::from(period.surely_holds(earliest, latest)).into())
}

/// Four days: those between which the first lies, and the second.
fn four(arguments: &[Term]) -> Option<[Option<Date>; 4]> {
    let days: Vec<Option<Date>> = arguments.iter().map(day).collect::<Option<_>>()?;
    days.try_into().ok()
}

fn may_be_before(arguments: &[Term]) -> Option<Term> {
    let [earliest, _, _, latest] = four(arguments)?;
    Some(Literal::from(earliest.zip(latest).is_none_or(|(earliest, latest)| earliest < latest)).into())
}

fn is_before(arguments: &[Term]) -> Option<Term> {
    let [_, latest, earliest, _] = four(arguments)?;
    Some(Literal::from(latest.zip(earliest).is_some_and(|(latest, earliest)| latest < earliest)).into())
}

#[cfg(test)]
mod tests {
    use super::super::{Evaluation, evaluate};
    use super::*;
    use crate::store::GraphStore;
    use oxigraph::sparql::QueryResults;

    fn value(expression: &str) -> Result<Option<String>, QueryError> {
        let store = GraphStore::in_memory().expect("memory is enough");
        let sparql = format!("SELECT ({expression} AS ?value) {{}}");
        evaluate(&store, &sparql, &Evaluation::default(), |results| {
            let QueryResults::Solutions(mut solutions) = results else { panic!("a SELECT") };
            let solution = solutions.next().expect("one row")?;
            Ok(solution.get("value").and_then(|term| text(term).map(str::to_owned)))
        })
    }

    #[test]
    fn days_that_are_not_known_may_be_any() {
        for (expression, expected) in [
            (r#"fun:mayBeIn("2024-12-08"^^xsd:date, ?latest, "2024-12")"#, Some("true")),
            (r#"fun:isIn("2024-12-08"^^xsd:date, ?latest, "2024-12")"#, Some("false")),
            (r#"fun:isIn("2024-12-08"^^xsd:date, "2024-12-09"^^xsd:date, "2024-12")"#, Some("true")),
            (r#"fun:isIn("2024-12-08T23:59:00Z"^^xsd:dateTime, "2024-12-09"^^xsd:date, "2024-12-08..")"#, Some("true")),
            (r#"fun:mayBeIn(?earliest, ?latest, "2024-12")"#, None),
            (r#"fun:mayBeIn("2024-12-08"^^xsd:date, ?latest, "soon")"#, None),
            (r#"fun:mayBeIn("soon", ?latest, "2024")"#, None),
            (r#"fun:mayBeIn(<urn:x>, ?latest, "2024")"#, None),
            (r#"fun:mayBeBefore("2024-12-08", "2024-12-08", "2024-12-08", "2024-12-08")"#, Some("false")),
            (r#"fun:mayBeBefore("2024-12-08", ?a, ?b, "2024-12-09")"#, Some("true")),
            (r#"fun:isBefore("2024-12-08", ?a, ?b, "2024-12-09")"#, Some("false")),
            (r#"fun:isBefore(?a, "2024-12-08", "2024-12-09", ?b)"#, Some("true")),
        ] {
            assert_eq!(value(expression).expect("an answer").as_deref(), expected, "{expression}");
        }
    }

    #[test]
    fn names_are_compared_by_their_spellings() {
        let likely = |expression: &str| -> f64 {
            let value = value(expression).expect("an answer").expect("a number");
            value.parse().expect("a number")
        };
        assert!(likely(r#"fun:likeness("Mohammed Hassan", "Muhammad Hasan")"#) > 0.8);
        assert!(likely(r#"fun:likeness("Mohammed Hassan", "Mahmoud Issa", "Person")"#) < 0.2);
        assert_eq!(value(r#"fun:likeness("a", "b", "Shoe")"#).expect("an answer"), None);
        assert_eq!(value(r#"fun:fold("Al-Ḥamwī")"#).expect("an answer").as_deref(), Some(fold("Al-Ḥamwī").as_str()));
    }

    #[test]
    fn distances_are_those_of_geosparql() {
        let point = |at: &str| format!(r#""POINT({at})"^^geo:wktLiteral"#);
        let metre = "<http://www.opengis.net/def/uom/OGC/1.0/metre>";
        let distance = format!("geof:distance({}, {}, {metre})", point("36.29 33.51"), point("37.16 36.20"));
        let metres: f64 = value(&distance).expect("an answer").expect("a number").parse().expect("a number");
        assert!((metres - 309_000.0).abs() < 3_000.0, "{metres}");
        for wrong in [r#""POINT(1"^^geo:wktLiteral"#, r#""POINT(1 2)""#, "<urn:x>", "1"] {
            let distance = format!("geof:distance({wrong}, {}, {metre})", point("1 2"));
            assert_eq!(value(&distance).expect("an answer"), None, "{wrong}");
        }
        let square = r#""POLYGON((36 33, 37 33, 37 34, 36 34, 36 33))"^^geo:wktLiteral"#;
        let within = format!("geof:sfWithin({}, {square})", point("36.29 33.51"));
        assert_eq!(value(&within).expect("an answer").as_deref(), Some("true"));
    }

    #[test]
    fn a_function_that_is_not_there_is_an_error() {
        for (expression, expected) in [
            ("fun:likenes('a', 'b')", "there is no function `fun:likenes`; there are fun:likeness"),
            ("fun:likeness('a')", "has 2–3 arguments, here are 1"),
            ("IF(true, fun:isIn(1, 2), 3)", "has 3 arguments, here are 2"),
        ] {
            let error = value(expression).expect_err("an error");
            assert!(error.is_invalid() && error.to_string().contains(expected), "{error}");
        }
    }
}
