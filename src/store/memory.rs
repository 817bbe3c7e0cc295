//! A ledger in memory, made of its records at once: for a case, which brings all of its events along.
//!
//! It holds the same bytes under the same keys as an engine on disk does, so a check reads the same of it. It is a
//! view and no store: nothing is appended to it, and it is gone when it is dropped.

use std::collections::{BTreeMap, HashMap};

use super::{Known, Next, Revision, StoreError, View, erasure::Removal};
use crate::ledger::{
    entry,
    identity::RecipientKey,
    record::{Matter, Record, chain},
};

/// A ledger in memory.
#[derive(Debug, Default)]
pub struct Memory {
    records: Vec<Vec<u8>>,
    chain: Vec<[u8; 32]>,
    ids: HashMap<[u8; 16], Known>,
    histories: HashMap<[u8; 16], Vec<u8>>,
    senders: BTreeMap<String, Vec<u8>>,
    purge: Revision,
}

impl Memory {
    /// The ledger that these records come to, in their order. A record that is there already is passed over, as an
    /// append does.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a record has the `id` of another event; [`StoreError::Damaged`] if one cannot be
    /// read.
    pub fn of(records: Vec<Vec<u8>>) -> Result<Self, StoreError> {
        let mut ledger = Self::default();
        for (index, bytes) in records.into_iter().enumerate() {
            let damaged = || StoreError::Damaged(format!("record {index} of the append cannot be read"));
            let record = Record::read(&bytes).map_err(|_| damaged())?;
            match ledger.ids.get(record.id()) {
                Some(known) if known.is_same(&record) => continue,
                Some(_) if record.matter == Matter::Event => return Err(StoreError::Conflict { index }),
                Some(_) | None => {}
            }
            ledger.apply(&record)?;
            ledger.records.push(bytes);
        }
        Ok(ledger)
    }

    fn apply(&mut self, record: &Record<'_>) -> Result<(), StoreError> {
        let revision = Revision(self.last().0 + 1);
        match record.matter {
            Matter::Event => {
                for key in record.keys {
                    entry::append_recorded(self.histories.entry(*key).or_default(), record.entry, revision.0)?;
                }
            }
            Matter::Erasure => self.erase(revision, record)?,
            Matter::Sender => {
                let id = String::from_utf8_lossy(record.entry).into_owned();
                self.senders.insert(id, record.body.to_vec());
            }
        }
        self.ids.insert(*record.id(), Known { revision, digest: *record.digest() });
        let before = self.chain.last().unwrap_or(&chain::START);
        self.chain.push(chain::next(before, revision.0, record));
        Ok(())
    }

    fn erase(&mut self, revision: Revision, notice: &Record<'_>) -> Result<(), StoreError> {
        let removal = Removal::of(notice, revision, |revision| self.record(revision))?;
        for (key, gone) in &removal.histories {
            let left = entry::without(self.history(&RecipientKey(*key))?, gone)?;
            if left.is_empty() {
                self.histories.remove(key)
            } else {
                self.histories.insert(*key, left)
            };
        }
        for erased in removal.records {
            self.ids.insert(erased.id, Known { revision: erased.revision, digest: [0; 16] });
            let place = index(erased.revision).and_then(|index| self.records.get_mut(index));
            if let Some(record) = place {
                *record = erased.left;
            }
        }
        self.purge = revision;
        Ok(())
    }

    fn last(&self) -> Revision {
        Revision(self.records.len() as u64)
    }
}

fn index(revision: Revision) -> Option<usize> {
    revision.0.checked_sub(1).and_then(|index| usize::try_from(index).ok())
}

impl View for Memory {
    fn applied(&self) -> Result<Revision, StoreError> {
        Ok(self.last())
    }

    fn head(&self) -> Result<Revision, StoreError> {
        Ok(self.last())
    }

    fn history(&self, key: &RecipientKey) -> Result<&[u8], StoreError> {
        Ok(self.histories.get(&key.0).map_or(&[], Vec::as_slice))
    }

    fn histories(&self) -> Result<u64, StoreError> {
        Ok(self.histories.len() as u64)
    }

    fn known(&self, id: &[u8; 16]) -> Result<Option<Known>, StoreError> {
        Ok(self.ids.get(id).copied())
    }

    fn ids(&self) -> Result<u64, StoreError> {
        Ok(self.ids.len() as u64)
    }

    fn purge(&self) -> Result<Revision, StoreError> {
        Ok(self.purge)
    }

    fn chain(&self, revision: Revision) -> Result<Option<[u8; 32]>, StoreError> {
        let of = |index| self.chain.get(index).copied();
        Ok(if revision == Revision(0) { Some(chain::START) } else { index(revision).and_then(of) })
    }

