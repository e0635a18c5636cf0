//! Saved questions: SPARQL files with a header that says what they ask.
//!
//! ```text
//! # title: Where somebody was held
//! # description: Facilities, with the sentence that says so.
//! # parameter: person entity Person — who
//! # parameter: since date optional — from this day on
//! # example: isnad ask held-at person="Ragheed al-Tatari"
//! ```
//!
//! A parameter is a variable of the query's SELECT. Its value is substituted as a term; no text of a
//! user ever becomes part of the query.

use std::fmt;
use std::path::{Path, PathBuf};

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};

use super::error::QueryError;
use super::find::find;
use super::prefixes::expand;
use crate::store::GraphStore;

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/questions.rs"));

/// What a parameter is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterKind {
    /// An entity of this class, by name or IRI.
    Entity(String),
    /// Words, compared as a string.
    Text,
    /// A day, YYYY-MM-DD.
    Date,
    /// A whole number.
    Number,
}

impl fmt::Display for ParameterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(class) => f.pad(class),
            Self::Text => f.pad("text"),
            Self::Date => f.pad("date"),
            Self::Number => f.pad("number"),
        }
    }
}

/// A variable that the asker gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Name of the variable.
    pub name: String,
    /// What it is.
    pub kind: ParameterKind,
    /// Whether the question can be asked without it.
    pub optional: bool,
    /// What it means.
    pub description: String,
}

/// A saved question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name: the file's name without `.rq`.
    pub name: String,
    /// One line.
    pub title: String,
    /// What is answered, and what is not.
    pub description: String,
    /// In the order of the header.
    pub parameters: Vec<Parameter>,
    /// A call that works on the sample corpus.
    pub example: Option<String>,
    /// The query, header included.
    pub sparql: String,
}

/// A question that cannot be read or asked.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct QuestionError(String);

/// Name of the folder of a user's own questions, in that of a store.
pub(crate) const FOLDER: &str = "questions";

/// All saved questions, in order of name.
#[derive(Debug, Clone)]
pub struct Questions {
    read: Vec<Question>,
    /// Name and problem of those that cannot be read.
    unreadable: Vec<(String, QuestionError)>,
}

impl Questions {
    /// The questions that come with the program.
    pub fn embedded() -> Self {
        let read =
            |(name, text): &(&str, &str)| Question::parse(name, text).expect("a test reads the embedded questions");
        Self { read: FILES.iter().map(read).collect(), unreadable: Vec::new() }
    }

    /// The questions that come with the program, and a user's own: the files `questions/*.rq` in the folder of the store.
    pub fn of_store(store: &Path) -> Self {
        Self::embedded().and(&store.join(FOLDER))
    }

    /// These and the questions in the files `*.rq` of a folder, which take the place of others of their names. A folder that is
    /// not there has none.
    #[must_use]
    pub fn and(mut self, folder: &Path) -> Self {
        let mut files: Vec<PathBuf> = match std::fs::read_dir(folder) {
            Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                let problem = QuestionError(format!("{}: {error}", folder.display()));
                self.unreadable.push((String::new(), problem));
                Vec::new()
            }
        };
        files.retain(|file| file.extension().is_some_and(|extension| extension == "rq"));
        files.sort();
        for file in files {
            let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            self.read.retain(|question| question.name != name);
            self.unreadable.retain(|(known, _)| *known != name);
            let text = std::fs::read_to_string(&file).map_err(|error| QuestionError(error.to_string()));
            match text.and_then(|text| Question::parse(&name, &text)) {
                Ok(question) => self.read.push(question),
                Err(problem) => {
                    let problem = QuestionError(format!("{}: {problem}", file.display()));
                    self.unreadable.push((name, problem));
                }
            }
        }
        self.read.sort_by(|one, other| one.name.cmp(&other.name));
        self
    }

    /// Every question that can be read.
    pub fn iter(&self) -> impl Iterator<Item = &Question> {
        self.read.iter()
    }

    /// What is wrong with those that cannot.
    pub fn problems(&self) -> impl Iterator<Item = &QuestionError> {
        self.unreadable.iter().map(|(_, problem)| problem)
    }

    /// The question of this name.
    ///
    /// # Errors
    /// If there is none, or it cannot be read; the error names those that are near.
    pub fn get(&self, name: &str) -> Result<&Question, QuestionError> {
        if let Some((_, problem)) = self.unreadable.iter().find(|(known, _)| known == name) {
            return Err(problem.clone());
        }
        self.read.iter().find(|question| question.name == name).ok_or_else(|| {
            let near: Vec<&str> = self
                .read
                .iter()
                .map(|question| question.name.as_str())
                .filter(|known| known.split('-').any(|word| word.len() > 3 && name.contains(word)))
                .collect();
            let hint = if near.is_empty() {
                "`isnad ask` lists them".to_owned()
            } else {
                format!("did you mean {}?", near.join(" or "))
            };
            QuestionError(format!("there is no saved question `{name}`\nhint: {hint}"))
        })
    }
}

