//! Regulation 22(1): only unsolicited mail needs consent.

use crate::{
    facts::{Facts, Request},
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen, word},
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

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_electronic_mail(facts) || !facts.answers_request {
        return Outcome::NotEngaged;
    }
    let Some(request) = &facts.request else {
        let nothing = Seen::stated("request_made", "unknown");
        return Limbs::default()
            .told(&ASKED_FOR, None, nothing, "a `request_made` event of the `id` that `answers_request` names")
            .outcome(None);
    };
    let stops = &facts.stops;
    let said = [stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal];
    let since = said.iter().filter_map(|stop| stop.standing_after(Some(&request.event))).max_by_key(|stop| stop.at);
    let seen = since.map_or(Seen::event("request_made", "stands", request.event), |stop| {
        Seen::event(stop.kind, "later than the request", stop)
    });
    // Against an objection, what was asked for must be known: a request for anything would lift it for everything.
    let known = request.names_topic || said.iter().all(|stop| stop.latest.is_none());
    limbs(request)
        .require(&LATER, since.is_none(), seen)
        .told(
            &SCOPE,
            (known || since.is_some()).then_some(true),
            Seen::event("request_made.topics", "unknown", request.event),
            "`topics` of the `request_made` event and the message's `topic`: what the person who had objected asked for",
        )
        .outcome(Some(request.event))
}

/// The request that this message answers, if it is one that makes the message solicited.
pub(crate) fn answered<'a, 'f>(facts: &'f Facts<'a>) -> Option<&'f Request<'a>> {
    facts.request.as_ref().filter(|request| limbs(request).outcome(None).is_met())
}

fn limbs<'a>(request: &Request<'a>) -> Limbs<'a> {
    let seen = |fact, value| Seen::event(fact, value, request.event);
    let topic = request.covers_topic;
    let own = request.for_this_detail && !request.before_reassignment;
    let asked = if request.to_sender {
        seen("request_made.recipient", word(Some(own)))
    } else {
        seen("request_made.sender", "another party")
    };
    Limbs::default()
        .require(&ASKED_FOR, own && request.to_sender, asked)
        .require(&SCOPE, request.covers_channel, seen("request_made.channels", word(Some(request.covers_channel))))
        .told(
            &SCOPE,
            topic,
            seen("request_made.topics", word(topic)),
            "`topic`: the request is limited to topics, so the message must say its own",
        )
        .require(&OPEN, !request.fulfilled, seen("request_fulfilled", word(Some(request.fulfilled))))
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
