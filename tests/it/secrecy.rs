//! Nobody's address leaks: not to the data directory, not to the log at its most talkative, not to any answer. What a
//! message says goes nowhere but into the answer.

use std::{fs, path::Path, time::Duration};

use serde_json::{Value, json};

use crate::process::Service;

const EMAIL: &str = "Quentin.Zebedee@Hidden-Mailbox.example";
const PHONE: &str = "+44 7700 900987";
const POSTAL: &str = "17 Unfindable Lane, Nowhereton";
const ACCOUNT: &str = "account-of-zebedee-551";

/// What must be found nowhere, in lower case.
const TRACES: [&str; 6] = ["zebedee", "hidden-mailbox", "7700900987", "7700 900987", "unfindable", "nowhereton"];

/// A word of the message, which the caller alone gets back.
const SAID: &str = "velocipede";

/// The text of a message: what promotes in it stands beside the person's details.
fn text() -> String {
    format!(
        "Dear customer,\n\nGet 20% off your next {SAID} today, write to {EMAIL} or ring {PHONE}.\n\n{POSTAL}\n\n{ACCOUNT}\n\n\
         Unsubscribe: https://mail.example/unsubscribe?who={EMAIL}"
    )
}

/// The same as it goes over the wire, in base64.
fn raw() -> String {
    let message = format!("From: Acme <{EMAIL}>\r\nTo: {EMAIL}\r\nSubject: For {EMAIL}\r\n\r\n{}", text());
    data_encoding::BASE64.encode(message.as_bytes())
}

/// Sends a request in whatever form, and gives the status and the body.
fn send(method: &str, url: &str, content_type: &str, body: &str) -> (u16, String) {
    let request = ureq::http::Request::builder().method(method).uri(url).header("content-type", content_type);
    let request = request.header("x-request-id", EMAIL).header("traceparent", PHONE).body(body.to_owned()).unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let mut answer = agent.run(request).unwrap();
    let headers = format!("{:?}", answer.headers());
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap() + &headers)
}

fn person() -> Value {
    json!({ "email": EMAIL, "phone": PHONE, "postal": POSTAL, "account": ACCOUNT })
}

fn check(channel: &str) -> Value {
    json!({
        "sender": "acme", "channel": channel, "purpose": "commercial", "recipient": person(),
        "message": {
            "subject": format!("Dear {EMAIL}"), "text": text(), "html": format!("<p>{}</p>", text()), "raw": raw(),
            "reply_address": EMAIL, "opt_out": "link", "headers": { "To": EMAIL, "From": EMAIL },
            "identifies_sender": true,
        },
    })
}

fn event(kind: &str, id: &str) -> Value {
    json!({
        "type": kind, "id": id, "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme", "recipient": person(),
    })
}

/// A message with the person's details everywhere, and an offer that is quoted in the answer.
fn message() -> Value {
    json!({
        "subject": format!("Dear {EMAIL}"), "headers": { "To": EMAIL }, "html": format!("<p title='{EMAIL}'>{POSTAL}</p>"),
        "text": format!("{PHONE} is the number that we have of you. Enjoy 20% off your next order."),
    })
}

/// The same with an encoded part, as it goes over the wire.
fn mail() -> String {
    format!(
        "To: {EMAIL}\r\nSubject: Dear {EMAIL}\r\nContent-Type: text/plain\r\n\r\n{POSTAL}\r\n\r\nEnjoy 20% off.\r\n"
    )
}

