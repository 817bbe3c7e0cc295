//! From the events of a person to the records of their consents.

mod given;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use self::given::Given;
use super::{
    Subject,
    bearing::{self, Bearing},
    consent_record::{
        ConsentDataSubject, ConsentDuration, ConsentParty, ConsentRecord, ConsentRight, ConsentState, ConsentWithdrawal,
    },
    words::sentence_case,
};
use crate::{
    ledger::{
        event::{EventKind, GivenEvent, Happening},
        happening::ConsentGiven,
    },
    rights::timeline::TimelineEvent,
    rules::citation::{ART_7, ART_21},
    store::StoreError,
    terms::recipient::DetailKind,
};

/// The profile of the Data Privacy Vocabulary for consent records of ISO/IEC TS 27560:2023.
const SCHEMA: &str = "https://w3id.org/dpv/schema/dpv-27560#record";
/// The vocabulary has the UK GDPR, and no PECR: that is named by where it stands.
const APPLICABLE_LAW: [&str; 2] = ["legal-gb:law-GDPR", "https://www.legislation.gov.uk/uksi/2003/2426"];

/// What a part of a URN may hold as it is (RFC 8141 section 2).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The record of every consent among the events.
pub(super) fn records(events: &[TimelineEvent], subject: &Subject<'_>) -> Result<Vec<ConsentRecord>, StoreError> {
    let given = events.iter().filter(|event| event.kind == EventKind::ConsentGiven);
    given.map(|event| record(event, events, subject)).collect()
}

fn record(event: &TimelineEvent, all: &[TimelineEvent], subject: &Subject<'_>) -> Result<ConsentRecord, StoreError> {
    let consent = read(event)?;
    let id = text(event, "id");
    let urn = format!("urn:maysend:event:{}:{}", subject.sender, utf8_percent_encode(&id, ESCAPED));
    let given = Given { event, consent: &consent, subject };
    let person = data_subject(event, subject);
    let topics: Vec<String> = consent.topics.iter().map(|topic| topic.0.clone()).collect();
    let later = all.iter().filter(|it| bears_on(it, event, &consent, &topics));
    let events = std::iter::once(given.state(&person.iri)).chain(later.map(|it| state(it, &person.iri))).collect();
    let control = withdrawal(subject);
    let not_recorded = given.not_recorded(&control);
    Ok(ConsentRecord {
        context: context(),
        iri: urn.clone(),
        kind: "dpv:ConsentRecord",
        conforms_to: SCHEMA,
        identifier: urn,
        created: event.recorded_at,
        source: consent.evidence.as_ref().map(|evidence| evidence.0.clone()),
        data_subject: person,
        controller: controller(subject),
        jurisdiction: "loc:GB",
        applicable_law: APPLICABLE_LAW,
        authority: "legal-gb:DPA-GB",
        notice: given.wording(),
        process: given.process(topics),
        control,
        rights: [
            right("Right to withdraw consent at any time (UK GDPR Art 7(3))", ART_7),
            right("Right to object to direct marketing (UK GDPR Art 21(2))", ART_21),
        ],
        events,
        event: event.event.clone(),
        revision: event.revision.to_string(),
        not_recorded,
    })
}

fn read(event: &TimelineEvent) -> Result<ConsentGiven, StoreError> {
    let read = serde_json::from_value::<GivenEvent>(Value::Object(event.event.clone()));
    match read.map(|read| read.happening) {
        Ok(Happening::ConsentGiven(consent)) => Ok(consent),
        Ok(_) | Err(_) => Err(StoreError::Damaged(format!("the record at {}", event.revision))),
    }
}

/// What the person said, or what became of the contact detail, when the consent was given or later. On a tie it counts
/// as later, as in every decision.
fn bears_on(later: &TimelineEvent, consent: &TimelineEvent, given: &ConsentGiven, topics: &[String]) -> bool {
    let bears = match Bearing::of(later) {
        Bearing::Against | Bearing::NewHolder => true,
        Bearing::Consent | Bearing::Register | Bearing::Neither => false,
    };
    bears && later.occurred_at >= consent.occurred_at && bearing::concerns(later, &given.channels, topics)
}

