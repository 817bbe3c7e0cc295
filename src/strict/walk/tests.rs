//! Each row changes one thing in the smallest sound body.

use serde_json::{Value, json};

use super::{Fault, Tree, Walk};
use crate::{check::request::SendRequest, ledger::event::Event};

fn faults<T: utoipa::ToSchema>(body: &str) -> Vec<Fault> {
    let tree: Tree = serde_json::from_str(body).expect("JSON");
    Walk::of::<T>().faults(&tree, "")
}

fn with(mut body: Value, pointer: &str, value: Value) -> String {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = body.pointer_mut(parent).expect("an object").as_object_mut().expect("an object");
    parent.insert(name.to_owned(), value);
    body.to_string()
}

fn request() -> Value {
    json!({"sender": "acme", "channel": "email", "recipient": {"email": "jo@example.com"}, "purpose": "commercial",
        "message": {}})
}

#[rstest::rstest]
#[case("/chanel", json!("sms"), "/chanel", "unknown_field", Some("channel"))]
#[case("/jo@example.com", json!(1), "", "unknown_field", None)]
#[case("/channel", json!("e-mail"), "/channel", "not_allowed", Some("email"))]
#[case("/channel", json!(3), "/channel", "wrong_type", None)]
#[case("/sender", json!(3), "/sender", "wrong_type", None)]
#[case("/sender", json!("ACME"), "/sender", "pattern", None)]
#[case("/sender", json!({"legal_name": "Acme Bikes Ltd"}), "/sender/kind", "missing_field", None)]
#[case("/sender", json!({"legal_name": "", "kind": "company"}), "/sender/legal_name", "too_short", None)]
#[case("/given", json!([{"type": "contact_reassigned", "occurred_at": "2026-03-01T09:30:00Z", "recipient": {}}]), "/given/0/recipient", "too_few", None)]
#[case("/recipient/phone", json!("call me"), "/recipient/phone", "pattern", None)]
#[case("/recipient/age", json!(131), "/recipient/age", "too_large", None)]
#[case("/recipient/age", json!(-1), "/recipient/age", "too_small", None)]
#[case("/recipient/age", json!(1.5), "/recipient/age", "wrong_type", None)]
#[case("/recipient/country", json!("gb"), "/recipient/country", "pattern", None)]
#[case("/as_of", json!("yesterday"), "/as_of", "format", None)]
#[case("/as_of", json!("2026-03-01T09:30:00"), "/as_of", "format", None)]
#[case("/topic", json!(""), "/topic", "too_short", None)]
#[case("/message/headers", json!({"To: jo@example.com": 1}), "/message/headers", "wrong_type", None)]
#[case("/message/reply_address", json!([]), "/message/reply_address", "wrong_type", None)]
#[case("/given", json!([{"type": "consent"}]), "/given/0/type", "not_allowed", None)]
#[case("/given", json!([{"type": "consent_givn"}]), "/given/0/type", "not_allowed", Some("consent_given"))]
#[case("/given", json!([{"occurred_at": "2026-03-01T09:30:00Z"}]), "/given/0/type", "missing_field", None)]
fn each_change_is_found(
    #[case] change: &str,
    #[case] value: Value,
    #[case] pointer: &str,
    #[case] code: &str,
    #[case] meant: Option<&str>,
) {
    let found = faults::<SendRequest>(&with(request(), change, value));
    let seen: Vec<_> =
        found.iter().map(|f| (f.pointer.as_deref().unwrap_or("-"), f.code, f.did_you_mean.as_deref())).collect();
    assert_eq!(seen, [(pointer, code, meant)]);
    assert!(found.iter().all(|fault| !fault.message.contains("jo@") && !fault.message.contains("call me")));
}

#[rstest::rstest]
#[case("/instigator", json!(null))]
#[case("/instigator", json!({"legal_name": "Acme Bikes Ltd", "kind": "company"}))]
#[case("/as_of", json!("2026-03-01"))]
#[case("/as_of", json!("2026-03-01T09:30:00+01:00"))]
#[case("/message/reply_address", json!(true))]
#[case("/message/reply_address", json!("stop@example.com"))]
#[case("/given", json!([{"type": "contact_reassigned", "occurred_at": "2026-03-01T09:30:00Z"}]))]
#[case("/recipient/age", json!(null))]
fn what_is_sound_has_no_fault(#[case] change: &str, #[case] value: Value) {
    let body = with(request(), change, value);
    assert_eq!(faults::<SendRequest>(&body), []);
    serde_json::from_str::<SendRequest>(&body).expect("what has no fault can be read");
}

#[test]
fn every_fault_is_found_in_the_order_of_the_text() {
    let body = r#"{"chanel": "email", "recipient": {"email": 5, "emial": "x"}, "sender": "acme", "sender": "b",
        "purpose": "comercial"}"#;
    let seen: Vec<_> = faults::<SendRequest>(body)
        .into_iter()
        .map(|f| format!("{} {}", f.pointer.unwrap_or_default(), f.code))
        .collect();
    let expected = [
        "/chanel unknown_field",
        "/recipient/email wrong_type",
        "/recipient/emial unknown_field",
        "/sender duplicate_field",
        "/purpose not_allowed",
        "/channel missing_field",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn the_type_of_an_event_tells_which_fields_it_has() {
    let body = r#"{"type": "age_stated", "id": "1", "occurred_at": "today", "sender": "acme",
        "recipient": {"email": "jo@example.com"}, "channels": []}"#;
    let seen: Vec<_> =
        faults::<Event>(body).into_iter().map(|f| format!("{} {}", f.pointer.unwrap_or_default(), f.code)).collect();
    assert_eq!(seen, ["/occurred_at format", "/channels unknown_field", "/age missing_field"]);
}

#[test]
fn a_body_that_is_no_object_is_one_fault() {
    assert_eq!(faults::<SendRequest>("[]").len(), 1);
    assert_eq!(faults::<Event>("3").len(), 1);
}
