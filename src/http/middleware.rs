//! What surrounds every request: its id, its one log line, its time, and what becomes of a panic.
//!
//! From the outside in: id, log line, problems and compression ([`Surrounded`]); cross-origin calls; panics and the time
//! limit ([`Guarded`]); the routes. So every answer has an id and a log line, a `404` and a `500` included. Each layer of
//! the framework costs a request some boxes and copies: there are as few as there can be, and what a request does not
//! ask for it does not pass through.
//!
//! A log line never holds the path as it was sent, its query, a header or a body: any of them may hold an address.

use std::{
    any::Any,
    convert::Infallible,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use tower::{Layer as _, Service};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    cors::CorsLayer,
};
use uuid::Uuid;

use super::{
    batch,
    problem::{Kind, Problem},
};
use crate::{check::Asked, clock, telemetry};

/// The header with a request's id.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Answers smaller than this are sent as they are: packing them costs more than it saves.
const WORTH_PACKING: u64 = 1024;

/// How a request arrived, for the decision log.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    request: Option<telemetry::Request>,
    /// When it arrived.
    pub(super) began: Instant,
}

impl Arrival {
    /// What the outermost layer noted of the request that is being answered.
    pub(super) fn noted() -> Self {
        let request = telemetry::Request::current();
        let began = request.as_ref().map_or_else(Instant::now, |request| request.began);
        Self { request, began }
    }

    /// The same, as a check takes it.
    pub(super) fn asked(&self) -> Asked<'_> {
        let request = self.request.as_ref();
        let trace_id = request.and_then(|request| request.trace_id.as_deref());
        Asked { request_id: request.map(|request| &*request.id), trace_id, began: self.began }
    }
}

/// A service without errors of its own.
pub(super) trait Answers: Service<Request, Response = Response, Error = Infallible> {}

impl<S: Service<Request, Response = Response, Error = Infallible>> Answers for S {}

/// An answer on its way.
type Answering = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

/// Gives the request its id, writes out a problem, packs what is to be packed, and writes the log line.
#[derive(Clone, Debug)]
pub(super) struct Surrounded<S>(pub(super) S);

impl<S> Service<Request> for Surrounded<S>
where
    S: Answers<Future: Send> + Clone + Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answering {
        let began = Instant::now();
        let (id, text) = request_id(request.headers());
        let trace_id = trace_id(request.headers()).map(Arc::from);
        let noted = telemetry::Request { id: text, trace_id, began };
        let method = method_name(request.method());
        let matched = request.extensions().get::<MatchedPath>().cloned();
        // Whoever names no packing gets none: then the layer for it is not gone through.
        let packed = request.headers().contains_key(header::ACCEPT_ENCODING);
        let packed = packed.then(|| packing().layer(self.0.clone()));
        let answer = match packed {
            Some(mut packing) => {
                let packed = packing.call(request);
                Way::Packed(Box::pin(async move { Ok(packed.await?.map(Body::new)) }))
            }
            None => Way::Plain(self.0.call(request)),
        };
        Box::pin(async move {
            let mut response = noted.clone().answer(answer.taken()).await?;
            if let Some(problem) = response.extensions_mut().remove::<Problem>().or_else(|| foreign(&response)) {
                problem.write(&mut response, &noted.id);
            }
            response.headers_mut().insert(REQUEST_ID, id);
            let caching = response.headers_mut().entry(header::CACHE_CONTROL);
            caching.or_insert(const { HeaderValue::from_static("no-store") });
            let route = matched.as_ref().map_or("unknown", MatchedPath::as_str);
            noted.work(|| log(method, route, response.status(), began.elapsed()));
            Ok(response)
        })
    }
}

/// An answer with packing or without.
enum Way<F> {
    Plain(F),
    Packed(Answering),
}

impl<F: Future<Output = Result<Response, Infallible>>> Way<F> {
    async fn taken(self) -> Result<Response, Infallible> {
        match self {
            Self::Packed(answer) => answer.await,
            Self::Plain(answer) => {
                let mut response = answer.await?;
                // To somebody else it may go packed: whoever keeps answers has to know.
                if is_worth_packing(&response) {
                    let what = const { HeaderValue::from_static("accept-encoding") };
                    response.headers_mut().append(header::VARY, what);
                }
                Ok(response)
            }
        }
    }
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
fn request_id(headers: &HeaderMap) -> (HeaderValue, Arc<str>) {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let safe = |id: &&str| (1..=128).contains(&id.len()) && id.bytes().all(plain);
    let sent = headers.get(REQUEST_ID).and_then(|value| Some((value, value.to_str().ok().filter(safe)?)));
    if let Some((value, id)) = sent {
        return (value.clone(), id.into());
    }
    let mut buffer = Uuid::encode_buffer();
    let id = clock::new_id(clock::now()).hyphenated().encode_lower(&mut buffer);
    let value = HeaderValue::from_str(id).unwrap_or(const { HeaderValue::from_static("unknown") });
    (value, Arc::from(&*id))
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

/// What packs answers.
fn packing() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_packing())
}

fn worth_packing() -> impl Predicate {
    // What packs a stream keeps lines back that a caller waits for.
    let stream = NotForContentType::const_new(batch::LINES);
    SizeAbove::new(WORTH_PACKING).and(NotForContentType::IMAGES).and(stream)
}

/// Whether an answer would be packed for somebody who asked for that.
fn is_worth_packing(response: &Response) -> bool {
    let headers = response.headers();
    let is_whole = !headers.contains_key(header::CONTENT_ENCODING) && !headers.contains_key(header::CONTENT_RANGE);
    is_whole && worth_packing().should_compress(response)
}

/// Catches what panics, and ends a request that takes longer than the configuration allows, the reading of its body
/// included.
#[derive(Clone, Debug)]
pub(super) struct Guarded<S> {
    pub(super) routes: S,
    pub(super) limit: Duration,
}

impl<S> Service<Request> for Guarded<S>
where
    S: Answers<Future: Send + 'static>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.routes.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answering {
        let limit = self.limit;
        // A route does nothing before it is asked for its answer, so nothing panics here.
        let answer = self.routes.call(request);
        Box::pin(async move {
            let mut answer = pin!(tokio::time::timeout(limit, answer));
            let caught = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context))) {
                Ok(poll) => poll.map(Ok),
                Err(says) => Poll::Ready(Err(says)),
            });
            match caught.await {
                Ok(Ok(answered)) => answered,
                Ok(Err(_)) => Ok(too_slow(limit)),
                Err(says) => Ok(panicked(says)),
            }
        })
    }
}

fn too_slow(limit: Duration) -> Response {
    let seconds = limit.as_secs();
    let detail = format!("the request took more than {seconds} seconds, which `http.timeout_seconds` allows");
    Problem::new(Kind::TooSlow, detail).into_response()
}

/// The answer to a request whose handling panicked. What the panic says may hold what was received: it is not logged.
fn panicked(_says: Box<dyn Any + Send>) -> Response {
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
        let (value, id) = request_id(&headers(REQUEST_ID, sent));
        assert_eq!((&*id == sent, value == *id), (echoed, true));
        assert!(echoed || Uuid::parse_str(&id).is_ok_and(|id| id.get_version_num() == 7));
    }

    #[rstest::rstest]
    #[case("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", Some("4bf92f3577b34da6a3ce929d0e0e4736"))]
    #[case("00-jo@example.com-00f067aa0ba902b7-01", None)]
    #[case("00", None)]
    fn a_trace_id_is_hexadecimal(#[case] sent: &str, #[case] expected: Option<&str>) {
        assert_eq!(trace_id(&headers(TRACEPARENT, sent)), expected);
    }
}
