//! The only reader of the time, and the ids that are made of it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use uuid::Uuid;

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

/// The zone in which the law counts its days. It is compiled in; without it a summer's day would end an hour late.
#[must_use]
pub fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// The day in London at that moment.
#[must_use]
pub fn day_in_london(moment: Timestamp) -> Date {
    moment.to_zoned(london()).date()
}
