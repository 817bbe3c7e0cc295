//! `POST /recipients/history`: everything held on one person.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    person,
    problem::{Problem, problems},
    query, respond,
    strict::Strict,
};
use crate::{
    app::App,
    check::request::AsOf,
    ledger::{identity::ContactDetails, object::objects, sender::SenderId},
    rights::{
        person::{normalised, registered},
        timeline::{self, Horizon, TimelineEvent},
    },
    strict::bounds::Bounded,
};

problems!(HistoryProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, BodyTooLarge,
    UnsupportedMediaType, SenderNotRegistered, ContactDetail);

/// One person, with whom a sender has a history.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(super) struct HistoryRequest {
    /// The sender whose history with the person is asked for.
    sender: SenderId,
    /// The person: every contact detail that is known, since an event is found by those it was recorded with.
    recipient: ContactDetails,
    /// A day (its end, in London) or a moment: what happened after it is not shown. Left out: everything.
    #[serde(default)]
    as_of: Option<AsOf>,
    /// A day (its end, in London) or a moment: what the ledger took in after it is not shown, whenever it happened. What
    /// was known on a day is asked for with this, what had happened by then with `as_of`.
    #[serde(default)]
    known_at: Option<AsOf>,
}

objects!(HistoryRequest);

impl Bounded for HistoryRequest {
    fn is_within_bounds(&self) -> bool {
        person::is_within_bounds(&self.sender, &self.recipient)
    }
}

/// Everything held on one person with one sender.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct History {
    /// The sender.
    #[schema(example = "acme")]
    sender: String,
    /// The ledger's revision that the history takes account of.
    #[schema(example = "r1-2a")]
    revision: String,
    /// The events, in the order in which they happened.
    events: Vec<TimelineEvent>,
}

/// Show everything held on one person
///
/// The person's events with one sender and what the public registers said of these contact details, as a timeline. The
/// contact details go into the body, never into a URL, and are not in the answer.
#[utoipa::path(
    post,
    path = "/recipients/history",
    tag = "ledger",
    request_body(
        content = HistoryRequest,
        description = "The sender and the person."
    ),
    responses(
        (status = 200, description = "The timeline; empty when nothing is held.", body = History),
        HistoryProblems,
    )
)]
pub(super) async fn show_recipient_history(
    uri: Uri,
    State(app): State<Arc<App>>,
    Strict(request): Strict<HistoryRequest>,
) -> Result<Response, Problem> {
    query::none(&uri)?;
    let details = normalised(&request.recipient)?;
    let view = app.store.view()?;
    let SenderId(sender) = request.sender;
    registered(&*view, &sender)?;
    let horizon = Horizon::of(request.as_of, request.known_at);
    let events = timeline::of(&*view, &app.identity, &sender, &details, horizon)?;
    let revision = view.applied()?.to_string();
    Ok(respond::json(StatusCode::OK, &History { sender, revision, events }))
}
