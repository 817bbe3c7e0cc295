//! Where the ledger is kept: an ordered journal, and the histories it is projected into.
//!
//! The two halves are apart on purpose. The *journal* takes records in order (`append`), tells the last revision
//! (`head`) and can be read on from any revision (`tail`); the *projection* takes one record of the journal after the
//! other (`apply`) and answers point reads. A journal kept by a replicated log would leave the projection as it is.
//! The embedded engine commits both in one transaction: [`lmdb`].

pub mod empty;
pub mod lmdb;

use std::fmt;

use tokio::sync::oneshot;

use crate::ledger::identity::RecipientKey;

/// A place in the journal. To callers it is an opaque token: one number today, one for each partition later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub u64);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r1-{:x}", self.0)
    }
}

impl std::str::FromStr for Revision {
    type Err = NotARevision;

    fn from_str(token: &str) -> Result<Self, NotARevision> {
        let digits = token.strip_prefix("r1-").ok_or(NotARevision)?;
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !plain { Err(NotARevision) } else { u64::from_str_radix(digits, 16).map(Self).map_err(|_| NotARevision) }
    }
}

/// A text that no answer of this service gave out as a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no revision: pass one on as an earlier answer gave it")]
pub struct NotARevision;

/// A store of the ledger.
pub trait Store: Send + Sync + fmt::Debug {
    /// Opens one read transaction: everything read through it is of one moment.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot read.
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError>;

    /// Hands records to the writer, all or none of which will be kept. The receiver learns of it once they are
    /// durable: on disk, past any crash of the process.
    fn append(&self, records: Vec<Vec<u8>>) -> oneshot::Receiver<Result<Appended, StoreError>>;

    /// How much room is used.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the engine cannot tell.
    fn usage(&self) -> Result<Usage, StoreError>;
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

/// Whether to read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next record, please.
    Continue,
    /// That is enough.
    Stop,
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
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
    /// A record or a history cannot be read.
    #[error("the store holds something that cannot be read: {0}")]
    Damaged(String),
    /// The engine failed.
    #[error("the engine failed: {0}")]
    Engine(String),
}
