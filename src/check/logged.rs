//! A decision of the log, as it is told: with what it rested on, in the words that a check uses.
//!
//! What it rested on is named as the program knew it that decided; the statements and the citations are those of this
//! program, where it still has that version of the rule.

mod campaign;
mod sentences;
mod telling;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::{
    campaign::{CampaignDecisions, CampaignQuestion, CampaignRecord, LogEntry},
    sentences::tell,
    telling::id_in_ledger,
};
use super::answer::{Citation, ReasonOutcome, Verdict};
use crate::terms::{channel::Channel, purpose::Purpose};

/// A decision of the log in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DecisionSummary {
    /// Its id.
    pub decision_id: Uuid,
    /// When it was made.
    #[schema(value_type = String, format = "date-time", example = "2026-11-21T09:30:02Z")]
    pub at: Timestamp,
    /// The sender, by the id of its profile. None: it was not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "acme")]
    pub sender: Option<String>,
    /// The sender's own name for the mailing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Whether the message might be sent.
    pub decision: Verdict,
    /// How the message was to reach the person. None: a later version of this program decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What the message was for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// Of a deny the rules that failed, of an allow those that it rested on.
    pub rules: Vec<String>,
    /// Whether the decision can still be found by the person's contact details.
    pub person: PersonLink,
}

/// Whether a decision of the log can be found by the person's contact details. They themselves are in no log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonLink {
    /// It can.
    Linked,
    /// It cannot any more: the link was erased.
    Erased,
    /// It never could: the message was directed to nobody in particular.
    Nobody,
}

/// A decision of the log, with everything that it rested on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DecisionRecord {
    /// Its id.
    pub decision_id: Uuid,
    /// When it was made.
    #[schema(value_type = String, format = "date-time", example = "2026-11-21T09:30:02Z")]
    pub at: Timestamp,
    /// The sender, by the id of its profile. None: it was not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "acme")]
    pub sender: Option<String>,
    /// The sender's own name for the mailing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// The record of the campaign that it belongs to, where it is one of a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Uuid>,
    /// Whether the message might be sent.
    pub decision: Verdict,
    /// How the message was to reach the person.
    pub channel: Channel,
    /// What the message was for, as the caller declared it.
    pub purpose: Purpose,
    /// What an allow rested on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<LoggedBasis>,
    /// The reasons, in the order of the answer.
    pub reasons: Vec<LoggedReason>,
    /// What the allow obliged to, by code.
    pub obligations: Vec<&'static str>,
    /// The warnings, by code: a rule's id, or a stable name.
    pub warnings: Vec<String>,
    /// Every rule that was in force, in order of precedence.
    pub rules: Vec<LoggedRule>,
    /// The facts, as `?detail=full` told them.
    pub facts: Vec<LoggedFact>,
    /// The law that was applied.
    pub law: LoggedLaw,
    /// The ledger revision that it took account of.
    #[schema(example = "r1-2a")]
    pub revision: String,
    /// The question was about the present, not about a day in the past.
    pub live: bool,
    /// The id of the request. None: a caller's own that held a contact detail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The trace that the request belonged to (W3C Trace Context).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "4bf92f3577b34da6a3ce929d0e0e4736")]
    pub trace_id: Option<String>,
    /// Microseconds from the request's arrival until the decision was made.
    #[schema(example = 120)]
    pub duration_us: u64,
    /// Whether it can still be found by the person's contact details.
    pub person: PersonLink,
    /// What shows that it stands in the log as it was written.
    pub proof: LoggedProof,
}

/// What an allow of the log rested on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedBasis {
    /// The ground.
    #[schema(example = "soft_opt_in")]
    pub kind: &'static str,
    /// The rule that gave it.
    pub rule: String,
    /// The event that proved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<LoggedEvent>,
}

/// One reason of a decision of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedReason {
    /// The rule's id.
    #[schema(example = "uk_gdpr.art21.objection")]
    pub rule: String,
    /// The limb of the provision.
    #[schema(example = "21(3)")]
    pub limb: String,
    /// Whether it was met.
    pub outcome: ReasonOutcome,
    /// The rule in one sentence. None: this program does not have that version of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<&'static str>,
    /// Where it stands. None: this program does not have that version of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// The first day on which that version of the rule is in force.
    #[schema(value_type = String, format = "date", example = "2018-05-25")]
    pub in_force_from: Date,
}

/// How one rule came out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedRule {
    /// The rule's id.
    pub rule: String,
    /// `not_engaged`, `met`, `not_met` or `unknown`.
    pub outcome: &'static str,
    /// The limbs that were not met or not known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub limbs: Vec<String>,
}

/// One fact with its source.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedFact {
    /// The fact's name.
    #[schema(example = "message.opt_out")]
    pub fact: &'static str,
    /// What it was; `unknown` when nobody had told us.
    pub value: String,
    /// Who said so: `ledger`, `given`, `request`, `message`, `profile` or `nobody`.
    pub source: &'static str,
    /// The event that it stood in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<LoggedEvent>,
}

/// An event that a decision of the log looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LoggedEvent {
    /// The caller's id of it, as the ledger has it. None: it was given with the check, or has been erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    #[schema(example = "objection_raised")]
    pub kind: &'static str,
    /// When it happened.
    #[schema(value_type = String, format = "date-time")]
    pub occurred_at: Timestamp,
    /// `ledger` when it was on record, `given` when it was the caller's word for that check.
    pub source: &'static str,
    /// Its revision in the ledger. None: it was given with the check.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "r1-2a")]
    pub revision: Option<String>,
}

/// The law that was applied.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedLaw {
    /// The version of the rulebook: the day whose law it stated.
    #[schema(example = "2026-11-21")]
    pub rulebook: String,
    /// The day whose law was applied, in London.
    #[schema(value_type = String, format = "date")]
    pub as_of: Date,
    /// The reading taken where lawyers differ.
    #[schema(example = "conservative")]
    pub policy: &'static str,
}

/// Where a decision stands in the chain of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedProof {
    /// Its place in the log, counted from 0.
    pub number: u64,
    /// The hash of the chain up to and with it and those that were kept with it as one, in hexadecimal digits.
    #[schema(example = "9f2c51d5e63d0a4b8c7e1f3a5b6d7c8e9f0a1b2c3d4e5f60718293a4b5c6d7e8")]
    pub chain: String,
}
