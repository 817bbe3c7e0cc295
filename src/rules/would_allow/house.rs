//! The changes by which the sender's own rules would be kept.

use super::Change;
use crate::facts::SendLimit;

pub(super) const KEPT: &[Change] = &[
    Change {
        fact: "topic",
        says: "the message says its topic, and it is none that the sender has blocked",
        satisfies: "house rule blocked_topics",
        open: |facts| facts.house.blocks_topics && facts.house.topic_blocked.is_none(),
        apply: |facts| facts.house.topic_blocked = Some(false),
    },
    Change {
        fact: "send_made",
        says: "the sender waits until fewer messages to this person lie within the period of its limit",
        satisfies: "house rule frequency",
        // However long a sender waits that allows itself none at all, the answer stays.
        open: |facts| facts.house.limit.is_some_and(|limit| limit.is_reached() && limit.at_most > 0),
        apply: |facts| facts.house.limit = facts.house.limit.map(|limit| SendLimit { made: 0, ..limit }),
    },
    Change {
        fact: "as_of",
        says: "the message is sent outside the sender's quiet hours",
        satisfies: "house rule quiet_hours",
        open: |facts| facts.house.quiet == Some(true),
        apply: |facts| facts.house.quiet = Some(false),
    },
];
