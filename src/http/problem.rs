//! Problems (RFC 9457): why a request got no answer. The only place that knows their status codes.
//!
//! A problem travels as a [`Problem`] in the extensions of an empty response, and the outermost middleware writes it
//! out: only there is the id of the request known, and only there can no layer in between have lost it. What went
//! wrong inside is for the log; the caller of a `5xx` reads that something did.

mod kind;

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

pub use self::kind::{Kind, kinds};
use super::senders::house_faults;
pub use crate::strict::fault::Fault;
use crate::{check::CheckError, decisions::LogError, store::StoreError, strict::fault::MOST_FAULTS};

/// The content type of a problem.
pub(super) const CONTENT_TYPE: &str = "application/problem+json";

/// Why a request got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    kind: Kind,
    detail: String,
    errors: Vec<Fault>,
    retry_after: Option<u8>,
}

/// Why a request got no answer (RFC 9457). Nothing in it repeats a value that was received.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Written<'a> {
    /// The kind of problem. It never changes.
    #[serde(rename = "type")]
    #[schema(format = "uri", example = "urn:maysend:problem:invalid-body")]
    kind: String,
    /// The kind in words.
    #[schema(example = "The body is not as the specification asks")]
    title: &'static str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    status: u16,
    /// What happened this time.
    #[schema(example = "the body has 1 fault")]
    detail: &'a str,
    /// The id of the request, as in `X-Request-Id`.
    #[schema(example = "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e")]
    instance: &'a str,
    /// The single faults, at most 50 of them.
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    #[schema(required = false, max_items = 50)]
    errors: &'a [Fault],
}

impl Problem {
    /// A problem of a kind, with what happened this time: lower case, no full stop, nothing that was received.
    #[must_use]
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), errors: Vec::new(), retry_after: None }
    }

    /// The same with single faults. The list is capped, and the detail says how many there were.
    #[must_use]
    pub fn with(mut self, mut errors: Vec<Fault>) -> Self {
        if errors.len() > MOST_FAULTS {
            self.detail = format!("there are more than {MOST_FAULTS} faults; the first {MOST_FAULTS} are listed");
            errors.truncate(MOST_FAULTS);
        }
        self.errors = errors;
        self
    }

    /// A problem whose detail is the message of its one fault.
    #[must_use]
    pub fn single(kind: Kind, fault: Fault) -> Self {
        Self::new(kind, fault.message.clone()).with(vec![fault])
    }

    /// What kind it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What happened this time.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The single faults.
    #[must_use]
    pub fn errors(&self) -> &[Fault] {
        &self.errors
    }

    /// The same with its pointers led elsewhere: what was checked may be a part of what was sent.
    #[must_use]
    pub(super) fn moved(mut self, pointer: impl Fn(&str) -> String) -> Self {
        for fault in &mut self.errors {
            fault.pointer = fault.pointer.as_deref().map(&pointer);
        }
        self
    }

    /// What is written of it.
    pub(super) fn told<'a>(&'a self, instance: &'a str) -> Written<'a> {
        Written {
            kind: self.kind.uri(),
            title: self.kind.title(),
            status: self.kind.status().as_u16(),
            detail: &self.detail,
            instance,
            errors: &self.errors,
        }
    }

    /// Writes the problem into a response. The headers that are there stay: a `405` has its `Allow` from the router.
    pub(super) fn write(&self, response: &mut Response, request_id: &str) {
        *response.status_mut() = self.kind.status();
        let mut text = serde_json::to_vec(&self.told(request_id)).unwrap_or_default();
        text.push(b'\n');
        *response.body_mut() = Body::from(text);
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(u16::from(seconds)));
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { index } => {
                let pointer = format!("/{index}/id");
                let message = "another event is recorded under this `id`; nothing of the body was kept";
                Self::single(Kind::EventConflict, Fault::at(pointer, "conflict", message))
            }
            StoreError::Full(_) => Self::new(
                Kind::StoreFull,
                "nothing of the body was kept: give the store more room with `store.map_size`",
            ),
            StoreError::DiskFull => Self::new(
                Kind::StoreFull,
                "nothing of the body was kept: the disk is full; make room on it and send the body again",
            ),
            StoreError::Busy => {
                let detail = "nothing of the body was kept: send it again soon";
                Self { retry_after: Some(1), ..Self::new(Kind::StoreBusy, detail) }
            }
            StoreError::Stopped => {
                let detail = "nothing of the body is known to be kept: send it again with the same `id`s";
                Self { retry_after: Some(5), ..Self::new(Kind::StoreStopped, detail) }
            }
            StoreError::Damaged(_) | StoreError::Engine(_) => {
                tracing::error!(%error, "the store failed");
                Self::new(Kind::Internal, "the ledger could not be read or written; the log says why")
            }
        }
    }
}

impl From<LogError> for Problem {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Full { .. } => Self::new(
                Kind::DecisionLogFull,
                "nothing is answered that could not be shown afterwards: give the decision log more room with \
                 `decisions.max_size`, keep decisions for a shorter time with `decisions.max_age_days`, or free some of \
                 the disk",
            ),
            LogError::NotACursor => {
                Self::single(Kind::InvalidBody, Fault::at("/cursor", "not_a_cursor", error.to_string()))
            }
            LogError::Damaged(_) | LogError::Closed | LogError::File { .. } => {
                tracing::error!(%error, "the decision log failed");
                let detail = "the decision log could not be read or written, and nothing is answered without it; the log \
                              of the service says why";
                Self { retry_after: Some(5), ..Self::new(Kind::DecisionLogFailing, detail) }
            }
        }
    }
}

