//! The evidence on one person and one sender, as the service answers it.

use rstest::rstest;
use serde_json::{Value, json};

use crate::server::{Reply, Server};

const WORDING: &str = "Yes, send me offers by email. <script>alert(1)</script> & \"more\"";

pub(crate) fn acme() -> Value {
    json!({"legal_name": "Acme <Bikes> Ltd", "kind": "company", "trading_names": ["Acme"],
        "contact_address": "1 High Street, Leeds"})
}

fn event(kind: &str, id: &str, at: &str, fields: Value) -> Value {
    let mut event = json!({"type": kind, "id": id, "occurred_at": at, "sender": "acme",
        "recipient": {"email": "Jo@Example.com"}});
    for (name, value) in fields.as_object().expect("fields") {
        event[name] = value.clone();
    }
    event
}

/// A person who consents by email and by telephone, withdraws, and objects to calls.
pub(crate) fn story() -> Value {
    let consent = json!({"how": "unticked_box", "channels": ["email"], "topics": ["offers"], "separate": true,
        "conditional": false, "withdrawal_told": true, "wording": WORDING, "wording_version": "2026-01",
        "evidence": "form 17", "recipient": {"email": "jo@example.com", "phone": "07700 900123"},
        "named_senders": ["ACME", "Wheels Ltd"]});
    let called = json!({"how": "oral", "channels": ["live_call"], "explicit": true, "purposes": ["charity"],
        "recipient": {"phone": "+447700900123"}, "source": "referral", "evidence": "call 4"});
    json!([
        event("consent_given", "form/1 é", "2026-03-01T09:30:00Z", consent),
        event("consent_given", "call-4", "2026-03-02T10:00:00Z", called),
        event("consent_withdrawn", "link-9", "2026-06-01T08:00:00Z", json!({"channels": ["email"]})),
        event(
            "objection_raised",
            "call-5",
            "2026-06-02T08:00:00Z",
            json!({"channels": ["automated_call", "live_call"], "recipient": {"phone": "07700900123"}})
        ),
        event("send_made", "s-1", "2026-03-05T08:00:00Z", json!({"channel": "email", "reference": "campaign 12"})),
    ])
}

pub(crate) fn server() -> Server {
    let server = Server::start();
    assert_eq!(server.put("/senders/acme", &acme()).status, 201);
    let reply = server.post("/events", &story());
    assert_eq!(reply.status, 201, "{}", reply.text());
    server
}

pub(crate) fn asked(changes: &Value) -> Value {
    let mut body = json!({"sender": "acme", "recipient": {"email": "jo@example.com", "phone": "07700 900123"}});
    for (name, value) in changes.as_object().expect("fields") {
        body[name] = value.clone();
    }
    body
}

fn bundle(server: &Server, changes: Value) -> Value {
    let reply = server.post("/recipients/evidence", &asked(&changes));
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), Some("application/json"));
    reply.json()
}

pub(crate) fn page(server: &Server, changes: Value) -> Reply {
    let headers = [("Content-Type", "application/json"), ("Accept", "text/html,*/*;q=0.8")];
    let reply = server.call("POST", "/recipients/evidence", &headers, &asked(&changes).to_string());
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, Some("text/html; charset=utf-8")),
        "{}",
        reply.text()
    );
    reply
}

fn ids(events: &Value) -> Vec<&str> {
    events.as_array().expect("events").iter().filter_map(|event| event["id"].as_str()).collect()
}

