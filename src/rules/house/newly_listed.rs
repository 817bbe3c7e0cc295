//! A sender that heeds a register from the first day.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, house},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        policy::newly_listed::{is_governed_by_a_register, newly_listed},
    },
};

const AT_ONCE: Limb = Limb {
    id: "newly-listed",
    holds: "the number is on no register, not even since a few days ago",
    fails: "the number has been on the register for less than 28 days, and the sender heeds a listing at once",
};

rule! {
    /// The law gives a sender until the 28th day after a number was listed (PECR reg 20(4), 21(3)). A sender may heed a
    /// listing from its first day: `house_rules.honour_registers_at_once` in its profile. Whoever told the sender that
    /// its calls are welcome, or asked for this one, is called all the same.
    ///
    /// ## Allowed
    /// Such a sender calls a number that was looked up last week and not found.
    ///
    /// ## Refused
    /// It calls a number that was listed ten days ago.
    pub(crate) static RULE = {
        id: "house.newly-listed",
        effect: Effect::Requirement,
        level: Level::Policy,
        citation: house("honour_registers_at_once", "/rules/house.newly-listed"),
        in_force: InForce::from(PECR),
        statement: "A sender may heed a listing in a register from its first day.",
        limbs: [&AT_ONCE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !facts.house.honours_registers_at_once || !is_governed_by_a_register(facts) {
        return Outcome::NotEngaged;
    }
    Limbs::default().require_none(&AT_ONCE, newly_listed(facts)).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_fax, by_live_call, in_register, limbs, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::smallest(as_is, &["met"], &["met"])]
    #[case::no_such_rule(|f: F| f.house.honours_registers_at_once = false, &["not engaged"], &["not engaged"])]
    #[case::listed_lately(|f: F| (f.line.tps, f.line.fax) = (in_register("2026-11-20T12:00:00Z"), in_register("2026-11-20T12:00:00Z")), &["newly-listed"], &["newly-listed"])]
    #[case::a_service_call(|f: F| f.purpose = Purpose::Service, &["not engaged"], &["not engaged"])]
    fn from_the_first_day(#[case] change: Change, #[case] call: &[&str], #[case] fax: &[&str]) {
        for (mut facts, expected) in [(by_live_call(), call), (by_fax(), fax)] {
            facts.house.honours_registers_at_once = true;
            assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
        }
    }
}
