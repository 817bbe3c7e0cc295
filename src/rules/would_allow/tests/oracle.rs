//! The same question answered by trying everything, on the decision as a whole.

use super::worlds::World;
use crate::{
    facts::{EventRef, Facts},
    rules::{
        decide::decide,
        would_allow::{
            Change, Changed,
            catalogue::{NEW, NEW_EVENTS, THEMES},
        },
    },
};

/// A change of one fact of the request, or of one event; the facts of a new event are its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Possible {
    pub(super) change: &'static Change,
    pub(super) event: Option<EventRef<'static>>,
}

impl PartialEq for Possible {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.change, other.change) && self.event == other.event
    }
}

/// The changes of a set that was told. Those of a new event are told without it.
pub(super) fn as_possible(way: &[Changed<'static>]) -> Vec<Possible> {
    way.iter().map(|changed| Possible { change: changed.change, event: changed.event }).collect()
}

impl World {
    /// The consent and the collection that explain a deny.
    pub(super) fn closest(&self) -> Facts<'static> {
        Facts { consent: self.consents.first().copied(), collection: self.collections.first().copied(), ..self.facts }
    }

    /// Every change that is possible, in no order that matters.
    pub(super) fn possible(&self) -> Vec<Possible> {
        let closest = self.closest();
        let new = NEW_EVENTS.iter().filter(|change| (change.open)(&closest));
        let mut all: Vec<Possible> = new.map(|change| Possible { change, event: None }).collect();
        let mut seen = vec![closest];
        seen.extend(self.consents.iter().map(|consent| Facts { consent: Some(*consent), ..closest }));
        seen.extend(self.collections.iter().map(|it| Facts { collection: Some(*it), ..closest }));
        for new in all.clone() {
            let mut facts = closest;
            (new.change.apply)(&mut facts);
            seen.push(facts);
        }
        for facts in &seen {
            for theme in THEMES {
                let event = theme.event.and_then(|event| event(facts));
                let seen = if theme.event.is_some() { facts } else { &closest };
                for change in theme.changes.iter().filter(|change| (change.open)(seen)) {
                    let possible = Possible { change, event };
                    if !all.contains(&possible) {
                        all.push(possible);
                    }
                }
            }
        }
        all
    }

    /// Whether the changes turn the answer: the events are changed where they stand, new ones recorded, and all of it
    /// decided as any question is.
    pub(super) fn turned_by(&self, changes: &[Possible]) -> bool {
        let mut world = self.clone();
        let is_new = |change: &Change| NEW_EVENTS.iter().any(|new| std::ptr::eq(*new, change));
        for possible in changes.iter().filter(|possible| is_new(possible.change)) {
            let mut facts = world.closest();
            let before = (facts.consent.map(|c| c.event), facts.collection.map(|c| c.event));
            (possible.change.apply)(&mut facts);
            if facts.consent.map(|c| c.event) != before.0 {
                world.consents.splice(0..0, facts.consent);
            }
            if facts.collection.map(|c| c.event) != before.1 {
                world.collections.splice(0..0, facts.collection);
            }
        }
        for possible in changes.iter().filter(|possible| !is_new(possible.change)) {
            world.apply(possible);
        }
        decide(&world.facts, &world.consents, &world.collections).allow
    }

    fn apply(&mut self, possible: &Possible) {
        let apply = possible.change.apply;
        let is_it = |event: &EventRef<'_>| match possible.event {
            Some(wanted) => *event == wanted,
            // Told without its event, a fact of an event is one of the new event.
            None => event.id == NEW,
        };
        (apply)(&mut self.facts);
        for consent in self.consents.iter_mut().filter(|consent| is_it(&consent.event)) {
            let mut facts = Facts { consent: Some(*consent), collection: None, ..self.facts };
            (apply)(&mut facts);
            *consent = facts.consent.unwrap();
        }
        for collection in self.collections.iter_mut().filter(|collection| is_it(&collection.event)) {
            let mut facts = Facts { collection: Some(*collection), consent: None, ..self.facts };
            (apply)(&mut facts);
            *collection = facts.collection.unwrap();
        }
    }

    /// Every smallest set of at most so many changes, by trying them all, the smaller ones first.
    pub(super) fn smallest(&self, most_changes: usize) -> Vec<Vec<Possible>> {
        let possible = self.possible();
        let mut found: Vec<(u64, Vec<Possible>)> = Vec::new();
        for size in 1..=most_changes {
            for set in (0_u64..1 << possible.len()).filter(|set| set.count_ones() as usize == size) {
                if found.iter().any(|(smaller, _)| set & smaller == *smaller) {
                    continue;
                }
                let changes = (0..possible.len()).filter(|place| set >> place & 1 == 1);
                let changes: Vec<Possible> = changes.map(|place| possible[place]).collect();
                if self.turned_by(&changes) {
                    found.push((set, changes));
                }
            }
        }
        found.into_iter().map(|(_, changes)| changes).collect()
    }
}
