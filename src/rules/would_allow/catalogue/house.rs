//! The changes by which the sender's own rules would be kept.

use super::Theme;
use crate::{facts::SendLimit, rules::would_allow::Change};

/// The sender's own rules.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

const FACTS: &[Change] = &[
    Change {
        fact: "topic",
        says: "the message says its topic, and it is none that the sender has blocked",
        open: |facts| facts.house.blocks_topics && facts.house.topic_blocked.is_none(),
        apply: |facts| facts.house.topic_blocked = Some(false),
    },
    Change {
        fact: "send_made",
        says: "the sender waits until fewer messages to this person lie within the period of its limit",
        // However long a sender waits that allows itself none at all, the answer stays.
        open: |facts| facts.house.limit.is_some_and(|limit| limit.is_reached() && limit.at_most > 0),
        apply: |facts| facts.house.limit = facts.house.limit.map(|limit| SendLimit { made: 0, ..limit }),
    },
    Change {
        fact: "as_of",
        says: "the message is sent outside the sender's quiet hours",
        open: |facts| facts.house.quiet == Some(true),
        apply: |facts| facts.house.quiet = Some(false),
    },
];
