//! The handler that the peers stand behind: it reads the body of `POST /check` into the same type as the service does,
//! and answers a fixed decision, or what a store says of the address.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse as _, Response},
    routing::{get, post},
    serve::ListenerExt as _,
};
use maysend::check::request::SendRequest;
use redis::aio::MultiplexedConnection;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_postgres::{Client, NoTls, Statement};

use crate::Outcome;

/// As many as a pool has that is sized by a common rule: twice the cores and a little.
const POSTGRES_CONNECTIONS: usize = 8;

const ALLOW: &str = r#"{"decision":"allow","reasons":[{"rule":"pecr.reg22.consent","outcome":"met"}]}"#;
const DENY: &str = r#"{"decision":"deny","reasons":[{"rule":"uk_gdpr.art21.objection","outcome":"failing"}]}"#;

/// What the handler asks.
/// As long as what the service says of an allow.
static LONG: LazyLock<String> = LazyLock::new(|| ALLOW.to_owned() + &" ".repeat(5_400 - ALLOW.len()));

enum Store {
    Nothing,
    /// But for the length of the answer.
    NothingLong,
    /// One connection, on which requests do not wait for each other.
    Redis(MultiplexedConnection),
    Postgres {
        clients: Vec<(Client, Statement)>,
        next: AtomicUsize,
    },
}

/// Serves until it is told to stop.
pub(crate) fn run(kind: &str, address: &str, of: &str) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Arc::new(Store::of(kind, of).await?);
        // As the service does: an answer is one small write.
        let listener = TcpListener::bind(address).await?.tap_io(|connection| drop(connection.set_nodelay(true)));
        let router = Router::new().route("/check", post(check)).route("/ready", get(|| async { "ready" }));
        let mut stop = signal(SignalKind::interrupt())?;
        tokio::select! {
            served = axum::serve(listener, router.with_state(store)).into_future() => Ok(served?),
            _ = stop.recv() => Ok(()),
        }
    })
}

async fn check(State(store): State<Arc<Store>>, body: Bytes) -> Response {
    let Ok(request) = serde_json::from_slice::<SendRequest>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if matches!(*store, Store::NothingLong) {
        return ([(CONTENT_TYPE, "application/json")], LONG.as_str()).into_response();
    }
    let address = request.recipient.email.as_ref().map_or("", |email| email.expose());
    match store.suppresses(address).await {
        Ok(suppressed) => ([(CONTENT_TYPE, "application/json")], if suppressed { DENY } else { ALLOW }).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

impl Store {
    async fn of(kind: &str, of: &str) -> Outcome<Self> {
        match kind {
            "ceiling" => Ok(Self::Nothing),
            "ceiling-long" => Ok(Self::NothingLong),
            "redis" => {
                let client = redis::Client::open(format!("redis://{of}"))?;
                Ok(Self::Redis(client.get_multiplexed_async_connection().await?))
            }
            "postgres" => {
                let mut clients = Vec::new();
                for _ in 0..POSTGRES_CONNECTIONS {
                    let (client, connection) = tokio_postgres::connect(of, NoTls).await?;
                    tokio::spawn(connection);
                    let statement = client.prepare("SELECT 1 FROM suppressed WHERE address = $1").await?;
                    clients.push((client, statement));
                }
                Ok(Self::Postgres { clients, next: AtomicUsize::new(0) })
            }
            other => Err(format!("there is no peer `{other}`").into()),
        }
    }

    async fn suppresses(&self, address: &str) -> Outcome<bool> {
        match self {
            Self::Nothing | Self::NothingLong => Ok(false),
            Self::Redis(connection) => {
                let mut command = redis::cmd("SISMEMBER");
                Ok(command.arg("suppressed").arg(address).query_async(&mut connection.clone()).await?)
            }
            Self::Postgres { clients, next } => {
                let at = next.fetch_add(1, Ordering::Relaxed) % clients.len();
                let (client, statement) = clients.get(at).ok_or("no connection")?;
                Ok(client.query_opt(statement, &[&address]).await?.is_some())
            }
        }
    }
}
