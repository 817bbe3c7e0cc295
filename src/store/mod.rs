//! Where the ledger is kept: an ordered journal, and the histories it is projected into.
//!
//! The two halves are apart on purpose. The *journal* takes records in order (`append`), tells the last revision
//! (`head`) and can be read on from any revision (`tail`); the *projection* takes one record of the journal after the
//! other (`apply`) and answers point reads. A journal kept by a replicated log would leave the projection as it is.
//! The embedded engine commits both in one transaction: [`lmdb`].
//!
//! - [`key_file`]: the secret key beside the ledger.
//! - [`backup`]: the data directory, copied while it is used and put back.
//! - [`audit`]: whether the two halves agree, record by record.
//! - [`empty`]: a ledger that holds nothing, for a check without one.
//! - [`memory`]: a ledger made of a case's own records.

pub mod audit;
pub mod backup;
pub mod empty;
mod erasure;
pub mod key_file;
pub mod lmdb;
pub mod memory;
mod open_error;
mod place;
mod revision;

use std::fmt;

use jiff::Timestamp;
use tokio::sync::{oneshot, watch};

pub use self::{
    open_error::OpenError,
    revision::{NotARevision, Revision},
};
use crate::ledger::{entry, identity::RecipientKey, record::Record};

/// A store of the ledger.
pub trait Store: Send + Sync + fmt::Debug {
    /// Opens one read transaction: everything read through it is of one moment.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError>;

    /// Hands records to the writer, all or none of which will be kept. The receiver learns of it once they are
    /// durable: on disk, past any crash of the process. This never waits for the disk.
    ///
    /// A receiver may be dropped: the records are kept all the same. A sender that was dropped without an answer
    /// means that the writer has stopped.
    fn append(&self, records: Vec<Vec<u8>>) -> oneshot::Receiver<Result<Appended, StoreError>>;

    /// How far the writing has come, and every change of that: for whoever waits for a revision.
    fn progress(&self) -> watch::Receiver<Progress>;

    /// How much room is used.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot tell.
    fn usage(&self) -> Result<Usage, StoreError>;

    /// Waits until no file of the store holds any more what was erased so far. The store sees to that by itself after an
    /// erasure; at once if there is nothing to do.
    ///
    /// The receiver learns of it, or that it failed: then the store tries again by itself. A sender that was dropped
    /// without an answer means that the store has stopped.
    fn purge(&self) -> oneshot::Receiver<Result<Purged, StoreError>>;

    /// Whether a file of the store may still hold what was erased.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn purge_pending(&self) -> Result<bool, StoreError>;

    /// Keeps what was appended so far, then stops the writer: every later append answers [`StoreError::Stopped`].
    /// Reading goes on. This waits for the disk; a second call finds nothing to do.
    fn close(&self);
}

/// What the ledger held at one moment.
pub trait View {
    /// The last revision that the histories take account of.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn applied(&self) -> Result<Revision, StoreError>;

    /// The last revision of the journal.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn head(&self) -> Result<Revision, StoreError>;

    /// A person's history with one sender, as [`crate::ledger::entry::entries`] reads it; empty when there is none.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn history(&self, key: &RecipientKey) -> Result<&[u8], StoreError>;

    /// How many histories there are: one for each sender and each contact detail it knows.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn histories(&self) -> Result<u64, StoreError>;

    /// Where the record stands that is found by an id, as [`crate::ledger::record::Record::id`] gives it; a sender's
    /// profile: where its newest stands.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn find(&self, id: &[u8; 16]) -> Result<Option<Revision>, StoreError> {
        Ok(self.known(id)?.map(|known| known.revision))
    }

    /// The same with what tells the record from another of its id.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn known(&self, id: &[u8; 16]) -> Result<Option<Known>, StoreError>;

    /// How many ids there are by which a record is found.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn ids(&self) -> Result<u64, StoreError>;

    /// A sender's profile as JSON.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn sender(&self, id: &str) -> Result<Option<&[u8]>, StoreError>;

    /// Every sender's id.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn sender_ids(&self) -> Result<Vec<String>, StoreError>;

    /// The last notice that erased records; revision 0 when there is none.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn purge(&self) -> Result<Revision, StoreError>;

    /// The hash of the journal's chain up to and with a revision; of revision 0, where it begins. None for a revision
    /// that the journal does not have.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn chain(&self, revision: Revision) -> Result<Option<[u8; 32]>, StoreError>;

    /// The record at a revision, as [`crate::ledger::record::Record::read`] reads it.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn record(&self, revision: Revision) -> Result<Option<&[u8]>, StoreError>;

    /// Reads the journal on from a revision (that one not among them), in order, until `each` says to stop.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn tail(&self, after: Revision, each: &mut dyn FnMut(Revision, &[u8]) -> Next) -> Result<(), StoreError>;
}

/// What is known of a record by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where the record stands.
    pub revision: Revision,
    /// Its digest, by which the same event is told from another; zeroes once the record is erased.
    pub digest: [u8; 16],
}

impl Known {
    /// Whether a record says what this one does. Of one that was erased nobody can tell any more: whatever comes under
    /// its id is taken for the same, so that nothing that was erased comes back.
    #[must_use]
    pub fn is_same(&self, record: &Record<'_>) -> bool {
        self.digest == *record.digest() || self.digest == [0; 16]
    }
}

/// Whether to read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next record, please.
    Continue,
    /// That is enough.
    Stop,
}

/// How far a store has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The last revision that the histories take account of.
    pub applied: Revision,
    /// When the newest record was taken in, by the clock of that time. A clock that shows less now was set back.
    pub recorded_at: Timestamp,
}

/// What became of the records of one append, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// For each record, where it stands.
    pub records: Vec<Kept>,
    /// The last revision after the append.
    pub head: Revision,
}

/// Where one record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its revision.
    pub revision: Revision,
    /// It was there already: the same event with the same `id`.
    pub already: bool,
}

/// No file of the store holds what was erased up to here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purged {
    /// The last erasure that this takes account of; 0: there was none.
    pub erasure: Revision,
}

/// How much room a store has used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Bytes in use.
    pub used: u64,
    /// Bytes it may grow to.
    pub size: u64,
}

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another event was recorded under the same `id`. Nothing of the append was kept.
    #[error("record {index} of the append has the `id` of another event")]
    Conflict {
        /// Which record of the append, from 0.
        index: usize,
    },
    /// The store has reached the size that the configuration gives it. Nothing of the append was kept.
    #[error("the store is full: {} of {} bytes are used", .0.used, .0.size)]
    Full(Usage),
    /// The disk has no more room. Nothing of the append was kept.
    #[error("the disk is full")]
    DiskFull,
    /// More records wait for the disk than memory should hold. Nothing of the append was kept; try again soon.
    #[error("too many records wait to be written")]
    Busy,
    /// The writer has stopped, or there is none because the store was opened for reading only.
    #[error("the writer has stopped")]
    Stopped,
    /// A record or a history cannot be read.
    #[error("the store holds something that cannot be read: {0}")]
    Damaged(String),
    /// The engine failed.
    #[error("the engine failed: {0}")]
    Engine(String),
}

impl From<entry::Unreadable> for StoreError {
    fn from(error: entry::Unreadable) -> Self {
        Self::Damaged(error.to_string())
    }
}
