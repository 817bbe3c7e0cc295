use serde_json::{Value, json};

use super::*;
use crate::{
    ledger::{
        entry::{self, Entry},
        event::Event,
        identity::Detail,
    },
    store::{audit::audit, memory::Memory},
    terms::{objection::OnBehalfOf, recipient::DetailKind},
};

const KEY: Identity = Identity::new([7; 32]);

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// An event of Acme's, or of a register's, about a person.
fn event(id: &str, kind: &str, recipient: Value, fields: Value) -> Vec<u8> {
    let mut event = json!({
        "type": kind, "id": id, "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme", "recipient": recipient,
    });
    for (name, value) in fields.as_object().unwrap() {
        event[name] = value.clone();
    }
    // A public register's event concerns no sender.
    event.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let event: Event = serde_json::from_value(event).unwrap();
    record::of_event(&event, &KEY, now()).unwrap()
}

fn detail(kind: DetailKind, text: &str) -> Normalised {
    Normalised::new(kind, &Detail::from(text)).unwrap()
}

fn jo() -> Normalised {
    detail(DetailKind::Email, "jo@acme.example")
}

fn phone() -> Normalised {
    detail(DetailKind::Phone, "+447700900123")
}

/// The plan for these details, and the ledger once it is carried out.
fn erased(records: &[Vec<u8>], details: &[Normalised]) -> (Plan, Memory) {
    let ledger = Memory::of(records.to_vec()).unwrap();
    let request = Request { sender: "acme", details, reference: Some(&Text("ticket 1".into())), now: now() };
    let plan = plan(&ledger, &KEY, &request).unwrap();
    let after = Memory::of(records.iter().chain(&plan.records).cloned().collect()).unwrap();
    audit(&after).unwrap();
    (plan, after)
}

fn held(ledger: &Memory, sender: Option<&str>, detail: &Normalised) -> Vec<(EventKind, Option<OnBehalfOf>)> {
    let history = ledger.history(&KEY.recipient_key(sender, detail)).unwrap();
    let told = |entry: Entry<'_>| (entry.kind, entry.on_behalf_of());
    entry::entries(history).unwrap().map(|entry| told(entry.unwrap())).collect()
}

const SUPPRESSED: [(EventKind, Option<OnBehalfOf>); 1] = [(EventKind::ErasureRequested, None)];
const OF_THE_COMPANY: (EventKind, Option<OnBehalfOf>) = (EventKind::ObjectionRaised, Some(OnBehalfOf::Company));

#[test]
fn all_that_the_sender_holds_goes_and_the_suppression_stays() {
    let both = json!({ "email": "jo@acme.example", "phone": "+447700900123" });
    let register = json!({ "sender": null, "register": "tps" });
    let records = [
        event("1", "consent_given", both.clone(), json!({ "channels": ["email"], "wording": "Yes" })),
        event("2", "objection_raised", json!({ "email": "jo@acme.example" }), json!({})),
        event("3", "register_listed", json!({ "phone": "+447700900123" }), register),
        event("4", "objection_raised", json!({ "email": "al@acme.example" }), json!({})),
        event("5", "objection_raised", both, json!({ "sender": "bolt" })),
    ];
    let (plan, ledger) = erased(&records, &[jo(), phone()]);
    let gone: Vec<_> = plan.erased.iter().map(|erased| (erased.revision.0, erased.kind)).collect();
    assert_eq!(gone, [(1, EventKind::ConsentGiven), (2, EventKind::ObjectionRaised)]);
    assert_eq!(plan.kept, [Kept::Suppression, Kept::PublicRegister, Kept::JournalEntry]);
    assert_eq!(plan.keys.len(), 2);
    for detail in [jo(), phone()] {
        assert_eq!(held(&ledger, Some("acme"), &detail), SUPPRESSED);
        assert_eq!(held(&ledger, Some("bolt"), &detail).len(), 1);
    }
    assert_eq!(held(&ledger, None, &phone()).len(), 1);
    assert_eq!(held(&ledger, Some("acme"), &detail(DetailKind::Email, "al@acme.example")).len(), 1);
    let told = Told::of("acme", &plan, 3, ledger.head().unwrap());
    let provisions: Vec<_> = told.erased.iter().map(|erased| (erased.kind, erased.citation.provision)).collect();
    assert_eq!(provisions, [("consent_given", "Art 17(1)(b)"), ("objection_raised", "Art 17(1)(c)")]);
}