#[test]
fn a_consent_is_a_record_in_the_shape_of_the_standard() {
    let server = server();
    let bundle = bundle(&server, json!({}));
    let record = &bundle["consents"][0];
    assert_eq!(record["@type"], "dpv:ConsentRecord");
    assert_eq!(record["dct:conformsTo"], "https://w3id.org/dpv/schema/dpv-27560#record");
    // An id of the caller's may hold anything: what a URN may not hold is escaped.
    assert_eq!(record["dct:identifier"], "urn:maysend:event:acme:form%2F1%20%C3%A9");
    assert_eq!(record["@id"], record["dct:identifier"]);
    let hashes = record["dpv:hasDataSubject"]["dct:identifier"].as_array().expect("hashes");
    assert_eq!(hashes.len(), 2, "one for each contact detail that it was recorded with");
    assert!(hashes.iter().all(|hash| hash.as_str().is_some_and(|hash| hash.len() == 32)));
    assert_eq!(record["dpv:hasDataController"]["dpv:hasName"], "Acme <Bikes> Ltd");
    let notice = json!({"@type": "dpv:ConsentNotice", "schema:text": WORDING, "schema:version": "2026-01",
        "dct:language": "und"});
    assert_eq!(record["dpv:hasNotice"], notice);
    let process = &record["dpv:hasProcess"];
    assert_eq!(process["dpv:hasLegalBasis"], "dpv:ExpressedConsent");
    assert_eq!(process["dpv:hasPurpose"][0]["skos:broader"], "dpv:DirectMarketing");
    assert_eq!(process["maysend:channels"], json!(["email"]));
    // A trading name in the wording is the sender itself; the other is a recipient by its name.
    assert_eq!(process["dpv:hasRecipient"][0]["@id"], "urn:maysend:sender:acme");
    assert_eq!(process["dpv:hasRecipient"][1]["dpv:hasName"], "Wheels Ltd");
    assert_eq!(record["dpv:hasJurisdiction"], "loc:GB");
    assert_eq!(record["maysend:event"]["evidence"], "form 17");
    assert_eq!(record["maysend:notRecorded"], json!(["the language of these words", "where the data are stored"]));
}

#[test]
fn what_bears_on_a_consent_follows_in_its_events() {
    let server = server();
    let bundle = bundle(&server, json!({}));
    let told = |record: usize| {
        let states = bundle["consents"][record]["dpv:hasConsentStatus"].as_array().expect("states");
        let told = |state: &Value| format!("{} {}", state["@type"], state["dpv:isIndicatedAtTime"]).replace('"', "");
        states.iter().map(told).collect::<Vec<_>>()
    };
    // Each consent has what concerns its own channels, and nothing of the other's.
    assert_eq!(told(0), ["dpv:ConsentGiven 2026-03-01T09:30:00Z", "dpv:ConsentWithdrawn 2026-06-01T08:00:00Z"]);
    assert_eq!(told(1), ["dpv:ConsentGiven 2026-03-02T10:00:00Z", "maysend:ObjectionRaised 2026-06-02T08:00:00Z"]);
    // What somebody else passed on is not the person's own word.
    assert_eq!(bundle["consents"][1]["dpv:hasConsentStatus"][0]["dpv:isIndicatedBy"], json!(["dpv:ThirdParty"]));
    assert_eq!(bundle["consents"][1]["dpv:hasProcess"]["dpv:hasLegalBasis"], "dpv:ExplicitlyExpressedConsent");
    assert_eq!(bundle["consents"][1]["maysend:notRecorded"][0], "the words that were agreed to");
}

#[test]
fn what_a_colleague_said_for_the_company_is_not_the_person_s_word() {
    let server = server();
    let objection = json!({"on_behalf_of": "company", "recipient": {"email": "boss@example.com"}});
    let objection = event("objection_raised", "letter-1", "2026-07-01T08:00:00Z", objection);
    assert_eq!(server.post("/events", &objection).status, 201);
    let bundle = bundle(&server, json!({}));
    let last = bundle["consents"][0]["dpv:hasConsentStatus"].as_array().and_then(|states| states.last()).cloned();
    let last = last.expect("a state");
    assert_eq!((&last["@type"], last.get("dpv:isIndicatedBy")), (&json!("maysend:ObjectionRaised"), None));
    assert_eq!(bundle["events"][5]["matched_by"], json!(["domain"]));
}

