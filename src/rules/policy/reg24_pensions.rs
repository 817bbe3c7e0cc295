//! A call about pensions gives the name and the address too.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_24, pecr},
        in_force::{InForce, PENSION_CALLS},
        outcome::{Limb, Outcome},
        pecr::reg24_identity::spoken,
    },
};

const NAME: Limb = Limb {
    id: "pensions-name",
    holds: "the name of the caller is given",
    fails: "the name of the caller is not given",
};
const CONTACT: Limb = Limb {
    id: "pensions-contact",
    holds: "an address of the caller, or a telephone number on which he can be reached free of charge, is given to whoever asks",
    fails: "neither an address of the caller nor a telephone number on which he can be reached free of charge is given to whoever asks",
};

rule! {
    /// Reg 24 speaks of calls to which reg 21 or 21A applies, and was not amended when reg 21B came. A call about
    /// pensions is a call to which reg 21(A1) applies, so it is held to the same: the name, and the address or a
    /// freephone number on request.
    ///
    /// ## Allowed
    /// An adviser rings a client and says from which firm.
    ///
    /// ## Refused
    /// The adviser says "I am calling about your pension", and not from where.
    ///
    /// ## Doubt
    /// Whether reg 24 covers these calls. The conservative reading says that it does; the literal one warns instead of
    /// refusing. As with other live calls, the rule fails when the caller says that the particulars are not given.
    ///
    /// ## References
    /// PECR reg 21(A1), reg 21B, reg 24(1)(b).
    pub(crate) static RULE = {
        id: "policy.reg24-pensions",
        effect: Effect::Requirement,
        level: Level::Policy,
        differs: true,
        citation: pecr("reg. 24(1)(b), read with reg. 21(A1)", REG_24),
        in_force: InForce::from(PENSION_CALLS),
        statement: "A caller about pensions should give its name, and an address or a freephone number to whoever asks.",
        limbs: [&NAME, &CONTACT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if call::is_about_pensions(facts) { spoken(facts, [&NAME, &CONTACT]) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_client, with},
        terms::{channel::Channel, purpose::Matter},
    };

    #[rstest]
    #[case::nothing_told(as_is, &["not engaged"])]
    #[case::a_name(|f: F| f.call.names_caller = Some(true), &["met"])]
    #[case::no_name(|f: F| f.call.names_caller = Some(false), &["pensions-name"])]
    #[case::no_address(|f: F| f.call.address_or_freephone = Some(false), &["pensions-contact"])]
    #[case::about_claims(|f: F| (f.matter, f.call.names_caller) = (Some(Matter::ClaimsManagement), Some(false)), &["not engaged"])]
    #[case::a_recorded_call(|f: F| (f.channel, f.call.names_caller) = (Channel::AutomatedCall, Some(false)), &["not engaged"])]
    fn what_an_adviser_must_say(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_client(), change))), expected);
    }
}
