//! Checkpoints and verification, as somebody does who has the data directory and a file that was kept elsewhere.

use std::{
    fs,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

use crate::process::Service;

fn maysend(arguments: &[&str], dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maysend"));
    command.args(arguments).arg("--data-dir").arg(dir).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn call(method: &str, url: &str, body: &Value) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = ureq::http::Request::builder().method(method).uri(url).header("content-type", "application/json");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut answer = agent.run(request.body(body).unwrap()).unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap())
}

fn check(url: &str, person: usize) {
    let request = json!({
        "sender": "acme", "channel": "email", "purpose": "commercial",
        "recipient": { "email": format!("jo{person}@example.com") },
    });
    assert_eq!(call("POST", &format!("{url}/check"), &request).0, 200);
}

fn objection(url: &str, id: usize) {
    let event = json!({
        "type": "objection_raised", "id": format!("o{id}"), "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
        "recipient": { "email": format!("jo{id}@example.com") },
    });
    assert_eq!(call("POST", &format!("{url}/events"), &event).0, 201);
}

/// A data directory with a few events and decisions, and a checkpoint in the middle of them.
fn served(above: &Path) -> (PathBuf, PathBuf) {
    let (dir, file) = (above.join("data"), above.join("checkpoint.json"));
    let service = Service::start(&dir, &[]);
    let profile = json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" });
    assert_eq!(call("PUT", &format!("{}/senders/acme", service.url), &profile).0, 201);
    (0..5).for_each(|person| objection(&service.url, person));
    (0..5).for_each(|person| check(&service.url, person));
    let (status, checkpoint) = call("GET", &format!("{}/checkpoint", service.url), &Value::Null);
    assert_eq!(status, 200, "{checkpoint}");
    fs::write(&file, checkpoint.to_string()).unwrap();
    (5..8).for_each(|person| objection(&service.url, person));
    (5..8).for_each(|person| check(&service.url, person));
    service.stop();
    (dir, file)
}

#[test]
fn what_was_signed_is_found_unchanged_later() {
    let above = tempfile::tempdir().unwrap();
    let (dir, file) = served(above.path());
    let verified = maysend(&["verify", "--checkpoint", file.to_str().unwrap()], &dir);
    let told = text(&verified.stdout);
    assert!(verified.status.success(), "{told}{}", text(&verified.stderr));
    for line in ["Sound.", "9 records (0 erased)", "8 decisions", "all up to it is as it was signed"] {
        assert!(told.contains(line), "{line} is not in {told}");
    }
    // Another ledger is not what was signed, and a text that was changed is signed by nobody.
    let other = above.path().join("other");
    let service = Service::start(&other, &[]);
    service.stop();
    let refused = maysend(&["verify", "--checkpoint", file.to_str().unwrap()], &other);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stdout));
    let mut changed: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    changed["text"] = json!(changed["text"].as_str().unwrap().replace("decisions 5", "decisions 4"));
    fs::write(&file, changed.to_string()).unwrap();
    let refused = maysend(&["verify", "--checkpoint", file.to_str().unwrap()], &dir);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stdout));
    assert!(text(&refused.stderr).contains("its signature does not fit"), "{}", text(&refused.stderr));
}

/// Whoever has the data directory can write both chains anew from a place on; not what was signed.
#[test]
fn a_ledger_and_a_log_that_were_cut_short_are_found_by_the_checkpoint_alone() {
    let above = tempfile::tempdir().unwrap();
    let (dir, file) = served(above.path());
    let again = above.path().join("again");
    fs::create_dir(&again).unwrap();
    fs::copy(dir.join("key"), again.join("key")).unwrap();
    let service = Service::start(&again, &[]);
    let profile = json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" });
    assert_eq!(call("PUT", &format!("{}/senders/acme", service.url), &profile).0, 201);
    objection(&service.url, 0);
    service.stop();
    assert!(maysend(&["verify"], &again).status.success());
    let found = maysend(&["verify", "--format", "json", "--checkpoint", file.to_str().unwrap()], &again);
    let told: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!((found.status.code(), &told["sound"]), (Some(1), &json!(false)), "{told}");
    assert!(told["fault"].as_str().unwrap().contains("which was signed"), "{told}");
}

#[test]
fn a_flipped_byte_of_the_log_is_found_and_told_where() {
    let above = tempfile::tempdir().unwrap();
    let (dir, _) = served(above.path());
    let log = dir.join("decisions/00000001.log");
    let file = fs::OpenOptions::new().read(true).write(true).open(&log).unwrap();
    let bytes = fs::read(&log).unwrap();
    // Past the header, in the middle of what is there.
    let written = bytes.iter().rposition(|byte| *byte != 0).unwrap() as u64;
    let at = written - 700;
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    file.write_all_at(&[byte[0] ^ 1], at).unwrap();
    let found = maysend(&["verify"], &dir);
    let told = text(&found.stdout);
    assert_eq!(found.status.code(), Some(1), "{told}");
    assert!(told.contains("decisions/00000001.log") && told.contains("decision "), "{told}");
}

#[test]
fn the_signature_is_checked_with_openssl_alone() {
    let above = tempfile::tempdir().unwrap();
    let (_, file) = served(above.path());
    let checkpoint: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let path = |name: &str| above.path().join(name);
    fs::write(path("text"), checkpoint["text"].as_str().unwrap()).unwrap();
    fs::write(path("key.pem"), checkpoint["public_key"].as_str().unwrap()).unwrap();
    let signature = data_encoding::BASE64.decode(checkpoint["signature"].as_str().unwrap().as_bytes()).unwrap();
    fs::write(path("signature"), signature).unwrap();
    let arguments =
        ["pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "text", "-sigfile", "signature"];
    let checked = Command::new("openssl").current_dir(above.path()).args(arguments).output().unwrap();
    assert!(checked.status.success(), "{}{}", text(&checked.stdout), text(&checked.stderr));
}