impl Question {
    /// Reads a question from the text of its file.
    ///
    /// # Errors
    /// If the header lacks a title or has a parameter that cannot be read.
    pub fn parse(name: &str, text: &str) -> Result<Self, QuestionError> {
        let fail = |line: usize, problem: String| QuestionError(format!("{name}.rq, line {line}: {problem}"));
        let mut question = Self {
            name: name.to_owned(),
            title: String::new(),
            description: String::new(),
            parameters: Vec::new(),
            example: None,
            sparql: text.to_owned(),
        };
        for (number, line) in text.lines().enumerate().take_while(|(_, line)| line.starts_with('#')) {
            let Some((key, value)) = line.trim_start_matches(['#', ' ']).split_once(':') else { continue };
            let value = value.trim();
            match key.trim() {
                "title" => question.title = value.to_owned(),
                "description" => question.description = value.to_owned(),
                "example" => question.example = Some(value.to_owned()),
                "parameter" => {
                    let parameter = parameter(value).ok_or_else(|| {
                        fail(
                            number + 1,
                            format!("`{value}` is not `name entity CLASS|text|date|number [optional] — description`"),
                        )
                    })?;
                    if !text.contains(&format!("?{}", parameter.name)) {
                        return Err(fail(number + 1, format!("the query has no variable ?{}", parameter.name)));
                    }
                    question.parameters.push(parameter);
                }
                other => return Err(fail(number + 1, format!("`{other}` is no key of a header"))),
            }
        }
        if question.title.is_empty() {
            return Err(fail(1, "the header has no title".to_owned()));
        }
        Ok(question)
    }

    /// The terms of the arguments given as `name=value`, and what names were taken to mean.
    ///
    /// # Errors
    /// If an argument is unknown, malformed or missing, or a name means nobody.
    pub fn bind(&self, store: &GraphStore, arguments: &[String]) -> Result<Binding, QuestionError> {
        let mut binding = Binding { given: Vec::new(), understood: Vec::new() };
        for argument in arguments {
            let (name, value) = argument
                .split_once('=')
                .ok_or_else(|| QuestionError(format!("`{argument}` is not name=value\nhint: {}", self.usage())))?;
            let Some(parameter) = self.parameters.iter().find(|parameter| parameter.name == name) else {
                return Err(QuestionError(format!(
                    "`{}` has no parameter `{name}`\nhint: {}",
                    self.name,
                    self.usage()
                )));
            };
            if binding.given.iter().any(|(known, _)| known == name) {
                return Err(QuestionError(format!("`{name}` is given twice")));
            }
            let term = self.term(store, parameter, value, &mut binding.understood)?;
            binding.given.push((name.to_owned(), term));
        }
        for parameter in self.parameters.iter().filter(|parameter| !parameter.optional) {
            if !binding.given.iter().any(|(name, _)| *name == parameter.name) {
                return Err(QuestionError(format!(
                    "`{}` needs `{}` ({})\nhint: {}",
                    self.name,
                    parameter.name,
                    parameter.description,
                    self.usage()
                )));
            }
        }
        Ok(binding)
    }

    fn term(
        &self,
        store: &GraphStore,
        parameter: &Parameter,
        value: &str,
        understood: &mut Vec<String>,
    ) -> Result<Term, QuestionError> {
        let wrong = |what: &str| QuestionError(format!("`{value}` is not {what}"));
        Ok(match &parameter.kind {
            ParameterKind::Text => Literal::new_simple_literal(value).into(),
            ParameterKind::Number => {
                let number: i64 = value.parse().map_err(|_| wrong("a whole number"))?;
                Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into()
            }
            ParameterKind::Date => {
                let day: jiff::civil::Date = value.parse().map_err(|_| wrong("a date; write YYYY-MM-DD"))?;
                Literal::new_typed_literal(day.to_string(), xsd::DATE).into()
            }
            ParameterKind::Entity(class) => {
                if value.starts_with("http://") || value.starts_with("https://") || value.starts_with("id:") {
                    return expand(value).map(Term::from).map_err(|error: QueryError| QuestionError(error.to_string()));
                }
                let found = find(store, value, Some(class)).map_err(|error| QuestionError(error.to_string()))?;
                let Some(first) = found.first() else {
                    return Err(QuestionError(format!(
                        "nobody and nothing of class {class} is called `{value}` here\nhint: look with `isnad find \"{value}\"`"
                    )));
                };
                let others = found.iter().skip(1).filter(|other| other.score >= first.score - 0.05).count();
                let rest = if others > 0 {
                    format!("; {others} more could be meant, see `isnad find`")
                } else {
                    String::new()
                };
                understood.push(format!(
                    "{} = {} ({}{rest})",
                    parameter.name,
                    first.label,
                    super::shorten(first.entity.as_str())
                ));
                first.entity.clone().into()
            }
        })
    }

