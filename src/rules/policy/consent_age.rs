//! Consent does not last for ever.

use crate::{
    facts::{Facts, Term},
    rules::{
        Effect,
        citation::{ICO_CONSENT, Level, ico},
        consent_to_marketing,
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen},
    },
};

const RECENT: Limb = Limb {
    id: "consent-age",
    holds: "the consent is not older than 24 months",
    fails: "the consent is older than 24 months: consider whether the person still expects these messages",
};

rule! {
    /// Consent has no fixed term, and how long it lasts depends on the context. The regulator expects it to be
    /// reviewed and renewed.
    ///
    /// ## Allowed
    /// A subscriber of three years gets the newsletter, with this warning.
    ///
    /// ## Refused
    /// Nothing by this rule alone.
    ///
    /// ## Doubt
    /// The 24 months are this service's choice, not the regulator's.
    ///
    /// ## References
    /// ICO, how should we obtain, record and manage consent.
    pub(crate) static RULE = {
        id: "policy.consent-age",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: ico("Consent: how long it lasts", ICO_CONSENT),
        in_force: InForce::from(GDPR),
        statement: "A consent older than 24 months deserves a second look.",
        limbs: [&RECENT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    let recent = consent.event.is_within(Term::TwoYears, facts.as_of);
    let value = if recent { "at most 24 months old" } else { "older than 24 months" };
    let seen = Seen::event("consent_given.occurred_at", value, consent.event);
    Limbs::default().require(&RECENT, recent, seen).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::rules::testing::{Change, F, as_is, by_consent, event, limbs, with};

    #[rstest]
    #[case::fresh(as_is, &["met"])]
    #[case::just_young_enough(|f: F| f.the_consent().event = event("consent_given", "2024-11-21T12:00:00Z"), &["met"])]
    #[case::a_day_too_old(|f: F| f.the_consent().event = event("consent_given", "2024-11-20T12:00:00Z"), &["consent-age"])]
    #[case::no_consent(|f: F| f.consent = None, &["not engaged"])]
    fn two_years(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
