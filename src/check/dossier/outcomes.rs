//! How the rules came out, as places in the book of the program that decided.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::mirror::{coded, maybe};
use crate::{
    check::answer::ReasonOutcome,
    facts::EventRef,
    rules::{
        self, Rule,
        decide::{Basis, Decision, Reason},
        outcome::{Limb, Outcome},
    },
};

/// One limb of one rule, and how it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limbed {
    /// The rule, as its place in the book.
    pub rule: u16,
    /// The limb, as its place in the rule.
    pub limb: u8,
    /// How it came out.
    pub outcome: ReasonOutcome,
}

impl Limbed {
    /// The reason, by its places.
    #[must_use]
    pub fn of(reason: &Reason<'_>) -> Self {
        let rule = place(reason.rule);
        Self { rule, limb: limb(reason.rule, reason.limb), outcome: ReasonOutcome::of(reason) }
    }
}

/// What an allow rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grounds<'a> {
    /// The ground.
    #[serde(with = "coded")]
    pub basis: Basis,
    /// The rule that gives it, as its place in the book.
    pub rule: u16,
    /// The event that proves it.
    #[serde(with = "maybe")]
    pub event: Option<EventRef<'a>>,
}

impl<'a> Grounds<'a> {
    /// The ground of an allow, by its places.
    #[must_use]
    pub fn of(decision: &Decision<'a>) -> Option<Self> {
        decision.basis.map(|(basis, rule, event)| Self { basis, rule: place(rule), event })
    }
}

/// How every rule came out: two bits each, and the limbs of those that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Four rules a byte, the first in the lowest bits: 0 not the law of the day, 1 not engaged, 2 met, 3 failing.
    bits: Vec<u8>,
    /// For each rule that failed the number of its limbs that did, and those limbs: twice the place, and one more where
    /// nobody had told the fact.
    limbs: Vec<u8>,
}

/// How one rule came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It had nothing to say.
    NotEngaged,
    /// Every limb held.
    Met,
    /// Some limbs failed: their places, each with whether that was for want of a fact.
    Failing(Vec<(u8, bool)>),
}

impl Outcomes {
    /// Writes down how every rule in force came out, in order of precedence.
    #[must_use]
    pub fn of(outcomes: &[(&'static Rule, Outcome<'_>)]) -> Self {
        let mut written = Self { bits: vec![0; rules::ALL.len().div_ceil(4)], limbs: Vec::new() };
        let mut all = rules::ALL.iter().enumerate();
        for (rule, outcome) in outcomes {
            // Both lists are in order of precedence.
            let Some((place, _)) = all.find(|(_, known)| std::ptr::eq(**known, *rule)) else { break };
            let way = match outcome {
                Outcome::NotEngaged => 1,
                Outcome::Met(_) => 2,
                Outcome::Failing(failures) => {
                    written.limbs.push(u8::try_from(failures.len()).unwrap_or(u8::MAX));
                    let failed = failures.iter().take(usize::from(u8::MAX));
                    written.limbs.extend(failed.map(|it| limb(rule, it.limb) << 1 | u8::from(it.ask.is_some())));
                    3
                }
            };
            written.bits.iter_mut().skip(place / 4).take(1).for_each(|four| *four |= way << (2 * (place % 4)));
        }
        written
    }

    /// How every rule in force came out, as places in the book, in order of precedence.
    pub fn iter(&self) -> impl Iterator<Item = (u16, Came)> {
        let mut limbs = self.limbs.iter().copied();
        let ways = self.bits.iter().flat_map(|four| (0..4).map(move |place| *four >> (2 * place) & 3));
        (0..).zip(ways).filter_map(move |(place, way)| match way {
            0 => None,
            1 => Some((place, Came::NotEngaged)),
            2 => Some((place, Came::Met)),
            _ => {
                let failed = usize::from(limbs.next().unwrap_or(0));
                let failed = limbs.by_ref().take(failed).map(|limb| (limb >> 1, limb & 1 == 1));
                Some((place, Came::Failing(failed.collect())))
            }
        })
    }
}

/// Where a rule stands in the book of this program. Rules are statics: their address is a number for each.
pub(in crate::check) fn place(rule: &'static Rule) -> u16 {
    static PLACES: LazyLock<Vec<(usize, u16)>> = LazyLock::new(|| {
        let mut places: Vec<(usize, u16)> = rules::ALL.iter().map(|rule| address(rule)).zip(0..).collect();
        places.sort_unstable();
        places
    });
    let found = PLACES.binary_search_by_key(&address(rule), |(address, _)| *address).ok();
    // Every rule of a decision is one of the list.
    found.and_then(|found| PLACES.get(found)).map_or(u16::MAX, |(_, place)| *place)
}

fn address(rule: &'static Rule) -> usize {
    std::ptr::from_ref(rule).addr()
}

/// Where a limb stands in its rule; 127, which no limb has, if it is none of it.
fn limb(rule: &Rule, limb: &Limb) -> u8 {
    let place = rule.limbs.iter().position(|own| own.id == limb.id);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(127)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_place() {
        for (index, rule) in rules::ALL.iter().enumerate() {
            assert_eq!(usize::from(place(rule)), index, "{}", rule.id);
        }
    }

    #[test]
    fn every_limb_of_a_rule_has_its_own_place() {
        for rule in rules::ALL {
            for (index, own) in rule.limbs.iter().enumerate() {
                assert_eq!(usize::from(limb(rule, own)), index, "{} {}", rule.id, own.id);
            }
        }
    }
}
