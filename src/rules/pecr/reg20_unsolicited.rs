//! Regulation 20(1): only unsolicited faxes.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_20, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Outcome},
        pecr::reg20_consent::is_marketing_by_fax,
        solicited,
    },
};

const ASKED_FOR: Limb = Limb {
    id: "20(1)-request",
    holds: "the subscriber asked the sender for this by fax, on this line, and it has not been sent yet",
    fails: "no open request of the subscriber to this sender for this, by fax and on this line, is on record",
};
const LATER: Limb = Limb {
    id: "20(1)-later",
    holds: "the request is later than any objection",
    fails: "the subscriber has objected since",
};

rule! {
    /// Reg 20 is about unsolicited faxes. What the subscriber actively and specifically asked for may be sent whatever
    /// the register says.
    ///
    /// ## Allowed
    /// A café on the register rings a wholesaler and asks for today's price list by fax.
    ///
    /// ## Refused
    /// The wholesaler faxes the next week's list too: nobody asked for that one.
    ///
    /// ## Doubt
    /// What was asked for by another way than a fax, or has been sent already, is not taken to ask for this fax.
    ///
    /// ## References
    /// PECR reg 20(1).
    pub(crate) static RULE = {
        id: "pecr.reg20.unsolicited",
        effect: Effect::Exception { to: &["pecr.reg20.consent", "pecr.reg20.objection", "pecr.reg20.register", "house.newly-listed"] },
        level: Level::Statute,
        citation: pecr("reg. 20(1)", REG_20),
        in_force: InForce::from(PECR),
        statement: "A fax that the subscriber asked for is solicited.",
        limbs: [&ASKED_FOR, &LATER],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if is_marketing_by_fax(facts) { solicited::in_two_limbs(facts, &ASKED_FOR, &LATER) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Facts,
        rules::testing::{AFTER, BEFORE, Change, DONE, F, as_is, limbs, said, solicited, with},
        terms::channel::Channel,
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::nothing_said_of_a_request(|f: F| f.answers_request = false, &["not engaged"])]
    #[case::no_such_request(|f: F| f.request = None, &["20(1)-request"])]
    #[case::asked_of_another_party(|f: F| f.the_request().to_sender = false, &["20(1)-request"])]
    #[case::from_another_line(|f: F| f.the_request().for_this_detail = false, &["20(1)-request"])]
    #[case::by_email(|f: F| f.the_request().covers_channel = false, &["20(1)-request"])]
    #[case::topic_not_stated(|f: F| f.the_request().covers_topic = None, &["20(1)-request"])]
    #[case::sent_already(|f: F| f.the_request().fulfilled = true, &["20(1)-request"])]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["met"])]
    #[case::objected_before_and_asked_for_anything(|f: F| asked_for_anything(f), &["20(1)-request"])]
    #[case::objected_at_the_same_time(|f: F| f.stops.objection = said("objection_raised", DONE), &["20(1)-later"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["20(1)-later"])]
    #[case::an_email(|f: F| f.channel = Channel::Email, &["not engaged"])]
    fn what_the_subscriber_asked_for(#[case] change: Change, #[case] expected: &[&str]) {
        let facts = Facts { channel: Channel::Fax, ..solicited() };
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }

    fn asked_for_anything(facts: F<'_>) {
        facts.stops.objection = said("objection_raised", BEFORE);
        facts.the_request().names_topic = false;
    }
}
