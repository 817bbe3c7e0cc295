//! `POST /check/batch`: every form of a line, and every way in which one can be wrong.

use serde_json::{Value, json};

use crate::{
    lines::{Answer, Batch},
    server::Server,
};

/// A service with `acme` registered, of which one person has consented and one has objected.
fn server() -> Server {
    let server = Server::with_acme();
    let consent = |id: &str, email: &str| {
        json!({"type": "consent_given", "id": id, "occurred_at": "2026-03-01T09:30:00Z", "sender": "acme",
            "recipient": {"email": email}, "how": "unticked_box", "separate": true, "conditional": false,
            "channels": ["email", "sms"], "evidence": "form submission 81", "withdrawal_told": true,
            "wording": "Send me offers by email and text.", "wording_version": "2026-01"})
    };
    let objection = json!({"type": "objection_raised", "id": "mail-1", "occurred_at": "2026-04-01T00:00:00Z",
        "sender": "acme", "recipient": {"email": "no@example.com"}});
    let reply = server.post("/events", &json!([consent("form-1", "yes@example.com"), objection]));
    assert_eq!(reply.status, 201, "{}", reply.text());
    server
}

fn campaign() -> Value {
    json!({"campaign": {"sender": "acme", "channel": "email", "purpose": "commercial", "campaign": "spring",
        "message": {"subject": "Spring sale", "text": "20% off all bicycles. Unsubscribe: https://acme.example/stop", "identifies_sender": true,
            "reply_address": true, "opt_out": "link"}}})
}

fn of(server: &Server, lines: &[Value]) -> Answer {
    Batch::of(&server.url(), lines)
}

fn problem(server: &Server, body: &str) -> (u16, String, Vec<(String, String)>) {
    let reply = server.call("POST", "/check/batch", &[("Content-Type", "application/x-ndjson")], body);
    assert!(!reply.text().contains("jo@"), "{}", reply.text());
    (reply.status, reply.problem(), reply.faults())
}

/// The kind of an error and its faults.
fn error(line: &Value) -> (String, Vec<String>) {
    let kind = line["error"]["type"].as_str().unwrap_or_default().trim_start_matches("urn:maysend:problem:");
    let faults = line["error"]["errors"].as_array().cloned().unwrap_or_default();
    let told = |fault: &Value| fault["pointer"].as_str().unwrap_or("-").to_owned();
    assert!(!line.to_string().contains("jo@"), "{line}");
    (kind.to_owned(), faults.iter().map(told).collect())
}

/// Whether a batch answers a send request as a check does: as a recipient of a campaign, and as a line by itself.
pub(crate) fn answers_the_same(server: &Server, body: &Value, answer: &Value) -> Result<(), String> {
    let mut campaign = body.as_object().expect("an object").clone();
    let mut recipient = campaign.remove("recipient").unwrap_or_else(|| json!({}));
    recipient["ref"] = json!("1");
    let mut whole = body.clone();
    whole["ref"] = json!("1");
    for lines in [vec![json!({"campaign": campaign}), recipient], vec![whole]] {
        let told = of(server, &lines).lines;
        let short = |answer: &Value| {
            let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
            let reasons: Vec<_> = reasons.iter().map(|it| json!([it["rule"], it["limb"], it["outcome"]])).collect();
            let warnings = answer["warnings"].as_array().cloned().unwrap_or_default();
            let warnings: Vec<_> = warnings.into_iter().map(|it| it.get("code").cloned().unwrap_or(it)).collect();
            json!([answer["decision"], reasons, answer["basis"]["kind"], answer["basis"]["rule"], warnings])
        };
        if told.len() != 1 || short(&told[0]) != short(answer) {
            return Err(format!("in a batch: {told:?}"));
        }
    }
    Ok(())
}

