//! `POST /recipients/erasure`: a person is forgotten, but for the promise not to write again.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    aside,
    problem::{Fault, Kind, Problem, problems},
    query, respond,
    strict::{self, Strict},
};
use crate::{
    app::App,
    clock,
    decisions::LogError,
    ledger::{
        accept::{LONGEST_TEXT, fits},
        event::Text,
        identity::{ContactDetails, Identity},
        object::objects,
        sender::SenderId,
    },
    rights::{
        erasure::{self, ErasureError, Plan, Told},
        person,
    },
    store::{Revision, StoreError, View},
    strict::bounds::Bounded,
};

problems!(ErasureProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, BodyTooLarge,
    UnsupportedMediaType, EventRefused, SenderNotRegistered, ContactDetail, StoreBusy, StoreStopped, StoreFull);

/// How long the answer to an erasure waits until the ledger's files are written anew.
const PATIENCE: Duration = Duration::from_secs(5);

/// One person, and the sender who is to forget them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(crate) struct ErasureRequest {
    /// The sender.
    sender: SenderId,
    /// The person: every contact detail that is known, since an event is found by those it was recorded with.
    recipient: ContactDetails,
    /// The sender's own reference of the person's request. It is kept, and may hold no contact detail.
    #[serde(default)]
    reference: Option<Text>,
}

objects!(ErasureRequest);

impl Bounded for ErasureRequest {
    fn is_within_bounds(&self) -> bool {
        super::person::is_within_bounds(&self.sender, &self.recipient)
            && self.reference.as_ref().is_none_or(|reference| fits(&reference.0, 1, LONGEST_TEXT))
    }
}

impl ErasureRequest {
    /// Reads the body, as the service and the command line do.
    ///
    /// # Errors
    /// A [`Problem`] with every fault of the body; none repeats a value.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let empty = bytes.trim_ascii().is_empty();
        if empty { Err(Problem::new(Kind::EmptyBody, "the body is empty")) } else { strict::read(bytes) }
    }

    /// What is to be done, by what the ledger holds.
    ///
    /// # Errors
    /// A [`Problem`], if the sender is not registered, a contact detail reaches nobody or the ledger cannot be read.
    pub(crate) fn plan(&self, view: &dyn View, identity: &Identity, now: Timestamp) -> Result<Plan, Problem> {
        let details = person::normalised(&self.recipient)?;
        let SenderId(sender) = &self.sender;
        person::registered(view, sender)?;
        if let Some(fault) = self.reference.as_ref().and_then(|reference| self.refused(reference)) {
            return Err(Problem::single(Kind::EventRefused, fault));
        }
        let request = erasure::Request { sender, details: &details, reference: self.reference.as_ref(), now };
        erasure::plan(view, identity, &request).map_err(|error| match error {
            ErasureError::Store(error) => error.into(),
            ErasureError::Record(error) => {
                tracing::error!(%error, "an erasure could not become records");
                Problem::new(Kind::Internal, "the erasure could not be written")
            }
        })
    }

    /// What is told of it, carried out or not.
    pub(crate) fn told(&self, plan: &Plan, decisions_unlinked: u64, revision: Revision) -> Told {
        Told::of(&self.sender.0, plan, decisions_unlinked, revision)
    }

    fn refused(&self, reference: &Text) -> Option<Fault> {
        if reference.0.trim().is_empty() {
            return Some(Fault::at("/reference", "blank", "this is blank"));
        }
        let message = "this text is kept, and it holds one of the person's contact details: leave it out";
        let holds_one = self.recipient.appear_in(&reference.0);
        holds_one.then(|| Fault::at("/reference", "contact_detail_in_text", message))
    }
}

/// Erase a person
///
/// All that the sender holds of the person is erased: every event, with its wording, its evidence and its id, and the
/// link of every decision to the person. What stays is the promise not to write again: a keyed hash of each contact
/// detail, and an objection to all marketing under it. So an erasure never turns a deny into an allow, and only a later
/// consent of the person's own lifts it. What a public register says of a contact detail is not the sender's, and stays.
///
/// The answer comes once the erasure is on disk, and tells of each kind of record the provision by which it went or stays.
/// A request that got no answer can be sent again as it was.
#[utoipa::path(
    post,
    path = "/recipients/erasure",
    tag = "ledger",
    request_body(
        content = ErasureRequest,
        description = "The sender and the person."
    ),
    responses(
        (status = 200, description = "The person is erased, also where nothing was held.", body = Told),
        ErasureProblems,
    )
)]
pub(super) async fn erase_recipient(
    uri: Uri,
    State(app): State<Arc<App>>,
    Strict(request): Strict<ErasureRequest>,
) -> Result<Response, Problem> {
    query::none(&uri)?;
    let request = Arc::new(request);
    let (shared, asked) = (Arc::clone(&app), Arc::clone(&request));
    // The log is written to, which takes as long as the disk does.
    let (plan, mut unlinked, applied) = aside::run(aside::LARGE, move || begin(&shared, &asked)).await?;
    let mut revision = applied;
    if !plan.records.is_empty() {
        let appended = app.store.append(plan.records.clone()).await;
        revision = appended.unwrap_or(Err(StoreError::Stopped))?.head;
    }
    // What was being decided meanwhile, on the ledger as it was before, may have been kept with its link.
    let (shared, keys) = (Arc::clone(&app), plan.keys.clone());
    unlinked += aside::run(aside::LARGE, move || shared.decisions.unlink(&keys).map_err(not_unlinked)).await?;
    // A large ledger takes longer than a caller should wait: the erasure stands, and the files follow.
    let purged = tokio::time::timeout(PATIENCE, app.store.purge()).await;
    let purged = purged.is_ok_and(|answer| answer.is_ok_and(|purged| purged.is_ok()));
    Ok(respond::json(StatusCode::OK, &Told { purged, ..request.told(&plan, unlinked, revision) }))
}

/// Plans the erasure, and takes their link from the decisions about the person. That comes first: should the append
/// fail, the same request does all that is left.
fn begin(app: &App, request: &ErasureRequest) -> Result<(Plan, u64, Revision), Problem> {
    let view = app.store.view()?;
    let plan = request.plan(&*view, &app.identity, clock::now())?;
    let unlinked = app.decisions.unlink(&plan.keys).map_err(not_unlinked)?;
    Ok((plan, unlinked, view.applied()?))
}

fn not_unlinked(error: LogError) -> Problem {
    tracing::error!(%error, "the decisions about a person could not be unlinked");
    Problem::new(
        Kind::Internal,
        "the decision log cannot be written, so the erasure is not complete: the log says why; send it again then",
    )
}
