//! What was found out about a person, by whom, and when.

use jiff::Timestamp;

use crate::facts::EventRef;

/// The latest finding of one thing: what the ledger holds, and what the caller gives. Of two values the greater
/// protects the person more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finding<'a, T> {
    recorded: Option<(EventRef<'a>, T)>,
    given: Option<(EventRef<'a>, T)>,
}

impl<T> Default for Finding<'_, T> {
    fn default() -> Self {
        Self { recorded: None, given: None }
    }
}

impl<'a, T: Copy + Ord> Finding<'a, T> {
    /// Takes a finding in; the order of the calls does not matter. On a tie the more protective value wins.
    pub(super) fn note(&mut self, event: EventRef<'a>, value: T) {
        let held = if event.given { &mut self.given } else { &mut self.recorded };
        if held.is_none_or(|(by, known)| (by.at, known, by.id) < (event.at, value, event.id)) {
            *held = Some((event, value));
        }
    }

    /// What holds of the present holder of the detail. A caller's word can protect the person more than the record
    /// does, and never less.
    pub(super) fn settled(self, reassigned: Option<Timestamp>) -> Option<(EventRef<'a>, T)> {
        let of_this_holder = |found: &(EventRef<'a>, T)| reassigned.is_none_or(|at| found.0.at > at);
        let recorded = self.recorded.filter(of_this_holder);
        let given = self.given.filter(of_this_holder);
        match (recorded, given) {
            (Some(recorded), Some(given)) if given.1 <= recorded.1 || given.0.at < recorded.0.at => Some(recorded),
            (recorded, given) => given.or(recorded),
        }
    }
}
