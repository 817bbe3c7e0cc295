//! What a person who asks for access is to be told beside a copy of the data (UK GDPR Art 15(1) and (2)): what is on
//! record of it, and what the sender must add, since nobody tells the ledger.

use serde::Serialize;
use utoipa::ToSchema;

use super::{consent_record::ConsentRecord, decisions::LoggedDecisions, words};
use crate::{ledger::event::EventKind, rights::timeline::TimelineEvent};

/// One thing that a person who asks for access is to be told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccessItem {
    /// The provision.
    #[schema(example = "UK GDPR Art 15(1)(a)")]
    pub provision: &'static str,
    /// What is to be told.
    pub asks_for: &'static str,
    /// What is on record of it, in sentences.
    pub on_record: Vec<String>,
    /// What the sender must add.
    pub to_add: &'static str,
}

/// All of it, in the order of the article.
pub(super) fn items(
    events: &[TimelineEvent],
    consents: &[ConsentRecord],
    decisions: &LoggedDecisions,
) -> Vec<AccessItem> {
    let item = |provision, asks_for, on_record, to_add| AccessItem { provision, asks_for, on_record, to_add };
    vec![
        item(
            "UK GDPR Art 15(1)(a)",
            "the purposes",
            purposes(events, consents),
            "what else the sender uses the data for",
        ),
        item(
            "UK GDPR Art 15(1)(b)",
            "the categories of data",
            categories(events),
            "what it holds elsewhere: names, addresses, orders, messages",
        ),
        item(
            "UK GDPR Art 15(1)(c)",
            "the recipients",
            recipients(consents),
            "its processors, and to whom else it has disclosed the data",
        ),
        item("UK GDPR Art 15(1)(d)", "how long they are kept", Vec::new(), "its times of retention"),
        item(
            "UK GDPR Art 15(1)(e)",
            "the rights",
            Vec::new(),
            "that the person may ask for rectification, erasure or restriction, and may object",
        ),
        item(
            "UK GDPR Art 15(1)(f)",
            "the right to complain",
            Vec::new(),
            "how to complain to it, and to the Information Commissioner (ico.org.uk)",
        ),
        item("UK GDPR Art 15(1)(g)", "the source", sources(events), "where else it has the data from"),
        item(
            "UK GDPR Art 15(1)(h)",
            "automated decisions",
            automated(decisions),
            "whether it takes significant decisions about the person by automated means alone",
        ),
        item("UK GDPR Art 15(2)", "transfers abroad", Vec::new(), "to which countries, and with which safeguards"),
    ]
}

fn purposes(events: &[TimelineEvent], consents: &[ConsentRecord]) -> Vec<String> {
    let mut told = Vec::new();
    if !events.is_empty() {
        told.push("To decide whether marketing may be sent to the person, and to be able to prove it.".to_owned());
    }
    let stated = consents.iter().flat_map(|consent| &consent.process.purposes).map(|it| it.description.to_owned());
    let stated = distinct(stated);
    if !stated.is_empty() {
        told.push(format!("Consent was given for: {}.", words::list(&stated)));
    }
    told
}

fn categories(events: &[TimelineEvent]) -> Vec<String> {
    if events.is_empty() {
        return Vec::new();
    }
    let kinds = distinct(events.iter().map(|event| words::plain(event.kind.as_str())));
    vec![
        "Contact details, only as keyed hashes that cannot be read back.".to_owned(),
        format!("Events: {}.", words::list(&kinds)),
    ]
}

fn recipients(consents: &[ConsentRecord]) -> Vec<String> {
    let named = distinct(consents.iter().flat_map(|it| &it.process.recipients).map(|party| party.name.clone()));
    if named.is_empty() { Vec::new() } else { vec![format!("Named in a consent: {}.", words::list(&named))] }
}

fn sources(events: &[TimelineEvent]) -> Vec<String> {
    let stated = events.iter().filter_map(|event| {
        let text = |field| event.event.get(field).and_then(serde_json::Value::as_str).map(words::plain);
        let field = match event.kind {
            EventKind::ConsentGiven => text("source"),
            EventKind::DetailsCollected => {
                text("collected_by").map(|by| format!("collected by {by}")).or(text("context"))
            }
            EventKind::ConsentWithdrawn
            | EventKind::ObjectionRaised
            | EventKind::DetailsRefused
            | EventKind::CallPermissionGiven
            | EventKind::CallPermissionWithdrawn
            | EventKind::RegisterListed
            | EventKind::RegisterRemoved
            | EventKind::RegisterScreened
            | EventKind::RegisterImported
            | EventKind::RequestMade
            | EventKind::RequestFulfilled
            | EventKind::SubscriberIdentified
            | EventKind::ClientRelationshipStarted
            | EventKind::ClientRelationshipEnded
            | EventKind::ContactReassigned
            | EventKind::AgeStated
            | EventKind::ComplaintMade
            | EventKind::SendMade
            | EventKind::ErasureRequested => None,
        };
        field.map(|what| format!("{}: {what}", words::sentence_case(&words::plain(event.kind.as_str()))))
    });
    distinct(stated)
}

fn automated(decisions: &LoggedDecisions) -> Vec<String> {
    match decisions.listed.len() {
        0 => Vec::new(),
        number => vec![format!(
            "Whether a message may be sent is decided by program, by the rules listed under “The law applied”: {}.",
            words::count(number, "decision", "decisions")
        )],
    }
}

/// Each text once, where it first stands.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}
