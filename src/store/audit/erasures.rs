//! Erased records and the notices that name them, as an audit meets them on its way through the journal.

use std::collections::BTreeSet;

use super::AuditFault;
use crate::{
    ledger::record::{Record, erasure::Notice},
    store::Revision,
};

/// What is known of erasures so far.
#[derive(Debug, Default)]
pub(super) struct Erasures {
    /// Erased records that no notice has named yet.
    unnamed: BTreeSet<Revision>,
    /// Those that one has.
    named: BTreeSet<Revision>,
    /// The last notice.
    last: Revision,
}

impl Erasures {
    /// Takes in an event.
    pub(super) fn event(&mut self, revision: Revision, record: &Record<'_>) {
        if record.is_erased() {
            self.unnamed.insert(revision);
        }
    }

    /// Takes in a notice: all that it names must be erased.
    pub(super) fn notice(&mut self, at: Revision, record: &Record<'_>) -> Result<(), AuditFault> {
        let notice = Notice::read(record.body, at.0).ok_or(AuditFault::Record(at))?;
        for revision in notice.revisions().map(Revision) {
            if self.unnamed.remove(&revision) {
                self.named.insert(revision);
            } else if !self.named.contains(&revision) {
                return Err(AuditFault::NotErased { notice: at, revision });
            }
        }
        self.last = at;
        Ok(())
    }

    /// How many records are erased, once all of the journal is taken in.
    pub(super) fn finish(&self, purge: Revision) -> Result<u64, AuditFault> {
        if let Some(first) = self.unnamed.first() {
            return Err(AuditFault::Erased(*first));
        }
        if purge != self.last {
            return Err(AuditFault::Purge { expected: self.last, found: purge });
        }
        Ok(self.named.len() as u64)
    }
}
