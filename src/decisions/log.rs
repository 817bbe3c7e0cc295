//! The log itself.

use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    Belonging, Book, CampaignDraft, Counters, Draft, Head, Keeping, Kept, KeptCampaign, LogError, LogFault, Opened,
    Page, Query, Usage, Verified, flush, folder::Folder, opening, reader::Reader, room::Limits, segment::Segment,
    shared::Shared, unlink, walk::Scan, writer::START,
};
use crate::{config, ledger::identity::RecipientKey, store::Next};

/// So many records are looked at for one page. A page may be short for it, or empty; the next one goes on.
const LOOKED_AT: u64 = 200_000;

/// The log, open.
pub struct DecisionLog {
    reader: Reader,
    /// Who writes; none, where the log is only read.
    pub(super) shared: Option<Arc<Shared>>,
    flusher: Mutex<Option<JoinHandle<()>>>,
    opened: Opened,
}

impl fmt::Debug for DecisionLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecisionLog").field("folder", &self.reader.folder).finish_non_exhaustive()
    }
}

/// Whether the log takes decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It does.
    Open,
    /// It has no room. It tries again by itself, and goes on once there is some.
    Full,
    /// A file cannot be written or brought to disk. After a failed flush only opening the log again helps.
    Failing,
    /// It is closed, or open for reading only.
    Closed,
}

impl DecisionLog {
    /// Opens the log of a data directory for the one process that writes, and makes it at the first start. The claim on
    /// the data directory, which the store holds, keeps others from writing.
    ///
    /// # Errors
    /// [`LogError`] says what stands in the way. A torn end is cut off and told in the process's own log, never an error.
    pub fn open(data_dir: &Path, config: config::Decisions, book: Book) -> Result<Arc<Self>, LogError> {
        Self::open_within(data_dir, config, Limits::of(&config), &book)
    }

    /// Opens the log with segments of any size.
    pub(super) fn open_within(
        data_dir: &Path,
        config: config::Decisions,
        limits: Limits,
        book: &Book,
    ) -> Result<Arc<Self>, LogError> {
        let folder = Folder::of(data_dir);
        let (writer, opened) = opening::open(folder.clone(), limits, book)?;
        let shared = Arc::new(Shared::new(folder.clone(), config, writer));
        let flusher = flush::start(Arc::clone(&shared)).map_err(LogError::file("start the thread of", data_dir))?;
        let (reader, flusher) = (Reader::new(folder), Mutex::new(Some(flusher)));
        Ok(Arc::new(Self { reader, shared: Some(shared), flusher, opened }))
    }

    /// Opens the log of a data directory for reading, while another process may write. What that has written whole is
    /// found by each question anew.
    ///
    /// # Errors
    /// [`LogError`] says what stands in the way.
    pub fn open_read_only(data_dir: &Path) -> Result<Self, LogError> {
        let reader = Reader::new(Folder::of(data_dir));
        reader.folder.segments()?;
        Ok(Self { reader, shared: None, flusher: Mutex::default(), opened: Opened::default() })
    }

    /// Keeps a decision, before it is answered: this is where `on_full` and `flush` of the configuration take effect.
    /// Waits for room no longer than `patience`.
    ///
    /// # Errors
    /// [`LogError::Full`]: the decision may not be answered. [`LogError::File`], [`LogError::Closed`]: nor then.
    pub async fn keep(&self, draft: Draft, patience: Duration) -> Result<Keeping, LogError> {
        match self.keep_all(std::slice::from_ref(&draft), patience).await? {
            0 => Ok(Keeping::Dropped),
            _ => Ok(Keeping::Logged),
        }
    }

    /// Keeps decisions in their order, as one: all of them or none, and no other stands between them. The same as
    /// [`DecisionLog::keep`] for each, but for what it costs. They come into one segment, so they are not to be more
    /// than a MiB.
    ///
    /// Tells how many were kept: fewer than there are only where the log is full and drops what does not fit; then they
    /// are the first ones.
    ///
    /// # Errors
    /// As [`DecisionLog::keep`]: none of the decisions may be answered.
    pub async fn keep_all(&self, drafts: &[Draft], patience: Duration) -> Result<usize, LogError> {
        match &self.shared {
            Some(shared) => shared.keep(drafts, patience).await,
            None => Err(LogError::Closed),
        }
    }

    /// Keeps a campaign, before the first decision of its batch is answered. `on_full` and `flush` take effect as with a
    /// decision; it is none, and is not counted as one.
    ///
    /// # Errors
    /// As [`DecisionLog::keep`].
    pub async fn keep_campaign(&self, campaign: CampaignDraft, patience: Duration) -> Result<Keeping, LogError> {
        let Some(shared) = &self.shared else { return Err(LogError::Closed) };
        match shared.keep_campaign(&campaign, patience).await? {
            0 => Ok(Keeping::Dropped),
            _ => Ok(Keeping::Logged),
        }
    }

