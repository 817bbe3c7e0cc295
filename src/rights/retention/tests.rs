//! What goes, what stays, and when.

use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::{
    ledger::event::Event,
    store::{audit::audit, lmdb},
};

const KEY: Identity = Identity::new([7; 32]);
const RECORDED: &str = "2024-06-01T00:00:00Z";

/// Every kind that can have a period has one of 400 days.
const PERIODS: config::Retention =
    config::Retention { sends_days: 400, requests_days: 400, collections_days: 400, consents_days: 400 };

fn event(kind: &str, fields: Value, recorded_at: &str) -> Vec<u8> {
    let mut event = json!({
        "type": kind, "id": kind, "occurred_at": "2024-01-01T00:00:00Z", "sender": "acme",
        "recipient": { "email": "jo@example.com" },
    });
    fields.as_object().unwrap().iter().for_each(|(name, value)| event[name] = value.clone());
    let event: Event = serde_json::from_value(event).unwrap();
    record::of_event(&event, &KEY, recorded_at.parse().unwrap()).unwrap()
}

fn goes(bytes: &[u8], now: &str) -> bool {
    outlived(&Record::read(bytes).unwrap(), &PERIODS, now.parse().unwrap()).is_some()
}

#[rstest]
#[case("send_made", json!({ "channel": "email" }), true)]
#[case("request_made", json!({}), true)]
#[case("request_fulfilled", json!({ "request": "request_made" }), true)]
#[case("consent_given", json!({ "channels": ["email"] }), true)]
#[case("details_collected", json!({ "context": "sale" }), true)]
#[case("details_collected", json!({ "context": "sale", "refused": false }), true)]
#[case("details_collected", json!({ "context": "sale", "refused": true }), false)]
#[case("details_refused", json!({}), false)]
#[case("objection_raised", json!({}), false)]
#[case("consent_withdrawn", json!({}), false)]
#[case("complaint_made", json!({}), false)]
#[case("age_stated", json!({ "age": 40 }), false)]
fn what_was_said_against_marketing_never_goes(#[case] kind: &str, #[case] fields: Value, #[case] expected: bool) {
    assert_eq!(goes(&event(kind, fields, RECORDED), "2099-01-01T00:00:00Z"), expected);
}

#[rstest]
#[case("2025-07-05T23:59:59Z", false)]
#[case("2025-07-06T00:00:00Z", true)] // 400 days after it was recorded.
#[case("2020-01-01T00:00:00Z", false)] // A clock set backwards.
fn the_time_runs_from_what_came_later(#[case] now: &str, #[case] expected: bool) {
    assert_eq!(goes(&event("send_made", json!({ "channel": "email" }), RECORDED), now), expected);
    let told_before = json!({ "channel": "email", "occurred_at": RECORDED });
    assert_eq!(goes(&event("send_made", told_before, "2024-01-01T00:00:00Z"), now), expected);
}

#[test]
fn nothing_goes_without_a_period_and_nothing_twice() {
    let periods = config::Retention { sends_days: 0, requests_days: 0, collections_days: 0, consents_days: 0 };
    let send = event("send_made", json!({ "channel": "email" }), RECORDED);
    let (send, now) = (Record::read(&send).unwrap(), "2099-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(outlived(&send, &periods, now), None);
    let erased = send.erased();
    assert_eq!(outlived(&Record::read(&erased).unwrap(), &PERIODS, now), None);
}

#[test]
fn a_ledger_loses_what_has_outlived_its_time_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let data_dir = dir.path().join("data");
    let config = config::Store { data_dir, map_size: 1 << 26, key: None, key_file: None, allow_network_fs: true };
    let store = lmdb::open(&config, &KEY).unwrap();
    let append = |records| store.append(records).blocking_recv().unwrap().unwrap();
    // More than one notice names.
    let send = |n: u32| event("send_made", json!({ "id": format!("send-{n}"), "channel": "email" }), RECORDED);
    append((0..1_500).map(send).collect());
    let made = |id: &str, recorded: &str| event("request_made", json!({ "id": id }), recorded);
    let fulfilled =
        |id: &str, request: &str| event("request_fulfilled", json!({ "id": id, "request": request }), RECORDED);
    append(vec![
        // Its request came late: it stays, and so does what shows that it was answered.
        fulfilled("f-young", "young"),
        made("young", "2025-01-01T00:00:00Z"),
        fulfilled("f-old", "old"),
        made("old", RECORDED),
        fulfilled("f-unknown", "unknown"),
        event("consent_given", json!({ "channels": ["email"] }), RECORDED),
        event("objection_raised", json!({}), RECORDED),
    ]);
    let apply =
        |now: &str, rest: &dyn Fn(Duration) -> bool| apply(&store, &KEY, &PERIODS, now.parse().unwrap(), rest).unwrap();
    let now = "2025-08-01T00:00:00Z";
    assert_eq!(apply(now, &|_| false), Erased::default());
    let expected = Erased { sends: 1_500, requests: 2, consents: 1, collections: 0 };
    assert_eq!(apply(now, &|_| true), expected);
    assert_eq!(apply(now, &|_| true), Erased::default(), "it is all done");

    let view = store.view().unwrap();
    let audited = audit(&*view).unwrap();
    // Two notices of the sends and what else went, one of the fulfilment.
    assert_eq!((audited.records, audited.erased), (1_507 + 3, 1_503));
    let is_there = |id: &str| {
        let revision = view.find(&KEY.event_key(Some("acme"), id)).unwrap().unwrap();
        !Record::read(view.record(revision).unwrap().unwrap()).unwrap().is_erased()
    };
    let left = ["f-young", "young", "f-old", "old", "f-unknown", "consent_given", "objection_raised"].map(is_there);
    assert_eq!(left, [true, true, false, false, true, false, true]);
    drop(view);
    let later = apply("2026-08-01T00:00:00Z", &|_| true);
    assert_eq!(later, Erased { requests: 2, ..Erased::default() });
}
