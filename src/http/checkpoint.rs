//! `GET /checkpoint`: a signed statement of how far the ledger and the decision log have come.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};

use super::{
    problem::{Kind, Problem, problems},
    query, respond,
};
use crate::{
    app::App,
    clock,
    integrity::{checkpoint::Checkpoint, statement},
};

problems!(CheckpointProblems: InvalidQuery);

/// Sign how far everything has come
///
/// How many records and decisions there are, and the hash of all of them, signed with the installation's Ed25519 key.
/// Keep it elsewhere: `maysend verify --checkpoint` shows later that nothing before it was changed, left out or put in.
/// It holds nothing of any person.
#[utoipa::path(
    get,
    path = "/checkpoint",
    tag = "operation",
    responses((status = 200, description = "The checkpoint.", body = Checkpoint), CheckpointProblems)
)]
pub(super) async fn sign_checkpoint(uri: Uri, State(app): State<Arc<App>>) -> Result<Response, Problem> {
    query::none(&uri)?;
    Ok(respond::pretty(StatusCode::OK, &now(&app)?))
}

/// A checkpoint of this moment.
pub(super) fn now(app: &App) -> Result<Checkpoint, Problem> {
    let view = app.store.view()?;
    let statement = statement(&*view, &app.decisions, &app.identity, clock::now())?;
    Checkpoint::sign(&statement, &app.signer).map_err(|error| {
        tracing::error!(%error, "a checkpoint could not be signed");
        Problem::new(Kind::Internal, "the checkpoint could not be signed; the log says why")
    })
}
