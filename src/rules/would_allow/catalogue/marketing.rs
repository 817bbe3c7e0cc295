//! What makes a message marketing that is declared as none. Without all of it, it is none.

use super::Theme;
use crate::{facts::Facts, rules::would_allow::Change, terms::wording::FindingKind};

/// What the message promotes.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

const NOTHING_PROMOTES: &str = "nothing in the message promotes anything";
const FEEDS_NOTHING: &str = "its answers are not used for marketing";
const NO_WORDS_PROMOTE: &str = "nothing in the message's own words promotes anything";
const NO_WORDS_ASK: &str = "the message's own words ask for no permission to market";
const NO_WORDS_SELL: &str = "the survey's own words sell nothing and collect no details for marketing";

/// Whether a change does nothing but help to lead outside direct marketing. Products, another party and an appeal are
/// looked at by other rules, too.
pub(in crate::rules::would_allow) fn only_leads_outside(change: &Change, facts: &Facts<'_>) -> bool {
    let is_appeal = change.says == NO_WORDS_PROMOTE && facts.content.appeals();
    !is_appeal
        && [NOTHING_PROMOTES, FEEDS_NOTHING, NO_WORDS_PROMOTE, NO_WORDS_ASK, NO_WORDS_SELL].contains(&change.says)
}

const FACTS: &[Change] = &[
    Change {
        fact: "message.contains_promotion",
        says: NOTHING_PROMOTES,
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
        says: FEEDS_NOTHING,
        open: |facts| declared_none(facts) && facts.message.feeds_marketing == Some(true),
        apply: |facts| facts.message.feeds_marketing = Some(false),
    },
    Change {
        fact: "message.text",
        says: NO_WORDS_PROMOTE,
        open: |facts| has_words(facts, FindingKind::Promotes),
        apply: |facts| facts.content.take_out(FindingKind::Promotes),
    },
    Change {
        fact: "message.text",
        says: NO_WORDS_ASK,
        open: |facts| has_words(facts, FindingKind::AsksForPermission),
        apply: |facts| facts.content.take_out(FindingKind::AsksForPermission),
    },
    Change {
        fact: "message.text",
        says: NO_WORDS_SELL,
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
