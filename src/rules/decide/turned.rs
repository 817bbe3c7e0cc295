//! What a change of the facts achieves: the limbs that stood in the way before it and hold after it.

use super::Weighed;
use crate::{
    facts::Facts,
    rules::{
        Rule, applies,
        outcome::{Limb, Outcome},
    },
};

/// A limb of a rule.
pub type Provision = (&'static Rule, &'static Limb);

/// Facts on which the message may be sent, to be compared with others on which it may not.
pub(in crate::rules) struct Turned<'f, 'a>(Weighed<'f, 'a>);

impl<'f, 'a> Turned<'f, 'a> {
    /// The facts.
    pub(in crate::rules) fn to(facts: &'f Facts<'a>) -> Self {
        Self(Weighed::new(facts))
    }

    /// The limbs that stood in the way before and hold now: of each requirement that refused the message and does no
    /// more, what failed of it, of the conditions of what holds now, and of the exceptions that lift it now; or the rule
    /// that takes the message outside direct marketing, with what failed of its conditions; or the one that carries the
    /// allow, where nothing refused.
    pub(in crate::rules) fn from(&self, before: &Facts<'_>) -> Vec<Provision> {
        let (before, now) = (Weighed::new(before), &self.0);
        if let Some(outside) = now.outside() {
            let parts = before.at(&outside.conditions).filter(|(part, _)| applies(part.rule, now.facts));
            let parts = parts.flat_map(|(part, was)| failing(part.rule, was));
            return first_limb(outside.rule).into_iter().chain(parts).collect();
        }
        let mut all = Vec::new();
        for freed in before.book.requirements.iter().copied().filter(|place| before.refuses_at(*place)) {
            all.extend(self.satisfied(freed, &before));
            // What is met needs no lifting.
            let exceptions = before.one(freed).filter(|_| !now.holds_at(freed)).map(|(entry, _)| &entry.exceptions);
            for lifting in exceptions.into_iter().flatten().filter(|place| !before.holds_at(**place)) {
                all.extend(self.satisfied(*lifting, &before));
            }
        }
        if all.is_empty() {
            all.extend(now.basis().and_then(|(_, rule, _)| first_limb(rule)));
        }
        all
    }

    /// What failed of a rule before, where it fails no more, and of its conditions, where it now holds.
    fn satisfied(&self, place: usize, before: &Weighed<'_, '_>) -> Vec<Provision> {
        let now = &self.0;
        let Some(((entry, was), (_, is))) = before.one(place).zip(now.one(place)) else { return Vec::new() };
        let (requirement, holds) = (entry.rule.effect.others().is_empty(), now.holds(entry, is));
        let mut all = match was {
            // What a requirement asked for is satisfied, too, if it asks for it no more.
            Outcome::Failing(_) if holds || requirement && !is.is_failing() => failing(entry.rule, was),
            Outcome::NotEngaged if holds => first_limb(entry.rule).into_iter().collect(),
            Outcome::Failing(_) | Outcome::NotEngaged | Outcome::Met(_) => Vec::new(),
        };
        let parts = before.at(&entry.conditions).filter(|(part, _)| holds && applies(part.rule, now.facts));
        all.extend(parts.flat_map(|(part, was)| failing(part.rule, was)));
        all
    }
}

fn failing(rule: &'static Rule, outcome: &Outcome<'_>) -> Vec<Provision> {
    match outcome {
        Outcome::Failing(failures) => failures.iter().map(|failure| (rule, failure.limb)).collect(),
        Outcome::NotEngaged | Outcome::Met(_) => Vec::new(),
    }
}

fn first_limb(rule: &'static Rule) -> Option<Provision> {
    rule.limbs.first().map(|limb| (rule, *limb))
}
