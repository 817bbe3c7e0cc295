//! The answers of a batch as callers see them: in short, since there are many.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::check::answer::{Answer, Basis, Citation, EventRef, ReasonOutcome, Verdict};

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

/// What the lines of a batch come to: its last line. Without it the answer is not whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Totals {
    /// Lines that were answered.
    pub lines: u64,
    /// Decisions to allow.
    pub allow: u64,
    /// Decisions to deny.
    pub deny: u64,
    /// Lines that were not decided.
    pub errors: u64,
    /// Decisions that the log dropped, being full (`on_full = "drop"`).
    pub not_logged: u64,
    /// How many decisions rest on each reason, the most frequent first.
    pub reasons: Vec<ReasonTotal>,
    /// How many allows rest on each ground, the most frequent first.
    pub bases: Vec<BasisTotal>,
    /// What the allows oblige the sender to do.
    pub obligations: Vec<ObligationTotal>,
}

/// How many decisions rest on one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReasonTotal {
    /// The reason.
    #[serde(flatten)]
    pub reason: ShortReason,
    /// Whether those decisions are to allow.
    pub decision: Verdict,
    /// How many.
    pub decisions: u64,
}

/// How many allows rest on one ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BasisTotal {
    /// The ground.
    #[schema(example = "soft_opt_in")]
    pub kind: &'static str,
    /// How many.
    pub decisions: u64,
}

/// A duty that comes with an allow, and on which grounds it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ObligationTotal {
    /// A stable name.
    #[schema(example = "identify_sender")]
    pub code: &'static str,
    /// What to do.
    pub says: &'static str,
    /// Where it stands.
    pub citation: Citation,
    /// The grounds of the allows that it comes with.
    pub bases: Vec<&'static str>,
}

impl Totals {
    /// Takes account of one decision.
    pub fn take(&mut self, answer: &Answer) {
        self.lines += 1;
        match answer.decision {
            Verdict::Allow => self.allow += 1,
            Verdict::Deny => self.deny += 1,
        }
        for it in &answer.reasons {
            let reason = ShortReason { rule: it.rule, limb: it.limb, outcome: it.outcome };
            self.add_reason(ReasonTotal { reason, decision: answer.decision, decisions: 1 });
        }
        let Some(basis) = &answer.basis else { return };
        self.add_basis(BasisTotal { kind: basis.kind, decisions: 1 });
        for duty in &answer.obligations {
            let (code, says, citation) = (duty.code, duty.says, duty.citation);
            self.add_obligation(ObligationTotal { code, says, citation, bases: vec![basis.kind] });
        }
    }

    /// Takes account of a line that was not decided.
    pub fn take_error(&mut self) {
        self.lines += 1;
        self.errors += 1;
    }

    /// Adds those of other lines.
    pub fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.allow += other.allow;
        self.deny += other.deny;
        self.errors += other.errors;
        self.not_logged += other.not_logged;
        other.reasons.iter().for_each(|it| self.add_reason(*it));
        other.bases.iter().for_each(|it| self.add_basis(*it));
        other.obligations.iter().for_each(|it| self.add_obligation(it.clone()));
    }

    /// Brings the lists into their order.
    pub fn sort(&mut self) {
        self.reasons.sort_by_key(|it| (std::cmp::Reverse(it.decisions), it.reason));
        self.bases.sort_by_key(|it| (std::cmp::Reverse(it.decisions), it.kind));
        self.obligations.sort_by_key(|it| it.code);
    }

    fn add_reason(&mut self, other: ReasonTotal) {
        let same = |it: &&mut ReasonTotal| (it.reason, it.decision) == (other.reason, other.decision);
        match self.reasons.iter_mut().find(same) {
            Some(held) => held.decisions += other.decisions,
            None => self.reasons.push(other),
        }
    }

    fn add_basis(&mut self, other: BasisTotal) {
        match self.bases.iter_mut().find(|it| it.kind == other.kind) {
            Some(held) => held.decisions += other.decisions,
            None => self.bases.push(other),
        }
    }

    fn add_obligation(&mut self, other: ObligationTotal) {
        match self.obligations.iter_mut().find(|it| it.code == other.code) {
            Some(held) => {
                let new = other.bases.into_iter().filter(|kind| !held.bases.contains(kind)).collect::<Vec<_>>();
                held.bases.extend(new);
            }
            None => self.obligations.push(other),
        }
    }
}
