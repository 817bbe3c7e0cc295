//! The only reader of the time, and the ids that are made of it.

use jiff::Timestamp;
use uuid::Uuid;

pub use crate::terms::london::{day_in_london, london};

/// The present moment.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place where the clock is read")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A new id of that moment (UUIDv7).
#[must_use]
pub fn new_id(moment: Timestamp) -> Uuid {
    let seconds = u64::try_from(moment.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(moment.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanoseconds))
}
