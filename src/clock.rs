//! The only reader of the time, and the ids that are made of it.

use std::cell::RefCell;

use jiff::Timestamp;
use uuid::{Builder, Uuid};

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
    let milliseconds = u64::try_from(moment.as_millisecond()).unwrap_or_default();
    match random() {
        Some(random) => Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid(),
        // It asks the system once more, by itself.
        None => Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, milliseconds / 1_000, 0)),
    }
}

/// Random bytes of an id.
type Random = [u8; 10];

/// The random bytes of the next id. The system is asked for many at once: to ask it costs more than all else in an id.
fn random() -> Option<Random> {
    thread_local! {
        static LEFT: RefCell<Vec<Random>> = const { RefCell::new(Vec::new()) };
    }
    LEFT.with_borrow_mut(|left| {
        if left.is_empty() {
            let mut bytes = [0; 64 * size_of::<Random>()];
            getrandom::fill(&mut bytes).ok()?;
            left.extend_from_slice(bytes.as_chunks().0);
        }
        left.pop()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_tell_their_moment_and_differ() {
        let moment: Timestamp = "2026-03-01T09:30:00.123456Z".parse().expect("a moment");
        let ids: HashSet<Uuid> = (0..1_000).map(|_| new_id(moment)).collect();
        assert_eq!(ids.len(), 1_000);
        for id in ids {
            let told = id.get_timestamp().map(|told| told.to_unix());
            assert_eq!((id.get_version_num(), told), (7, Some((1_772_357_400, 123_000_000))));
        }
    }
}
