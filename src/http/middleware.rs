//! What surrounds every request: its id, its one log line, its time, and what becomes of a panic.
//!
//! From the outside in: id, log line and problems ([`surround`]); compression; cross-origin calls; panics; the time
//! limit ([`in_time`]); the routes. So every answer has an id and a log line, a `404` and a `500` included.
//!
//! A log line never holds the path as it was sent, its query, a header or a body: any of them may hold an address.

use std::{
    any::Any,
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tower_http::cors::CorsLayer;
use tracing::Instrument as _;

use super::problem::{Kind, Problem};
use crate::{check::Asked, clock};

/// The header with a request's id.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// How a request arrived, for the decision log.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    request_id: Option<Box<str>>,
    trace_id: Option<Box<str>>,
    /// When it arrived.
    pub(super) began: Instant,
}

impl Arrival {
    /// What the outermost layer noted of the request.
    pub(super) fn of(request: &mut Request) -> Self {
        let unknown = || Self { request_id: None, trace_id: None, began: Instant::now() };
        request.extensions_mut().remove().unwrap_or_else(unknown)
    }

    /// The same, as a check takes it.
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { request_id: self.request_id.as_deref(), trace_id: self.trace_id.as_deref(), began: self.began }
    }
}

/// Gives the request its id and a span, writes out a problem, and writes the log line.
pub(super) async fn surround(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request_id(request.headers());
    let id_text = id.to_str().unwrap_or_default().to_owned();
    // A line of any level inside has the ids, so the span has the level that no filter leaves out.
    let span = tracing::error_span!("request", request_id = id_text, trace_id = tracing::field::Empty);
    let trace_id = trace_id(request.headers());
    if let Some(trace_id) = trace_id {
        span.record("trace_id", trace_id);
    }
    let arrival = Arrival { request_id: Some(id_text.as_str().into()), trace_id: trace_id.map(Into::into), began };
    request.extensions_mut().insert(arrival);
    let method = method_name(request.method());
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>().or_else(|| foreign(&response)) {
        problem.write(&mut response, &id_text);
    }
    response.headers_mut().insert(REQUEST_ID, id);
    let caching = response.headers_mut().entry(header::CACHE_CONTROL);
    caching.or_insert(const { HeaderValue::from_static("no-store") });
    let route = matched.as_ref().map_or("unknown", MatchedPath::as_str);
    span.in_scope(|| log(method, route, response.status(), began.elapsed()));
    response
}

fn log(method: &'static str, route: &str, status: StatusCode, taken: Duration) {
    let duration_us = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX);
    let status = status.as_u16();
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(method, route, status, duration_us, "{method} {route}: {status} in {duration_us} us")
        };
    }
    match (route, status) {
        (_, 500..) => line!(error),
        // Asked every few seconds by whatever keeps the process running.
        ("/live" | "/ready", _) => line!(debug),
        _ => line!(info),
    }
}

/// The id that the caller sent, if it can stand in a header and a log line unchanged; else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let safe = |value: &&HeaderValue| {
        let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        (1..=128).contains(&value.len()) && value.as_bytes().iter().all(plain)
    };
    headers.get(REQUEST_ID).filter(safe).cloned().unwrap_or_else(|| {
        let id = clock::new_id(clock::now()).to_string();
        HeaderValue::from_str(&id).unwrap_or(const { HeaderValue::from_static("unknown") })
    })
}

/// The trace id of a `traceparent` (W3C Trace Context): `00-<trace id>-<parent id>-<flags>`.
fn trace_id(headers: &HeaderMap) -> Option<&str> {
    let mut parts = headers.get(TRACEPARENT)?.to_str().ok()?.split('-');
    let hexadecimal = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let (_version, trace_id) = (parts.next()?, parts.next()?);
    (trace_id.len() == 32 && hexadecimal(trace_id)).then_some(trace_id)
}

/// A method is whatever word the caller wrote: only the known ones are logged.
fn method_name(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
    known.into_iter().find(|name| *name == method.as_str()).unwrap_or("other")
}

/// The problem of an error that a part of the framework answered itself.
fn foreign(response: &Response) -> Option<Problem> {
    let kind = Kind::ALL.iter().find(|kind| {
        let ours = matches!(kind, Kind::UnknownRoute | Kind::MethodNotAllowed | Kind::Internal);
        ours && kind.status() == response.status()
    })?;
    let plain = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/"));
    plain.then(|| Problem::new(*kind, kind.says()))
}

/// Ends a request that takes longer than the configuration allows, the reading of its body included.
pub(super) async fn in_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let seconds = limit.as_secs();
            let detail = format!("the request took more than {seconds} seconds, which `http.timeout_seconds` allows");
            Problem::new(Kind::TooSlow, detail).into_response()
        }
    }
}

/// The answer to a request whose handling panicked. What the panic says may hold what was received: it is not logged.
pub(super) fn panicked(_says: Box<dyn Any + Send>) -> Response {
    tracing::error!("the handling of this request panicked");
    Problem::new(Kind::Internal, "the request could not be handled; the log has its id").into_response()
}

/// Lets browsers call from these origins.
pub(super) fn cross_origin(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(origins.collect::<Vec<_>>())
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        .allow_headers([header::CONTENT_TYPE, header::ACCEPT, REQUEST_ID, TRACEPARENT])
        .expose_headers([REQUEST_ID])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).expect("a header"))])
    }

    #[rstest::rstest]
    #[case("order-17_a.B", true)]
    #[case("jo@example.com", false)]
    #[case("a b", false)]
    #[case("", false)]
    #[case(&"x".repeat(129), false)]
    fn an_id_is_echoed_if_it_is_safe(#[case] sent: &str, #[case] echoed: bool) {
        let id = request_id(&headers(REQUEST_ID, sent));
        assert_eq!(id == sent, echoed);
        assert!(echoed || id.to_str().is_ok_and(|id| Uuid::parse_str(id).is_ok_and(|id| id.get_version_num() == 7)));
    }

    #[rstest::rstest]
    #[case("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", Some("4bf92f3577b34da6a3ce929d0e0e4736"))]
    #[case("00-jo@example.com-00f067aa0ba902b7-01", None)]
    #[case("00", None)]
    fn a_trace_id_is_hexadecimal(#[case] sent: &str, #[case] expected: Option<&str>) {
        assert_eq!(trace_id(&headers(TRACEPARENT, sent)), expected);
    }
}
