//! The decision log from the command line: beside a running service, and after one that was killed.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    cli::{Said, run},
    process::Service,
};

fn send(method: &str, url: &str, body: &Value) -> Value {
    let request = ureq::http::Request::builder().method(method).uri(url).header("content-type", "application/json");
    let mut answer = ureq::run(request.body(body.to_string()).expect("a request")).expect("an answer");
    serde_json::from_str(&answer.body_mut().read_to_string().expect("a body")).expect("JSON")
}

fn get(url: &str) -> Value {
    let mut answer = ureq::get(url).call().expect("an answer");
    serde_json::from_str(&answer.body_mut().read_to_string().expect("a body")).expect("JSON")
}

/// Refused for what lawyers differ on alone: the way to refuse is stated, and the text that was given shows none.
fn doubtful() -> Value {
    json!({"sender": "acme", "channel": "email", "purpose": "commercial", "campaign": "spring",
        "recipient": {"email": "jo@example.com"},
        "message": {"opt_out": "link", "identifies_sender": true, "reply_address": true, "text": "Spring is here."}})
}

/// A service that has allowed one message and refused two.
fn service(dir: &Path) -> (Service, Vec<Value>) {
    let service = Service::start(dir, &[]);
    let url = |path: &str| format!("{}{path}", service.url);
    send("PUT", &url("/senders/acme"), &json!({"legal_name": "Acme Bikes Ltd", "kind": "company"}));
    let consent = json!({"type": "consent_given", "id": "form-1", "occurred_at": "2026-03-01T09:30:00Z",
        "sender": "acme", "recipient": {"email": "jo@example.com"}, "how": "unticked_box", "channels": ["email"],
        "separate": true, "conditional": false, "withdrawal_told": true, "evidence": "form 17"});
    send("POST", &url("/events"), &consent);
    let mut plain = doubtful();
    plain["message"]["text"] = Value::Null;
    plain["message"].as_object_mut().expect("an object").remove("text");
    let mut to_al = doubtful();
    (to_al["recipient"], to_al["campaign"]) = (json!({"email": "al@example.com"}), json!("autumn"));
    let answers = [plain, doubtful(), to_al].map(|body| send("POST", &url("/check"), &body));
    let decisions: Vec<_> = answers.iter().map(|answer| answer["decision"].as_str().expect("a decision")).collect();
    assert_eq!(decisions, ["allow", "deny", "deny"]);
    (service, answers.into())
}

fn asked(dir: &Path, arguments: &[&str], input: &str) -> Said {
    let dir = dir.to_str().expect("a path of text");
    run(&[&arguments[..1], &["--data-dir", dir], &arguments[1..]].concat(), input)
}

fn found(dir: &Path, arguments: &[&str], input: &str) -> Vec<Value> {
    let said = asked(dir, &[&["decisions"], arguments].concat(), input);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let page: Value = serde_json::from_str(&said.out).expect("JSON");
    page["decisions"].as_array().expect("a list").iter().map(|it| it["decision_id"].clone()).collect()
}

