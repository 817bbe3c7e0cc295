//! Regulation 22(1): only unsolicited mail needs consent.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Outcome},
        solicited::{self, Parts},
    },
};

const ASKED_FOR: Limb = Limb {
    id: "22(1)-request",
    holds: "the person asked the sender for this, from this address or number",
    fails: "no such request of the person to this sender is on record",
};
const SCOPE: Limb = Limb {
    id: "22(1)-scope",
    holds: "the message is what was asked for, on a channel on which it was asked for",
    fails: "the request was for something else or for another channel",
};
const OPEN: Limb = Limb {
    id: "22(1)-unanswered",
    holds: "the request has not been answered yet",
    fails: "the request has been answered already: what follows is unsolicited",
};
const LATER: Limb = Limb {
    id: "22(1)-later",
    holds: "the request is later than any objection",
    fails: "the person has objected since",
};

rule! {
    /// Reg 22 is about unsolicited communications. A message that the person actively and specifically asked for is
    /// solicited and needs no consent. Agreeing to future marketing does not make that marketing solicited; it is
    /// unsolicited and consented to. Reg 23 applies to solicited messages too.
    ///
    /// ## Allowed
    /// A person asks a double-glazing firm for a quote and gets that quote. A person who once opted out asks for the
    /// brochure and gets the brochure.
    ///
    /// ## Refused
    /// After the quote, the firm goes on to mail offers: the request has been answered.
    ///
    /// ## Doubt
    /// Some would send nothing at all to a person who has objected. The conservative reading sends what was asked for
    /// if the request itself is on record, is later than the objection, says what was asked for, and is named by the check.
    ///
    /// ## References
    /// PECR reg 22(1); ICO draft direct marketing code (2020), solicited and unsolicited marketing.
    pub(crate) static RULE = {
        id: "pecr.reg22.unsolicited",
        effect: Effect::Exception { to: &["pecr.reg22.consent"] },
        level: Level::Statute,
        citation: pecr("reg. 22(1)", REG_22),
        in_force: InForce::from(PECR),
        statement: "What the person asked for is solicited and needs no consent.",
        limbs: [&ASKED_FOR, &SCOPE, &OPEN, &LATER],
        evaluate: evaluate,
    };
}

pub(crate) const PARTS: Parts = Parts { asked_for: &ASKED_FOR, scope: &SCOPE, open: &OPEN, later: &LATER };

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if is_marketing_by_electronic_mail(facts) && facts.answers_request {
        solicited::evaluate(facts, &PARTS)
    } else {
        Outcome::NotEngaged
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, BEFORE, Change, DONE, F, as_is, given, limbs, said, solicited, with},
        terms::channel::Channel,
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::nothing_said_of_a_request(|f: F| f.answers_request = false, &["not engaged"])]
    #[case::no_such_request(|f: F| f.request = None, &["22(1)-request"])]
    #[case::asked_of_another_party(|f: F| f.the_request().to_sender = false, &["22(1)-request"])]
    #[case::from_another_address(|f: F| f.the_request().for_this_detail = false, &["22(1)-request"])]
    #[case::by_an_earlier_holder(|f: F| f.the_request().before_reassignment = true, &["22(1)-request"])]
    #[case::for_another_channel(|f: F| f.the_request().covers_channel = false, &["22(1)-scope"])]
    #[case::about_something_else(|f: F| f.the_request().covers_topic = Some(false), &["22(1)-scope"])]
    #[case::topic_not_stated(|f: F| f.the_request().covers_topic = None, &["22(1)-scope"])]
    #[case::answered_already(|f: F| f.the_request().fulfilled = true, &["22(1)-unanswered"])]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["met"])]
    #[case::objected_at_the_same_time(|f: F| f.stops.objection = said("objection_raised", DONE), &["22(1)-later"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["22(1)-later"])]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["22(1)-later"])]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), &["22(1)-later"])]
    #[case::asked_the_fundraising_service_since(|f: F| f.stops.fundraising_preference = said("register_listed", AFTER), &["22(1)-later"])]
    #[case::on_the_caller_s_word(|f: F| f.the_request().event = given("request_made", DONE), &["met"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn what_the_person_asked_for(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(solicited(), change))), expected);
    }

    #[test]
    fn a_caller_s_word_does_not_undo_a_recorded_objection() {
        let mut facts = with(solicited(), |f: F| f.the_request().event = given("request_made", DONE));
        facts.stops.objection = said("objection_raised", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["22(1)-later"]);
    }
}
