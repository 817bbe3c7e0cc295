//! The writing of a record: from an event, a profile or a notice to the bytes that [`Record::read`] reads.
//!
//! [`Record::read`]: super::Record::read

use jiff::Timestamp;
use zerocopy::{IntoBytes as _, little_endian::U32};

use super::{Head, LAYOUT, Lead, Matter, WHOLE, erasure::Notice, hash};
use crate::{
    ledger::{
        entry,
        event::{Event, Happening},
        identity::{DetailError, Identity, Normalised, RecipientKey},
        sender::Sender,
    },
    terms::{objection::OnBehalfOf, recipient::DetailKind},
};

/// Why something cannot become a record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// A contact detail reaches nobody.
    #[error("contact detail `{kind}`: {error}")]
    Detail {
        /// Which detail.
        kind: DetailKind,
        /// What is wrong with it.
        error: DetailError,
    },
    /// The fields cannot be written as JSON.
    #[error("the event cannot be written")]
    Body(#[from] serde_json::Error),
    /// The machine gives no random bytes.
    #[error("the machine gives no random bytes: {0}")]
    Random(getrandom::Error),
}

/// The record of an event, as bytes.
///
/// # Errors
/// If a contact detail of the event reaches nobody.
pub fn of_event(event: &Event, identity: &Identity, recorded_at: Timestamp) -> Result<Vec<u8>, RecordError> {
    let sender = event.sender.as_deref();
    let mut keys = Vec::new();
    if let Happening::RegisterImported(import) = &event.happening {
        keys.push(identity.register_key(import.register));
    }
    for (kind, detail) in event.recipient.iter() {
        let detail = Normalised::new(kind, detail).map_err(|error| RecordError::Detail { kind, error })?;
        keys.push(identity.recipient_key(sender, &detail));
        if speaks_for_a_company(event) {
            keys.extend(detail.domain().map(|domain| identity.recipient_key(sender, &domain)));
        }
    }
    with_keys(event, keys, identity, recorded_at)
}

/// The record of an event whose contact details have been turned into the keys of their histories already.
///
/// # Errors
/// If the event cannot be written as JSON, which none of its types allow.
pub fn with_keys(
    event: &Event,
    mut keys: Vec<RecipientKey>,
    identity: &Identity,
    recorded_at: Timestamp,
) -> Result<Vec<u8>, RecordError> {
    keys.sort_unstable();
    keys.dedup();
    let body = serde_json::to_vec(&event.without_contact_details()?)?;
    let mut entry = Vec::new();
    entry::append(&mut entry, event, 0, identity);
    let entry = entry.get(1..).unwrap_or_default();
    // The keys stand for the contact details: the digest tells one person's event from another's.
    let mut whole = body.clone();
    keys.iter().for_each(|key| whole.extend_from_slice(&key.0));
    let (id, digest) = (identity.event_key(event.sender.as_deref(), &event.id), identity.digest(&whole));
    Draft { matter: Matter::Event, id, digest, keys: &keys, entry, body: &body }.write(recorded_at)
}

fn speaks_for_a_company(event: &Event) -> bool {
    matches!(&event.happening, Happening::ObjectionRaised(o) if o.on_behalf_of == OnBehalfOf::Company)
}

/// The record of a sender's profile, as bytes.
///
/// # Errors
/// If the profile cannot be written as JSON, which none of its types allow.
pub fn of_sender(
    id: &str,
    sender: &Sender,
    identity: &Identity,
    recorded_at: Timestamp,
) -> Result<Vec<u8>, RecordError> {
    let body = serde_json::to_vec(sender)?;
    let (entry, digest) = (id.as_bytes(), identity.digest(&body));
    Draft { matter: Matter::Sender, id: sender_id_hash(id), digest, keys: &[], entry, body: &body }.write(recorded_at)
}

/// The record of a notice, as bytes. No two notices are the same, whatever they say.
///
/// # Errors
/// If the notice cannot be written as JSON, which none of its types allow.
pub fn of_erasure(notice: &Notice, identity: &Identity, recorded_at: Timestamp) -> Result<Vec<u8>, RecordError> {
    let body = serde_json::to_vec(notice)?;
    let (id, digest) = (random()?, identity.digest(&body));
    Draft { matter: Matter::Erasure, id, digest, keys: &[], entry: &[], body: &body }.write(recorded_at)
}

/// A profile is found by its id, which is no secret.
fn sender_id_hash(id: &str) -> [u8; 16] {
    let mut short = [0; 16];
    blake3::Hasher::new().update(id.as_bytes()).finalize_xof().fill(&mut short);
    short
}

fn random() -> Result<[u8; 16], RecordError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(RecordError::Random)?;
    Ok(bytes)
}

/// A record being written.
struct Draft<'a> {
    matter: Matter,
    id: [u8; 16],
    digest: [u8; 16],
    keys: &'a [RecipientKey],
    entry: &'a [u8],
    body: &'a [u8],
}

impl Draft<'_> {
    fn write(self, recorded_at: Timestamp) -> Result<Vec<u8>, RecordError> {
        let size = |n: usize| U32::new(u32::try_from(n).unwrap_or(u32::MAX));
        let mut payload = Lead { salt: random()?, digest: self.digest }.as_bytes().to_vec();
        self.keys.iter().for_each(|key| payload.extend_from_slice(&key.0));
        payload.extend_from_slice(self.entry);
        payload.extend_from_slice(self.body);
        let mut head = Head {
            layout: LAYOUT,
            matter: self.matter as u8,
            mark: WHOLE,
            keys: size(self.keys.len()),
            entry: size(self.entry.len()),
            body: size(self.body.len()),
            recorded_at: recorded_at.as_microsecond().into(),
            id: self.id,
            payload_hash: [0; 32],
        };
        head.payload_hash = hash(&head, &payload);
        Ok([head.as_bytes(), &payload].concat())
    }
}
