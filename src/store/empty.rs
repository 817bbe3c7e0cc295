//! A ledger that holds nothing: for a check that rests on its own `given` events alone.

use super::{Known, Next, Revision, StoreError, View};
use crate::ledger::{identity::RecipientKey, record::chain};

/// A ledger that holds nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Empty;

impl View for Empty {
    fn applied(&self) -> Result<Revision, StoreError> {
        Ok(Revision(0))
    }

    fn head(&self) -> Result<Revision, StoreError> {
        Ok(Revision(0))
    }

    fn history(&self, _: &RecipientKey) -> Result<&[u8], StoreError> {
        Ok(&[])
    }

    fn sender(&self, _: &str) -> Result<Option<&[u8]>, StoreError> {
        Ok(None)
    }

    fn sender_ids(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    fn record(&self, _: Revision) -> Result<Option<&[u8]>, StoreError> {
        Ok(None)
    }

    fn histories(&self) -> Result<u64, StoreError> {
        Ok(0)
    }

    fn known(&self, _: &[u8; 16]) -> Result<Option<Known>, StoreError> {
        Ok(None)
    }

    fn ids(&self) -> Result<u64, StoreError> {
        Ok(0)
    }

    fn purge(&self) -> Result<Revision, StoreError> {
        Ok(Revision(0))
    }

    fn chain(&self, revision: Revision) -> Result<Option<[u8; 32]>, StoreError> {
        Ok((revision == Revision(0)).then_some(chain::START))
    }

    fn tail(&self, _: Revision, _: &mut dyn FnMut(Revision, &[u8]) -> Next) -> Result<(), StoreError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_held() {
        assert_eq!((Empty.applied().unwrap(), Empty.head().unwrap()), (Revision(0), Revision(0)));
        assert!(Empty.history(&RecipientKey([0; 16])).unwrap().is_empty());
        assert!(Empty.sender("acme").unwrap().is_none() && Empty.sender_ids().unwrap().is_empty());
        Empty.tail(Revision(0), &mut |_, _| panic!("there is no record")).unwrap();
    }
}
