//! The use case: a send request and the ledger become facts, and the facts a decision.
//!
//! [`request`] and [`answer`] are the two ends as callers see them. In between, `content` reads the message, `parties`
//! finds out who answers for it, `gather` reads the person's histories, and `explain` puts the decision into words.
//! [`dossier`] is what the decision log keeps of it.

pub mod answer;
pub mod campaign;
mod consulted;
mod content;
mod detail;
pub mod dossier;
mod draft;
mod explain;
mod gather;
mod house;
mod kind;
pub mod logged;
pub mod marked;
mod memory;
pub mod message_sentences;
mod parties;
mod posed;
pub mod raw_message;
pub mod replay;
pub mod request;
pub mod sentences;
mod told;
mod weigh;

use std::time::Instant;

use jiff::{Timestamp, civil::Date};

use self::{
    answer::Answer,
    dossier::Sources,
    parties::Parties,
    request::{AsOf, SendRequest},
};
pub use self::{
    memory::Memory,
    told::{Told, Written},
};
use crate::{
    clock,
    decisions::{Book, BookRule, Draft},
    ledger::{
        accept,
        history::Standing,
        house_rules::Refusal,
        identity::{DetailError, Identity},
    },
    message::Reading,
    rules::{self, in_force::COVERED_FROM},
    store::{Revision, StoreError, View},
    terms::{channel::Channel, london::end_in_london},
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

/// Which request is answered, for the decision log.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its id.
    pub request_id: Option<&'a str>,
    /// The trace that it belongs to (W3C Trace Context): 32 hexadecimal digits.
    pub trace_id: Option<&'a str>,
    /// When it arrived.
    pub began: Instant,
}

impl Asked<'_> {
    /// A request that nobody made, just now.
    fn by_nobody() -> Self {
        Self { request_id: None, trace_id: None, began: Instant::now() }
    }

    /// Microseconds since it arrived.
    fn took_us(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

/// Why a request could not be decided. None of these is a decision, and none of them may be taken for an allow.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
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
    /// An inline profile has house rules that cannot be kept to.
    #[error("a house rule of this profile cannot be kept to")]
    HouseRulesRefused {
        /// Where the profile stands in the request, as a JSON pointer.
        pointer: &'static str,
        /// What is wrong with them; each pointer is one into the profile.
        refusals: Vec<Refusal>,
    },
    /// A given event concerns a sender that is no party to the message.
    #[error("this event concerns a sender that is neither the sender nor the instigator of the message")]
    GivenForAnother {
        /// Where in the request, as a JSON pointer.
        pointer: String,
    },
    /// A given event is one that an erasure alone leaves behind.
    #[error("{}", accept::ONLY_BY_ERASURE)]
    GivenErasure {
        /// Where in the request, as a JSON pointer.
        pointer: String,
    },
    /// A contact detail reaches nobody.
    #[error("{error}")]
    Detail {
        /// Where in the request, as a JSON pointer.
        pointer: String,
        /// What is wrong with it.
        error: DetailError,
    },
    /// A text that is kept holds a contact detail.
    #[error("this text is kept, and it holds one of the person's contact details: leave it out")]
    DetailInText {
        /// Where in the request, as a JSON pointer.
        pointer: &'static str,
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
    weigh::decided(request, view, context, None, |weighed| weighed.answer(context.full))
}

/// The same, with what the decision log is to keep of it.
///
/// # Errors
/// [`CheckError`], when there is no decision: then there is nothing to keep either.
pub fn check_on_record(
    request: &SendRequest,
    view: &dyn View,
    context: Context<'_>,
    asked: Asked<'_>,
) -> Result<(Answer, Draft), CheckError> {
    weigh::decided(request, view, context, None, |weighed| weighed.answer_on_record(context.full, asked))
}

/// The same, with the answer as it is written: what the rules make of people of one kind is remembered.
///
/// # Errors
/// [`CheckError`], when there is no decision: then there is nothing to keep either.
pub fn check_in_writing(
    request: &SendRequest,
    view: &dyn View,
    context: Context<'_>,
    asked: Asked<'_>,
    memory: &Memory,
) -> Result<(Told, Draft), CheckError> {
    weigh::decided(request, view, context, Some(&memory.profiles), |weighed| {
        weighed.written(context.full, asked, memory)
    })
}

/// Whether the message may be sent: the bare verdict, without the words and without the search for what would turn it.
///
/// # Errors
/// [`CheckError`], when there is no decision.
pub fn allows(request: &SendRequest, view: &dyn View, context: Context<'_>) -> Result<bool, CheckError> {
    weigh::decided(request, view, context, None, |weighed| weighed.decision().allow)
}

/// The rules of this program, as the decision log names them.
#[must_use]
pub fn book() -> Book {
    let rule = |rule: &&rules::Rule| BookRule {
        id: rule.id.to_owned(),
        from: rule.in_force.from,
        limbs: rule.limbs.iter().map(|limb| limb.id.to_owned()).collect(),
    };
    Book { rulebook: rules::RULEBOOK.to_owned(), rules: rules::ALL.iter().map(rule).collect() }
}

/// What a decision rests on besides its facts.
#[derive(Clone, Copy)]
struct RestsOn<'d, 'a> {
    /// When it was made.
    now: Timestamp,
    /// It is about the present.
    live: bool,
    /// Where facts of the person come from.
    sources: Sources<'a>,
    /// What is on record, and what was given.
    standing: &'d Standing<'a>,
    /// The parties to the message.
    parties: &'d Parties,
    /// What reading the message gave, where any of it was given.
    reading: Option<&'d Reading>,
    /// How far the ledger has come.
    revision: Revision,
}

/// The moment that is asked about.
#[derive(Clone, Copy, Debug)]
struct When {
    /// Up to which facts count.
    at: Timestamp,
    /// The day in London whose law applies.
    day: Date,
    /// It is the present.
    live: bool,
    /// The time of day is known: a day in the past has none.
    is_timed: bool,
}

impl When {
    fn of(as_of: Option<AsOf>, now: Timestamp) -> Result<Self, CheckError> {
        let today = clock::day_in_london(now);
        let (at, day, live) = match as_of {
            None => (now, today, true),
            Some(AsOf::Day(day)) if day == today => (now, today, true),
            Some(AsOf::Day(day)) => (end_in_london(day).unwrap_or(Timestamp::MAX), day, false),
            // Whoever asks about this very minute asks about now, by a clock that may be a little off.
            Some(AsOf::Moment(at)) if (at.as_second() - now.as_second()).abs() < 60 => (now, today, true),
            Some(AsOf::Moment(at)) => (at, clock::day_in_london(at), false),
        };
        if day < COVERED_FROM {
            Err(CheckError::DateNotCovered { from: COVERED_FROM })
        } else if at > now {
            Err(CheckError::DateInFuture)
        } else {
            Ok(Self { at, day, live, is_timed: live || matches!(as_of, Some(AsOf::Moment(_))) })
        }
    }
}
