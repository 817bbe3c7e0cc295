//! Article 7(3): the person is told beforehand that consent can be withdrawn.

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

const TOLD: Limb = Limb {
    id: "7(3)-told",
    holds: "the person was told before consenting that consent can be withdrawn",
    fails: "the person was not told before consenting that consent can be withdrawn",
};

rule! {
    /// Before giving consent the person must be told that it can be withdrawn at any time.
    ///
    /// ## Allowed
    /// "You can unsubscribe at any time" stands beside the box.
    ///
    /// ## Refused
    /// It is on record that the form said nothing of the kind.
    ///
    /// ## Doubt
    /// Few records say whether it was told, and the words themselves usually do. The rule fails when the record says
    /// that it was not; when the record is silent, the wording on record must speak for itself.
    ///
    /// ## References
    /// UK GDPR Art 7(3), third sentence.
    pub(crate) static RULE = {
        id: "uk_gdpr.art7.told-of-withdrawal",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: uk_gdpr("Art 7(3)", ART_7),
        in_force: InForce::from(GDPR),
        statement: "The person must be told beforehand that consent can be withdrawn.",
        limbs: [&TOLD],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    let Some(told) = consent.withdrawal_told else { return Outcome::NotEngaged };
    let seen = Seen::event("consent_given.withdrawal_told", word(Some(told)), consent.event);
    Limbs::default().require(&TOLD, told, seen).outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::rules::testing::{Change, F, as_is, by_consent, limbs, with};

    #[rstest]
    #[case::nobody_says(as_is, &["not engaged"])]
    #[case::told(|f: F| f.the_consent().withdrawal_told = Some(true), &["met"])]
    #[case::not_told(|f: F| f.the_consent().withdrawal_told = Some(false), &["7(3)-told"])]
    #[case::no_consent(|f: F| f.consent = None, &["not engaged"])]
    fn told_beforehand(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
