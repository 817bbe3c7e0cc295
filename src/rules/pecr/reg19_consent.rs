//! Regulation 19(1) and (2)(a): recorded calls need consent to recorded calls.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_19, pecr},
        consent::{self, Parts},
        in_force::{COMMUNICATION_SYSTEMS, InForce, PECR},
        outcome::{Limb, Outcome},
    },
};

const NOTIFIED: Limb = Limb {
    id: "19(2)(a)",
    holds: "the subscriber has notified the caller of consent to recorded calls",
    fails: "no valid consent of the subscriber to recorded calls of this caller is on record",
};
const LINE: Limb = Limb {
    id: "19(2)(a)-line",
    holds: "the consent is the present subscriber's, for calls on this very line",
    fails: "the consent was not given for this line by the one who holds it now",
};
const SENDER: Limb = Limb {
    id: "19(2)(a)-sender",
    holds: "the consent names the caller, or whoever causes the calls",
    fails: "the consent does not name the caller: \"partners\" or a kind of company is not enough",
};
const CHANNEL: Limb = Limb {
    id: "19(2)(a)-channel",
    holds: "the consent is to such communications: recorded calls",
    fails: "the consent is not to recorded calls: consent to live calls or to \"phone marketing\" is not enough",
};
const PURPOSE: Limb = Limb {
    id: "19(2)(a)-purpose",
    holds: "the consent is to such communications: this purpose",
    fails: "the consent does not cover calls of this purpose",
};
const TOPIC: Limb = Limb {
    id: "19(2)(a)-topic",
    holds: "the consent is to such communications: this topic",
    fails: "the consent is limited to other topics",
};
const PROMOTED: Limb = Limb {
    id: "19(2)(a)-promoted-party",
    holds: "the consent is to such communications: the offers of the party whose goods or aims are promoted",
    fails: "the consent does not cover the offers of other parties",
};
const STANDING: Limb = Limb {
    id: "19(2)(a)-for-the-time-being",
    holds: "the subscriber consents for the time being: no objection, withdrawal or refusal stands against it",
    fails: "an objection, a withdrawal or a refusal of the subscriber stands against the consent",
};

const PARTS: Parts = Parts {
    notified: &NOTIFIED,
    recipient: &LINE,
    sender: &SENDER,
    channel: &CHANNEL,
    purpose: &PURPOSE,
    topic: &TOPIC,
    promoted: &PROMOTED,
    standing: &STANDING,
};

rule! {
    /// Nobody may transmit recorded matter for direct marketing by an automated calling or communication system, or
    /// instigate that, unless the called line is that of a subscriber who has notified the caller that for the time
    /// being he consents to such communications being sent by, or at the instigation of, the caller on that line. Every
    /// subscriber is protected, a company as much as a person, and every such call is caught, solicited or not. No
    /// register, no sale and no request takes the place of the consent.
    ///
    /// ## Allowed
    /// A customer pressed a button "Yes, ring me with recorded offers on this number", and is rung with one.
    ///
    /// ## Refused
    /// The customer agreed to "phone marketing", or to calls from a person. The customer asked for a call back and a
    /// recording answers. The recording plays at a company's switchboard.
    ///
    /// ## Doubt
    /// The words are "such communications"; the regulator says that consent to marketing in general, or to live calls,
    /// is none. That is taken for what the words mean, on either reading. Until 16 May 2016 the condition stood in
    /// 19(2) without a letter.
    ///
    /// ## References
    /// PECR reg 19(1)-(2), as amended by SI 2011/1208 reg 8 and SI 2016/524.
    pub(crate) static RULE = {
        id: "pecr.reg19.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 19(1), (2)(a)", REG_19),
        in_force: InForce::from(COMMUNICATION_SYSTEMS),
        statement: "A recorded marketing call needs the subscriber's consent to recorded calls of the caller.",
        limbs: [&NOTIFIED, &LINE, &SENDER, &CHANNEL, &PURPOSE, &TOPIC, &PROMOTED, &STANDING],
        evaluate: evaluate,
    };
}

rule! {
    /// Nobody may transmit recorded matter for direct marketing by an automated calling system, or instigate that,
    /// unless the called line is that of a subscriber who has notified the caller that for the time being he consents to
    /// such communications being sent by, or at the instigation of, the caller on that line.
    ///
    /// ## Allowed
    /// A member told a party that it may play recorded messages to the member's telephone.
    ///
    /// ## Refused
    /// The party plays a well-known voice to every household of a town.
    ///
    /// ## References
    /// PECR reg 19(1)-(2) as made; *Scottish National Party v IC* (EA/2005/0021, 2006).
    pub(crate) static BEFORE_COMMUNICATION_SYSTEMS = {
        id: "pecr.reg19.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 19(1)-(2)", REG_19),
        in_force: InForce::between(PECR, COMMUNICATION_SYSTEMS),
        statement: "A recorded marketing call by an automated calling system needs the subscriber's consent.",
        limbs: [&NOTIFIED, &LINE, &SENDER, &CHANNEL, &PURPOSE, &TOPIC, &PROMOTED, &STANDING],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if call::is_automated(facts) { consent::evaluate(facts, &PARTS) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Facts,
        rules::testing::{AFTER, Change, F, as_is, by_automated_call, limbs, said, solicited, with},
        terms::{channel::Channel, consent::ConsentSource, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::none(|f: F| f.consent = None, &["19(2)(a)"])]
    #[case::of_a_company(|f: F| f.recipient.subscriber = SubscriberKind::Corporate, &["met"])]
    #[case::none_of_a_company(|f: F| (f.recipient.subscriber, f.consent) = (SubscriberKind::Corporate, None), &["19(2)(a)"])]
    #[case::for_another_line(|f: F| f.the_consent().for_this_detail = false, &["19(2)(a)-line"])]
    #[case::by_an_earlier_holder(|f: F| f.the_consent().before_reassignment = true, &["19(2)(a)-line"])]
    #[case::given_by_a_friend(|f: F| f.the_consent().source = ConsentSource::Referral, &["19(2)(a)-line"])]
    #[case::names_another(|f: F| f.the_consent().names_sender = Some(false), &["19(2)(a)-sender"])]
    #[case::to_live_calls(|f: F| f.the_consent().covers_channel = false, &["19(2)(a)-channel"])]
    #[case::to_a_charity_s_calls(|f: F| f.the_consent().covers_purpose = false, &["19(2)(a)-purpose"])]
    #[case::about_something_else(|f: F| f.the_consent().covers_topic = Some(false), &["19(2)(a)-topic"])]
    #[case::another_s_goods(|f: F| f.promotes_another = true, &["19(2)(a)-promoted-party"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["19(2)(a)-for-the-time-being"])]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["19(2)(a)-for-the-time-being"])]
    #[case::a_live_call(|f: F| f.channel = Channel::LiveCall, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn consent_to_recorded_calls(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_automated_call(), change))), expected);
    }

    #[test]
    fn a_request_takes_no_consent_s_place() {
        let facts = Facts { channel: Channel::AutomatedCall, ..solicited() };
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["19(2)(a)"]);
    }
}
