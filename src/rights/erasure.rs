//! Erasure (UK GDPR Art 17): what identifies and evidences goes, the promise not to write again stays.
//!
//! An erasure is planned on what the ledger holds at one moment, and the plan is carried out in two steps: the decisions
//! about the person lose their link ([`crate::decisions::DecisionLog::unlink`]), then the plan's records are appended, all
//! or none. Whoever is stopped between the two asks again and gets the same; an erasure that is acknowledged is whole.
//!
//! An erasure never turns a deny into an allow. What the person had said goes too, so the suppression that stays is an
//! objection to all marketing, and counts whatever time is asked about.

mod held;
mod told;

use jiff::Timestamp;

use self::held::Held;
pub use self::told::{ErasedKind, Kept, KeptFact, Told};
use crate::{
    clock,
    ledger::{
        event::{EventKind, Happening, Text},
        happening::ErasureRequested,
        identity::{Identity, Normalised, RecipientKey},
        record::{
            self, RecordError,
            erasure::{Notice, Why},
        },
    },
    store::{Revision, StoreError, View},
};

/// What the notice in the journal cites.
const PROVISION: &str = "UK GDPR Art 17(1)";

/// Who is to be forgotten by whom.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The sender, by the id of its profile.
    pub sender: &'a str,
    /// Every contact detail that is known of the person.
    pub details: &'a [Normalised],
    /// The sender's own reference of the person's request.
    pub reference: Option<&'a Text>,
    /// The present moment.
    pub now: Timestamp,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The records of one append; none: there is nothing to do.
    pub records: Vec<Vec<u8>>,
    /// What is erased, in the order of the journal.
    pub erased: Vec<ErasedRecord>,
    /// What stays.
    pub kept: Vec<Kept>,
    /// The person's keys with the sender: those of the details named, and those that events were recorded with besides.
    pub keys: Vec<RecipientKey>,
}

/// A record that is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErasedRecord {
    /// Where it stands.
    pub revision: Revision,
    /// What kind of event it is.
    pub kind: EventKind,
    /// When that happened.
    pub occurred_at: Timestamp,
}

/// Why an erasure cannot be planned.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record of the erasure cannot be written.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// Plans the erasure of all that a sender holds of a person.
///
/// Of somebody of whom nothing is held, the suppression alone is planned; where that stands already, nothing.
///
/// # Errors
/// [`ErasureError`], if the ledger cannot be read or the machine gives no random bytes.
pub fn plan(view: &dyn View, identity: &Identity, request: &Request<'_>) -> Result<Plan, ErasureError> {
    let held = Held::of(view, identity, request)?;
    let suppress = if held.erased.is_empty() { &held.unsuppressed } else { &held.keys };
    let mut records = Vec::new();
    if !suppress.is_empty() {
        let happening = Happening::ErasureRequested(ErasureRequested { reference: request.reference.cloned() });
        let event = held::bare("erasure", request, request.now, happening);
        records.push(record::with_keys(&event, suppress.iter().copied().collect(), identity, request.now)?);
    }
    for (objection, keys) in &held.of_companies {
        let happening = objection.happening.clone();
        let event = held::bare("company-objection", request, objection.occurred_at, happening);
        records.push(record::with_keys(&event, keys.clone(), identity, request.now)?);
    }
    if !held.erased.is_empty() {
        let notice = Notice::new(Why::Erasure, PROVISION, held.erased.iter().map(|erased| erased.revision.0));
        records.push(record::of_erasure(&notice, identity, request.now)?);
    }
    let kept = Kept::of(&held);
    Ok(Plan { records, kept, keys: held.keys.into_iter().collect(), erased: held.erased })
}

/// A new id for what an erasure records: it tells nothing but that moment.
fn new_id(what: &str, now: Timestamp) -> String {
    format!("{what}-{}", clock::new_id(now))
}

#[cfg(test)]
mod tests;
