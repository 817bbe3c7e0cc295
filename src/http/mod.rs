//! The HTTP service: one router, one handler a route, one file a resource.
//!
//! - `router`: which path goes where, grouped by who calls.
//! - `check`, `decisions`, `messages`, `events`, `senders`, `recipients`, `evidence`, `erasure`, `rules`, `probes`, `status`, `checkpoint`:
//!   the handlers and their wire types.
//! - `strict`: a body that keeps to its specification, or a problem with all its faults (see [`crate::strict`]).
//! - [`problem`]: every error that a caller can see, and the only place that knows its status.
//! - `aside`: large bodies, worked on where nobody waits for them.
//! - `middleware`: the id, the log line, the time limit and the panic of every request.
//! - [`openapi`]: the specification, made from the handlers.
//!
//! A decision is an answer, whichever way it goes; a problem means that there is none. Nothing here writes an address
//! or a number into a log, a problem or a panic.

mod aside;
mod body;
mod check;
mod checkpoint;
mod cloudevents;
mod decisions;
pub(crate) mod decisions_body;
pub(crate) mod erasure;
mod events;
mod events_body;
pub(crate) mod evidence;
mod examples;
mod fresh;
mod json;
pub(crate) mod messages;
mod messages_body;
mod middleware;
mod negotiate;
pub mod openapi;
mod person;
mod probes;
pub mod problem;
mod query;
mod recipients;
mod respond;
mod router;
pub(crate) mod rules;
mod senders;
mod status;
pub mod strict;

use std::{future::Future, sync::Arc, time::Duration};

use axum::serve::ListenerExt as _;
use tokio::{net::TcpListener, sync::oneshot};

use crate::app::App;

/// Serves requests until `shutdown` resolves, then no new ones, and those in flight for as long as the configuration
/// gives them. What was handed to the store's writer is the caller's to wait for.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let grace = Duration::from_secs(app.config.http.shutdown_seconds);
    // An answer is one small write: waiting for more to send with it only makes it late.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its answers back");
        }
    });
    let (begin, begun) = oneshot::channel();
    let server = axum::serve(listener, router::router(&app).with_state(app)).with_graceful_shutdown(async move {
        shutdown.await;
        tracing::info!("shutting down: no new requests are taken");
        // The other side is gone only when the server has ended already.
        let _ = begin.send(());
    });
    let too_long = async move {
        match begun.await {
            Ok(()) => tokio::time::sleep(grace).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        ended = server.into_future() => ended,
        () = too_long => {
            let seconds = grace.as_secs();
            tracing::warn!(seconds, "some requests did not end within {seconds} seconds and are cut off");
            Ok(())
        }
    }
}
