//! A consent as a record in the shape of ISO/IEC TS 27560:2023, in JSON-LD with the terms of the W3C's Data Privacy
//! Vocabulary (DPV 2.3), as its guide to consent records lays them out.
//!
//! The four sections of the standard are the header (`dct:`, `dpv:hasDataSubject`), the processing (`dpv:hasProcess`,
//! `dpv:hasNotice`, `dpv:hasConsentControl`), the parties (`dpv:hasDataController`, `dpv:hasRecipient`) and the events
//! (`dpv:hasConsentStatus`). What neither has a term for stands under `maysend:`. A field that the standard requires and
//! nobody recorded is named in `maysend:notRecorded`, never made up.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::terms::{channel::Channel, purpose::Purpose};

/// One consent as a record in the shape of ISO/IEC TS 27560:2023, in JSON-LD.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentRecord {
    /// What the names in the record stand for.
    #[serde(rename = "@context")]
    #[schema(value_type = Object)]
    pub context: Value,
    /// The record, as an IRI.
    #[serde(rename = "@id")]
    #[schema(example = "urn:maysend:event:acme:form-1")]
    pub iri: String,
    /// `dpv:ConsentRecord`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// The schema by which the record is read.
    #[serde(rename = "dct:conformsTo")]
    pub conforms_to: &'static str,
    /// The record's identifier.
    #[serde(rename = "dct:identifier")]
    pub identifier: String,
    /// When the ledger took the consent in.
    #[serde(rename = "dct:created")]
    pub created: Timestamp,
    /// Where the proof is kept, as the sender recorded it.
    #[serde(rename = "dct:source", skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who consented (the standard's PII principal).
    #[serde(rename = "dpv:hasDataSubject")]
    pub data_subject: ConsentDataSubject,
    /// To whom (the PII controller).
    #[serde(rename = "dpv:hasDataController")]
    pub controller: ConsentParty,
    /// `loc:GB`.
    #[serde(rename = "dpv:hasJurisdiction")]
    pub jurisdiction: &'static str,
    /// The UK GDPR and PECR.
    #[serde(rename = "dpv:hasApplicableLaw")]
    pub applicable_law: [&'static str; 2],
    /// The Information Commissioner.
    #[serde(rename = "dpv:hasAuthority")]
    pub authority: &'static str,
    /// The words that the person agreed to, if they are on record.
    #[serde(rename = "dpv:hasNotice", skip_serializing_if = "Option::is_none")]
    pub notice: Option<ConsentWording>,
    /// What the consent is for.
    #[serde(rename = "dpv:hasProcess")]
    pub process: ConsentProcess,
    /// How it is withdrawn.
    #[serde(rename = "dpv:hasConsentControl")]
    pub control: ConsentWithdrawal,
    /// The rights that go with it.
    #[serde(rename = "dpv:hasRight")]
    pub rights: [ConsentRight; 2],
    /// That it was given, and every later event that bears on it, in order.
    #[serde(rename = "dpv:hasConsentStatus")]
    pub events: Vec<ConsentState>,
    /// The event as it stands in the ledger, with everything that was recorded of it.
    #[serde(rename = "maysend:event")]
    #[schema(value_type = Object)]
    pub event: Map<String, Value>,
    /// Where it stands in the journal.
    #[serde(rename = "maysend:revision")]
    pub revision: String,
    /// What the standard requires of a record and nobody recorded.
    #[serde(rename = "maysend:notRecorded", skip_serializing_if = "Vec::is_empty")]
    pub not_recorded: Vec<&'static str>,
}

/// Who consented.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentDataSubject {
    /// The person, as an IRI.
    #[serde(rename = "@id")]
    pub iri: String,
    /// `dpv:DataSubject`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// The keyed hash of each contact detail by which the consent was found.
    #[serde(rename = "dct:identifier")]
    pub identifiers: Vec<String>,
}

/// A controller or another recipient.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentParty {
    /// The party as an IRI, if it is the sender.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<String>,
    /// `dpv:DataController` or `dpv:Recipient`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// The id of the sender's profile.
    #[serde(rename = "dpv:hasIdentifier", skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// The name.
    #[serde(rename = "dpv:hasName")]
    pub name: String,
    /// Where it can be written to.
    #[serde(rename = "dpv:hasAddress", skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The number that it can be called at.
    #[serde(rename = "dpv:hasContact", skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// The words that the person agreed to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentWording {
    /// `dpv:ConsentNotice`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// The words themselves.
    #[serde(rename = "schema:text", skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Their version.
    #[serde(rename = "schema:version", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Their language: `und`, since the ledger does not record it.
    #[serde(rename = "dct:language")]
    pub language: &'static str,
}

