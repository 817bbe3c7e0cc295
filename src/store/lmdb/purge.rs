//! Purging: after an erasure the ledger is written anew, so that no file holds what was erased.
//!
//! One thread does it, beside the writer: it copies the ledger as it stood at one moment into a new generation, appends
//! what was recorded meanwhile, and takes the writer's turn only for the last of that and to put the new one in place.
//! What must be purged stands in the ledger itself (`purge`, the last erasure, and `purged`, the last that the files
//! take account of), so a purge that a crash or a full disk cut short is made up for.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{Builder, JoinHandle},
    time::Duration,
};

use heed::RoTxn;
use tokio::sync::oneshot;

use super::{Access, Fault, Ledger, copy, current::Current, generation::Generation, projection::PURGE};
use crate::store::{Purged, Revision, StoreError};

/// When a purge that failed is tried again: the disk may have room by then.
const RETRY: Duration = Duration::from_secs(60);

/// How often the copy catches up with the original before it takes the writer's turn for the rest.
const ROUNDS: usize = 8;

/// So few records are left for the writer's turn.
const FEW: u64 = 100;

/// In `meta`: the last erasure that the files take account of, and the hash of the chain there, which shows that this
/// is as it was written.
const PURGED: &[u8] = b"purged";

/// All that `meta` may hold.
const META: [&[u8]; 5] = [b"format", b"key", b"applied", PURGE, PURGED];

/// How far the files take account of erasures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Erasures {
    /// The last one.
    pub(super) last: Revision,
    /// The last one that no file knows the payload of.
    pub(super) purged: Revision,
}

impl Erasures {
    /// Of a ledger, at one moment.
    pub(super) fn of(ledger: &Ledger, txn: &RoTxn<'_>) -> heed::Result<Self> {
        let purged = ledger.projection.meta.get(txn, PURGED)?.and_then(|bytes| bytes.first_chunk());
        let purged = Revision(purged.map_or(0, |bytes| u64::from_be_bytes(*bytes)));
        Ok(Self { last: ledger.projection.purge(txn)?, purged })
    }

    /// Whether a file may still hold what was erased.
    pub(super) fn is_pending(self) -> bool {
        self.last > self.purged
    }
}

impl Ledger {
    /// How far the files take account of erasures now.
    pub(super) fn erasures(&self) -> heed::Result<Erasures> {
        let txn = self.env.read_txn()?;
        Erasures::of(self, &txn)
    }

    /// Makes sure that `meta` holds nothing but what was written to it, as far as that is not for the audit to see.
    pub(super) fn check_meta(&self) -> Result<(), Fault> {
        let txn = self.env.read_txn()?;
        let meta = self.projection.meta;
        let mut known = 0;
        for key in META {
            known += u64::from(meta.get(&txn, key)?.is_some());
        }
        if meta.len(&txn)? != known {
            return Err(Fault::Damaged("it holds settings that this program does not know".into()));
        }
        let Erasures { last, purged } = Erasures::of(self, &txn)?;
        let written = self.journal.chain(&txn, purged)?.map(|chain| noted(purged, &chain));
        let is_sound = meta.get(&txn, PURGED)?.is_none_or(|found| written.is_some_and(|written| written == found));
        let damaged = || Fault::Damaged("what it says of its last purge is not what was written".into());
        if is_sound && purged <= last { Ok(()) } else { Err(damaged()) }
    }
}

/// Where purges are asked for and told of.
#[derive(Debug, Default)]
pub(super) struct Desk {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    asked: bool,
    closed: bool,
    /// The last erasure that was told of.
    told: Revision,
    waiting: Vec<Waiting>,
}

/// Who waits until the files take account of an erasure.
#[derive(Debug)]
struct Waiting {
    erasure: Revision,
    answer: oneshot::Sender<Result<Purged, StoreError>>,
}

impl Desk {
    /// Tells of an erasure, as often as anybody likes: it is taken up once, and a purge that failed waits for its time.
    pub(super) fn tell(&self, erasure: Revision) {
        let mut state = self.lock();
        if state.told < erasure {
            (state.told, state.asked) = (erasure, true);
            self.changed.notify_one();
        }
    }

    /// Lets somebody wait for an erasure.
    pub(super) fn wait_for(&self, erasure: Revision, answer: oneshot::Sender<Result<Purged, StoreError>>) {
        let mut state = self.lock();
        if state.closed {
            // Whether anybody still listens is theirs to know.
            let _ = answer.send(Err(StoreError::Stopped));
            return;
        }
        state.waiting.push(Waiting { erasure, answer });
        state.asked = true;
        self.changed.notify_one();
    }