    /// The campaign with that id, and how many decisions of the log belong to it.
    ///
    /// # Errors
    /// [`LogError`], if the log cannot be read.
    pub fn campaign(&self, id: &Uuid) -> Result<Option<(KeptCampaign, Belonging)>, LogError> {
        self.reader.campaign(&self.segments()?, id, LOOKED_AT)
    }

    /// The decision with that id.
    ///
    /// # Errors
    /// [`LogError`], if the log cannot be read.
    pub fn get(&self, id: &Uuid) -> Result<Option<Kept>, LogError> {
        self.reader.get(&self.segments()?, id)
    }

    /// One page of the decisions that meet the query, the newest first.
    ///
    /// Looks at no more than 200,000 decisions; a page that has fewer than asked for, or none, may still have a next.
    ///
    /// # Errors
    /// [`LogError`], if the log cannot be read.
    pub fn search(&self, query: &Query) -> Result<Page, LogError> {
        self.reader.search(&self.segments()?, query, LOOKED_AT)
    }

    /// Goes through the decisions of a time, the oldest first, until told to stop.
    ///
    /// # Errors
    /// [`LogError`], if the log cannot be read.
    pub fn each(
        &self,
        from: Option<Timestamp>,
        until: Option<Timestamp>,
        each: &mut dyn FnMut(&Kept) -> Next,
    ) -> Result<(), LogError> {
        self.reader.each(&self.segments()?, (from, until), each)
    }

    /// Takes the link to these keys from every decision, on disk, and tells of how many. After an error, or a crash, the
    /// same again takes what is left.
    ///
    /// # Errors
    /// [`LogError`], if a segment cannot be written.
    pub fn unlink(&self, keys: &[RecipientKey]) -> Result<u64, LogError> {
        match &self.shared {
            Some(shared) => unlink::unlink(&self.reader, shared, keys),
            None => Err(LogError::Closed),
        }
    }

    /// Goes through the whole log and checks every byte of every file, handing on each decision.
    ///
    /// # Errors
    /// [`LogFault`] says where the first fault is.
    pub fn verify(&self, each: &mut dyn FnMut(&Kept)) -> Result<Verified, LogFault> {
        self.verify_signed(None, each).map(|(verified, _)| verified)
    }

    /// The same, and whether the chain went through a place that was signed: none, if that is not asked, or lies where
    /// the log does not reach.
    ///
    /// # Errors
    /// [`LogFault`] says where the first fault is.
    pub fn verify_signed(
        &self,
        signed: Option<Head>,
        each: &mut dyn FnMut(&Kept),
    ) -> Result<(Verified, Option<bool>), LogFault> {
        self.reader.verify(self.shared.as_deref(), signed, each)
    }

    /// Where its chain ends.
    #[must_use]
    pub fn head(&self) -> Head {
        match &self.shared {
            Some(shared) => shared.writer().head,
            None => self.last_head().ok().flatten().unwrap_or(START),
        }
    }

    /// Where the chain ends that another process writes.
    fn last_head(&self) -> Result<Option<Head>, LogError> {
        for segment in self.reader.folder.segments()?.iter().rev() {
            let bytes = self.reader.folder.read(segment.number)?;
            if let Some(scan) = bytes.and_then(|bytes| Scan::of(&bytes, segment.number)) {
                return Ok(Some(Head { decisions: scan.next, hash: scan.chain }));
            }
        }
        Ok(None)
    }

    /// What it has counted since it was opened.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.shared.as_ref().map_or_else(Counters::default, |shared| *shared.counters())
    }

    /// Whether it takes decisions.
    #[must_use]
    pub fn state(&self) -> State {
        self.shared.as_ref().map_or(State::Closed, |shared| shared.writer().state())
    }

    /// How much room is used. Of a log that is only read, the size that it may take up is not known, and 0.
    #[must_use]
    pub fn usage(&self) -> Usage {
        match &self.shared {
            Some(shared) => shared.writer().usage(),
            None => {
                let segments = self.reader.folder.segments().unwrap_or_default();
                Usage { used: segments.iter().map(|segment| segment.bytes).sum(), size: 0, disk_full: false }
            }
        }
    }

    /// What was found at the end of the log when it was opened.
    #[must_use]
    pub const fn opened(&self) -> Opened {
        self.opened
    }

    /// Brings everything to disk and takes no more. This waits for the disk; a second call finds nothing to do.
    pub fn close(&self) {
        let Some(shared) = &self.shared else { return };
        shared.writer().work.closed = true;
        shared.work.notify_all();
        // Held while waiting, so that a second caller does not return before the flusher has ended.
        let mut flusher = self.flusher.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(_)) = flusher.take().map(JoinHandle::join) {
            tracing::error!("the thread of the decision log had panicked");
        }
    }

    /// Every segment, as it is now.
    fn segments(&self) -> Result<Vec<Segment>, LogError> {
        match &self.shared {
            Some(shared) => Ok(shared.writer().segments.clone()),
            None => self.reader.folder.segments(),
        }
    }
}

impl Drop for DecisionLog {
    fn drop(&mut self) {
        self.close();
    }
}
