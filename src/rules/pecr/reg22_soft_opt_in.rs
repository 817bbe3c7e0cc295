//! Regulation 22(3): the soft opt-in.

use crate::{
    facts::{Collection, Facts, Stop},
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen, word},
        standing,
    },
    terms::{collection::CollectionContext, party::SenderKind, purpose::Purpose},
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
    /// (UK GDPR Art 21(3)), and the point of limb (c). Whether an earlier refusal outlives a new sale is
    /// `uk_gdpr.art21.earlier-refusal`. A free trial counts as negotiations, and so, with a warning, does a basket left
    /// behind.
    ///
    /// ## References
    /// PECR reg 22(3). The regulator: details obtained by anybody else, even in the same group, do not qualify; it is
    /// not for aims and ideals.
    pub(crate) static RULE = {
        id: "pecr.reg22.soft-opt-in",
        effect: Effect::Exception { to: &["pecr.reg22.consent"] },
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
    let (similar, whose) = similar(facts, collection);
    let limbs =
        Limbs::default().require(&SALE, by_sale(collection), seen("details_collected.context", how(collection))).told(
            &SIMILAR,
            similar,
            Seen::stated(whose, word(similar)),
            "`message.similar_to_collection`, or `message.products` with the sender's `similar_products`",
        );
    refusable(limbs, facts, collection, [&OFFERED, &REFUSED, &EVERY_MESSAGE]).outcome(Some(collection.event))
}

/// The person could refuse then, has not refused, and can refuse now: limb (c) of 22(3) and of 22(3A).
pub(super) fn refusable<'a>(
    limbs: Limbs<'a>,
    facts: &Facts<'a>,
    collection: &Collection<'a>,
    [at_collection, refused_since, this_message]: [&'static Limb; 3],
) -> Limbs<'a> {
    let offered = both(collection.opt_out_offered, collection.opt_out_free);
    let (refused, by) = refused(facts, collection);
    let opt_out = facts.message.opt_out;
    limbs
        .told(
            at_collection,
            offered,
            Seen::event("details_collected.opt_out_offered", word(offered), collection.event),
            "`opt_out_offered` and `opt_out_free` of the `details_collected` event",
        )
        .told(refused_since, refused.map(|refused| !refused), by, "`refused` of the `details_collected` event")
        .told(
            this_message,
            opt_out.map(|opt_out| opt_out.is_simple_and_free()),
            Seen::stated("message.opt_out", opt_out.map_or("unknown", |opt_out| opt_out.as_str())),
            "`message.opt_out`: how this message lets the person refuse",
        )
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
        Purpose::Commercial => true,
        Purpose::Charity | Purpose::Political => false,
        // What a party slips into a survey, or asks permission for, is its campaign.
        Purpose::ConsentRequest | Purpose::Service | Purpose::Research => {
            facts.sender_kind != SenderKind::PoliticalParty && !appeals(facts)
        }
    };
    if !products {
        (Some(false), "purpose")
    } else if facts.promotes_another {
        (Some(false), "promoted_party")
    } else if collection.similar == Some(false) {
        // What was sold is on record, and the sender itself has said what it is like: the caller's word is less.
        (Some(false), "message.products")
    } else if let Some(asserted) = facts.message.similar {
        (Some(asserted), "message.similar_to_collection")
    } else {
        (collection.similar, "message.products")
    }
}

/// What promotes in a message that is declared as none may be aims and ideals, too.
fn appeals(facts: &Facts<'_>) -> bool {
    facts.purpose != Purpose::ConsentRequest && facts.content.appeals()
}

