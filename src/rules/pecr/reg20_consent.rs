//! Regulation 20(1)(a) and (2): a fax to an individual subscriber needs consent.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_20, pecr},
        consent::{self, Parts},
        in_force::{InForce, PECR},
        outcome::{Limb, Outcome},
        scope::direct_marketing::is_direct_marketing,
    },
    terms::{channel::Channel, subscriber::SubscriberKind},
};

const NOTIFIED: Limb = Limb {
    id: "20(2)",
    holds: "the subscriber has notified the caller of consent",
    fails: "no valid consent of the subscriber to this caller is on record",
};
const LINE: Limb = Limb {
    id: "20(2)-line",
    holds: "the consent is the present subscriber's, for this very line",
    fails: "the consent was not given for this line by the one who holds it now",
};
const SENDER: Limb = Limb {
    id: "20(2)-sender",
    holds: "the consent names the caller, and where another causes the sending, that one",
    fails: "the consent does not name the caller: \"partners\" or a kind of company is not enough",
};
const CHANNEL: Limb = Limb {
    id: "20(2)-channel",
    holds: "the consent is to such communications: faxes",
    fails: "the consent does not cover faxes",
};
const PURPOSE: Limb = Limb {
    id: "20(2)-purpose",
    holds: "the consent is to such communications: this purpose",
    fails: "the consent does not cover faxes of this purpose",
};
const TOPIC: Limb = Limb {
    id: "20(2)-topic",
    holds: "the consent is to such communications: this topic",
    fails: "the consent is limited to other topics",
};
const PROMOTED: Limb = Limb {
    id: "20(2)-promoted-party",
    holds: "the consent is to such communications: the offers of the party whose goods or aims are promoted",
    fails: "the consent does not cover the offers of other parties",
};
const STANDING: Limb = Limb {
    id: "20(2)-for-the-time-being",
    holds: "the subscriber consents for the time being: no objection, withdrawal or refusal stands against it",
    fails: "an objection, a withdrawal or a refusal of the subscriber stands against the consent",
};

rule! {
    /// Nobody may send, or instigate the sending of, an unsolicited fax for direct marketing on the line of an
    /// individual subscriber, unless the subscriber has notified the caller that he consents, for the time being, to
    /// such communications being sent by or at the instigation of the caller on that line. A sole trader, a club and an
    /// ordinary partnership in England, Wales or Northern Ireland are individual subscribers.
    ///
    /// ## Allowed
    /// A sole trader wrote "fax me your price list every month" to a stationer, and gets the price list.
    ///
    /// ## Refused
    /// The stationer faxes a plumber who agreed to its emails; or one whose number stood in a directory.
    ///
    /// ## Doubt
    /// A subscriber of whom nobody knows what it is counts as an individual: a number does not tell. There is no soft
    /// opt-in by fax.
    ///
    /// ## References
    /// PECR reg 20(1)(a), (2), reg 2(1) "individual"; ICO, fax marketing.
    pub(crate) static RULE = {
        id: "pecr.reg20.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 20(1)(a) and (2)", REG_20),
        in_force: InForce::from(PECR),
        statement: "An unsolicited fax for marketing to an individual subscriber needs consent.",
        limbs: [&NOTIFIED, &LINE, &SENDER, &CHANNEL, &PURPOSE, &TOPIC, &PROMOTED, &STANDING],
        evaluate: evaluate,
    };
}

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

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let individual = match facts.recipient.subscriber {
        SubscriberKind::Individual | SubscriberKind::Unknown => true,
        SubscriberKind::Corporate => false,
    };
    if individual && is_marketing_by_fax(facts) { consent::evaluate(facts, &PARTS) } else { Outcome::NotEngaged }
}

/// Whether regulation 20 looks at this message at all.
pub(crate) fn is_marketing_by_fax(facts: &Facts<'_>) -> bool {
    facts.channel == Channel::Fax && is_direct_marketing(facts)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, BEFORE, Change, DONE, F, as_is, by_fax, limbs, said, with},
        terms::{channel::Channel, consent::ConsentSource, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::a_sole_trader(|f: F| f.recipient.subscriber = SubscriberKind::Individual, &["met"])]
    #[case::a_company(|f: F| f.recipient.subscriber = SubscriberKind::Corporate, &["not engaged"])]
    #[case::none(|f: F| f.consent = None, &["20(2)"])]
    #[case::for_another_line(|f: F| f.the_consent().for_this_detail = false, &["20(2)-line"])]
    #[case::by_an_earlier_holder(|f: F| f.the_consent().before_reassignment = true, &["20(2)-line"])]
    #[case::given_by_a_friend(|f: F| f.the_consent().source = ConsentSource::Referral, &["20(2)-line"])]
    #[case::names_another(|f: F| f.the_consent().names_sender = Some(false), &["20(2)-sender"])]
    #[case::another_channel(|f: F| f.the_consent().covers_channel = false, &["20(2)-channel"])]
    #[case::another_purpose(|f: F| f.the_consent().covers_purpose = false, &["20(2)-purpose"])]
    #[case::another_topic(|f: F| f.the_consent().covers_topic = Some(false), &["20(2)-topic"])]
    #[case::another_s_goods(|f: F| f.promotes_another = true, &["20(2)-promoted-party"])]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["met"])]
    #[case::objected_at_the_same_time(|f: F| f.stops.objection = said("objection_raised", DONE), &["20(2)-for-the-time-being"])]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["20(2)-for-the-time-being"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn consent_to_faxes(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_fax(), change))), expected);
    }
}
