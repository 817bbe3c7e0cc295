//! Refer a friend: nobody consents for another.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_CONSENT, Level, ico},
        consent::CONSENTS,
        consent_to_marketing,
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
    },
    terms::consent::ConsentSource,
};

const OWN: Limb = Limb {
    id: "refer-a-friend",
    holds: "the consent is the recipient's own",
    fails: "the consent came from somebody who gave the recipient's details: nobody consents for another",
};

rule! {
    /// A sender that asks its customers for their friends' details, or has them forward its mail, instigates the
    /// sending. The friend has agreed to nothing, and the customer cannot agree for the friend.
    ///
    /// ## Allowed
    /// The friend, told of the offer, signs up alone.
    ///
    /// ## Refused
    /// The sender mails the address that the customer typed in.
    ///
    /// ## Doubt
    /// A message that one friend sends another quite unprompted is not the sender's; the ledger cannot tell, and
    /// refuses.
    ///
    /// ## References
    /// ICO, electronic mail marketing (2022): viral marketing and "tell a friend".
    pub(crate) static RULE = {
        id: "ico.refer-a-friend",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::IcoGuidance,
        citation: ico("Electronic mail marketing: tell a friend", ICO_CONSENT),
        in_force: InForce::from(PECR),
        statement: "Nobody can consent for a friend.",
        limbs: [&OWN],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    if consent.source != ConsentSource::Referral {
        return Outcome::NotEngaged;
    }
    Limbs::default()
        .require(&OWN, false, Seen::event("consent_given.source", "referral", consent.event))
        .outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::consent::ConsentSource,
    };

    #[rstest]
    #[case::one_s_own(as_is, &["not engaged"])]
    #[case::a_friend_s(|f: F| f.the_consent().source = ConsentSource::Referral, &["refer-a-friend"])]
    #[case::no_consent(|f: F| f.consent = None, &["not engaged"])]
    fn nobody_consents_for_a_friend(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
