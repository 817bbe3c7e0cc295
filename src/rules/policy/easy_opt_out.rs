//! Withdrawing must be as easy as consenting.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_7, Level, uk_gdpr},
        in_force::{GDPR, InForce},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen},
    },
    terms::{refusal::OptOut, subscriber::SubscriberKind},
};

const EASY: Limb = Limb {
    id: "7(3)-easy",
    holds: "the message tells the person a simple way to stop",
    fails: "the message has an address but tells the person no simple way to stop",
};

rule! {
    /// It must be as easy to withdraw consent as to give it. A message that rests on consent and only has an address
    /// to which a request to stop could be sent meets reg 23(b), and may fall short of that.
    ///
    /// ## Allowed
    /// "Reply STOP to stop", a link, a switch.
    ///
    /// ## Refused
    /// A newsletter without a word on how to stop it, whose From address happens to be read. One that is stopped by a
    /// letter, or at a charge.
    ///
    /// ## Doubt
    /// No provision demands a link. The conservative reading demands that some simple way is told; the literal one
    /// warns.
    ///
    /// ## References
    /// UK GDPR Art 7(3), last sentence; PECR reg 23(b).
    pub(crate) static RULE = {
        id: "policy.easy-opt-out",
        effect: Effect::Requirement,
        level: Level::Policy,
        differs: true,
        citation: uk_gdpr("Art 7(3), as easy to withdraw as to give", ART_7),
        in_force: InForce::from(GDPR),
        statement: "A message that rests on consent should tell a simple way to stop.",
        limbs: [&EASY],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let rests_on_consent = facts.consent.is_some() && facts.recipient.subscriber != SubscriberKind::Corporate;
    let (opt_out, reply) = (facts.message.opt_out, facts.message.reply_address);
    // Without an address of any kind, reg 23(b) has already failed.
    let address = opt_out.is_some_and(OptOut::is_valid_address) || reply == Some(true);
    if !is_marketing_by_electronic_mail(facts) || !rests_on_consent || !address {
        return Outcome::NotEngaged;
    }
    Limbs::default()
        .told(
            &EASY,
            opt_out.map(OptOut::is_simple_and_free),
            Seen::stated("message.opt_out", opt_out.map_or("unknown", OptOut::as_str)),
            "`message.opt_out`: how this message tells the person to stop it",
        )
        .outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::{channel::Channel, refusal::OptOut, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::no_address(|f: F| f.message.opt_out = Some(OptOut::None), &["not engaged"])]
    #[case::an_address_alone(|f: F| (f.message.opt_out, f.message.reply_address) = (Some(OptOut::None), Some(true)), &["7(3)-easy"])]
    #[case::at_a_charge(|f: F| (f.message.opt_out, f.message.reply_address) = (Some(OptOut::Charged), Some(true)), &["7(3)-easy"])]
    #[case::by_letter(|f: F| f.message.opt_out = Some(OptOut::PostalAddress), &["7(3)-easy"])]
    #[case::an_address_and_nothing_told(|f: F| (f.message.opt_out, f.message.reply_address) = (None, Some(true)), &["7(3)-easy"])]
    #[case::nothing_told_at_all(|f: F| f.message.opt_out = None, &["not engaged"])]
    #[case::no_consent(|f: F| f.consent = None, &["not engaged"])]
    #[case::a_company(|f: F| (f.recipient.subscriber, f.message.opt_out) = (SubscriberKind::Corporate, Some(OptOut::None)), &["not engaged"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn a_simple_way_to_stop(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
