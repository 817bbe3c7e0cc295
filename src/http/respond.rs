//! Answers as JSON, in sentences, and as pages.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;

use super::{
    json,
    problem::{Kind, Problem},
};

/// An answer as JSON.
pub(super) fn json(status: StatusCode, answer: &impl Serialize) -> Response {
    written(status, json::to_vec(answer))
}

/// An answer as JSON on many lines, for people.
pub(super) fn pretty(status: StatusCode, answer: &impl Serialize) -> Response {
    written(status, serde_json::to_vec_pretty(answer))
}

/// An answer in sentences.
pub(super) fn sentences(status: StatusCode, text: String) -> Response {
    let plain = const { HeaderValue::from_static("text/plain; charset=utf-8") };
    (status, [(header::CONTENT_TYPE, plain)], text).into_response()
}

/// An answer as a page.
pub(super) fn page(html: String) -> Response {
    let html_type = const { HeaderValue::from_static("text/html; charset=utf-8") };
    ([(header::CONTENT_TYPE, html_type)], html).into_response()
}

fn written(status: StatusCode, text: serde_json::Result<Vec<u8>>) -> Response {
    match text {
        Ok(mut text) => {
            // A terminal's prompt starts on a line of its own.
            text.push(b'\n');
            let json = const { HeaderValue::from_static("application/json") };
            (status, [(header::CONTENT_TYPE, json)], text).into_response()
        }
        Err(_) => {
            tracing::error!("an answer could not be written as JSON");
            Problem::new(Kind::Internal, "the answer could not be written").into_response()
        }
    }
}