#[test]
fn every_form_of_a_line_is_answered_in_order() {
    let server = server();
    let answer = of(
        &server,
        &[
            campaign(),
            json!({"ref": "1", "email": "yes@example.com"}),
            json!({"ref": "2", "email": "no@example.com", "subscriber": "individual"}),
            json!({"ref": "3", "recipient": {"email": "yes@example.com"}}),
            json!({"ref": "4", "recipient": {"email": "yes@example.com"}, "topic": "news"}),
            json!({"email": "yes@example.com"}),
            json!({"ref": "6", "recipient": {"phone": "07700 900123"}, "channel": "sms"}),
        ],
    );
    let parent = &answer.opening["campaign"]["decision_id"];
    let told: Vec<_> = answer.lines.iter().map(|line| (line["ref"].as_str(), line["decision"].as_str())).collect();
    let (allow, deny) = (Some("allow"), Some("deny"));
    let expected = [
        (Some("1"), allow),
        (Some("2"), deny),
        (Some("3"), allow),
        (Some("4"), allow),
        (None, allow),
        (Some("6"), deny),
    ];
    assert_eq!(told, expected, "{answer:#?}");
    assert_eq!(answer.lines[0]["basis"]["event"]["id"], "form-1");
    assert_eq!(answer.lines[1]["reasons"][0]["rule"], "uk_gdpr.art21.objection");
    let totals = &answer.totals;
    assert_eq!([&totals["lines"], &totals["allow"], &totals["deny"], &totals["errors"]], [6, 4, 2, 0], "{totals}");
    assert!(totals["obligations"].as_array().is_some_and(|duties| !duties.is_empty()), "{totals}");
    for line in &answer.lines {
        assert_eq!(&line["parent"], parent);
        // Each is a decision of its own in the log.
        let kept = server.get(&format!("/decisions/{}", line["decision_id"].as_str().unwrap())).json();
        assert_eq!((&kept["parent"], &kept["decision"]), (parent, &line["decision"]), "{kept}");
        assert_eq!(kept["campaign"], "spring");
    }
}

#[test]
fn without_a_campaign_every_line_says_everything() {
    let server = server();
    let whole = |reference: &str, email: &str| {
        json!({"ref": reference, "sender": "acme", "channel": "email", "purpose": "commercial",
            "recipient": {"email": email}})
    };
    let lacking = json!({"ref": "2", "sender": "acme", "recipient": {"email": "yes@example.com"}});
    let answer = of(&server, &[whole("1", "no@example.com"), lacking, whole("3", "no@example.com")]);
    assert_eq!((&answer.lines[0]["ref"], &answer.lines[0]["decision"]), (&json!("1"), &json!("deny")));
    let expected = ("no-campaign".to_owned(), vec!["/channel".to_owned(), "/purpose".to_owned()]);
    assert_eq!((error(&answer.lines[1]), &answer.lines[1]["ref"]), (expected, &json!("2")));
    assert_eq!(answer.lines[2]["parent"], answer.opening["campaign"]["decision_id"]);
}

#[test]
fn a_line_sent_alone_is_answered_at_once() {
    let server = server();
    let mut batch = Batch::open(&server.url());
    batch.send(campaign());
    assert!(batch.next().is_some_and(|line| line["campaign"].is_object()));
    for person in 0..20 {
        batch.send(json!({"ref": person.to_string(), "email": "no@example.com"}));
        assert_eq!(batch.next().expect("an answer")["ref"], person.to_string());
    }
    batch.end();
    assert_eq!(batch.next().expect("totals")["totals"]["lines"], 20);
    assert!(batch.next().is_none() && batch.has_ended());
}

