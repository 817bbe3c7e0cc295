//! Regulation 19(2)(b): a recorded call shows who is calling.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_19, pecr},
        in_force::{CALLER_IDENTITY, InForce},
        outcome::{Limb, Outcome},
    },
};

const SHOWN: Limb = Limb {
    id: "19(2)(b)",
    holds: "the calling line's identity, or that of a line on which the caller can be contacted, is presented",
    fails: "the calling line's identity is withheld, and no line is presented on which the caller can be contacted",
};

rule! {
    /// Whoever transmits recorded marketing by an automated system, or instigates it, must not prevent presentation of
    /// the identity of the calling line, or must present the identity of a line on which he can be contacted. It is the
    /// second of the two circumstances in which such a call may be made: consent does not make up for it.
    ///
    /// ## Allowed
    /// A recorded call that shows the number of the caller's customer service.
    ///
    /// ## Refused
    /// A recorded call from a withheld number, or from one that was made up for the day.
    ///
    /// ## References
    /// PECR reg 19(2)(b), inserted by SI 2016/524.
    pub(crate) static RULE = {
        id: "pecr.reg19.caller-identity",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 19(2)(b)", REG_19),
        in_force: InForce::from(CALLER_IDENTITY),
        statement: "A recorded marketing call must show a number at which the caller can be reached.",
        limbs: [&SHOWN],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if call::is_automated(facts) { call::presents_identity(facts, &SHOWN) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_automated_call, limbs, with},
        terms::{channel::Channel, purpose::Purpose},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::withheld(|f: F| f.call.presents_cli = Some(false), &["19(2)(b)"])]
    #[case::not_told(|f: F| f.call.presents_cli = None, &["19(2)(b)"])]
    #[case::a_live_call(|f: F| (f.channel, f.call.presents_cli) = (Channel::LiveCall, None), &["not engaged"])]
    #[case::a_service_message(|f: F| (f.purpose, f.call.presents_cli) = (Purpose::Service, None), &["not engaged"])]
    fn who_is_calling(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_automated_call(), change))), expected);
    }
}