/// Every name is one that the context explains, and every value that is a name is marked as one there.
#[test]
fn the_names_of_a_record_are_explained_by_its_context() {
    let server = server();
    let bundle = bundle(&server, json!({}));
    for record in bundle["consents"].as_array().expect("consents") {
        let context = record["@context"].as_object().expect("a context");
        let is_name = |text: &str| {
            let prefix = text.split_once(':').map(|(prefix, _)| prefix);
            prefix.is_some_and(|prefix| context.get(prefix).is_some_and(Value::is_string))
        };
        let mut fields = Vec::new();
        let mut record = record.clone();
        // What is JSON as it is has names of its own.
        record.as_object_mut().expect("an object").retain(|name, _| name != "@context" && name != "maysend:event");
        gather(&record, &mut fields);
        for (name, value) in fields {
            assert!(name.starts_with('@') || is_name(&name), "{name}");
            if let Some(text) = value.as_str().filter(|text| is_name(text) && name != "@type") {
                assert_eq!(context[&name]["@type"], "@id", "{name}: {text}");
            }
        }
        assert_eq!(context["maysend:event"]["@type"], "@json");
    }
}

fn gather(value: &Value, found: &mut Vec<(String, Value)>) {
    if let Value::Array(items) = value {
        items.iter().for_each(|item| gather(item, found));
    }
    for (name, value) in value.as_object().into_iter().flatten() {
        let each = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        found.extend(each.into_iter().map(|value| (name.clone(), value)));
        gather(value, found);
    }
}

#[test]
fn the_bundle_tells_the_whole_in_order() {
    let server = server();
    let bundle = bundle(&server, json!({}));
    assert_eq!(ids(&bundle["events"]), ["form/1 é", "call-4", "s-1", "link-9", "call-5"]);
    assert_eq!(bundle["about"]["searched_by"], json!(["email", "phone"]));
    assert_eq!(bundle["about"]["profile"]["legal_name"], "Acme <Bikes> Ltd");
    let summary = bundle["summary"].to_string();
    for part in [
        "2 consents are on record: 1 March 2026 (email); 2 March 2026 (live call).",
        "consent withdrawn on 1 June 2026 (email); objection raised on 2 June 2026 (live call and automated call).",
    ] {
        assert!(summary.contains(part), "{part} in {summary}");
    }
    let records = bundle["integrity"]["records"].as_array().expect("records");
    assert_eq!(records.len(), 5);
    for (record, name) in records.iter().flat_map(|record| ["payload", "chain"].map(|name| (record, name))) {
        assert!(record[name].as_str().is_some_and(|hash| hash.len() == 64), "{name}: {record}");
    }
    // The statement that is signed is of the very end that the bundle names.
    let signed = bundle["integrity"]["checkpoint"]["text"].as_str().expect("a signed statement");
    assert!(signed.contains(bundle["integrity"]["journal"]["chain"].as_str().expect("a hash")), "{signed}");
    assert_eq!(bundle["integrity"]["journal"]["place"], bundle["about"]["revision"]);
    let told: Vec<&str> =
        bundle["access"].as_array().expect("items").iter().filter_map(|item| item["provision"].as_str()).collect();
    assert!(told.iter().all(|provision| provision.starts_with("UK GDPR Art 15(")) && told.len() == 9, "{told:?}");
}

#[test]
fn nobody_s_address_is_in_it_unless_it_is_asked_for() {
    let server = server();
    let (quiet, named) = (json!({}), json!({"identify": true}));
    for changes in [&quiet, &json!({"identify": false})] {
        let body = server.post("/recipients/evidence", &asked(changes)).text() + &page(&server, changes.clone()).text();
        for trace in ["jo@", "900123", "900 123", "Example.com"] {
            assert!(!body.to_lowercase().contains(&trace.to_lowercase()), "{trace}");
        }
    }
    let person = json!({"email": "jo@example.com", "phone": "07700 900123"});
    assert_eq!(bundle(&server, named.clone())["about"]["person"], person);
    assert!(page(&server, named).text().contains("jo@example.com"));
}

