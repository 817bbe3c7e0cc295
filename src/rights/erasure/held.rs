//! What a sender holds of a person: found by the person's keys, and by those that its events were recorded with.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{ErasedRecord, ErasureError, Request, new_id};
use crate::{
    ledger::{
        entry::{self, Entry},
        event::{Event, EventKind, GivenEvent, Happening},
        identity::{ContactDetails, Identity, RecipientKey},
        record::Record,
    },
    store::{Revision, StoreError, View},
    terms::objection::OnBehalfOf,
};

/// What is held.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// The events, in the order of the journal. What an earlier erasure left behind is not among them.
    pub(super) erased: Vec<ErasedRecord>,
    /// The person's keys.
    pub(super) keys: BTreeSet<RecipientKey>,
    /// Those of the details named under which no erasure is on record yet.
    pub(super) unsuppressed: BTreeSet<RecipientKey>,
    /// The objections that the person made for a whole company, and the keys that are the company's.
    pub(super) of_companies: Vec<(GivenEvent, Vec<RecipientKey>)>,
    /// A public register says something of a detail.
    pub(super) on_a_register: bool,
}

impl Held {
    /// Reads it.
    pub(super) fn of(view: &dyn View, identity: &Identity, request: &Request<'_>) -> Result<Self, ErasureError> {
        let mut held = Self::default();
        let mut found = BTreeMap::new();
        for detail in request.details {
            let key = identity.recipient_key(Some(request.sender), detail);
            held.keys.insert(key);
            held.unsuppressed.insert(key);
            held.on_a_register |= !view.history(&identity.recipient_key(None, detail))?.is_empty();
            each(view, &key, |entry| {
                if entry.kind == EventKind::ErasureRequested {
                    held.unsuppressed.remove(&key);
                } else {
                    let revision = Revision(entry.revision());
                    let record = ErasedRecord { revision, kind: entry.kind, occurred_at: entry.at() };
                    found.insert(revision, (record, is_for_a_company(entry)));
                }
            })?;
        }
        let domains = request.details.iter().filter_map(|detail| detail.domain());
        let domains = domains.map(|domain| identity.recipient_key(Some(request.sender), &domain)).collect();
        let named = held.keys.clone();
        for (record, for_a_company) in found.into_values() {
            held.erased.push(record);
            held.keys_of(view, record.revision, |key| {
                Ok(for_a_company && !named.contains(key) && is_a_company_s(view, key, &domains)?)
            })?;
        }
        Ok(held)
    }

    /// Takes in the keys of a record: they are the person's, or a company's that the person has spoken for.
    fn keys_of(
        &mut self,
        view: &dyn View,
        revision: Revision,
        is_a_company_s: impl Fn(&RecipientKey) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let unreadable = || StoreError::Damaged(format!("the record at {revision}"));
        let record = Record::read(view.record(revision)?.unwrap_or_default()).map_err(|_| unreadable())?;
        let mut companies = Vec::new();
        for key in record.keys.iter().map(|key| RecipientKey(*key)) {
            if is_a_company_s(&key)? {
                companies.push(key);
            } else {
                self.keys.insert(key);
            }
        }
        if !companies.is_empty() {
            let objection = serde_json::from_slice(record.body).map_err(|_| unreadable())?;
            self.of_companies.push((objection, companies));
        }
        Ok(())
    }
}

fn is_for_a_company(entry: &Entry<'_>) -> bool {
    entry.kind == EventKind::ObjectionRaised && entry.on_behalf_of() == Some(OnBehalfOf::Company)
}

/// Whether a key is a company's: that of a domain named, or one under which nothing but such objections is on record. The
/// latter may be a detail of the person's too; its objections are then kept for it just as they were.
fn is_a_company_s(view: &dyn View, key: &RecipientKey, domains: &BTreeSet<RecipientKey>) -> Result<bool, StoreError> {
    let mut alone = true;
    each(view, key, |entry| alone &= is_for_a_company(entry))?;
    Ok(alone || domains.contains(key))
}

fn each(view: &dyn View, key: &RecipientKey, mut each: impl FnMut(&Entry<'_>)) -> Result<(), StoreError> {
    for entry in entry::entries(view.history(key)?)? {
        each(&entry?);
    }
    Ok(())
}

/// An event of the erasure's own making: no contact detail, and an id that tells nothing of the person.
pub(super) fn bare(what: &str, request: &Request<'_>, occurred_at: Timestamp, happening: Happening) -> Event {
    Event {
        id: new_id(what, request.now),
        occurred_at,
        sender: Some(request.sender.to_owned()),
        recipient: ContactDetails::default(),
        happening,
    }
}
