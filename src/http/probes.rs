//! `/live` and `/ready`: is it there, and can it work.

use std::{sync::Arc, time::Duration};

use axum::{extract, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::{problem::problems, respond};
use crate::{
    app::App,
    config::OnFull,
    decisions::State,
    store::{StoreError, Usage},
};

problems!(ProbeProblems:);

/// How long the writer may take to answer a probe.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process is there.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Live {
    /// Always `alive`.
    #[schema(example = "alive")]
    status: &'static str,
}

/// Whether it can decide and record.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Ready {
    /// Whether it can.
    #[schema(example = true)]
    ready: bool,
    /// Why not: `store_unreadable`, `behind`, `writer_stopped`, `writer_slow`, `writer_busy`, `store_full`,
    /// `disk_full`, `store_failing`, `decision_log_full`, `decision_log_failing`, `decision_log_closed`.
    /// One reason does not keep it from deciding: `decision_log_dropping`, where decisions that find no room are not kept.
    #[schema(example = json!([]))]
    reasons: Vec<&'static str>,
}

/// Is the process alive?
#[utoipa::path(
    get,
    path = "/live",
    tag = "operation",
    responses((status = 200, description = "It is.", body = Live), ProbeProblems)
)]
pub(super) async fn get_live() -> Response {
    respond::json(StatusCode::OK, &Live { status: "alive" })
}

/// Can it decide and record?
#[utoipa::path(
    get,
    path = "/ready",
    tag = "operation",
    responses(
        (status = 200, description = "It can.", body = Ready),
        (status = 503, description = "It cannot, and `reasons` says why.", body = Ready,
            example = json!({ "ready": false, "reasons": ["store_full"] })),
        ProbeProblems,
    )
)]
pub(super) async fn get_ready(extract::State(app): extract::State<Arc<App>>) -> Response {
    let mut reasons = reading(&app);
    match tokio::time::timeout(PATIENCE, app.store.append(Vec::new())).await {
        Ok(Ok(Ok(_))) => {}
        Ok(Ok(Err(error))) => reasons.push(reason(&error)),
        Ok(Err(_)) => reasons.push("writer_stopped"),
        Err(_) => reasons.push("writer_slow"),
    }
    reasons.dedup();
    let mut ready = reasons.is_empty();
    let drops = app.config.decisions.on_full == OnFull::Drop;
    match app.decisions.state() {
        State::Open => {}
        State::Full if drops => reasons.push("decision_log_dropping"),
        State::Full => {
            ready = false;
            reasons.push("decision_log_full");
        }
        State::Failing => {
            ready &= drops;
            reasons.push("decision_log_failing");
        }
        State::Closed => {
            ready = false;
            reasons.push("decision_log_closed");
        }
    }
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    respond::json(status, &Ready { ready, reasons })
}

const fn reason(error: &StoreError) -> &'static str {
    match error {
        StoreError::Full(_) => "store_full",
        StoreError::DiskFull => "disk_full",
        StoreError::Busy => "writer_busy",
        StoreError::Stopped => "writer_stopped",
        StoreError::Conflict { .. } | StoreError::Damaged(_) | StoreError::Engine(_) => "store_failing",
    }
}

/// What stands in the way of deciding.
fn reading(app: &App) -> Vec<&'static str> {
    let behind = || -> Result<bool, StoreError> {
        let view = app.store.view()?;
        Ok(view.applied()? < view.head()?)
    };
    let mut reasons = Vec::new();
    match behind() {
        Ok(true) => reasons.push("behind"),
        Ok(false) => {}
        Err(_) => reasons.push("store_unreadable"),
    }
    if app.store.usage().is_ok_and(is_full) {
        reasons.push("store_full");
    }
    reasons
}

/// Full is when the next events will not fit: the last hundredth is what the engine needs to move pages about.
const fn is_full(usage: Usage) -> bool {
    usage.used >= usage.size - usage.size / 100
}
