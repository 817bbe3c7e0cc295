//! A JSON body, read strictly: a body that keeps to the specification, or a problem that lists all its faults.
//!
//! The way of a sound body is short: read into its type, then asked whether it keeps to those limits that types do
//! not see (`Bounded`). Only a faulty body is walked beside its schema.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::sync::Arc;
use utoipa::ToSchema;

use super::{
    body::{self, Limit},
    decisions_body::DecisionSearch,
    problem::{Fault, Kind, Problem},
};
use crate::{
    app::App,
    check::request::SendRequest,
    strict::{bounds::Bounded, tree::Tree, walk::Walk},
};

/// A JSON body that keeps to its specification.
#[derive(Debug)]
pub(super) struct Strict<T>(pub(super) T);

impl<T: DeserializeOwned + ToSchema + Bounded> FromRequest<Arc<App>> for Strict<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        read(&bytes(request, app).await?).map(Self)
    }
}

/// A JSON body as it came.
pub(super) async fn bytes(request: Request, app: &App) -> Result<Bytes, Problem> {
    body::content_type(request.headers(), &["application/json"])?;
    let limit = Limit { bytes: app.config.http.body_limit, key: "http.body_limit" };
    body::read(request.into_body(), limit).await
}

/// Reads the body of `POST /check`, as the service and the command line do.
///
/// # Errors
/// A [`Problem`] with every fault of the body; none repeats a value.
pub fn send_request(bytes: &[u8]) -> Result<SendRequest, Problem> {
    if bytes.trim_ascii().is_empty() { Err(Problem::new(Kind::EmptyBody, "the body is empty")) } else { read(bytes) }
}

/// Reads the body of `POST /decisions/search`, as the service and the command line do.
///
/// # Errors
/// A [`Problem`] with every fault of the body; none repeats a value.
pub(crate) fn decision_search(bytes: &[u8]) -> Result<DecisionSearch, Problem> {
    read(bytes)
}

/// Reads a body into its type.
pub(super) fn read<T: DeserializeOwned + ToSchema + Bounded>(bytes: &[u8]) -> Result<T, Problem> {
    // Whether it is text is asked once of the whole, not again of each text in it.
    let read = match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str::<T>(text),
        Err(_) => serde_json::from_slice::<T>(bytes),
    };
    let error = match read {
        Ok(body) if body.is_within_bounds() => return Ok(body),
        Ok(_) => None,
        Err(error) => Some(error),
    };
    let tree: Tree = serde_json::from_slice(bytes).map_err(|error| broken(&error))?;
    let faults = Walk::of::<T>().faults(&tree, "");
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    // The schema has no fault for it: it may be a matter of how a number is written, which the tree evens out.
    let again = serde_json::from_value::<T>(tree.to_value()).ok().filter(Bounded::is_within_bounds);
    again.ok_or_else(|| {
        // Where is all that can be said: the error quotes the value.
        let place = error.map(|error| format!(" near line {}, column {}", error.line(), error.column()));
        let message = format!("the body is not as the specification asks{}", place.unwrap_or_default());
        invalid(vec![Fault::at("", "invalid", message)])
    })
}

/// The problem of a body with faults.
pub(super) fn invalid(faults: Vec<Fault>) -> Problem {
    let detail = match faults.as_slice() {
        [one] => one.message.clone(),
        several => format!("the body has {} faults", several.len()),
    };
    Problem::new(Kind::InvalidBody, detail).with(faults)
}

/// The problem of a text that is not JSON.
pub(super) fn broken(error: &serde_json::Error) -> Problem {
    Problem::new(Kind::BrokenJson, broken_in_words(error))
}

fn broken_in_words(error: &serde_json::Error) -> String {
    format!("{}, at line {}, column {}", what_is_broken(error), error.line(), error.column())
}

/// How a text stops being JSON. The text itself is not quoted.
pub(super) fn what_is_broken(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "the JSON ends before it is complete".to_owned(),
        // These texts come from a fixed list and hold nothing of what was received.
        Category::Syntax => {
            let text = error.to_string();
            text.split_once(" at line ").map_or(text.as_str(), |(what, _)| what).to_owned()
        }
        Category::Data | Category::Io => "the JSON cannot be read".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::sender::Sender;

    fn refused<T: DeserializeOwned + ToSchema + Bounded>(body: &str) -> Problem {
        read::<T>(body.as_bytes()).map(|_| ()).expect_err("a problem")
    }

    #[test]
    fn a_sound_body_is_read() {
        let body = br#"{"sender": "acme", "channel": "email", "recipient": {"email": "jo@example.com"},
            "purpose": "commercial"}"#;
        assert!(read::<SendRequest>(body).is_ok());
        let body = br#"{"sender": "acme", "channel": "email", "recipient": {"email": "jo@example.com", "age": 97.0},
            "purpose": "commercial"}"#;
        assert_eq!(read::<SendRequest>(body).map(|request| request.recipient.age), Ok(Some(97)));
    }

    #[rstest::rstest]
    #[case(r#"{"sender": "#, "the JSON ends before it is complete, at line 1, column 11")]
    #[case("{\"sender\":\n jo@example.com}", "expected value, at line 2, column 2")]
    #[case("jo@example.com", "expected value, at line 1, column 1")]
    fn broken_json_is_placed_and_not_quoted(#[case] body: &str, #[case] detail: &str) {
        assert_eq!(refused::<SendRequest>(body), Problem::new(Kind::BrokenJson, detail));
    }

    #[rstest::rstest]
    #[case(r#"{"legal_name": "A", "legal_name": "B", "kind": "company"}"#, "/legal_name", "duplicate_field")]
    #[case(
        r#"{"legal_name": "A", "kind": "company", "similar_products": {"a": ["b"], "a": ["c"]}}"#,
        "/similar_products/a",
        "duplicate_field"
    )]
    #[case(r#"["A", "company"]"#, "", "wrong_type")]
    #[case(r#"{"legal_name": "", "kind": "company"}"#, "/legal_name", "too_short")]
    #[case(r#"{"legal_name": "A", "kind": "companies"}"#, "/kind", "not_allowed")]
    #[case(r#"{"legal_name": "A", "kind": "company", "policy": null}"#, "/policy", "wrong_type")]
    fn a_faulty_body_names_its_fault(#[case] body: &str, #[case] pointer: &str, #[case] code: &str) {
        let problem = refused::<Sender>(body);
        assert_eq!(problem.kind(), Kind::InvalidBody);
        let seen: Vec<_> = problem.errors().iter().map(|f| (f.pointer.as_deref(), f.code)).collect();
        assert_eq!(seen, [(Some(pointer), code)]);
    }
}