    /// Ends the purger at its next step, and tells those who wait.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.waiting.drain(..).for_each(|waiting| drop(waiting.answer.send(Err(StoreError::Stopped))));
        self.changed.notify_all();
    }

    fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Waits until somebody asks, or for so long. False: there is nothing to wait for any more.
    fn wait(&self, at_most: Option<Duration>) -> bool {
        let state = self.lock();
        let idle = |state: &mut State| !state.asked && !state.closed;
        let mut state = match at_most {
            Some(time) => {
                let waited = self.changed.wait_timeout_while(state, time, idle);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
            None => self.changed.wait_while(state, idle).unwrap_or_else(PoisonError::into_inner),
        };
        state.asked = false;
        !state.closed
    }

    /// Answers those who wait for an erasure up to this one.
    fn answer(&self, up_to: Revision, told: impl Fn() -> Result<Purged, StoreError>) {
        let mut state = self.lock();
        let done = |waiting: &mut Waiting| waiting.erasure <= up_to;
        state.waiting.extract_if(.., done).for_each(|waiting| drop(waiting.answer.send(told())));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the thread works with.
pub(super) struct Purger {
    /// The data directory.
    pub(super) data_dir: PathBuf,
    /// Bytes that the store may grow to.
    pub(super) map_size: u64,
    /// The ledger in use.
    pub(super) current: Arc<Current>,
    /// Where purges are asked for.
    pub(super) desk: Arc<Desk>,
}

impl Purger {
    /// Starts the thread, which looks at once whether an earlier process has left something to purge. It ends when the
    /// desk is closed.
    pub(super) fn start(self) -> io::Result<JoinHandle<()>> {
        self.desk.lock().asked = true;
        Builder::new().name("store-purger".into()).spawn(move || self.serve())
    }

    fn serve(&self) {
        /// However the thread ends, nobody is left waiting.
        struct LastOne<'d>(&'d Desk);
        impl Drop for LastOne<'_> {
            fn drop(&mut self) {
                self.0.close();
            }
        }
        let last_one = LastOne(&self.desk);
        let mut retry = None;
        while last_one.0.wait(retry) {
            retry = match self.purge() {
                Ok(()) => None,
                Err(Fault::Stopped) => break,
                Err(fault) => {
                    let seconds = RETRY.as_secs();
                    tracing::error!(%fault, "what was erased is still in the ledger's files: trying again in {seconds} s");
                    let told = fault.to_string();
                    self.desk.answer(Revision(u64::MAX), || Err(StoreError::Engine(told.clone())));
                    Some(RETRY)
                }
            };
        }
    }

    /// Writes the ledger anew until no erasure is left to take account of. If that fails, the ledger stays as it is.
    fn purge(&self) -> Result<(), Fault> {
        loop {
            let ledger = self.current.ledger();
            // The one before, or a part of one. Views that are under way read on: the disk gets the room back when the
            // last of them ends.
            ledger.generation.remove_others(&self.data_dir)?;
            let Erasures { last, purged } = ledger.erasures()?;
            self.desk.answer(purged, || Ok(Purged { erasure: purged }));
            if last <= purged {
                return Ok(());
            }
            let next = ledger.generation.next();
            if let Err(fault) = self.write(&ledger, next) {
                // What cannot be deleted now is deleted before it is tried again.
                drop(next.remove(&self.data_dir));
                return Err(fault);
            }
        }
    }

    fn write(&self, old: &Ledger, next: Generation) -> Result<(), Fault> {
        next.make(&self.data_dir)?;
        let missing = || Fault::Damaged("the new ledger has no tables".into());
        let new = Ledger::at(next, &self.data_dir, self.map_size, Access::Write)?.ok_or_else(missing)?;
        let account = copy_of_now(old, &new, &|| !self.desk.is_closed())?;
        for _ in 0..ROUNDS {
            if copy::catch_up(old, &new)? <= FEW {
                break;
            }
        }
        let turn = self.current.turn();
        while copy::catch_up(old, &new)? > 0 {}
        copy::compare(old, &new)?;
        next.make_current(&self.data_dir)?;
        turn.replace(new);
        tracing::info!(generation = next.to_string(), erasure = %account, "the ledger was written anew without what was erased");
        Ok(())
    }
}

/// Copies a ledger as it stands now into a new one, which then says of which erasure it takes account: that is told.
pub(super) fn copy_of_now(from: &Ledger, to: &Ledger, go_on: &dyn Fn() -> bool) -> Result<Revision, Fault> {
    let moment = from.env.read_txn()?;
    copy::copy(from, &moment, to, go_on)?;
    let Erasures { last, purged } = Erasures::of(from, &moment)?;
    if last > purged {
        let mut txn = to.env.write_txn()?;
        let lacks = || Fault::Damaged(format!("its journal lacks {last}"));
        let chain = to.journal.chain(&txn, last)?.ok_or_else(lacks)?;
        to.projection.meta.put(&mut txn, PURGED, &noted(last, &chain))?;
        txn.commit()?;
    }
    Ok(last)
}

/// How it is noted that the files take account of an erasure.
fn noted(erasure: Revision, chain: &[u8; 32]) -> Vec<u8> {
    [erasure.0.to_be_bytes().as_slice(), chain].concat()
}

#[cfg(test)]
mod tests;
