//! `POST /check/batch`: may this message be sent to these people? Lines in, lines out, both as streams.
//!
//! - `input`: the request's body as chunks of lines. `answers`: the answer's body.
//! - `stream`: chunks become blocks of answers, several at once, and go out in order. `block`: the work on one of them.
//! - `told`: a fault as a line, and what the specification shows of the answer.

mod answers;
mod block;
mod input;
mod stream;
pub(crate) mod told;

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use self::{block::Batch, input::Input, stream::Stream, told::BatchAnswer};
use super::{
    aside, body, fresh,
    middleware::Arrival,
    problem::{Kind, Problem, problems},
    query,
};
use crate::{
    app::App,
    batch::{
        chunks::Chunk,
        fault::{LineFault, Place},
        form::{self, BatchLine, Defaults, First},
    },
    check::{Context, campaign::Campaign},
    clock,
    decisions::CampaignDraft,
};

problems!(BatchProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, SecondCampaign, InvalidQuery, LineTooLong,
    UnsupportedMediaType, Stale, NoCampaign, EventRefused, DateNotCovered, DateInFuture, SenderNotRegistered,
    SenderIsRegistered, SenderRefused, ContactDetail, NoDetailForChannel, NotARevision, DecisionLogFailing,
    DecisionLogFull);

/// The types of body that are read.
const TYPES: [&str; 3] = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

/// The type of an answer.
pub(super) const LINES: &str = TYPES[0];

/// Decide for many people
///
/// One line in, one line out, in the same order; both are streams, of any number of lines. The first line may be a
/// campaign, `{"campaign": {...}}`: a send request without a recipient, read and weighed once. Every other line is then a
/// recipient, `{"ref": "42", "email": "jo@example.com"}`, or a send request, `{"ref": "43", "recipient": {...}, "topic":
/// "news"}`, of which a field takes the place of the campaign's whole field. Without a campaign every line is a whole
/// send request. `ref` is your own name of the line: it comes back and is not kept. Blank lines are passed over.
///
/// The answer begins with `{"campaign": {...}}`, has a line for each line, and ends with `{"totals": {...}}`. **Anything
/// but `"decision": "allow"` means: do not send. An answer without totals was cut off, and is not whole.** A line that
/// cannot be decided is answered with an `error`, which is a problem as another request would answer it, and the others
/// go on; pointers lead into the line, or, where the campaign is at fault, to `/campaign` in the first. A second campaign
/// ends the deciding: it and every line after it get an error. An `error` that names no line ends the answer.
///
/// Each line is a decision of its own in the decision log, kept before it is answered, with the campaign's `decision_id`
/// as its `parent`. A line that is sent alone is answered at once: there is no need to send more for it. If a connection
/// breaks, what was answered stays kept, and nothing else of it happens.
#[utoipa::path(
    post,
    path = "/check/batch",
    tag = "decisions",
    request_body(
        content = BatchLine,
        content_type = "application/x-ndjson",
        description = "One JSON object a line (`application/x-ndjson`, `application/ndjson` or `application/jsonl`): the \
            schema is that of a line."
    ),
    responses(
        (status = 200, description = "A line for each line: the schema is that of a line. An answer without `totals` at \
            its end is not whole.", body = BatchAnswer, content_type = "application/x-ndjson"),
        BatchProblems,
    )
)]
pub(super) async fn check_batch(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    query::none(request.uri())?;
    body::content_type(request.headers(), &TYPES)?;
    let arrival = Arrival::noted();
    let mut input = Input::new(request.into_body(), app.config.http.batch_line_limit);
    let first = first_line(&mut input).await?;
    let line = first.lines().next().map(|(_, line)| line).unwrap_or_default();
    let (defaults, first) = match form::first(line)? {
        First::Campaign(defaults) => (Some(defaults), None),
        First::Line => (None, Some(first)),
    };
    let of_campaign = |problem: Problem| problem.moved(|pointer| Place::campaign().pointer(pointer));
    let at_least = defaults.as_ref().and_then(|defaults| defaults.request.at_least.as_deref());
    fresh::at_least(&app, at_least).await.map_err(of_campaign)?;
    let (campaign, record, opening) = open(&app, defaults.as_deref()).await.map_err(of_campaign)?;
    // The decisions of the lines name it as their parent, so it is there before them.
    app.decisions.keep_campaign(record, Duration::from_secs(app.config.http.timeout_seconds).mul_f32(0.9)).await?;
    let (out, lines) = answers::channel(Duration::from_secs(app.config.http.batch_idle_seconds));
    Stream::new(Batch { app, campaign, defaults, arrival }, input, out).start(opening, first);
    let kind = const { HeaderValue::from_static(LINES) };
    Ok(([(header::CONTENT_TYPE, kind)], lines).into_response())
}

/// The first line that is not blank.
async fn first_line(input: &mut Input) -> Result<Chunk, Problem> {
    let empty = || Problem::new(Kind::EmptyBody, "the body is empty");
    loop {
        let chunk = input.next(1, true).await.map_err(|_| told::cut_off())?.ok_or_else(empty)?;
        if let Some(bytes) = chunk.too_long {
            return Err(LineFault::TooLong { bytes, limit: input.limit() }.into());
        }
        if chunk.lines().next().is_some() {
            return Ok(chunk);
        }
    }
}

/// Weighs the campaign, and gives it with the first line of the answer.
async fn open(app: &Arc<App>, defaults: Option<&Defaults>) -> Result<(Campaign, CampaignDraft, Vec<u8>), Problem> {
    let (shared, request) = (Arc::clone(app), defaults.map(|defaults| defaults.request.clone()));
    aside::away(move || {
        let now = clock::now();
        let view = shared.store.view()?;
        let context = Context { identity: &shared.identity, now, full: false };
        let campaign = Campaign::of(request, clock::new_id(now), &*view, context)?;
        let record = campaign.record(&*view, context)?;
        let opening = told::opening(&campaign.opening(&*view)?, fresh::clock_behind(&shared));
        Ok((campaign, record, opening))
    })
    .await
}
