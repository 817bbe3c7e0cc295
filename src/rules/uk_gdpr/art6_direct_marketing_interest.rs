//! Article 6(11): direct marketing as an example of a legitimate interest.

use crate::{
    facts::Facts,
    rules::{
        Effect, book,
        citation::{ART_6, Level, uk_gdpr},
        consent::CONSENTS,
        in_force::{DIRECT_MARKETING_INTEREST, InForce},
        is_held,
        outcome::{Limb, Limbs, Outcome, Seen},
        uk_gdpr::{art6_consent, art6_consent::is_asked_for},
        valid_consent,
    },
    terms::{channel::Channel, lawful_basis::LawfulBasis, subscriber::SubscriberKind},
};

const NO_CONSENT_NEEDED: Limb = Limb {
    id: "6(11)",
    holds: "legitimate interests are asserted where PECR asks for no consent, or has it",
    fails: "legitimate interests are asserted, and PECR asks for consent: Article 6(11) does not override regs 19 to 22",
};

rule! {
    /// Since 5 February 2026 the law names direct marketing as an example of what may be necessary for a legitimate
    /// interest. The balance must be struck all the same, and it is no *recognised* legitimate interest. It gives no leave
    /// that PECR withholds: where PECR asks for consent, to a text message, a recorded call, a fax to a person, consent
    /// it must be.
    ///
    /// ## Allowed
    /// A shop posts its catalogue to its customers, and has its assessment on record. It emails them under the soft
    /// opt-in, and names its legitimate interests as the lawful basis beside it.
    ///
    /// ## Refused
    /// By this rule alone nothing: it warns the shop that texts strangers and pleads Article 6(11). PECR refuses.
    ///
    /// ## References
    /// UK GDPR Art 6(11), inserted by the Data (Use and Access) Act 2025 s.70(4); PECR reg 4.
    pub(crate) static RULE = {
        id: "uk_gdpr.art6.direct-marketing-interest",
        effect: Effect::Advice,
        level: Level::Statute,
        citation: uk_gdpr("Art 6(11)", ART_6),
        in_force: InForce::from(DIRECT_MARKETING_INTEREST),
        statement: "That marketing may be a legitimate interest takes no consent's place under PECR.",
        limbs: [&NO_CONSENT_NEEDED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let asserts = facts.basis.kind == Some(LawfulBasis::LegitimateInterests);
    if !asserts || !is_asked_for(facts) {
        return Outcome::NotEngaged;
    }
    let missing = is_consent_asked_for(facts) && valid_consent(facts).is_none() && !is_lifted(facts);
    let seen = Seen::stated("lawful_basis", LawfulBasis::LegitimateInterests.as_str());
    Limbs::default().require(&NO_CONSENT_NEEDED, !missing, seen).outcome(None)
}

/// Whether PECR asks for consent to such a message: regs 19, 20, 21A, 21B and 22.
fn is_consent_asked_for(facts: &Facts<'_>) -> bool {
    let individual = facts.recipient.subscriber != SubscriberKind::Corporate;
    match facts.channel {
        Channel::Email
        | Channel::Sms
        | Channel::Mms
        | Channel::Voicemail
        | Channel::InApp
        | Channel::SocialMessage
        | Channel::Push
        | Channel::Fax => individual,
        Channel::AutomatedCall => true,
        Channel::LiveCall => facts.matter.is_some(),
        Channel::Post | Channel::OnlineAdvertising => false,
    }
}

/// Whether an exception that PECR itself makes, such as the soft opt-in, does without consent.
fn is_lifted(facts: &Facts<'_>) -> bool {
    let of_pecr = |id: &&&str| **id != art6_consent::RULE.id;
    let of_the_day = book::on(facts.as_of);
    let mut exceptions = CONSENTS.iter().filter(of_pecr).flat_map(|consent| of_the_day.exceptions_to(consent));
    exceptions.any(|rule| is_held(rule, facts))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::{AssertedBasis, Facts},
        rules::testing::{
            by_consent, by_fax, by_post, by_soft_opt_in, limbs, of_service, solicited, to_a_company, to_a_stranger,
        },
        terms::{
            channel::Channel,
            lawful_basis::LawfulBasis::{Consent, LegitimateInterests},
            purpose::Matter,
        },
    };

    #[rstest]
    #[case::a_letter(by_post(), "met")]
    #[case::an_email_to_a_stranger(to_a_stranger(), "6(11)")]
    #[case::an_email_to_a_subscriber(by_consent(), "met")]
    #[case::an_email_under_the_soft_opt_in(by_soft_opt_in(), "met")]
    #[case::an_email_that_was_asked_for(solicited(), "met")]
    #[case::an_email_to_a_company_s_employee(to_a_company(), "met")]
    #[case::a_fax_to_a_stranger(Facts { consent: None, ..by_fax() }, "6(11)")]
    #[case::a_recorded_call(Facts { channel: Channel::AutomatedCall, ..to_a_company() }, "6(11)")]
    #[case::a_call(Facts { channel: Channel::LiveCall, ..to_a_stranger() }, "met")]
    #[case::a_call_about_claims(Facts { channel: Channel::LiveCall, matter: Some(Matter::ClaimsManagement), ..to_a_stranger() }, "6(11)")]
    #[case::a_service_message(of_service(), "not engaged")]
    fn consent_is_consent(#[case] facts: Facts<'static>, #[case] expected: &str) {
        let basis = AssertedBasis { kind: Some(LegitimateInterests), assessed: true };
        assert_eq!(limbs(&(RULE.evaluate)(&Facts { basis, ..facts })), [expected]);
    }

    #[rstest]
    #[case::nothing_asserted(AssertedBasis::default())]
    #[case::consent_asserted(AssertedBasis { kind: Some(Consent), assessed: true })]
    fn who_asserts_no_interests_is_not_warned(#[case] basis: AssertedBasis) {
        assert_eq!(limbs(&(RULE.evaluate)(&Facts { basis, ..to_a_stranger() })), ["not engaged"]);
    }
}
