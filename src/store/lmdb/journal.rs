//! The journal: records in their order, the revision their key. Before each record stands the hash of the chain up to
//! and with it.

use std::ops::Bound;

use heed::{PutFlags, RoTxn, RwTxn};

use super::{Fault, Table};
use crate::{
    ledger::record::{Record, chain},
    store::{Next, Revision},
};

/// The journal's table: a revision, big-endian; the hash of the chain, and the record's bytes.
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
        Ok(self.records.get(txn, &revision.0.to_be_bytes())?.map(|value| split(value).1))
    }

    /// The hash of the chain at a revision.
    pub(super) fn chain(&self, txn: &RoTxn<'_>, revision: Revision) -> heed::Result<Option<[u8; 32]>> {
        let value = self.records.get(txn, &revision.0.to_be_bytes())?;
        Ok(if revision == Revision(0) { Some(chain::START) } else { value.map(|value| split(value).0) })
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
            let (key, value) = entry?;
            if each(revision(key), split(value).1) == Next::Stop {
                break;
            }
        }
        Ok(())
    }

    /// Appends a record, given as it was read and as bytes, under the next revision.
    pub(super) fn append(&self, txn: &mut RwTxn<'_>, record: &Record<'_>, bytes: &[u8]) -> heed::Result<Revision> {
        let last = self.records.last(txn)?.map(|(key, value)| (revision(key), split(value).0));
        let (head, before) = last.unwrap_or((Revision(0), chain::START));
        let next = Revision(head.0 + 1);
        let value = [&chain::next(&before, next.0, record), bytes].concat();
        // The flag fills pages to the brim, and refuses a key that is not past all others.
        self.records.put_with_flags(txn, PutFlags::APPEND, &next.0.to_be_bytes(), &value)?;
        Ok(next)
    }

    /// Puts what an erasure left of a record in its place. The chain is as it was.
    pub(super) fn erase(&self, txn: &mut RwTxn<'_>, revision: Revision, left: &[u8]) -> Result<(), Fault> {
        let chain = self.chain(txn, revision)?;
        let chain = chain.ok_or_else(|| Fault::Damaged(format!("its journal lacks {revision}")))?;
        Ok(self.records.put(txn, &revision.0.to_be_bytes(), &[&chain, left].concat())?)
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

/// The chain's hash and the record. What is too short for both has a record that cannot be read.
fn split(value: &[u8]) -> ([u8; 32], &[u8]) {
    value.split_first_chunk().map_or(([0; 32], &[]), |(chain, record)| (*chain, record))
}
