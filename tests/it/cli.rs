//! The command line, as scripts and people use it: the real program, its exit code and what it says.

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{process::Service, server::Server};

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// Its exit code.
    pub(crate) code: Option<i32>,
    /// Its standard output.
    pub(crate) out: String,
    /// Its standard error.
    pub(crate) err: String,
}

/// Runs the program with these arguments and this standard input, without the settings of whoever runs the tests.
pub(crate) fn run(arguments: &[&str], input: &str) -> Said {
    let mut process = Command::new(env!("CARGO_BIN_EXE_maysend"))
        .args(arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A command that does not read its input may be gone already.
    let _ = process.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = process.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A request that carries everything it needs: an inline sender and a consent that can be relied on.
fn allowed() -> Value {
    json!({
        "sender": {"legal_name": "Acme Bikes Ltd", "kind": "company"}, "channel": "email", "purpose": "commercial",
        "recipient": {"email": "jo@example.com", "subscriber": "individual"}, "topic": "offers",
        "message": {"opt_out": "link", "identifies_sender": true, "reply_address": true},
        "given": [{
            "type": "consent_given", "occurred_at": "2026-03-01T09:30:00Z", "how": "unticked_box",
            "channels": ["email"], "topics": ["offers"], "separate": true, "conditional": false,
            "withdrawal_told": true, "evidence": "form 17"
        }]
    })
}

/// The same without the consent.
fn denied() -> Value {
    let mut request = allowed();
    request["given"] = json!([]);
    request
}

fn check(request: &Value) -> Said {
    run(&["check", "-"], &request.to_string())
}

fn put(url: &str, path: &str, body: &Value) -> u16 {
    let request = ureq::put(format!("{url}{path}")).content_type("application/json");
    request.send(body.to_string()).expect("an answer").status().as_u16()
}

fn post(url: &str, path: &str, body: &Value) -> u16 {
    let request = ureq::post(format!("{url}{path}")).content_type("application/json");
    request.send(body.to_string()).expect("an answer").status().as_u16()
}

#[test]
fn the_exit_code_is_the_decision() {
    let allow = check(&allowed());
    assert_eq!((allow.code, allow.err.as_str()), (Some(0), ""), "{}", allow.out);
    let answer: Value = serde_json::from_str(&allow.out).expect("JSON into a pipe");
    assert_eq!(answer["decision"], "allow");
    let deny = check(&denied());
    assert_eq!((deny.code, deny.err.as_str()), (Some(1), ""));
    let mut fax = allowed();
    fax["channel"] = json!("fax");
    let undecided = check(&fax);
    assert_eq!((undecided.code, undecided.out.as_str()), (Some(2), ""));
    assert!(undecided.err.starts_with("maysend: not decided, so do not send: /recipient/phone: "), "{}", undecided.err);
}

#[test]
fn a_request_is_read_from_a_file_and_answered_in_the_form_asked_for() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("request.json");
    fs::write(&file, denied().to_string()).expect("a file");
    let file = file.to_str().expect("a path of text");
    let text = run(&["check", file, "--format", "text"], "");
    assert_eq!(text.code, Some(1));
    assert!(text.out.starts_with("DENY: this message must not be sent.\n\nBecause:\n"), "{}", text.out);
    let full = run(&["check", "--format", "json", "--detail", "full", file], "");
    let answer: Value = serde_json::from_str(&full.out).expect("JSON");
    assert!(answer["detail"]["rules"].as_array().is_some_and(|rules| !rules.is_empty()));
    let none = run(&["check", "nothing.json"], "");
    assert_eq!(
        (none.code, none.err.as_str()),
        (Some(2), "maysend: cannot read `nothing.json`: no such file or directory\n")
    );
}

/// A broken body is told in the words of the service: the same places, messages and hints.
#[rstest::rstest]
#[case("{\"sender\": jo@example.com")]
#[case("{\"sender\": \"acme\"")]
#[case("")]
#[case("[[[[")]
#[case("{\"jo@example.com\": 1}")]
#[case("{\"sender\": \"acme\", \"sender\": \"jo@example.com\"}")]
#[case(r#"{"sender": "acme", "chanel": "email", "recipient": {"emial": "jo@example.com"}, "purpose": "comercial"}"#)]
#[case(r#"{"sender": "acme", "channel": "email", "recipient": ["jo@example.com"], "purpose": "commercial"}"#)]
fn a_faulty_body_is_told_as_the_service_tells_it(#[case] body: &str) {
    let said = run(&["check", "-"], body);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.starts_with("maysend: standard input is no send request: "), "{}", said.err);
    assert!(!said.err.contains("jo@"), "{}", said.err);
    let problem = Server::start().call("POST", "/check", &[("Content-Type", "application/json")], body).json();
    let faults = problem["errors"].as_array().cloned().unwrap_or_default();
    assert!(faults.len() == 1 || said.err.contains(problem["detail"].as_str().expect("a detail")), "{}", said.err);
    for fault in faults {
        for part in ["pointer", "message", "did_you_mean"] {
            assert!(said.err.contains(fault[part].as_str().unwrap_or_default()), "{fault} in {}", said.err);
        }
    }
}

