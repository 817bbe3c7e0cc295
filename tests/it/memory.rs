//! The histories of one world, as the projection keeps them, without a disk: properties go through many thousands.
//!
//! The bytes are those of the store: records are made, taken apart and appended by the ledger's own code. That the
//! store answers alike is a property of its own.

use std::collections::HashMap;

use maysend::{
    ledger::{
        entry,
        event::Event,
        identity::{Identity, RecipientKey},
        record::{self, Record},
    },
    store::{Next, Revision, StoreError, View},
};

/// Every history, by its key, and the senders' profiles.
#[derive(Debug, Default)]
pub(crate) struct Memory<'s> {
    histories: HashMap<[u8; 16], Vec<u8>>,
    senders: Option<&'s [(String, Vec<u8>)]>,
    seen: Vec<[u8; 16]>,
    revision: u64,
}

impl<'s> Memory<'s> {
    /// Nobody's history yet, and these senders.
    pub(crate) fn with(senders: &'s [(String, Vec<u8>)]) -> Self {
        Self { senders: Some(senders), ..Self::default() }
    }

    /// Takes an event in; one that is there already changes nothing.
    pub(crate) fn take(&mut self, event: &Event, identity: &Identity) {
        let bytes = record::of_event(event, identity, crate::world::now()).expect("a record");
        let record = Record::read(&bytes).expect("a record that can be read");
        if self.seen.contains(record.id()) {
            return;
        }
        self.seen.push(*record.id());
        self.revision += 1;
        for key in record.keys {
            let history = self.histories.entry(*key).or_default();
            entry::append_recorded(history, record.entry, self.revision).expect("an entry");
        }
    }
}

impl View for Memory<'_> {
    fn applied(&self) -> Result<Revision, StoreError> {
        Ok(Revision(self.revision))
    }

    fn head(&self) -> Result<Revision, StoreError> {
        self.applied()
    }

    fn history(&self, key: &RecipientKey) -> Result<&[u8], StoreError> {
        Ok(self.histories.get(&key.0).map_or(&[], Vec::as_slice))
    }

    fn histories(&self) -> Result<u64, StoreError> {
        Ok(self.histories.len() as u64)
    }

    fn find(&self, _: &[u8; 16]) -> Result<Option<Revision>, StoreError> {
        Ok(None)
    }

    fn sender(&self, id: &str) -> Result<Option<&[u8]>, StoreError> {
        let known = self.senders.unwrap_or_default();
        Ok(known.iter().find(|(known, _)| known == id).map(|(_, profile)| profile.as_slice()))
    }

    fn sender_ids(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.senders.unwrap_or_default().iter().map(|(id, _)| id.clone()).collect())
    }

    fn record(&self, _: Revision) -> Result<Option<&[u8]>, StoreError> {
        Ok(None)
    }

    fn tail(&self, _: Revision, _: &mut dyn FnMut(Revision, &[u8]) -> Next) -> Result<(), StoreError> {
        Ok(())
    }
}
