//! Saved questions, and finding by name.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::super::worker::{Accepted, Task};
use super::problem::Problem;
use super::sparql::pairs;
use super::{App, json, media};
use crate::query::{ParameterKind, Question};

/// Entities that a search lists unless told.
const FOUND: usize = 20;
/// Entities that a search lists at most.
const MOST_FOUND: usize = 1000;

/// The questions that there are.
pub(super) async fn list(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let questions: Vec<_> = app.settings.questions.iter().map(described).collect();
    json(request.headers(), &json!({"questions": questions}))
}

fn described(question: &Question) -> serde_json::Value {
    let parameters: Vec<_> = question
        .parameters
        .iter()
        .map(|parameter| {
            let mut value = json!({
                "name": parameter.name, "optional": parameter.optional, "description": parameter.description,
            });
            match &parameter.kind {
                ParameterKind::Entity(class) => {
                    value["kind"] = "entity".into();
                    value["class"] = class.as_str().into();
                }
                kind => value["kind"] = kind.to_string().into(),
            }
            value
        })
        .collect();
    json!({
        "name": question.name, "title": question.title, "description": question.description,
        "parameters": parameters, "path": format!("/ask/{}", question.name),
    })
}

/// The answer to a question; its parameters are those of the URL.
pub(super) async fn ask(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let pairs = pairs(request.uri().query().unwrap_or_default().as_bytes())?;
    let arguments = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    app.answer(Task::Ask { name, arguments }, media::answers(request.headers())).await
}

/// Entities whose names are like `q`.
pub(super) async fn find(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    if !media::takes_json(request.headers()) {
        return Err(Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            "what is found is told as JSON\nhint: accept application/json",
        ));
    }
    let (mut text, mut class, mut limit) = (None, None, FOUND);
    for (name, value) in pairs(request.uri().query().unwrap_or_default().as_bytes())? {
        match name.as_str() {
            "q" => text = Some(value),
            "type" => class = Some(value),
            "limit" => {
                let number: usize =
                    value.parse().map_err(|_| Problem::bad_request(format!("`{value}` is not a number")))?;
                limit = number.min(MOST_FOUND);
            }
            _ => {}
        }
    }
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return Err(Problem::bad_request(
            "there is no name to look for\nhint: /find?q=NAME, with &type=CLASS and &limit=N",
        ));
    };
    app.answer(Task::Find { text, class, limit }, Accepted::default()).await
}
