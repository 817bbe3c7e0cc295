//! The journal's record: one event or one sender's profile, as it stands on disk.
//!
//! A record carries what the projection needs ready-made (the keys and the entry), so that applying it asks neither
//! for the secret key nor for the meaning of the event: a machine that tails the journal only copies bytes.

use jiff::Timestamp;
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U32},
};

use super::{
    entry,
    event::{Event, Happening},
    identity::{DetailError, Identity, Normalised, RecipientKey},
    sender::Sender,
};
use crate::terms::{objection::OnBehalfOf, recipient::DetailKind};

/// The layout that this program writes: the first byte of a record.
pub const LAYOUT: u8 = 1;

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// An event about a person.
    Event = 1,
    /// A sender's profile, which replaces the one before.
    Sender = 2,
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Head {
    layout: u8,
    matter: u8,
    keys: U32,
    entry: U32,
    body: U32,
    recorded_at: I64,
    /// What the record is found by: an event's key, or a sender's.
    id: [u8; 16],
    /// Tells the same event from another with its `id`.
    digest: [u8; 16],
    checksum: [u8; 16],
}

/// A record, where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    head: &'a Head,
    /// What it is about.
    pub matter: Matter,
    /// The histories it belongs to.
    pub keys: &'a [[u8; 16]],
    /// The entry for those histories, with revision 0; of a sender's profile, the sender's id.
    pub entry: &'a [u8],
    /// The event without its contact details, or the profile, as JSON.
    pub body: &'a [u8],
}

/// A record that cannot be read: damaged, or written by another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a record of the journal cannot be read")]
pub struct Unreadable;

impl<'a> Record<'a> {
    /// Reads a record in place and verifies its checksum.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let (head, rest) = Head::ref_from_prefix(bytes).map_err(|_| Unreadable)?;
        let size = |n: U32| usize::try_from(n.get()).map_err(|_| Unreadable);
        let (keys, after) = <[[u8; 16]]>::ref_from_prefix_with_elems(rest, size(head.keys)?).map_err(|_| Unreadable)?;
        let (entry, body) = after.split_at_checked(size(head.entry)?).ok_or(Unreadable)?;
        let matter = match head.matter {
            1 => Matter::Event,
            2 => Matter::Sender,
            _ => return Err(Unreadable),
        };
        let sound = head.layout == LAYOUT && body.len() == size(head.body)? && head.checksum == checksum(head, rest);
        if sound { Ok(Self { head, matter, keys, entry, body }) } else { Err(Unreadable) }
    }

    /// When the ledger took it in.
    #[must_use]
    pub fn recorded_at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.head.recorded_at.get()).unwrap_or(Timestamp::MAX)
    }

    /// What the record is found by.
    #[must_use]
    pub const fn id(&self) -> &'a [u8; 16] {
        &self.head.id
    }

    /// Tells the same event from another with its `id`.
    #[must_use]
    pub const fn digest(&self) -> &'a [u8; 16] {
        &self.head.digest
    }
}

fn checksum(head: &Head, rest: &[u8]) -> [u8; 16] {
    let blank = Head { checksum: [0; 16], ..*head };
    let mut hasher = blake3::Hasher::new();
    hasher.update(blank.as_bytes()).update(rest);
    let mut short = [0; 16];
    hasher.finalize_xof().fill(&mut short);
    short
}

/// Why an event cannot become a record.
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
    Ok(write(Matter::Event, recorded_at, id, digest, &keys, entry, &body))
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
    let digest = identity.digest(&body);
    Ok(write(Matter::Sender, recorded_at, sender_id_hash(id), digest, &[], id.as_bytes(), &body))
}

/// A profile is found by its id, which is no secret.
fn sender_id_hash(id: &str) -> [u8; 16] {
    let mut short = [0; 16];
    blake3::Hasher::new().update(id.as_bytes()).finalize_xof().fill(&mut short);
    short
}

fn write(
    matter: Matter,
    recorded_at: Timestamp,
    id: [u8; 16],
    digest: [u8; 16],
    keys: &[RecipientKey],
    entry: &[u8],
    body: &[u8],
) -> Vec<u8> {
    let size = |n: usize| U32::new(u32::try_from(n).unwrap_or(u32::MAX));
    let head = Head {
        layout: LAYOUT,
        matter: matter as u8,
        keys: size(keys.len()),
        entry: size(entry.len()),
        body: size(body.len()),
        recorded_at: recorded_at.as_microsecond().into(),
        id,
        digest,
        checksum: [0; 16],
    };
    let rest: Vec<u8> =
        keys.iter().flat_map(|key| key.0).chain(entry.iter().copied()).chain(body.iter().copied()).collect();
    let head = Head { checksum: checksum(&head, &rest), ..head };
    [head.as_bytes(), &rest].concat()
}