#[test]
fn an_event_is_the_person_s_by_whichever_detail_it_is_found() {
    let both = json!({ "email": "jo@acme.example", "phone": "+447700900123" });
    let records = [event("1", "consent_given", both, json!({ "channels": ["sms"] }))];
    let (plan, ledger) = erased(&records, &[jo()]);
    assert_eq!(plan.keys.len(), 2);
    assert_eq!(
        (held(&ledger, Some("acme"), &jo()), held(&ledger, Some("acme"), &phone())),
        (SUPPRESSED.into(), SUPPRESSED.into())
    );
}

#[test]
fn of_a_stranger_the_suppression_is_kept_and_kept_once() {
    let (plan, ledger) = erased(&[], &[jo()]);
    assert_eq!((plan.records.len(), plan.erased.len(), plan.kept.as_slice()), (1, 0, &[Kept::Suppression][..]));
    assert_eq!(held(&ledger, Some("acme"), &jo()), SUPPRESSED);
    let (again, _) = erased(&plan.records, &[jo()]);
    assert!(again.records.is_empty() && again.erased.is_empty());
    let (with_another, ledger) = erased(&plan.records, &[jo(), phone()]);
    assert_eq!(with_another.records.len(), 1);
    assert_eq!(
        (held(&ledger, Some("acme"), &jo()), held(&ledger, Some("acme"), &phone())),
        (SUPPRESSED.into(), SUPPRESSED.into())
    );
}

#[test]
fn what_was_asked_for_a_company_stays_with_the_company() {
    let (company, topics) = (json!("company"), json!(["news"]));
    let fields = json!({ "on_behalf_of": company, "topics": topics, "channels": ["email"] });
    let records = [event("from jo", "objection_raised", json!({ "email": "jo@acme.example" }), fields)];
    let (plan, ledger) = erased(&records, &[jo()]);
    assert!(plan.kept.contains(&Kept::CompanyObjection));
    assert_eq!(held(&ledger, Some("acme"), &jo()), SUPPRESSED);
    let domain = KEY.recipient_key(Some("acme"), &jo().domain().unwrap());
    let [before, after] = [Memory::of(records.to_vec()).unwrap(), ledger].map(|ledger| {
        let entries = entry::entries(ledger.history(&domain).unwrap()).unwrap().map(Result::unwrap);
        let told = |it: Entry<'_>| (it.kind, it.on_behalf_of(), it.at(), it.channels(), it.topics.to_vec());
        entries.map(told).collect::<Vec<_>>()
    });
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
    let body = String::from_utf8(plan.records.concat()).unwrap_or_else(|bytes| format!("{:?}", bytes.as_bytes()));
    assert!(!body.contains("from jo"));
}

/// Of a key that is neither named nor the domain of a named address nobody can tell whose it is.
#[test]
fn a_company_s_objection_that_is_found_by_telephone_stays_under_all_other_keys() {
    let both = json!({ "email": "jo@acme.example", "phone": "+447700900123" });
    let records = [event("1", "objection_raised", both, json!({ "on_behalf_of": "company" }))];
    let (_, ledger) = erased(&records, &[phone()]);
    assert_eq!(held(&ledger, Some("acme"), &phone()), SUPPRESSED);
    assert_eq!(held(&ledger, Some("acme"), &jo()), [OF_THE_COMPANY]);
    assert_eq!(held(&ledger, Some("acme"), &jo().domain().unwrap()), [OF_THE_COMPANY]);
}

#[test]
fn what_came_after_an_erasure_is_erased_by_the_next() {
    let (first, _) = erased(&[], &[jo()]);
    let consent = event("1", "consent_given", json!({ "email": "jo@acme.example" }), json!({ "channels": ["email"] }));
    let records: Vec<_> = first.records.into_iter().chain([consent]).collect();
    let (plan, ledger) = erased(&records, &[jo()]);
    assert_eq!(plan.erased.len(), 1);
    // The first suppression stays beside the second: it is no more than that.
    assert_eq!(held(&ledger, Some("acme"), &jo()), [SUPPRESSED, SUPPRESSED].concat());
}
