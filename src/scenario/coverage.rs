//! Which rules and limbs the cases reached.
//!
//! A version of a rule is reached by an allow, or by a deny, when it was engaged in a case that came out so. A limb is
//! reached by an allow when its rule was engaged in an allowed case and the limb held there; by a deny when it failed in
//! a denied one, alone or beside others. Some cannot come out both ways, and less is asked of them:
//!
//! - A rule that takes a message outside direct marketing is what allows it: no deny is asked for.
//! - A rule that shows why a message is marketing, or an exception of one limb that no case saw fail, is met whenever it
//!   is engaged: by a deny it need only be engaged, something else refusing.
//! - A condition or an advice of one limb that no case saw hold fails whenever it is engaged: by an allow it need only be
//!   engaged, another ground carrying the message, or the advice only warning.

use std::{collections::HashSet, fmt};

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    check::answer::{Answer, Verdict},
    rules::{ALL, Effect, Rule, outcome::Limb},
};

/// How often each version of each rule, and each of its limbs, was reached.
#[derive(Clone, Debug, Serialize)]
#[serde(into = "Told")]
pub struct Coverage {
    /// Every version of every rule, in order of precedence.
    pub rules: Vec<RuleReach>,
}

/// How often one version of a rule was reached.
#[derive(Clone, Debug, Serialize)]
pub struct RuleReach {
    /// The rule's id.
    pub rule: &'static str,
    /// The first day of this version.
    pub in_force_from: Date,
    /// The first day on which it is no longer the law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force_until: Option<Date>,
    /// In how many cases that were allowed it was engaged.
    pub allow: usize,
    /// In how many cases that were denied it was engaged.
    pub deny: usize,
    /// Its limbs, in the order of the provision.
    pub limbs: Vec<LimbReach>,
    #[serde(skip)]
    effect: Effect,
}

/// How often one limb was reached.
#[derive(Clone, Debug, Serialize)]
pub struct LimbReach {
    /// The limb.
    pub limb: &'static str,
    /// In how many cases that were allowed it held.
    pub allow: usize,
    /// In how many cases that were denied it failed.
    pub deny: usize,
    /// In how many cases, whatever their decision, it held.
    pub held: usize,
    /// In how many cases, whatever their decision, it failed.
    pub failed: usize,
}

/// A rule or a limb that was not reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The rule's id.
    pub rule: &'static str,
    /// The first day of its version.
    pub in_force_from: Date,
    /// The limb; of the whole rule, none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limb: Option<&'static str>,
    /// By which decisions it was not reached.
    pub by: Vec<Verdict>,
}

/// How much was reached by all that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Total {
    /// How many versions of rules there are.
    pub rules: usize,
    /// How many of them were reached, with every one of their limbs or not.
    pub rules_reached: usize,
    /// How many limbs they have.
    pub limbs: usize,
    /// How many of those were reached.
    pub limbs_reached: usize,
}

/// The coverage as it is written.
#[derive(Serialize)]
struct Told {
    total: Total,
    not_reached: Vec<Gap>,
    rules: Vec<RuleReach>,
}

impl From<Coverage> for Told {
    fn from(coverage: Coverage) -> Self {
        Self { total: coverage.total(), not_reached: coverage.gaps(), rules: coverage.rules }
    }
}

impl Default for Coverage {
    fn default() -> Self {
        Self::of(ALL)
    }
}

impl Coverage {
    /// Nothing of these rules is reached yet.
    fn of(rules: &[&'static Rule]) -> Self {
        let limb = |limb: &&Limb| LimbReach { limb: limb.id, allow: 0, deny: 0, held: 0, failed: 0 };
        let rule = |rule: &&'static Rule| RuleReach {
            rule: rule.id,
            in_force_from: rule.in_force.from,
            in_force_until: rule.in_force.until,
            allow: 0,
            deny: 0,
            limbs: rule.limbs.iter().map(limb).collect(),
            effect: rule.effect,
        };
        Self { rules: rules.iter().map(rule).collect() }
    }

    /// Takes account of an answer that was told in full.
    pub fn take(&mut self, answer: &Answer) {
        for outcome in answer.detail.iter().flat_map(|detail| &detail.rules) {
            if outcome.outcome != "not_engaged" {
                self.engaged(outcome.rule, answer.law.as_of, answer.decision, &outcome.limbs);
            }
        }
    }

