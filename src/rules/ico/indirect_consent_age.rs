//! Indirect consent grows old in six months.

use crate::{
    facts::{Facts, Term},
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

const FRESH: Limb = Limb {
    id: "six-months",
    holds: "a consent that came through somebody else is not older than six months",
    fails: "the consent came through somebody else and is older than six months",
};

rule! {
    /// A consent that was given to somebody else, or came with a list, should not be relied on when it is older than
    /// six months. The time runs from when the person gave it.
    ///
    /// ## Allowed
    /// A consent through a comparison site, naming the sender, four months old.
    ///
    /// ## Refused
    /// The same consent nine months old.
    ///
    /// ## Doubt
    /// A rule of thumb from the regulator's guidance of 2013 to 2018, which its present pages do not repeat. The law
    /// sets no limit. The literal reading warns instead of refusing.
    ///
    /// ## References
    /// ICO, direct marketing guidance (2013 to 2018, superseded), indirect consent.
    pub(crate) static RULE = {
        id: "ico.indirect-consent-age",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::IcoGuidance,
        differs: true,
        citation: ico("Direct marketing guidance (2013-18): indirect consent", ICO_CONSENT),
        in_force: InForce::from(PECR),
        statement: "Consent through somebody else should not be older than six months.",
        limbs: [&FRESH],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    match consent.source {
        ConsentSource::Direct | ConsentSource::Referral => return Outcome::NotEngaged,
        ConsentSource::ThirdParty | ConsentSource::BoughtList => {}
    }
    let fresh = consent.event.is_within(Term::SixMonths, facts.as_of);
    let value = if fresh { "at most six months old" } else { "older than six months" };
    let seen = Seen::event("consent_given.occurred_at", value, consent.event);
    Limbs::default().require(&FRESH, fresh, seen).outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, event, limbs, with},
        terms::consent::ConsentSource,
    };

    #[rstest]
    #[case::direct(as_is, &["not engaged"])]
    #[case::fresh(|f: F| f.the_consent().source = ConsentSource::ThirdParty, &["met"])]
    #[case::a_day_too_old(|f: F| indirect(f, "2026-05-20T11:00:00Z"), &["six-months"])]
    #[case::just_young_enough(|f: F| indirect(f, "2026-05-21T09:00:00Z"), &["met"])]
    #[case::a_fresh_list(|f: F| f.the_consent().source = ConsentSource::BoughtList, &["met"])]
    fn six_months(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }

    fn indirect(facts: F<'_>, at: &str) {
        facts.the_consent().source = ConsentSource::ThirdParty;
        facts.the_consent().event = event("consent_given", at);
    }
}
