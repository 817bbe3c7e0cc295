//! Retention: events that nothing needs any more are erased by age (UK GDPR Art 5(1)(e)).
//!
//! Each kind of record has its own period, in the configuration. What a person has said against marketing has none, and
//! nothing is erased whose loss could turn a deny into an allow: that a request was fulfilled goes only after the
//! request itself.

use std::{
    cell::Cell,
    ops::AddAssign,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::{
    config,
    ledger::{
        entry::{self, Entry, Flag},
        event::EventKind,
        identity::Identity,
        record::{
            self, Record, RecordError,
            erasure::{Notice, Why},
        },
    },
    store::{Next, Revision, Store, StoreError, View},
};

/// What the notices in the journal cite.
const PROVISION: &str = "UK GDPR Art 5(1)(e)";

/// Records that are read in one transaction: one that is held for long keeps pages from being used again.
const PAGE: usize = 10_000;

/// Most records that one notice erases.
const NOTICE: usize = 1_000;

/// How many records were erased, by what they had been needed for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Messages that were sent.
    pub sends: u64,
    /// Requests, and that they were fulfilled.
    pub requests: u64,
    /// Contact details that were handed over.
    pub collections: u64,
    /// Consents.
    pub consents: u64,
}

/// What an event is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// To count what was sent.
    Send,
    /// To show that what is sent was asked for.
    Request,
    /// To show that this was answered.
    Fulfilment,
    /// To rest a soft opt-in on.
    Collection,
    /// To rest a message on.
    Consent,
}

impl AddAssign for Erased {
    fn add_assign(&mut self, other: Self) {
        self.sends += other.sends;
        self.requests += other.requests;
        self.collections += other.collections;
        self.consents += other.consents;
    }
}

/// Why retention could not be applied to all of the ledger.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The store cannot be read, or did not keep a notice.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A notice cannot be written.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// Erases every record that has outlived its time. From time to time `rest` is told how long that took since the last
/// time; it says whether to go on, and may take its time about it.
///
/// # Errors
/// [`RetentionError`]. What was erased until then stays erased.
pub fn apply(
    store: &dyn Store,
    identity: &Identity,
    periods: &config::Retention,
    now: Timestamp,
    rest: &dyn Fn(Duration) -> bool,
) -> Result<Erased, RetentionError> {
    let round = Round { store, identity, periods, now, rest };
    let has_fulfilments = Cell::new(false);
    let mut erased = round.erase(&|_, record| {
        let need = outlived(record, periods, now)?;
        has_fulfilments.set(has_fulfilments.get() || need == Need::Fulfilment);
        Some(need).filter(|need| *need != Need::Fulfilment)
    })?;
    if !has_fulfilments.get() {
        return Ok(erased);
    }
    // A fulfilment goes once its request is gone for good: else a crash in between would leave a request that nothing
    // shows to be answered.
    erased += round.erase(&|view, record| {
        let need = outlived(record, periods, now).filter(|need| *need == Need::Fulfilment);
        need.filter(|_| is_request_erased(view, identity, record).unwrap_or(false))
    })?;
    Ok(erased)
}

/// What a record was needed for, once it is not any more; none: it stays.
#[must_use]
pub fn outlived(record: &Record<'_>, periods: &config::Retention, now: Timestamp) -> Option<Need> {
    let entry = entry::of_record(record.entry).ok()?;
    let (need, days) = period(&entry, periods)?;
    let since = entry.at().max(record.recorded_at());
    let age = now.duration_since(since);
    (days > 0 && age >= SignedDuration::from_hours(i64::from(days) * 24)).then_some(need)
}