#[test]
fn the_command_shows_what_the_service_decided() {
    let above = tempfile::tempdir().expect("a directory");
    let dir = above.path().join("data");
    let (service, answers) = service(&dir);
    let [allowed, denied, to_al] = [0, 1, 2].map(|index: usize| answers[index]["decision_id"].clone());
    let all = [to_al.clone(), denied.clone(), allowed.clone()];
    assert_eq!(found(&dir, &[], ""), all);
    assert_eq!(found(&dir, &["--decision", "allow"], ""), std::slice::from_ref(&allowed));
    assert_eq!(found(&dir, &["--campaign", "spring", "--decision", "deny"], ""), std::slice::from_ref(&denied));
    assert_eq!(found(&dir, &["--rule", "policy.opt-out-shown"], ""), [to_al.clone(), denied.clone()]);
    assert_eq!(found(&dir, &["--email", "Al@EXAMPLE.com"], ""), std::slice::from_ref(&to_al));
    assert_eq!(found(&dir, &["--from", "2100-01-01"], ""), [] as [Value; 0]);
    assert_eq!(found(&dir, &["--until", "2026-01-01T00:00:00Z"], ""), [] as [Value; 0]);
    let body = json!({"recipient": {"email": "jo@example.com"}, "sender": "acme"}).to_string();
    assert_eq!(found(&dir, &["-"], &body), [denied.clone(), allowed.clone()]);
    // The same, word for word, as the service answers.
    let search = send("POST", &format!("{}/decisions/search", service.url), &json!({"limit": 2}));
    let said = asked(&dir, &["decisions", "--limit", "2"], "");
    assert_eq!(serde_json::from_str::<Value>(&said.out).expect("JSON"), search);
    let next = search["next"].as_str().expect("there are more");
    assert_eq!(found(&dir, &["--limit", "2", "--cursor", next], ""), std::slice::from_ref(&allowed));
    let id = allowed.as_str().expect("an id");
    let shown = asked(&dir, &["decisions", "--id", id], "");
    let page = get(&format!("{}/decisions/{id}", service.url));
    assert_eq!(serde_json::from_str::<Value>(&shown.out).expect("JSON"), page);
    assert_eq!(page["basis"]["event"]["id"], "form-1");
    let text = asked(&dir, &["decisions", "--format", "text"], "").out;
    assert!(
        text.contains(&format!("  allow  {id}  acme, email, commercial, spring\n    pecr.reg22.consent")),
        "{text}"
    );
    assert!(!text.contains("example.com"));
}

#[rstest::rstest]
#[case::a_rule(&["--rule", "pecr.reg22.consnt"], "/rule: no rule has this id (did you mean `pecr.reg22.consent`?)")]
#[case::a_sender(&["--sender", "acmee"], "/sender: no sender is registered under this id (did you mean `acme`?)")]
#[case::an_address(&["--email", "jo"], "/recipient/email: this is no email address")]
#[case::an_id(&["--id", "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e"], "no decision of the log has the id")]
fn what_cannot_be_searched_for_is_told(#[case] arguments: &[&str], #[case] told: &str) {
    let above = tempfile::tempdir().expect("a directory");
    let dir = above.path().join("data");
    let _service = service(&dir);
    let said = asked(&dir, &[&["decisions"], arguments].concat(), "");
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.starts_with(&format!("maysend: {told}")), "{}", said.err);
}

#[test]
fn a_replay_tells_what_would_differ_also_after_the_service_was_killed() {
    let above = tempfile::tempdir().expect("a directory");
    let dir = above.path().join("data");
    let (service, answers) = service(&dir);
    let same = asked(&dir, &["replay", "--format", "text"], "");
    assert_eq!((same.code, same.err.as_str()), (Some(0), ""), "{}", same.out);
    assert!(same.out.starts_with("Decided again: 3 (in "), "{}", same.out);
    service.kill();
    let said = asked(&dir, &["replay", "--profile", "literal"], "");
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    let told: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((&told["decided_again"], &told["now_allowed"], &told["now_denied"]), (&json!(3), &json!(1), &json!(0)));
    // The other deny rests on the missing consent as well: it stays one, for fewer reasons.
    assert_eq!(told["other_reasons"], 1);
    let rule = json!({"rule": "policy.opt-out-shown", "newly_fails": 0, "no_longer_fails": 2, "newly_holds": 0,
        "no_longer_holds": 0, "examples": [answers[1]["decision_id"], answers[2]["decision_id"]]});
    assert!(told["by_rule"].as_array().is_some_and(|rules| rules.contains(&rule)), "{told}");
    let campaign = json!({"sender": "acme", "campaign": "spring", "channel": null, "purpose": null, "now_denied": 0,
        "now_allowed": 1, "other_reasons": 0, "examples": [answers[1]["decision_id"]]});
    assert!(told["by_campaign"].as_array().is_some_and(|campaigns| campaigns.contains(&campaign)), "{told}");
    let one = asked(&dir, &["replay", "--profile", "literal", "--campaign", "autumn", "--format", "text"], "");
    assert!(one.out.starts_with("Decided again: 1 (in "), "{}", one.out);
    assert!(one.out.contains("acme: autumn: 0 now denied, 0 now allowed, 1 the same for other reasons"), "{}", one.out);
    let before = asked(&dir, &["replay", "--as-of", "2003-01-01"], "");
    assert_eq!(before.code, Some(2));
}
