//! Article 7(2): consent is asked for apart from other matters.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_7, Level, uk_gdpr},
        consent::CONSENTS,
        consent_to_marketing,
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen, word},
    },
};

const SEPARATE: Limb = Limb {
    id: "7(2)",
    holds: "consent was asked for in a way that stands apart from other matters",
    fails: "the request for consent was bundled with other matters",
};

rule! {
    /// A request for consent that stands in a text about other matters too must be clearly distinguishable from them,
    /// in plain language and easy to find. The part that is not so is not binding.
    ///
    /// ## Allowed
    /// A box of its own, beside the terms of sale and not within them.
    ///
    /// ## Refused
    /// Consent in the privacy policy that the person had to accept to register.
    ///
    /// ## References
    /// UK GDPR Art 7(2).
    pub(crate) static RULE = {
        id: "uk_gdpr.art7.distinguishable",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: uk_gdpr("Art 7(2)", ART_7),
        in_force: InForce::from(GDPR),
        statement: "Consent must be asked for apart from other matters.",
        limbs: [&SEPARATE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    let seen = Seen::event("consent_given.separate", word(consent.separate), consent.event);
    let ask = "`separate` of the `consent_given` event: whether it was asked for apart from other matters";
    Limbs::default().told(&SEPARATE, consent.separate, seen, ask).outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::rules::testing::{Change, F, as_is, by_consent, limbs, with};

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::bundled(|f: F| f.the_consent().separate = Some(false), &["7(2)"])]
    #[case::not_told(|f: F| f.the_consent().separate = None, &["7(2)"])]
    #[case::no_consent(|f: F| f.consent = None, &["not engaged"])]
    fn asked_for_apart(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
