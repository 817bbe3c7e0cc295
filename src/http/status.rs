//! `/status`: everything a person asks of a running service.

use std::sync::Arc;

use axum::{extract, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    problem::{Problem, problems},
    respond,
};
use crate::{
    app::App,
    clock,
    decisions::{self, Counters, DecisionLog, State},
    rules,
    store::{StoreError, Usage},
};

problems!(StatusProblems:);

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
    /// The decision log.
    decisions: LogStatus,
    /// The clock.
    clock: ClockStatus,
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

/// The decision log, counted since the process started. `decided` is always `logged` and `dropped` together.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LogStatus {
    /// `open`, `full`, `failing` or `closed`.
    #[schema(example = "open")]
    state: &'static str,
    /// Bytes in use.
    #[schema(example = 16_777_216)]
    used: u64,
    /// Bytes it may take up.
    #[schema(example = 68_719_476_736_u64)]
    size: u64,
    /// How many decisions it holds or has held.
    #[schema(example = 1200)]
    decisions: u64,
    /// Decisions that were answered.
    #[schema(example = 1200)]
    decided: u64,
    /// Of these, kept.
    #[schema(example = 1200)]
    logged: u64,
    /// Of these, not kept, since there was no room (`decisions.on_full = "drop"`).
    #[schema(example = 0)]
    dropped: u64,
    /// Checks that waited for room (`decisions.on_full = "block"`).
    #[schema(example = 0)]
    blocked: u64,
    /// Checks that were refused for want of room.
    #[schema(example = 0)]
    refused: u64,
}

/// The clock that everything here is measured by.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClockStatus {
    /// What it shows.
    #[schema(format = "date-time", example = "2026-11-21T09:00:00Z")]
    now: String,
    /// By how many milliseconds it is behind the newest record of the ledger: more than 0 means that it was set back, or
    /// had run ahead when that record was taken in.
    #[schema(example = 0)]
    behind_ms: u64,
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
    /// Bytes of a line of `POST /check/batch`. The number of lines has no limit.
    #[schema(example = 1_048_576)]
    batch_line_bytes: usize,
    /// Seconds in which nothing of a batch is sent and nothing of its answer taken, before it is ended.
    #[schema(example = 60)]
    batch_idle_seconds: u64,
    /// Seconds that a request may take; of a batch, up to its first line.
    #[schema(example = 30)]
    timeout_seconds: u64,
    /// Milliseconds that a check waits for the revision that its `at_least` asks for.
    #[schema(example = 100)]
    at_least_wait_ms: u64,
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

/// What is it doing?
///
/// Versions, how full the ledger is, the limits and the settings. It holds no secret and nothing of any person.
#[utoipa::path(
    get,
    path = "/status",
    tag = "operation",
    responses((status = 200, description = "The state of the service.", body = Status), StatusProblems)
)]
pub(super) async fn get_status(extract::State(app): extract::State<Arc<App>>) -> Result<Response, Problem> {
    Ok(respond::json(StatusCode::OK, &status(&app)?))
}

fn status(app: &App) -> Result<Status, StoreError> {
    let view = app.store.view()?;
    let Usage { used, size } = app.store.usage()?;
    let permille = used.saturating_mul(1000).checked_div(size).unwrap_or_default();
    let now = clock::now();
    let uptime = now.duration_since(app.started_at).as_secs();
    let behind = app.store.progress().borrow().recorded_at.duration_since(now);
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
        decisions: log(&app.decisions),
        clock: ClockStatus { now: now.to_string(), behind_ms: u64::try_from(behind.as_millis()).unwrap_or_default() },
        limits: Limits {
            body_bytes: http.body_limit,
            message_body_bytes: http.message_body_limit,
            events_body_bytes: http.events_body_limit,
            events: http.events_limit,
            batch_line_bytes: http.batch_line_limit,
            batch_idle_seconds: http.batch_idle_seconds,
            timeout_seconds: http.timeout_seconds,
            at_least_wait_ms: http.at_least_wait_ms,
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

fn log(log: &DecisionLog) -> LogStatus {
    let Counters { decided, logged, dropped, blocked, refused } = log.counters();
    let state = match log.state() {
        State::Open => "open",
        State::Full => "full",
        State::Failing => "failing",
        State::Closed => "closed",
    };
    let decisions::Usage { used, size, .. } = log.usage();
    LogStatus { state, used, size, decisions: log.head().decisions, decided, logged, dropped, blocked, refused }
}