#[test]
fn of_nobody_known_nothing_is_held_and_it_says_so() {
    let server = server();
    let stranger = json!({"recipient": {"email": "al@example.com"}});
    let bundle = bundle(&server, stranger.clone());
    assert_eq!((&bundle["events"], &bundle["consents"]), (&json!([]), &json!([])));
    assert_eq!(bundle["decisions"], json!({"allowed": 0, "denied": 0, "cut": false, "listed": []}));
    assert!(bundle["summary"].to_string().contains("Nothing is held on a person with these contact details."));
    assert!(page(&server, stranger).text().contains("Nothing is held on a person with these contact details."));
    let stranger = server.post("/recipients/evidence", &asked(&json!({"sender": "acmee"})));
    assert_eq!(stranger.problem(), "sender-not-registered");
    assert_eq!(stranger.json()["errors"][0]["did_you_mean"], "acme");
}

#[test]
fn after_an_erasure_what_stays_is_shown() {
    let server = server();
    let erased = server.post("/recipients/erasure", &asked(&json!({})));
    assert!(erased.status < 300, "{}", erased.text());
    let bundle = bundle(&server, json!({}));
    assert_eq!(bundle["consents"], json!([]));
    let kinds: Vec<&str> =
        bundle["events"].as_array().expect("events").iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(kinds, ["erasure_requested"]);
    let summary = bundle["summary"].to_string();
    assert!(summary.contains("Against marketing stands on record: erasure requested on "), "{summary}");
    assert!(page(&server, json!({})).text().contains("Erasure requested"));
}

#[rstest]
#[case(json!({"recipient": {}}), "contact-detail", "/recipient")]
#[case(json!({"recipient": {"email": "jo@"}}), "contact-detail", "/recipient/email")]
#[case(json!({"sender": "Acme"}), "invalid-body", "/sender")]
#[case(json!({"known_at": "yesterday"}), "invalid-body", "/known_at")]
#[case(json!({"identify": "yes"}), "invalid-body", "/identify")]
#[case(json!({"knwon_at": "2026-03-01"}), "invalid-body", "/knwon_at")]
fn a_request_that_cannot_be_meant_is_refused(#[case] changes: Value, #[case] kind: &str, #[case] place: &str) {
    let reply = server().post("/recipients/evidence", &asked(&changes));
    assert_eq!(reply.problem(), kind, "{}", reply.text());
    assert_eq!(reply.faults().first().map(|(at, _)| at.as_str()), Some(place), "{}", reply.text());
    assert!(!reply.text().contains("jo@"));
}

#[test]
fn a_form_that_it_does_not_have_is_refused() {
    let headers = [("Content-Type", "application/json"), ("Accept", "text/plain")];
    let reply = server().call("POST", "/recipients/evidence", &headers, &asked(&json!({})).to_string());
    assert_eq!((reply.status, reply.problem().as_str()), (406, "not-acceptable"));
}

/// What had happened by a day, and what was known of it, are two questions, of the history and of the evidence alike.
#[test]
fn what_had_happened_and_what_was_known_are_two_questions() {
    let server = server();
    let seen = |changes: Value| {
        let evidence = bundle(&server, changes.clone());
        let history = server.post("/recipients/history", &asked(&changes)).json();
        assert_eq!(history["events"], evidence["events"]);
        ids(&evidence["events"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(seen(json!({"as_of": "2026-03-02"})), ["form/1 é", "call-4"]);
    assert_eq!(seen(json!({"as_of": "2026-03-01T09:30:00Z"})), ["form/1 é"]);
    // All of it happened in 2026, and none of it was recorded by the end of May.
    assert_eq!(seen(json!({"known_at": "2026-05-31"})), [] as [&str; 0]);
    let recorded = bundle(&server, json!({}))["events"][0]["recorded_at"].clone();
    assert_eq!(seen(json!({"known_at": recorded, "as_of": "2026-03-02"})), ["form/1 é", "call-4"]);
    let summary = bundle(&server, json!({"as_of": "2026-03-02"}))["summary"].to_string();
    assert!(summary.contains("What happened after 2 March 2026, 23:59:59 GMT is left out."), "{summary}");
}