fn state(event: &TimelineEvent, person: &str) -> ConsentState {
    // The vocabulary knows withdrawal, and neither objections nor complaints nor a new holder.
    let withdrawn = event.kind == EventKind::ConsentWithdrawn;
    let kind = if withdrawn { "dpv:ConsentWithdrawn".to_owned() } else { own_term(event.kind.as_str()) };
    // That a contact detail has a new holder is not for the person to say, and an objection for a whole company, which is
    // found by its domain, is a colleague's.
    let own = event.kind != EventKind::ContactReassigned && event.matched_by != [DetailKind::Domain];
    ConsentState {
        kind,
        at: event.occurred_at,
        by: own.then(|| person.to_owned()).into_iter().collect(),
        method: None,
        duration: None,
        channels: bearing::channels_of(event),
        topics: bearing::texts(event, "topics").into_iter().map(str::to_owned).collect(),
        identifier: text(event, "id"),
        created: event.recorded_at,
        revision: event.revision.to_string(),
    }
}

/// `objection_raised` is `maysend:ObjectionRaised`.
fn own_term(name: &str) -> String {
    std::iter::once("maysend:".to_owned()).chain(name.split('_').map(sentence_case)).collect()
}

/// The person, by the keys of the contact details that found the consent: the first of them names the person.
fn data_subject(event: &TimelineEvent, subject: &Subject<'_>) -> ConsentDataSubject {
    let found = subject.keys.iter().filter(|(kind, _)| event.matched_by.contains(kind));
    let identifiers: Vec<String> = found.map(|(_, key)| key.to_string()).collect();
    let iri = format!("urn:maysend:recipient:{}", identifiers.first().map_or("", String::as_str));
    ConsentDataSubject { iri, kind: "dpv:DataSubject", identifiers }
}

fn controller(subject: &Subject<'_>) -> ConsentParty {
    ConsentParty {
        iri: Some(sender_urn(subject)),
        kind: "dpv:DataController",
        identifier: Some(subject.sender.to_owned()),
        name: subject.profile.legal_name.clone(),
        address: subject.profile.contact_address.clone(),
        contact: subject.profile.freephone.clone(),
    }
}

/// An id of a profile has nothing in it that a URN may not hold.
fn sender_urn(subject: &Subject<'_>) -> String {
    format!("urn:maysend:sender:{}", subject.sender)
}

/// Where a withdrawal can be sent: what the profile says of how the sender is reached.
fn withdrawal(subject: &Subject<'_>) -> ConsentWithdrawal {
    let reached = [&subject.profile.contact_address, &subject.profile.freephone];
    ConsentWithdrawal { kind: "dpv:WithdrawConsent", exercised_at: reached.into_iter().flatten().cloned().collect() }
}

const fn right(title: &'static str, url: &'static str) -> ConsentRight {
    ConsentRight { kind: "dpv:DataSubjectRight", title, url }
}

const fn until(value: &'static str) -> ConsentDuration {
    ConsentDuration { kind: "dpv:UntilEventDuration", value }
}

fn text(event: &TimelineEvent, field: &str) -> String {
    event.event.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What the names in a record stand for, and which values are names themselves, times, or JSON to be left as it is.
fn context() -> Value {
    let mut context = json!({
        "@version": 1.1,
        "dct": "http://purl.org/dc/terms/",
        "dpv": "https://w3id.org/dpv#",
        "legal-gb": "https://w3id.org/dpv/legal/gb#",
        "loc": "https://w3id.org/dpv/loc#",
        "maysend": "urn:maysend:vocabulary:",
        "pd": "https://w3id.org/dpv/pd#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "maysend:event": {"@type": "@json"},
    });
    let names = [
        "dct:conformsTo",
        "dpv:hasApplicableLaw",
        "dpv:hasAuthority",
        "dpv:hasDataSource",
        "dpv:hasJurisdiction",
        "dpv:hasLegalBasis",
        "dpv:isIndicatedBy",
        "schema:url",
        "skos:broader",
    ];
    let typed = names.map(|name| (name, "@id")).into_iter();
    let typed = typed.chain([("dct:created", "xsd:dateTime"), ("dpv:isIndicatedAtTime", "xsd:dateTime")]);
    if let Value::Object(context) = &mut context {
        context.extend(typed.map(|(name, kind)| (name.to_owned(), json!({"@type": kind}))));
    }
    context
}
