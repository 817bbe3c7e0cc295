//! Regulation 21A: calls about claims management need consent.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_21A, pecr},
        consent::{self, Parts},
        in_force::{CLAIMS_CALLS, InForce},
        outcome::{Limb, Outcome},
    },
};

const NOTIFIED: Limb = Limb {
    id: "21A(2)",
    holds: "the subscriber has notified the caller of consent to its calls about claims management services",
    fails: "no valid consent of the subscriber to calls of this caller about claims management services is on record",
};
const LINE: Limb = Limb {
    id: "21A(2)-line",
    holds: "the consent is the present subscriber's, for calls on this very line",
    fails: "the consent was not given for this line by the one who holds it now",
};
const SENDER: Limb = Limb {
    id: "21A(2)-sender",
    holds: "the consent names the caller, or whoever causes the calls",
    fails: "the consent does not name the caller: \"partners\", or a list so long that nobody reads it, is not enough",
};
const CHANNEL: Limb = Limb {
    id: "21A(2)-channel",
    holds: "the consent is to such calls: live ones",
    fails: "the consent is not to live calls",
};
const PURPOSE: Limb = Limb {
    id: "21A(2)-purpose",
    holds: "the consent is to such calls: this purpose",
    fails: "the consent does not cover calls of this purpose",
};
const TOPIC: Limb = Limb {
    id: "21A(2)-topic",
    holds: "the consent is to such calls: this topic",
    fails: "the consent is limited to other topics",
};
const PROMOTED: Limb = Limb {
    id: "21A(2)-promoted-party",
    holds: "the consent is to such calls: the offers of the party whose services are promoted",
    fails: "the consent does not cover the offers of other parties",
};
const STANDING: Limb = Limb {
    id: "21A(2)-for-the-time-being",
    holds: "the subscriber consents for the time being: no objection, withdrawal or refusal stands against it",
    fails: "an objection, a withdrawal or a refusal of the subscriber stands against the consent",
};

rule! {
    /// Nobody may make unsolicited calls for direct marketing in relation to claims management services, or instigate
    /// them, unless the called line is that of a subscriber who has notified the caller that for the time being the
    /// subscriber consents to such calls being made by, or at the instigation of, the caller on that line. The
    /// services are advice, financial services or assistance, acting for or representing a person, referral or
    /// introduction, and inquiries, in relation to a claim for compensation, restitution, repayment or another remedy. Every
    /// subscriber is protected, a company too, and whether the number is on a register does not matter.
    ///
    /// ## Allowed
    /// A claims firm rings a person who agreed, on the firm's own form, to be rung by that firm about a refund.
    ///
    /// ## Refused
    /// A claims firm cold-calls a limited company. It relies on a website whose statement covered 435 companies. It
    /// says that the number is on no register.
    ///
    /// ## Doubt
    /// Consent to calls that is not limited to topics is taken to cover the firm's calls about claims; one that names
    /// topics covers those alone. Whether a call is in relation to claims management is what `matter` says.
    ///
    /// ## References
    /// PECR reg 21A, inserted by the Financial Guidance and Claims Act 2018 s.35; SI 2018/987 reg 3.
    pub(crate) static RULE = {
        id: "pecr.reg21a.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21A(1)-(2)", REG_21A),
        in_force: InForce::from(CLAIMS_CALLS),
        statement: "A marketing call about claims management needs the subscriber's consent to the caller.",
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
    if call::is_about_claims(facts) { consent::evaluate(facts, &PARTS) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, Change, F, about_claims, as_is, limbs, said, with},
        terms::{channel::Channel, purpose::Matter, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::none(|f: F| f.consent = None, &["21A(2)"])]
    #[case::none_of_a_company(
        |f: F| (f.recipient.subscriber, f.recipient.named_person, f.consent) = (SubscriberKind::Corporate, Some(false), None),
        &["21A(2)"],
    )]
    #[case::for_another_line(|f: F| f.the_consent().for_this_detail = false, &["21A(2)-line"])]
    #[case::by_an_earlier_holder(|f: F| f.the_consent().before_reassignment = true, &["21A(2)-line"])]
    #[case::names_partners(|f: F| f.the_consent().names_sender = Some(false), &["21A(2)-sender"])]
    #[case::to_emails(|f: F| f.the_consent().covers_channel = false, &["21A(2)-channel"])]
    #[case::to_a_charity_s_calls(|f: F| f.the_consent().covers_purpose = false, &["21A(2)-purpose"])]
    #[case::about_something_else(|f: F| f.the_consent().covers_topic = Some(false), &["21A(2)-topic"])]
    #[case::another_s_services(|f: F| f.promotes_another = true, &["21A(2)-promoted-party"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["21A(2)-for-the-time-being"])]
    #[case::about_pensions(|f: F| f.matter = Some(Matter::Pensions), &["not engaged"])]
    #[case::about_neither(|f: F| f.matter = None, &["not engaged"])]
    #[case::the_day_before(|f: F| f.as_of = date(2018, 9, 7), &["not engaged"])]
    #[case::an_email(|f: F| f.channel = Channel::Email, &["not engaged"])]
    #[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn calls_about_claims(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(about_claims(), change))), expected);
    }
}
