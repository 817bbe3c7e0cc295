//! The erasure of a person, over HTTP and on the command line.

use serde_json::{Value, json};

use crate::{
    cli::{self, Said},
    process::Service,
    server::{Reply, Server},
};

fn person() -> Value {
    json!({ "email": "jo@example.com", "phone": "+447700900123" })
}

fn acme() -> Value {
    json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" })
}

fn consent() -> Value {
    json!({
        "type": "consent_given", "id": "form-1", "occurred_at": "2026-03-01T09:30:00Z", "sender": "acme",
        "recipient": person(), "how": "unticked_box", "channels": ["email"], "separate": true, "conditional": false,
        "wording": "Yes, send me a parrot",
    })
}

fn erasure() -> Value {
    json!({ "sender": "acme", "recipient": person(), "reference": "ticket 4711" })
}

fn check(as_of: Option<&str>) -> Value {
    let mut request = json!({
        "sender": "acme", "channel": "email", "purpose": "commercial", "recipient": { "email": "jo@example.com" },
        "message": { "opt_out": "link", "identifies_sender": true, "reply_address": true },
    });
    if let Some(day) = as_of {
        request["as_of"] = json!(day);
    }
    request
}

fn server() -> Server {
    let server = Server::start();
    assert_eq!(server.put("/senders/acme", &acme()).status, 201);
    assert_eq!(server.post("/events", &consent()).status, 201);
    server
}

/// The decision, and the first fact that it rests on.
fn decided(server: &Server, request: &Value) -> (String, String) {
    let answer = server.post("/check", request).json();
    let fact =
        answer["reasons"].as_array().unwrap().iter().find_map(|reason| reason["facts"][0]["event"]["type"].as_str());
    (answer["decision"].as_str().unwrap().to_owned(), fact.unwrap_or_default().to_owned())
}

fn history(server: &Server) -> Vec<Value> {
    let asked = json!({ "sender": "acme", "recipient": person() });
    server.post("/recipients/history", &asked).json()["events"].as_array().unwrap().clone()
}

#[test]
fn what_identifies_and_evidences_goes_and_the_promise_stays() {
    let server = server();
    assert_eq!(decided(&server, &check(None)).0, "allow");
    let Reply { status, .. } = server.post("/recipients/erasure", &erasure());
    assert_eq!(status, 200);
    for as_of in [None, Some("2026-06-01")] {
        assert_eq!(decided(&server, &check(as_of)).0, "deny", "{as_of:?}");
    }
    let left = history(&server);
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!((&left[0]["type"], &left[0]["reference"]), (&json!("erasure_requested"), &json!("ticket 4711")));
    // The consent does not come back by being sent again; a new one, of the person's own, is another matter.
    let again = server.post("/events", &consent());
    assert_eq!((again.status, again.json()["already_known"].clone()), (200, json!(1)));
    assert_eq!(decided(&server, &check(None)).0, "deny");
}

#[test]
fn the_answer_tells_what_went_and_what_stays_by_which_provision() {
    let server = server();
    let told = server.post("/recipients/erasure", &erasure()).json();
    let provisions = |list: &str, name: &str| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        told[list].as_array().unwrap().iter().map(|it| (text(&it[name]), text(&it["citation"]["provision"]))).collect()
    };
    let pair = |what: &str, provision: &str| (what.to_owned(), provision.to_owned());
    assert_eq!(provisions("erased", "type"), [pair("consent_given", "Art 17(1)(b)")]);
    assert_eq!(told["erased"][0]["revisions"], json!(["r1-2"]));
    let kept = [pair("suppression", "Art 17(3)(b)"), pair("journal_entry", "Art 5(1)(f) and (2)")];
    assert_eq!(provisions("kept", "what"), kept);
    assert_eq!((&told["revision"], &told["sender"]), (&json!("r1-4"), &json!("acme")));
    let again = server.post("/recipients/erasure", &erasure()).json();
    assert_eq!((&again["revision"], &again["erased"]), (&json!("r1-4"), &json!([])));
}