/// Whether the person has refused, as far as anybody told us, and where that stands. An objection counts whenever it was
/// raised; a refusal from before the details were collected is `uk_gdpr.art21.earlier-refusal`.
pub(super) fn refused<'a>(facts: &Facts<'a>, collection: &Collection<'a>) -> (Option<bool>, Seen<'a>) {
    let stops = &facts.stops;
    let since = |stop: &Stop<'a>| {
        standing(facts, stop)?;
        stop.standing_after(Some(&collection.event))
    };
    let later = [stops.withdrawal, stops.refusal, stops.fundraising_preference];
    let stands = later.iter().filter_map(since).chain(standing(facts, &stops.objection)).max_by_key(|stop| stop.at);
    match stands {
        Some(stop) => (Some(true), Seen::event(stop.kind, "refused", stop)),
        None => {
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, BEFORE, Change, DONE, F, as_is, by_soft_opt_in, given, limbs, said, slipped_in, with},
        terms::{
            channel::Channel, collection::CollectionContext, party::SenderKind, purpose::Purpose, refusal::OptOut,
            wording::CueFamily,
        },
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::negotiations(|f: F| f.the_collection().context = CollectionContext::Negotiation, &["met"])]
    #[case::a_basket(|f: F| f.the_collection().context = CollectionContext::AbandonedBasket, &["met"])]
    #[case::no_collection(|f: F| f.collection = None, &["22(3)(a)"])]
    #[case::a_query(|f: F| f.the_collection().context = CollectionContext::Query, &["22(3)(a)"])]
    #[case::a_prize_draw(|f: F| f.the_collection().context = CollectionContext::PrizeDraw, &["22(3)(a)"])]
    #[case::support_of_a_charity(|f: F| f.the_collection().context = CollectionContext::CharitySupport, &["22(3)(a)"])]
    #[case::a_bought_list(|f: F| f.the_collection().context = CollectionContext::ThirdParty, &["22(3)(a)"])]
    #[case::collected_by_another(|f: F| f.the_collection().by_sender = false, &["22(3)(a)"])]
    #[case::another_address(|f: F| f.the_collection().for_this_detail = false, &["22(3)(a)"])]
    #[case::an_earlier_holder(|f: F| f.the_collection().before_reassignment = true, &["22(3)(a)"])]
    #[case::not_similar(|f: F| f.the_collection().similar = Some(false), &["22(3)(b)"])]
    #[case::similarity_not_known(|f: F| f.the_collection().similar = None, &["22(3)(b)"])]
    #[case::asserted_not_similar(|f: F| f.message.similar = Some(false), &["22(3)(b)"])]
    #[case::another_s_goods(|f: F| f.promotes_another = true, &["22(3)(b)"])]
    #[case::a_charity_s_aims(|f: F| f.purpose = Purpose::Charity, &["22(3)(b)"])]
    #[case::a_party_s_aims(|f: F| f.purpose = Purpose::Political, &["22(3)(b)"])]
    #[case::a_party_s_goods(|f: F| f.sender_kind = SenderKind::PoliticalParty, &["met"])]
    #[case::a_party_asks_for_consent(|f: F| (f.sender_kind, f.purpose) = (SenderKind::PoliticalParty, Purpose::ConsentRequest), &["22(3)(b)"])]
    #[case::a_shop_slips_in_an_offer(|f: F| slipped_in(f, CueFamily::Offer), &["met"])]
    #[case::a_shop_slips_in_an_appeal(|f: F| slipped_in(f, CueFamily::Appeal), &["22(3)(b)"])]
    #[case::a_shop_asks_for_consent(|f: F| f.purpose = Purpose::ConsentRequest, &["met"])]
    #[case::opt_out_not_offered(|f: F| f.the_collection().opt_out_offered = Some(false), &["22(3)(c)-at-collection"])]
    #[case::opt_out_not_free(|f: F| f.the_collection().opt_out_free = Some(false), &["22(3)(c)-at-collection"])]
    #[case::offer_not_known(|f: F| f.the_collection().opt_out_offered = None, &["22(3)(c)-at-collection"])]
    #[case::refused_then(|f: F| f.the_collection().refused = Some(true), &["22(3)(c)-refused"])]
    #[case::refusal_not_known(|f: F| f.the_collection().refused = None, &["22(3)(c)-refused"])]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), &["22(3)(c)-refused"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["22(3)(c)-refused"])]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["22(3)(c)-refused"])]
    #[case::no_opt_out_in_this_message(|f: F| f.message.opt_out = Some(OptOut::None), &["22(3)(c)-this-message"])]
    #[case::a_charge_to_opt_out(|f: F| f.message.opt_out = Some(OptOut::Charged), &["22(3)(c)-this-message"])]
    #[case::a_letter_to_opt_out(|f: F| f.message.opt_out = Some(OptOut::PostalAddress), &["22(3)(c)-this-message"])]
    #[case::opt_out_not_known(|f: F| f.message.opt_out = None, &["22(3)(c)-this-message"])]
    #[case::refused_before(|f: F| f.stops.refusal = said("details_refused", BEFORE), &["met"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn one_s_own_customers(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_soft_opt_in(), change))), expected);
    }

    /// What was refused before the details were collected is a rule of its own; an objection is one whenever it was raised.
    #[rstest]
    #[case::before(|f: F| f.stops.refusal = said("details_refused", BEFORE), "met")]
    #[case::at_the_same_time(|f: F| f.stops.refusal = said("details_refused", DONE), "22(3)(c)-refused")]
    #[case::since(|f: F| f.stops.refusal = said("details_refused", AFTER), "22(3)(c)-refused")]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), "22(3)(c)-refused")]
    fn a_new_sale_after_a_refusal(#[case] change: Change, #[case] limb: &str) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_soft_opt_in(), change))), [limb]);
    }

    #[test]
    fn a_sale_on_the_caller_s_word_does_not_undo_a_recorded_refusal() {
        let mut facts = by_soft_opt_in();
        facts.the_collection().event = given("details_collected", DONE);
        facts.stops.refusal = said("details_refused", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["22(3)(c)-refused"]);
    }
}
