//! The decision log as callers see it: every decision of `/check` can be shown and found, and nothing else can.

use serde_json::{Value, json};

use crate::server::{Reply, Server};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn request(email: &str) -> Value {
    json!({"sender": "acme", "channel": "email", "purpose": "commercial", "recipient": {"email": email},
        "message": {"opt_out": "link"}})
}

fn checked(server: &Server, body: &Value) -> Value {
    let reply = server.post("/check?detail=full", body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn id(answer: &Value) -> String {
    answer["decision_id"].as_str().expect("an id").to_owned()
}

fn show(server: &Server, id: &str) -> Value {
    let reply = server.get(&format!("/decisions/{id}"));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn search(server: &Server, body: Value) -> Vec<String> {
    let reply = server.post("/decisions/search", &body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["decisions"].as_array().expect("a list").iter().map(id).collect()
}

fn consent(id: &str, email: &str) -> Value {
    json!({"type": "consent_given", "id": id, "occurred_at": "2026-03-01T09:30:00Z", "sender": "acme",
        "recipient": {"email": email}, "how": "unticked_box", "channels": ["email"], "separate": true,
        "conditional": false, "withdrawal_told": true, "evidence": "form 17"})
}

#[test]
fn a_decision_is_shown_with_everything_that_it_rested_on() {
    let server = Server::with_acme();
    assert_eq!(server.post("/events", &consent("form-1", "jo@example.com")).status, 201);
    let mut body = request("jo@example.com");
    body["message"] = json!({"opt_out": "link", "identifies_sender": true, "reply_address": true,
        "text": "Dear Jo, spring is here. Unsubscribe: https://mail.example/unsubscribe"});
    body["campaign"] = json!("spring 2026");
    let headers = [
        JSON,
        ("X-Request-Id", "order-17"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
    ];
    let reply = server.call("POST", "/check?detail=full", &headers, &body.to_string());
    let answer = reply.json();
    assert_eq!(answer["decision"], "allow", "{}", reply.text());
    let shown = show(&server, &id(&answer));
    for field in ["decision_id", "decision", "revision", "law"] {
        assert_eq!(shown[field], answer[field], "{field}");
    }
    assert_eq!((&shown["sender"], &shown["campaign"]), (&json!("acme"), &json!("spring 2026")));
    assert_eq!((&shown["channel"], &shown["purpose"]), (&json!("email"), &json!("commercial")));
    assert_eq!((&shown["request_id"], &shown["live"]), (&json!("order-17"), &json!(true)));
    assert_eq!(shown["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!((&shown["person"], &shown["proof"]["number"]), (&json!("linked"), &json!(0)));
    assert!(shown["duration_us"].as_u64().is_some_and(|taken| taken > 0));
    let event = json!({"id": "form-1", "type": "consent_given", "occurred_at": "2026-03-01T09:30:00Z",
        "source": "ledger", "revision": "r1-2"});
    let basis = json!({"kind": "consent", "rule": "pecr.reg22.consent", "event": event});
    assert_eq!(shown["basis"], basis);
    let bare = |fact: &Value| json!({"fact": fact["fact"], "value": fact["value"], "source": fact["source"]});
    let facts: Value = shown["facts"].as_array().expect("facts").iter().map(bare).collect();
    assert_eq!(facts, answer["detail"]["facts"]);
    let given = shown["facts"].as_array().into_iter().flatten().find(|fact| fact["fact"] == "consent_given");
    assert_eq!(given.expect("a consent")["event"], event);
    assert!(!shown.to_string().contains("spring is here") && !shown.to_string().contains("jo@"));
    let text = server.call("GET", &format!("/decisions/{}", id(&answer)), &[("Accept", "text/plain")], "");
    assert!(text.text().starts_with(
        "ALLOW: this message was allowed.\nBy email for commercial, from acme.\nCampaign: spring 2026.\n"
    ));
    assert!(text.text().contains("proved by consent_given `form-1` of 2026-03-01T09:30:00Z"), "{}", text.text());
}

#[test]
fn a_given_event_is_told_without_the_callers_id() {
    let server = Server::with_acme();
    let mut body = request("jo@example.com");
    body["given"] = json!([{"type": "objection_raised", "id": "mail-77", "occurred_at": "2026-03-01T09:30:00Z"}]);
    let shown = show(&server, &id(&checked(&server, &body)));
    assert!(!shown.to_string().contains("mail-77"), "{shown}");
    let objection = shown["facts"].as_array().into_iter().flatten().find(|fact| fact["fact"] == "objection_raised");
    let objection = objection.expect("the objection");
    assert_eq!(
        (&objection["value"], &objection["source"]),
        (&json!("objection_raised of 2026-03-01T09:30:00Z"), &json!("given"))
    );
    let event = json!({"type": "objection_raised", "occurred_at": "2026-03-01T09:30:00Z", "source": "given"});
    assert_eq!(objection["event"], event);
}

#[test]
fn decisions_are_found_by_the_person_and_by_what_they_are() {
    let server = Server::with_acme();
    let bold = server.put("/senders/bold", &json!({"legal_name": "Bold Ltd", "kind": "company"}));
    assert_eq!(bold.status, 201);
    assert_eq!(server.post("/events", &consent("form-1", "al@example.com")).status, 201);
    let mut allowed = request("al@example.com");
    allowed["message"] = json!({"opt_out": "link", "identifies_sender": true, "reply_address": true});
    let mut of_bold = request("jo@example.com");
    of_bold["sender"] = json!("bold");
    of_bold["campaign"] = json!("spring");
    let mut by_nobody = request("jo@example.com");
    by_nobody["sender"] = json!({"legal_name": "Nobody Ltd", "kind": "company"});
    let bodies = [request("jo@example.com"), allowed, of_bold, by_nobody];
    let [jo, al, bold, nobody] = bodies.map(|body| id(&checked(&server, &body)));
    let all = |ids: &[&String]| ids.iter().map(|id| (*id).clone()).collect::<Vec<_>>();
    assert_eq!(search(&server, json!({})), all(&[&nobody, &bold, &al, &jo]));
    let person = |email: &str| json!({"email": email, "phone": "07700 900123"});
    assert_eq!(search(&server, json!({"recipient": person("Jo@EXAMPLE.com")})), all(&[&nobody, &bold, &jo]));
    assert_eq!(search(&server, json!({"recipient": person("jo@example.com"), "sender": "acme"})), all(&[&jo]));
    assert_eq!(search(&server, json!({"recipient": person("ed@example.com")})), all(&[]));
    assert_eq!(search(&server, json!({"sender": "bold", "campaign": "spring"})), all(&[&bold]));
    assert_eq!(search(&server, json!({"decision": "allow"})), all(&[&al]));
    assert_eq!(search(&server, json!({"rule": "pecr.reg22.consent", "decision": "deny"})).len(), 3);
    assert_eq!(search(&server, json!({"from": "2100-01-01"})), all(&[]));
    let page = server.post("/decisions/search", &json!({"limit": 3})).json();
    assert_eq!(page["decisions"].as_array().map(Vec::len), Some(3));
    let rest = search(&server, json!({"limit": 3, "cursor": page["next"]}));
    assert_eq!(rest, all(&[&jo]));
    let first = &page["decisions"][0];
    assert_eq!(
        (&first["channel"], &first["decision"], &first["person"]),
        (&json!("email"), &json!("deny"), &json!("linked"))
    );
    assert!(first.get("sender").is_none() && first["rules"].as_array().is_some_and(|rules| !rules.is_empty()));
    assert_eq!(page["decisions"][1]["campaign"], "spring");
}

#[test]
fn a_misspelt_rule_and_a_misspelt_field_are_told_with_what_was_meant() {
    let server = Server::with_acme();
    let meant = |reply: Reply| {
        let fault = &reply.json()["errors"][0];
        (reply.status, fault["pointer"].clone(), fault["did_you_mean"].clone())
    };
    let rule = server.post("/decisions/search", &json!({"rule": "pecr.reg22.consnt"}));
    assert_eq!(meant(rule), (400, json!("/rule"), json!("pecr.reg22.consent")));
    let field = server.post("/decisions/search", &json!({"recipent": {}}));
    assert_eq!(meant(field), (400, json!("/recipent"), json!("recipient")));
    let sender = server.post("/decisions/search", &json!({"sender": "acmee"}));
    assert_eq!(meant(sender), (422, json!("/sender"), json!("acme")));
}

/// What is no decision is not in the log, and an id of a request that holds the person's number is not kept.
#[test]
fn problems_are_not_logged_and_an_id_with_a_number_is_left_out() {
    let server = Server::with_acme();
    let mut stale = request("jo@example.com");
    stale["at_least"] = json!("r1-ffff");
    let mut named = request("jo@example.com");
    named["campaign"] = json!("for Jo@example.com");
    for body in [json!({}), stale, named] {
        assert!(server.post("/check", &body).status >= 400);
    }
    assert_eq!(search(&server, json!({})), [] as [String; 0]);
    let mut body = request("jo@example.com");
    body["recipient"]["phone"] = json!("+447700900123");
    let headers = [JSON, ("X-Request-Id", "sms-07700900123")];
    let answer = server.call("POST", "/check", &headers, &body.to_string()).json();
    let shown = show(&server, &id(&answer));
    assert!(shown.get("request_id").is_none() && !shown.to_string().contains("7700900123"), "{shown}");
}

#[test]
fn what_is_directed_to_nobody_is_linked_to_nobody() {
    let server = Server::with_acme();
    let body = json!({"sender": "acme", "channel": "post", "purpose": "commercial", "audience": "unaddressed"});
    assert_eq!(show(&server, &id(&checked(&server, &body)))["person"], "nobody");
}
