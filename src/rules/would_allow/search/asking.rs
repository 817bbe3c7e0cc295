//! Asking the rules: what the search may change, from where, and what stands in the way of it.

use super::Route;
use crate::{
    facts::{EventRef, Facts},
    rules::{
        decide::{Way, obstacle, stands, ways},
        would_allow::{
            Change,
            catalogue::{NEW, THEMES, only_leads_outside},
        },
    },
};

/// Which of the possible changes: a bit each.
pub(super) type Set = u128;

/// A change that is possible here. One fact of one event is one change, whatever it is tried with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Possible<'a> {
    pub(super) change: &'static Change,
    pub(super) event: Option<EventRef<'a>>,
    /// Its place among the changes of a set.
    pub(super) rank: (usize, usize),
}

/// A consent and a collection that could carry the answer, on record or new.
#[derive(Debug)]
pub(super) struct Start<'a> {
    facts: Facts<'a>,
    /// The new event, and its bit; nothing for a start from the record.
    event: Option<EventRef<'a>>,
    pub(super) new: Set,
    /// Every further change that is possible from here.
    pub(super) open: Set,
}

/// What all routes share.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    pub(super) possible: Vec<Possible<'a>>,
    pub(super) starts: Vec<Start<'a>>,
    /// What the starts until now could spare: others can probably spare it, too.
    spared: Set,
    /// How many sets may still be tried and questions put to the rules; nothing once one was one too many.
    pub(super) steps_left: Option<usize>,
}

