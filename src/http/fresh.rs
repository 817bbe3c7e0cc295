//! How fresh the facts are: waiting for a revision, since whoever recorded an event elsewhere may ask here a moment too
//! early; and a clock that cannot be right.

use std::time::Duration;

use super::problem::Problem;
use crate::{
    app::App,
    check::{CheckError, answer::Warning},
    clock,
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

/// By how much a clock may differ from itself: machines step theirs by that much every day.
const SLACK: Duration = Duration::from_secs(1);

/// A warning, if the clock shows less than when the newest record was taken in.
pub(super) fn clock_behind(app: &App) -> Option<Warning> {
    let (recorded_at, now) = (app.store.progress().borrow().recorded_at, clock::now());
    let behind = now.saturating_add(SLACK).is_ok_and(|now| now < recorded_at);
    behind.then(|| Warning::clock_behind(recorded_at, now))
}
