//! Regulation 21B(1)-(2): calls about pensions need an authorised caller and consent to that caller.

use crate::{
    facts::{Consent, Facts},
    rules::{
        Effect, call,
        citation::{Level, REG_21B, pecr},
        consent::{self, Parts},
        in_force::{InForce, PENSION_CALLS},
        outcome::{Limb, Outcome},
    },
};

const AUTHORISED: Limb = Limb {
    id: "21B(2)(a)",
    holds: "the caller is an authorised person, or the trustee or manager of a pension scheme",
    fails: "the caller is neither an authorised person nor the trustee or manager of a pension scheme",
};
const NOTIFIED: Limb = Limb {
    id: "21B(2)(b)",
    holds: "the individual has notified the caller of consent to its calls about pensions",
    fails: "no valid consent of the individual to calls of this caller about pensions is on record",
};
const LINE: Limb = Limb {
    id: "21B(2)(b)-line",
    holds: "the consent is the present holder's, for calls on this very line",
    fails: "the consent was not given for this line by the one who holds it now",
};
const CALLER: Limb = Limb {
    id: "21B(2)(b)-caller",
    holds: "the consent is to calls by the caller itself",
    fails: "the consent does not name the caller itself: one that names whoever causes the calls is not enough",
};
const CHANNEL: Limb = Limb {
    id: "21B(2)(b)-channel",
    holds: "the consent is to such calls: live ones",
    fails: "the consent is not to live calls",
};
const PURPOSE: Limb = Limb {
    id: "21B(2)(b)-purpose",
    holds: "the consent is to such calls: this purpose",
    fails: "the consent does not cover calls of this purpose",
};
const TOPIC: Limb = Limb {
    id: "21B(2)(b)-topic",
    holds: "the consent is to such calls: this topic",
    fails: "the consent is limited to other topics",
};
const PROMOTED: Limb = Limb {
    id: "21B(2)(b)-promoted-party",
    holds: "the consent is to such calls: the offers of the party whose services are promoted",
    fails: "the consent does not cover the offers of other parties",
};
const STANDING: Limb = Limb {
    id: "21B(2)(b)-for-the-time-being",
    holds: "the individual consents for the time being: no objection, withdrawal or refusal stands against it",
    fails: "an objection, a withdrawal or a refusal of the individual stands against the consent",
};

rule! {
    /// Nobody may make unsolicited calls to an individual for direct marketing in relation to occupational or personal
    /// pension schemes, or instigate them, unless (a) the caller is a person authorised under the Financial Services and
    /// Markets Act 2000, or the trustee or manager of such a scheme, and (b) the called line is that of an individual
    /// who has notified the caller that for the time being the individual consents to such calls being made by the
    /// caller on that line; or unless the person is a client (21B(3)). Marketing of what is to be bought with pension
    /// funds counts, and so do advice that promotes a withdrawal or a transfer, and an assessment of how a scheme performs.
    ///
    /// ## Allowed
    /// A firm authorised by the Financial Conduct Authority rings a saver who agreed, on the firm's form, to be rung by
    /// it about pensions.
    ///
    /// ## Refused
    /// A lead generator that is not authorised rings, with the saver's consent. An appointed representative that
    /// introduces people to an adviser rings. A call centre rings under a consent that names the adviser alone. The
    /// firm says that the number is on no register.
    ///
    /// ## Doubt
    /// Reg 21A speaks of calls "by, or at the instigation of," the caller and this regulation of calls "by" it: where
    /// another causes the calls, the consent must name the one who makes them. An individual is also reached on an
    /// employer's line; only a company's line on which no named person is called is left to reg 21(1).
    ///
    /// ## References
    /// PECR reg 21B(1), (2) and (5), inserted by SI 2018/1396; Financial Services and Markets Act 2000 s.31.
    pub(crate) static RULE = {
        id: "pecr.reg21b.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21B(1)-(2)", REG_21B),
        in_force: InForce::from(PENSION_CALLS),
        statement: "A marketing call about pensions needs an authorised caller and the person's consent to that caller.",
        // The consent first: by it the rule is shown where a condition of consent fails.
        limbs: [&NOTIFIED, &AUTHORISED, &LINE, &CALLER, &CHANNEL, &PURPOSE, &TOPIC, &PROMOTED, &STANDING],
        evaluate: evaluate,
    };
}

const PARTS: Parts = Parts {
    notified: &NOTIFIED,
    recipient: &LINE,
    sender: &CALLER,
    channel: &CHANNEL,
    purpose: &PURPOSE,
    topic: &TOPIC,
    promoted: &PROMOTED,
    standing: &STANDING,
};

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !call::is_about_pensions(facts) {
        return Outcome::NotEngaged;
    }
    let to_the_caller = facts.consent.map(|consent| Consent { names_sender: consent.names_caller, ..consent });
    let consented = consent::limbs(&Facts { consent: to_the_caller, ..*facts }, &PARTS);
    call::authorised(facts, &AUTHORISED).and(consented).outcome(facts.consent.map(|consent| consent.event))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, Change, F, about_pensions, as_is, limbs, said, with},
        terms::{channel::Channel, purpose::Matter, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::not_authorised(|f: F| f.caller.authorised = Some(false), &["21B(2)(a)"])]
    #[case::nobody_says_whether(|f: F| f.caller.authorised = None, &["21B(2)(a)"])]
    #[case::no_consent(|f: F| f.consent = None, &["21B(2)(b)"])]
    #[case::neither(|f: F| (f.caller.authorised, f.consent) = (None, None), &["21B(2)(a)", "21B(2)(b)"])]
    #[case::for_another_line(|f: F| f.the_consent().for_this_detail = false, &["21B(2)(b)-line"])]
    #[case::names_whoever_causes_the_calls(|f: F| f.the_consent().names_caller = Some(false), &["21B(2)(b)-caller"])]
    #[case::names_the_caller_alone(|f: F| f.the_consent().names_sender = Some(false), &["met"])]
    #[case::to_emails(|f: F| f.the_consent().covers_channel = false, &["21B(2)(b)-channel"])]
    #[case::to_a_charity_s_calls(|f: F| f.the_consent().covers_purpose = false, &["21B(2)(b)-purpose"])]
    #[case::about_something_else(|f: F| f.the_consent().covers_topic = Some(false), &["21B(2)(b)-topic"])]
    #[case::another_s_services(|f: F| f.promotes_another = true, &["21B(2)(b)-promoted-party"])]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["21B(2)(b)-for-the-time-being"])]
    #[case::an_employee(|f: F| (f.recipient.subscriber, f.caller.authorised) = (SubscriberKind::Corporate, None), &["21B(2)(a)"])]
    #[case::a_switchboard(|f: F| (f.recipient.subscriber, f.recipient.named_person) = (SubscriberKind::Corporate, Some(false)), &["not engaged"])]
    #[case::about_claims(|f: F| f.matter = Some(Matter::ClaimsManagement), &["not engaged"])]
    #[case::the_day_before(|f: F| f.as_of = date(2019, 1, 8), &["not engaged"])]
    #[case::an_email(|f: F| f.channel = Channel::Email, &["not engaged"])]
    #[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn calls_about_pensions(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(about_pensions(), change))), expected);
    }
}
