//! Which path goes where, grouped by who calls.

use std::{sync::Arc, time::Duration};

use axum::{Router, routing::Route};
use tower::{Layer as _, layer::layer_fn};
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::{
    batch, check, checkpoint, decisions, erasure, events, evidence, messages,
    middleware::{self, Guarded, Surrounded},
    openapi, probes,
    problem::{Kind, Problem},
    recipients, rules, senders, status,
};
use crate::{app::App, config};

/// Every route with its handler, and the specification made from them.
pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        // Who sends messages.
        .routes(routes!(check::check_send_request))
        .routes(routes!(batch::check_batch))
        .routes(routes!(messages::read_message))
        .routes(routes!(events::record_events))
        .routes(routes!(senders::put_sender, senders::get_sender))
        .routes(routes!(senders::list_senders))
        // Who answers for them.
        .routes(routes!(decisions::show_decision))
        .routes(routes!(decisions::search_decisions))
        .routes(routes!(recipients::show_recipient_history))
        .routes(routes!(evidence::show_recipient_evidence))
        .routes(routes!(erasure::erase_recipient))
        .routes(routes!(checkpoint::sign_checkpoint))
        .routes(routes!(rules::list_rules))
        .routes(routes!(rules::show_rule))
        // Who builds on them.
        .routes(routes!(openapi::show_openapi))
        // Who runs the service.
        .routes(routes!(probes::get_live))
        .routes(routes!(probes::get_ready))
        .routes(routes!(status::get_status))
}

/// The whole service: the routes and the pages, and what surrounds them.
pub(super) fn router(app: &App) -> Router<Arc<App>> {
    let (router, _) = routes().split_for_parts();
    surrounded(router.merge(pages()), &app.config.http)
}

/// Routes with what surrounds every request.
fn surrounded<S: Clone + Send + Sync + 'static>(router: Router<S>, config: &config::Http) -> Router<S> {
    let limit = Duration::from_secs(config.timeout_seconds);
    let guarded = move |routes: Route| Guarded { routes, limit };
    let router = router.fallback(unknown_route).method_not_allowed_fallback(method_not_allowed);
    match config.cors_origins.as_slice() {
        [] => router.layer(layer_fn(move |routes| Surrounded(guarded(routes)))),
        origins => {
            let crossed = middleware::cross_origin(origins);
            router.layer(layer_fn(move |routes| Surrounded(crossed.layer(guarded(routes)))))
        }
    }
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

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        sync::{Mutex, PoisonError},
    };

    use axum::{
        body::Body,
        http::{Request, StatusCode},
        routing::get,
    };
    use http_body_util::BodyExt as _;
    use serde_json::Value;
    use tower::ServiceExt as _;

    use super::*;
    use crate::telemetry;

    async fn panics() -> &'static str {
        panic!("jo@example.com")
    }

    async fn is_slow() -> &'static str {
        std::future::pending().await
    }

    /// What the service logs, and what it answers, to one request with an address in every place that can hold one.
    fn told(path: &str) -> (String, StatusCode, Value) {
        #[derive(Clone, Default)]
        struct Log(Arc<Mutex<Vec<u8>>>);
        impl Write for Log {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let log = Log::default();
        let writer = log.clone();
        let subscriber = telemetry::lines_for_tests(config::LogFormat::Json, move || writer.clone());
        let config = config::Http {
            bind: "127.0.0.1:0".parse().expect("an address"),
            body_limit: 1,
            message_body_limit: 1,
            events_body_limit: 1,
            events_limit: 1,
            batch_line_limit: 1,
            batch_idle_seconds: 1,
            timeout_seconds: 1,
            at_least_wait_ms: 100,
            shutdown_seconds: 1,
            cors_origins: Vec::new(),
        };
        let routes = Router::new().route("/panics/{id}", get(panics)).route("/slow/{id}", get(is_slow));
        let request = Request::get(format!("{path}/jo@example.com?x=jo@example.com"))
            .header("User-Agent", "jo@example.com")
            .header("X-Request-Id", "order-17")
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .body(Body::from("jo@example.com"))
            .expect("a request");
        let answered = async {
            let response = surrounded(routes, &config).oneshot(request).await.expect("an answer");
            let status = response.status();
            (status, response.into_body().collect().await.expect("a body").to_bytes())
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (status, body) = tracing::subscriber::with_default(subscriber, || runtime.block_on(answered));
        let log = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (String::from_utf8(log).expect("text"), status, serde_json::from_slice(&body).expect("JSON"))
    }

    #[rstest::rstest]
    #[case("/nothing", "unknown", 404, "unknown-route")]
    #[case("/panics", "/panics/{id}", 500, "internal")]
    #[case("/slow", "/slow/{id}", 408, "too-slow")]
    fn every_answer_has_an_id_and_a_log_line_without_an_address(
        #[case] path: &str,
        #[case] route: &str,
        #[case] status: u16,
        #[case] kind: &str,
    ) {
        let (log, answered, problem) = told(path);
        assert_eq!((answered.as_u16(), &problem["instance"]), (status, &Value::from("order-17")));
        assert_eq!(problem["type"], format!("urn:maysend:problem:{kind}"));
        assert!(!log.contains("jo@") && !problem.to_string().contains("jo@"), "{log}");
        let last: Value = serde_json::from_str(log.lines().last().expect("a line")).expect("JSON");
        assert_eq!((&last["route"], &last["status"]), (&route.into(), &status.into()));
        assert_eq!(last["span"]["request_id"], "order-17");
        assert_eq!(last["span"]["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
    }
}
