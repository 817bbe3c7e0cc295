//! Article 6(1)(a): consent as the lawful basis.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_6, Level, dpa_1998, uk_gdpr},
        consent::{self, Parts},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Outcome},
        scope::direct_marketing::is_direct_marketing,
    },
    terms::{channel::Channel, lawful_basis::LawfulBasis},
};

const CONSENTED: Limb = Limb {
    id: "6(1)(a)",
    holds: "the person has consented to the use of their data for this",
    fails: "no valid consent of the person to this sender is on record",
};
const PERSON: Limb = Limb {
    id: "6(1)(a)-person",
    holds: "the consent is the person's own, for this very address or account",
    fails: "the consent was not given for this address or account by the one who holds it now",
};
const SENDER: Limb = Limb {
    id: "6(1)(a)-sender",
    holds: "the consent names the sender, and where another causes the sending, that one",
    fails: "the consent does not name the sender: \"partners\" or a kind of company is not enough",
};
const CHANNEL: Limb = Limb {
    id: "6(1)(a)-channel",
    holds: "the consent is specific: it covers this channel",
    fails: "the consent does not cover this channel",
};
const PURPOSE: Limb = Limb {
    id: "6(1)(a)-purpose",
    holds: "the consent is specific: it covers this purpose",
    fails: "the consent does not cover this purpose",
};
const TOPIC: Limb = Limb {
    id: "6(1)(a)-topic",
    holds: "the consent is specific: it covers this topic",
    fails: "the consent is limited to other topics",
};
const PROMOTED: Limb = Limb {
    id: "6(1)(a)-promoted-party",
    holds: "the consent is specific: it covers the party whose goods or aims are promoted",
    fails: "the consent does not cover the offers of other parties",
};
const STANDING: Limb = Limb {
    id: "6(1)(a)-standing",
    holds: "no objection, withdrawal or refusal of the person stands against the consent",
    fails: "an objection, a withdrawal or a refusal of the person stands against the consent",
};
const PARAGRAPH_1: Limb = Limb { id: "Sch2(1)", ..CONSENTED };
const PARAGRAPH_1_SPECIFIC: Limb = Limb {
    id: "Sch2(1)-specific",
    holds: "the consent is the person's own, and to this",
    fails: "the consent was given to something else, to somebody else or for another address",
};
const PARAGRAPH_1_STANDING: Limb = Limb { id: "Sch2(1)-standing", ..STANDING };

rule! {
    /// Personal data may be used only on a lawful basis. For marketing there are two: the person's consent, and the
    /// sender's legitimate interests (`uk_gdpr.art6.legitimate-interests`). By post and by online advertising PECR asks
    /// for nothing, so that this decides. By other channels PECR decides first; then this rule looks only at a basis
    /// that the sender asserts and that cannot hold: a consent that is not on record, or legitimate interests that nobody
    /// has assessed.
    ///
    /// ## Allowed
    /// A reader asked a publisher, by a box of its own, for its catalogue by post, and gets it.
    ///
    /// ## Refused
    /// A bookseller writes to a name from a bought list without consent, and has assessed nothing. A shop mails its
    /// customers and says that they consented; nothing shows it.
    ///
    /// ## Doubt
    /// Nobody need assert a basis where PECR decides: that is left to the sender, who is told of it among the
    /// obligations. The other bases of Article 6(1) fit no marketing, but for what the person asked for
    /// (`uk_gdpr.art6.requested`).
    ///
    /// ## References
    /// UK GDPR Art 6(1)(a), Art 5(1)(a); PECR reg 4; ICO, marketing and consent (small organisations).
    pub(crate) static RULE = {
        id: "uk_gdpr.art6.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Art 6(1)(a)", ART_6),
        in_force: InForce::from(GDPR),
        statement: "Marketing needs a lawful basis: the person's consent, unless another holds.",
        limbs: [&CONSENTED, &PERSON, &SENDER, &CHANNEL, &PURPOSE, &TOPIC, &PROMOTED, &STANDING],
        evaluate: evaluate,
    };
}

