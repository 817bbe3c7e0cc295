//! Hours in which the sender sends nothing.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, house},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::is_direct_marketing,
    },
};

const QUIET: Limb = Limb {
    id: "quiet-hours",
    holds: "the moment lies outside the sender's quiet hours on this channel",
    fails: "the moment lies within the sender's quiet hours on this channel",
};

rule! {
    /// A sender may name hours in which it sends no marketing: `house_rules.quiet_hours` in its profile. They are read
    /// on the clocks of the time zone that they name, London's where they name none, and may reach over midnight: then
    /// they are of the day on which they begin. The first minute is quiet, the last is not. The moment that counts is
    /// the one that is asked about. Of a day in the past (`as_of` without a time) nobody knows the time, and the rule
    /// says nothing.
    ///
    /// ## Allowed
    /// A text at 08:00 by a sender whose quiet hours are from 20:00 until 08:00. A delivery note at 23:00: it is no
    /// marketing.
    ///
    /// ## Refused
    /// An offer by the same sender at 23:00.
    pub(crate) static RULE = {
        id: "house.quiet-hours",
        effect: Effect::Requirement,
        level: Level::Policy,
        citation: house("quiet_hours", "/rules/house.quiet-hours"),
        in_force: InForce::from(PECR),
        statement: "A sender sends nothing in its own quiet hours.",
        limbs: [&QUIET],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(quiet) = facts.house.quiet.filter(|_| is_direct_marketing(facts)) else { return Outcome::NotEngaged };
    let value = if quiet { "within them" } else { "outside them" };
    Limbs::default().require(&QUIET, !quiet, Seen::stated("house_rules.quiet_hours", value)).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::no_such_rule(as_is, &["not engaged"])]
    #[case::outside(|f: F| f.house.quiet = Some(false), &["met"])]
    #[case::within(|f: F| f.house.quiet = Some(true), &["quiet-hours"])]
    #[case::a_service_message(|f: F| (f.house.quiet, f.purpose) = (Some(true), Purpose::Service), &["not engaged"])]
    fn at_night(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
