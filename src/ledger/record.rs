//! The journal's record: one event, one sender's profile or one notice of an erasure, as it stands on disk.
//!
//! A record is a head of fixed size and a payload. The payload carries what the projection needs ready-made (the keys
//! and the entry), so that applying it asks neither for the secret key nor for the meaning of the event: a machine
//! that tails the journal only copies bytes.
//!
//! The head holds a hash of the payload, and the journal's chain runs over the heads alone ([`chain`]). So the payload
//! can be erased and the chain stays whole. A payload begins with random bytes, a salt: whoever has the hash of one
//! that was erased cannot try out what it may have been.

pub mod chain;
mod draft;
pub mod erasure;

use jiff::Timestamp;
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U32},
};

pub use self::draft::{RecordError, of_erasure, of_event, of_sender, with_keys};

/// The layout that this program writes: the first byte of a record.
pub const LAYOUT: u8 = 2;

/// The mark of a record whose payload is there.
const WHOLE: u8 = 0;
/// The mark of a record whose payload was erased.
const ERASED: u8 = 1;

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// An event about a person.
    Event = 1,
    /// A sender's profile, which replaces the one before.
    Sender = 2,
    /// A notice that earlier records are erased ([`erasure::Notice`]).
    Erasure = 3,
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Head {
    layout: u8,
    matter: u8,
    /// Whether the payload was erased: of the head the one thing that changes, and the chain leaves it out.
    mark: u8,
    keys: U32,
    entry: U32,
    body: U32,
    recorded_at: I64,
    /// What the record is found by: an event's key, or a sender's.
    id: [u8; 16],
    payload_hash: [u8; 32],
}

/// What every payload begins with.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Lead {
    /// Random, so that two records of one event have different hashes.
    salt: [u8; 16],
    /// Tells the same event from another with its `id`.
    digest: [u8; 16],
}

/// A record, where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    head: &'a Head,
    digest: &'a [u8; 16],
    /// What it is about.
    pub matter: Matter,
    /// The histories it belongs to; none once it is erased.
    pub keys: &'a [[u8; 16]],
    /// The entry for those histories, with revision 0; of a sender's profile, the sender's id. Empty once it is erased.
    pub entry: &'a [u8],
    /// The event without its contact details, the profile or the notice, as JSON. Empty once it is erased.
    pub body: &'a [u8],
}

/// A record that cannot be read: damaged, or written by another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a record of the journal cannot be read")]
pub struct Unreadable;

impl<'a> Record<'a> {
    /// Reads a record in place and verifies the hash of its payload. That the head is as it was written, the chain
    /// alone can tell.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let (head, payload) = Head::ref_from_prefix(bytes).map_err(|_| Unreadable)?;
        let matter = match head.matter {
            1 => Matter::Event,
            2 => Matter::Sender,
            3 => Matter::Erasure,
            _ => return Err(Unreadable),
        };
        match (head.layout, head.mark, payload) {
            (LAYOUT, ERASED, []) => Ok(Self { head, digest: &[0; 16], matter, keys: &[], entry: &[], body: &[] }),
            (LAYOUT, WHOLE, _) if head.payload_hash == hash(head, payload) => Self::whole(head, matter, payload),
            _ => Err(Unreadable),
        }
    }

    fn whole(head: &'a Head, matter: Matter, payload: &'a [u8]) -> Result<Self, Unreadable> {
        let size = |n: U32| usize::try_from(n.get()).map_err(|_| Unreadable);
        let (Lead { digest, .. }, rest) = Lead::ref_from_prefix(payload).map_err(|_| Unreadable)?;
        let (keys, after) = <[[u8; 16]]>::ref_from_prefix_with_elems(rest, size(head.keys)?).map_err(|_| Unreadable)?;
        let (entry, body) = after.split_at_checked(size(head.entry)?).ok_or(Unreadable)?;
        if body.len() != size(head.body)? {
            return Err(Unreadable);
        }
        Ok(Self { head, digest, matter, keys, entry, body })
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

    /// Tells the same event from another with its `id`. It depends on nothing but the event; zeroes once the record is
    /// erased.
    #[must_use]
    pub const fn digest(&self) -> &'a [u8; 16] {
        self.digest
    }

    /// The hash of its payload. It stays when the payload is erased.
    #[must_use]
    pub const fn payload_hash(&self) -> &'a [u8; 32] {
        &self.head.payload_hash
    }

    /// Whether its payload was erased: what is left is that it was there, when, and under which id.
    #[must_use]
    pub const fn is_erased(&self) -> bool {
        self.head.mark == ERASED
    }

    /// The record without its payload, as bytes: what stays of it.
    #[must_use]
    pub fn erased(&self) -> Vec<u8> {
        Head { mark: ERASED, ..*self.head }.as_bytes().to_vec()
    }
}

/// The hash of a payload, and of the sizes of its parts: no byte may go over from one part to the next.
fn hash(head: &Head, payload: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("maysend 2026 the payload of a record");
    for size in [head.keys, head.entry, head.body] {
        hasher.update(size.as_bytes());
    }
    hasher.update(payload);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests;
