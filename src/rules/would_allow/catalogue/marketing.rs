//! What makes a message marketing that is declared as none. Without all of it, it is none.

use super::Theme;
use crate::{facts::Facts, rules::would_allow::Change, terms::purpose::Purpose};

/// What the message promotes.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

const FACTS: &[Change] = &[
    Change {
        fact: "message.contains_promotion",
        says: "nothing in the message promotes anything",
        open: |facts| declared_none(facts) && facts.message.contains_promotion == Some(true),
        apply: |facts| facts.message.contains_promotion = Some(false),
    },
    Change {
        fact: "message.products",
        says: "the message promotes no products",
        open: |facts| declared_none(facts) && facts.message.names_products,
        apply: |facts| facts.message.names_products = false,
    },
    Change {
        fact: "promoted_party",
        says: "the message promotes nobody else's goods or aims",
        open: |facts| facts.promotes_another,
        apply: |facts| facts.promotes_another = false,
    },
    Change {
        fact: "message.feeds_marketing",
        says: "its answers are not used for marketing",
        open: |facts| declared_none(facts) && facts.message.feeds_marketing == Some(true),
        apply: |facts| facts.message.feeds_marketing = Some(false),
    },
];

const fn declared_none(facts: &Facts<'_>) -> bool {
    matches!(facts.purpose, Purpose::Service | Purpose::Research)
}