/// What an event is needed for and for how many days; none: it has no period, whatever the configuration says.
fn period(entry: &Entry<'_>, periods: &config::Retention) -> Option<(Need, u32)> {
    match entry.kind {
        EventKind::SendMade => Some((Need::Send, periods.sends_days)),
        EventKind::RequestMade => Some((Need::Request, periods.requests_days)),
        EventKind::RequestFulfilled => Some((Need::Fulfilment, periods.requests_days)),
        EventKind::ConsentGiven => Some((Need::Consent, periods.consents_days)),
        // Who refused as the details were handed over has objected.
        EventKind::DetailsCollected if entry.flag(Flag::Refused) == Some(true) => None,
        EventKind::DetailsCollected => Some((Need::Collection, periods.collections_days)),
        EventKind::ConsentWithdrawn
        | EventKind::ObjectionRaised
        | EventKind::DetailsRefused
        | EventKind::CallPermissionGiven
        | EventKind::CallPermissionWithdrawn
        | EventKind::RegisterListed
        | EventKind::RegisterRemoved
        | EventKind::RegisterScreened
        | EventKind::SubscriberIdentified
        | EventKind::ClientRelationshipStarted
        | EventKind::ClientRelationshipEnded
        | EventKind::ContactReassigned
        | EventKind::AgeStated
        | EventKind::ComplaintMade
        | EventKind::RegisterImported
        | EventKind::ErasureRequested => None,
    }
}

/// Whether the request that a fulfilment speaks of has been erased. One that is not on record may still come.
fn is_request_erased(view: &dyn View, identity: &Identity, fulfilment: &Record<'_>) -> Option<bool> {
    #[derive(Deserialize)]
    struct Fulfilment {
        sender: Option<String>,
        request: String,
    }
    let Fulfilment { sender, request } = serde_json::from_slice(fulfilment.body).ok()?;
    let revision = view.find(&identity.event_key(sender.as_deref(), &request)).ok()??;
    Some(Record::read(view.record(revision).ok()??).ok()?.is_erased())
}

/// Says of a record what it was needed for, if it is to be erased.
type Judge<'j> = &'j dyn Fn(&dyn View, &Record<'_>) -> Option<Need>;

/// One way through the journal.
struct Round<'r> {
    store: &'r dyn Store,
    identity: &'r Identity,
    periods: &'r config::Retention,
    now: Timestamp,
    rest: &'r dyn Fn(Duration) -> bool,
}

/// Records that follow each other.
struct Page {
    /// What is to be erased among them.
    due: Vec<(Revision, Need)>,
    /// The last of them.
    until: Revision,
    /// The journal ends with it.
    is_last: bool,
}

impl Round<'_> {
    fn erase(&self, judge: Judge<'_>) -> Result<Erased, RetentionError> {
        let (mut erased, mut last) = (Erased::default(), Revision(0));
        if self.is_idle() {
            return Ok(erased);
        }
        let mut worked = Duration::ZERO;
        while (self.rest)(worked) {
            let began = Instant::now();
            let Page { due, until, is_last } = self.page(last, judge)?;
            for group in due.chunks(NOTICE) {
                self.append(group)?;
                group.iter().for_each(|(_, need)| erased.count(*need));
            }
            if is_last {
                break;
            }
            last = until;
            worked = began.elapsed();
        }
        Ok(erased)
    }

    /// Whether every kind is kept for ever.
    fn is_idle(&self) -> bool {
        let config::Retention { sends_days, requests_days, collections_days, consents_days } = *self.periods;
        [sends_days, requests_days, collections_days, consents_days] == [0; 4]
    }

    fn page(&self, after: Revision, judge: Judge<'_>) -> Result<Page, StoreError> {
        let view = self.store.view()?;
        let (mut due, mut last, mut seen) = (Vec::new(), after, 0);
        view.tail(after, &mut |revision, bytes| {
            // What cannot be read is for the audit to find.
            let record = Record::read(bytes).ok();
            due.extend(record.and_then(|record| judge(&*view, &record)).map(|need| (revision, need)));
            (last, seen) = (revision, seen + 1);
            if seen < PAGE { Next::Continue } else { Next::Stop }
        })?;
        Ok(Page { due, until: last, is_last: seen < PAGE })
    }

    fn append(&self, group: &[(Revision, Need)]) -> Result<(), RetentionError> {
        let notice = Notice::new(Why::Retention, PROVISION, group.iter().map(|(revision, _)| revision.0));
        let record = record::of_erasure(&notice, self.identity, self.now)?;
        self.store.append(vec![record]).blocking_recv().unwrap_or(Err(StoreError::Stopped))?;
        Ok(())
    }
}

impl Erased {
    const fn count(&mut self, need: Need) {
        let counted = match need {
            Need::Send => &mut self.sends,
            Need::Request | Need::Fulfilment => &mut self.requests,
            Need::Collection => &mut self.collections,
            Need::Consent => &mut self.consents,
        };
        *counted += 1;
    }
}

#[cfg(test)]
mod tests;
