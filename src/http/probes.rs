//! `/live`, `/ready`, `/status`: is it there, can it work, and everything a person asks when it does not.

use std::{sync::Arc, time::Duration};

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    problem::{Problem, problems},
    respond,
};
use crate::{
    app::App,
    clock, rules,
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
    /// `store_failing`.
    #[schema(example = json!([]))]
    reasons: Vec<&'static str>,
}

/// Everything a person asks of a running service.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Status {
    /// The version of the program.
    #[schema(example = "0.1.0")]
    version: &'static str,
    /// The version of the rulebook: the day whose law it states.
    #[schema(example = "2026-11-21")]
    rulebook: &'static str,
    /// When the process started.
    #[schema(format = "date-time", example = "2026-11-21T08:00:00Z")]
    started_at: String,
    /// For how many seconds it has run.
    #[schema(example = 3600)]
    uptime_seconds: u64,
    /// The ledger.
    store: StoreStatus,
    /// What a request may cost.
    limits: Limits,
    /// What the operator set, as far as it is no secret.
    config: Settings,
}

/// The ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StoreStatus {
    /// What keeps it.
    #[schema(example = "lmdb")]
    engine: &'static str,
    /// Bytes in use.
    #[schema(example = 1_048_576)]
    used: u64,
    /// Bytes it may grow to.
    #[schema(example = 1_073_741_824)]
    size: u64,
    /// How much of that is in use, in percent.
    #[schema(example = 0.1)]
    used_percent: f64,
    /// The last revision.
    #[schema(example = "r1-2a")]
    revision: String,
    /// How many senders are registered.
    #[schema(example = 1)]
    senders: usize,
}

/// What a request may cost.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Limits {
    /// Bytes of a body, except where another limit is named.
    #[schema(example = 1_048_576)]
    body_bytes: usize,
    /// Bytes of the body of `POST /messages/read`.
    #[schema(example = 4_194_304)]
    message_body_bytes: usize,
    /// Bytes of the body of `POST /events`.
    #[schema(example = 8_388_608)]
    events_body_bytes: usize,
    /// Events in one `POST /events`.
    #[schema(example = 10_000)]
    events: usize,
    /// Seconds that a request may take.
    #[schema(example = 30)]
    timeout_seconds: u64,
}

/// What the operator set, as far as it is no secret.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Settings {
    /// Address and port listened on.
    #[schema(example = "127.0.0.1:8080")]
    bind: String,
    /// The data directory.
    #[schema(example = "/var/lib/maysend")]
    data_dir: String,
    /// Seconds that requests in flight are given to finish at shutdown.
    #[schema(example = 20)]
    shutdown_seconds: u64,
    /// Origins that browsers may call from.
    #[schema(example = json!([]))]
    cors_origins: Vec<String>,
    /// Which lines are logged.
    #[schema(example = "info")]
    log_filter: String,
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
pub(super) async fn get_ready(State(app): State<Arc<App>>) -> Response {
    let mut reasons = reading(&app);
    match tokio::time::timeout(PATIENCE, app.store.append(Vec::new())).await {
        Ok(Ok(Ok(_))) => {}
        Ok(Ok(Err(error))) => reasons.push(reason(&error)),
        Ok(Err(_)) => reasons.push("writer_stopped"),
        Err(_) => reasons.push("writer_slow"),
    }
    reasons.dedup();
    let ready = reasons.is_empty();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    respond::json(status, &Ready { ready, reasons })
}

const fn reason(error: &StoreError) -> &'static str {
    match error {
        StoreError::Full(_) => "store_full",
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

/// What is it doing?
///
/// Versions, how full the ledger is, the limits and the settings. It holds no secret and nothing of any person.
#[utoipa::path(
    get,
    path = "/status",
    tag = "operation",
    responses((status = 200, description = "The state of the service.", body = Status), ProbeProblems)
)]
pub(super) async fn get_status(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    Ok(respond::json(StatusCode::OK, &status(&app)?))
}

fn status(app: &App) -> Result<Status, StoreError> {
    let view = app.store.view()?;
    let Usage { used, size } = app.store.usage()?;
    let permille = used.saturating_mul(1000).checked_div(size).unwrap_or_default();
    let uptime = clock::now().duration_since(app.started_at).as_secs();
    let http = &app.config.http;
    Ok(Status {
        version: env!("CARGO_PKG_VERSION"),
        rulebook: rules::RULEBOOK,
        started_at: app.started_at.to_string(),
        uptime_seconds: u64::try_from(uptime).unwrap_or_default(),
        store: StoreStatus {
            engine: "lmdb",
            used,
            size,
            used_percent: f64::from(u32::try_from(permille).unwrap_or(u32::MAX)) / 10.0,
            revision: view.head()?.to_string(),
            senders: view.sender_ids()?.len(),
        },
        limits: Limits {
            body_bytes: http.body_limit,
            message_body_bytes: http.message_body_limit,
            events_body_bytes: http.events_body_limit,
            events: http.events_limit,
            timeout_seconds: http.timeout_seconds,
        },
        config: Settings {
            bind: http.bind.to_string(),
            data_dir: app.config.store.data_dir.display().to_string(),
            shutdown_seconds: http.shutdown_seconds,
            cors_origins: http.cors_origins.clone(),
            log_filter: app.config.log.filter.clone(),
        },
    })
}
