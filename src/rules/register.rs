//! The 28 days of the registers (regs 20(4) and 21(3)): so long a new entry does not bind yet, and so long a look into
//! the register tells what it holds.

use crate::facts::{EventRef, Facts, Listed, Term};

/// Whether this was less than 28 days before the day of the message, both counted in London.
pub(crate) fn is_recent(facts: &Facts<'_>, event: &EventRef<'_>) -> bool {
    event.is_within(Term::RegisterPeriod, facts.as_of)
}

/// Whether the entry is known to be so new that it does not bind yet.
pub(crate) fn is_within_grace(facts: &Facts<'_>, listed: &Listed<'_>) -> bool {
    listed.since_known && is_recent(facts, &listed.event)
}