/// Requests to read a message, and how each is answered.
fn messages() -> Vec<(&'static str, String, &'static str, String, u16)> {
    let large = format!("{PHONE} is the number that we have of you. ").repeat(2_000);
    let raw = data_encoding::BASE64.encode(mail().as_bytes());
    let rows = [
        ("application/json", message().to_string(), 200),
        ("application/json", json!({ "raw": raw }).to_string(), 200),
        ("message/rfc822", mail(), 200),
        ("text/plain", large, 200),
        ("application/json", json!({ "text": [EMAIL] }).to_string(), 400),
        ("application/json", json!({ EMAIL: PHONE }).to_string(), 400),
        ("application/json", json!({ "raw": EMAIL }).to_string(), 400),
        ("application/json", json!({ "headers": { EMAIL: 1 } }).to_string(), 400),
        ("application/json", format!("{{\"text\": {EMAIL}"), 400),
        ("text/zebedee", EMAIL.to_owned(), 415),
    ];
    rows.map(|(content_type, body, status)| ("POST", "/messages/read".to_owned(), content_type, body, status)).into()
}

/// Requests that are answered, and requests that are refused, with the person's details wherever they can stand.
fn requests() -> Vec<(&'static str, String, &'static str, String, u16)> {
    let json = "application/json";
    let mut consent = event("consent_given", "c1");
    consent["channels"] = json!(["email", "sms"]);
    let mut sent = event("send_made", "s1");
    (sent["channel"], sent["reference"]) = (json!("email"), json!("campaign 12"));
    let with = |mut value: Value, field: &str, to: Value| {
        value[field] = to;
        value.to_string()
    };
    let history = json!({ "sender": "acme", "recipient": person() }).to_string();
    let erasure = json!({ "sender": "acme", "recipient": person(), "reference": "ticket 4711" });
    let given = json!([{ "type": "objection_raised", "occurred_at": "2026-10-02T09:00:00Z", "id": ACCOUNT }]);
    vec![
        ("POST", "/events".into(), json, consent.to_string(), 201),
        ("POST", "/events".into(), json, event("objection_raised", "o1").to_string(), 201),
        ("POST", "/events".into(), "application/x-ndjson", event("complaint_made", "k1").to_string(), 201),
        ("POST", "/events".into(), json, sent.to_string(), 201),
        ("POST", "/events".into(), json, with(sent, "reference", json!(format!("to {EMAIL}"))), 422),
        ("POST", "/check?detail=full".into(), json, check("email").to_string(), 200),
        ("POST", "/check?detail=full".into(), json, with(check("email"), "purpose", json!("service")), 200),
        ("POST", "/check".into(), json, with(check("email"), "message", json!({ "raw": EMAIL })), 400),
        ("POST", "/check".into(), json, with(check("email"), "message", json!({ "text": { EMAIL: text() } })), 400),
        ("POST", "/check".into(), json, check("sms").to_string(), 200),
        ("POST", "/check".into(), json, check("in_app").to_string(), 200),
        ("POST", "/recipients/history".into(), json, history, 200),
        // Refused: in a text that would be kept, as another event, in a field's name, as a value of any kind.
        ("POST", "/events".into(), json, with(consent.clone(), "wording", json!(format!("I, {EMAIL}, agree"))), 422),
        ("POST", "/events".into(), json, with(consent.clone(), "evidence", json!("sms-447700900987")), 422),
        ("POST", "/events".into(), json, event("consent_withdrawn", EMAIL).to_string(), 422),
        ("POST", "/events".into(), json, with(consent.clone(), "separate", json!(true)), 409),
        ("POST", "/events".into(), json, with(consent.clone(), "how", json!(EMAIL)), 400),
        ("POST", "/events".into(), json, with(consent.clone(), "occurred_at", json!(PHONE)), 400),
        ("POST", "/events".into(), json, with(consent, "sender", json!(EMAIL)), 422),
        ("POST", "/check".into(), json, with(check("email"), EMAIL, json!(1)), 400),
        ("POST", "/check".into(), json, with(check("email"), "channel", json!(EMAIL)), 400),
        ("POST", "/check".into(), json, with(check("email"), "as_of", json!(PHONE)), 400),
        ("POST", "/check".into(), json, with(check("email"), "recipient", json!(EMAIL)), 400),
        ("POST", "/check".into(), json, with(check("email"), "recipient", json!({ "email": POSTAL })), 422),
        ("POST", "/check".into(), json, with(check("live_call"), "topic", json!(EMAIL)), 200),
        ("POST", "/check?detail=full".into(), json, with(check("post"), "assessment", json!(POSTAL)), 200),
        ("POST", "/check?detail=full".into(), json, check("fax").to_string(), 200),
        ("POST", "/check".into(), json, with(check("online_advertising"), "audience", json!(EMAIL)), 400),
        ("POST", "/check".into(), json, with(check("email"), "given", given), 200),
        ("POST", "/check".into(), json, format!("{{\"recipient\": {EMAIL}"), 400),
        ("POST", "/check".into(), "text/zebedee", EMAIL.into(), 415),
        ("POST", "/check?zebedee%40hidden-mailbox.example=1".into(), json, check("email").to_string(), 400),
        ("POST", "/check?detail=zebedee".into(), json, check("email").to_string(), 400),
        ("GET", "/recipients/zebedee@hidden-mailbox.example".into(), json, String::new(), 404),
        ("GET", "/rules/zebedee@hidden-mailbox.example".into(), json, String::new(), 404),
        ("GET", "/senders/zebedee@hidden-mailbox.example".into(), json, String::new(), 404),
        ("PUT", "/senders/zebedee@hidden-mailbox.example".into(), json, "{}".into(), 400),
        (
            "POST",
            "/recipients/erasure".into(),
            json,
            with(erasure.clone(), "reference", json!(format!("for {EMAIL}"))),
            422,
        ),
        ("POST", "/recipients/erasure".into(), json, with(erasure.clone(), EMAIL, json!(PHONE)), 400),
        ("POST", "/recipients/erasure".into(), json, with(erasure.clone(), "sender", json!("nobody")), 422),
        ("POST", "/recipients/erasure".into(), json, erasure.to_string(), 200),
        ("POST", "/recipients/erasure".into(), json, erasure.to_string(), 200),
        ("DELETE", "/check".into(), json, check("email").to_string(), 405),
    ]
}

