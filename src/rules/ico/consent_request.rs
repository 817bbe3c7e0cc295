//! Asking for consent is marketing.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
    },
    terms::purpose::Purpose,
};

const ASKING: Limb = Limb {
    id: "consent-request",
    holds: "a message that asks for consent to market, or to update preferences, is itself direct marketing",
    fails: "the message does not ask for consent",
};

rule! {
    /// A message sent to ask for consent to marketing, or to have preferences "updated", is sent for the purpose of
    /// direct marketing. It needs the same basis as the marketing it is meant to make possible.
    ///
    /// ## Allowed
    /// A customer under the soft opt-in is asked whether she would like the newsletter too.
    ///
    /// ## Refused
    /// Everybody without an opt-in is asked "Would you like to hear from us?"; everybody who opted out is asked to
    /// check their preferences.
    ///
    /// ## References
    /// ICO, penalties of 2017 on Honda Motor Europe and Flybe. A message that asks so and is declared as something else:
    /// `ico.permission-wording`.
    pub(crate) static RULE = {
        id: "ico.consent-request",
        effect: Effect::Scope,
        level: Level::IcoGuidance,
        citation: ico("Identify direct marketing: asking for consent (Flybe and Honda, 2017)", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "Asking for consent to market is direct marketing.",
        limbs: [&ASKING],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if facts.purpose != Purpose::ConsentRequest {
        return Outcome::NotEngaged;
    }
    let seen = Seen::stated("purpose", "consent_request");
    Limbs::default().require(&ASKING, true, seen).shown_by(Some(seen))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_stranger, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::goods(as_is, &["not engaged"])]
    #[case::asking(|f: F| f.purpose = Purpose::ConsentRequest, &["met"])]
    fn asking_is_marketing(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_stranger(), change))), expected);
    }
}
