//! The use case: a send request and the ledger become facts, and the facts a decision.

pub mod answer;
pub mod request;
pub mod sentences;

use jiff::{Timestamp, civil::Date};

use self::{answer::Answer, request::SendRequest};
use crate::{
    ledger::identity::{DetailError, Identity},
    store::{Revision, StoreError, View},
    terms::channel::Channel,
};

/// What a check rests on besides the request.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The installation's key.
    pub identity: &'a Identity,
    /// The present moment.
    pub now: Timestamp,
    /// Whether to tell every rule's outcome and every fact.
    pub full: bool,
}

/// Why a request could not be decided. None of these is a decision, and none of them may be taken for an allow.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The rules for this channel are not written up.
    #[error("channel `{0}` is not covered by the rulebook yet")]
    ChannelNotCovered(Channel),
    /// The law of that day is not written up.
    #[error("the rulebook covers the law from {from} on; `as_of` is before that")]
    DateNotCovered {
        /// The first day covered.
        from: Date,
    },
    /// Nobody knows the facts of that day yet.
    #[error("`as_of` lies in the future")]
    DateInFuture,
    /// No profile of that id.
    #[error("no sender is registered under this id")]
    UnknownSender {
        /// Where in the request, as a JSON pointer.
        pointer: &'static str,
        /// A registered id that looks like it.
        did_you_mean: Option<String>,
    },
    /// An inline profile of a sender that is registered: what is on record would be overlooked.
    #[error("this sender is registered: name it by its id `{id}`, so that what is on record is heeded")]
    SenderIsRegistered {
        /// Where in the request, as a JSON pointer.
        pointer: &'static str,
        /// Its id.
        id: String,
    },
    /// A contact detail reaches nobody.
    #[error("{error}")]
    Detail {
        /// Where in the request, as a JSON pointer.
        pointer: String,
        /// What is wrong with it.
        error: DetailError,
    },
    /// The channel needs a contact detail that is not there.
    #[error("channel `{channel}` reaches a person by a contact detail that the request does not give")]
    NoDetailForChannel {
        /// The channel.
        channel: Channel,
        /// The detail that it needs, as a JSON pointer.
        pointer: &'static str,
    },
    /// `at_least` is no revision.
    #[error("`at_least` is no revision: pass one on as an earlier answer gave it")]
    NotARevision,
    /// The ledger has not come as far as `at_least` asks.
    #[error("the ledger is at revision {applied}, before the one that `at_least` asks for")]
    Stale {
        /// How far it has come.
        applied: Revision,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides one send request against what the store holds.
///
/// # Errors
/// [`CheckError`], when there is no decision.
pub fn check(request: &SendRequest, view: &dyn View, context: Context<'_>) -> Result<Answer, CheckError> {
    let _ = (view, context);
    Err(CheckError::ChannelNotCovered(request.channel))
}
