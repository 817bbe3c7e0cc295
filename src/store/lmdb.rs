//! The store in LMDB: journal and projection in one environment, so that one transaction changes both.
//!
//! One process writes ([`open`]); others may read meanwhile ([`open_read_only`]). Within the writing process one
//! thread writes, group by group, and any thread reads, each view at one moment, without waiting for the writer.

mod journal;
mod moment;
mod projection;
mod queue;
#[cfg(test)]
mod tests;
mod writer;

use std::{
    fmt, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};

use heed::{CommitOrAbort, Database, Env, EnvFlags, EnvOpenOptions, MdbError, RwTxn, WithoutTls, types::Bytes};
use tokio::sync::oneshot;

use self::{
    journal::Journal,
    moment::Moment,
    projection::Projection,
    queue::{Job, Queue},
};
use super::{Appended, OpenError, Revision, Store, StoreError, Usage, View, key_file, place, place::Claim};
use crate::{config, ledger::identity::Identity};

/// The file of the environment, which LMDB names.
pub(super) const DATA_FILE: &str = "data.mdb";

/// The format of the environment that this program reads and writes.
const FORMAT: u32 = 2;

/// More readers at once than requests in flight: each view takes one.
const READERS: u32 = 1024;

/// A multiple of every machine's page size: what the size of the map is rounded to.
const MAP_STEP: u64 = 64 * 1024;

type Table = Database<'static, Bytes, Bytes>;

/// The store.
pub struct Lmdb {
    ledger: Ledger,
    queue: Arc<Queue>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Given up last: the environment is closed by then.
    _claim: Option<Claim>,
}

impl fmt::Debug for Lmdb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lmdb").field("dir", &self.ledger.env.path()).finish_non_exhaustive()
    }
}

/// Opens the store for the one process that writes, and makes it at the first start.
///
/// # Errors
/// [`OpenError`] says why it cannot be opened and what to do.
pub fn open(config: &config::Store, identity: &Identity) -> Result<Lmdb, OpenError> {
    let claim = Claim::new(config)?;
    let ledger = Ledger::open(config, identity, Access::Write)?;
    claim.sync()?;
    let failed = |fault: Fault| OpenError::Engine { dir: config.data_dir.clone(), cause: fault.to_string() };
    ledger.replay().map_err(failed)?;
    let queue = Arc::new(Queue::default());
    let writer = writer::start(ledger.clone(), Arc::clone(&queue));
    let writer = writer.map_err(|error| failed(Fault::Engine(error.into())))?;
    Ok(Lmdb { ledger, queue, writer: Mutex::new(Some(writer)), _claim: Some(claim) })
}

/// Whether there is a ledger in the data directory.
#[must_use]
pub fn exists(config: &config::Store) -> bool {
    config.data_dir.join(DATA_FILE).is_file()
}

/// Opens the store for reading only, while another process may write. Every append answers [`StoreError::Stopped`].
///
/// # Errors
/// [`OpenError`] says why it cannot be opened and what to do.
pub fn open_read_only(config: &config::Store, identity: &Identity) -> Result<Lmdb, OpenError> {
    if !exists(config) {
        return Err(OpenError::NoLedger { dir: config.data_dir.clone() });
    }
    place::check(config)?;
    let ledger = Ledger::open(config, identity, Access::Read)?;
    let queue = Arc::new(Queue::default());
    queue.close();
    Ok(Lmdb { ledger, queue, writer: Mutex::new(None), _claim: None })
}

impl Store for Lmdb {
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        Ok(Box::new(Moment { txn: self.ledger.env.read_txn()?, ledger: &self.ledger }))
    }

    fn append(&self, records: Vec<Vec<u8>>) -> oneshot::Receiver<Result<Appended, StoreError>> {
        let (job, answer) = Job::new(records);
        self.queue.push(job);
        answer
    }

    fn usage(&self) -> Result<Usage, StoreError> {
        Ok(self.ledger.usage()?)
    }

    fn close(&self) {
        self.queue.close();
        // Held while waiting, so that a second caller does not return before the writer has ended.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(_)) = writer.take().map(JoinHandle::join) {
            tracing::error!("the writer of the store had panicked");
        }
    }
}

impl Drop for Lmdb {
    fn drop(&mut self) {
        self.close();
    }
}

/// What goes wrong within a transaction, which then keeps nothing.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("{0}")]
    Engine(#[from] heed::Error),
    #[error("{0}")]
    Damaged(String),
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
    env: Env<WithoutTls>,
    journal: Journal,
    projection: Projection,
}

