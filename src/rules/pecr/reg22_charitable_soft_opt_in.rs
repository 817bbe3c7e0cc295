//! Regulation 22(3A): the charitable soft opt-in.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{CHARITY_SOFT_OPT_IN, InForce},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen, word},
    },
    terms::{collection::CollectionContext, party::SenderKind, purpose::Purpose},
};

use super::reg22_soft_opt_in::refusable;

const CHARITY: Limb = Limb {
    id: "22(5)",
    holds: "the sender is a charity",
    fails: "the sender is not a charity: a charity's trading company is none",
};
const SOLE_PURPOSE: Limb = Limb {
    id: "22(3A)(a)",
    holds: "the sole purpose of the message is to further the charity's own charitable purposes",
    fails: "furthering the charity's own charitable purposes is not the sole purpose of the message",
};
const SUPPORT: Limb = Limb {
    id: "22(3A)(b)",
    holds: "the charity itself obtained the details as the person expressed interest in, or offered or gave support to, its purposes",
    fails: "the charity did not itself obtain the details as the person expressed interest in its purposes or offered or gave support",
};
const OFFERED: Limb = Limb {
    id: "22(3A)(c)-at-collection",
    holds: "a simple and free means of refusing was offered when the details were collected",
    fails: "no simple and free means of refusing was offered when the details were collected",
};
const REFUSED: Limb = Limb {
    id: "22(3A)(c)-refused",
    holds: "the recipient has not refused, then or since",
    fails: "the recipient has refused the use of the details for marketing",
};
const EVERY_MESSAGE: Limb = Limb {
    id: "22(3A)(c)-this-message",
    holds: "a simple and free means of refusing is in this message",
    fails: "this message offers no simple and free means of refusing",
};

