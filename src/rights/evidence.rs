//! The evidence on one person and one sender, as one bundle: what a sender shows the regulator (UK GDPR Art 7(1)), and
//! what a person is shown who asks for it (Art 15).
//!
//! - `request`: what is asked for.
//! - [`consent_record`]: each consent as a record in the shape of ISO/IEC TS 27560:2023; `consent` writes it.
//! - [`decisions`]: what was decided, from the log; [`law`]: the rules that those decisions name.
//! - [`access`]: what Art 15(1) asks for, with what is on record; [`integrity`]: the proof.
//! - `summary`: the whole in sentences; [`page`]: the whole as a page to read and print.
//! - `bearing`: what an event means for marketing; `words`: times and lists in plain English.

pub mod access;
mod bearing;
mod consent;
pub mod consent_record;
pub mod decisions;
pub mod integrity;
pub mod law;
pub mod page;
mod request;
mod summary;
mod words;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

pub use self::request::EvidenceRequest;
use self::{
    access::AccessItem, consent_record::ConsentRecord, decisions::LoggedDecisions, integrity::Integrity,
    law::AppliedRule,
};
use super::{
    person::{self, PersonError},
    timeline::{self, Horizon, TimelineEvent},
};
use crate::{
    decisions::{DecisionLog, LogError},
    integrity::checkpoint::Checkpoint,
    ledger::{
        identity::{ContactDetails, Identity, Normalised, RecipientKey},
        sender::{Sender, SenderId},
    },
    rules,
    store::{StoreError, View},
    terms::recipient::DetailKind,
};

/// The evidence on one person and one sender.
#[derive(Debug, Serialize, ToSchema)]
pub struct Evidence {
    /// What this is, about whom, and how far it reaches.
    pub about: EvidenceHead,
    /// The whole in sentences.
    pub summary: Vec<String>,
    /// Every consent, in the order in which they were given.
    pub consents: Vec<ConsentRecord>,
    /// Every event, in the order in which they happened.
    pub events: Vec<TimelineEvent>,
    /// The decisions about the person that rest on the sender's record, from the decision log.
    pub decisions: LoggedDecisions,
    /// The rules that those decisions name, each in the version that was applied, in order of precedence.
    pub law: Vec<AppliedRule>,
    /// What a person who asks for access is to be told, with what is on record of it.
    pub access: Vec<AccessItem>,
    /// What proves that nothing of it was changed.
    pub integrity: Integrity,
}

/// What a bundle is, about whom, and how far it reaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceHead {
    /// When the bundle was made.
    pub made_at: Timestamp,
    /// The program that made it.
    #[schema(example = "maysend 0.1.0")]
    pub program: &'static str,
    /// The version of its rulebook.
    #[schema(example = "2026-11-21")]
    pub rulebook: &'static str,
    /// The ledger's revision that the bundle takes account of.
    #[schema(example = "r1-2a")]
    pub revision: String,
    /// Nothing that happened after this moment is in the bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// Nothing that was taken in after this moment is in the bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_at: Option<Timestamp>,
    /// The id of the sender's profile.
    #[schema(example = "acme")]
    pub sender: String,
    /// The sender's profile as it is on record now.
    pub profile: Sender,
    /// The kinds of contact detail that the person was searched by.
    pub searched_by: Vec<DetailKind>,
    /// The contact details that the person was searched by, where the request asked for them to stand here. The ledger
    /// does not have them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<ContactDetails>,
}

/// Where a bundle is gathered from.
#[derive(Debug)]
pub struct Sources<'a> {
    /// The installation's key.
    pub identity: &'a Identity,
    /// The decision log.
    pub decisions: &'a DecisionLog,
    /// The present moment.
    pub now: Timestamp,
    /// The newest signed statement of how far ledger and log had come, if there is one.
    pub checkpoint: Option<Checkpoint>,
}

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// Nobody is found to ask about.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// The ledger cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The decision log cannot be read.
    #[error(transparent)]
    Decisions(#[from] LogError),
}

/// The person asked about, as they are found.
#[derive(Debug)]
struct Subject<'a> {
    /// The id of the sender's profile.
    sender: &'a str,
    profile: &'a Sender,
    /// What the person's histories with the sender stand under.
    keys: Vec<(DetailKind, RecipientKey)>,
}

/// Gathers the evidence. Nobody known is no error: the bundle says that nothing is held.
///
/// # Errors
/// [`EvidenceError`] says what stands in the way.
pub fn gather(request: EvidenceRequest, view: &dyn View, sources: Sources<'_>) -> Result<Evidence, EvidenceError> {
    let Sources { identity, decisions: log, now, checkpoint } = sources;
    let EvidenceRequest { sender: SenderId(sender), recipient, as_of, known_at, identify } = request;
    let details: Vec<Normalised> = person::normalised(&recipient)?;
    let profile = person::registered(view, &sender)?;
    let horizon = Horizon::of(as_of, known_at);
    let events = timeline::of(view, identity, &sender, &details, horizon)?;
    let keys = details.iter().map(|it| (it.kind, identity.recipient_key(Some(&sender), it))).collect();
    let subject = Subject { sender: &sender, profile: &profile, keys };
    let consents: Vec<ConsentRecord> = consent::records(&events, &subject)?;
    let keys: Vec<RecipientKey> = subject.keys.iter().map(|(_, key)| *key).collect();
    let (decisions, applied) = decisions::about(log, &keys, horizon.end())?;
    let law = law::applied(&applied);
    let access = access::items(&events, &consents, &decisions);
    let integrity = integrity::proof(view, &events, log, checkpoint)?;
    let about = EvidenceHead {
        made_at: now,
        program: concat!("maysend ", env!("CARGO_PKG_VERSION")),
        rulebook: rules::RULEBOOK,
        revision: view.applied()?.to_string(),
        as_of: horizon.as_of,
        known_at: horizon.known_at,
        sender,
        profile,
        searched_by: details.iter().map(|detail| detail.kind).collect(),
        person: identify.then_some(recipient),
    };
    let summary = summary::sentences(&about, &consents, &events, &decisions, &integrity);
    Ok(Evidence { about, summary, consents, events, decisions, law, access, integrity })
}

#[cfg(test)]
mod tests;
