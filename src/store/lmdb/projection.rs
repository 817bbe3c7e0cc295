//! The projection: what the journal comes to for each person and each sender, by point reads.
//!
//! It is made from records alone. It could be thrown away and made again from the journal.

use heed::{RoTxn, RwTxn};

use super::{Fault, Table};
use crate::{
    ledger::{
        entry,
        record::{Matter, Record},
    },
    store::Revision,
};

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

/// What is known of a record's id.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// Where the record stands.
    pub(super) revision: Revision,
    /// Its digest.
    pub(super) digest: [u8; 16],
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

    /// What is known of a record's id.
    pub(super) fn find(&self, txn: &RoTxn<'_>, id: &[u8; 16]) -> heed::Result<Option<Found>> {
        let found = self.ids.get(txn, id)?.and_then(|bytes| bytes.split_first_chunk());
        Ok(found.map(|(revision, digest)| Found {
            revision: Revision(u64::from_be_bytes(*revision)),
            // A digest of another size equals none.
            digest: digest.try_into().unwrap_or_default(),
        }))
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
    pub(super) fn apply(&self, txn: &mut RwTxn<'_>, revision: Revision, record: &Record<'_>) -> Result<(), Fault> {
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
        }
        let mut found = revision.0.to_be_bytes().to_vec();
        found.extend_from_slice(record.digest());
        self.ids.put(txn, record.id(), &found)?;
        self.meta.put(txn, b"applied", &revision.0.to_be_bytes())?;
        Ok(())
    }
}
