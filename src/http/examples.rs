//! The examples of the specification: what callers send, and what really comes back.
//!
//! They lie in `openapi/examples.json`, as one story from the first sender to the last question. A test sends every
//! request of it to a running service, in order, and holds the answers against those written there.

use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::{Content, OpenApi, RefOr, example::ExampleBuilder, path::Operation};

use super::{batch, openapi::operations, problem};

const STORY: &str = include_str!("../../openapi/examples.json");

/// One request and its answer.
#[derive(Debug, Deserialize)]
struct Step {
    /// The id of the operation.
    operation: String,
    /// The name of both examples, unique for each status of an operation.
    name: String,
    summary: String,
    #[serde(default = "json")]
    content_type: String,
    /// The form of the answer that is asked for.
    accept: Option<String>,
    body: Option<Value>,
    /// Whether the request is an example too, or only the answer: a request says nothing of the query that it goes with.
    #[serde(default = "yes")]
    shown: bool,
    status: u16,
    response: Value,
}

fn json() -> String {
    "application/json".to_owned()
}

const fn yes() -> bool {
    true
}

/// Writes the examples into the specification.
pub(super) fn add_to(whole: &mut OpenApi) {
    // That it can be read is tested below.
    let story: Vec<Step> = serde_json::from_str(STORY).unwrap_or_default();
    let mut all: Vec<&mut Operation> = whole.paths.paths.values_mut().flat_map(operations).collect();
    for step in story {
        let id = Some(step.operation.as_str());
        if let Some(operation) = all.iter_mut().find(|operation| operation.operation_id.as_deref() == id) {
            step.add_to(operation);
        }
    }
}

impl Step {
    fn add_to(self, operation: &mut Operation) {
        let request = operation.request_body.as_mut().filter(|_| self.shown);
        if let (Some(RefOr::T(request)), Some(body)) = (request, self.body)
            && let Some(content) = request.content.get_mut(&self.content_type)
        {
            add(content, &self.content_type, (&self.name, &self.summary), body);
        }
        let answered =
            if self.status < 400 || self.status == 403 { self.accept } else { Some(problem::CONTENT_TYPE.to_owned()) };
        let response = operation.responses.responses.get_mut(&self.status.to_string());
        let answered = answered.unwrap_or_else(json);
        if let Some(RefOr::T(response)) = response
            && let Some(content) = response.content.get_mut(&answered)
        {
            add(content, &answered, (&self.name, &self.summary), self.response);
        }
    }
}

/// A list of lines is an example for each line: the schema is that of a line.
fn add(content: &mut RefOr<Content>, content_type: &str, (name, summary): (&str, &str), value: Value) {
    let RefOr::T(content) = content else { return };
    let mut add = |name: String, summary: String, value: Value| {
        let example = ExampleBuilder::new().summary(summary).value(Some(value)).build();
        content.examples.insert(name, example.into());
    };
    if let Some(lines) = value.as_array().filter(|_| content_type == batch::LINES) {
        for (number, line) in (1..).zip(lines) {
            add(format!("{name}_{number}"), format!("{summary}: line {number}"), line.clone());
        }
    } else {
        add(name.to_owned(), summary.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_can_be_read() {
        let story: Result<Vec<Step>, _> = serde_json::from_str(STORY);
        assert!(story.is_ok_and(|story| !story.is_empty()));
    }
}
