//! What the message says. It is not sent yet: what is wrong with it can be put right.

use super::Theme;
use crate::{
    facts::Facts,
    rules::{
        pecr::reg22_charitable_soft_opt_in::engaged as charitable, policy::opt_out_shown::is_contradicted,
        would_allow::Change,
    },
    terms::refusal::OptOut,
};

/// The facts of the message.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

const FACTS: &[Change] = &[
    Change {
        fact: "message.similar_to_collection",
        says: "the products are the sender's own and similar to those sold",
        open: |facts| facts.message.similar != Some(true),
        apply: |facts| facts.message.similar = Some(true),
    },
    Change {
        fact: "message.sole_charitable_purpose",
        says: "the sole purpose of the message is to further the charity's purposes",
        open: |facts| charitable(facts) && facts.message.sole_charitable_purpose != Some(true),
        apply: |facts| facts.message.sole_charitable_purpose = Some(true),
    },
    Change {
        fact: "message.special_category",
        says: "the message neither uses nor infers special category data",
        open: |facts| facts.message.special_category == Some(true),
        apply: |facts| facts.message.special_category = Some(false),
    },
    Change {
        fact: "message.identifies_sender",
        says: "the message says on whose behalf it is sent",
        open: |facts| facts.message.identifies_sender != Some(true),
        apply: |facts| facts.message.identifies_sender = Some(true),
    },
    Change {
        fact: "message.opt_out",
        says: "the message offers a simple and free means of refusing, such as a link",
        open: |facts| !is_simple(facts),
        // What the message offers it shows.
        apply: |facts| (facts.message.opt_out, facts.content.opt_out) = (Some(OptOut::Link), Some(OptOut::Link)),
    },
    Change {
        fact: "message.text",
        says: "the message shows the way to refuse further ones that is stated",
        open: |facts| is_simple(facts) && is_contradicted(facts),
        apply: |facts| facts.content.opt_out = facts.message.opt_out,
    },
    Change {
        fact: "message.reply_address",
        says: "the message gives a valid address to which a request to stop may be sent",
        open: |facts| {
            let by_opt_out = facts.message.opt_out.is_some_and(OptOut::is_valid_address);
            !by_opt_out && facts.message.reply_address != Some(true)
        },
        apply: |facts| facts.message.reply_address = Some(true),
    },
    Change {
        fact: "message.clearly_commercial",
        says: "the message can be seen to be commercial, and its offers are clear",
        open: |facts| facts.message.clearly_commercial == Some(false),
        apply: |facts| facts.message.clearly_commercial = Some(true),
    },
    Change {
        fact: "message.websites_comply",
        says: "the websites that the message leads to are as clear",
        open: |facts| facts.message.websites_comply == Some(false),
        apply: |facts| facts.message.websites_comply = Some(true),
    },
];

fn is_simple(facts: &Facts<'_>) -> bool {
    facts.message.opt_out.is_some_and(OptOut::is_simple_and_free)
}
