//! How old a consent may grow for this sender.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, house},
        consent::CONSENTS,
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::is_direct_marketing,
    },
};

const YOUNG: Limb = Limb {
    id: "consent-age",
    holds: "the consent is no older than the sender relies on",
    fails: "the consent is older than the sender relies on",
};

rule! {
    /// The law gives consent no term. A sender may give it one: `house_rules.longest_consent_age` in its profile, in
    /// months by the calendar or in days, for all channels or for some. A consent that is older carries no message, and
    /// takes nothing back that the person has said against marketing. Days are those of London: a consent of 21 November
    /// 2024 is 24 months old on 21 November 2026 and older on the day after.
    ///
    /// ## Allowed
    /// A sender that relies on no consent older than 24 months mails a subscriber of last year.
    ///
    /// ## Refused
    /// The same sender mails a subscriber of five years ago, whom it sold nothing.
    pub(crate) static RULE = {
        id: "house.consent-age",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Policy,
        citation: house("longest_consent_age", "/rules/house.consent-age"),
        in_force: InForce::from(PECR),
        statement: "A sender relies on no consent older than it has set.",
        limbs: [&YOUNG],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let (Some(since), Some(consent)) = (facts.house.consents_since, facts.consent) else { return Outcome::NotEngaged };
    if !is_direct_marketing(facts) {
        return Outcome::NotEngaged;
    }
    let young = consent.event.at >= since;
    let value = if young { "young enough for the sender" } else { "too old for the sender" };
    let seen = Seen::event("consent_given.occurred_at", value, consent.event);
    Limbs::default().require(&YOUNG, young, seen).outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, BEFORE, Change, DONE, F, as_is, by_consent, limbs, with},
        terms::purpose::Purpose,
    };

    fn since(f: F<'_>, moment: &str) {
        f.house.consents_since = Some(moment.parse().unwrap());
    }

    #[rstest]
    #[case::no_such_rule(as_is, &["not engaged"])]
    #[case::younger(|f: F| since(f, BEFORE), &["met"])]
    #[case::just_young_enough(|f: F| since(f, DONE), &["met"])]
    #[case::too_old(|f: F| since(f, AFTER), &["consent-age"])]
    #[case::no_consent(|f: F| { since(f, AFTER); f.consent = None }, &["not engaged"])]
    #[case::a_service_message(|f: F| { since(f, AFTER); f.purpose = Purpose::Service }, &["not engaged"])]
    fn old_consents(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
