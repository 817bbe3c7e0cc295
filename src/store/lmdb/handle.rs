//! The store as everybody else has it: the ledger in use, and the threads that write to it.

use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};

use tokio::sync::{oneshot, watch};

use super::{
    Access, Fault, Ledger, Moment,
    current::Current,
    generation::Generation,
    purge::{Desk, Purger, copy_of_now},
    queue::{Job, Queue},
    writer,
};
use crate::{
    config,
    ledger::identity::Identity,
    store::{Appended, OpenError, Progress, Purged, Revision, Store, StoreError, Usage, View, place, place::Claim},
};

/// The store.
pub struct Lmdb {
    pub(super) current: Arc<Current>,
    queue: Arc<Queue>,
    desk: Arc<Desk>,
    progress: watch::Sender<Progress>,
    /// The writer and the purger; none if the store was opened for reading only.
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Given up last: the environment is closed by then.
    _claim: Option<Claim>,
}

impl fmt::Debug for Lmdb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lmdb").field("dir", &self.current.ledger().env.path()).finish_non_exhaustive()
    }
}

/// Opens the store for the one process that writes, and makes it at the first start.
///
/// # Errors
/// [`OpenError`] says why it cannot be opened and what to do.
pub fn open(config: &config::Store, identity: &Identity) -> Result<Lmdb, OpenError> {
    let claim = Claim::new(config)?;
    let dir = &config.data_dir;
    let generation = Generation::to_write(dir)?;
    generation.make(dir)?;
    let ledger = Ledger::open(generation, config, identity, Access::Write)?;
    if Generation::current(dir)?.is_none() {
        generation.make_current(dir)?;
    }
    generation.remove_others(dir)?;
    claim.sync()?;
    let failed = |fault: Fault| OpenError::Engine { dir: dir.clone(), cause: fault.to_string() };
    ledger.replay().map_err(failed)?;
    let progress = watch::Sender::new(ledger.progress().map_err(failed)?);
    let (current, queue, desk) = (Arc::new(Current::new(ledger)), Arc::default(), Arc::default());
    let purger = Purger {
        data_dir: dir.clone(),
        map_size: config.map_size,
        current: Arc::clone(&current),
        desk: Arc::clone(&desk),
    };
    let store = Lmdb { current, queue, desk, progress, threads: Mutex::default(), _claim: Some(claim) };
    let (current, queue, desk) = (Arc::clone(&store.current), Arc::clone(&store.queue), Arc::clone(&store.desk));
    let writer = writer::start(current, queue, desk, store.progress.clone());
    for thread in [writer, purger.start()] {
        let thread = thread.map_err(|error| failed(Fault::Engine(error.into())))?;
        store.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
    }
    Ok(store)
}

/// Whether there is a ledger in the data directory.
#[must_use]
pub fn exists(config: &config::Store) -> bool {
    let current = Generation::current(&config.data_dir).ok().flatten();
    current.is_some_and(|generation| generation.is_there(&config.data_dir))
}

/// Opens the store for reading only, while another process may write. Every append answers [`StoreError::Stopped`].
/// It reads on in the files that it has opened, also when the process that writes has written the ledger anew.
///
/// # Errors
/// [`OpenError`] says why it cannot be opened and what to do.
pub fn open_read_only(config: &config::Store, identity: &Identity) -> Result<Lmdb, OpenError> {
    let ledger = open_current(config, identity)?;
    let failed = |fault: Fault| OpenError::Engine { dir: config.data_dir.clone(), cause: fault.to_string() };
    let progress = watch::Sender::new(ledger.progress().map_err(failed)?);
    let (queue, desk) = (Arc::new(Queue::default()), Arc::new(Desk::default()));
    queue.close();
    desk.close();
    Ok(Lmdb { current: Arc::new(Current::new(ledger)), queue, desk, progress, threads: Mutex::default(), _claim: None })
}

/// Opens the ledger that `CURRENT` names. While that is done another may take its place and this one be deleted: then
/// the other is opened.
fn open_current(config: &config::Store, identity: &Identity) -> Result<Ledger, OpenError> {
    let dir = &config.data_dir;
    let named = || Generation::current(dir)?.ok_or_else(|| OpenError::NoLedger { dir: dir.clone() });
    let mut generation = named()?;
    place::check(config)?;
    loop {
        let opened = Ledger::open(generation, config, identity, Access::Read);
        let now = named()?;
        if opened.is_ok() || now == generation {
            return opened;
        }
        generation = now;
    }
}

/// Writes a copy of the ledger, as it stands now, into a directory that has none, while another process may write. It
/// tells the copy's last revision. The copy is written anew, so it holds nothing of what was erased before.
///
/// # Errors
/// [`OpenError`] says why the ledger cannot be opened or the copy not be written.
pub fn write_copy(config: &config::Store, identity: &Identity, dir: &Path) -> Result<Revision, OpenError> {
    let failed = |fault: Fault| match fault {
        Fault::Files(error) => error,
        fault @ (Fault::Engine(_) | Fault::Damaged(_) | Fault::Stopped) => {
            OpenError::Engine { dir: dir.to_owned(), cause: fault.to_string() }
        }
    };
    let from = open_current(config, identity)?;
    let first = Generation::FIRST;
    first.make(dir)?;
    let size = from.env.info().map_size as u64;
    let write = || {
        let missing = || Fault::Damaged("the copy has no tables".into());
        let to = Ledger::at(first, dir, size, Access::Write)?.ok_or_else(missing)?;
        copy_of_now(&from, &to, &|| true)?;
        let txn = to.env.read_txn()?;
        Ok(to.journal.head(&txn)?)
    };
    let head = write().map_err(failed)?;
    first.remove_locks(dir)?;
    first.make_current(dir)?;
    Ok(head)
}

impl Store for Lmdb {
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        let ledger = self.current.ledger();
        Ok(Box::new(Moment { txn: ledger.env.clone().static_read_txn()?, ledger }))
    }

    fn append(&self, records: Vec<Vec<u8>>) -> oneshot::Receiver<Result<Appended, StoreError>> {
        let (job, answer) = Job::new(records);
        self.queue.push(job);
        answer
    }

    fn progress(&self) -> watch::Receiver<Progress> {
        self.progress.subscribe()
    }

    fn usage(&self) -> Result<Usage, StoreError> {
        Ok(self.current.ledger().usage()?)
    }

    fn purge(&self) -> oneshot::Receiver<Result<Purged, StoreError>> {
        let (answer, answered) = oneshot::channel();
        match self.current.ledger().erasures() {
            Ok(erasures) if erasures.is_pending() => self.desk.wait_for(erasures.last, answer),
            // Whether anybody still listens is theirs to know.
            Ok(erasures) => drop(answer.send(Ok(Purged { erasure: erasures.purged }))),
            Err(error) => drop(answer.send(Err(error.into()))),
        }
        answered
    }

    fn purge_pending(&self) -> Result<bool, StoreError> {
        Ok(self.current.ledger().erasures()?.is_pending())
    }

    fn close(&self) {
        self.queue.close();
        self.desk.close();
        // Held while waiting, so that a second caller does not return before the threads have ended.
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the store had panicked");
            }
        }
    }
}

impl Drop for Lmdb {
    fn drop(&mut self) {
        self.close();
    }
}
