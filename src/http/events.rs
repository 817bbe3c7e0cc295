//! `POST /events`: what happened between people and senders.

use std::{collections::HashSet, sync::Arc};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    aside,
    body::{self, Limit},
    cloudevents::{CloudEvent, CloudEventBatch},
    events_body::{self, Events, Place},
    problem::{Fault, Kind, Problem, problems},
    query, respond, strict,
};
use crate::{
    app::App,
    clock,
    ledger::{accept, event::Event, record},
    spelling::nearest,
    store::{Appended, StoreError, View},
};

problems!(EventProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, EventConflict, BodyTooLarge,
    TooManyEvents, UnsupportedMediaType, EventRefused, SenderNotRegistered, StoreBusy, StoreStopped, StoreFull);

/// What became of the events of one body.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Recorded {
    /// How many were recorded now.
    #[schema(example = 1)]
    recorded: usize,
    /// How many were on record already: the same events with the same `id`s.
    #[schema(example = 0)]
    already_known: usize,
    /// The ledger's revision afterwards. A check that names it as `at_least` takes account of these events.
    #[schema(example = "r1-2a")]
    revision: String,
    /// Each event, in the order of the body.
    events: Vec<RecordedEvent>,
}

/// Where one event stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordedEvent {
    /// The caller's id of the event.
    #[schema(example = "form-1")]
    id: String,
    /// Its revision.
    #[schema(example = "r1-2a")]
    revision: String,
    /// It was on record already.
    #[schema(example = false)]
    already_known: bool,
}

/// Record events
///
/// One event, a list, one event a line (`application/x-ndjson`), or CloudEvents 1.0 in structured mode. All events of
/// a body are recorded or none; the answer comes once they are on disk. Sending an event again under its `id` changes
/// nothing, so a request that got no answer can be sent again as it was. An `id` counts within its sender; the `source`
/// of a CloudEvent is no part of it, so two sources must not use the same.
///
/// Contact details are turned into keyed hashes and forgotten: no text of an event may hold one.
#[utoipa::path(
    post,
    path = "/events",
    tag = "ledger",
    request_body(
        description = "What happened. With `application/x-ndjson` (or `application/jsonl`, `application/ndjson`) \
            every line is one event, and the schema is that of a line. In a CloudEvent, `time` is when, `type` may have a prefix as in \
            `org.maysend.consent_given`, and `data` holds all the other fields.",
        content(
            (Events = "application/json"),
            (Event = "application/x-ndjson"),
            (CloudEvent = "application/cloudevents+json"),
            (CloudEventBatch = "application/cloudevents-batch+json"),
        )
    ),
    responses(
        (status = 201, description = "At least one event is new, and all are on disk.", body = Recorded),
        (status = 200, description = "All the events were on record already.", body = Recorded),
        EventProblems,
    )
)]
pub(super) async fn record_events(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    query::none(request.uri())?;
    let form = events_body::form(request.headers())?;
    let limit = Limit { bytes: app.config.http.events_body_limit, key: "http.events_body_limit" };
    let bytes = body::read(request.into_body(), limit).await?;
    let shared = Arc::clone(&app);
    let (records, events) = aside::run(bytes.len(), move || records(&shared, form, &bytes)).await?;
    match app.store.append(records).await.unwrap_or(Err(StoreError::Stopped)) {
        Ok(appended) => Ok(answer(events, &appended)),
        Err(StoreError::Conflict { index }) => Err(conflict(&events, index)),
        Err(error) => Err(error.into()),
    }
}

type Kept = (Place, Event);

/// The records of all events of the body, if every one can be kept.
fn records(app: &App, form: events_body::Form, bytes: &[u8]) -> Result<(Vec<Vec<u8>>, Vec<Kept>), Problem> {
    let now = clock::now();
    let found = events_body::read(form, bytes, app.config.http.events_limit)?;
    let refused: Vec<Fault> = found.events.iter().flat_map(|(place, event)| refusals(place, event, now)).collect();
    if !found.faults.is_empty() {
        return Err(strict::invalid([found.faults, refused].concat()));
    }
    if !refused.is_empty() {
        return Err(told(Kind::EventRefused, refused));
    }
    let unknown = unregistered(&*app.store.view()?, &found.events)?;
    if !unknown.is_empty() {
        return Err(told(Kind::SenderNotRegistered, unknown));
    }
    let mut records = Vec::with_capacity(found.events.len());
    for (_, event) in &found.events {
        let record = record::of_event(event, &app.identity, now).map_err(|error| {
            // The message names a kind of contact detail, never the detail.
            tracing::error!(%error, "an accepted event could not become a record");
            Problem::new(Kind::Internal, "an event could not be written")
        })?;
        records.push(record);
    }
    Ok((records, found.events))
}

fn told(kind: Kind, faults: Vec<Fault>) -> Problem {
    let detail = match faults.as_slice() {
        [one] => format!("nothing was recorded: {}", one.message),
        several => format!("nothing was recorded: {} faults", several.len()),
    };
    Problem::new(kind, detail).with(faults)
}

fn refusals(place: &Place, event: &Event, now: jiff::Timestamp) -> Vec<Fault> {
    let refusals = accept::refusals(event, now).into_iter();
    refusals.map(|refusal| place.fault(&refusal.pointer, refusal.code, refusal.message)).collect()
}

/// A fault for each event of a sender that is not registered.
fn unregistered(view: &dyn View, events: &[Kept]) -> Result<Vec<Fault>, StoreError> {
    let mut known = HashSet::new();
    let mut faults = Vec::new();
    for (place, event) in events {
        let Some(id) = event.sender.as_deref().filter(|id| !known.contains(id)) else { continue };
        if view.sender(id)?.is_some() {
            known.insert(id);
            continue;
        }
        let ids = view.sender_ids()?;
        let fault = place.fault("/sender", "sender_not_registered", "no sender is registered under this id");
        faults.push(fault.meaning(nearest(id, ids.iter().map(String::as_str))));
        if faults.len() > crate::strict::fault::MOST_FAULTS {
            break;
        }
    }
    Ok(faults)
}

fn conflict(events: &[Kept], index: usize) -> Problem {
    let message = "another event is recorded under this `id`; nothing of the body was kept";
    let fault = events.get(index).map(|(place, _)| place.fault("/id", "conflict", message));
    Problem::new(Kind::EventConflict, message).with(fault.into_iter().collect())
}

fn answer(events: Vec<Kept>, appended: &Appended) -> Response {
    let already_known = appended.records.iter().filter(|kept| kept.already).count();
    let recorded = events.len().saturating_sub(already_known);
    let each = events.into_iter().zip(&appended.records).map(|((_, event), kept)| RecordedEvent {
        id: event.id,
        revision: kept.revision.to_string(),
        already_known: kept.already,
    });
    let status = if recorded > 0 { StatusCode::CREATED } else { StatusCode::OK };
    let revision = appended.head.to_string();
    respond::json(status, &Recorded { recorded, already_known, revision, events: each.collect() })
}
