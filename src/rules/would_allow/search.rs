//! The search for the smallest sets.
//!
//! The search has a few *starts*: each consent and each collection that was tried, and each that could be new; and from
//! each start a few [`Way`]s to an allow. That a start and a way are fixed is what makes it short: then nearly
//! everything that the answer wants of the facts, it wants together. So first of all those changes are found that no
//! set can spare: the ones without which all the others are in vain.
//!
//! For what is left, where one of two changes will do, the search follows R. Reiter ("A theory of diagnosis from first
//! principles", 1987): it asks what stands in the way, and finds the changes that could move it, by adding all the
//! others until it is about to give way. Every set that turns the answer has one of these, a *conflict*; so the search
//! branches on them alone, and a conflict serves every other set that misses it, too. Sets grow by one change at a
//! time, so that the smallest come first, and no set is tried that contains one already found.
//!
//! This finds every set, because more changes of the catalogue never do harm, but for two things that are seen to here.
//! A new consent or collection could be worse than one on record in some way, so neither takes its place. And a message
//! that markets nothing any more rests on no ground, so each ground is tried without one of the changes that lead there.

mod asking;

use self::asking::{Asking, Possible, Set, Start, bits, place};
use super::{
    Changed,
    catalogue::{NEW, NEW_EVENTS},
};
#[cfg(test)]
use crate::facts::Facts;
use crate::rules::decide::{Decision, Turned, Way};

/// As many combinations of a consent and a collection on record are tried: the closest and the last of them.
const MOST_TRIED: usize = 8;

/// A start and a way, with the sets that are tried.
#[derive(Debug)]
struct Route {
    start: usize,
    way: Way,
    open: Set,
    /// Of each of these, every set that turns the answer by this way has one.
    conflicts: Vec<Set>,
    /// How many changes each set has that is tried next.
    size: usize,
    next: Vec<Set>,
}

/// The search for one answer.
#[derive(Debug)]
pub(super) struct Search<'a> {
    asking: Asking<'a>,
    routes: Vec<Route>,
    /// The sets that turn the answer, each with the start that it turns it from.
    found: Vec<(Set, usize)>,
}

impl<'a> Search<'a> {
    /// A search that may take so many steps.
    pub(super) fn of(denied: &Decision<'a>, most_steps: usize) -> Self {
        let mut asking = Asking::of(most_steps);
        if let Some(closest) = denied.tried.first() {
            let (first, rest) = denied.tried.split_at(denied.tried.len().min(MOST_TRIED - 1));
            for tried in first.iter().chain(rest.last()) {
                asking.start(closest, *tried, 0);
            }
            for (index, new) in NEW_EVENTS.iter().enumerate().filter(|(_, new)| (new.open)(closest)) {
                let bit = asking.bit(Possible { change: new, event: None, rank: (0, index) });
                let mut facts = *closest;
                (new.apply)(&mut facts);
                asking.start(closest, facts, bit);
            }
        }
        Self { asking, routes: Vec::new(), found: Vec::new() }
    }

    /// Searches, by size, until so many sets are found, nothing is left to try, or no step is left; and whether nothing is.
    pub(super) fn run(&mut self, most_sets: usize, most_changes: usize) -> bool {
        let starts = 0..self.asking.starts.len();
        let mut in_time = starts.into_iter().try_for_each(|start| self.prepare(start)).is_some();
        for size in 0..=most_changes {
            let Self { asking, routes, found } = self;
            let mut next = routes.iter_mut().filter(|route| route.size == size);
            in_time = in_time && next.try_for_each(|route| route.grow(asking, found)).is_some();
            if !in_time || found.len() >= most_sets {
                break;
            }
        }
        in_time && self.found.len() <= most_sets && self.routes.iter().all(|route| route.next.is_empty())
    }

    fn prepare(&mut self, start: usize) -> Option<()> {
        let open = self.asking.starts.get(start)?.open;
        self.asking.routes(start, open, &mut Vec::new(), &mut self.routes)
    }

    /// The sets found, at most so many, with what each change satisfies.
    pub(super) fn told(&self, most_sets: usize) -> Vec<Vec<Changed<'a>>> {
        let sets = self.found.iter().filter_map(|(set, start)| Some((*set, self.asking.starts.get(*start)?)));
        sets.take(most_sets).map(|(set, start)| self.tell(set, start)).collect()
    }

    fn tell(&self, set: Set, start: &Start<'a>) -> Vec<Changed<'a>> {
        let Asking { possible, starts, .. } = &self.asking;
        let after = start.with(set, possible);
        let turned = Turned::to(&after);
        let mut changes: Vec<_> = bits(set).filter_map(|bit| Some((bit, possible.get(place(bit))?))).collect();
        changes.sort_by_key(|(_, changed)| changed.rank);
        let each = changes.into_iter().map(|(bit, changed)| {
            // Without the new event, what is left is tried with what is on record.
            let record = starts.first().filter(|_| start.new == bit).unwrap_or(start);
            let satisfies = turned.from(&record.with(set & !bit, possible));
            Changed { change: changed.change, event: changed.event.filter(|event| event.id != NEW), satisfies }
        });
        each.collect()
    }

    /// The steps that are left, as long as there was one for everything.
    #[cfg(test)]
    pub(super) const fn steps_left(&self) -> Option<usize> {
        self.asking.steps_left
    }

    /// The facts that each set turns, before and after it. A new event is added to the closest on record.
    #[cfg(test)]
    pub(super) fn turned(&self) -> Vec<(Facts<'a>, Facts<'a>)> {
        let of = |(set, index): &(Set, usize)| {
            let start = &self.asking.starts[*index];
            let record = if start.new == 0 { start } else { &self.asking.starts[0] };
            let before = record.with(0, &self.asking.possible);
            (before, start.with(*set, &self.asking.possible))
        };
        self.found.iter().map(of).collect()
    }
}

impl Route {
    fn of(start: usize, way: Way, open: Set, needed: Set) -> Self {
        Self { start, way, open, conflicts: Vec::new(), size: needed.count_ones() as usize, next: vec![needed] }
    }

    /// Tries the sets of one size, and gathers those of the next.
    fn grow(&mut self, asking: &mut Asking<'_>, found: &mut Vec<(Set, usize)>) -> Option<()> {
        let mut next = Vec::new();
        for set in std::mem::take(&mut self.next) {
            if found.iter().any(|(smaller, _)| set & smaller == *smaller) {
                continue;
            }
            let known = self.conflicts.iter().copied().find(|conflict| conflict & set == 0);
            asking.step()?;
            let conflict = match known {
                Some(conflict) => Some(conflict),
                None => asking.conflict(self, set)?,
            };
            match conflict {
                Some(conflict) => next.extend(bits(conflict).map(|bit| set | bit)),
                None => found.push((set, self.start)),
            }
        }
        next.sort_unstable();
        next.dedup();
        (self.next, self.size) = (next, self.size + 1);
        Some(())
    }
}