    /// How the question is asked.
    pub fn usage(&self) -> String {
        let parameters: String = self
            .parameters
            .iter()
            .map(|parameter| {
                let shown = format!("{}={}", parameter.name, parameter.kind.to_string().to_uppercase());
                if parameter.optional { format!(" [{shown}]") } else { format!(" {shown}") }
            })
            .collect();
        format!("isnad ask {}{parameters}", self.name)
    }
}

/// Arguments turned into terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// Variable and term.
    pub given: Vec<(String, Term)>,
    /// What names were taken to mean, to be told to the asker.
    pub understood: Vec<String>,
}

fn parameter(text: &str) -> Option<Parameter> {
    let (head, description) = text.split_once('—')?;
    let mut words = head.split_whitespace();
    let name = words.next()?.to_owned();
    let kind = match words.next()? {
        "entity" => ParameterKind::Entity(words.next()?.to_owned()),
        "text" => ParameterKind::Text,
        "date" => ParameterKind::Date,
        "number" => ParameterKind::Number,
        _ => return None,
    };
    let optional = match words.next() {
        None => false,
        Some("optional") => true,
        Some(_) => return None,
    };
    Some(Parameter { name, kind, optional, description: description.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_questions_read() {
        for (name, text) in FILES {
            let question = Question::parse(name, text).unwrap_or_else(|error| panic!("{error}"));
            assert!(question.example.is_some(), "{name} has no example");
        }
    }

    #[test]
    fn a_folder_adds_questions_and_replaces_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join(FOLDER);
        assert_eq!(Questions::of_store(folder.path()).iter().count(), FILES.len(), "no folder, no questions");
        std::fs::create_dir(&own).expect("a folder");
        for (name, text) in [
            ("killed.rq", "# title: mine\nASK {}"),
            ("new.rq", "# title: new\nASK {}"),
            ("broken.rq", "ASK {}"),
            ("latin.rq", "# title: \u{e9}\nASK {}"),
            ("notes.txt", "no question"),
        ] {
            let bytes: Vec<u8> = if name == "latin.rq" { b"# title: \xe9".to_vec() } else { text.into() };
            std::fs::write(own.join(name), bytes).expect("written");
        }
        let questions = Questions::of_store(folder.path());
        assert_eq!(questions.iter().count(), FILES.len() + 1);
        assert_eq!(questions.get("killed").expect("replaced").title, "mine");
        assert!(questions.iter().map(|question| &question.name).is_sorted());
        let problems: Vec<String> = questions.problems().map(ToString::to_string).collect();
        assert!(problems.len() == 2 && problems[0].contains("broken.rq, line 1"), "{problems:?}");
        for (name, expected) in [("broken", "no title"), ("latin", "UTF-8"), ("notes", "there is no saved question")] {
            let error = questions.get(name).expect_err("it cannot be read");
            assert!(error.to_string().contains(expected), "{error}");
        }
    }

    #[test]
    fn a_wrong_header_says_where() {
        for (text, expected) in [
            ("SELECT * {}", "no title"),
            ("# title: x\n# parameter: who\nSELECT ?who {}", "line 2"),
            ("# title: x\n# parameter: who text — w\nSELECT ?x {}", "no variable ?who"),
            ("# titel: x\nSELECT ?x {}", "no key"),
        ] {
            let error = Question::parse("q", text).expect_err(text);
            assert!(error.to_string().contains(expected), "{error}");
        }
    }

    #[test]
    fn arguments_become_terms_never_text() {
        let store = GraphStore::in_memory().expect("memory is enough");
        let question = Question::parse(
            "q",
            "# title: t\n# parameter: words text — w\n# parameter: day date optional — d\nSELECT ?words ?day {}",
        )
        .expect("reads");
        let binding = question.bind(&store, &["words=\" } DROP ALL".to_owned()]).expect("any text is a term");
        assert_eq!(binding.given[0].1, Literal::new_simple_literal("\" } DROP ALL").into());
        for (arguments, expected) in [
            (&["day=2024-13-01", "words=a"][..], "not a date"),
            (&[], "needs `words`"),
            (&["x=1"], "no parameter"),
            (&["words"], "name=value"),
            (&["words=a", "words=b"], "twice"),
        ] {
            let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
            let error = question.bind(&store, &arguments).expect_err("wrong");
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
