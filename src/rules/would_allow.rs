//! What would turn a deny: the smallest changes to the facts, found by running the rules over the alternatives.
//!
//! Nothing is suggested that the law forbids relying on. What a person has said against marketing is never "fixed" by
//! anything but the person's own later consent, or by a message that markets nothing; and a fact of the past is only
//! ever supplied where nobody told us of it, never altered.

mod changes;
mod house;

use self::changes::{
    MESSAGE, OBTAIN_CONSENT, PROMOTE_NOTHING, TELL_OF_COLLECTION, TELL_OF_CONSENT, TELL_OF_REQUEST, TELL_OF_SUBSCRIBER,
};
use super::decide::allows;
use crate::facts::Facts;

/// One change to the facts.
pub struct Change {
    /// The fact's name.
    pub fact: &'static str,
    /// What would have to be true.
    pub says: &'static str,
    /// The provision that it satisfies.
    pub satisfies: &'static str,
    /// Whether the fact is not so already, and may be changed.
    open: fn(&Facts<'_>) -> bool,
    apply: fn(&mut Facts<'_>),
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.fact)
    }
}

/// The sets of changes that would turn the deny, each without anything that it could spare, the shortest first.
#[must_use]
pub fn alternatives(facts: &Facts<'_>) -> Vec<Vec<&'static Change>> {
    let ways: [&[Change]; 7] = [
        &[],
        TELL_OF_CONSENT,
        TELL_OF_COLLECTION,
        TELL_OF_REQUEST,
        TELL_OF_SUBSCRIBER,
        OBTAIN_CONSENT,
        PROMOTE_NOTHING,
    ];
    let mut found: Vec<Vec<&'static Change>> = Vec::new();
    for way in ways {
        let all: Vec<&Change> =
            way.iter().chain(MESSAGE).chain(house::KEPT).filter(|change| (change.open)(facts)).collect();
        if !allows(&changed(facts, &all)) {
            continue;
        }
        let least = without_spare(facts, all);
        let covered = |other: &Vec<&Change>| other.iter().all(|c| least.iter().any(|l| std::ptr::eq(*l, *c)));
        if !least.is_empty() && !found.iter().any(covered) {
            found.push(least);
        }
    }
    found.sort_by_key(Vec::len);
    found
}

fn changed<'a>(facts: &Facts<'a>, changes: &[&Change]) -> Facts<'a> {
    let mut changed = *facts;
    changes.iter().for_each(|change| (change.apply)(&mut changed));
    changed
}

/// Leaves out one change after the other, as long as the rest still turns the answer.
fn without_spare<'c>(facts: &Facts<'_>, mut changes: Vec<&'c Change>) -> Vec<&'c Change> {
    for index in (0..changes.len()).rev() {
        let mut rest = changes.clone();
        rest.remove(index);
        if allows(&changed(facts, &rest)) {
            changes = rest;
        }
    }
    changes
}

#[cfg(test)]
mod tests;
