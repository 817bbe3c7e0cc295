//! A bundle with decisions: the log is filled here, since it is what is asked about.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::{
    check,
    config::{self, Flush, OnFull},
    decisions::Draft,
    ledger::record,
    store::memory::Memory,
};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn ledger(identity: &Identity) -> Memory {
    let event = |fields: serde_json::Value| {
        let event = serde_json::from_value(fields).expect("an event");
        record::of_event(&event, identity, at("2026-03-05T08:00:00Z")).expect("a record")
    };
    let acme = serde_json::from_value(json!({"legal_name": "Acme Bikes Ltd", "kind": "company"})).expect("a profile");
    let profile = record::of_sender("acme", &acme, identity, at("2026-03-01T08:00:00Z")).expect("a record");
    let recipient = json!({"email": "jo@example.com"});
    let consent = json!({"type": "consent_given", "id": "form-1", "occurred_at": "2026-03-01T09:30:00Z",
        "sender": "acme", "recipient": recipient, "channels": ["email"], "how": "button", "wording": "Yes, <please>"});
    let objection = json!({"type": "objection_raised", "id": "link-2", "occurred_at": "2026-03-04T09:30:00Z",
        "sender": "acme", "recipient": recipient});
    let other = json!({"type": "objection_raised", "id": "link-3", "occurred_at": "2026-03-04T09:30:00Z",
        "sender": "acme", "recipient": {"email": "al@example.com"}});
    Memory::of(vec![profile, event(consent), event(objection), event(other)]).expect("a ledger")
}

/// A log in which the person was allowed once and denied once, and somebody else denied.
fn log(identity: &Identity, dir: &tempfile::TempDir) -> Arc<DecisionLog> {
    let (flush, on_full) = (Flush::EachSecond, OnFull::FailClosed);
    let config = config::Decisions { flush, on_full, max_size: 1 << 26, max_age_days: 0 };
    let log = DecisionLog::open(dir.path(), config, check::book()).expect("a log");
    let place = |id: &str| check::book().rules.iter().rposition(|rule| rule.id == id).expect("a rule") as u16;
    let key = |email: &str| {
        let detail = Normalised::new(DetailKind::Email, &email.into()).expect("a detail");
        identity.recipient_key(Some("acme"), &detail)
    };
    let draft = |number: u128, email: &str, at: Timestamp, allow: bool, rule: &str| Draft {
        id: Uuid::from_u128(number),
        at,
        sender: Some("acme".into()),
        campaign: Some("spring <sale>".into()),
        parent: None,
        allow,
        rules: [place(rule)].into_iter().collect(),
        keys: [key(email)].into_iter().collect(),
        body: Vec::new(),
    };
    let drafts = [
        draft(1, "jo@example.com", at("2026-03-02T10:00:00Z"), true, "pecr.reg22.consent"),
        draft(2, "al@example.com", at("2026-03-02T10:00:00Z"), false, "pecr.reg22.consent"),
        draft(3, "jo@example.com", at("2026-03-06T10:00:00Z"), false, "uk_gdpr.art21.objection"),
    ];
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        for draft in drafts {
            log.keep(draft, Duration::from_secs(1)).await.expect("it is kept");
        }
    });
    log
}

fn gathered() -> Evidence {
    let (identity, dir) = (Identity::new([7; 32]), tempfile::tempdir().expect("a directory"));
    let request = json!({"sender": "acme", "recipient": {"email": "Jo@Example.com"}});
    let request = serde_json::from_value(request).expect("a request");
    let decisions = log(&identity, &dir);
    let sources =
        Sources { identity: &identity, decisions: &decisions, now: at("2026-11-22T10:00:00Z"), checkpoint: None };
    gather(request, &ledger(&identity), sources).expect("a bundle")
}

#[test]
fn the_decisions_about_the_person_come_with_their_rules() {
    let evidence = gathered();
    let LoggedDecisions { allowed, denied, cut, listed } = &evidence.decisions;
    assert_eq!((*allowed, *denied, *cut), (1, 1, false));
    assert_eq!(listed.iter().map(|it| it.decision_id.as_u128()).collect::<Vec<_>>(), [3, 1]);
    let law: Vec<_> = evidence.law.iter().map(|rule| (rule.rule.as_str(), rule.decisions)).collect();
    assert_eq!(law, [("uk_gdpr.art21.objection", 1), ("pecr.reg22.consent", 1)], "in order of precedence");
    let last = "2 decisions are in the log: 1 allow and 1 deny; the last, of 6 March 2026, is deny.";
    assert!(evidence.summary.iter().any(|sentence| sentence == last), "{:?}", evidence.summary);
    assert_eq!(evidence.events.len(), 2, "the other person's objection is not among them");
}

#[test]
fn a_decision_on_the_page_leads_to_its_rule_and_the_rule_to_the_law() {
    let page = page::page(&gathered());
    for part in [
        "<a href=\"#pecr.reg22.consent\">",
        "<h3 id=\"pecr.reg22.consent\">",
        "<a href=\"https://www.legislation.gov.uk/uksi/2003/2426/regulation/22\">PECR 2003 reg. 22(2)</a>",
        "spring &lt;sale&gt;",
        "<blockquote>Yes, &lt;please&gt;</blockquote>",
        "Channels: email; Reference of the event: form-1; in full under “Consents”",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}
