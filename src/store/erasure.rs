//! What a notice of an erasure takes away, the same for every engine.

use std::collections::{BTreeMap, BTreeSet};

use super::{Revision, StoreError};
use crate::ledger::record::{Matter, Record, erasure::Notice};

/// What a notice takes away.
#[derive(Debug, Default)]
pub(super) struct Removal {
    /// The records that lose their payloads. Those that have lost them before are not among them.
    pub(super) records: Vec<Erased>,
    /// The histories that lose entries, and of which revisions.
    pub(super) histories: BTreeMap<[u8; 16], BTreeSet<u64>>,
}

/// What is left of a record.
#[derive(Debug)]
pub(super) struct Erased {
    /// Where it stands.
    pub(super) revision: Revision,
    /// What it is found by.
    pub(super) id: [u8; 16],
    /// Its bytes.
    pub(super) left: Vec<u8>,
}

impl Removal {
    /// Reads the notice at a revision, and from the journal the records that it names.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the notice cannot be read or names what is no event before it.
    pub(super) fn of<'j>(
        notice: &Record<'_>,
        at: Revision,
        journal: impl Fn(Revision) -> Result<Option<&'j [u8]>, StoreError>,
    ) -> Result<Self, StoreError> {
        let unreadable = || StoreError::Damaged(format!("the notice of an erasure at {at}"));
        let notice = Notice::read(notice.body, at.0).ok_or_else(unreadable)?;
        let mut removal = Self::default();
        for revision in notice.revisions().map(Revision) {
            let no_event = || StoreError::Damaged(format!("the notice at {at} names {revision}, which is no event"));
            let record = Record::read(journal(revision)?.unwrap_or_default()).map_err(|_| no_event())?;
            if record.matter != Matter::Event {
                return Err(no_event());
            }
            if record.is_erased() {
                continue;
            }
            for key in record.keys {
                removal.histories.entry(*key).or_default().insert(revision.0);
            }
            removal.records.push(Erased { revision, id: *record.id(), left: record.erased() });
        }
        Ok(removal)
    }
}
