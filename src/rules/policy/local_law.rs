//! A person abroad has a law of their own.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen, word},
        scope::direct_marketing::is_direct_marketing,
    },
};

const HERE: Limb = Limb {
    id: "local-law",
    holds: "the person is in the United Kingdom",
    fails: "the person is abroad: the law of that country may ask for more, and is not part of this answer",
};

rule! {
    /// PECR and the UK GDPR are the law of the United Kingdom. A sender established here must keep them whoever it
    /// reaches, by whatever channel; the law of the recipient's country may come on top. It never makes the answer milder.
    ///
    /// ## Allowed
    /// A subscriber in Germany gets the newsletter that she consented to, with this warning.
    ///
    /// ## Refused
    /// Nothing by this rule alone.
    ///
    /// ## Doubt
    /// The regulator has published no position on recipients abroad that we have read.
    ///
    /// ## References
    /// PECR regs 19 to 24; UK GDPR Art 3.
    pub(crate) static RULE = {
        id: "policy.local-law",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: pecr("regs 19 to 24, as the law of the United Kingdom", "https://www.legislation.gov.uk/uksi/2003/2426"),
        in_force: InForce::from(PECR),
        statement: "The law of the recipient's country may ask for more.",
        limbs: [&HERE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(abroad) = facts.recipient.abroad.filter(|_| is_direct_marketing(facts)) else {
        return Outcome::NotEngaged;
    };
    Limbs::default().require(&HERE, !abroad, Seen::stated("recipient.country", word(Some(!abroad)))).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::rules::testing::{Change, F, as_is, by_consent, limbs, with};

    #[rstest]
    #[case::nobody_says(as_is, &["not engaged"])]
    #[case::here(|f: F| f.recipient.abroad = Some(false), &["met"])]
    #[case::abroad(|f: F| f.recipient.abroad = Some(true), &["local-law"])]
    fn a_person_abroad(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
