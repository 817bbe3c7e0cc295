//! `POST /recipients/evidence`: the evidence on one person and one sender.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{StatusCode, Uri},
    response::Response,
};

use super::{
    aside,
    negotiate::{self, Page},
    person,
    problem::{Kind, Problem, problems},
    query, respond, strict,
};
use crate::{
    app::App,
    clock,
    rights::evidence::{self, Evidence, EvidenceError, EvidenceRequest, Sources},
    strict::bounds::Bounded,
};

problems!(EvidenceProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, NotAcceptable, BodyTooLarge,
    UnsupportedMediaType, SenderNotRegistered, ContactDetail);

impl Bounded for EvidenceRequest {
    fn is_within_bounds(&self) -> bool {
        person::is_within_bounds(&self.sender, &self.recipient)
    }
}

/// Show the evidence on one person and one sender
///
/// One bundle that shows what a person agreed to, what they said since, and what was decided on it (UK GDPR Art 7(1)):
/// each consent as a record in the shape of ISO/IEC TS 27560:2023 (JSON-LD, with the terms of the W3C's Data Privacy
/// Vocabulary), every event, the logged decisions, the rules that they name, and what proves that nothing was changed.
/// With `Accept: text/html` it comes as one page to read and print, which loads nothing from anywhere.
///
/// Nobody's address is in it, unless `identify` asks for those of the request. Nobody known is no error: the bundle then
/// says that nothing is held.
///
/// For a person who asks for access (Art 15) it is the copy of what is held here. What Art 15(1) and (2) ask for besides
/// stands under `access`, each with what is on record of it and what the sender must add itself.
#[utoipa::path(
    post,
    path = "/recipients/evidence",
    tag = "ledger",
    request_body(
        content = EvidenceRequest,
        content_type = "application/json",
        description = "The sender and the person."
    ),
    responses(
        (status = 200, description = "The bundle; without events when nothing is held.",
            content((Evidence = "application/json"), (String = "text/html"))),
        EvidenceProblems,
    )
)]
pub(super) async fn show_recipient_evidence(
    uri: Uri,
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Response, Problem> {
    query::none(&uri)?;
    let form = negotiate::page(request.headers())?;
    let request = read(&strict::bytes(request, &app).await?)?;
    // A long history and thousands of decisions take long to gather and to write.
    aside::run(aside::LARGE, move || {
        let view = app.store.view()?;
        let (identity, decisions) = (&app.identity, &app.decisions);
        let sources = Sources { identity, decisions, now: clock::now(), checkpoint: None };
        let evidence = evidence::gather(request, &*view, sources).map_err(problem)?;
        Ok(match form {
            Page::Json => respond::json(StatusCode::OK, &evidence),
            Page::Html => respond::page(evidence::page::page(&evidence)),
        })
    })
    .await
}

/// Reads the body of the request, as the service and the command line do.
///
/// # Errors
/// A [`Problem`] with every fault of the body; none repeats a value.
pub(crate) fn read(bytes: &[u8]) -> Result<EvidenceRequest, Problem> {
    if bytes.trim_ascii().is_empty() {
        Err(Problem::new(Kind::EmptyBody, "the body is empty"))
    } else {
        strict::read(bytes)
    }
}

fn problem(error: EvidenceError) -> Problem {
    match error {
        EvidenceError::Person(error) => error.into(),
        EvidenceError::Store(error) => error.into(),
        EvidenceError::Decisions(error) => {
            tracing::error!(%error, "the decision log failed");
            Problem::new(Kind::Internal, "the decision log could not be read; the service’s own log says why")
        }
    }
}
