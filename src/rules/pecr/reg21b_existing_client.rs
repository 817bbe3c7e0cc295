//! Regulation 21B(3): calls about pensions to a client who would expect them.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_21B, pecr},
        in_force::{InForce, PENSION_CALLS},
        outcome::{Limb, Limbs, Outcome, Seen, word},
    },
};

use super::reg22_soft_opt_in::{both, refused};

const AUTHORISED: Limb = Limb {
    id: "21B(3)(a)",
    holds: "the caller is an authorised person, or the trustee or manager of a pension scheme",
    fails: "the caller is neither an authorised person nor the trustee or manager of a pension scheme",
};
const CLIENT: Limb = Limb {
    id: "21B(3)(b)",
    holds: "the person has an existing client relationship with the caller",
    fails: "the person has no existing client relationship with the caller",
};
const ENVISAGED: Limb = Limb {
    id: "21B(3)(b)-envisaged",
    holds: "the relationship is such that the person might reasonably envisage marketing calls about pensions",
    fails: "the person could not reasonably envisage marketing calls about pensions",
};
const COLLECTION: Limb = Limb {
    id: "21B(3)(c)-collection",
    holds: "the caller gave the person a simple and free means of refusing when it collected the number",
    fails: "the caller gave the person no simple and free means of refusing when the number was collected",
};
const REFUSED: Limb = Limb {
    id: "21B(3)(c)-refused",
    holds: "the person has not refused, then or since",
    fails: "the person has refused the use of the number for marketing",
};
const EVERY_COMMUNICATION: Limb = Limb {
    id: "21B(3)(c)-every-communication",
    holds: "the call gives the person a simple and free means of refusing further ones",
    fails: "the call gives the person no simple and free means of refusing further ones",
};
const GENUINE: Limb = Limb {
    id: "21B(5)(c)",
    holds: "the relationship was not set up by the caller primarily to avoid the ban",
    fails: "the relationship was set up by the caller primarily to avoid the ban, and is none for this purpose",
};