rule! {
    /// From 5 February 2026 a charity may mail its supporters without consent, if all of this holds: (a) the sole
    /// purpose of the message is to further its charitable purposes; (b) it obtained the details as the person
    /// expressed an interest in those purposes, or offered or gave support to further them; (c) the person could
    /// refuse simply and without charge then, and can in every message since. A charity is what reg 22(5) says.
    ///
    /// ## Allowed
    /// A donor of March 2026, who was offered an opt-out with the gift and did not take it, gets an appeal.
    ///
    /// ## Refused
    /// The appeal also sells Christmas cards. The charity's trading company sends it. The donor's details came from a
    /// fundraising platform. The message goes out on 4 February 2026.
    ///
    /// ## Doubt
    /// Whether details collected before 5 February 2026 qualify is a rule of its own: `ico.charity-collected-since`.
    /// A purely transactional purchase in a charity's shop is not by itself support.
    ///
    /// ## References
    /// PECR reg 22(3A) and (5), inserted by the Data (Use and Access) Act 2025 s.114; SI 2026/82 reg 2(x).
    pub(crate) static RULE = {
        id: "pecr.reg22.charitable-soft-opt-in",
        effect: Effect::Exception { to: &["pecr.reg22.consent"] },
        level: Level::Statute,
        citation: pecr("reg. 22(3A)", REG_22),
        in_force: InForce::from(CHARITY_SOFT_OPT_IN),
        statement: "A charity may mail a supporter who never refused, solely to further its charitable purposes.",
        limbs: [&SOLE_PURPOSE, &SUPPORT, &OFFERED, &REFUSED, &EVERY_MESSAGE, &CHARITY],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !engaged(facts) {
        return Outcome::NotEngaged;
    }
    let is_charity = facts.sender_kind == SenderKind::Charity;
    let kind = Seen::stated("sender.kind", facts.sender_kind.as_str());
    let Some(collection) = &facts.collection else {
        let nothing = Seen::stated("details_collected", "unknown");
        return Limbs::default()
            .require(&CHARITY, is_charity, kind)
            .told(&SUPPORT, None, nothing, "a `details_collected` event: how the details were obtained")
            .outcome(None);
    };
    let seen = Seen::event("details_collected.context", collection.context.as_str(), collection.event);
    let sole = if facts.promotes_another { Some(false) } else { facts.message.sole_charitable_purpose };
    let support = matches!(collection.context, CollectionContext::CharityInterest | CollectionContext::CharitySupport);
    let own = collection.by_sender && collection.for_this_detail && !collection.before_reassignment;
    let limbs = Limbs::default()
        .require(&CHARITY, is_charity, kind)
        .told(
            &SOLE_PURPOSE,
            sole,
            Seen::stated("message.sole_charitable_purpose", word(sole)),
            "`message.sole_charitable_purpose`",
        )
        .require(&SUPPORT, support && own, seen);
    refusable(limbs, facts, collection, [&OFFERED, &REFUSED, &EVERY_MESSAGE]).outcome(Some(collection.event))
}

/// What a charity asks permission for, or slips into a receipt, can be its cause as much as an appeal is.
pub(crate) fn engaged(facts: &Facts<'_>) -> bool {
    let cause = match facts.purpose {
        Purpose::Charity => true,
        Purpose::ConsentRequest | Purpose::Service | Purpose::Research => facts.sender_kind == SenderKind::Charity,
        Purpose::Commercial | Purpose::Political => false,
    };
    cause && is_marketing_by_electronic_mail(facts)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, Change, F, as_is, by_charitable_soft_opt_in, limbs, said, with},
        terms::{
            channel::Channel, collection::CollectionContext, party::SenderKind, purpose::Purpose, refusal::OptOut,
        },
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::interest(|f: F| f.the_collection().context = CollectionContext::CharityInterest, &["met"])]
    #[case::its_trading_company(|f: F| f.sender_kind = SenderKind::Company, &["22(5)"])]
    #[case::other_purposes_too(|f: F| f.message.sole_charitable_purpose = Some(false), &["22(3A)(a)"])]
    #[case::purposes_not_stated(|f: F| f.message.sole_charitable_purpose = None, &["22(3A)(a)"])]
    #[case::another_s_aims(|f: F| f.promotes_another = true, &["22(3A)(a)"])]
    #[case::no_collection(|f: F| f.collection = None, &["22(3A)(b)"])]
    #[case::a_sale(|f: F| f.the_collection().context = CollectionContext::Sale, &["22(3A)(b)"])]
    #[case::collected_by_another(|f: F| f.the_collection().by_sender = false, &["22(3A)(b)"])]
    #[case::another_address(|f: F| f.the_collection().for_this_detail = false, &["22(3A)(b)"])]
    #[case::an_earlier_holder(|f: F| f.the_collection().before_reassignment = true, &["22(3A)(b)"])]
    #[case::opt_out_not_offered(|f: F| f.the_collection().opt_out_offered = Some(false), &["22(3A)(c)-at-collection"])]
    #[case::opt_out_not_free(|f: F| f.the_collection().opt_out_free = Some(false), &["22(3A)(c)-at-collection"])]
    #[case::offer_not_known(|f: F| f.the_collection().opt_out_offered = None, &["22(3A)(c)-at-collection"])]
    #[case::refused_then(|f: F| f.the_collection().refused = Some(true), &["22(3A)(c)-refused"])]
    #[case::refusal_not_known(|f: F| f.the_collection().refused = None, &["22(3A)(c)-refused"])]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), &["22(3A)(c)-refused"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["22(3A)(c)-refused"])]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["22(3A)(c)-refused"])]
    #[case::no_opt_out_in_this_message(|f: F| f.message.opt_out = Some(OptOut::None), &["22(3A)(c)-this-message"])]
    #[case::a_charge_to_opt_out(|f: F| f.message.opt_out = Some(OptOut::Charged), &["22(3A)(c)-this-message"])]
    #[case::a_letter_to_opt_out(|f: F| f.message.opt_out = Some(OptOut::PostalAddress), &["22(3A)(c)-this-message"])]
    #[case::opt_out_not_known(|f: F| f.message.opt_out = None, &["22(3A)(c)-this-message"])]
    #[case::goods(|f: F| f.purpose = Purpose::Commercial, &["not engaged"])]
    #[case::asking_for_consent(|f: F| f.purpose = Purpose::ConsentRequest, &["met"])]
    #[case::a_party_asks(|f: F| (f.sender_kind, f.purpose) = (SenderKind::PoliticalParty, Purpose::ConsentRequest), &["not engaged"])]
    #[case::a_receipt_that_ends_with_an_appeal(
        |f: F| (f.purpose, f.message.contains_promotion) = (Purpose::Service, Some(true)),
        &["met"],
    )]
    #[case::a_receipt(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn a_charity_s_supporters(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_charitable_soft_opt_in(), change))), expected);
    }
}
