//! A complaint about marketing is taken for an objection.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_PREFERENCES, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        scope::direct_marketing::is_direct_marketing,
        standing,
    },
};

const NO_COMPLAINT: Limb = Limb {
    id: "complaint",
    holds: "the person has not complained about marketing",
    fails: "the person has complained about marketing, which is taken for an objection",
};

rule! {
    /// A person who complains about marketing, to the sender or by the mailbox's "this is spam" button, seldom wants
    /// more of it. The complaint is taken for an objection.
    ///
    /// ## Allowed
    /// A person complained in May and subscribed anew in June.
    ///
    /// ## Refused
    /// A person pressed "this is spam" in May and is mailed in June.
    ///
    /// ## Doubt
    /// No provision says that a complaint is an objection. The literal reading warns instead of refusing.
    ///
    /// ## References
    /// ICO, respect people's preferences.
    pub(crate) static RULE = {
        id: "policy.complaint",
        effect: Effect::Requirement,
        level: Level::Policy,
        differs: true,
        citation: ico("Respect people's preferences", ICO_PREFERENCES),
        in_force: InForce::from(PECR),
        statement: "A complaint about marketing is taken for an objection.",
        limbs: [&NO_COMPLAINT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_direct_marketing(facts) {
        return Outcome::NotEngaged;
    }
    Limbs::default().require_none(&NO_COMPLAINT, standing(facts, &facts.stops.complaint)).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, BEFORE, Change, F, as_is, by_consent, limbs, said, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::complained_before(|f: F| f.stops.complaint = said("complaint_made", BEFORE), &["met"])]
    #[case::complained_since(|f: F| f.stops.complaint = said("complaint_made", AFTER), &["complaint"])]
    #[case::a_service_message(|f: F| (f.purpose, f.stops.complaint) = (Purpose::Service, said("complaint_made", AFTER)), &["not engaged"])]
    fn a_complaint_is_taken_for_an_objection(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
