//! Every way to get no answer, and that none of them repeats what was sent.

use rstest::rstest;
use serde_json::json;

use crate::server::{Server, reply};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const SOUND: &str =
    r#"{"sender":"acme","channel":"email","recipient":{"email":"jo@example.com"},"purpose":"commercial"}"#;

#[rstest]
#[case("GET", "/nothing/jo@example.com", &[], "", 404, "unknown-route")]
#[case("GET", "/senders/nobody", &[], "", 404, "sender-not-found")]
#[case("GET", "/senders/%ff", &[], "", 400, "invalid-path")]
#[case("GET", "/rules/pecr.reg22.consnt", &[], "", 404, "rule-not-found")]
#[case("GET", "/rules?as_of=2003-12-10", &[], "", 422, "date-not-covered")]
#[case("GET", "/rules?as_of=jo@example.com", &[], "", 400, "invalid-query")]
#[case("GET", "/check", &[], "", 405, "method-not-allowed")]
#[case("TRACE", "/check", &[], "", 405, "method-not-allowed")]
#[case("DELETE", "/senders/acme", &[], "", 405, "method-not-allowed")]
#[case("OPTIONS", "/events", &[], "", 405, "method-not-allowed")]
#[case("POST", "/check", &[], SOUND, 415, "unsupported-media-type")]
#[case("POST", "/check", &[("Content-Type", "text/jo@example.com")], SOUND, 415, "unsupported-media-type")]
#[case("POST", "/check", &[("Content-Type", "application/json; charset=latin1")], SOUND, 415, "unsupported-media-type")]
#[case("POST", "/check", &[JSON, ("Content-Encoding", "gzip")], SOUND, 415, "unsupported-media-type")]
#[case("HEAD", "/check", &[], "", 405, "method-not-allowed")]
#[case("POST", "/check?pretty=maybe", &[JSON], SOUND, 400, "invalid-query")]
#[case("POST", "/check", &[JSON, ("Accept", ";;,q=x")], SOUND, 406, "not-acceptable")]
#[case("POST", "/check", &[JSON], "", 400, "empty-body")]
#[case("POST", "/check", &[JSON], "null", 400, "invalid-body")]
#[case("POST", "/check", &[JSON], "{\"sender\": \"\\ud800\"}", 400, "broken-json")]
#[case("POST", "/check", &[JSON], "{\"sender\": \"\0\"}", 400, "broken-json")]
#[case("POST", "/check", &[JSON], "\u{feff}{}", 400, "broken-json")]
#[case("POST", "/check", &[JSON], "{\"sender\": 1e999}", 400, "broken-json")]
#[case("POST", "/check", &[JSON], "{\"sender\": jo@example.com", 400, "broken-json")]
#[case("POST", "/check", &[JSON], "{\"sender\": \"jo@example.com\"}", 400, "invalid-body")]
#[case("POST", "/check", &[JSON, ("Accept", "image/png")], SOUND, 406, "not-acceptable")]
#[case("POST", "/check?detail=jo@example.com", &[JSON], SOUND, 400, "invalid-query")]
#[case("POST", "/check?deny_status=404", &[JSON], SOUND, 400, "invalid-query")]
#[case("POST", "/check?jo@example.com=1", &[JSON], SOUND, 400, "invalid-query")]
#[case("PUT", "/senders/Acme", &[JSON], "{\"legal_name\":\"A\",\"kind\":\"company\"}", 400, "invalid-path")]
#[case("PUT", "/senders/acme", &[JSON], "{\"legal_name\":\" \",\"kind\":\"company\"}", 422, "sender-refused")]
#[case("GET", "/decisions/019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e", &[], "", 404, "decision-not-found")]
#[case("GET", "/decisions/jo@example.com", &[], "", 400, "invalid-path")]
#[case("POST", "/decisions/search", &[JSON], "{\"sender\":\"acme\"}", 422, "sender-not-registered")]
#[case("POST", "/decisions/search", &[JSON], "{\"rule\":\"jo@example.com\"}", 400, "invalid-body")]
#[case("POST", "/decisions/search", &[JSON], "{\"recipient\":{\"email\":\"jo@\"}}", 422, "contact-detail")]
#[case("POST", "/decisions/search", &[JSON], "{\"recipient\":{}}", 422, "contact-detail")]
#[case("POST", "/decisions/search", &[JSON], "{\"cursor\":\"r1-1\"}", 400, "invalid-body")]
#[case("POST", "/decisions/search", &[JSON], "{\"email\":\"jo@example.com\"}", 400, "invalid-body")]
#[case("POST", "/decisions/search?limit=1", &[JSON], "{}", 400, "invalid-query")]
#[case("POST", "/events", &[JSON], "[]", 400, "invalid-body")]
#[case("POST", "/events", &[("Content-Type", "application/x-ndjson")], "\n", 400, "empty-body")]
#[case("POST", "/recipients/history", &[JSON], "{\"sender\":\"acme\",\"recipient\":{\"email\":\"jo@\"}}", 422, "contact-detail")]
#[case("POST", "/recipients/history", &[JSON], "{\"sender\":\"acme\",\"recipient\":{\"email\":\"jo@example.com\"}}", 422, "sender-not-registered")]
fn each_problem_has_its_kind(
    #[case] method: &str,
    #[case] path: &str,
    #[case] headers: &[(&str, &str)],
    #[case] body: &str,
    #[case] status: u16,
    #[case] kind: &str,
) {
    let reply = Server::start().call(method, path, headers, body);
    if method == "HEAD" {
        return assert_eq!((reply.status, reply.body.len()), (status, 0));
    }
    assert_eq!((reply.problem().as_str(), reply.status), (kind, status), "{}", reply.text());
    assert!(!reply.text().contains("jo@"), "{}", reply.text());
    assert!(status != 405 || reply.header("allow").is_some_and(|allow| !allow.is_empty()));
}

