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
    problem::{Fault, Kind, Problem, problems},
    query, respond,
    strict::Strict,
    timeline::{self, TimelineEvent},
};
use crate::{
    app::App,
    check::request::AsOf,
    ledger::{
        accept,
        identity::{ContactDetails, Normalised},
        object::objects,
        sender::SenderId,
    },
    spelling::nearest,
    store::View,
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
    /// A day (its end, in London) or a moment after which nothing is shown. Left out: everything.
    #[serde(default)]
    as_of: Option<AsOf>,
}

objects!(HistoryRequest);

impl Bounded for HistoryRequest {
    fn is_within_bounds(&self) -> bool {
        self.sender.is_well_formed()
            && self.recipient.iter().all(|(kind, detail)| accept::is_detail_within_bounds(kind, detail))
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
    let events = timeline::of(&*view, &app.identity, &sender, &details, request.as_of.and_then(timeline::end))?;
    let revision = view.applied()?.to_string();
    Ok(respond::json(StatusCode::OK, &History { sender, revision, events }))
}

/// Refuses a sender that is not registered.
pub(super) fn registered(view: &dyn View, sender: &str) -> Result<(), Problem> {
    if view.sender(sender)?.is_some() {
        return Ok(());
    }
    let ids = view.sender_ids()?;
    let fault = Fault::at("/sender", "sender_not_registered", "no sender is registered under this id");
    let meant = nearest(sender, ids.iter().map(String::as_str));
    Err(Problem::single(Kind::SenderNotRegistered, fault.meaning(meant)))
}

/// The contact details of a request, each in its one spelling.
pub(super) fn normalised(recipient: &ContactDetails) -> Result<Vec<Normalised>, Problem> {
    let mut details = Vec::new();
    let mut faults = Vec::new();
    for (kind, detail) in recipient.iter() {
        match Normalised::new(kind, detail) {
            Ok(detail) => details.push(detail),
            Err(error) => {
                faults.push(Fault::at(format!("/recipient/{kind}"), "contact_detail", error.to_string()));
            }
        }
    }
    if recipient.is_empty() {
        let message = "there is no contact detail: give at least one of `email`, `phone`, `postal`, `account`";
        faults.push(Fault::at("/recipient", "too_few", message));
    }
    match faults.as_slice() {
        [] => Ok(details),
        [one] => Err(Problem::new(Kind::ContactDetail, one.message.clone()).with(faults)),
        _ => Err(Problem::new(Kind::ContactDetail, "several contact details reach nobody").with(faults)),
    }
}
