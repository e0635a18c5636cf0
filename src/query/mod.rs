//! Asking the graph: SPARQL, saved questions, names, explanations.

mod entity;
mod error;
mod find;
mod prefixes;
mod question;
mod sparql;

pub use entity::{Dossier, EventLine, Quote, document_name, dossier, quotes_of, quotes_of_claim};
pub use error::QueryError;
pub use find::{Match, class_of, documents_with, find, label};
pub use prefixes::{shorten, unprefixed};
pub use question::{Parameter, ParameterKind, Question, QuestionError, Questions};
pub use sparql::{Evaluation, Scope, evaluate};