impl Ledger {
    fn open(config: &config::Store, identity: &Identity, access: Access) -> Result<Self, OpenError> {
        let dir = &config.data_dir;
        let failed = |error: heed::Error| OpenError::Engine { dir: dir.clone(), cause: error.to_string() };
        let env = environment(dir, config.map_size, access).map_err(failed)?;
        if access == Access::Write {
            // A process that was killed while it read would keep pages from being used again.
            env.clear_stale_readers().map_err(failed)?;
        }
        let tables = match access {
            Access::Write => create_tables(&env),
            Access::Read => open_tables(&env),
        };
        let Some([meta, journal, histories, ids, senders]) = tables.map_err(failed)? else {
            return Err(OpenError::NoLedger { dir: dir.clone() });
        };
        let journal = Journal { records: journal };
        let projection = Projection { meta, histories, ids, senders };
        let ledger = Self { env, journal, projection };
        let (format, fingerprint) = ledger.stamp(identity, access).map_err(failed)?;
        if format != FORMAT {
            return Err(OpenError::UnknownFormat { dir: dir.clone(), found: format, known: FORMAT });
        }
        if fingerprint != identity.fingerprint() {
            return Err(OpenError::WrongKey { file: key_file::path(config), dir: dir.clone() });
        }
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

    /// What the tables take, free pages not counted: a page that was freed is used again.
    fn usage(&self) -> Result<Usage, heed::Error> {
        let txn = self.env.read_txn()?;
        let Projection { meta, histories, ids, senders } = self.projection;
        let root = self.env.unnamed_database_stat();
        // The two pages at the start of the file, which say where all others are.
        let mut pages = 2 + root.branch_pages + root.leaf_pages + root.overflow_pages;
        for table in [meta, self.journal.records, histories, ids, senders] {
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
            Fault::Engine(error) => error.into(),
            Fault::Damaged(what) => StoreError::Damaged(what),
        }
    }
}

/// Opens the environment.
#[expect(unsafe_code, reason = "a memory map is only as sound as the file below it is left alone")]
fn environment(dir: &Path, map_size: u64, access: Access) -> heed::Result<Env<WithoutTls>> {
    let map_size = map_size.checked_next_multiple_of(MAP_STEP).and_then(|size| usize::try_from(size).ok());
    let map_size = map_size.ok_or_else(|| io::Error::other("`store.map_size` is larger than any memory"))?;
    let mut options = EnvOpenOptions::new().read_txn_without_tls();
    options.map_size(map_size).max_readers(READERS).max_dbs(5);
    let flags = if access == Access::Read { EnvFlags::READ_ONLY } else { EnvFlags::empty() };
    // SAFETY: the file must not be changed but through LMDB, and LMDB's locks must hold. The directory is the
    // owner's alone, `place` refuses file systems whose locks do not hold, one claimed process writes, and no flag
    // that turns off locking or syncing is set.
    unsafe { options.flags(flags).open(dir) }
}

const TABLES: [&str; 5] = ["meta", "journal", "histories", "ids", "senders"];

fn create_tables(env: &Env<WithoutTls>) -> heed::Result<Option<[Table; 5]>> {
    let txn: RwTxn<'_> = env.write_txn()?;
    let made = env.create_databases_and_commit(txn, |opener, txn| {
        let mut make = |name| opener.create_database::<Bytes, Bytes>(txn, Some(name));
        let [a, b, c, d, e] = TABLES;
        let tables = [make(a)?, make(b)?, make(c)?, make(d)?, make(e)?];
        Ok::<_, heed::Error>(CommitOrAbort::<_, ()>::Commit(tables))
    })?;
    Ok(made.commit())
}

/// The tables, or none if the environment lacks one.
fn open_tables(env: &Env<WithoutTls>) -> heed::Result<Option<[Table; 5]>> {
    let opened = env.open_databases_and_commit(env.read_txn()?, |opener, txn| {
        let open = |name| opener.open_database::<Bytes, Bytes>(txn, Some(name));
        let [a, b, c, d, e] = TABLES;
        Ok::<_, heed::Error>(match (open(a)?, open(b)?, open(c)?, open(d)?, open(e)?) {
            (Some(a), Some(b), Some(c), Some(d), Some(e)) => CommitOrAbort::Commit([a, b, c, d, e]),
            _ => CommitOrAbort::Abort(()),
        })
    })?;
    Ok(opened.commit())
}
