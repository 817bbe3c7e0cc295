//! Every route, as its callers use it.

use std::{
    collections::HashSet,
    io::{Read as _, Write as _},
};

use serde_json::{Value, json};

use crate::server::{Server, reply};

fn consent(id: &str) -> Value {
    json!({"type": "consent_given", "id": id, "occurred_at": "2026-03-01T09:30:00Z", "sender": "acme",
        "recipient": {"email": "Jo@Example.com"}, "how": "unticked_box", "channels": ["email"]})
}

fn history(server: &Server, changes: Value) -> Vec<Value> {
    let mut body = json!({"sender": "acme", "recipient": {"email": "jo@example.com", "phone": "07700 900123"}});
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    let reply = server.post("/recipients/history", &body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(!reply.text().to_lowercase().contains("jo@"));
    reply.json()["events"].as_array().unwrap().clone()
}

#[test]
fn an_event_is_recorded_once() {
    let server = Server::with_acme();
    let first = server.post("/events", &consent("form-1"));
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.json()["recorded"], 1);
    let again = server.post("/events", &json!([consent("form-1"), consent("form-1")]));
    assert_eq!((again.status, &again.json()["already_known"]), (200, &json!(2)));
    let mut other = consent("form-1");
    other["channels"] = json!(["sms"]);
    let conflict = server.post("/events", &json!([consent("form-2"), other]));
    assert_eq!((conflict.status, conflict.problem().as_str()), (409, "event-conflict"));
    assert_eq!(conflict.faults(), [("/1/id".to_owned(), "conflict".to_owned())]);
    assert_eq!(history(&server, json!({})).len(), 1);
}

#[test]
fn nothing_of_a_body_with_one_bad_event_is_recorded() {
    let server = Server::with_acme();
    let mut bad = consent("07700 900123");
    bad["recipient"] = json!({"phone": "+447700900123"});
    let mut stranger = consent("form-3");
    stranger["sender"] = json!("acmee");
    let lines = format!("{}\n{bad}\n{stranger}\n", consent("form-1"));
    let reply = server.call("POST", "/events", &[("Content-Type", "application/x-ndjson")], &lines);
    assert_eq!((reply.status, reply.problem().as_str()), (422, "event-refused"));
    assert_eq!(reply.json()["errors"][0]["line"], 2);
    assert_eq!(reply.faults(), [("/1/id".to_owned(), "contact_detail_in_text".to_owned())]);
    let reply = server.post("/events", &json!([consent("form-1"), stranger]));
    assert_eq!(reply.problem(), "sender-not-registered");
    assert_eq!(reply.json()["errors"][0]["did_you_mean"], "acme");
    assert_eq!(history(&server, json!({})), [] as [Value; 0]);
}

#[test]
fn cloud_events_are_events() {
    let server = Server::with_acme();
    let cloud = json!({"specversion": "1.0", "id": "form-1", "source": "/forms", "time": "2026-03-01T09:30:00Z",
        "type": "org.maysend.consent_given",
        "data": {"sender": "acme", "recipient": {"email": "jo@example.com"}, "channels": ["email"]}});
    let one = [("Content-Type", "application/cloudevents+json; charset=utf-8")];
    assert_eq!(server.call("POST", "/events", &one, &cloud.to_string()).status, 201);
    let batch = [("Content-Type", "application/cloudevents-batch+json")];
    assert_eq!(server.call("POST", "/events", &batch, &json!([cloud]).to_string()).status, 200);
    assert_eq!(history(&server, json!({}))[0]["type"], "consent_given");
}

