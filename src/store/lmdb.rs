//! The store in LMDB: journal and projection in one environment, so that one transaction changes both.
//!
//! One process writes ([`open`]); others may read meanwhile ([`open_read_only`]). Within the writing process one
//! thread writes, group by group, and any thread reads, each view at one moment, without waiting for the writer.

mod copy;
mod current;
mod environment;
mod generation;
mod handle;
mod journal;
mod moment;
mod projection;
mod purge;
mod queue;
#[cfg(test)]
mod tests;
mod writer;

use std::{io, path::Path};

use heed::{Database, Env, MdbError, RwTxn, WithoutTls, types::Bytes};

pub(in crate::store) use self::generation::is_any;
pub use self::handle::{Lmdb, exists, open, open_read_only, write_copy};
use self::{generation::Generation, journal::Journal, moment::Moment, projection::Projection};
use super::{OpenError, Progress, Revision, StoreError, Usage, key_file};
use crate::{
    config,
    ledger::{identity::Identity, record::Record},
};

/// The format of the environment that this program reads and writes.
const FORMAT: u32 = 2;

type Table = Database<'static, Bytes, Bytes>;

/// What goes wrong within a transaction, which then keeps nothing.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("{0}")]
    Engine(#[from] heed::Error),
    #[error("{0}")]
    Damaged(String),
    #[error("{0}")]
    Files(#[from] OpenError),
    #[error("the store is being closed")]
    Stopped,
}

impl From<heed::Error> for StoreError {
    fn from(error: heed::Error) -> Self {
        Self::Engine(error.to_string())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

/// The environment and its two halves.
#[derive(Clone)]
struct Ledger {
    generation: Generation,
    env: Env<WithoutTls>,
    journal: Journal,
    projection: Projection,
}

impl Ledger {
    /// Opens a generation as it is; for writing, its tables are made if need be. None: it lacks them.
    fn at(generation: Generation, data_dir: &Path, map_size: u64, access: Access) -> heed::Result<Option<Self>> {
        let env = environment::open(&generation.path(data_dir), map_size, access)?;
        let tables = match access {
            Access::Write => environment::create_tables(&env)?,
            Access::Read => environment::open_tables(&env)?,
        };
        Ok(tables.map(|[meta, journal, histories, ids, senders]| {
            let journal = Journal { records: journal };
            let projection = Projection { meta, histories, ids, senders };
            Self { generation, env, journal, projection }
        }))
    }

    /// Opens a generation that was written with our key and in our format, or is new.
    fn open(
        generation: Generation,
        config: &config::Store,
        identity: &Identity,
        access: Access,
    ) -> Result<Self, OpenError> {
        let dir = &config.data_dir;
        let failed = |error: heed::Error| OpenError::Engine { dir: dir.clone(), cause: error.to_string() };
        let ledger = Self::at(generation, dir, config.map_size, access).map_err(failed)?;
        let ledger = ledger.ok_or_else(|| OpenError::NoLedger { dir: dir.clone() })?;
        if access == Access::Write {
            // A process that was killed while it read would keep pages from being used again.
            ledger.env.clear_stale_readers().map_err(failed)?;
        }
        let (format, fingerprint) = ledger.stamp(identity, access).map_err(failed)?;
        if format != FORMAT {
            return Err(OpenError::UnknownFormat { dir: dir.clone(), found: format, known: FORMAT });
        }
        if fingerprint != identity.fingerprint() {
            return Err(OpenError::WrongKey { file: key_file::path(config), dir: dir.clone() });
        }
        let damaged = |fault: Fault| OpenError::Engine { dir: dir.clone(), cause: fault.to_string() };
        ledger.check_meta().map_err(damaged)?;
        Ok(ledger)
    }

    /// The format and the key's fingerprint that the ledger was written with. A new ledger gets ours.
    fn stamp(&self, identity: &Identity, access: Access) -> Result<(u32, [u8; 16]), heed::Error> {
        let meta = self.projection.meta;
        if access == Access::Write {
            let mut txn = self.env.write_txn()?;
            if meta.is_empty(&txn)? {
                meta.put(&mut txn, b"format", &FORMAT.to_be_bytes())?;
                meta.put(&mut txn, b"key", &identity.fingerprint())?;
            }
            txn.commit()?;
        }
        let txn = self.env.read_txn()?;
        let format = meta.get(&txn, b"format")?.and_then(|bytes| bytes.try_into().ok());
        let fingerprint = meta.get(&txn, b"key")?.and_then(|bytes| bytes.try_into().ok());
        Ok((format.map_or(0, u32::from_be_bytes), fingerprint.unwrap_or_default()))
    }

    /// The tables, `meta` first.
    const fn tables(&self) -> [Table; 5] {
        let Projection { meta, histories, ids, senders } = self.projection;
        [meta, self.journal.records, histories, ids, senders]
    }

    /// Appends a record to the journal and applies it.
    fn keep(&self, txn: &mut RwTxn<'_>, bytes: &[u8], record: &Record<'_>) -> Result<Revision, Fault> {
        let revision = self.journal.append(txn, record, bytes)?;
        self.projection.apply(txn, &self.journal, revision, record)?;
        Ok(revision)
    }

    /// Applies what the journal has and the histories have not. One transaction writes both, so there is nothing to
    /// do after a crash; a journal that came by another way would be caught up with here.
    fn replay(&self) -> Result<(), Fault> {
        let mut txn = self.env.write_txn()?;
        let (head, applied) = (self.journal.head(&txn)?, self.projection.applied(&txn)?);
        if applied > head {
            return Err(Fault::Damaged(format!("its histories are at {applied}, past its journal's {head}")));
        }
        for revision in (applied.0..head.0).map(|before| Revision(before + 1)) {
            let record = self.journal.get(&txn, revision)?.map(<[u8]>::to_vec);
            let record = record.ok_or_else(|| Fault::Damaged(format!("its journal lacks {revision}")))?;
            let record = journal::read(&record)?;
            if self.projection.known(&txn, record.id())?.is_some_and(|known| known.revision == revision) {
                return Err(Fault::Damaged(format!("its histories are at {applied} and have {revision} already")));
            }
            self.projection.apply(&mut txn, &self.journal, revision, &record)?;
        }
        Ok(txn.commit()?)
    }

    /// How far the histories are, and when the newest record was taken in.
    fn progress(&self) -> Result<Progress, Fault> {
        let txn = self.env.read_txn()?;
        // A record that cannot be read is for the audit to tell of: it must not keep the others from being read.
        let newest = self.journal.get(&txn, self.journal.head(&txn)?)?.and_then(|bytes| Record::read(bytes).ok());
        let recorded_at = newest.map(|record| record.recorded_at()).unwrap_or_default();
        Ok(Progress { applied: self.projection.applied(&txn)?, recorded_at })
    }

    /// What the tables take, free pages not counted: a page that was freed is used again.
    fn usage(&self) -> Result<Usage, heed::Error> {
        let txn = self.env.read_txn()?;
        let root = self.env.unnamed_database_stat();
        // The two pages at the start of the file, which say where all others are.
        let mut pages = 2 + root.branch_pages + root.leaf_pages + root.overflow_pages;
        for table in self.tables() {
            let stat = table.stat(&txn)?;
            pages += stat.branch_pages + stat.leaf_pages + stat.overflow_pages;
        }
        let used = pages as u64 * u64::from(root.page_size);
        Ok(Usage { used, size: self.env.info().map_size as u64 })
    }

    /// What a caller is told of a fault.
    fn told(&self, fault: Fault) -> StoreError {
        match fault {
            Fault::Engine(heed::Error::Mdb(MdbError::MapFull)) => {
                // A process that was killed while it read holds pages: the next append may find them free.
                let freed = self.env.clear_stale_readers();
                freed.and_then(|_| self.usage()).map_or_else(StoreError::from, StoreError::Full)
            }
            Fault::Engine(heed::Error::Io(error)) if is_full(&error) => StoreError::DiskFull,
            Fault::Engine(error) => error.into(),
            Fault::Damaged(what) => StoreError::Damaged(what),
            Fault::Files(error) => StoreError::Engine(error.to_string()),
            Fault::Stopped => StoreError::Stopped,
        }
    }
}

/// Whether the disk, or what of it this user may take, is used up.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
