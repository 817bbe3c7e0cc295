//! The chain of the journal: one hash for each record, over its head and the hash before it.
//!
//! Whoever knows the last hash knows that no record before it was changed, left out, put in or moved. Payloads are in
//! the chain by their own hashes alone, so that erasing one leaves it whole.

use zerocopy::IntoBytes as _;

use super::{Head, Record, WHOLE};

/// Where the chain begins: the hash of a journal without records.
pub const START: [u8; 32] = *b"maysend: the journal begins here";

/// The hash of the chain up to and with the record at a revision. It is the same before and after an erasure.
#[must_use]
pub fn next(before: &[u8; 32], revision: u64, record: &Record<'_>) -> [u8; 32] {
    let head = Head { mark: WHOLE, ..*record.head };
    let mut hasher = blake3::Hasher::new_derive_key("maysend 2026 the chain of the journal");
    hasher.update(before).update(&revision.to_le_bytes()).update(head.as_bytes());
    hasher.finalize().into()
}