rule! {
    /// Personal data may be used only if a condition of Schedule 2 is met. For marketing there were two: the person's
    /// consent, and the sender's legitimate interests.
    ///
    /// ## Allowed
    /// A reader asked a publisher for its catalogue by post.
    ///
    /// ## Refused
    /// A shop says that its customers consented to its letters; nothing shows it, and no other condition is asserted.
    ///
    /// ## Doubt
    /// The Act did not say what consent is: the directive did (`uk_gdpr.art4.affirmative`).
    ///
    /// ## References
    /// Data Protection Act 1998 s.4(4), Sch 1 Part I para 1, Sch 2 para 1, in force until 25 May 2018.
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art6.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: dpa_1998("Sch. 2 para. 1", SCHEDULE_2),
        in_force: InForce::between(PECR, GDPR),
        statement: "Marketing needs a condition of Schedule 2: the person's consent, unless another is met.",
        limbs: [&PARAGRAPH_1, &PARAGRAPH_1_SPECIFIC, &PARAGRAPH_1_STANDING],
        evaluate: evaluate_before_gdpr,
    };
}

/// Schedule 2 to the Data Protection Act 1998.
pub(crate) const SCHEDULE_2: &str = "https://www.legislation.gov.uk/ukpga/1998/29/schedule/2";

const PARTS: Parts = Parts {
    notified: &CONSENTED,
    recipient: &PERSON,
    sender: &SENDER,
    channel: &CHANNEL,
    purpose: &PURPOSE,
    topic: &TOPIC,
    promoted: &PROMOTED,
    standing: &STANDING,
};

const PARTS_1998: Parts = Parts {
    notified: &PARAGRAPH_1,
    recipient: &PARAGRAPH_1_SPECIFIC,
    sender: &PARAGRAPH_1_SPECIFIC,
    channel: &PARAGRAPH_1_SPECIFIC,
    purpose: &PARAGRAPH_1_SPECIFIC,
    topic: &PARAGRAPH_1_SPECIFIC,
    promoted: &PARAGRAPH_1_SPECIFIC,
    standing: &PARAGRAPH_1_STANDING,
};

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let basis = &facts.basis;
    let unfounded = match basis.kind {
        Some(LawfulBasis::Consent) => true,
        Some(LawfulBasis::LegitimateInterests) => !basis.assessed,
        None => false,
    };
    if is_asked_for(facts) && (decides(facts) || unfounded) {
        consent::evaluate(facts, &PARTS)
    } else {
        Outcome::NotEngaged
    }
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let unfounded = facts.basis.kind == Some(LawfulBasis::Consent);
    if is_asked_for(facts) && (decides(facts) || unfounded) {
        consent::evaluate(facts, &PARTS_1998)
    } else {
        Outcome::NotEngaged
    }
}

/// Whether the lawful basis alone decides: PECR asks for nothing on these channels.
pub(crate) fn decides(facts: &Facts<'_>) -> bool {
    match facts.channel {
        Channel::Post | Channel::OnlineAdvertising => true,
        Channel::Email
        | Channel::Sms
        | Channel::Mms
        | Channel::Voicemail
        | Channel::InApp
        | Channel::SocialMessage
        | Channel::Push
        | Channel::LiveCall
        | Channel::AutomatedCall
        | Channel::Fax => false,
    }
}

