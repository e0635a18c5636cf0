//! What can be wrong with an ontology.

use oxigraph::io::RdfSyntaxError;

/// An ontology that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SchemaError(#[from] ErrorKind);

#[derive(Debug, thiserror::Error)]
pub(super) enum ErrorKind {
    #[error("the ontology is not valid Turtle{}", place(*.position))]
    Syntax {
        /// Line and column, from 1.
        position: Option<(u64, u64)>,
        #[source]
        source: RdfSyntaxError,
    },
    #[error("the ontology defines no class in <{namespace}>")]
    Empty { namespace: &'static str },
    #[error("`isnad:{term}` names `isnad:{superior}` as superior, which the ontology does not define")]
    UnknownSuperior { term: String, superior: String },
    #[error(
        "`isnad:{term}` stands above itself\nhint: take one rdfs:subClassOf or rdfs:subPropertyOf of the circle out"
    )]
    Cycle { term: String },
}

impl SchemaError {
    /// Line and column of a syntax error in the Turtle text, both from 1, the column in code points.
    ///
    /// ```
    /// use isnad::ontology::Schema;
    /// let error = Schema::parse("@prefix x: <http://example.org/> .\nx:a x:b ;;; ] .").unwrap_err();
    /// assert_eq!(error.position().map(|(line, _)| line), Some(2));
    /// ```
    pub fn position(&self) -> Option<(u64, u64)> {
        match &self.0 {
            ErrorKind::Syntax { position, .. } => *position,
            _ => None,
        }
    }
}

impl From<RdfSyntaxError> for ErrorKind {
    fn from(source: RdfSyntaxError) -> Self {
        let position = source.location().map(|range| (range.start.line + 1, range.start.column + 1));
        Self::Syntax { position, source }
    }
}

fn place(position: Option<(u64, u64)>) -> String {
    position.map_or_else(String::new, |(line, column)| format!(" at line {line}, column {column}"))
}
