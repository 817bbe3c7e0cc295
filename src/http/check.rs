//! `POST /check`: may this message be sent to this person?

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
};
use utoipa::IntoParams;

use super::{
    aside, fresh,
    middleware::Arrival,
    negotiate::{self, Form},
    problem::{Problem, problems},
    query::Query,
    respond, strict,
};
use crate::{
    app::App,
    check::{
        self, Context, Told,
        answer::{Answer, Verdict, Warning},
        request::SendRequest,
        sentences,
    },
    clock,
    decisions::Keeping,
};

problems!(CheckProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, NotAcceptable, BodyTooLarge,
    UnsupportedMediaType, DateNotCovered, DateInFuture, SenderNotRegistered, SenderIsRegistered,
    SenderRefused, ContactDetail, NoDetailForChannel, NotARevision, Stale, DecisionLogFailing, DecisionLogFull);

/// Decide one send request
///
/// May this message be sent to this person, under UK direct-marketing law, now? The answer is `allow` or `deny`, with
/// every rule that it rests on. It is kept in the decision log before it is answered. **Anything but `200` with `allow` means: do not send.** A `deny` is a `200` too, unless
/// `deny_status=403` asks for a status that a shell script can act on. With `Accept: text/plain` the same answer comes
/// in sentences.
#[utoipa::path(
    post,
    path = "/check",
    tag = "decisions",
    params(CheckQuery),
    request_body(
        content = SendRequest,
        content_type = "application/json",
        description = "The message, the person, and what the caller knows. What is left out counts as not known."
    ),
    responses(
        (status = 200, description = "The decision: `allow`, or `deny` unless `deny_status=403` was asked for.",
            content((Answer = "application/json"), (String = "text/plain"))),
        (status = 403, description = "The decision, which is `deny`, where `deny_status=403` was asked for.",
            content((Answer = "application/json"), (String = "text/plain"))),
        CheckProblems,
    )
)]
pub(super) async fn check_send_request(
    options: Options,
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Response, Problem> {
    let arrival = Arrival::noted();
    let (began, shared) = (arrival.began, Arc::clone(&app));
    let bytes = strict::bytes(request, &app).await?;
    // A large body holds a message, and to read it takes long.
    let size = bytes.len();
    let request: SendRequest = aside::run(size, move || strict::read(&bytes)).await?;
    fresh::at_least(&app, request.at_least.as_deref()).await?;
    let (mut answer, draft) = aside::run(size, move || {
        let view = shared.store.view()?;
        let context = Context { identity: &shared.identity, now: clock::now(), full: options.full };
        if options.is_plain_json() {
            return Ok(check::check_in_writing(&request, &*view, context, arrival.asked(), &shared.memory)?);
        }
        let (answer, draft) = check::check_on_record(&request, &*view, context, arrival.asked())?;
        Ok((Told::Whole(Box::new(answer)), draft))
    })
    .await?;
    // No decision is answered before it is kept. Whoever waits for room is told so before the request's time is over.
    let patience = Duration::from_secs(app.config.http.timeout_seconds).mul_f32(0.9).saturating_sub(began.elapsed());
    match app.decisions.keep(draft, patience).await? {
        Keeping::Logged => {}
        Keeping::Dropped => answer.warn(Warning::not_logged()),
    }
    if let Some(warning) = fresh::clock_behind(&app) {
        answer.warn(warning);
    }
    Ok(options.write(answer))
}

/// How the answer is to be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    full: bool,
    pretty: bool,
    deny: StatusCode,
    form: Form,
}

/// The query parameters of a check, for the specification.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the specification is made from it; `Options` is what reads the parameters")]
struct CheckQuery {
    /// `full` adds how every rule came out, and the facts with their sources.
    #[param(schema_with = full_or_nothing)]
    detail: Option<String>,
    /// Writes the JSON on many lines.
    #[param(schema_with = yes_or_no)]
    pretty: Option<String>,
    /// The status of a `deny`.
    #[param(schema_with = two_statuses)]
    deny_status: Option<u16>,
}

fn full_or_nothing() -> utoipa::openapi::Object {
    words(&["full"])
}

fn yes_or_no() -> utoipa::openapi::Object {
    words(&["", "true", "false"])
}

fn two_statuses() -> utoipa::openapi::Object {
    let statuses = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::Integer);
    statuses.enum_values(Some([200, 403])).default(Some(200.into())).build()
}

fn words(words: &[&'static str]) -> utoipa::openapi::Object {
    let texts = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String);
    texts.enum_values(Some(words.iter().copied())).build()
}

impl<S: Sync> FromRequestParts<S> for Options {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let form = negotiate::form(&parts.headers)?;
        if parts.uri.query().is_none() {
            return Ok(Self { full: false, pretty: false, deny: StatusCode::OK, form });
        }
        let mut query = Query::of(&parts.uri, &["detail", "pretty", "deny_status"]);
        let full = query.read("detail", &["full"], |value| (value == "full").then_some(true));
        let pretty = query.read("pretty", &["", "true", "false"], |value| match value {
            "" | "true" => Some(true),
            "false" => Some(false),
            _ => None,
        });
        let deny = query.read("deny_status", &["200", "403"], |value| match value {
            "200" => Some(StatusCode::OK),
            "403" => Some(StatusCode::FORBIDDEN),
            _ => None,
        });
        query.end()?;
        let (full, pretty) = (full.unwrap_or_default(), pretty.unwrap_or_default());
        Ok(Self { full, pretty, deny: deny.unwrap_or(StatusCode::OK), form })
    }
}

impl Options {
    /// Whether the answer is wanted as it is remembered.
    fn is_plain_json(self) -> bool {
        matches!(self.form, Form::Json) && !self.pretty && !self.full
    }

    fn write(self, answer: Told) -> Response {
        let status = match answer.decision() {
            Verdict::Allow => StatusCode::OK,
            Verdict::Deny => self.deny,
        };
        match (answer, self.form) {
            (Told::Written(written), _) => respond::written(status, written.into_json()),
            (Told::Whole(answer), Form::Json) if self.pretty => respond::pretty(status, &*answer),
            (Told::Whole(answer), Form::Json) => respond::json(status, &*answer),
            (Told::Whole(answer), Form::Sentences) => respond::sentences(status, sentences::tell(&answer)),
        }
    }
}
