//! What the answers come to, in a form that can be read back: [`Totals`] names rules of this program alone.

use serde::{Deserialize, Serialize};

use crate::check::campaign::Totals;

/// What the answers come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Rows that were answered.
    pub(super) lines: u64,
    pub(super) allow: u64,
    pub(super) deny: u64,
    pub(super) errors: u64,
    /// Decisions that the log dropped.
    pub(super) not_logged: u64,
    pub(super) reasons: Vec<Reason>,
    pub(super) bases: Vec<Basis>,
    pub(super) obligations: Vec<Duty>,
}

/// How many decisions rest on a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reason {
    pub(super) rule: String,
    pub(super) limb: String,
    pub(super) outcome: String,
    pub(super) decision: String,
    pub(super) decisions: u64,
}

/// How many allows rest on a ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Basis {
    pub(super) kind: String,
    pub(super) decisions: u64,
}

/// A duty that comes with allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Duty {
    pub(super) code: String,
    pub(super) says: String,
    pub(super) citation: Source,
    pub(super) bases: Vec<String>,
}

/// Where a duty stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Source {
    pub(super) instrument: String,
    pub(super) provision: String,
    pub(super) url: String,
}

impl Tally {
    /// Adds what more rows come to.
    pub(super) fn add(&mut self, totals: &Totals) {
        let read = serde_json::to_value(totals).and_then(serde_json::from_value::<Self>);
        // It has the same fields, which a test holds.
        let other = read.unwrap_or_default();
        self.lines += other.lines;
        self.allow += other.allow;
        self.deny += other.deny;
        self.errors += other.errors;
        self.not_logged += other.not_logged;
        for it in other.reasons {
            let same = |held: &&mut Reason| {
                (&held.rule, &held.limb, &held.outcome, &held.decision)
                    == (&it.rule, &it.limb, &it.outcome, &it.decision)
            };
            match self.reasons.iter_mut().find(same) {
                Some(held) => held.decisions += it.decisions,
                None => self.reasons.push(it),
            }
        }
        for it in other.bases {
            match self.bases.iter_mut().find(|held| held.kind == it.kind) {
                Some(held) => held.decisions += it.decisions,
                None => self.bases.push(it),
            }
        }
        for it in other.obligations {
            match self.obligations.iter_mut().find(|held| held.code == it.code) {
                Some(held) => {
                    let new = it.bases.into_iter().filter(|kind| !held.bases.contains(kind)).collect::<Vec<_>>();
                    held.bases.extend(new);
                }
                None => self.obligations.push(it),
            }
        }
    }

    /// Brings the lists into their order.
    pub(super) fn sort(&mut self) {
        self.reasons
            .sort_by(|a, b| b.decisions.cmp(&a.decisions).then_with(|| (&a.rule, &a.limb).cmp(&(&b.rule, &b.limb))));
        self.bases.sort_by(|a, b| b.decisions.cmp(&a.decisions).then_with(|| a.kind.cmp(&b.kind)));
        self.obligations.sort_by(|a, b| a.code.cmp(&b.code));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{
        answer::{Citation, ReasonOutcome, Verdict},
        campaign::{BasisTotal, ObligationTotal, ReasonTotal, ShortReason},
    };

    #[test]
    fn every_total_is_added() {
        let reason = ShortReason { rule: "pecr.reg22.consent", limb: "22(2)", outcome: ReasonOutcome::Met };
        let citation = Citation { instrument: "PECR 2003", provision: "reg. 23(a)", url: "https://example.com" };
        let totals = Totals {
            lines: 4,
            allow: 1,
            deny: 2,
            errors: 1,
            not_logged: 1,
            reasons: vec![ReasonTotal { reason, decision: Verdict::Allow, decisions: 3 }],
            bases: vec![BasisTotal { kind: "consent", decisions: 1 }],
            obligations: vec![ObligationTotal { code: "identify", says: "say so", citation, bases: vec!["consent"] }],
        };
        let mut tally = Tally::default();
        tally.add(&totals);
        tally.add(&totals);
        let mut twice = totals.clone();
        twice.add(&totals);
        assert_eq!(serde_json::to_value(&tally).unwrap(), serde_json::to_value(&twice).unwrap());
    }
}