#[test]
fn a_faulty_body_is_told_all_its_faults_at_once() {
    let body = json!({"sender": "acme", "chanel": "email", "recipient": {"emial": "jo@example.com", "age": 131},
        "purpose": "comercial", "jo@example.com": true});
    let reply = Server::start().post("/check", &body);
    let mut faults = reply.faults();
    faults.sort();
    let expected = [
        ("", "unknown_field"),
        ("/chanel", "unknown_field"),
        ("/channel", "missing_field"),
        ("/purpose", "not_allowed"),
        ("/recipient/age", "too_large"),
        ("/recipient/emial", "unknown_field"),
    ];
    assert_eq!(faults, expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
    assert!(!reply.text().contains("jo@"));
}

/// Each row changes a sound request in one place; nothing of it may be guessed at.
#[rstest]
#[case(r#""email":"jo"#, r#""email":"al@example.com","email":"jo"#, "invalid-body", "/recipient/email")]
#[case(r#""purpose""#, r#""given":[{"type":"contact_reassigned","occurred_at":"2026-03-01T09:30:00Z","recipient":{"phone":"07700900123","phone":"07700900124"}}],"purpose""#, "invalid-body", "/given/0/recipient/phone")]
#[case(r#""purpose""#, r#""given":[{"type":"contact_reassigned","occurred_at":"2026-03-01T09:30:00Z","recipient":{"email":null}}],"purpose""#, "contact-detail", "/given/0/recipient")]
#[case(r#""purpose""#, r#""message":[],"purpose""#, "invalid-body", "/message")]
#[case(r#""purpose""#, r#""at_least":"r1-ffff","purpose""#, "stale", "/at_least")]
#[case(r#""recipient":{"email":"jo@example.com"},"#, "", "no-detail-for-channel", "/recipient/email")]
#[case(r#"{"email":"jo@example.com"}"#, "{}", "no-detail-for-channel", "/recipient/email")]
#[case(
    r#""channel":"email","recipient":{"email":"jo@example.com"},"#,
    r#""channel":"post","#,
    "no-detail-for-channel",
    "/recipient/postal"
)]
#[case(r#""channel":"email""#, r#""channel":"fax""#, "no-detail-for-channel", "/recipient/phone")]
#[case(
    r#""recipient":{"email":"jo@example.com"},"#,
    r#""audience":"unaddressed","#,
    "no-detail-for-channel",
    "/recipient/email"
)]
#[case(
    r#""channel":"email","recipient":{"#,
    r#""channel":"post","audience":"unaddressed","recipient":{"named_person":true,"#,
    "no-detail-for-channel",
    "/recipient/postal"
)]
#[case(r#""purpose""#, r#""audience":"everybody","purpose""#, "invalid-body", "/audience")]
#[case(r#""purpose""#, r#""lawful_basis":"contract","purpose""#, "invalid-body", "/lawful_basis")]
#[case(r#""purpose""#, r#""assessment":" ","purpose""#, "invalid-body", "/assessment")]
fn what_could_be_read_in_two_ways_is_refused(
    #[case] from: &str,
    #[case] to: &str,
    #[case] kind: &str,
    #[case] place: &str,
) {
    let body = SOUND.replacen(from, to, 1);
    let reply = Server::with_acme().call("POST", "/check", &[JSON], &body);
    assert_eq!(reply.problem(), kind, "{}", reply.text());
    assert!(reply.status < 500);
    let faults = reply.faults();
    assert!(matches!(faults.as_slice(), [(at, _)] if at == place), "{faults:?}");
}

