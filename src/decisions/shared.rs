//! What the log, its callers and its flusher share, and how a caller waits.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

use super::{Counters, Draft, LogError, folder::Folder, writer::Writer};
use crate::config::{self, Flush, OnFull};

/// How far the log is on disk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Durable {
    /// Every decision with a number below this one is.
    pub(super) below: u64,
    /// It will get no further.
    pub(super) ended: bool,
}

/// The log that is written.
pub(super) struct Shared {
    pub(super) folder: Folder,
    config: config::Decisions,
    writer: Mutex<Writer>,
    /// There is work for the flusher.
    pub(super) work: Condvar,
    /// Held while a segment that is full gets another index, so that no two do that at once.
    pub(super) upkeep: Mutex<()>,
    counters: Mutex<Counters>,
    /// How far the log is on disk.
    pub(super) durable: watch::Sender<Durable>,
    /// Room was made, or will never be.
    pub(super) room: watch::Sender<()>,
}

impl Shared {
    pub(super) fn new(folder: Folder, config: config::Decisions, writer: Writer) -> Self {
        let durable = watch::Sender::new(Durable { below: 0, ended: false });
        Self {
            folder,
            config,
            writer: Mutex::new(writer),
            work: Condvar::new(),
            upkeep: Mutex::default(),
            counters: Mutex::default(),
            durable,
            room: watch::Sender::new(()),
        }
    }

    /// Keeps decisions as the configuration wants it, counts what became of them, and tells how many were kept: all of
    /// them, unless the log drops what does not fit.
    pub(super) async fn keep(&self, drafts: &[Draft], patience: Duration) -> Result<usize, LogError> {
        let (many, drops) = (drafts.len(), self.config.on_full == OnFull::Drop);
        let appended = match self.append(drafts) {
            Err(LogError::Full { .. }) if self.config.on_full == OnFull::Block => {
                self.wait_for_room(drafts, patience).await
            }
            outcome => outcome,
        };
        let kept = match (appended, self.config.flush) {
            (Ok((kept, next)), Flush::EachAnswer) => self.wait_for_disk(next).await.map(|()| kept),
            (Ok((kept, _)), Flush::EachSecond) => Ok(kept),
            (Err(error), _) => Err(error),
        };
        let kept = match kept {
            Err(LogError::Full { .. } | LogError::File { .. }) if drops => Ok(0),
            kept => kept,
        };
        let (many, mut counters) = (many as u64, self.counters());
        match &kept {
            Ok(kept) => {
                let kept = *kept as u64;
                counters.decided += many;
                counters.logged += kept;
                counters.dropped += many - kept;
            }
            Err(LogError::Closed) => {}
            Err(_) => counters.refused += many,
        }
        kept
    }

    /// Appends them, and tells how many and the number of the next.
    fn append(&self, drafts: &[Draft]) -> Result<(usize, u64), LogError> {
        let mut writer = self.writer();
        let (known, troubled) = (writer.work.urgent, writer.is_troubled());
        let appended = match self.config.on_full {
            OnFull::Drop => writer.append_what_fits(drafts),
            OnFull::FailClosed | OnFull::Block => writer.append(drafts),
        };
        writer.work.urgent |= appended.is_ok() && self.config.flush == Flush::EachAnswer;
        // Waking the flusher costs as much as writing does: once is enough.
        if writer.work.urgent && !known {
            self.work.notify_one();
        }
        if troubled && !writer.is_troubled() {
            self.room.send_replace(());
        }
        appended
    }

    async fn wait_for_room(&self, drafts: &[Draft], patience: Duration) -> Result<(usize, u64), LogError> {
        self.counters().blocked += drafts.len() as u64;
        let try_again = async {
            loop {
                // Before the attempt, so that room that is made after it is not missed.
                let mut room = self.room.subscribe();
                match self.append(drafts) {
                    Err(LogError::Full { .. }) => drop(room.changed().await),
                    outcome => return outcome,
                }
            }
        };
        let waited = tokio::time::timeout(patience, try_again).await;
        waited.unwrap_or_else(|_| Err(self.writer().full()))
    }

    /// Waits until every decision with a number below this one is on disk.
    async fn wait_for_disk(&self, next: u64) -> Result<(), LogError> {
        let mut durable = self.durable.subscribe();
        let reached = durable.wait_for(|durable| durable.below >= next || durable.ended).await;
        match reached {
            Ok(durable) if durable.below >= next => Ok(()),
            Ok(_) | Err(_) => Err(self.writer().failure()),
        }
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn counters(&self) -> MutexGuard<'_, Counters> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