/// What the consent is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentProcess {
    /// `dpv:Process`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// The kind of consent, as it was recorded. Whether it is valid is for the rules to say.
    #[serde(rename = "dpv:hasLegalBasis")]
    pub legal_basis: &'static str,
    /// The purposes.
    #[serde(rename = "dpv:hasPurpose")]
    pub purposes: Vec<ConsentPurpose>,
    /// The contact details that are used for them, as keyed hashes.
    #[serde(rename = "dpv:hasPersonalData")]
    pub personal_data: Vec<ConsentPersonalData>,
    /// Who may rely on the consent.
    #[serde(rename = "dpv:hasRecipient")]
    pub recipients: Vec<ConsentParty>,
    /// Through whom the details and the consent came.
    #[serde(rename = "dpv:hasDataSource")]
    pub data_source: &'static str,
    /// How long the record is kept.
    #[serde(rename = "dpv:hasStorageCondition")]
    pub storage: ConsentStorage,
    /// The channels that it covers.
    #[serde(rename = "maysend:channels")]
    pub channels: Vec<Channel>,
    /// The sender's topics that it is limited to.
    #[serde(rename = "maysend:topics", skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
}

/// One purpose.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentPurpose {
    /// `dpv:Purpose`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// The purpose of the vocabulary that it is a kind of.
    #[serde(rename = "skos:broader")]
    pub broader: &'static str,
    /// The purpose in words.
    #[serde(rename = "dct:description")]
    pub description: &'static str,
    /// The purpose as it was recorded; left out where none was.
    #[serde(rename = "maysend:purpose", skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
}

/// A contact detail.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentPersonalData {
    /// `dpv:PersonalData`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// What kind of contact detail it is.
    #[serde(rename = "skos:broader")]
    pub broader: &'static str,
    /// Its keyed hash.
    #[serde(rename = "dct:identifier")]
    pub identifier: String,
}

/// How long something lasts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentDuration {
    /// `dpv:UntilEventDuration`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// What ends it.
    #[serde(rename = "rdf:value")]
    pub value: &'static str,
}

/// How long a record is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentStorage {
    /// `dpv:StorageDuration`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// Until when.
    #[serde(rename = "dpv:hasDuration")]
    pub duration: ConsentDuration,
}

/// How consent is withdrawn.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentWithdrawal {
    /// `dpv:WithdrawConsent`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// Where, as far as it is on record.
    #[serde(rename = "dpv:isExercisedAt", skip_serializing_if = "Vec::is_empty")]
    pub exercised_at: Vec<String>,
}

/// A right of the person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentRight {
    /// `dpv:DataSubjectRight`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// Which right.
    #[serde(rename = "dct:title")]
    pub title: &'static str,
    /// The provision.
    #[serde(rename = "schema:url")]
    pub url: &'static str,
}

/// Something that bears on a consent: its being given, its being withdrawn, an objection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentState {
    /// The state that follows: a term of `dpv:`, or of `maysend:` where it has none.
    #[serde(rename = "@type")]
    #[schema(example = "dpv:ConsentGiven")]
    pub kind: String,
    /// When.
    #[serde(rename = "dpv:isIndicatedAtTime")]
    pub at: Timestamp,
    /// By whom.
    #[serde(rename = "dpv:isIndicatedBy", skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// How.
    #[serde(rename = "dpv:hasIndicationMethod", skip_serializing_if = "Option::is_none")]
    pub method: Option<&'static str>,
    /// How long it holds.
    #[serde(rename = "dpv:hasDuration", skip_serializing_if = "Option::is_none")]
    pub duration: Option<ConsentDuration>,
    /// The channels that it speaks of; left out: all.
    #[serde(rename = "maysend:channels", skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// The topics that it speaks of; left out: all.
    #[serde(rename = "maysend:topics", skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// The caller's id of the event.
    #[serde(rename = "dct:identifier")]
    pub identifier: String,
    /// When the ledger took it in.
    #[serde(rename = "dct:created")]
    pub created: Timestamp,
    /// Where it stands in the journal.
    #[serde(rename = "maysend:revision")]
    pub revision: String,
}