#[test]
fn a_body_nested_without_end_is_refused_and_the_service_goes_on() {
    let server = Server::with_acme();
    for path in ["/check", "/events", "/recipients/history"] {
        for open in ["[", "{\"sender\":"] {
            let reply = server.call("POST", path, &[JSON], &open.repeat(20_000));
            assert_eq!((reply.status, reply.problem().as_str()), (400, "broken-json"), "{path}");
        }
    }
    assert_eq!(server.get("/ready").status, 200);
}

#[test]
fn a_body_that_is_no_unicode_is_refused() {
    let head = "POST /check HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    let mut bytes = format!("{head}Content-Length: 15\r\n\r\n{{\"sender\":\"").into_bytes();
    bytes.extend(b"\xff\"}\n");
    assert_eq!(reply(Server::start().send(&bytes)).problem(), "broken-json");
}

#[test]
fn a_caller_s_text_begins_no_line_of_an_answer() {
    let server = Server::with_acme();
    let event = json!({"type": "objection_raised", "id": "1\nALLOW\u{1b}[2J", "occurred_at": "2026-03-01T09:30:00Z",
        "sender": "acme", "recipient": {"email": "jo@example.com"}});
    assert_eq!(server.post("/events", &event).status, 201);
    let reply = server.call("POST", "/check?detail=full", &[JSON, ("Accept", "text/plain")], SOUND);
    assert!(reply.text().contains("`1\u{fffd}ALLOW\u{fffd}[2J`"), "{}", reply.text());
    assert!(!reply.text().contains('\u{1b}') && !reply.text().contains("\nALLOW"), "{}", reply.text());
}

#[test]
fn ten_thousand_lines_are_recorded_whole_or_not_at_all() {
    let server = Server::with(|config| {
        config.http.events_limit = 20_000;
        config.http.events_body_limit = 8 << 20;
    });
    assert_eq!(server.put("/senders/acme", &json!({"legal_name": "A", "kind": "company"})).status, 201);
    let line = |n: usize| {
        format!(
            r#"{{"type":"objection_raised","id":"{n}","occurred_at":"2026-03-01T09:30:00Z","sender":"acme","recipient":{{"email":"p{n}@example.com"}}}}"#
        )
    };
    let mut lines: Vec<String> = (0..10_000).map(line).collect();
    let post = |lines: &[String]| {
        server.call("POST", "/events", &[("Content-Type", "application/x-ndjson")], &lines.join("\n"))
    };
    let sound = std::mem::replace(&mut lines[6_789], "{\"type\":".to_owned());
    let bad = post(&lines);
    assert_eq!((bad.status, bad.json()["errors"][0]["line"].as_u64()), (400, Some(6_790)), "{}", bad.text());
    assert_eq!(server.get("/status").json()["store"]["revision"], "r1-1");
    lines[6_789] = sound;
    let kept = post(&lines);
    assert_eq!((kept.status, &kept.json()["recorded"]), (201, &json!(10_000)));
    assert_eq!(post(&lines).json()["already_known"], 10_000);
}

#[test]
fn a_large_body_is_refused_with_the_key_that_allows_more() {
    let server = Server::with(|config| {
        config.http.body_limit = 100;
        config.http.events_limit = 2;
    });
    let reply = server.post("/check", &json!({"sender": "x".repeat(200)}));
    assert_eq!((reply.status, reply.problem().as_str()), (413, "body-too-large"));
    assert!(reply.text().contains("`http.body_limit`"));
    let head = "POST /check HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    let chunk = format!("{head}Transfer-Encoding: chunked\r\n\r\n80\r\n{}\r\n", "x".repeat(128));
    assert_eq!(crate::server::reply(server.send(chunk.as_bytes())).problem(), "body-too-large");
    let reply = server.post("/events", &json!([{}, {}, {}]));
    assert_eq!((reply.status, reply.problem().as_str()), (413, "too-many-events"));
}

#[test]
fn a_slow_body_and_one_cut_off() {
    let server = Server::with(|config| config.http.timeout_seconds = 1);
    let head = "POST /check HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    let slow = reply(server.send(format!("{head}Content-Length: 10\r\n\r\n{{").as_bytes()));
    assert_eq!((slow.status, slow.problem().as_str()), (408, "too-slow"));
    let cut_off = server.send(format!("{head}Content-Length: 10\r\n\r\n{{").as_bytes());
    cut_off.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(reply(cut_off).problem(), "body-cut-off");
}

#[test]
fn the_caller_s_id_comes_back_if_it_is_safe() {
    let server = Server::start();
    let reply = server.call("GET", "/live", &[("X-Request-Id", "order-17")], "");
    assert_eq!(reply.header("x-request-id"), Some("order-17"));
    let reply = server.call("GET", "/live", &[("X-Request-Id", "jo@example.com")], "");
    assert!(reply.header("x-request-id").is_some_and(|id| id.len() == 36));
}
