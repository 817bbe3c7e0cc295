//! The answers of a batch as callers see them: in short, since there are many.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::check::answer::{Answer, Basis, EventRef, Obligation, ReasonOutcome, Verdict};

/// The first line of a batch's answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Opening {
    /// The id of the campaign, under which the decisions of its lines are kept (UUIDv7).
    pub decision_id: Uuid,
    /// The version of the rulebook.
    #[schema(example = "2026-11-21")]
    pub rulebook: &'static str,
    /// The ledger revision when it began. A line takes account of it, and of what came since up to when it is read.
    #[schema(example = "r1-2a")]
    pub revision: String,
}

/// The decision on one line of a batch. Anything but `allow` means: do not send.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Screened<'a> {
    /// The caller's own name of the line, as it was given.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<&'a str>,
    /// Whether the message may be sent.
    pub decision: Verdict,
    /// The id of this decision (UUIDv7).
    pub decision_id: Uuid,
    /// The id of the campaign.
    pub parent: Uuid,
    /// Of a deny every reason that fails, the gravest first, then what makes the message marketing at all; of an allow
    /// the rules it rests on.
    pub reasons: Vec<ShortReason>,
    /// What an allow rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<ShortBasis>,
    /// The warnings by code: a rule's id, or a stable name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<&'static str>,
}

/// One rule that a decision rests on, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
pub struct ShortReason {
    /// The rule's id.
    #[schema(example = "uk_gdpr.art21.objection")]
    pub rule: &'static str,
    /// The limb of the provision.
    #[schema(example = "21(3)")]
    pub limb: &'static str,
    /// Whether it is met.
    pub outcome: ReasonOutcome,
}

/// What an allow rests on, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShortBasis {
    /// The ground.
    #[schema(example = "soft_opt_in")]
    pub kind: &'static str,
    /// The rule that gives it.
    pub rule: &'static str,
    /// The event that proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventRef>,
}

impl<'a> Screened<'a> {
    /// An answer in short.
    #[must_use]
    pub fn of(reference: Option<&'a str>, parent: Uuid, answer: &Answer) -> Self {
        let reasons = answer.reasons.iter().map(|it| ShortReason { rule: it.rule, limb: it.limb, outcome: it.outcome });
        let short = |it: &Basis| ShortBasis { kind: it.kind, rule: it.rule, event: it.event.clone() };
        Self {
            reference,
            decision: answer.decision,
            decision_id: answer.decision_id,
            parent,
            reasons: reasons.collect(),
            basis: answer.basis.as_ref().map(short),
            warnings: answer.warnings.iter().map(|warning| warning.code).collect(),
        }
    }
}

/// What an answer in short comes to, for the totals.
#[derive(Clone, Debug)]
pub(super) struct Short {
    pub(super) decision: Verdict,
    pub(super) reasons: Vec<ShortReason>,
    pub(super) basis: Option<&'static str>,
    pub(super) obligations: Vec<Obligation>,
}

impl Short {
    pub(super) fn of(answer: Answer) -> Self {
        let reasons = answer.reasons.iter().map(|it| ShortReason { rule: it.rule, limb: it.limb, outcome: it.outcome });
        Self {
            decision: answer.decision,
            reasons: reasons.collect(),
            basis: answer.basis.map(|basis| basis.kind),
            obligations: answer.obligations,
        }
    }
}
