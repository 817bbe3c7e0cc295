//! Decisions of the log, decided again: what would come out today, or under the law of another day, and what differs.
//!
//! The facts are those of the log. What happened since, and what somebody recorded afterwards, is not among them.

mod differences;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use self::differences::{Campaign, Counts, Differences, Example, RuleCounts};
use super::{
    answer::ReasonOutcome,
    dossier::{Dossier, Limbed},
};
use crate::{
    decisions::{Book, Kept},
    facts::Facts,
    rules::decide::{Basis, Reason},
    terms::party::PolicyProfile,
};

/// What is changed before it is decided again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The day whose law applies.
    pub as_of: Option<Date>,
    /// The reading, where lawyers differ.
    pub profile: Option<PolicyProfile>,
}

impl Change {
    fn apply(self, facts: &mut Facts<'_>) {
        facts.as_of = self.as_of.unwrap_or(facts.as_of);
        facts.profile = self.profile.unwrap_or(facts.profile);
    }
}

/// One reason, by its names: what a place stands for in the book of one program it does not in another's.
pub type Point<'b> = (&'b str, &'b str, ReasonOutcome);

/// How a decision came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side<'b> {
    /// Whether the message may be sent.
    pub allow: bool,
    /// What an allow rests on, and the rule that gives it.
    pub basis: Option<(Basis, &'b str)>,
    /// The reasons, whatever their order.
    pub reasons: BTreeSet<Point<'b>>,
}

/// How a decision came out before, and how it comes out again.
#[derive(Clone, Debug)]
pub struct Again<'b> {
    /// What it was.
    pub was: Side<'b>,
    /// What it is.
    pub is: Side<'b>,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is the same, for the same reasons.
    Same,
    /// It is the same, for others.
    OtherReasons,
    /// What was allowed is refused.
    NowDenied,
    /// What was refused is allowed.
    NowAllowed,
}

impl Again<'_> {
    /// What became of it.
    #[must_use]
    pub fn turn(&self) -> Turn {
        match (self.was.allow, self.is.allow) {
            (true, false) => Turn::NowDenied,
            (false, true) => Turn::NowAllowed,
            _ if self.was == self.is => Turn::Same,
            _ => Turn::OtherReasons,
        }
    }
}

/// Decides a decision of the log again.
#[must_use]
pub fn again<'b>(kept: &'b Kept, dossier: &'b Dossier<'_>, change: Change) -> Again<'b> {
    let decision = dossier.decide_again(|facts| change.apply(facts));
    let grounds = dossier.grounds.as_ref();
    let rule = |place: u16| kept.book.rules.get(usize::from(place)).map_or("", |rule| &rule.id);
    let was = Side {
        allow: kept.decision.allow,
        basis: grounds.map(|grounds| (grounds.basis, rule(grounds.rule))),
        reasons: dossier.reasons.iter().filter_map(|reason| point(&kept.book, reason)).collect(),
    };
    let is = Side {
        allow: decision.allow,
        basis: decision.basis.map(|(basis, rule, _)| (basis, rule.id)),
        reasons: decision.reasons.iter().map(point_of).collect(),
    };
    Again { was, is }
}

fn point_of<'b>(reason: &Reason<'_>) -> Point<'b> {
    (reason.rule.id, reason.limb.id, ReasonOutcome::of(reason))
}

fn point<'b>(book: &'b Book, reason: &Limbed) -> Option<Point<'b>> {
    let rule = book.rules.get(usize::from(reason.rule))?;
    let limb = rule.limbs.get(usize::from(reason.limb))?;
    Some((&rule.id, limb, reason.outcome))
}