#[test]
fn no_contact_detail_is_found_anywhere_afterwards() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    let service = Service::start(&dir, &["--log", "trace"]);
    let profile = json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" }).to_string();
    assert_eq!(send("PUT", &format!("{}/senders/acme", service.url), "application/json", &profile).0, 201);
    let (mut answers, mut quoted) = (0, 0);
    for (method, path, content_type, body, status) in requests().into_iter().chain(messages()) {
        let (found, answer) = send(method, &format!("{}{path}", service.url), content_type, &body);
        // The id of a given event is the caller's own, and comes back to the caller alone.
        let answer = answer.replace(ACCOUNT, "");
        assert_eq!(found, status, "{method} {path}: {answer}");
        assert_nothing_in(&answer, &format!("the answer to {method} {path}"));
        answers += 1;
        quoted += usize::from(answer.contains(SAID));
    }
    let log = service.stop();
    assert!(log.lines().count() > answers, "the log is talkative");
    assert_nothing_in(&log, "the log");
    assert!(quoted > 0 && !log.contains(SAID), "{quoted} answers quote the message, and the log does not");
    let files = bytes_of(&dir);
    assert!(files.len() > 1, "{files:?}");
    for (name, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        assert_nothing_in(&text, &name);
        assert!(!text.contains(SAID), "{name} keeps what a message says");
    }
}

fn bytes_of(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.unwrap().into_path());
    entries.filter(|path| path.is_file()).map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
}

#[track_caller]
fn assert_nothing_in(text: &str, place: &str) {
    let folded = text.to_lowercase();
    for trace in TRACES {
        if let Some((before, after)) = folded.split_once(trace) {
            let before: String = before.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
            panic!("in {place}: {before}[{trace}]{}", after.chars().take(80).collect::<String>());
        }
    }
}
