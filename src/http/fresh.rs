//! Waiting for a revision: whoever recorded an event elsewhere may ask here a moment too early.

use std::time::Duration;

use super::problem::Problem;
use crate::{
    app::App,
    check::CheckError,
    store::{Progress, Revision},
};

/// Waits until the ledger has come as far as the token says, for as long as the configuration allows.
///
/// # Errors
/// A problem, if the token is no revision, or the ledger has not come that far.
pub(super) async fn at_least(app: &App, token: Option<&str>) -> Result<(), Problem> {
    let Some(token) = token else { return Ok(()) };
    let asked: Revision = token.parse().map_err(|_| CheckError::NotARevision)?;
    let mut progress = app.store.progress();
    let come = |now: &Progress| now.applied >= asked;
    if come(&progress.borrow()) {
        return Ok(());
    }
    let patience = Duration::from_millis(app.config.http.at_least_wait_ms);
    let came = tokio::time::timeout(patience, progress.wait_for(come)).await.is_ok_and(|seen| seen.is_ok());
    if came { Ok(()) } else { Err(CheckError::Stale { applied: progress.borrow().applied }.into()) }
}
