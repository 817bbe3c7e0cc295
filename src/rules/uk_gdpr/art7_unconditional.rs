//! Article 7(4): consent may not be the price of a service.

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

const UNCONDITIONAL: Limb = Limb {
    id: "7(4)",
    holds: "no service was made to depend on the consent",
    fails: "a service was made to depend on the consent, so it was not freely given",
};

rule! {
    /// Consent is freely given only if nothing that does not need it is made to depend on it.
    ///
    /// ## Allowed
    /// The order goes through whether the box is ticked or not.
    ///
    /// ## Refused
    /// Nobody can register without agreeing to marketing.
    ///
    /// ## References
    /// UK GDPR Art 7(4), recital 43.
    pub(crate) static RULE = {
        id: "uk_gdpr.art7.unconditional",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: uk_gdpr("Art 7(4)", ART_7),
        in_force: InForce::from(GDPR),
        statement: "Consent may not be the price of a service.",
        limbs: [&UNCONDITIONAL],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    let free = consent.conditional.map(|conditional| !conditional);
    let seen = Seen::event("consent_given.conditional", word(consent.conditional), consent.event);
    let ask = "`conditional` of the `consent_given` event: whether a service was made to depend on it";
    Limbs::default().told(&UNCONDITIONAL, free, seen, ask).outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::rules::testing::{Change, F, as_is, by_consent, limbs, with};

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::conditional(|f: F| f.the_consent().conditional = Some(true), &["7(4)"])]
    #[case::not_told(|f: F| f.the_consent().conditional = None, &["7(4)"])]
    #[case::no_consent(|f: F| f.consent = None, &["not engaged"])]
    fn not_the_price_of_a_service(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