#[test]
fn a_whole_register_is_about_nobody() {
    let server = Server::with_acme();
    let whole = json!({"type": "register_imported", "id": "tps-2026-11-20", "occurred_at": "2026-11-20T00:00:00Z",
        "register": "tps", "entries": 1_000_000});
    assert_eq!(server.post("/events", &whole).status, 201);
    assert_eq!(server.post("/events", &whole).status, 200);
    let cloud = json!({"specversion": "1.0", "id": "tps-2026-11-20", "source": "/tps", "time": "2026-11-20T00:00:00Z",
        "type": "register_imported", "data": {"register": "tps", "entries": 1_000_000}});
    let one = [("Content-Type", "application/cloudevents+json")];
    assert_eq!(server.call("POST", "/events", &one, &cloud.to_string()).status, 200);
    for (field, value, status, place, code) in [
        ("recipient", json!({"phone": "+447700900123"}), 400, "/recipient", "unknown_field"),
        ("recipient", json!({}), 400, "/recipient", "unknown_field"),
        ("sender", json!("acme"), 400, "/sender", "unknown_field"),
        ("entries", json!(0), 422, "/entries", "too_small"),
        ("register", json!("fundraising_preference"), 422, "/register", "not_a_whole_register"),
    ] {
        let mut changed = whole.clone();
        changed[field] = value;
        let reply = server.post("/events", &changed);
        assert_eq!((reply.status, reply.faults()), (status, vec![(place.to_owned(), code.to_owned())]), "{field}");
    }
    let mut cloud = cloud;
    cloud["data"]["recipient"] = json!({"phone": "+447700900123"});
    let reply = server.call("POST", "/events", &one, &cloud.to_string());
    assert_eq!(reply.faults(), [("/data/recipient".to_owned(), "unknown_field".to_owned())]);
    let mut given = json!({"sender": "acme", "channel": "email", "purpose": "commercial",
        "recipient": {"email": "jo@example.com"}});
    given["given"] = json!([{"type": "register_imported", "occurred_at": "2026-11-20T00:00:00Z", "register": "tps",
        "entries": 1}]);
    assert_eq!(server.post("/check", &given).faults(), [("/given/0/type".to_owned(), "not_allowed".to_owned())]);
    assert_eq!(history(&server, json!({})), [] as [Value; 0]);
}

