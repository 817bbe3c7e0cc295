//! The journal: records in their order, the revision their key.

use std::ops::Bound;

use heed::{PutFlags, RoTxn, RwTxn};

use super::{Fault, Table};
use crate::{
    ledger::record::Record,
    store::{Next, Revision},
};

/// The journal's table: a revision, big-endian, and the record's bytes.
#[derive(Clone, Copy)]
pub(super) struct Journal {
    pub(super) records: Table,
}

impl Journal {
    /// The last revision; 0 when there is none.
    pub(super) fn head(&self, txn: &RoTxn<'_>) -> heed::Result<Revision> {
        Ok(self.records.last(txn)?.map_or(Revision(0), |(key, _)| revision(key)))
    }

    /// The record at a revision.
    pub(super) fn get<'t>(&self, txn: &'t RoTxn<'_>, revision: Revision) -> heed::Result<Option<&'t [u8]>> {
        self.records.get(txn, &revision.0.to_be_bytes())
    }

    /// The records after a revision, in order.
    pub(super) fn tail(
        &self,
        txn: &RoTxn<'_>,
        after: Revision,
        each: &mut dyn FnMut(Revision, &[u8]) -> Next,
    ) -> heed::Result<()> {
        let after = after.0.to_be_bytes();
        let range = (Bound::Excluded(after.as_slice()), Bound::Unbounded);
        for entry in self.records.range(txn, &range)? {
            let (key, record) = entry?;
            if each(revision(key), record) == Next::Stop {
                break;
            }
        }
        Ok(())
    }

    /// Appends a record under the next revision.
    pub(super) fn append(&self, txn: &mut RwTxn<'_>, record: &[u8]) -> heed::Result<Revision> {
        let next = Revision(self.head(txn)?.0 + 1);
        // The flag fills pages to the brim, and refuses a key that is not past all others.
        self.records.put_with_flags(txn, PutFlags::APPEND, &next.0.to_be_bytes(), record)?;
        Ok(next)
    }
}

/// A record of the journal, read back.
pub(super) fn read(record: &[u8]) -> Result<Record<'_>, Fault> {
    Record::read(record).map_err(|error| Fault::Damaged(error.to_string()))
}

fn revision(key: &[u8]) -> Revision {
    // Keys of another size are none of ours; the audit finds them as gaps.
    Revision(key.try_into().map_or(0, u64::from_be_bytes))
}