#[test]
fn a_ledger_is_read_while_a_service_writes_it() {
    let above = tempfile::tempdir().expect("a directory");
    let dir = above.path().join("data");
    let service = Service::start(&dir, &[]);
    let data = dir.to_str().expect("a path of text");
    assert_eq!(put(&service.url, "/senders/acme", &json!({"legal_name": "Acme Bikes Ltd", "kind": "company"})), 201);
    let mut request = denied();
    request["sender"] = json!("acme");
    let ask = |request: &Value| run(&["check", "--data-dir", data, "-"], &request.to_string());
    assert_eq!(ask(&request).code, Some(1));
    let mut consent = allowed()["given"][0].clone();
    consent["id"] = json!("form-1");
    consent["sender"] = json!("acme");
    consent["recipient"] = json!({"email": "jo@example.com"});
    assert_eq!(post(&service.url, "/events", &consent), 201);
    let said = ask(&request);
    assert_eq!(said.code, Some(0), "{said:?}");
    request["sender"] = json!("acmee");
    let stranger = ask(&request);
    assert!(stranger.code == Some(2) && stranger.err.contains("/sender: "), "{stranger:?}");
    assert!(stranger.err.contains("did you mean `acme`?"), "{stranger:?}");
    wrong_keys(above.path(), data, &request.to_string());
}

fn wrong_keys(above: &Path, data: &str, request: &str) {
    let other = above.join("other");
    drop(Service::start(&other, &[]));
    let key = other.join("key");
    let said = run(&["check", "--data-dir", data, "--key-file", key.to_str().expect("text"), "-"], request);
    assert!(said.code == Some(2) && said.err.contains("is not the one that the data directory"), "{said:?}");
    let said = run(&["check", "--data-dir", data, "--key-file", "nothing", "-"], request);
    assert_eq!((said.code, said.err.as_str()), (Some(2), "maysend: the key file `nothing` does not exist\n"));
}

#[test]
fn a_sender_s_id_says_nothing_without_a_ledger() {
    let mut request = allowed();
    request["sender"] = json!("acme");
    let said = check(&request);
    assert!(said.code == Some(2) && said.err.contains("without `--data-dir DIR`"), "{said:?}");
}

#[test]
fn rules_are_listed_and_explained() {
    let list = run(&["rules"], "");
    let book: Value = serde_json::from_str(&list.out).expect("JSON into a pipe");
    let id = book["rules"][0]["id"].as_str().expect("an id");
    assert!(run(&["rules", "--format", "text"], "").out.contains(id));
    let early = run(&["rules", "--as-of", "1999-01-01"], "");
    assert_eq!((early.code, early.out.as_str()), (Some(2), ""));
    let page = run(&["explain", "pecr.reg22.soft-opt-in"], "");
    assert_eq!(page.code, Some(0));
    assert!(page.out.contains("\nAllowed\n") && page.out.contains("https://www.legislation.gov.uk/"));
    let missed = run(&["explain", "pecr.reg22.sotf-opt-in"], "");
    assert!(missed.code == Some(2) && missed.err.contains("did you mean `pecr.reg22.soft-opt-in`?"), "{missed:?}");
}

#[test]
fn the_specification_is_the_committed_one() {
    let committed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/openapi.json"));
    assert!(run(&["openapi"], "").out == committed.expect("the specification"), "`make docs` writes it anew");
}

#[test]
fn a_healthcheck_asks_the_service() {
    let above = tempfile::tempdir().expect("a directory");
    let service = Service::start(&above.path().join("data"), &[]);
    let ask = |url: &str| run(&["healthcheck", "--url", url], "");
    assert_eq!((ask(&service.url).code, ask(&service.url).out.as_str()), (Some(0), "ready\n"));
    assert_eq!(run(&["healthcheck", "--live", "--url", &service.url], "").out, "live\n");
    let url = service.url.clone();
    service.kill();
    let gone = ask(&url);
    assert!(gone.code == Some(1) && gone.err.contains("is `maysend serve` running there?"), "{gone:?}");
}

#[test]
fn a_taken_port_is_told_and_nothing_is_left_behind() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let above = tempfile::tempdir().expect("a directory");
    let data = above.path().join("data");
    let said = run(&["serve", "--bind", &address, "--data-dir", data.to_str().expect("text")], "");
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("is in use: stop what listens there, or choose another with `--bind"), "{said:?}");
    assert!(!data.exists());
}
