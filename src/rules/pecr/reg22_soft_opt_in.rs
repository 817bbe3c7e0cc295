//! Regulation 22(3): the soft opt-in.

use crate::{
    facts::{Collection, Facts},
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen, word},
        standing,
    },
    terms::{collection::CollectionContext, party::PolicyProfile, purpose::Purpose},
};

const SALE: Limb = Limb {
    id: "22(3)(a)",
    holds: "the sender itself obtained the details in a sale, or negotiations for a sale, to the recipient",
    fails: "the sender did not itself obtain the details in a sale, or negotiations for a sale, to the recipient",
};
const SIMILAR: Limb = Limb {
    id: "22(3)(b)",
    holds: "the message is about the sender's own similar products and services only",
    fails: "the message is not about the sender's own similar products and services only",
};
const OFFERED: Limb = Limb {
    id: "22(3)(c)-at-collection",
    holds: "a simple and free means of refusing was offered when the details were collected",
    fails: "no simple and free means of refusing was offered when the details were collected",
};
const REFUSED: Limb = Limb {
    id: "22(3)(c)-refused",
    holds: "the recipient has not refused, then or since",
    fails: "the recipient has refused the use of the details for marketing",
};
const EVERY_MESSAGE: Limb = Limb {
    id: "22(3)(c)-this-message",
    holds: "a simple and free means of refusing is in this message",
    fails: "this message offers no simple and free means of refusing",
};

rule! {
    /// A sender may mail its own customers about its own similar products without consent, if all of this holds: (a)
    /// it obtained the details itself in the course of a sale, or negotiations for a sale, to that person; (b) the
    /// message is about its own similar products and services only; (c) the person could refuse simply and without
    /// charge when the details were first collected, and can in every message since.
    ///
    /// ## Allowed
    /// A garage emails a customer, who left the opt-out box empty at the sale, about a service, with an unsubscribe
    /// link. A person who asked for a quote and did not buy gets a text about the same kind of product.
    ///
    /// ## Refused
    /// The garage emails somebody who entered its prize draw, or whose details its sister company collected. It
    /// advertises a partner's insurance. Its opt-out first appeared in the order confirmation.
    ///
    /// ## Doubt
    /// The words do not say "and has not since refused". A later refusal is fatal all the same: it is an objection
    /// (UK GDPR Art 21(3)), and the point of limb (c). The conservative reading lets an earlier refusal outlive a new
    /// sale; the literal reading asks only about refusals since the details were collected. A free trial counts as
    /// negotiations, and so, with a warning, does a basket left behind.
    ///
    /// ## References
    /// PECR reg 22(3). The regulator: details obtained by anybody else, even in the same group, do not qualify; it is
    /// not for aims and ideals.
    pub(crate) static RULE = {
        id: "pecr.reg22.soft-opt-in",
        effect: Effect::Exception { to: "pecr.reg22.consent" },
        level: Level::Statute,
        citation: pecr("reg. 22(3)", REG_22),
        in_force: InForce::from(PECR),
        statement: "An existing customer who never refused may be mailed about similar products.",
        limbs: [&SALE, &SIMILAR, &OFFERED, &REFUSED, &EVERY_MESSAGE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_electronic_mail(facts) {
        return Outcome::NotEngaged;
    }
    let Some(collection) = &facts.collection else {
        let nothing = Seen::stated("details_collected", "unknown");
        return Limbs::default()
            .told(&SALE, None, nothing, "a `details_collected` event: how the details were obtained")
            .outcome(None);
    };
    let seen = |fact, value| Seen::event(fact, value, collection.event);
    let opt_out = facts.message.opt_out;
    let (similar, whose) = similar(facts, collection);
    let offered = both(collection.opt_out_offered, collection.opt_out_free);
    let (refused, by) = refused(facts, collection);
    Limbs::default()
        .require(&SALE, by_sale(collection), seen("details_collected.context", how(collection)))
        .told(
            &SIMILAR,
            similar,
            Seen::stated(whose, word(similar)),
            "`message.similar_to_collection`, or `message.products` with the sender's `similar_products`",
        )
        .told(
            &OFFERED,
            offered,
            seen("details_collected.opt_out_offered", word(offered)),
            "`opt_out_offered` and `opt_out_free` of the `details_collected` event",
        )
        .told(&REFUSED, refused.map(|refused| !refused), by, "`refused` of the `details_collected` event")
        .told(
            &EVERY_MESSAGE,
            opt_out.map(|opt_out| opt_out.is_simple_and_free()),
            Seen::stated("message.opt_out", opt_out.map_or("unknown", |opt_out| opt_out.as_str())),
            "`message.opt_out`: how this message lets the person refuse",
        )
        .outcome(Some(collection.event))
}

fn by_sale(collection: &Collection<'_>) -> bool {
    use CollectionContext as Context;
    let sale = match collection.context {
        Context::Sale | Context::Negotiation | Context::AbandonedBasket => true,
        Context::Query | Context::Browsing | Context::PrizeDraw | Context::CharityInterest => false,
        Context::CharitySupport | Context::ThirdParty | Context::PublicSource | Context::Other => false,
    };
    sale && collection.by_sender && collection.for_this_detail && !collection.before_reassignment
}

fn how(collection: &Collection<'_>) -> &'static str {
    if !collection.by_sender {
        "collected by another organisation"
    } else if collection.before_reassignment {
        "collected from an earlier holder"
    } else if collection.for_this_detail {
        collection.context.as_str()
    } else {
        "another address or number was collected"
    }
}

/// Aims and ideals are no products, and another party's products are not one's own.
fn similar(facts: &Facts<'_>, collection: &Collection<'_>) -> (Option<bool>, &'static str) {
    let products = match facts.purpose {
        Purpose::Charity | Purpose::Political => false,
        Purpose::Commercial | Purpose::ConsentRequest | Purpose::Service | Purpose::Research => true,
    };
    if !products {
        (Some(false), "purpose")
    } else if facts.promotes_another {
        (Some(false), "promoted_party")
    } else if let Some(asserted) = facts.message.similar {
        (Some(asserted), "message.similar_to_collection")
    } else {
        (collection.similar, "message.products")
    }
}

/// Whether the person has refused, as far as anybody told us, and where that stands.
pub(super) fn refused<'a>(facts: &Facts<'a>, collection: &Collection<'a>) -> (Option<bool>, Seen<'a>) {
    let stops = &facts.stops;
    let said = [stops.objection, stops.withdrawal, stops.refusal, stops.fundraising_preference];
    let literal = facts.profile == PolicyProfile::Literal;
    let stands = said.iter().filter_map(|stop| standing(facts, stop)).max_by_key(|stop| stop.at);
    match stands {
        Some(stop) if stop.at >= collection.event.at || !literal || stop.kind == "objection_raised" => {
            (Some(true), Seen::event(stop.kind, "refused", stop))
        }
        Some(_) | None => {
            let told = Seen::event("details_collected.refused", word(collection.refused), collection.event);
            (collection.refused, told)
        }
    }
}

/// Both facts: false as soon as one is, unknown while one is.
pub(super) const fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}
