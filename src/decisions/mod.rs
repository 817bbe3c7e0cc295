//! The decision log: every decision of the service, kept so that it can be shown, searched, decided again and verified.
//!
//! A decision is written once and never changed, but for its link to the person: erasing that leaves the rest whole.
//! What a decision rests on is the business of [`crate::check`], which makes the `body` and reads it back; here it is
//! bytes.

//!
//! On disk it is a folder of segments, each with an index beside it once it is full: `segment` and `record` have the
//! format, `walk` reads it past what is damaged, `index` and `sidecar` find what is in it. `compose` makes records of
//! drafts, `writer` appends them in the caller's own thread, `room` begins segments and deletes old ones, `shared` has how a caller waits, `flush` the one
//! thread that waits for the disk, `opening` finds the end after a crash. `reader`, `search`, `verify` and `unlink` are
//! the questions.

mod active;
mod compose;
mod draft;
mod flush;
mod folder;
mod index;
mod log;
mod opening;
mod query;
mod reader;
mod record;
mod room;
mod search;
mod segment;
mod shared;
mod sidecar;
#[cfg(test)]
mod tests;
mod trouble;
mod unlink;
mod verify;
mod walk;
mod writer;

pub use self::{
    draft::{Belonging, Book, BookRule, CampaignDraft, Draft, Kept, KeptCampaign, Keys, Rules},
    log::{DecisionLog, State},
    opening::Opened,
    query::{Cursor, Page, Query},
    verify::{LogFault, Verified},
};

use std::{io, path::PathBuf};

use uuid::Uuid;

/// What became of a decision that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is in the log: past any crash of the process, and, where each answer is flushed, on disk.
    Logged,
    /// The log is full and drops what does not fit, as it was told to.
    Dropped,
}

/// How the log stands, counted since the process started. `decided` is always `logged + dropped`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Decisions that were answered.
    pub decided: u64,
    /// Of these, kept.
    pub logged: u64,
    /// Of these, not kept, since the log was full (`on_full = "drop"`).
    pub dropped: u64,
    /// Decisions that waited for room (`on_full = "block"`), whatever became of them.
    pub blocked: u64,
    /// Decisions that were refused for want of room, or since a file could not be written: none of them was answered.
    pub refused: u64,
}

/// How much room the log has used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Bytes in use, those that the segment being written has been given counted.
    pub used: u64,
    /// Bytes it may take up.
    pub size: u64,
    /// The disk has no more room, whatever the log may take up.
    pub disk_full: bool,
}

/// The end of the log's chain: what a checkpoint signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many decisions were kept before it, those that have outlived their time counted.
    pub decisions: u64,
    /// The hash over all of them, in their order.
    pub hash: [u8; 32],
}

/// What can go wrong with the log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// There is no room: the size that the configuration gives is used up, or the disk is full. No decision may be
    /// answered.
    #[error("the decision log is full: {used} of {size} bytes are used, or the disk has no more room")]
    Full {
        /// Bytes in use.
        used: u64,
        /// Bytes it may take up.
        size: u64,
    },
    /// A segment cannot be read where it should be whole.
    #[error("the decision log is damaged: {0}")]
    Damaged(String),
    /// The log is closed, or was opened for reading only.
    #[error("the decision log is closed")]
    Closed,
    /// A cursor that no answer gave out.
    #[error("this is no cursor: pass one on as an earlier page gave it")]
    NotACursor,
    /// A file cannot be made, read or written.
    #[error("cannot {verb} `{}`: {cause}", path.display())]
    File {
        /// What was tried.
        verb: &'static str,
        /// With what.
        path: PathBuf,
        /// Why it failed.
        cause: io::Error,
    },
}

/// The id of a decision, as answers give it (UUIDv7).
pub type DecisionId = Uuid;
