//! What the log, its callers and its flusher share, and how a caller waits.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

use super::{CampaignDraft, Counters, Draft, LogError, folder::Folder, writer::Writer};
use crate::config::{self, Flush, OnFull};

/// How far the log is on disk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Durable {
    /// What was appended up to this time is: so often had anything been appended.
    pub(super) appended: u64,
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
        let durable = watch::Sender::new(Durable { appended: 0, ended: false });
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
        let many = drafts.len() as u64;
        let append = |writer: &mut Writer| match self.config.on_full {
            OnFull::Drop => writer.append_what_fits(drafts),
            OnFull::FailClosed | OnFull::Block => writer.append(drafts),
        };
        let kept = self.keep_by(append, many, patience).await;
        let mut counters = self.counters();
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

    /// Keeps a campaign in the same way. It is no decision, and is not counted.
    pub(super) async fn keep_campaign(&self, campaign: &CampaignDraft, patience: Duration) -> Result<usize, LogError> {
        self.keep_by(|writer| writer.append_campaign(campaign), 0, patience).await
    }

    async fn keep_by(
        &self,
        append: impl Fn(&mut Writer) -> Result<usize, LogError>,
        waiting: u64,
        patience: Duration,
    ) -> Result<usize, LogError> {
        let appended = match self.append(&append) {
            Err(LogError::Full { .. }) if self.config.on_full == OnFull::Block => {
                self.counters().blocked += waiting;
                self.wait_for_room(&append, patience).await
            }
            outcome => outcome,
        };
        let kept = match (appended, self.config.flush) {
            (Ok((kept, appended)), Flush::EachAnswer) if kept > 0 => self.wait_for_disk(appended).await.map(|()| kept),
            (Ok((kept, _)), _) => Ok(kept),
            (Err(error), _) => Err(error),
        };
        match kept {
            Err(LogError::Full { .. } | LogError::File { .. }) if self.config.on_full == OnFull::Drop => Ok(0),
            kept => kept,
        }
    }

    /// Appends something, and tells of how much, and how often anything was appended.
    fn append(&self, append: impl Fn(&mut Writer) -> Result<usize, LogError>) -> Result<(usize, u64), LogError> {
        let mut writer = self.writer();
        let (known, troubled) = (writer.work.urgent, writer.is_troubled());
        let appended = append(&mut writer).map(|kept| (kept, writer.appended));
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

    async fn wait_for_room(
        &self,
        append: impl Fn(&mut Writer) -> Result<usize, LogError>,
        patience: Duration,
    ) -> Result<(usize, u64), LogError> {
        let try_again = async {
            loop {
                // Before the attempt, so that room that is made after it is not missed.
                let mut room = self.room.subscribe();
                match self.append(&append) {
                    Err(LogError::Full { .. }) => drop(room.changed().await),
                    outcome => return outcome,
                }
            }
        };
        let waited = tokio::time::timeout(patience, try_again).await;
        waited.unwrap_or_else(|_| Err(self.writer().full()))
    }

    /// Waits until all that was appended up to a time is on disk.
    async fn wait_for_disk(&self, appended: u64) -> Result<(), LogError> {
        let mut durable = self.durable.subscribe();
        let reached = durable.wait_for(|durable| durable.appended >= appended || durable.ended).await;
        match reached {
            Ok(durable) if durable.appended >= appended => Ok(()),
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
