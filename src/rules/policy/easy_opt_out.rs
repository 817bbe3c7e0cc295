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
    /// A newsletter without a word on how to stop it, whose From address happens to be read.
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
    // Without an address of any kind, reg 23(b) has already failed.
    let engaged = is_marketing_by_electronic_mail(facts) && rests_on_consent;
    match facts.message.opt_out.filter(|_| engaged) {
        Some(opt_out @ OptOut::None) => {
            Limbs::default().require(&EASY, false, Seen::stated("message.opt_out", opt_out.as_str())).outcome(None)
        }
        Some(_) => Outcome::Met(None),
        None => Outcome::NotEngaged,
    }
}
