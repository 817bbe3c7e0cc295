//! The ways to an allow, and what stands in each: found without running more rules than that takes.
//!
//! A message may be sent if it is no direct marketing; or if a ground carries the allow and no requirement refuses.

use super::{Entry, Weighed};
use crate::{
    facts::{EventRef, Facts},
    rules::{Rule, outcome::Outcome, uk_gdpr},
};

/// A way to an allow, under the law of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Way {
    /// The message is no direct marketing.
    Outside,
    /// The rule at this place carries the allow.
    On(usize),
}

/// What stands in a way.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) enum Obstacle {
    /// The message is direct marketing.
    Marketing,
    /// The rule that would carry the allow does not hold.
    NoGround(usize),
    /// The requirement at this place refuses the message.
    Refusal(usize),
}

/// Every way that is open, on the one consent and the one collection among the facts, with the event that proves the
/// ground; a message that is no direct marketing needs no other.
pub(in crate::rules) fn ways<'a>(facts: &Facts<'a>) -> Vec<(Way, Option<EventRef<'a>>)> {
    let weighed = Weighed::new(facts);
    if weighed.outside().is_some() {
        return vec![(Way::Outside, None)];
    }
    let grounds = weighed.book.grounds.iter().map(|(place, _)| *place);
    let held: Vec<_> = grounds.filter_map(|place| Some((Way::On(place), weighed.carries(place)?.1))).collect();
    // Most often no ground holds, and then nothing else is asked.
    if held.is_empty() || weighed.refusal().is_some() { Vec::new() } else { held }
}

/// The first thing that stands in a way; none: it is open.
pub(in crate::rules) fn obstacle(way: Way, facts: &Facts<'_>) -> Option<Obstacle> {
    let weighed = Weighed::new(facts);
    match way {
        Way::Outside => weighed.outside().is_none().then_some(Obstacle::Marketing),
        Way::On(ground) if weighed.carries(ground).is_none() => Some(Obstacle::NoGround(ground)),
        Way::On(_) => weighed.refusal().map(Obstacle::Refusal),
    }
}

/// Whether this very thing stands in the way, whatever else does.
pub(in crate::rules) fn stands(obstacle: Obstacle, facts: &Facts<'_>) -> bool {
    let weighed = Weighed::new(facts);
    match obstacle {
        Obstacle::Marketing => weighed.outside().is_none(),
        Obstacle::NoGround(ground) => weighed.carries(ground).is_none(),
        Obstacle::Refusal(place) => weighed.refuses_at(place),
    }
}

impl<'a> Weighed<'_, 'a> {
    /// The rule at a place, run.
    pub(super) fn one(&self, place: usize) -> Option<(&'static Entry, &Outcome<'a>)> {
        self.at(&[place]).next()
    }

    /// Whether the rule at a place is met together with its conditions.
    pub(super) fn holds_at(&self, place: usize) -> bool {
        self.one(place).is_some_and(|(entry, outcome)| self.holds(entry, outcome))
    }

    /// Whether the requirement at a place stands in the way.
    pub(super) fn refuses_at(&self, place: usize) -> bool {
        self.one(place).is_some_and(|(entry, outcome)| self.refuses(entry, outcome))
    }

    /// The place of the first requirement that stands in the way.
    pub(super) fn refusal(&self) -> Option<usize> {
        self.book.requirements.iter().copied().find(|place| self.refuses_at(*place))
    }

    /// The ground at a place, if it holds, and the event that proves it.
    pub(super) fn carries(&self, ground: usize) -> Option<(&'static Rule, Option<EventRef<'a>>)> {
        // Where PECR decides, a lawful basis under the UK GDPR carries nothing.
        if self.book.lawful_bases.contains(&ground) && !uk_gdpr::art6_consent::decides(self.facts) {
            return None;
        }
        let (entry, outcome) = self.one(ground)?;
        let proof = if let Outcome::Met(Some(proof)) = outcome { proof.event } else { None };
        self.holds(entry, outcome).then_some((entry.rule, proof))
    }
}