rule! {
    /// A person may be called about pensions without consent if (a) the caller is an authorised person, or the trustee
    /// or manager of a pension scheme; (b) the person has an existing client relationship with the caller on the line,
    /// such that the person might reasonably envisage such calls; and (c) the person was given a simple means of
    /// refusing, free of charge, when the details were first collected, and is given it at each subsequent
    /// communication. A relationship set up at the caller's instigation primarily to avoid the ban is none (21B(5)(c)).
    ///
    /// ## Allowed
    /// An adviser with a yearly review in the contract rings a client about the client's pension, and says how to be
    /// left alone. The client form had a box to refuse, which stayed empty.
    ///
    /// ## Refused
    /// The adviser's call centre, which is another company, rings. The client's mortgage was arranged, and nothing was
    /// said of pensions. The person was signed up for a free newsletter so that there be a relationship. The call says
    /// nothing of how to refuse.
    ///
    /// ## Doubt
    /// The regulation does not say who collected the details; the caller itself is asked for here, as it is in reg
    /// 22(3). Whether a client might envisage the call is the caller's own judgment. That nobody set the relationship up
    /// to avoid the ban must be told, like all else.
    ///
    /// ## References
    /// PECR reg 21B(3) and (5), inserted by SI 2018/1396.
    pub(crate) static RULE = {
        id: "pecr.reg21b.existing-client",
        effect: Effect::Exception { to: &["pecr.reg21b.consent"] },
        level: Level::Statute,
        citation: pecr("reg. 21B(3), (5)(c)", REG_21B),
        in_force: InForce::from(PENSION_CALLS),
        statement: "An authorised caller may ring a client who would expect calls about pensions and never refused them.",
        limbs: [&AUTHORISED, &CLIENT, &ENVISAGED, &COLLECTION, &REFUSED, &EVERY_COMMUNICATION, &GENUINE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !call::is_about_pensions(facts) {
        return Outcome::NotEngaged;
    }
    let Some(relationship) = &facts.line.relationship else {
        let nothing = Seen::stated("client_relationship_started", "unknown");
        return call::authorised(facts, &AUTHORISED)
            .told(&CLIENT, None, nothing, "a `client_relationship_started` event with the caller, on this number")
            .outcome(None);
    };
    let client =
        relationship.ended.map_or(Seen::event("client_relationship_started", "stands", relationship.event), |ended| {
            Seen::event("client_relationship_ended", "ended", ended)
        });
    let (expected, avoids) = (facts.call.client_would_expect, relationship.avoids_the_ban);
    call::authorised(facts, &AUTHORISED)
        .require(&CLIENT, relationship.ended.is_none(), client)
        .told(
            &ENVISAGED,
            expected,
            Seen::stated("call.client_would_expect", word(expected)),
            "`call.client_would_expect`: whether the client might reasonably envisage such a call",
        )
        .and(could_refuse(facts))
        .told(
            &GENUINE,
            avoids.map(|avoids| !avoids),
            Seen::event("client_relationship_started.set_up_to_avoid_the_ban", word(avoids), relationship.event),
            "`set_up_to_avoid_the_ban` of the `client_relationship_started` event",
        )
        .outcome(Some(relationship.event))
}

/// The person could refuse when the number was collected, has not, and can in this call.
fn could_refuse<'a>(facts: &Facts<'a>) -> Limbs<'a> {
    let limbs = match &facts.collection {
        None => Limbs::default().told(
            &COLLECTION,
            None,
            Seen::stated("details_collected", "unknown"),
            "a `details_collected` event: whether the client could refuse when the number was collected",
        ),
        Some(it) => {
            let own = it.by_sender && it.for_this_detail && !it.before_reassignment;
            let offered = if own { both(it.opt_out_offered, it.opt_out_free) } else { Some(false) };
            let (has_refused, by) = refused(facts, it);
            Limbs::default()
                .told(
                    &COLLECTION,
                    offered,
                    Seen::event("details_collected.opt_out_offered", word(offered), it.event),
                    "`opt_out_offered` and `opt_out_free` of the `details_collected` event",
                )
                .told(&REFUSED, has_refused.map(|refused| !refused), by, "`refused` of the `details_collected` event")
        }
    };
    let offers = facts.call.offers_opt_out;
    limbs.told(
        &EVERY_COMMUNICATION,
        offers,
        Seen::stated("call.offers_opt_out", word(offers)),
        "`call.offers_opt_out`: whether the call gives a simple and free means of refusing",
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, Change, F, as_is, event, limbs, said, to_a_client, with},
        terms::{channel::Channel, purpose::Matter, purpose::Purpose},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::not_authorised(|f: F| f.caller.authorised = Some(false), &["21B(3)(a)"])]
    #[case::nobody_says_whether(|f: F| f.caller.authorised = None, &["21B(3)(a)"])]
    #[case::no_client(|f: F| f.line.relationship = None, &["21B(3)(b)"])]
    #[case::no_longer_a_client(|f: F| f.line.relationship.as_mut().unwrap().ended = Some(event("client_relationship_ended", AFTER)), &["21B(3)(b)"])]
    #[case::not_to_be_envisaged(|f: F| f.call.client_would_expect = Some(false), &["21B(3)(b)-envisaged"])]
    #[case::nobody_says_whether_envisaged(|f: F| f.call.client_would_expect = None, &["21B(3)(b)-envisaged"])]
    #[case::no_collection(|f: F| f.collection = None, &["21B(3)(c)-collection"])]
    #[case::collected_by_another(|f: F| f.the_collection().by_sender = false, &["21B(3)(c)-collection"])]
    #[case::another_number(|f: F| f.the_collection().for_this_detail = false, &["21B(3)(c)-collection"])]
    #[case::no_opt_out_then(|f: F| f.the_collection().opt_out_offered = Some(false), &["21B(3)(c)-collection"])]
    #[case::nobody_says_whether_free(|f: F| f.the_collection().opt_out_free = None, &["21B(3)(c)-collection"])]
    #[case::refused_then(|f: F| f.the_collection().refused = Some(true), &["21B(3)(c)-refused"])]
    #[case::nobody_says_whether_refused(|f: F| f.the_collection().refused = None, &["21B(3)(c)-refused"])]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), &["21B(3)(c)-refused"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["21B(3)(c)-refused"])]
    #[case::no_opt_out_now(|f: F| f.call.offers_opt_out = Some(false), &["21B(3)(c)-every-communication"])]
    #[case::nobody_says_of_an_opt_out_now(|f: F| f.call.offers_opt_out = None, &["21B(3)(c)-every-communication"])]
    #[case::to_avoid_the_ban(|f: F| f.line.relationship.as_mut().unwrap().avoids_the_ban = Some(true), &["21B(5)(c)"])]
    #[case::nobody_says_whether_to_avoid_it(|f: F| f.line.relationship.as_mut().unwrap().avoids_the_ban = None, &["21B(5)(c)"])]
    #[case::about_claims(|f: F| f.matter = Some(Matter::ClaimsManagement), &["not engaged"])]
    #[case::the_day_before(|f: F| f.as_of = date(2019, 1, 8), &["not engaged"])]
    #[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn a_client_who_would_expect_it(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_client(), change))), expected);
    }
}
