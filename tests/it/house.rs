//! Profiles with house rules and readings, as callers write them and as answers tell of them.

use serde_json::{Value, json};

use crate::server::Server;

fn profile(house_rules: Value) -> Value {
    json!({ "legal_name": "Acme Bikes Ltd", "kind": "company", "house_rules": house_rules })
}

fn quiet(hours: Value) -> Value {
    profile(json!({ "quiet_hours": [hours] }))
}

/// A question about somebody who subscribed to email and to texts.
fn check(changes: Value) -> Value {
    let mut body = json!({
        "sender": "acme", "channel": "email", "purpose": "commercial", "recipient": { "email": "jo@example.com" },
        "message": { "opt_out": "link", "identifies_sender": true }, "as_of": "2026-03-02T22:00:00Z",
        "given": [{ "type": "consent_given", "occurred_at": "2026-01-05T10:00:00Z", "how": "unticked_box",
            "channels": ["email", "sms"], "separate": true, "conditional": false, "wording": "Send me offers." }],
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[rstest::rstest]
#[case(quiet(json!({"from": "20:00", "until": "08:00", "time_zone": "Europe/Londno"})), 422, "/quiet_hours/0/time_zone", "unknown_time_zone")]
#[case(quiet(json!({"from": "20:00", "until": "20:00"})), 422, "/quiet_hours/0/until", "no_hours")]
#[case(quiet(json!({"from": "24:00", "until": "08:00"})), 422, "/quiet_hours/0/from", "end_of_day")]
#[case(quiet(json!({"from": "8pm", "until": "08:00"})), 400, "/quiet_hours/0/from", "pattern")]
#[case(quiet(json!({"from": "20:00"})), 400, "/quiet_hours/0/until", "missing_field")]
#[case(quiet(json!({"from": "20:00", "until": "08:00", "timezone": "Europe/London"})), 400, "/quiet_hours/0/timezone", "unknown_field")]
#[case(quiet(json!({"from": "20:00", "until": "08:00", "days": ["satruday"]})), 400, "/quiet_hours/0/days/0", "not_allowed")]
#[case(quiet(json!({"from": "20:00", "until": "08:00", "channels": ["letter"]})), 400, "/quiet_hours/0/channels/0", "not_allowed")]
#[case(profile(json!({"quiet": []})), 400, "/quiet", "unknown_field")]
#[case(profile(json!({"quiet_hours": {}})), 400, "/quiet_hours", "wrong_type")]
#[case(profile(json!({"longest_consent_age": [{}]})), 422, "/longest_consent_age/0", "missing_field")]
#[case(profile(json!({"longest_consent_age": [{"months": 1, "days": 30}]})), 422, "/longest_consent_age/0", "two_ages")]
#[case(profile(json!({"longest_consent_age": [{"months": 0}]})), 400, "/longest_consent_age/0/months", "too_small")]
#[case(profile(json!({"frequency": [{"at_most": 1, "in_days": 0}]})), 400, "/frequency/0/in_days", "too_small")]
#[case(profile(json!({"frequency": [{"at_most": -1, "in_days": 1}]})), 400, "/frequency/0/at_most", "too_small")]
#[case(profile(json!({"frequency": [{"at_most": 1, "in_days": 1, "purposes": ["service"]}]})), 422, "/frequency/0/purposes/0", "not_marketing")]
#[case(profile(json!({"blocked_topics": [{"topics": []}]})), 400, "/blocked_topics/0/topics", "too_few")]
#[case(profile(json!({"blocked_topics": [{"topics": [" "]}]})), 422, "/blocked_topics/0/topics/0", "blank")]
#[case(profile(json!({"honour_registers_at_once": "yes"})), 400, "/honour_registers_at_once", "wrong_type")]
fn a_house_rule_that_nobody_can_follow_is_refused(
    #[case] profile: Value,
    #[case] status: u16,
    #[case] pointer: &str,
    #[case] code: &str,
) {
    let server = Server::start();
    let reply = server.put("/senders/acme", &profile);
    assert_eq!(reply.status, status, "{}", reply.text());
    assert_eq!(reply.faults(), [(format!("/house_rules{pointer}"), code.to_owned())], "{}", reply.text());
    assert_eq!(server.get("/senders/acme").status, 404);
    // The same profile, given in full with a check.
    let reply = server.post("/check", &check(json!({ "sender": profile })));
    assert_eq!(reply.faults(), [(format!("/sender/house_rules{pointer}"), code.to_owned())], "{}", reply.text());
    assert_eq!(reply.status, status);
}

#[test]
fn the_time_zone_that_was_meant_is_told() {
    let profile = quiet(json!({"from": "20:00", "until": "08:00", "time_zone": "London"}));
    let reply = Server::start().put("/senders/acme", &profile);
    assert_eq!(reply.problem(), "sender-refused");
    assert_eq!(reply.json()["errors"][0]["did_you_mean"], "Europe/London");
}

#[test]
fn house_rules_are_kept_shown_and_followed() {
    let server = Server::start();
    let rules = json!({
        "quiet_hours": [{ "from": "20:00", "until": "08:00", "channels": ["sms"] }],
        "frequency": [{ "at_most": 1, "in_days": 7 }],
        "honour_registers_at_once": true,
    });
    assert_eq!(server.put("/senders/acme", &profile(rules.clone())).status, 201);
    let mut shown = rules;
    shown["quiet_hours"][0]["time_zone"] = json!("Europe/London");
    assert_eq!(server.get("/senders/acme").json()["house_rules"], shown);
    assert_eq!(server.get("/senders").json()["senders"][0]["house_rules"], shown);
    assert_eq!(server.post("/check", &check(json!({}))).json()["decision"], "allow");

    let text = check(json!({ "channel": "sms", "recipient": { "phone": "07700 900123" } }));
    let answer = server.post("/check?detail=full", &text).json();
    let reason = &answer["reasons"][0];
    assert_eq!((&answer["decision"], &reason["rule"]), (&json!("deny"), &json!("house.quiet-hours")), "{answer}");
    assert_eq!((&reason["level"], &reason["citation"]["instrument"]), (&json!("policy"), &json!("House rules")));
    assert_eq!(reason["facts"][0]["source"], "profile");
    assert_eq!(answer["would_allow_if"][0]["changes"][0]["fact"], "as_of");
    let told = answer["detail"]["facts"].as_array().unwrap();
    let told = |fact: &str| told.iter().find(|told| told["fact"] == fact).map(|told| told["value"].clone());
    assert_eq!(told("house_rules.quiet_hours"), Some(json!("within them")));
    assert_eq!(told("house_rules.frequency"), Some(json!("0 sent of 1 in 7 days")));
    assert_eq!(told("house_rules.honour_registers_at_once"), Some(json!("true")));

    let sent = json!({ "type": "send_made", "id": "s1", "occurred_at": "2026-02-28T10:00:00Z", "sender": "acme",
        "recipient": { "email": "jo@example.com" }, "channel": "email", "topics": ["news"],
        "decision_id": "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e", "reference": "spring-1" });
    assert_eq!(server.post("/events", &sent).status, 201);
    let answer = server.post("/check", &check(json!({}))).json();
    assert_eq!(answer["reasons"][0]["rule"], "house.frequency", "{answer}");
    assert_eq!(answer["reasons"][0]["facts"][0]["event"]["id"], "s1");
    let history = json!({ "sender": "acme", "recipient": { "email": "jo@example.com" } });
    let event = server.post("/recipients/history", &history).json()["events"][0].clone();
    assert_eq!((&event["type"], &event["reference"]), (&json!("send_made"), &json!("spring-1")));
}

/// A path among the places where a rule is read is one of this service's.
#[test]
fn every_citation_of_this_service_leads_somewhere() {
    let server = Server::start();
    let rules = server.get("/rules").json();
    let urls: Vec<&str> =
        rules["rules"].as_array().unwrap().iter().filter_map(|r| r["citation"]["url"].as_str()).collect();
    let own: Vec<&&str> = urls.iter().filter(|url| url.starts_with('/')).collect();
    assert!(own.len() >= 4 && own.iter().all(|url| server.get(url).status == 200), "{own:?}");
}

/// The point on which the readings part is told: on a deny as the reading of a reason, on an allow as that of a warning.
#[test]
fn an_answer_says_on_which_reading_alone_it_is_so() {
    let server = Server::start();
    for policy in ["conservative", "literal"] {
        let profile = json!({ "legal_name": "Acme Bikes Ltd", "kind": "company", "policy": policy });
        server.put("/senders/acme", &profile);
        let vulnerable = check(json!({ "recipient": { "email": "jo@example.com", "vulnerable": true } }));
        let push = json!({ "channel": "push", "recipient": { "account": "jo-17" }, "given": [] });
        for (body, rule) in [(vulnerable, "policy.vulnerable"), (check(push), "pecr.reg2.electronic-mail")] {
            let answer = server.post("/check", &body).json();
            let (list, name) = if policy == "literal" { ("warnings", "code") } else { ("reasons", "rule") };
            let points = answer[list].as_array().unwrap();
            let point = points.iter().find(|point| point["reading"] == policy).unwrap_or_else(|| panic!("{answer}"));
            assert_eq!(point[name], rule, "{answer}");
            assert_eq!(answer["decision"] == "allow", policy == "literal", "{answer}");
        }
        let told = server.call(
            "POST",
            "/check",
            &[("Content-Type", "application/json"), ("Accept", "text/plain")],
            &check(json!({ "recipient": { "email": "jo@example.com", "vulnerable": true } })).to_string(),
        );
        assert!(told.text().contains(&format!("on the {policy} reading]")), "{}", told.text());
    }
}
