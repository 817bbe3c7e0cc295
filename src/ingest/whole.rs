//! That a register was taken in as a whole: what shows later that a number was on no list.
//!
//! A call is no contravention of PECR reg 21(1)(b) where the number is not listed, or not yet for 28 days. The caller
//! has to show it, and only a register that was looked at as a whole shows that something is not in it.

use serde::Deserialize;

use super::{Summary, load::Ledger, register::RegisterFile};
use crate::{
    ledger::{
        accept, entry,
        event::{Event, EventKind, Happening},
        happening::RegisterImported,
        identity::ContactDetails,
        record::{self, Record},
    },
    store::{Revision, Store, StoreError},
};

/// A register that lost more than one in so many of its entries since it was last taken in is likely to be a file that
/// was cut off.
const MOST_LOST: u64 = 10;

/// What was written down of the register as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    /// That it was taken in, with so many entries.
    Recorded {
        /// How many.
        entries: u64,
    },
    /// Nothing, and so nothing shows that a number is not listed.
    Not(Why),
}

/// Why it was not recorded that a register was taken in as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The file has the numbers that were taken off.
    #[error("the file has what was taken off the register")]
    Removed,
    /// The caller says so.
    #[error("the file is a part of the register")]
    Partial,
    /// There is no whole of it.
    #[error("a charity is told only of the requests to itself")]
    NotPublic,
    /// Lines could not be kept.
    #[error("{0} of its lines could not be kept")]
    BadLines(u64),
    /// There was no line but a header.
    #[error("the file has no entry")]
    Empty,
    /// Far fewer entries than before.
    #[error("it had {before} entries when it was last taken in and has {now} now: a file cut off looks like this")]
    Shrunk {
        /// How many it had.
        before: u64,
        /// How many it has.
        now: u64,
    },
}

impl RegisterFile {
    /// Why the register is not taken in as a whole by this file, as far as can be told beforehand.
    #[must_use]
    pub const fn part_of(&self, partial: bool) -> Option<Why> {
        if self.removed {
            Some(Why::Removed)
        } else if partial {
            Some(Why::Partial)
        } else if accept::is_public(self.register) {
            None
        } else {
            Some(Why::NotPublic)
        }
    }

    /// Records that the register was taken in as a whole, if it was.
    ///
    /// # Errors
    /// If the store fails.
    pub fn record_whole(
        &self,
        summary: &Summary,
        may_have_shrunk: bool,
        store: &dyn Store,
        ledger: Ledger<'_>,
    ) -> Result<Whole, StoreError> {
        let entries = summary.lines - summary.bad;
        if summary.bad > 0 {
            return Ok(Whole::Not(Why::BadLines(summary.bad)));
        }
        if entries == 0 {
            return Ok(Whole::Not(Why::Empty));
        }
        if let Some(before) = self.entries_before(store, ledger)?.filter(|_| !may_have_shrunk)
            && entries < before - before / MOST_LOST
        {
            return Ok(Whole::Not(Why::Shrunk { before, now: entries }));
        }
        let event = self.imported(entries, ledger);
        let record = record::of_event(&event, ledger.identity, ledger.now);
        let record = record.map_err(|error| StoreError::Damaged(error.to_string()))?;
        store.append(vec![record]).blocking_recv().unwrap_or(Err(StoreError::Stopped))?;
        Ok(Whole::Recorded { entries })
    }

    fn imported(&self, entries: u64, ledger: Ledger<'_>) -> Event {
        let register = self.register;
        let (at, count) = (self.start().as_microsecond().to_le_bytes(), entries.to_le_bytes());
        let word = ledger.identity.word(&[register.as_str().as_bytes(), b"whole", &at, &count]);
        Event {
            id: format!("{register}-whole-{word}"),
            occurred_at: self.start(),
            sender: None,
            recipient: ContactDetails::default(),
            happening: Happening::RegisterImported(RegisterImported { register, entries }),
        }
    }

    /// How many entries the register had when it was last taken in as a whole, up to the file's day.
    fn entries_before(&self, store: &dyn Store, ledger: Ledger<'_>) -> Result<Option<u64>, StoreError> {
        #[derive(Deserialize)]
        struct Imported {
            entries: u64,
        }

        let damaged = |_| StoreError::Damaged("what is known of a register".to_owned());
        let view = store.view()?;
        let mut last = None;
        for entry in entry::entries(view.history(&ledger.identity.register_key(self.register))?).map_err(damaged)? {
            let entry = entry.map_err(damaged)?;
            if entry.kind == EventKind::RegisterImported && entry.at() <= self.start() {
                last = last.max(Some((entry.at(), entry.revision())));
            }
        }
        let Some((_, revision)) = last else { return Ok(None) };
        let unreadable = || StoreError::Damaged(format!("the record at {}", Revision(revision)));
        let record = Record::read(view.record(Revision(revision))?.unwrap_or_default()).map_err(|_| unreadable())?;
        let Imported { entries } = serde_json::from_slice(record.body).map_err(|_| unreadable())?;
        Ok(Some(entries))
    }
}