#[test]
fn a_broken_line_gets_an_error_in_its_place_and_the_others_go_on() {
    let server = server();
    let person = r#"{"ref":"x","email":"no@example.com"}"#;
    type Broken = (&'static [u8], &'static str, &'static [&'static str], Option<&'static str>);
    let broken: [Broken; 10] = [
        (b"jo@example.com", "broken-json", &[], None),
        (br#"{"ref":"1","email":"jo@example.com""#, "broken-json", &[], None),
        (b"{\"ref\":\"1\",\"email\":\"jo\xff@example.com\"}", "broken-json", &[], None),
        (br#"{"ref":"1","emial":"jo@example.com"}"#, "invalid-body", &["/emial"], Some("1")),
        (br#"{"ref":"1","email":"jo@"}"#, "contact-detail", &["/email"], Some("1")),
        (br#"{"ref":"1","recipient":{"email":"jo@"}}"#, "contact-detail", &["/recipient/email"], Some("1")),
        (br#"{"ref":"1","phone":"07700 900123"}"#, "no-detail-for-channel", &["/email"], Some("1")),
        (br#"{"ref":"1","recipient":{},"sender":"acmee"}"#, "no-detail-for-channel", &["/recipient/email"], Some("1")),
        (
            br#"{"ref":"1","recipient":{"email":"jo@example.com"},"sender":"acmee"}"#,
            "sender-not-registered",
            &["/sender"],
            Some("1"),
        ),
        (b"[]", "invalid-body", &[""], None),
    ];
    let mut lines = campaign().to_string().into_bytes();
    for (line, ..) in &broken {
        lines.extend([b"\n", *line, b"\n\n", person.as_bytes()].concat());
    }
    let mut batch = Batch::open(&server.url());
    batch.sender().send(&lines).unwrap();
    batch.end();
    let answer = batch.rest();
    assert_eq!(answer.lines.len(), 2 * broken.len());
    for (index, ((line, kind, pointers, reference), pair)) in broken.iter().zip(answer.lines.chunks(2)).enumerate() {
        let line = String::from_utf8_lossy(line);
        let expected = ((*kind).to_owned(), pointers.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(error(&pair[0]), expected, "{line}");
        assert_eq!((pair[0]["ref"].as_str(), &pair[0]["line"]), (*reference, &json!(2 + 3 * index)), "{line}");
        assert_eq!((&pair[1]["ref"], &pair[1]["decision"]), (&json!("x"), &json!("deny")), "{line}");
    }
    assert_eq!(answer.lines[6]["error"]["errors"][0]["did_you_mean"], "email");
    assert_eq!((&answer.totals["errors"], &answer.totals["deny"]), (&json!(10), &json!(10)));
}

#[test]
fn nothing_is_decided_after_a_second_campaign() {
    let server = server();
    let mut lines = vec![campaign()];
    // More than are worked on at once, before and after.
    lines.extend((0..6000).map(|person| json!({"ref": person.to_string(), "email": "no@example.com"})));
    lines[3000] = campaign();
    let answer = of(&server, &lines);
    assert_eq!(answer.lines.len(), 6000);
    for (index, line) in (1..).zip(&answer.lines) {
        if index < 3000 {
            assert_eq!(line["decision"], "deny", "{line}");
        } else {
            assert_eq!((error(line).0.as_str(), &line["line"]), ("second-campaign", &json!(index + 1)), "{line}");
            let reference = format!("{}", index - 1);
            assert!(index == 3000 || line["ref"] == reference.as_str(), "{line}");
        }
    }
    assert_eq!((&answer.totals["deny"], &answer.totals["errors"]), (&json!(2999), &json!(3001)));
    let status = server.get("/status").json();
    assert_eq!(status["decisions"]["logged"].as_u64().map(|logged| logged / 10), Some(299), "{status}");
}

#[test]
fn a_batch_that_cannot_begin_is_a_problem() {
    let server = server();
    let fault = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    for empty in ["\n", "\n\r\n  \n"] {
        assert_eq!(problem(&server, empty), (400, "empty-body".to_owned(), vec![]));
    }
    for (first, status, kind, faults) in [
        ("jo@example.com", 400, "broken-json", vec![]),
        (r#"{"campaign": {"sender": "#, 400, "broken-json", vec![]),
        (
            r#"{"campaign": {"sender": "acme", "chanel": "email", "channel": "email", "purpose": "commercial"}}"#,
            400,
            "invalid-body",
            fault("/campaign/chanel", "unknown_field"),
        ),
        (
            r#"{"campaign": {"sender": "acme", "channel": "email", "purpose": "commercial", "at_least": "r1-ffff"}}"#,
            409,
            "stale",
            fault("/campaign/at_least", "stale"),
        ),
        (r#"{"ref": "1", "email": "jo@example.com"}"#, 422, "no-campaign", fault("", "no_campaign")),
        (r#"{"ref": "1", "emial": "jo@example.com"}"#, 400, "invalid-body", fault("/emial", "unknown_field")),
    ] {
        let (told, found, pointers) = problem(&server, &format!("\n{first}\n{first}\n"));
        assert_eq!((told, found.as_str(), pointers), (status, kind, faults), "{first}");
    }
    let long = format!(r#"{{"campaign": "{}"}}"#, "x".repeat(1 << 20));
    assert_eq!(problem(&server, &long), (413, "line-too-long".to_owned(), vec![]));
    let json = server.call("POST", "/check/batch", &[("Content-Type", "application/json")], "{}");
    assert_eq!((json.status, json.problem().as_str()), (415, "unsupported-media-type"));
}

#[test]
fn the_last_line_needs_no_end_and_other_names_of_the_type_are_read() {
    let server = server();
    for kind in ["application/x-ndjson", "application/ndjson", "application/jsonl; charset=utf-8"] {
        let body = format!("{}\r\n\r\n{}", campaign(), json!({"ref": "1", "email": "no@example.com"}));
        let reply = server.call("POST", "/check/batch", &[("Content-Type", kind), ("Accept-Encoding", "gzip")], &body);
        assert_eq!((reply.status, reply.header("content-encoding")), (200, None), "{}", reply.text());
        assert!(reply.text().contains(r#""ref":"1","decision":"deny""#), "{}", reply.text());
    }
}
