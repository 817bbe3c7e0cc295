//! What is known already: the ledger's histories, and what of the file is on its way there.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::Fault;
use crate::{
    ledger::{
        entry::{self, Entry},
        event::Event,
        identity::{Identity, RecipientKey},
        record::{self, Record},
    },
    store::{StoreError, View},
};

/// What a line comes to.
#[derive(Debug)]
pub enum Reading {
    /// An event that the ledger does not have.
    New {
        /// Its record.
        record: Vec<u8>,
        /// What later lines find it by.
        marks: Vec<Mark>,
    },
    /// It tells nothing that is not on record.
    Known,
}

/// What a line that is on its way is found by: a key, and a digest of what it says.
pub type Mark = ([u8; 16], [u8; 16]);

/// The marks of the lines that are on their way to the store, batch by batch.
pub type Marks = HashMap<[u8; 16], [u8; 16]>;

/// What a line is held against.
pub struct Known<'a> {
    /// The installation's key.
    pub identity: &'a Identity,
    /// The present moment.
    pub now: Timestamp,
    /// The ledger, at a moment at which every batch was either in it or among those under way.
    pub view: &'a dyn View,
    /// The batches under way.
    pub under_way: &'a [&'a Marks],
    /// The present batch.
    pub batch: &'a Marks,
}

impl std::fmt::Debug for Known<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("now", &self.now).finish_non_exhaustive()
    }
}

/// An event that is found by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Tells it from another with its id.
    pub digest: [u8; 16],
    /// When it happened; none while it is under way, or once it is erased.
    pub occurred_at: Option<Timestamp>,
    /// It was erased: what it was is not known any more, and it must not come back.
    pub erased: bool,
}

impl Known<'_> {
    /// The entries of a history, in the order of their arrival.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn each(&self, key: &RecipientKey, each: &mut dyn FnMut(&Entry<'_>)) -> Result<(), StoreError> {
        for entry in entry::entries(self.view.history(key)?).map_err(damaged)? {
            each(&entry.map_err(damaged)?);
        }
        Ok(())
    }

    /// The digest of what an earlier line said under a key, if it is still under way.
    #[must_use]
    pub fn under_way(&self, key: &[u8; 16]) -> Option<[u8; 16]> {
        self.under_way.iter().chain([&self.batch]).find_map(|marks| marks.get(key)).copied()
    }

    /// The event with an id.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn find(&self, id: &[u8; 16]) -> Result<Option<Found>, StoreError> {
        if let Some(digest) = self.under_way(id) {
            return Ok(Some(Found { digest, occurred_at: None, erased: false }));
        }
        let Some(revision) = self.view.find(id)? else { return Ok(None) };
        let unreadable = || StoreError::Damaged(format!("the record at {revision}"));
        let record = Record::read(self.view.record(revision)?.unwrap_or_default()).map_err(|_| unreadable())?;
        if record.is_erased() {
            return Ok(Some(Found { digest: *record.digest(), occurred_at: None, erased: true }));
        }
        let When { occurred_at } = serde_json::from_slice(record.body).map_err(|_| unreadable())?;
        Ok(Some(Found { digest: *record.digest(), occurred_at: Some(occurred_at), erased: false }))
    }

    /// The record of an event.
    ///
    /// # Errors
    /// If the event cannot be written, which none of its types allow.
    pub fn record(&self, event: &Event, keys: &[RecipientKey]) -> Result<Vec<u8>, Fault> {
        record::with_keys(event, keys.to_vec(), self.identity, self.now).map_err(|error| Fault(error.to_string()))
    }
}

#[derive(Deserialize)]
struct When {
    occurred_at: Timestamp,
}

fn damaged(error: entry::Unreadable) -> StoreError {
    StoreError::Damaged(error.to_string())
}
