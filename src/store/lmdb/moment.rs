//! What is read of the ledger at one moment.

use heed::{RoTxn, WithoutTls};

use super::Ledger;
use crate::{
    ledger::identity::RecipientKey,
    store::{Known, Next, Revision, StoreError, View},
};

/// One read transaction, and the ledger that it reads: another may take its place meanwhile.
pub(super) struct Moment {
    pub(super) txn: RoTxn<'static, WithoutTls>,
    pub(super) ledger: Ledger,
}

impl View for Moment {
    fn applied(&self) -> Result<Revision, StoreError> {
        Ok(self.ledger.projection.applied(&self.txn)?)
    }

    fn head(&self) -> Result<Revision, StoreError> {
        Ok(self.ledger.journal.head(&self.txn)?)
    }

    fn history(&self, key: &RecipientKey) -> Result<&[u8], StoreError> {
        Ok(self.ledger.projection.history(&self.txn, &key.0)?)
    }

    fn histories(&self) -> Result<u64, StoreError> {
        Ok(self.ledger.projection.histories.len(&self.txn)?)
    }

    fn known(&self, id: &[u8; 16]) -> Result<Option<Known>, StoreError> {
        Ok(self.ledger.projection.known(&self.txn, id)?)
    }

    fn ids(&self) -> Result<u64, StoreError> {
        Ok(self.ledger.projection.ids.len(&self.txn)?)
    }

    fn purge(&self) -> Result<Revision, StoreError> {
        Ok(self.ledger.projection.purge(&self.txn)?)
    }

    fn chain(&self, revision: Revision) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.ledger.journal.chain(&self.txn, revision)?)
    }

    fn sender(&self, id: &str) -> Result<Option<&[u8]>, StoreError> {
        Ok(self.ledger.projection.sender(&self.txn, id)?)
    }

    fn sender_ids(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.ledger.projection.sender_ids(&self.txn)?)
    }

    fn record(&self, revision: Revision) -> Result<Option<&[u8]>, StoreError> {
        Ok(self.ledger.journal.get(&self.txn, revision)?)
    }

    fn tail(&self, after: Revision, each: &mut dyn FnMut(Revision, &[u8]) -> Next) -> Result<(), StoreError> {
        Ok(self.ledger.journal.tail(&self.txn, after, each)?)
    }
}