    fn sender(&self, id: &str) -> Result<Option<&[u8]>, StoreError> {
        Ok(self.senders.get(id).map(Vec::as_slice))
    }

    fn sender_ids(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.senders.keys().cloned().collect())
    }

    fn record(&self, revision: Revision) -> Result<Option<&[u8]>, StoreError> {
        Ok(index(revision).and_then(|index| self.records.get(index)).map(Vec::as_slice))
    }

    fn tail(&self, after: Revision, each: &mut dyn FnMut(Revision, &[u8]) -> Next) -> Result<(), StoreError> {
        for (revision, record) in (1..).map(Revision).zip(&self.records) {
            if revision > after && each(revision, record) == Next::Stop {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        clock,
        ledger::{
            event::Event,
            identity::Identity,
            record::{
                self,
                erasure::{Notice, Why},
            },
            sender::Sender,
        },
        store::{
            Store as _,
            audit::audit,
            lmdb::{self},
        },
    };

    const KEY: Identity = Identity::new([7; 32]);

    fn objection(id: &str, at: &str) -> Vec<u8> {
        let event: Event = serde_json::from_value(json!({
            "type": "objection_raised", "id": id, "occurred_at": at, "sender": "acme",
            "recipient": {"email": "jo@example.com", "phone": "+447700900123"},
        }))
        .unwrap();
        record::of_event(&event, &KEY, clock::now()).unwrap()
    }

    fn acme(legal_name: &str) -> Vec<u8> {
        let profile: Sender = serde_json::from_value(json!({"legal_name": legal_name, "kind": "company"})).unwrap();
        record::of_sender("acme", &profile, &KEY, clock::now()).unwrap()
    }

    /// Everything that a view tells of these records.
    fn told(view: &dyn View, records: &[Vec<u8>]) -> Vec<String> {
        let mut told = vec![format!("{:?} {:?}", view.applied().unwrap(), view.head().unwrap())];
        told.push(format!("{:?} {}", view.purge().unwrap(), view.ids().unwrap()));
        told.push(format!("{:?} {}", view.sender_ids().unwrap(), view.histories().unwrap()));
        told.push(format!("{:?} {:?}", view.sender("acme").unwrap(), view.sender("").unwrap()));
        for bytes in records {
            let record = Record::read(bytes).unwrap();
            let histories = record.keys.iter().map(|key| view.history(&RecipientKey(*key)).unwrap());
            told.push(format!("{:?} {:?}", view.known(record.id()).unwrap(), histories.collect::<Vec<_>>()));
        }
        view.tail(Revision(1), &mut |revision, record| {
            told.push(format!("{revision} {record:?}"));
            if revision < Revision(3) { Next::Continue } else { Next::Stop }
        })
        .unwrap();
        let at = |revision| view.record(Revision(revision)).unwrap().map(<[u8]>::to_vec);
        told.extend((0..8).map(|revision| format!("{:?}", at(revision))));
        told.extend((0..8).map(|revision| format!("{:?}", view.chain(Revision(revision)).unwrap())));
        told
    }

    #[test]
    fn it_tells_what_the_engine_on_disk_tells() {
        let (first, second) = (objection("a", "2026-03-01T09:00:00Z"), objection("b", "2026-03-02T09:00:00Z"));
        let notice = Notice::new(Why::Erasure, "UK GDPR Art 17(1)(c)", [2]);
        let notice = record::of_erasure(&notice, &KEY, clock::now()).unwrap();
        let records =
            vec![acme("Acme Ltd"), first.clone(), second, first.clone(), acme("Acme Bikes Ltd"), notice, first];
        let directory = tempfile::tempdir().unwrap();
        let data_dir = directory.path().join("data");
        let config =
            crate::config::Store { data_dir, map_size: 1 << 20, key: None, key_file: None, allow_network_fs: true };
        let store = lmdb::open(&config, &KEY).unwrap();
        store.append(records.clone()).blocking_recv().unwrap().unwrap();
        let memory = Memory::of(records.clone()).unwrap();
        assert_eq!(told(&memory, &records), told(&*store.view().unwrap(), &records));
        assert_eq!((memory.applied().unwrap(), audit(&memory).unwrap().erased), (Revision(5), 1));
    }

    #[test]
    fn another_event_of_the_same_id_is_a_conflict() {
        let records = vec![objection("a", "2026-03-01T09:00:00Z"), objection("a", "2026-03-02T09:00:00Z")];
        assert!(matches!(Memory::of(records), Err(StoreError::Conflict { index: 1 })));
        assert!(matches!(Memory::of(vec![vec![1, 2, 3]]), Err(StoreError::Damaged(_))));
    }
}
