//! How new the facts are: waiting for a revision, events from the future, a clock that was set back.

use jiff::ToSpan as _;
use serde_json::{Value, json};

use crate::server::Server;

fn event(kind: &str, id: &str, hours_ahead: i64) -> Value {
    let at = maysend::clock::now().checked_add(hours_ahead.hours()).unwrap();
    let mut event = json!({
        "type": kind, "id": id, "occurred_at": at.to_string(), "sender": "acme", "recipient": { "email": "jo@example.com" },
    });
    if kind == "consent_given" {
        let consent = json!({
            "channels": ["email"], "how": "unticked_box", "separate": true, "conditional": false, "withdrawal_told": true,
            "wording": "Email me offers",
        });
        event.as_object_mut().unwrap().extend(consent.as_object().unwrap().clone());
    }
    event
}

fn check(server: &Server) -> Value {
    let request = json!({
        "sender": "acme", "channel": "email", "purpose": "commercial", "recipient": { "email": "jo@example.com" },
        "message": { "identifies_sender": true, "reply_address": true, "opt_out": "link", "clearly_commercial": true,
            "websites_comply": true },
    });
    server.post("/check", &request).json()
}

fn warns(answer: &Value, code: &str) -> bool {
    answer["warnings"].as_array().is_some_and(|all| all.iter().any(|warning| warning["code"] == code))
}

/// What a person agrees to counts from its time on; what a person says against marketing counts at once.
#[test]
fn an_event_from_the_future_is_told_and_only_protects() {
    let server = Server::with_acme();
    assert_eq!(server.post("/events", &event("consent_given", "c1", 5)).status, 201);
    let answer = check(&server);
    assert_eq!((&answer["decision"], warns(&answer, "event_in_future")), (&json!("deny"), true), "{answer}");
    assert_eq!(server.post("/events", &event("consent_given", "c2", -5)).status, 201);
    let answer = check(&server);
    assert_eq!((&answer["decision"], warns(&answer, "event_in_future")), (&json!("allow"), true), "{answer}");
    assert_eq!(server.post("/events", &event("objection_raised", "o1", 5)).status, 201);
    assert_eq!(check(&server)["reasons"][0]["rule"], "uk_gdpr.art21.objection");
    let refused = server.post("/events", &event("consent_given", "c3", 30));
    assert_eq!((refused.status, refused.problem().as_str()), (422, "event-refused"));
}
