//! Regulation 21(A1): a live call shows who is calling.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_21, pecr},
        in_force::{CALLER_IDENTITY, InForce},
        outcome::{Limb, Outcome},
    },
};

const SHOWN: Limb = Limb {
    id: "21(A1)",
    holds: "the calling line's identity, or that of a line on which the caller can be contacted, is presented",
    fails: "the calling line's identity is withheld, and no line is presented on which the caller can be contacted",
};

rule! {
    /// Whoever makes calls for direct marketing, or instigates them, must not prevent presentation of the identity of
    /// the calling line, or must present the identity of a line on which he can be contacted. This holds for every such
    /// call, solicited or unsolicited, to a person or to a company, and for calls about claims management and pensions:
    /// reg 21(6) leaves only paragraph (1) out.
    ///
    /// ## Allowed
    /// A call centre shows the number of the firm that it calls for.
    ///
    /// ## Refused
    /// A firm calls a person who asked for a call, and withholds its number.
    ///
    /// ## References
    /// PECR reg 21(A1), inserted by SI 2016/524.
    pub(crate) static RULE = {
        id: "pecr.reg21.caller-identity",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(A1)", REG_21),
        in_force: InForce::from(CALLER_IDENTITY),
        statement: "A marketing call must show a number at which the caller can be reached.",
        limbs: [&SHOWN],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if call::is_live(facts) { call::presents_identity(facts, &SHOWN) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_live_call, limbs, with},
        terms::{channel::Channel, purpose::Matter, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::withheld(|f: F| f.call.presents_cli = Some(false), &["21(A1)"])]
    #[case::not_told(|f: F| f.call.presents_cli = None, &["21(A1)"])]
    #[case::withheld_from_a_company(|f: F| (f.recipient.subscriber, f.call.presents_cli) = (SubscriberKind::Corporate, None), &["21(A1)"])]
    #[case::about_claims(|f: F| (f.matter, f.call.presents_cli) = (Some(Matter::ClaimsManagement), None), &["21(A1)"])]
    #[case::about_pensions(|f: F| (f.matter, f.call.presents_cli) = (Some(Matter::Pensions), None), &["21(A1)"])]
    #[case::asked_for(|f: F| (f.answers_request, f.call.presents_cli) = (true, None), &["21(A1)"])]
    #[case::a_recorded_call(|f: F| (f.channel, f.call.presents_cli) = (Channel::AutomatedCall, None), &["not engaged"])]
    #[case::a_service_message(|f: F| (f.purpose, f.call.presents_cli) = (Purpose::Service, None), &["not engaged"])]
    fn who_is_calling(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_live_call(), change))), expected);
    }
}
