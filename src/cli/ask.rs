//! `isnad ask`

use std::io::Write;

use anyhow::{Result, bail};
use isnad::query::{Evaluation, Questions};
use isnad::store::{Access, GraphStore};

use super::Outcome;
use super::args::{AnswerFormat, AskArgs, Common};
use super::output::{Output, clean};
use super::query;

pub(crate) fn run(args: &AskArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let mut questions = Questions::of_store(&common.store);
    if let Some(folder) = &args.questions {
        if !folder.is_dir() {
            bail!("{}: there is no such folder\nhint: give the folder that your *.rq files lie in", folder.display());
        }
        questions = questions.and(folder);
    }
    for problem in questions.problems() {
        output.say(&format!("warning: {problem}"));
    }
    let Some(name) = &args.name else { return list(&questions, args, output) };
    let question = questions.get(name)?;
    let store = GraphStore::open(&common.store, Access::Read)?;
    let binding = question.bind(&store, &args.parameters)?;
    for understood in &binding.understood {
        output.say(understood);
    }
    let how = Evaluation { timeout: Some(args.answer.timeout), given: binding.given, ..Evaluation::default() };
    query::answer(&store, &question.sparql, &how, &args.answer, !args.iris, output)
}

fn list(questions: &Questions, args: &AskArgs, output: &Output) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    if args.answer.format == AnswerFormat::Json {
        for question in questions.iter() {
            let parameters: Vec<_> = question
                .parameters
                .iter()
                .map(|parameter| serde_json::json!({"name": parameter.name, "kind": parameter.kind.to_string(), "optional": parameter.optional, "description": parameter.description}))
                .collect();
            let value = serde_json::json!({"name": question.name, "title": question.title, "description": question.description, "parameters": parameters, "example": question.example});
            writeln!(out, "{value}")?;
        }
        return Ok(Outcome::Done);
    }
    for question in questions.iter() {
        writeln!(out, "{}  {}", output.bold(&question.usage()), clean(&question.title))?;
        for parameter in &question.parameters {
            writeln!(out, "      {} — {}", parameter.name, clean(&parameter.description))?;
        }
    }
    Ok(Outcome::Done)
}
