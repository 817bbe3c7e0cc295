//! Regulation 19(4): what an automated calling system is.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_19, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Outcome},
    },
};

const SYSTEM: Limb = Limb {
    id: "19(4)",
    holds: "the system dials one number after another by itself and plays sounds that are not live speech to some at least of those it reaches",
    fails: "the system plays no recorded matter to anybody",
};

rule! {
    /// An automated calling system is one that is capable of both: initiating a sequence of calls to more than one
    /// destination by instructions stored in it, and transmitting sounds which are not live speech to persons at some or
    /// all of those destinations. A call that plays recorded matter is such a call even where a person listens in.
    ///
    /// ## Allowed
    /// Outside the rule: a predictive dialler that puts an agent on the line as soon as somebody answers. That is a live
    /// call (reg 21), and so it is decided if `call.plays_recorded_matter` is false.
    ///
    /// ## Refused
    /// Within the rule, and refused without consent to recorded calls: an agent abroad who presses buttons that play an
    /// actor's lines, so that the call seems live.
    ///
    /// ## Doubt
    /// A system that could play recordings, and is used for live speech alone, is "capable" of both. The regulation
    /// forbids communications comprising recorded matter, so what is played decides.
    ///
    /// ## References
    /// PECR reg 19(1) and (4); the regulator's penalty on Home Improvement Marketing Ltd, 28 August 2025.
    pub(crate) static RULE = {
        id: "pecr.reg19.automated-system",
        effect: Effect::Scope,
        level: Level::Statute,
        citation: pecr("reg. 19(4)", REG_19),
        in_force: InForce::from(PECR),
        statement: "A call that plays recorded matter is an automated call, however it is dialled.",
        limbs: [&SYSTEM],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if call::is_automated(facts) { Outcome::Met(None) } else { Outcome::NotEngaged }
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
    #[case::without_consent_too(|f: F| f.consent = None, &["met"])]
    #[case::a_live_call(|f: F| f.channel = Channel::LiveCall, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn recorded_matter(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_automated_call(), change))), expected);
    }
}
