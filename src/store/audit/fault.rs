//! What an audit can find.

use crate::{
    ledger::identity::RecipientKey,
    store::{Revision, StoreError},
};

/// The first fault that an audit found: where, and what.
#[derive(Debug, thiserror::Error)]
pub enum AuditFault {
    /// A revision is missing.
    #[error("the journal goes on with {found} where {expected} should be")]
    Gap {
        /// The revision that should have been next.
        expected: Revision,
        /// The one that was.
        found: Revision,
    },
    /// A record is damaged: it cannot be read, or its payload is not the one that its head names.
    #[error("the record at {0} is damaged")]
    Record(Revision),
    /// The chain does not go on: the head of the record is damaged, or the record is another.
    #[error("the chain of the journal breaks at {0}: the record is not the one that was written there")]
    Chain(Revision),
    /// The id of a record is not found where the record stands: it is missing, or the event is there twice.
    #[error("the record at {0} is not the one that is found by its id")]
    Id(Revision),
    /// A payload is gone, and no notice says why.
    #[error("the record at {0} is erased, and no later notice names it")]
    Erased(Revision),
    /// A record that should be gone is there.
    #[error("the notice at {notice} erases {revision}, and it is still there")]
    NotErased {
        /// Where the notice stands.
        notice: Revision,
        /// The record that it names.
        revision: Revision,
    },
    /// It is not on record which erasure was the last, so that what it freed may never be overwritten.
    #[error("the last erasure is at {expected}, and the store has {found}")]
    Purge {
        /// Where the last notice stands.
        expected: Revision,
        /// Where the store says.
        found: Revision,
    },
    /// The projection has not the revision of the journal.
    #[error("the journal is at {head}, the histories are at {applied}")]
    Behind {
        /// The journal's last revision.
        head: Revision,
        /// The projection's.
        applied: Revision,
    },
    /// A history is not what the journal makes of it.
    #[error("the history of {0} differs from the journal")]
    History(RecipientKey),
    /// There are histories of which the journal knows nothing, or too few.
    #[error("there are {found} histories, and the journal makes {expected}")]
    Histories {
        /// How many the journal makes.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// There are ids of which the journal knows nothing, or too few.
    #[error("records are found by {found} ids, and the journal has {expected}")]
    Ids {
        /// How many the journal has.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// A sender's profile is not the newest of the journal, or is not in the journal.
    #[error("the profile of sender `{0}` differs from the journal")]
    Sender(String),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}
