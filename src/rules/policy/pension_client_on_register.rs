//! A client who would expect a call about pensions, and is on the register of those who want no calls.

use crate::{
    facts::Facts,
    rules::{
        Effect, applies, call,
        citation::{Level, REG_21, pecr},
        in_force::{InForce, PENSION_CALLS},
        outcome::{Limb, Limbs, Outcome, Seen},
        pecr::{reg21_permission, reg21_register},
    },
};

const WELCOME: Limb = Limb {
    id: "pension-client-on-register",
    holds: "the client is not on the register of those who want no calls, or has told the caller that its calls are welcome",
    fails: "the client is on the register of those who want no calls, and has not told the caller that its calls are welcome",
};

rule! {
    /// The register does not bind calls about pensions: reg 21(6) takes them out of reg 21(1), and reg 21B asks only
    /// whether the person is a client who would expect the call and never refused. A client who is on the register all
    /// the same has said that calls are not wanted, and is rung only after telling the caller that its calls are.
    ///
    /// ## Allowed
    /// An adviser rings a client who is on no register; or one who is, and told the adviser that its calls are welcome.
    ///
    /// ## Refused
    /// An adviser rings a client who would expect the call, and whose number has been in the TPS for years.
    ///
    /// ## Doubt
    /// By the text such a call is lawful: the literal reading warns instead of refusing. The register need not be looked
    /// up; only a listing that is on record counts.
    ///
    /// ## References
    /// PECR reg 21(1)(b), (4) and (6), reg 21B(3).
    pub(crate) static RULE = {
        id: "policy.pension-client-on-register",
        effect: Effect::Requirement,
        level: Level::Policy,
        differs: true,
        citation: pecr("reg. 21(4), beyond reg. 21(6)", REG_21),
        in_force: InForce::from(PENSION_CALLS),
        statement: "A pension client on the register should be called only if the caller's calls are welcome.",
        limbs: [&WELCOME],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !call::is_about_pensions(facts) || facts.line.relationship.is_none() {
        return Outcome::NotEngaged;
    }
    let (listed, welcome) = (reg21_register::listed(facts), reg21_permission::given(facts));
    let seen = listed.map_or(Seen::stated("register_listed", "unknown"), |listed| {
        Seen::event("register_listed", "for 28 days or more", listed)
    });
    Limbs::default().require(&WELCOME, listed.is_none() || welcome.is_some(), seen).outcome(welcome)
}

/// Whether this rule keeps the caller off the line of a client.
pub(crate) fn keeps_off(facts: &Facts<'_>) -> bool {
    applies(&RULE, facts) && reg21_register::listed(facts).is_some() && reg21_permission::given(facts).is_none()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{
            AFTER, BEFORE, Change, F, as_is, consent_to_calls, event, in_register, limbs, said, to_a_client, with,
        },
        terms::purpose::Matter,
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::on_the_register(|f: F| f.line.tps = in_register(BEFORE), &["pension-client-on-register"])]
    #[case::on_the_companies(|f: F| f.line.ctps = in_register(BEFORE), &["pension-client-on-register"])]
    #[case::newly_on_it(|f: F| f.line.tps = in_register("2026-11-01T12:00:00Z"), &["met"])]
    #[case::and_welcome(
        |f: F| (f.line.tps, f.line.permission) = (in_register(BEFORE), Some(event("call_permission_given", AFTER))),
        &["met"],
    )]
    #[case::and_no_longer_welcome(
        |f: F| {
            (f.line.tps, f.line.permission) = (in_register(BEFORE), Some(event("call_permission_given", BEFORE)));
            f.line.permission_withdrawn = said("call_permission_withdrawn", AFTER);
        },
        &["pension-client-on-register"],
    )]
    #[case::and_consenting(|f: F| (f.line.tps, f.consent) = (in_register(BEFORE), Some(consent_to_calls())), &["met"])]
    #[case::no_client(|f: F| (f.line.tps, f.line.relationship) = (in_register(BEFORE), None), &["not engaged"])]
    #[case::about_claims(|f: F| (f.line.tps, f.matter) = (in_register(BEFORE), Some(Matter::ClaimsManagement)), &["not engaged"])]
    fn a_client_on_the_register(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_client(), change))), expected);
    }
}