#[rstest::rstest]
#[case(json!({ "sender": "acne" }), 422, "sender-not-registered", "/sender")]
#[case(json!({ "recipient": {} }), 422, "contact-detail", "/recipient")]
#[case(json!({ "recipient": { "email": "jo" } }), 422, "contact-detail", "/recipient/email")]
#[case(json!({ "reference": "about jo@example.com" }), 422, "event-refused", "/reference")]
#[case(json!({ "reference": " " }), 422, "event-refused", "/reference")]
#[case(json!({ "reference": "" }), 400, "invalid-body", "/reference")]
#[case(json!({ "referrer": "x" }), 400, "invalid-body", "/referrer")]
fn a_bad_request_erases_nothing(
    #[case] change: Value,
    #[case] status: u16,
    #[case] problem: &str,
    #[case] pointer: &str,
) {
    let server = server();
    let mut body = erasure();
    change.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
    let reply = server.post("/recipients/erasure", &body);
    assert_eq!((reply.status, reply.problem().as_str()), (status, problem), "{}", reply.text());
    assert_eq!(reply.faults()[0].0, pointer);
    assert_eq!(history(&server).len(), 1);
}

/// Else somebody would believe that something had been erased.
#[test]
fn an_erasure_cannot_be_told_as_an_event() {
    let server = server();
    let told = json!({
        "type": "erasure_requested", "id": "1", "occurred_at": "2026-03-01T09:30:00Z", "sender": "acme", "recipient": person(),
    });
    let reply = server.post("/events", &told);
    assert_eq!((reply.status, reply.faults()), (422, vec![("/type".to_owned(), "only_by_erasure".to_owned())]));
    assert!(reply.text().contains("`POST /recipients/erasure`"));
    let mut request = check(None);
    request["given"] = json!([{ "type": "erasure_requested", "occurred_at": "2026-03-01T09:30:00Z" }]);
    let reply = server.post("/check", &request);
    assert_eq!((reply.status, reply.faults()), (422, vec![("/given/0/type".to_owned(), "only_by_erasure".to_owned())]));
    assert!(reply.text().contains("`POST /recipients/erasure`"));
}

#[test]
fn the_command_line_erases_when_it_is_told_so_twice() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    let data = dir.to_str().unwrap();
    let service = Service::start(&dir, &[]);
    let send = |method: &str, path: &str, body: &Value| {
        let url = format!("{}{path}", service.url);
        let request = if method == "PUT" { ureq::put(url) } else { ureq::post(url) };
        request.content_type("application/json").send(body.to_string()).unwrap().status().as_u16()
    };
    assert_eq!(send("PUT", "/senders/acme", &acme()), 201);
    assert_eq!(send("POST", "/events", &consent()), 201);
    let ask = |arguments: &[&str], input: &str| cli::run(&[&["erase", "--data-dir", data], arguments].concat(), input);
    let named = ["--sender", "acme", "--email", "jo@example.com"];

    // What would be erased is told while the service runs; it is erased by the service, or without it.
    let Said { code, out, err } = ask(&named, "");
    assert_eq!((code, err.as_str()), (Some(1), "maysend: nothing is erased yet: run the same command with `--yes`\n"));
    assert!(out.starts_with("Would be erased:\n  consent_given (1) [UK GDPR Art 17(1)(b)]\n"), "{out}");
    let served = ask(&[&named[..], &["--yes"]].concat(), "");
    assert!(served.code == Some(2) && served.err.contains("`POST /recipients/erasure`"), "{served:?}");
    service.stop();

    let done = ask(&["--yes", "--format", "json", "-"], &erasure().to_string());
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
    let told: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((&told["erased"][0]["type"], &told["revision"]), (&json!("consent_given"), &json!("r1-4")));
    let again = ask(&[&named[..], &["--yes"]].concat(), "");
    assert!(again.code == Some(0) && again.out.contains("nothing, since nothing is held"), "{again:?}");
    let bad = ask(&["--sender", "acme", "--email", "jo", "--yes"], "");
    assert!(bad.code == Some(2) && bad.err.contains("/recipient/email") && !bad.err.contains("jo "), "{bad:?}");
}