impl From<CheckError> for Problem {
    fn from(error: CheckError) -> Self {
        let message = error.to_string();
        let single = |kind, pointer: &str, code| Self::single(kind, Fault::at(pointer, code, message.clone()));
        match error {
            CheckError::DateNotCovered { .. } => single(Kind::DateNotCovered, "/as_of", "date_not_covered"),
            CheckError::DateInFuture => single(Kind::DateInFuture, "/as_of", "in_the_future"),
            CheckError::UnknownSender { pointer, did_you_mean } => {
                let fault = Fault::at(pointer, "sender_not_registered", message).meaning(did_you_mean);
                Self::single(Kind::SenderNotRegistered, fault)
            }
            CheckError::SenderIsRegistered { pointer, id } => {
                let fault = Fault::at(pointer, "sender_is_registered", message).meaning(Some(id));
                Self::single(Kind::SenderIsRegistered, fault)
            }
            CheckError::HouseRulesRefused { pointer, refusals } => {
                Self::new(Kind::SenderRefused, message).with(house_faults(pointer, refusals))
            }
            CheckError::GivenForAnother { pointer } => single(Kind::EventRefused, &pointer, "another_sender"),
            CheckError::GivenErasure { pointer } => single(Kind::EventRefused, &pointer, "only_by_erasure"),
            CheckError::Detail { pointer, .. } => single(Kind::ContactDetail, &pointer, "contact_detail"),
            CheckError::DetailInText { pointer } => single(Kind::ContactDetail, pointer, "contact_detail_in_text"),
            CheckError::NoDetailForChannel { pointer, .. } => {
                single(Kind::NoDetailForChannel, pointer, "missing_field")
            }
            CheckError::NotARevision => single(Kind::NotARevision, "/at_least", "not_a_revision"),
            CheckError::Stale { .. } => Self { retry_after: Some(1), ..single(Kind::Stale, "/at_least", "stale") },
            CheckError::Store(error) => error.into(),
        }
    }
}

/// The responses that the specification shows for these kinds: one a status, with an example of each kind.
pub(super) fn responses(
    kinds: &[Kind],
) -> BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
    use utoipa::openapi::{
        ContentBuilder, HeaderBuilder, ObjectBuilder, Ref, ResponseBuilder, example::ExampleBuilder, schema::Type,
    };
    let mut by_status: BTreeMap<u16, Vec<Kind>> = BTreeMap::new();
    for kind in kinds {
        by_status.entry(kind.status().as_u16()).or_default().push(*kind);
    }
    let write = |(status, kinds): (u16, Vec<Kind>)| {
        let examples = kinds.iter().map(|kind| {
            let value = serde_json::json!({
                "type": kind.uri(), "title": kind.title(), "status": status,
                "detail": kind.says(), "instance": "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e",
            });
            (kind.slug(), ExampleBuilder::new().summary(kind.title()).value(Some(value)).build())
        });
        let content =
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).examples_from_iter(examples).build();
        let described = kinds.iter().map(|kind| format!("{} (`{}`).", kind.title(), kind.slug())).collect::<Vec<_>>();
        let response = ResponseBuilder::new().description(described.join(" ")).content(CONTENT_TYPE, content);
        let mut response = response.build();
        if kinds.iter().any(|kind| kind.status() == StatusCode::SERVICE_UNAVAILABLE || *kind == Kind::Stale) {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
            let header =
                HeaderBuilder::new().schema(Some(seconds)).description(Some("After how many seconds to try again."));
            response.headers.insert("Retry-After".to_owned(), header.build().into());
        }
        (status.to_string(), response.into())
    };
    by_status.into_iter().map(write).collect()
}

/// Declares the problems that one handler can answer with, for its place in the specification.
macro_rules! problems {
    ($name:ident: $($kind:ident),* $(,)?) => {
        #[derive(Debug)]
        pub(super) enum $name {}

        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<
                String,
                utoipa::openapi::RefOr<utoipa::openapi::response::Response>,
            > {
                use $crate::http::problem::{Kind, responses};
                responses(&[$(Kind::$kind,)* Kind::TooSlow, Kind::Internal])
            }
        }
    };
}
pub(super) use problems;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_faults_is_capped_and_says_so() {
        let fault = |n: usize| Fault::at(format!("/{n}"), "wrong_type", "this must be an object");
        let problem = Problem::new(Kind::InvalidBody, "the body has 51 faults").with((0..51).map(fault).collect());
        assert_eq!(problem.errors().len(), MOST_FAULTS);
        assert_eq!(problem.detail, "there are more than 50 faults; the first 50 are listed");
    }

    #[test]
    fn what_a_store_says_stays_inside() {
        let problem = Problem::from(StoreError::Engine("no such file: /secret".to_owned()));
        assert_eq!(problem.kind(), Kind::Internal);
        assert!(!problem.detail.contains("secret"));
    }

    #[test]
    fn a_problem_is_written_over_the_response_that_carries_it() {
        let mut response = Problem::new(Kind::MethodNotAllowed, "no").into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET"));
        Problem::new(Kind::MethodNotAllowed, "no").write(&mut response, "id-1");
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()[header::CONTENT_TYPE], CONTENT_TYPE);
        assert_eq!(response.headers()[header::ALLOW], "GET");
    }
}
