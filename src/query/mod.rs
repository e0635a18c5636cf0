//! Asking the graph: SPARQL, saved questions, names, explanations.

mod entity;
mod error;
mod find;
mod functions;
mod hoist;
pub mod pages;
mod plan;
mod prefixes;
mod question;
mod rewrite;
mod search;
mod sparql;
mod statistics;
mod together;
mod values;
mod voices;

pub use entity::{Dossier, EventLine, Quote, document_name, dossier, quotes_of, quotes_of_claim};
pub use error::QueryError;
pub use find::{Match, class_of, documents_with, find, label};
pub use plan::{Plan, Step, plan};
pub use prefixes::{shorten, unprefixed};
pub(crate) use question::FOLDER as QUESTIONS_FOLDER;
pub use question::{Parameter, ParameterKind, Question, QuestionError, Questions};
pub use sparql::{Dataset, Evaluation, Scope, evaluate};
pub use statistics::{Statistics, statistics};
pub use together::{Together, named_together};
pub use voices::Voice;
