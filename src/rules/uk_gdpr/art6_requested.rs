//! Article 6(1)(b): what the person asked for.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_6, Level, dpa_1998, uk_gdpr},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Outcome},
        solicited,
        uk_gdpr::art6_consent::{SCHEDULE_2, is_asked_for},
    },
};

const ASKED_FOR: Limb = Limb {
    id: "6(1)(b)-request",
    holds: "the person asked the sender for this, by this channel, and it has not been sent yet",
    fails: "no open request of the person to this sender for this, by this channel, is on record",
};
const LATER: Limb = Limb {
    id: "6(1)(b)-later",
    holds: "the request is later than any objection",
    fails: "the person has objected since",
};
const ASKED_FOR_1998: Limb = Limb { id: "Sch2(2)-request", ..ASKED_FOR };
const LATER_1998: Limb = Limb { id: "Sch2(2)-later", ..LATER };

rule! {
    /// Personal data may be used to take steps at the person's request before entering into a contract. Who asks for a
    /// brochure or a quote may be sent it.
    ///
    /// ## Allowed
    /// A person asks a travel firm for its brochure by post, and gets it.
    ///
    /// ## Refused
    /// The firm posts the next brochure too: the request has been answered.
    ///
    /// ## Doubt
    /// A charity's leaflet leads to no contract. The person's own request is taken for enough there too: it could be
    /// called consent as well.
    ///
    /// ## References
    /// UK GDPR Art 6(1)(b).
    pub(crate) static RULE = {
        id: "uk_gdpr.art6.requested",
        effect: Effect::Exception { to: &["uk_gdpr.art6.consent"] },
        level: Level::Statute,
        citation: uk_gdpr("Art 6(1)(b)", ART_6),
        in_force: InForce::from(GDPR),
        statement: "What the person asked for may be sent.",
        limbs: [&ASKED_FOR, &LATER],
        evaluate: evaluate,
    };
}

rule! {
    /// Personal data may be used to take steps at the person's request with a view to entering into a contract.
    ///
    /// ## Allowed
    /// A person asks a travel firm for its brochure by post, and gets it.
    ///
    /// ## Refused
    /// The firm posts the next brochure too.
    ///
    /// ## References
    /// Data Protection Act 1998 Sch 2 para 2(b), in force until 25 May 2018.
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art6.requested",
        effect: Effect::Exception { to: &["uk_gdpr.art6.consent"] },
        level: Level::Statute,
        citation: dpa_1998("Sch. 2 para. 2(b)", SCHEDULE_2),
        in_force: InForce::between(PECR, GDPR),
        statement: "What the person asked for may be sent.",
        limbs: [&ASKED_FOR_1998, &LATER_1998],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if is_asked_for(facts) { solicited::in_two_limbs(facts, &ASKED_FOR, &LATER) } else { Outcome::NotEngaged }
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if is_asked_for(facts) { solicited::in_two_limbs(facts, &ASKED_FOR_1998, &LATER_1998) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        facts::Facts,
        rules::testing::{AFTER, BEFORE, Change, F, as_is, limbs, said, solicited, with},
        terms::{channel::Channel, purpose::Purpose},
    };

    #[rstest]
    #[case::smallest(as_is, "met", "met")]
    #[case::nothing_said_of_a_request(|f: F| f.answers_request = false, "not engaged", "not engaged")]
    #[case::no_such_request(|f: F| f.request = None, "6(1)(b)-request", "Sch2(2)-request")]
    #[case::by_email(|f: F| f.the_request().covers_channel = false, "6(1)(b)-request", "Sch2(2)-request")]
    #[case::sent_already(|f: F| f.the_request().fulfilled = true, "6(1)(b)-request", "Sch2(2)-request")]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), "met", "met")]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), "6(1)(b)-later", "Sch2(2)-later")]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, "not engaged", "not engaged")]
    fn what_the_person_asked_for(#[case] change: Change, #[case] now: &str, #[case] before_gdpr: &str) {
        let facts = with(Facts { channel: Channel::Post, ..solicited() }, change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [now]);
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), [before_gdpr]);
    }
}
