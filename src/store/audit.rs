//! Whether journal and projection agree: read the one from its start, and hold the other against it.

use std::collections::{BTreeMap, HashMap};

use super::{Next, Revision, StoreError, View};
use crate::ledger::{
    entry,
    identity::RecipientKey,
    record::{Matter, Record},
};

/// What an audit went through without finding a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Records of the journal.
    pub records: u64,
    /// Histories of the projection.
    pub histories: u64,
    /// Senders' profiles.
    pub senders: u64,
}

/// The first fault that an audit found.
#[derive(Debug, thiserror::Error)]
pub enum AuditFault {
    /// A revision is missing.
    #[error("the journal goes on with {found} where {expected} should be")]
    Gap {
        /// The revision that should have been next.
        expected: Revision,
        /// The one that was.
        found: Revision,
    },
    /// A record is damaged: it cannot be read, or its checksum is wrong.
    #[error("the record at {0} is damaged")]
    Record(Revision),
    /// The id of a record is not found where the record stands: it is missing, or the event is there twice.
    #[error("the record at {0} is not the one that is found by its id")]
    Id(Revision),
    /// The projection has not the revision of the journal.
    #[error("the journal is at {head}, the histories are at {applied}")]
    Behind {
        /// The journal's last revision.
        head: Revision,
        /// The projection's.
        applied: Revision,
    },
    /// A history is not what the journal makes of it.
    #[error("the history of {0} differs from the journal")]
    History(RecipientKey),
    /// There are histories of which the journal knows nothing, or too few.
    #[error("there are {found} histories, and the journal makes {expected}")]
    Histories {
        /// How many the journal makes.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// A sender's profile is not the newest of the journal, or is not in the journal.
    #[error("the profile of sender `{0}` differs from the journal")]
    Sender(String),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the journal from its first record and compares each history and each profile with it, byte for byte.
///
/// It takes memory for each history's key, not for the histories.
///
/// # Errors
/// The first fault found.
pub fn audit(view: &dyn View) -> Result<Audited, AuditFault> {
    let mut audit = Audit { view, last: Revision(0), seen: HashMap::new(), senders: BTreeMap::new() };
    let mut fault = None;
    view.tail(Revision(0), &mut |revision, bytes| match audit.record(revision, bytes) {
        Ok(()) => Next::Continue,
        Err(found) => {
            fault = Some(found);
            Next::Stop
        }
    })?;
    match fault {
        Some(fault) => Err(fault),
        None => audit.finish(),
    }
}

struct Audit<'v> {
    view: &'v dyn View,
    last: Revision,
    /// How much of each history the records so far account for.
    seen: HashMap<[u8; 16], usize>,
    /// Where each sender's newest profile stands.
    senders: BTreeMap<Vec<u8>, Revision>,
}

impl Audit<'_> {
    fn record(&mut self, revision: Revision, bytes: &[u8]) -> Result<(), AuditFault> {
        let expected = Revision(self.last.0 + 1);
        if revision != expected {
            return Err(AuditFault::Gap { expected, found: revision });
        }
        self.last = revision;
        let record = Record::read(bytes).map_err(|_| AuditFault::Record(revision))?;
        match record.matter {
            Matter::Event => {
                if self.view.find(record.id())? != Some(revision) {
                    return Err(AuditFault::Id(revision));
                }
                record.keys.iter().try_for_each(|key| self.entry(revision, key, record.entry))?;
            }
            Matter::Sender => {
                self.senders.insert(record.entry.to_vec(), revision);
            }
        }
        Ok(())
    }

    /// The history must go on with just this entry, after those of the records before.
    fn entry(&mut self, revision: Revision, key: &[u8; 16], entry: &[u8]) -> Result<(), AuditFault> {
        let seen = self.seen.entry(*key).or_default();
        let history = self.view.history(&RecipientKey(*key))?;
        let (before, rest) = history.split_at_checked(*seen).unwrap_or_default();
        let mut expected: Vec<u8> = before.first().copied().into_iter().collect();
        let start = expected.len();
        entry::append_recorded(&mut expected, entry, revision.0).map_err(|_| AuditFault::Record(revision))?;
        let expected = expected.get(start..).unwrap_or_default();
        if !rest.starts_with(expected) {
            return Err(AuditFault::History(RecipientKey(*key)));
        }
        *seen += expected.len();
        Ok(())
    }

    fn finish(self) -> Result<Audited, AuditFault> {
        let (head, applied) = (self.view.head()?, self.view.applied()?);
        if head != self.last || applied != head {
            return Err(AuditFault::Behind { head, applied });
        }
        for (key, seen) in &self.seen {
            if self.view.history(&RecipientKey(*key))?.len() != *seen {
                return Err(AuditFault::History(RecipientKey(*key)));
            }
        }
        let (expected, found) = (self.seen.len() as u64, self.view.histories()?);
        if expected != found {
            return Err(AuditFault::Histories { expected, found });
        }
        let known: Vec<String> = self.view.sender_ids()?;
        if let Some(extra) = known.iter().find(|id| !self.senders.contains_key(id.as_bytes())) {
            return Err(AuditFault::Sender(extra.clone()));
        }
        for (id, revision) in &self.senders {
            let id = String::from_utf8_lossy(id);
            let record = self.view.record(*revision)?.unwrap_or_default();
            let record = Record::read(record).map_err(|_| AuditFault::Record(*revision))?;
            if self.view.sender(&id)? != Some(record.body) || self.view.find(record.id())? != Some(*revision) {
                return Err(AuditFault::Sender(id.into_owned()));
            }
        }
        Ok(Audited { records: head.0, histories: found, senders: known.len() as u64 })
    }
}