#[test]
fn a_history_tells_what_was_found_by_which_detail() {
    let server = Server::with_acme();
    let objection = json!({"type": "objection_raised", "id": "letter-1", "occurred_at": "2026-01-05T00:00:00Z",
        "sender": "acme", "recipient": {"email": "boss@example.com"}, "on_behalf_of": "company"});
    let listing = json!({"type": "register_listed", "id": "tps-1", "occurred_at": "2026-02-01T00:00:00Z",
        "recipient": {"phone": "+447700900123"}, "register": "tps"});
    let mut both = consent("form-1");
    both["recipient"]["phone"] = json!("+44 7700 900123");
    let reply = server.post("/events", &json!([both, objection, listing]));
    assert_eq!(reply.status, 201, "{}", reply.text());
    let seen: Vec<_> = history(&server, json!({})).iter().map(|e| format!("{} {}", e["id"], e["matched_by"])).collect();
    assert_eq!(seen, [r#""letter-1" ["domain"]"#, r#""tps-1" ["phone"]"#, r#""form-1" ["email","phone"]"#]);
    assert_eq!(history(&server, json!({"as_of": "2026-02-01"})).len(), 2);
    assert_eq!(history(&server, json!({"as_of": "2026-01-31"})).len(), 1);
    assert_eq!(history(&server, json!({"as_of": "2026-01-05T00:00:00Z"})).len(), 1);
}

#[test]
fn a_sender_is_registered_replaced_and_shown() {
    let server = Server::with_acme();
    let profile = json!({"legal_name": "Acme Bikes Limited", "kind": "company", "trading_names": ["Acme"]});
    let reply = server.put("/senders/acme", &profile);
    assert_eq!((reply.status, &reply.json()["id"]), (200, &json!("acme")));
    let shown = server.get("/senders/acme");
    assert_eq!((shown.status, &shown.json()["legal_name"]), (200, &json!("Acme Bikes Limited")));
    assert_eq!(server.get("/senders").json()["senders"], json!([shown.json()]));
    assert_eq!(server.get("/senders/acmé").problem(), "sender-not-found");
    assert_eq!(server.get("/senders/acm").json()["errors"][0]["did_you_mean"], "acme");
}

#[test]
fn the_rulebook_can_be_read() {
    let server = Server::start();
    let rules = server.get("/rules").json();
    let id = rules["rules"][0]["id"].as_str().unwrap().to_owned();
    let rule = server.get(&format!("/rules/{id}")).json();
    assert!(rule["versions"][0]["law"].as_str().is_some_and(|law| !law.is_empty()));
    assert_eq!(server.get("/rules?as_of=2026-03-01").json()["as_of"], "2026-03-01");
}

#[test]
fn probes_tell_how_it_is() {
    let server = Server::with_acme();
    assert_eq!(server.get("/live").json(), json!({"status": "alive"}));
    assert_eq!(server.get("/ready").json(), json!({"ready": true, "reasons": []}));
    let status = server.get("/status").json();
    assert_eq!(status["store"]["senders"], 1);
    assert_eq!(status["store"]["revision"], "r1-1");
}

#[test]
fn the_specification_names_every_operation_and_needs_no_other_document() {
    let server = Server::start();
    let document = server.get("/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    let operations: Vec<&Value> = paths.values().flat_map(|path| path.as_object().unwrap().values()).collect();
    let ids: HashSet<&str> = operations.iter().filter_map(|o| o["operationId"].as_str()).collect();
    assert_eq!(ids.len(), operations.len());
    for operation in operations {
        assert!(operation["summary"].is_string() && operation["tags"].is_array(), "{operation}");
    }
    let mut referred = HashSet::new();
    references(&document, &mut referred);
    for reference in referred {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
}

fn references(value: &Value, found: &mut HashSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_page_to_try_it_asks_no_other_host() {
    let server = Server::start();
    assert_eq!(server.get("/docs").header("location"), Some("/docs/"));
    let page = server.get("/docs/");
    assert_eq!(page.status, 200);
    let settings = server.get("/docs/swagger-initializer.js");
    for text in [page.text(), settings.text()] {
        assert!(!text.contains("http://") && !text.contains("https://"), "{text}");
    }
    assert!(settings.text().contains("/openapi.json"));
    assert_eq!(server.get("/docs/nothing.js").problem(), "unknown-route");
}

#[test]
fn a_large_answer_is_packed_where_the_caller_can_unpack_it() {
    let reply = Server::start().call("GET", "/openapi.json", &[("Accept-Encoding", "gzip")], "");
    assert_eq!(reply.header("content-encoding"), Some("gzip"));
}

#[test]
fn browsers_may_call_from_the_origins_that_are_set() {
    let origin = [("Origin", "https://console.example.com")];
    assert_eq!(Server::start().call("GET", "/live", &origin, "").header("access-control-allow-origin"), None);
    let server = Server::with(|config| config.http.cors_origins = vec!["https://console.example.com".to_owned()]);
    let reply = server.call("GET", "/live", &origin, "");
    assert_eq!(reply.header("access-control-allow-origin"), Some("https://console.example.com"));
}

#[test]
fn requests_in_flight_are_finished_at_shutdown_and_no_longer_than_allowed() {
    let mut server = Server::with_acme();
    let body = r#"{"sender":"acme","recipient":{"email":"jo@example.com"}}"#;
    let head = format!(
        "POST /recipients/history HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\n\r\n",
        body.len()
    );
    let mut in_flight = server.send(head.as_bytes());
    let mut stalled = server.send(head.as_bytes());
    // Each is in flight once it is asked for its body.
    for request in [&mut in_flight, &mut stalled] {
        let mut go_on = *b"HTTP/1.1 100 Continue\r\n\r\n";
        request.read_exact(&mut go_on).unwrap();
        assert_eq!(go_on, *b"HTTP/1.1 100 Continue\r\n\r\n");
    }
    let (start, rest) = body.split_at(10);
    in_flight.write_all(start.as_bytes()).unwrap();
    server.begin_to_stop();
    while server.is_listening() {
        std::thread::yield_now();
    }
    in_flight.write_all(rest.as_bytes()).unwrap();
    assert_eq!(reply(in_flight).status, 200);
    server.wait();
}

#[test]
fn a_full_ledger_says_so_and_goes_on_deciding() {
    let server = Server::with(|config| config.store.map_size = 1 << 20);
    let acme = json!({"legal_name": "Acme Bikes Ltd", "kind": "company"});
    assert_eq!(server.put("/senders/acme", &acme).status, 201);
    let objection = |batch: usize, person: usize| {
        json!({
            "type": "objection_raised", "id": format!("{batch}-{person}"), "occurred_at": "2026-03-01T09:30:00Z",
            "sender": "acme", "recipient": {"email": format!("p{batch}-{person}@example.com")},
        })
    };
    let full = (0..100).find(|batch| {
        let events: Vec<Value> = (0..200).map(|person| objection(*batch, person)).collect();
        let reply = server.post("/events", &json!(events));
        if reply.status != 201 {
            assert_eq!((reply.status, reply.problem().as_str()), (507, "store-full"), "{}", reply.text());
        }
        reply.status != 201
    });
    let full = full.expect("a ledger of 1 MiB is full some day");
    assert!(full > 0, "the first objections were recorded");
    let store = server.get("/status").json()["store"].clone();
    assert!(store["used"].as_u64() > Some(0) && store["size"] == 1 << 20, "{store}");
    // What was acknowledged is heeded all the same.
    let check = json!({"sender": "acme", "channel": "email", "purpose": "commercial",
        "recipient": {"email": "p0-0@example.com"}});
    let answer = server.post("/check", &check).json();
    assert_eq!(answer["reasons"][0]["rule"], "uk_gdpr.art21.objection", "{answer}");
}
