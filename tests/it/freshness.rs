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

/// An event recorded elsewhere is on its way: whoever asks for it a little too early waits for it, and no longer than
/// the configuration says.
#[test]
fn a_check_waits_for_the_revision_that_it_must_take_account_of() {
    let server = Server::with(|config| config.http.at_least_wait_ms = 9_000);
    let profile = json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" });
    assert_eq!(server.put("/senders/acme", &profile).status, 201);
    let request = json!({
        "sender": "acme", "channel": "email", "purpose": "commercial", "recipient": { "email": "jo@example.com" },
        "at_least": "r1-2",
    });
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| server.post("/check", &request));
        assert_eq!(server.post("/events", &event("objection_raised", "o1", -5)).status, 201);
        let answer = waiting.join().unwrap();
        assert_eq!((answer.status, &answer.json()["revision"]), (200, &json!("r1-2")), "{}", answer.text());
        assert_eq!(answer.json()["reasons"][0]["rule"], "uk_gdpr.art21.objection");
    });
}

#[test]
fn a_revision_that_does_not_come_is_told_of_in_time() {
    let server = Server::with_acme();
    let request = json!({
        "sender": "acme", "channel": "email", "purpose": "commercial", "recipient": { "email": "jo@example.com" },
        "at_least": "r1-2",
    });
    let answer = server.post("/check", &request);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "stale"));
    assert!(answer.header("retry-after").is_some());
}

/// A ledger whose newest record is of tomorrow: either the clock was set back since, or it ran ahead then.
#[test]
fn a_clock_that_was_set_back_is_told() {
    let server = Server::start();
    let tomorrow = maysend::clock::now().checked_add(24.hours()).unwrap();
    let profile = serde_json::from_value(json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" })).unwrap();
    let record = maysend::ledger::record::of_sender("acme", &profile, server.identity(), tomorrow).unwrap();
    server.append(vec![record]);
    let status = server.get("/status").json();
    let behind = status["clock"]["behind_ms"].as_u64().unwrap();
    assert!((86_000_000..=86_400_000).contains(&behind), "{status}");
    let answer = check(&server);
    assert!(warns(&answer, "clock_behind"), "{answer}");
}
