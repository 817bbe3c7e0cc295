//! Regulation 21(1): what the person asked for is no unsolicited call.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_21, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Outcome},
        solicited::{self, Parts},
    },
};

const ASKED_FOR: Limb = Limb {
    id: "21(1)-request",
    holds: "the person asked the caller for this call, on this number",
    fails: "no such request of the person to this caller is on record",
};
const SCOPE: Limb = Limb {
    id: "21(1)-scope",
    holds: "the call is about what was asked for, and a call was asked for",
    fails: "the request was for something else or for another channel",
};
const OPEN: Limb = Limb {
    id: "21(1)-unanswered",
    holds: "the request has not been answered yet",
    fails: "the request has been answered already: what follows is unsolicited",
};
const LATER: Limb = Limb {
    id: "21(1)-later",
    holds: "the request is later than any objection",
    fails: "the person has objected since",
};

rule! {
    /// Regs 21(1), 21A and 21B are about unsolicited calls. A call that the person actively and specifically asked for
    /// is solicited: neither the register nor an earlier objection stands in its way, and it needs no consent. Agreeing
    /// to future calls does not make them solicited. Every call must show who is calling (21(A1)), and a recorded call
    /// needs consent, solicited or not (reg 19).
    ///
    /// ## Allowed
    /// A person on the register fills in "ring me about solar panels", and is rung about solar panels. A saver asks a
    /// firm to ring about a pension transfer.
    ///
    /// ## Refused
    /// The firm rings again next month. It rings about insurance. It withholds its number.
    ///
    /// ## Doubt
    /// As with mail, what was asked for goes ahead against an earlier objection only if the request itself is on record,
    /// is later, says what was asked for, and is named by the check.
    ///
    /// ## References
    /// PECR reg 21(1), 21A(1), 21B(1); ICO draft direct marketing code (2020), solicited and unsolicited marketing.
    pub(crate) static RULE = {
        id: "pecr.reg21.unsolicited",
        effect: Effect::Exception {
            to: &[
                "pecr.reg21.objection",
                "pecr.reg21.register",
                "pecr.reg21a.consent",
                "pecr.reg21b.consent",
                "policy.pension-client-on-register",
                "house.newly-listed",
            ],
        },
        level: Level::Statute,
        citation: pecr("reg. 21(1)", REG_21),
        in_force: InForce::from(PECR),
        statement: "A call that the person asked for is solicited: it needs no consent and no look at the register.",
        limbs: [&ASKED_FOR, &SCOPE, &OPEN, &LATER],
        evaluate: evaluate,
    };
}

const PARTS: Parts = Parts { asked_for: &ASKED_FOR, scope: &SCOPE, open: &OPEN, later: &LATER };

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if call::is_live(facts) && facts.answers_request { solicited::evaluate(facts, &PARTS) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Facts,
        rules::testing::{AFTER, BEFORE, Change, F, as_is, limbs, said, solicited, with},
        terms::{channel::Channel, purpose::Matter, purpose::Purpose},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::about_claims(|f: F| f.matter = Some(Matter::ClaimsManagement), &["met"])]
    #[case::about_pensions(|f: F| f.matter = Some(Matter::Pensions), &["met"])]
    #[case::nothing_said_of_a_request(|f: F| f.answers_request = false, &["not engaged"])]
    #[case::no_such_request(|f: F| f.request = None, &["21(1)-request"])]
    #[case::on_another_number(|f: F| f.the_request().for_this_detail = false, &["21(1)-request"])]
    #[case::for_an_email(|f: F| f.the_request().covers_channel = false, &["21(1)-scope"])]
    #[case::about_something_else(|f: F| f.the_request().covers_topic = Some(false), &["21(1)-scope"])]
    #[case::answered_already(|f: F| f.the_request().fulfilled = true, &["21(1)-unanswered"])]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["met"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["21(1)-later"])]
    #[case::took_a_permission_back_since(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", AFTER), &["21(1)-later"])]
    #[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
    #[case::an_email(|f: F| f.channel = Channel::Email, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn a_call_that_was_asked_for(#[case] change: Change, #[case] expected: &[&str]) {
        let facts = Facts { channel: Channel::LiveCall, ..solicited() };
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }

    #[test]
    fn what_was_asked_for_is_known_where_a_permission_was_taken_back() {
        let mut facts = Facts { channel: Channel::LiveCall, ..solicited() };
        facts.the_request().names_topic = false;
        facts.line.permission_withdrawn = said("call_permission_withdrawn", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["21(1)-scope"]);
    }
}