    fn engaged(&mut self, rule: &str, day: Date, decision: Verdict, failing: &[&str]) {
        let failing: HashSet<&str> = failing.iter().copied().collect();
        let Some(reach) = self.rules.iter_mut().find(|reach| reach.rule == rule && reach.is_in_force(day)) else {
            return;
        };
        match decision {
            Verdict::Allow => reach.allow += 1,
            Verdict::Deny => reach.deny += 1,
        }
        for limb in &mut reach.limbs {
            match (failing.contains(limb.limb), decision) {
                (true, Verdict::Deny) => (limb.deny, limb.failed) = (limb.deny + 1, limb.failed + 1),
                (true, Verdict::Allow) => limb.failed += 1,
                (false, Verdict::Allow) => (limb.allow, limb.held) = (limb.allow + 1, limb.held + 1),
                (false, Verdict::Deny) => limb.held += 1,
            }
        }
    }

    /// Every rule and limb that was not reached, in order of precedence. What was not reached of a rule is not told again
    /// of its limbs.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        self.rules.iter().flat_map(RuleReach::gaps).collect()
    }

    /// How much was reached.
    #[must_use]
    pub fn total(&self) -> Total {
        let reached = |reach: &&RuleReach| !reach.misses(Verdict::Allow) && !reach.misses(Verdict::Deny);
        let limb = |reach: &RuleReach, limb: &LimbReach| {
            !reach.limb_misses(limb, Verdict::Allow) && !reach.limb_misses(limb, Verdict::Deny)
        };
        Total {
            rules: self.rules.len(),
            rules_reached: self.rules.iter().filter(reached).count(),
            limbs: self.rules.iter().map(|reach| reach.limbs.len()).sum(),
            limbs_reached: self.rules.iter().map(|it| it.limbs.iter().filter(|l| limb(it, l)).count()).sum(),
        }
    }
}

impl RuleReach {
    fn is_in_force(&self, day: Date) -> bool {
        self.in_force_from <= day && self.in_force_until.is_none_or(|until| day < until)
    }

    /// Whether a deny is asked for at all.
    #[must_use]
    pub fn can_be_denied(&self) -> bool {
        self.effect != Effect::Outside
    }

    /// Whether the rule was not reached by such a decision, though that is asked for.
    #[must_use]
    pub fn misses(&self, by: Verdict) -> bool {
        match by {
            Verdict::Allow => self.allow == 0,
            Verdict::Deny => self.deny == 0 && self.can_be_denied(),
        }
    }

    /// Whether one of its limbs was not reached by such a decision, though that is asked for.
    #[must_use]
    pub fn limb_misses(&self, limb: &LimbReach, by: Verdict) -> bool {
        let is_alone = self.limbs.len() == 1;
        let engaged_is_enough = match (by, self.effect) {
            (Verdict::Allow, Effect::Condition { .. } | Effect::Advice) => is_alone && limb.held == 0,
            (Verdict::Deny, Effect::Exception { .. }) => is_alone && limb.failed == 0,
            (Verdict::Deny, Effect::Scope | Effect::Outside) => true,
            (Verdict::Allow, Effect::Requirement | Effect::Exception { .. } | Effect::Scope | Effect::Outside)
            | (Verdict::Deny, Effect::Requirement | Effect::Condition { .. } | Effect::Advice) => false,
        };
        let reached = match by {
            Verdict::Allow => limb.allow,
            Verdict::Deny => limb.deny,
        };
        if engaged_is_enough { self.misses(by) } else { reached == 0 }
    }

    fn gaps(&self) -> Vec<Gap> {
        let both = || [Verdict::Allow, Verdict::Deny].into_iter();
        let gap = |limb, by| Gap { rule: self.rule, in_force_from: self.in_force_from, limb, by };
        let whole = gap(None, both().filter(|by| self.misses(*by)).collect());
        let missed = |limb: &LimbReach| both().filter(|by| !self.misses(*by) && self.limb_misses(limb, *by)).collect();
        let limbs = self.limbs.iter().map(|limb| gap(Some(limb.limb), missed(limb)));
        std::iter::once(whole).chain(limbs).filter(|gap| !gap.by.is_empty()).collect()
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, in_force_from, limb, by } = self;
        write!(f, "{rule}")?;
        if ALL.iter().filter(|known| known.id == *rule).count() > 1 {
            write!(f, " (from {in_force_from})")?;
        }
        let told = match (limb, by.as_slice()) {
            (None, [Verdict::Allow]) => "engaged in no case that is allowed",
            (None, [Verdict::Deny]) => "engaged in no case that is denied",
            (None, _) => "engaged in no case",
            (Some(_), [Verdict::Allow]) => "holds in no case that is allowed",
            (Some(_), [Verdict::Deny]) => "fails in no case that is denied",
            (Some(_), _) => "holds in no case that is allowed, and fails in none that is denied",
        };
        match limb {
            Some(limb) => write!(f, " {limb}: {told}"),
            None => write!(f, ": {told}"),
        }
    }
}

#[cfg(test)]
mod tests;
