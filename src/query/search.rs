//! Looking for names inside a query.
//!
//! ```text
//! ?entity fun:spelled "Seydnaya" .            entities that are called so in some spelling or script
//! (?entity ?score) fun:spelled "Seydnaya" .   with how like the name is, also those that are little like it
//! ```
//!
//! What the index of names finds is put in the place of the pattern before the query is planned, so that the rest of the
//! query begins with it. The name is a string, or a variable that is given.

use std::collections::HashMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNodeRef, Term, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{BlankNode, GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::error::{Kind, QueryError};
use super::find::find;
use super::functions;
use super::rewrite::Rewriter;
use crate::ontology::vocabulary::FUNCTIONS_NAMESPACE;
use crate::store::GraphStore;

/// The property of names.
const SPELLED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/isnad/function#spelled");
/// Names less like it than this are not what it spells.
const LIKE: f64 = 0.5;

/// Puts what the indexes find into a query.
pub(super) struct Search<'s> {
    store: &'s GraphStore,
    given: HashMap<&'s str, &'s Term>,
    invented: usize,
}

impl<'s> Search<'s> {
    pub fn new(store: &'s GraphStore, given: &'s [(String, Term)]) -> Self {
        Self { store, given: given.iter().map(|(name, term)| (name.as_str(), term)).collect(), invented: 0 }
    }

    fn variable(&mut self) -> Variable {
        self.invented += 1;
        Variable::new_unchecked(format!("fun_spelled_{}", self.invented))
    }

    /// The name that is looked for.
    fn wanted(&self, object: &TermPattern) -> Result<String, QueryError> {
        let given = match object {
            TermPattern::Literal(literal) => return Ok(literal.value().to_owned()),
            TermPattern::Variable(variable) => self.given.get(variable.as_str()),
            _ => None,
        };
        match given {
            Some(Term::Literal(literal)) => Ok(literal.value().to_owned()),
            _ => Err(wrong("what `fun:spelled` looks for is a string, or a variable that is given")),
        }
    }

    /// What is found, as a table.
    fn table(
        &mut self,
        entity: TermPattern,
        score: Option<TermPattern>,
        text: &str,
    ) -> Result<GraphPattern, QueryError> {
        let mut found = find(self.store, text, None)?;
        if score.is_none() {
            found.retain(|found| found.score >= LIKE);
        }
        let mut variables = Vec::new();
        match &entity {
            TermPattern::Variable(variable) => variables.push(variable.clone()),
            TermPattern::NamedNode(wanted) => {
                found.retain(|found| found.entity == *wanted);
                variables.push(self.variable());
            }
            _ => return Err(wrong("what is `fun:spelled` something is a variable or an IRI")),
        }
        match &score {
            Some(TermPattern::Variable(variable)) if !variables.contains(variable) => variables.push(variable.clone()),
            Some(_) => return Err(wrong("the score of `fun:spelled` is a variable of its own")),
            None => {}
        }
        let bindings = found.into_iter().map(|found| {
            let scored = variables.get(1).map(|_| Some(GroundTerm::Literal(Literal::from(found.score))));
            std::iter::once(Some(GroundTerm::NamedNode(found.entity))).chain(scored).collect()
        });
        Ok(GraphPattern::Values { bindings: bindings.collect(), variables })
    }
}

impl Rewriter for Search<'_> {
    fn pattern(&mut self, mut patterns: Vec<TriplePattern>) -> Result<GraphPattern, QueryError> {
        let mut tables = Vec::new();
        while let Some(at) = patterns.iter().position(|pattern| pattern.predicate == SPELLED.into_owned().into()) {
            let looked_for = patterns.remove(at);
            let text = self.wanted(&looked_for.object)?;
            let table = match looked_for.subject {
                TermPattern::BlankNode(node) => match taken_list(&mut patterns, &node)?.as_slice() {
                    [entity, score] => self.table(entity.clone(), Some(score.clone()), &text)?,
                    // A blank node is a variable that nobody asks for.
                    [] => {
                        let variable = self.variable();
                        replace(&mut patterns, &node, &variable);
                        self.table(variable.into(), None, &text)?
                    }
                    _ => return Err(wrong("the list before `fun:spelled` is (?entity ?score)")),
                },
                entity => self.table(entity, None, &text)?,
            };
            tables.push(table);
        }
        let rest = (!patterns.is_empty() || tables.is_empty()).then_some(GraphPattern::Bgp { patterns });
        let joined = |left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) };
        Ok(tables.into_iter().chain(rest).reduce(joined).unwrap_or_default())
    }

    fn path(&mut self, path: &PropertyPathExpression) -> Result<(), QueryError> {
        if path.to_string().contains(&format!("<{FUNCTIONS_NAMESPACE}")) {
            return Err(wrong("`fun:spelled` stands alone, not within a path"));
        }
        Ok(())
    }

    fn call(&mut self, function: Function, arguments: Vec<Expression>) -> Result<Expression, QueryError> {
        functions::call(function, arguments)
    }
}

fn wrong(problem: &str) -> QueryError {
    QueryError(Kind::Extension(problem.to_owned()))
}

fn is(pattern: &TriplePattern, node: &BlankNode, predicate: NamedNodeRef<'_>) -> bool {
    matches!(&pattern.subject, TermPattern::BlankNode(subject) if subject == node)
        && matches!(&pattern.predicate, NamedNodePattern::NamedNode(named) if *named == predicate)
}

/// The members of the list that begins with a node, which are taken out; none if it is no list.
fn taken_list(patterns: &mut Vec<TriplePattern>, first: &BlankNode) -> Result<Vec<TermPattern>, QueryError> {
    let mut members = Vec::new();
    let mut node = first.clone();
    while let Some(at) = patterns.iter().position(|pattern| is(pattern, &node, rdf::FIRST)) {
        members.push(patterns.remove(at).object);
        let Some(at) = patterns.iter().position(|pattern| is(pattern, &node, rdf::REST)) else {
            return Err(wrong("the list before `fun:spelled` has no end"));
        };
        match patterns.remove(at).object {
            TermPattern::BlankNode(next) => node = next,
            _ => break,
        }
    }
    Ok(members)
}

/// Puts a variable in the place of a blank node.
fn replace(patterns: &mut [TriplePattern], node: &BlankNode, variable: &Variable) {
    let same = |term: &TermPattern| matches!(term, TermPattern::BlankNode(known) if known == node);
    for pattern in patterns {
        for term in [&mut pattern.subject, &mut pattern.object] {
            if same(term) {
                *term = variable.clone().into();
            }
        }
    }
}
