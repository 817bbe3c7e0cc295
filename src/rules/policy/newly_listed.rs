//! A number that was entered in the register a few days ago.

use crate::{
    facts::{EventRef, Facts},
    rules::{
        Effect, call,
        citation::{Level, REG_21, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        pecr::{reg20_consent::is_marketing_by_fax, reg20_register, reg21_register},
    },
};

const NOT_NEW: Limb = Limb {
    id: "newly-listed",
    holds: "the number was not entered in the register of those who want no such call or fax in the 28 days before it",
    fails: "the number was entered in the register less than 28 days ago: it may still be used, and its subscriber has said already that this is not wanted",
};

rule! {
    /// The law gives a caller until the 28th day after a listing (reg 20(4), 21(3)), because a list once bought grows
    /// old. A caller who knows of the listing already does well to heed it at once.
    ///
    /// ## Allowed
    /// With a warning: a call to a number that was entered ten days ago.
    ///
    /// ## Refused
    /// Never by this rule. On the 28th day `pecr.reg21.register` or `pecr.reg20.register` refuses.
    ///
    /// ## References
    /// PECR reg 20(4), 21(3).
    pub(crate) static RULE = {
        id: "policy.newly-listed",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: pecr("reg. 20(4), reg. 21(3), before their days have run", REG_21),
        in_force: InForce::from(PECR),
        statement: "A number that was entered in the register lately is better left alone at once.",
        limbs: [&NOT_NEW],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_governed_by_a_register(facts) {
        return Outcome::NotEngaged;
    }
    Limbs::default().require_none(&NOT_NEW, newly_listed(facts)).outcome(None)
}

/// Whether a register of regs 25 and 26 is asked about the message.
pub(crate) fn is_governed_by_a_register(facts: &Facts<'_>) -> bool {
    call::is_ordinary(facts) || is_marketing_by_fax(facts)
}

/// The listing of the line in that register, if it is less than 28 days old.
pub(crate) fn newly_listed<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    if is_marketing_by_fax(facts) { reg20_register::newly_listed(facts) } else { reg21_register::newly_listed(facts) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{BEFORE, Change, F, as_is, by_live_call, in_register, limbs, with},
        terms::{channel::Channel, purpose::Matter},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::entered_27_days_ago(|f: F| f.line.tps = in_register("2026-10-25T12:00:00Z"), &["newly-listed"])]
    #[case::entered_28_days_ago(|f: F| f.line.tps = in_register("2026-10-24T12:00:00Z"), &["met"])]
    #[case::entered_for_companies(|f: F| f.line.ctps = in_register("2026-11-20T12:00:00Z"), &["newly-listed"])]
    #[case::entered_long_ago(|f: F| f.line.tps = in_register(BEFORE), &["met"])]
    #[case::about_claims(|f: F| (f.matter, f.line.tps) = (Some(Matter::ClaimsManagement), in_register("2026-11-20T12:00:00Z")), &["not engaged"])]
    #[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
    fn a_number_entered_lately(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_live_call(), change))), expected);
    }
}
