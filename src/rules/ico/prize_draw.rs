//! Entering a prize draw is consent to the draw.

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
    terms::collection::CollectionContext,
};

const BEYOND: Limb = Limb {
    id: "prize-draw",
    holds: "the consent given with a prize draw was asked for separately and names this topic",
    fails: "the consent was given for a prize draw and does not carry over to other messages",
};

rule! {
    /// Consent given to take part in a competition or a prize draw covers the draw. It does not carry over to a
    /// newsletter or to offers.
    ///
    /// ## Allowed
    /// The entry form had an empty box of its own for the newsletter, and the person ticked it.
    ///
    /// ## Refused
    /// Everybody who entered the draw gets the newsletter.
    ///
    /// ## References
    /// ICO guidance for small organisations, competitions and prize draws; UK GDPR Art 4(11) "specific".
    pub(crate) static RULE = {
        id: "ico.prize-draw",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::IcoGuidance,
        citation: ico("Consent: competitions and prize draws (UK GDPR Art 4(11))", ICO_CONSENT),
        in_force: InForce::from(PECR),
        statement: "Consent to a prize draw does not carry over to marketing.",
        limbs: [&BEYOND],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    if consent.context != Some(CollectionContext::PrizeDraw) {
        return Outcome::NotEngaged;
    }
    let beyond = consent.separate == Some(true) && consent.names_topic;
    let seen = Seen::event("consent_given.context", "prize_draw", consent.event);
    Limbs::default().require(&BEYOND, beyond, seen).outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::collection::CollectionContext,
    };

    #[rstest]
    #[case::no_draw(as_is, &["not engaged"])]
    #[case::the_draw_alone(|f: F| f.the_consent().context = Some(CollectionContext::PrizeDraw), &["prize-draw"])]
    #[case::a_box_of_its_own(|f: F| (f.the_consent().context, f.the_consent().names_topic) = (Some(CollectionContext::PrizeDraw), true), &["met"])]
    #[case::bundled(|f: F| bundled(f), &["prize-draw"])]
    fn consent_to_the_draw(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }

    fn bundled(facts: F<'_>) {
        let consent = facts.the_consent();
        (consent.context, consent.names_topic, consent.separate) = (Some(CollectionContext::PrizeDraw), true, None);
    }
}
