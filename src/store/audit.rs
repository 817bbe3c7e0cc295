//! Whether journal and projection are whole and agree: read the one from its start, and hold the other against it.
//!
//! The chain shows that every record's head is as it was written, and that none is missing, added or moved; the hash in
//! the head shows the same of the payload. A payload that is not there must have been erased by a later notice. What
//! the records come to is then compared with the projection, byte for byte.

mod erasures;
mod fault;

use std::collections::{BTreeMap, HashMap};

use self::erasures::Erasures;
pub use self::fault::AuditFault;
use super::{Known, Next, Revision, View};
use crate::ledger::{
    entry,
    identity::RecipientKey,
    record::{Matter, Record, chain},
};

/// What an audit went through without finding a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Records of the journal, those that are erased among them.
    pub records: u64,
    /// Records whose payload is erased.
    pub erased: u64,
    /// Histories of the projection.
    pub histories: u64,
    /// Senders' profiles.
    pub senders: u64,
    /// The journal's last revision.
    pub head: Revision,
    /// The hash of the chain there.
    pub chain: [u8; 32],
}

/// Reads the journal from its first record: verifies the chain and each payload, and compares each history, each
/// profile and each id with it, byte for byte.
///
/// It takes memory for each history's key and each erased revision, not for records and histories.
///
/// # Errors
/// The first fault found.
pub fn audit(view: &dyn View) -> Result<Audited, AuditFault> {
    let mut audit = Audit {
        view,
        last: Revision(0),
        chain: chain::START,
        ids: 0,
        seen: HashMap::new(),
        senders: BTreeMap::new(),
        erasures: Erasures::default(),
    };
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
    /// The hash of the chain at the last revision.
    chain: [u8; 32],
    /// How many ids the records so far are found by, those of senders apart.
    ids: u64,
    /// How much of each history the records so far account for.
    seen: HashMap<[u8; 16], usize>,
    /// Where each sender's newest profile stands.
    senders: BTreeMap<Vec<u8>, Revision>,
    erasures: Erasures,
}

impl Audit<'_> {
    fn record(&mut self, revision: Revision, bytes: &[u8]) -> Result<(), AuditFault> {
        let expected = Revision(self.last.0 + 1);
        if revision != expected {
            return Err(AuditFault::Gap { expected, found: revision });
        }
        let record = Record::read(bytes).map_err(|_| AuditFault::Record(revision))?;
        let chain = chain::next(&self.chain, revision.0, &record);
        if self.view.chain(revision)? != Some(chain) {
            return Err(AuditFault::Chain(revision));
        }
        (self.last, self.chain) = (revision, chain);
        match record.matter {
            Matter::Event => {
                self.id(revision, &record)?;
                self.erasures.event(revision, &record);
                record.keys.iter().try_for_each(|key| self.entry(revision, key, record.entry))
            }
            Matter::Erasure => {
                self.id(revision, &record)?;
                self.erasures.notice(revision, &record)
            }
            Matter::Sender if record.is_erased() => Err(AuditFault::Erased(revision)),
            Matter::Sender => {
                self.senders.insert(record.entry.to_vec(), revision);
                Ok(())
            }
        }
    }

    /// The record is found by its id, with its digest.
    fn id(&mut self, revision: Revision, record: &Record<'_>) -> Result<(), AuditFault> {
        self.ids += 1;
        let known = Known { revision, digest: *record.digest() };
        if self.view.known(record.id())? == Some(known) { Ok(()) } else { Err(AuditFault::Id(revision)) }
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
        let erased = self.erasures.finish(self.view.purge()?)?;
        for (key, seen) in &self.seen {
            if self.view.history(&RecipientKey(*key))?.len() != *seen {
                return Err(AuditFault::History(RecipientKey(*key)));
            }
        }
        let (expected, histories) = (self.seen.len() as u64, self.view.histories()?);
        if expected != histories {
            return Err(AuditFault::Histories { expected, found: histories });
        }
        self.profiles()?;
        let senders = self.senders.len() as u64;
        let (expected, found) = (self.ids + senders, self.view.ids()?);
        if expected != found {
            return Err(AuditFault::Ids { expected, found });
        }
        Ok(Audited { records: head.0, erased, histories, senders, head, chain: self.chain })
    }

    /// Each sender's profile is its newest of the journal.
    fn profiles(&self) -> Result<(), AuditFault> {
        let known: Vec<String> = self.view.sender_ids()?;
        if let Some(extra) = known.iter().find(|id| !self.senders.contains_key(id.as_bytes())) {
            return Err(AuditFault::Sender(extra.clone()));
        }
        for (id, revision) in &self.senders {
            let id = String::from_utf8_lossy(id);
            let record = self.view.record(*revision)?.unwrap_or_default();
            let record = Record::read(record).map_err(|_| AuditFault::Record(*revision))?;
            let place = Known { revision: *revision, digest: *record.digest() };
            if self.view.sender(&id)? != Some(record.body) || self.view.known(record.id())? != Some(place) {
                return Err(AuditFault::Sender(id.into_owned()));
            }
        }
        Ok(())
    }
}
