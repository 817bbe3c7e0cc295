//! What would turn a deny: the smallest sets of changed facts, found by running the rules over the alternatives.
//!
//! A [`Change`] is one fact: a field of the message, of the person or of an event, or one new event. The `catalogue`
//! lists the changes that could be suggested at all; which of them turn this answer, and which together, nobody has
//! written down: the `search` finds it out. Each set that it tells turns the answer and can spare nothing, and every
//! other set of these changes that does both is told, too, within these bounds: at most [`MOST_SETS`], the smallest
//! first, of at most [`MOST_CHANGES`] changes. A search that has taken [`MOST_STEPS`] steps tells what it has found by
//! then: sets of one size are tried before larger ones, so that what is told is still the smallest there is.
//!
//! Nothing is suggested that the law forbids relying on. What a person has said against marketing is never "fixed" by
//! anything but the person's own later consent, or by a message that markets nothing; a fact of the past is only ever
//! supplied where nobody told us of it, never altered. A message that is not sent yet may still be changed.

mod catalogue;
mod search;

use self::search::Search;
use super::decide::{Decision, Provision, Reason};
use crate::facts::{EventRef, Facts};

/// As many sets are told. The search ends with the size of the last of them.
pub const MOST_SETS: usize = 8;

/// The largest set that is looked for. A question that states nothing at all is turned by fewer.
pub const MOST_CHANGES: usize = 8;

/// How many sets are tried and questions put to the rules at most. One costs about half a microsecond; a deny
/// seldom takes more than fifty, and of a hundred thousand odd ones none took a thousand.
pub const MOST_STEPS: usize = 2_000;

/// One change to the facts.
pub struct Change {
    /// The fact's name.
    pub fact: &'static str,
    /// What would have to be true.
    pub says: &'static str,
    /// Whether the fact is not so already, and may be changed.
    open: fn(&Facts<'_>) -> bool,
    /// Makes it so.
    apply: for<'a> fn(&mut Facts<'a>),
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.fact)
    }
}

/// One change of a set, with what it achieves there.
#[derive(Clone, Debug)]
pub struct Changed<'a> {
    /// The change.
    pub change: &'static Change,
    /// The event on record that the fact stands in; none for a fact of the request, or of an event yet to be.
    pub event: Option<EventRef<'a>>,
    /// The limbs that stand in the way without this change, and with it hold: found by running the rules on the other
    /// changes of the set alone. Never empty.
    pub satisfies: Vec<Provision>,
}

/// What would turn a deny.
#[derive(Debug)]
pub struct Alternatives<'a> {
    /// The sets of changes, the smallest first; none that is contained in another.
    pub sets: Vec<Vec<Changed<'a>>>,
    /// There are no others.
    complete: bool,
}

impl<'a> Alternatives<'a> {
    /// Finds them.
    #[must_use]
    pub fn to(denied: &Decision<'a>) -> Self {
        let mut search = Search::of(denied, MOST_STEPS);
        let complete = search.run(MOST_SETS, MOST_CHANGES);
        Self { sets: search.told(MOST_SETS), complete }
    }

    /// What to ask for: the facts that nobody told us and that some set would tell. What could not turn the answer
    /// however it is told, since something else about the same event is known to be wrong, is not asked for. Where there
    /// may be other sets, all that nobody told us is.
    #[must_use]
    pub fn asks<'d>(&self, denied: &'d Decision<'a>) -> Vec<&'d Reason<'a>> {
        let tells = |changed: &Changed<'_>, ask: &Reason<'_>| {
            let mut satisfied = changed.satisfies.iter();
            let seen = ask.seen;
            let of_it = changed.event == seen.and_then(|seen| seen.event)
                || seen.is_some_and(|seen| seen.fact == changed.change.fact);
            of_it && satisfied.any(|(rule, limb)| rule.id == ask.rule.id && limb.id == ask.limb.id)
        };
        let told = |ask: &&Reason<'_>| self.sets.iter().flatten().any(|changed| tells(changed, ask));
        denied.asks().into_iter().filter(|ask| !self.complete || told(ask)).collect()
    }
}

#[cfg(test)]
mod tests;
