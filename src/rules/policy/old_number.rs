//! A number may have gone to somebody else.

use crate::{
    facts::{Facts, Term},
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::is_direct_marketing,
    },
    terms::recipient::DetailKind,
};

const RECENT: Limb = Limb {
    id: "old-number",
    holds: "the number was given no more than 24 months ago",
    fails: "the number was given more than 24 months ago: check that it has not gone to somebody else since",
};

rule! {
    /// Consent is the recipient's, not the number's, and operators give out numbers anew. A consent or a collection of
    /// details by the number's earlier holder carries nothing once the change is known (`contact_reassigned`). While nobody
    /// knows of one, an old number deserves to be checked.
    ///
    /// ## Allowed
    /// A text to a number that the customer gave last year. A text to one given three years ago, with this warning.
    ///
    /// ## Refused
    /// Nothing by this rule alone. Once the number is known to have gone to somebody else, `pecr.reg22.consent` refuses.
    ///
    /// ## Doubt
    /// Neither the law nor the regulator says after how long. The 24 months are this service's choice, and both readings
    /// warn.
    ///
    /// ## References
    /// PECR reg 22(2) "the recipient"; PECR reg 26(2), which takes numbers that have gone to others off the register.
    pub(crate) static RULE = {
        id: "policy.old-number",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: pecr("reg. 22(2), the recipient", REG_22),
        in_force: InForce::from(PECR),
        statement: "A number given long ago may have gone to somebody else.",
        limbs: [&RECENT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if facts.channel.reached_by() != DetailKind::Phone || !is_direct_marketing(facts) {
        return Outcome::NotEngaged;
    }
    let consent = facts.consent.map(|consent| (consent.event, "consent_given.occurred_at"));
    let collection = facts.collection.map(|collection| (collection.event, "details_collected.occurred_at"));
    let Some((event, fact)) = [consent, collection].into_iter().flatten().max_by_key(|(event, _)| event.at) else {
        return Outcome::NotEngaged;
    };
    let recent = event.is_within(Term::TwoYears, facts.as_of);
    let value = if recent { "at most 24 months old" } else { "older than 24 months" };
    Limbs::default().require(&RECENT, recent, Seen::event(fact, value, event)).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, by_consent, by_soft_opt_in, event, limbs, with},
        terms::channel::Channel,
    };

    fn old(f: F<'_>) {
        f.the_consent().event = event("consent_given", "2024-11-20T12:00:00Z");
    }

    #[rstest]
    #[case::a_recent_consent(|f: F| f.channel = Channel::Sms, &["met"])]
    #[case::an_old_one(|f: F| { f.channel = Channel::Sms; old(f) }, &["old-number"])]
    #[case::an_old_one_and_a_recent_sale(|f: F| { f.channel = Channel::Sms; old(f); f.collection = by_soft_opt_in().collection }, &["met"])]
    #[case::an_address(old, &["not engaged"])]
    #[case::nothing_given(|f: F| (f.channel, f.consent) = (Channel::Sms, None), &["not engaged"])]
    fn an_old_number(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
