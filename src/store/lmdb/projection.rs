//! The projection: what the journal comes to for each person and each sender, by point reads.
//!
//! It is made from records alone. It could be thrown away and made again from the journal.

use heed::{RoTxn, RwTxn};

use super::{Fault, Table, journal::Journal};
use crate::{
    ledger::{
        entry,
        record::{Matter, Record},
    },
    store::{
        Known, Revision,
        erasure::{Erased, Removal},
    },
};

/// In `meta`: the last notice that erased records.
pub(super) const PURGE: &[u8] = b"purge";

/// The projection's tables.
#[derive(Clone, Copy)]
pub(super) struct Projection {
    /// What the ledger was written with, and how far the projection is.
    pub(super) meta: Table,
    /// A recipient key and the history.
    pub(super) histories: Table,
    /// A record's id, and its revision and digest.
    pub(super) ids: Table,
    /// A sender's id and its profile as JSON.
    pub(super) senders: Table,
}

impl Projection {
    /// The last revision applied.
    pub(super) fn applied(&self, txn: &RoTxn<'_>) -> heed::Result<Revision> {
        let applied = self.meta.get(txn, b"applied")?.and_then(|bytes| bytes.try_into().ok());
        Ok(Revision(applied.map_or(0, u64::from_be_bytes)))
    }

    /// A history; empty when there is none.
    pub(super) fn history<'t>(&self, txn: &'t RoTxn<'_>, key: &[u8; 16]) -> heed::Result<&'t [u8]> {
        Ok(self.histories.get(txn, key)?.unwrap_or_default())
    }

    /// What is known of a record by its id.
    pub(super) fn known(&self, txn: &RoTxn<'_>, id: &[u8; 16]) -> heed::Result<Option<Known>> {
        let (revision, digest) = match self.ids.get(txn, id)?.and_then(|bytes| bytes.split_first_chunk()) {
            Some((revision, digest)) => (u64::from_be_bytes(*revision), digest.try_into()),
            None => return Ok(None),
        };
        Ok(digest.ok().map(|digest| Known { revision: Revision(revision), digest }))
    }

    /// The last notice that erased records.
    pub(super) fn purge(&self, txn: &RoTxn<'_>) -> heed::Result<Revision> {
        let purge = self.meta.get(txn, PURGE)?.and_then(|bytes| bytes.try_into().ok());
        Ok(Revision(purge.map_or(0, u64::from_be_bytes)))
    }

    /// A sender's profile.
    pub(super) fn sender<'t>(&self, txn: &'t RoTxn<'_>, id: &str) -> heed::Result<Option<&'t [u8]>> {
        // LMDB has no empty keys and refuses to look for one.
        if id.is_empty() { Ok(None) } else { self.senders.get(txn, id.as_bytes()) }
    }

    /// Every sender's id.
    pub(super) fn sender_ids(&self, txn: &RoTxn<'_>) -> heed::Result<Vec<String>> {
        self.senders.iter(txn)?.map(|entry| Ok(String::from_utf8_lossy(entry?.0).into_owned())).collect()
    }

    /// Takes account of the record at a revision. What it needs is in the record: neither the secret key nor the
    /// meaning of the event.
    ///
    /// The journal is asked by a notice alone, which erases what it names in both halves.
    pub(super) fn apply(
        &self,
        txn: &mut RwTxn<'_>,
        journal: &Journal,
        revision: Revision,
        record: &Record<'_>,
    ) -> Result<(), Fault> {
        match record.matter {
            Matter::Event => {
                for key in record.keys {
                    let mut history = self.history(txn, key)?.to_vec();
                    entry::append_recorded(&mut history, record.entry, revision.0)
                        .map_err(|error| Fault::Damaged(error.to_string()))?;
                    self.histories.put(txn, key, &history)?;
                }
            }
            Matter::Sender => self.senders.put(txn, record.entry, record.body)?,
            Matter::Erasure => self.erase(txn, journal, revision, record)?,
        }
        self.know(txn, record.id(), revision, record.digest())?;
        self.meta.put(txn, b"applied", &revision.0.to_be_bytes())?;
        Ok(())
    }

    /// Erases the records that a notice names.
    fn erase(&self, txn: &mut RwTxn<'_>, journal: &Journal, at: Revision, notice: &Record<'_>) -> Result<(), Fault> {
        let removal = Removal::of(notice, at, |revision| Ok(journal.get(txn, revision)?));
        let removal = removal.map_err(|error| Fault::Damaged(error.to_string()))?;
        for (key, gone) in &removal.histories {
            let left = entry::without(self.history(txn, key)?, gone);
            let left = left.map_err(|error| Fault::Damaged(error.to_string()))?;
            if left.is_empty() {
                self.histories.delete(txn, key)?;
            } else {
                self.histories.put(txn, key, &left)?;
            }
        }
        for Erased { revision, id, left } in &removal.records {
            journal.erase(txn, *revision, left)?;
            // The id stays, so that the event does not come back when it is sent again.
            self.know(txn, id, *revision, &[0; 16])?;
        }
        Ok(self.meta.put(txn, PURGE, &at.0.to_be_bytes())?)
    }

    fn know(&self, txn: &mut RwTxn<'_>, id: &[u8; 16], at: Revision, digest: &[u8; 16]) -> heed::Result<()> {
        self.ids.put(txn, id, &[&at.0.to_be_bytes(), digest.as_slice()].concat())
    }
}
