//! Article 4(1): what reaches a company and no person uses no personal data.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, dpa_1998, uk_gdpr},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen, word},
        scope::direct_marketing::is_direct_marketing,
        uk_gdpr::art6_consent::decides,
    },
    terms::subscriber::SubscriberKind,
};

const NOBODY_S: Limb = Limb {
    id: "4(1)",
    holds: "the address is a company's and neither it nor the message names a person",
    fails: "the address is a company's, but it or the message names a person: that is personal data",
};
const NOBODY_S_1998: Limb = Limb { id: "1(1)", ..NOBODY_S };

rule! {
    /// Personal data relate to an identified or identifiable living person. A letter to a limited company at its office
    /// uses none and needs no lawful basis; PECR does not look at post. A letter to its buyer by name does.
    ///
    /// ## Allowed
    /// "The purchasing department, Example Ltd, Leeds."
    ///
    /// ## Refused
    /// By this rule alone nothing. "Ms J Smith, Example Ltd, Leeds", without a lawful basis, is refused by
    /// `uk_gdpr.art6.consent`.
    ///
    /// ## Doubt
    /// Where nobody says whether a person is named, one is taken to be. A sole trader and a partnership are persons.
    ///
    /// ## References
    /// UK GDPR Art 2(1), Art 4(1); ICO, business-to-business marketing.
    pub(crate) static RULE = {
        id: "uk_gdpr.art4.personal-data",
        effect: Effect::Exception { to: &["uk_gdpr.art6.consent"] },
        level: Level::Statute,
        citation: uk_gdpr("Art 4(1)", "https://www.legislation.gov.uk/eur/2016/679/article/4"),
        in_force: InForce::from(GDPR),
        statement: "What reaches a company and names no person uses no personal data.",
        limbs: [&NOBODY_S],
        evaluate: evaluate,
    };
}

rule! {
    /// Personal data relate to a living individual who can be identified. A letter to a limited company at its office
    /// uses none.
    ///
    /// ## Allowed
    /// "The purchasing department, Example Ltd, Leeds."
    ///
    /// ## Refused
    /// By this rule alone nothing: a letter to a person by name is refused for want of a condition of Schedule 2.
    ///
    /// ## References
    /// Data Protection Act 1998 s.1(1), in force until 25 May 2018.
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art4.personal-data",
        effect: Effect::Exception { to: &["uk_gdpr.art6.consent"] },
        level: Level::Statute,
        citation: dpa_1998("s. 1(1)", "https://www.legislation.gov.uk/ukpga/1998/29/section/1"),
        in_force: InForce::between(PECR, GDPR),
        statement: "What reaches a company and names no person uses no personal data.",
        limbs: [&NOBODY_S_1998],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    of_a_company(facts, &NOBODY_S)
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    of_a_company(facts, &NOBODY_S_1998)
}

fn of_a_company<'a>(facts: &Facts<'a>, limb: &'static Limb) -> Outcome<'a> {
    let company = facts.recipient.subscriber == SubscriberKind::Corporate;
    if !company || !decides(facts) || !is_direct_marketing(facts) {
        return Outcome::NotEngaged;
    }
    let named = facts.recipient.named_person;
    Limbs::default()
        .told(
            limb,
            named.map(|named| !named),
            Seen::stated("recipient.named_person", word(named)),
            "`recipient.named_person`: whether the address or the message names a person",
        )
        .outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        rules::testing::{Change, F, as_is, by_post, limbs, with},
        terms::{audience::Audience, channel::Channel, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, "met", "met")]
    #[case::nobody_says(|f: F| f.recipient.named_person = None, "4(1)", "1(1)")]
    #[case::to_the_buyer_by_name(|f: F| f.recipient.named_person = Some(true), "4(1)", "1(1)")]
    #[case::a_sole_trader(|f: F| f.recipient.subscriber = SubscriberKind::Individual, "not engaged", "not engaged")]
    #[case::nobody_knows_what_it_is(|f: F| f.recipient.subscriber = SubscriberKind::Unknown, "not engaged", "not engaged")]
    #[case::an_advertisement(|f: F| f.channel = Channel::OnlineAdvertising, "met", "met")]
    #[case::an_email(|f: F| f.channel = Channel::Email, "not engaged", "not engaged")]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, "not engaged", "not engaged")]
    #[case::through_every_door(|f: F| f.audience = Some(Audience::Unaddressed), "not engaged", "not engaged")]
    fn to_a_company_and_nobody_in_it(#[case] change: Change, #[case] now: &str, #[case] before_gdpr: &str) {
        let mut facts = by_post();
        (facts.recipient.subscriber, facts.recipient.named_person) = (SubscriberKind::Corporate, Some(false));
        let facts = with(facts, change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [now]);
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), [before_gdpr]);
    }
}
