//! Which path goes where, grouped by who calls.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate as _, SizeAbove},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::{
    check, events, middleware, openapi, probes,
    problem::{Kind, Problem},
    recipients, rules, senders,
};
use crate::app::App;

/// Answers smaller than this are sent as they are: packing them costs more than it saves.
const WORTH_PACKING: u64 = 1024;

/// Every route with its handler, and the specification made from them.
pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        // Who sends messages.
        .routes(routes!(check::check_send_request))
        .routes(routes!(events::record_events))
        .routes(routes!(senders::put_sender, senders::get_sender))
        .routes(routes!(senders::list_senders))
        // Who answers for them.
        .routes(routes!(recipients::show_recipient_history))
        .routes(routes!(rules::list_rules))
        .routes(routes!(rules::show_rule))
        // Who builds on them.
        .routes(routes!(openapi::show_openapi))
        // Who runs the service.
        .routes(routes!(probes::get_live))
        .routes(routes!(probes::get_ready))
        .routes(routes!(probes::get_status))
}

/// The whole service: the routes, and what surrounds them, the last layer outermost.
pub(super) fn router(app: &App) -> Router<Arc<App>> {
    let (router, _) = routes().split_for_parts();
    let limit = Duration::from_secs(app.config.http.timeout_seconds);
    let packing = SizeAbove::new(WORTH_PACKING).and(NotForContentType::IMAGES);
    let router = router
        .merge(pages())
        .fallback(unknown_route)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(limit, middleware::in_time))
        .layer(CatchPanicLayer::custom(middleware::panicked));
    let router = match app.config.http.cors_origins.as_slice() {
        [] => router,
        origins => router.layer(middleware::cross_origin(origins)),
    };
    router
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(packing))
        .layer(from_fn(middleware::surround))
}

/// A page to read and try the specification. All of it is served from here, and it asks no outside host anything.
fn pages() -> SwaggerUi {
    SwaggerUi::new("/docs").config(Config::new(["/openapi.json"]).validator_url("none").try_it_out_enabled(true))
}

async fn unknown_route() -> Problem {
    Problem::new(Kind::UnknownRoute, "nothing is served under this path; `GET /openapi.json` lists what is")
}

async fn method_not_allowed() -> Problem {
    Problem::new(Kind::MethodNotAllowed, "this path does not take this method; `Allow` lists those it takes")
}