/// Whether the message is marketing that uses a person's data.
pub(crate) fn is_asked_for(facts: &Facts<'_>) -> bool {
    is_direct_marketing(facts) && facts.recipient.is_data_subject()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        facts::{AssertedBasis, Facts},
        rules::testing::{
            AFTER, Change, F, as_is, by_advertising, by_consent, by_post, by_soft_opt_in, limbs, said, to_a_company,
            with,
        },
        terms::{
            audience::Audience,
            channel::Channel,
            lawful_basis::LawfulBasis::{self, Consent, LegitimateInterests},
            purpose::Purpose,
            subscriber::SubscriberKind,
        },
    };

    #[rstest]
    #[case::smallest(as_is, "met", "met")]
    #[case::none(|f: F| f.consent = None, "6(1)(a)", "Sch2(1)")]
    #[case::for_another_address(|f: F| f.the_consent().for_this_detail = false, "6(1)(a)-person", "Sch2(1)-specific")]
    #[case::names_another(|f: F| f.the_consent().names_sender = Some(false), "6(1)(a)-sender", "Sch2(1)-specific")]
    #[case::another_channel(|f: F| f.the_consent().covers_channel = false, "6(1)(a)-channel", "Sch2(1)-specific")]
    #[case::another_purpose(|f: F| f.the_consent().covers_purpose = false, "6(1)(a)-purpose", "Sch2(1)-specific")]
    #[case::another_topic(|f: F| f.the_consent().covers_topic = Some(false), "6(1)(a)-topic", "Sch2(1)-specific")]
    #[case::another_s_goods(|f: F| f.promotes_another = true, "6(1)(a)-promoted-party", "Sch2(1)-specific")]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), "6(1)(a)-standing", "Sch2(1)-standing")]
    #[case::a_service_message(|f: F| (f.purpose, f.consent) = (Purpose::Service, None), "not engaged", "not engaged")]
    #[case::to_the_occupier(|f: F| (f.audience, f.consent) = (Some(Audience::Unaddressed), None), "not engaged", "not engaged")]
    fn a_letter(#[case] change: Change, #[case] now: &str, #[case] before_gdpr: &str) {
        let facts = with(Facts { consent: by_consent().consent, ..by_post() }, change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [now]);
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), [before_gdpr]);
    }

    #[rstest]
    #[case::perhaps_a_person_s(None, "6(1)(a)")]
    #[case::a_named_employee(Some(true), "6(1)(a)")]
    #[case::nobody_s(Some(false), "not engaged")]
    fn a_company_s_own_address_is_no_person_s(#[case] named: Option<bool>, #[case] limb: &str) {
        for mut facts in [by_post(), by_advertising()] {
            (facts.recipient.subscriber, facts.recipient.named_person) = (SubscriberKind::Corporate, named);
            assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
        }
    }

    /// Where PECR decides, only what is asserted and cannot hold is looked at.
    #[rstest]
    #[case::nothing_asserted(by_soft_opt_in(), None, false, "not engaged")]
    #[case::consent_that_nobody_gave(by_soft_opt_in(), Some(Consent), false, "6(1)(a)")]
    #[case::consent_on_record(by_consent(), Some(Consent), false, "met")]
    #[case::interests_not_assessed(by_soft_opt_in(), Some(LegitimateInterests), false, "6(1)(a)")]
    #[case::interests_not_assessed_but_consent(by_consent(), Some(LegitimateInterests), false, "met")]
    #[case::interests_assessed(by_soft_opt_in(), Some(LegitimateInterests), true, "not engaged")]
    #[case::a_company_s_people(to_a_company(), Some(Consent), false, "6(1)(a)")]
    #[case::a_call(Facts { channel: Channel::LiveCall, ..by_soft_opt_in() }, Some(Consent), false, "6(1)(a)")]
    fn an_email(
        #[case] facts: Facts<'static>,
        #[case] kind: Option<LawfulBasis>,
        #[case] assessed: bool,
        #[case] limb: &str,
    ) {
        let facts = Facts { basis: AssertedBasis { kind, assessed }, ..facts };
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
    }

    #[test]
    fn nobody_assessed_interests_before_the_gdpr() {
        let basis = AssertedBasis { kind: Some(LegitimateInterests), assessed: false };
        let facts = Facts { basis, ..by_soft_opt_in() };
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), ["not engaged"]);
    }
}
