//! `/decisions`: the decision log, to read.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use uuid::Uuid;

use super::{
    aside,
    decisions_body::{DecisionPage, DecisionSearch},
    negotiate::{self, Form},
    problem::{Fault, Kind, Problem, problems},
    query, respond, strict,
};
use crate::{
    app::App,
    check::{
        dossier::Unreadable,
        logged::{self, CampaignRecord, DecisionRecord, LogEntry},
    },
};

problems!(ShowProblems: InvalidQuery, InvalidPath, NotAcceptable, DecisionNotFound, DecisionLogFailing);
problems!(SearchProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, BodyTooLarge,
    UnsupportedMediaType, SenderNotRegistered, ContactDetail, DecisionLogFailing);

/// Show one decision of the log
///
/// What was decided, on what facts, how every rule came out, and where it stands in the log. The message itself and the
/// person's contact details are in no log. Of the id of a campaign: what a batch asked for everybody, and how many
/// decisions of the log belong to it. With `Accept: text/plain` the same comes in sentences.
#[utoipa::path(
    get,
    path = "/decisions/{id}",
    tag = "decisions",
    params(("id" = Uuid, Path, description = "The `decision_id` of an answer, or of a campaign.")),
    responses(
        (status = 200, description = "The decision, or the campaign.",
            content((LogEntry = "application/json"), (String = "text/plain"))),
        ShowProblems,
    )
)]
pub(super) async fn show_decision(
    id: Result<Path<Uuid>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
    State(app): State<Arc<App>>,
) -> Result<Response, Problem> {
    query::none(&uri)?;
    let form = negotiate::form(&headers)?;
    let Path(id) = id.map_err(|_| {
        let fault = Fault::of("id", "pattern", "this can be no id of a decision: they are UUIDs");
        Problem::single(Kind::InvalidPath, fault)
    })?;
    aside::away(move || {
        let entry = if let Some(kept) = app.decisions.get(&id)? {
            let view = app.store.view()?;
            let decision = DecisionRecord::of(&kept, &|event| logged::id_in_ledger(&*view, event))?;
            LogEntry::Decision(Box::new(decision))
        } else if let Some((kept, belonging)) = app.decisions.campaign(&id)? {
            LogEntry::Campaign(CampaignRecord::of(&kept, belonging)?)
        } else {
            return Err(Problem::new(Kind::DecisionNotFound, "no decision of the log has this id"));
        };
        Ok(match form {
            Form::Json => respond::json(StatusCode::OK, &entry),
            Form::Sentences => respond::sentences(StatusCode::OK, entry.tell()),
        })
    })
    .await
}

/// Search the decision log
///
/// The decisions that meet every condition, the newest first, a page at a time. The person's contact details go into the
/// body, never into a URL, and are not in the answer.
#[utoipa::path(
    post,
    path = "/decisions/search",
    tag = "decisions",
    request_body(
        content = DecisionSearch,
        description = "Which decisions are asked for; `{}` asks for all."
    ),
    responses(
        (status = 200, description = "One page of them.", body = DecisionPage),
        SearchProblems,
    )
)]
pub(super) async fn search_decisions(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    query::none(request.uri())?;
    let bytes = strict::bytes(request, &app).await?;
    let search: DecisionSearch = strict::read(&bytes)?;
    aside::away(move || {
        let query = search.query(&*app.store.view()?, &app.identity)?;
        Ok(respond::json(StatusCode::OK, &DecisionPage::of(&app.decisions.search(&query)?)))
    })
    .await
}

impl From<Unreadable> for Problem {
    fn from(error: Unreadable) -> Self {
        tracing::error!(%error, "a decision of the log cannot be read");
        Self::new(Kind::DecisionLogFailing, format!("what this decision rested on cannot be read: {error}"))
    }
}
