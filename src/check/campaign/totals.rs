//! What the lines of a batch come to.

use serde::Serialize;
use utoipa::ToSchema;

use super::told::{Short, ShortReason};
use crate::check::answer::{Citation, Obligation, Verdict};

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
    /// Takes account of so many decisions that came out alike.
    pub(super) fn take(&mut self, short: &Short, decisions: u64) {
        self.lines += decisions;
        match short.decision {
            Verdict::Allow => self.allow += decisions,
            Verdict::Deny => self.deny += decisions,
        }
        for reason in &short.reasons {
            self.add_reason(ReasonTotal { reason: *reason, decision: short.decision, decisions });
        }
        let Some(kind) = short.basis else { return };
        self.add_basis(BasisTotal { kind, decisions });
        for Obligation { code, says, citation } in short.obligations.iter().copied() {
            self.add_obligation(ObligationTotal { code, says, citation, bases: vec![kind] });
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
