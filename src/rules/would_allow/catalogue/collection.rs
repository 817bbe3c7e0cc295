//! A collection of details on record of which nobody told us all, and one that nobody told us of.
//!
//! Whoever has said anything against marketing is not passed over by how the details were obtained.

use super::{NEW, Theme, said::nothing_said, told};
use crate::{
    facts::{Collection, EventRef, Facts},
    rules::{pecr::reg22_charitable_soft_opt_in::engaged as charitable, would_allow::Change},
    terms::{collection::CollectionContext, party::SenderKind, purpose::Purpose},
};

/// The facts of a collection.
pub(super) const THEME: Theme =
    Theme { event: Some(|facts| facts.collection.map(|collection| collection.event)), changes: FACTS };

/// A sale of which nobody told us. Where another occasion is on record, that is what it was.
pub(super) static IN_A_SALE: Change = Change {
    fact: "details_collected",
    says: "the sender itself obtained the details in a sale, or negotiations for one, and offered an opt-out that was not taken",
    open: |facts| facts.collection.is_none() && facts.purpose != Purpose::Charity && nothing_said(facts),
    apply: |facts| facts.collection = Some(collected(facts, CollectionContext::Sale)),
};

/// Support of a charity of which nobody told us.
pub(super) static AS_SUPPORT: Change = Change {
    fact: "details_collected",
    says: "the charity itself obtained the details as the person gave support, and offered an opt-out that was not taken",
    open: |facts| {
        let charity = charitable(facts) && facts.sender_kind == SenderKind::Charity;
        facts.collection.is_none() && charity && nothing_said(facts)
    },
    apply: |facts| facts.collection = Some(collected(facts, CollectionContext::CharitySupport)),
};

const FACTS: &[Change] = &[
    told!(
        "details_collected.opt_out_offered",
        "a simple means of refusing was offered when the details were collected",
        collection.opt_out_offered = true,
        nothing_said
    ),
    told!(
        "details_collected.opt_out_free",
        "that means cost nothing but its transmission",
        collection.opt_out_free = true,
        nothing_said
    ),
    told!(
        "details_collected.refused",
        "the person did not refuse when the details were collected",
        collection.refused = false,
        nothing_said
    ),
    Change {
        fact: "message.products",
        says: "the products in the message are ones that the sender's profile puts beside those sold",
        open: |facts| facts.collection.is_some_and(|collection| collection.similar == Some(false)),
        apply: |facts| facts.collection.iter_mut().for_each(|collection| collection.similar = Some(true)),
    },
];

fn collected<'a>(facts: &Facts<'a>, context: CollectionContext) -> Collection<'a> {
    Collection {
        event: EventRef { id: NEW, kind: "details_collected", at: facts.at, given: false, revision: 0 },
        context,
        for_this_detail: true,
        before_reassignment: false,
        by_sender: true,
        opt_out_offered: Some(true),
        opt_out_free: Some(true),
        refused: Some(false),
        similar: None,
    }
}
