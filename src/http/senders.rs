//! `/senders`: who sends, in the law's terms.

use std::sync::Arc;

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{StatusCode, Uri},
    response::Response,
};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{
    problem::{Fault, Kind, Problem, problems},
    query, respond,
    strict::Strict,
};
use crate::{
    app::App,
    clock,
    ledger::{
        accept,
        house_rules::Refusal,
        record,
        sender::{Sender, SenderId},
    },
    spelling::nearest,
    store::{StoreError, View},
};

problems!(PutProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, InvalidPath, BodyTooLarge,
    UnsupportedMediaType, SenderRefused, StoreBusy, StoreStopped, StoreFull);
problems!(GetProblems: InvalidQuery, InvalidPath, SenderNotFound);
problems!(ListProblems: InvalidQuery);

/// A registered sender.
#[derive(Debug, Serialize)]
pub(super) struct RegisteredSender {
    id: String,
    #[serde(flatten)]
    profile: Sender,
}

/// The registered senders.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Senders {
    /// Each of them, by id.
    senders: Vec<RegisteredSender>,
}

/// What became of a profile.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordedSender {
    /// The id of the profile.
    #[schema(example = "acme")]
    id: String,
    /// The ledger's revision from which on the profile holds.
    #[schema(example = "r1-1")]
    revision: String,
}

/// Register a sender, or replace its profile
///
/// The answer comes once the profile is on disk. Events and checks name the sender by this id.
#[utoipa::path(
    put,
    path = "/senders/{id}",
    tag = "ledger",
    params(("id" = SenderId, Path, description = "The id of the profile.", example = "acme")),
    request_body(
        content = Sender,
        description = "The whole profile: what is left out is not kept from the one before."
    ),
    responses(
        (status = 201, description = "The sender is registered.", body = RecordedSender),
        (status = 200, description = "The profile is replaced.", body = RecordedSender),
        PutProblems,
    )
)]
pub(super) async fn put_sender(
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
    State(app): State<Arc<App>>,
    Strict(profile): Strict<Sender>,
) -> Result<Response, Problem> {
    query::none(&uri)?;
    let SenderId(id) = well_formed(id)?;
    refuse(&profile)?;
    let is_new = app.store.view()?.sender(&id)?.is_none();
    let record = record::of_sender(&id, &profile, &app.identity, clock::now()).map_err(|error| {
        tracing::error!(%error, "a profile could not become a record");
        Problem::new(Kind::Internal, "the profile could not be written")
    })?;
    let appended = app.store.append(vec![record]).await.unwrap_or(Err(StoreError::Stopped))?;
    let revision = appended.records.first().map_or(appended.head, |kept| kept.revision).to_string();
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(respond::json(status, &RecordedSender { id, revision }))
}

/// Show a sender's profile
#[utoipa::path(
    get,
    path = "/senders/{id}",
    tag = "ledger",
    params(("id" = SenderId, Path, description = "The id of the profile.", example = "acme")),
    responses((status = 200, description = "The profile.", body = RegisteredSender), GetProblems)
)]
pub(super) async fn get_sender(
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
    State(app): State<Arc<App>>,
) -> Result<Response, Problem> {
    query::none(&uri)?;
    let Path(id) = id.map_err(|_| bad_id())?;
    let view = app.store.view()?;
    match view.sender(&id)? {
        Some(json) => Ok(respond::json(StatusCode::OK, &registered(id, json)?)),
        None => {
            let ids = view.sender_ids()?;
            let fault = Fault::of("id", "sender_not_found", "no sender is registered under this id");
            let meant = nearest(&id, ids.iter().map(String::as_str));
            Err(Problem::single(Kind::SenderNotFound, fault.meaning(meant)))
        }
    }
}

/// List the registered senders
#[utoipa::path(
    get,
    path = "/senders",
    tag = "ledger",
    responses((status = 200, description = "Every registered sender.", body = Senders), ListProblems)
)]
pub(super) async fn list_senders(uri: Uri, State(app): State<Arc<App>>) -> Result<Response, Problem> {
    query::none(&uri)?;
    let view = app.store.view()?;
    Ok(respond::json(StatusCode::OK, &all(&*view)?))
}

fn all(view: &dyn View) -> Result<Senders, StoreError> {
    let mut senders = Vec::new();
    for id in view.sender_ids()? {
        if let Some(json) = view.sender(&id)? {
            senders.push(registered(id, json)?);
        }
    }
    senders.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Senders { senders })
}

fn registered(id: String, json: &[u8]) -> Result<RegisteredSender, StoreError> {
    let profile = serde_json::from_slice(json).map_err(|_| StoreError::Damaged("a sender's profile".to_owned()))?;
    Ok(RegisteredSender { id, profile })
}

fn well_formed(id: Result<Path<String>, PathRejection>) -> Result<SenderId, Problem> {
    id.ok().map(|Path(id)| SenderId(id)).filter(SenderId::is_well_formed).ok_or_else(bad_id)
}

fn bad_id() -> Problem {
    let message = "this can be no id of a profile: up to 64 lower-case letters, digits, `.`, `_` and `-`";
    Problem::single(Kind::InvalidPath, Fault::of("id", "pattern", message))
}

/// A house rule that nobody can follow would pass for one that is followed.
fn refuse(profile: &Sender) -> Result<(), Problem> {
    let blanks = accept::blanks(profile).into_iter();
    let mut faults: Vec<Fault> = blanks.map(|it| Fault::at(it.pointer, it.code, it.message)).collect();
    let blank = !faults.is_empty();
    faults.extend(house_faults("", profile.house_rules.as_ref().map(|r| r.refusals()).unwrap_or_default()));
    let detail = if blank { "a name is blank" } else { "a house rule of this profile cannot be kept to" };
    if faults.is_empty() { Ok(()) } else { Err(Problem::new(Kind::SenderRefused, detail).with(faults)) }
}

/// What is wrong with the house rules of a profile that stands at a place in the body.
pub(super) fn house_faults(profile: &str, refusals: Vec<Refusal>) -> Vec<Fault> {
    let fault = |refusal: Refusal| {
        let fault = Fault::at(format!("{profile}{}", refusal.pointer), refusal.code, refusal.message);
        fault.meaning(refusal.did_you_mean)
    };
    refusals.into_iter().map(fault).collect()
}

impl PartialSchema for RegisteredSender {
    /// The profile with its id: one flat object, which a profile closed to other fields cannot be composed into.
    fn schema() -> RefOr<Schema> {
        let mut schema = Sender::schema();
        if let RefOr::T(Schema::Object(whole)) = &mut schema {
            whole.description = Some("A registered sender.".to_owned());
            whole.properties.insert("id".to_owned(), SenderId::schema());
            whole.required.push("id".to_owned());
        }
        schema
    }
}

impl ToSchema for RegisteredSender {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Sender::schemas(schemas);
    }
}
