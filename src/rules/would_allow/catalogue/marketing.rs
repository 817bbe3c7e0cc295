//! What makes a message marketing that is declared as none. Without all of it, it is none.

use super::Theme;
use crate::{facts::Facts, rules::would_allow::Change, terms::wording::FindingKind};

/// What the message promotes.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

const FACTS: &[Change] = &[
    Change {
        fact: "message.contains_promotion",
        says: "nothing in the message promotes anything",
        open: |facts| {
            // A message that says of itself that it is no marketing wants somebody's word for it.
            let stated = facts.message.contains_promotion;
            let wanted = stated.is_none() && has_words(facts, FindingKind::ClaimsToBeService);
            declared_none(facts) && (stated == Some(true) || wanted)
        },
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
    Change {
        fact: "message.text",
        says: "nothing in the message's own words promotes anything",
        open: |facts| has_words(facts, FindingKind::Promotes),
        apply: |facts| facts.content.take_out(FindingKind::Promotes),
    },
    Change {
        fact: "message.text",
        says: "the message's own words ask for no permission to market",
        open: |facts| has_words(facts, FindingKind::AsksForPermission),
        apply: |facts| facts.content.take_out(FindingKind::AsksForPermission),
    },
    Change {
        fact: "message.text",
        says: "the survey's own words sell nothing and collect no details for marketing",
        open: |facts| has_words(facts, FindingKind::SurveyThatSells),
        apply: |facts| facts.content.take_out(FindingKind::SurveyThatSells),
    },
];

const fn declared_none(facts: &Facts<'_>) -> bool {
    !facts.purpose.is_marketing()
}

fn has_words(facts: &Facts<'_>, kind: FindingKind) -> bool {
    declared_none(facts) && facts.content.strong(kind).is_some()
}