impl<'a> Start<'a> {
    /// The facts after the changes of a set.
    pub(super) fn with(&self, set: Set, possible: &[Possible<'_>]) -> Facts<'a> {
        let mut facts = self.facts;
        for bit in bits(set & self.open) {
            if let Some(possible) = possible.get(place(bit)) {
                (possible.change.apply)(&mut facts);
            }
        }
        facts
    }
}

/// Whoever asks gets nothing where no step is left.
impl<'a> Asking<'a> {
    pub(super) const fn of(most_steps: usize) -> Self {
        Self { possible: Vec::new(), starts: Vec::new(), spared: 0, steps_left: Some(most_steps) }
    }

    pub(super) fn start(&mut self, closest: &Facts<'a>, facts: Facts<'a>, new: Set) {
        let mut open = 0;
        for (place, theme) in THEMES.iter().enumerate() {
            let event = theme.event.and_then(|event| event(&facts));
            let seen = if theme.event.is_some() { &facts } else { closest };
            for (index, change) in theme.changes.iter().enumerate().filter(|(_, change)| (change.open)(seen)) {
                open |= self.bit(Possible { change, event, rank: (place + 1, index) });
            }
        }
        let mut events = THEMES.iter().filter_map(|theme| theme.event?(&facts));
        let event = events.find(|event| event.id == NEW);
        self.starts.push(Start { facts, event, new, open });
    }

    /// The bit of a change. There is none once all are taken: of the last events tried, some facts are then passed over.
    pub(super) fn bit(&mut self, wanted: Possible<'a>) -> Set {
        let is_it = |known: &Possible<'_>| std::ptr::eq(known.change, wanted.change) && known.event == wanted.event;
        let place = self.possible.iter().position(is_it).unwrap_or_else(|| {
            self.possible.push(wanted);
            self.possible.len() - 1
        });
        u32::try_from(place).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
    }

    pub(super) fn step(&mut self) -> Option<()> {
        self.steps_left = self.steps_left?.checked_sub(1);
        self.steps_left.map(drop)
    }

    /// Puts a question to the rules: about the facts after the changes of a set.
    fn ask<T>(&mut self, start: usize, set: Set, question: impl FnOnce(&Facts<'a>) -> T) -> Option<T> {
        self.step()?;
        self.starts.get(start).map(|start| question(&start.with(set, &self.possible)))
    }

    /// The routes by changes out of these alone, each from the changes that it cannot spare.
    pub(super) fn routes(
        &mut self,
        start: usize,
        open: Set,
        seen: &mut Vec<Set>,
        routes: &mut Vec<Route>,
    ) -> Option<()> {
        if seen.contains(&open) {
            return Some(());
        }
        seen.push(open);
        let (new, event) = self.starts.get(start).map(|start| (start.new, start.event))?;
        let reached = self.ask(start, open, ways)?;
        if reached.iter().any(|(way, _)| *way == Way::Outside) {
            let outside = self.outside(start, open)?;
            routes.push(Route::of(start, Way::Outside, outside, outside | new));
            // The grounds, each time without one of the changes that lead outside together. One that does nothing else
            // is in no set that stays within.
            if let Some(bit) = bits(outside).find(|bit| self.only_leads_outside(start, *bit)) {
                return self.routes(start, open & !bit, seen, routes);
            }
            return bits(outside).try_for_each(|bit| self.routes(start, open & !bit, seen, routes));
        }
        // A new event that carries the allow is what this start is for. Where none does, it may lift what stands in
        // the way of another ground.
        let carries = |proof: &Option<EventRef<'a>>| event.is_none() || *proof == event;
        let by_it = reached.iter().any(|(_, proof)| carries(proof));
        let reached = reached.into_iter().filter(|(_, proof)| !by_it || carries(proof));
        let reached: Vec<Way> = reached.map(|(way, _)| way).collect();
        if !reached.is_empty() {
            let needed = self.needed(start, open, &reached)?;
            let all = reached.into_iter().zip(needed.iter().copied());
            routes.extend(all.map(|(way, needed)| Route::of(start, way, open, needed | new)));
            // By other ways than electronic mail, what opens one ground may close another: a company's line needs no
            // consent. So each is tried without what opened these.
            if self.starts.get(start).is_some_and(|start| !start.facts.channel.is_electronic_mail()) {
                let all = needed.into_iter().fold(0, |all, needed| all | needed);
                return bits(all).try_for_each(|bit| self.routes(start, open & !bit, seen, routes));
            }
        }
        Some(())
    }

    fn only_leads_outside(&self, start: usize, bit: Set) -> bool {
        let (start, possible) = (self.starts.get(start), self.possible.get(place(bit)));
        start.zip(possible).is_some_and(|(start, possible)| only_leads_outside(possible.change, &start.facts))
    }

    /// A smallest set of changes after which the message is no direct marketing.
    fn outside(&mut self, start: usize, open: Set) -> Option<Set> {
        let mut outside = open;
        for bit in bits(open) {
            if self.ask(start, outside & !bit, |facts| obstacle(Way::Outside, facts).is_none())? {
                outside &= !bit;
            }
        }
        Some(outside)
    }

    /// For each of the ways, the changes without which all the others do not open it.
    fn needed(&mut self, start: usize, open: Set, reached: &[Way]) -> Option<Vec<Set>> {
        let nothing = vec![0; reached.len()];
        // A new event may be all that is wanted, and what other starts could spare can mostly be spared again.
        let is_new = self.starts.get(start).is_some_and(|start| start.event.is_some());
        if is_new && !self.lost(start, 0, reached)?.contains(&true) {
            return Some(nothing);
        }
        let spare = open & self.spared;
        let doubtful =
            if spare != 0 && !self.lost(start, open & !spare, reached)?.contains(&true) { open & !spare } else { open };
        let mut needed = nothing;
        for bit in bits(doubtful) {
            let lost = self.lost(start, open & !bit, reached)?;
            needed.iter_mut().zip(lost).filter(|(_, lost)| *lost).for_each(|(needed, _)| *needed |= bit);
        }
        self.spared |= doubtful & !needed.iter().fold(0, |all, needed| all | needed);
        Some(needed)
    }

    /// Which of the ways are not open after a set of changes.
    fn lost(&mut self, start: usize, set: Set, reached: &[Way]) -> Option<Vec<bool>> {
        let left = self.ask(start, set, ways)?;
        Some(reached.iter().map(|way| !left.iter().any(|(left, _)| left == way)).collect())
    }

    /// What stands in the way of a set, as the changes of which one must move it; none: nothing does.
    pub(super) fn conflict(&mut self, route: &mut Route, set: Set) -> Option<Option<Set>> {
        let Some(obstacle) = self.ask(route.start, set, |facts| obstacle(route.way, facts))? else {
            return Some(None);
        };
        let (mut conflict, mut in_vain) = (0, set);
        for bit in bits(route.open & !set) {
            if self.ask(route.start, in_vain | bit, |facts| stands(obstacle, facts))? {
                in_vain |= bit;
            } else {
                conflict |= bit;
            }
        }
        route.conflicts.push(conflict);
        Some(Some(conflict))
    }
}

pub(super) fn bits(set: Set) -> impl Iterator<Item = Set> {
    let mut left = set;
    std::iter::from_fn(move || {
        let bit = left & left.wrapping_neg();
        left &= !bit;
        (bit != 0).then_some(bit)
    })
}

pub(super) const fn place(bit: Set) -> usize {
    bit.trailing_zeros() as usize
}
