//! Regulation 23(a): the sender may not conceal itself.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_23, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen, word},
        pecr::reg2_electronic_mail::is_no_mail,
    },
};

const IDENTIFIED: Limb = Limb {
    id: "23(a)",
    holds: "the message does not disguise or conceal on whose behalf it is sent",
    fails: "the message disguises or conceals on whose behalf it is sent",
};

rule! {
    /// Marketing by electronic mail must not disguise or conceal the identity of the person on whose behalf it is
    /// sent. This holds for every message, solicited or not, and protects companies as much as individuals.
    ///
    /// ## Allowed
    /// An email from "Acme Bikes" that says so in its From line and its footer.
    ///
    /// ## Refused
    /// A text from an unregistered SIM card that says only "reply YES".
    ///
    /// ## References
    /// PECR reg 23(a).
    pub(crate) static RULE = {
        id: "pecr.reg23.identity",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 23(a)", REG_23),
        in_force: InForce::from(PECR),
        statement: "The message must not conceal on whose behalf it is sent.",
        limbs: [&IDENTIFIED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_electronic_mail(facts) || is_no_mail(facts) {
        return Outcome::NotEngaged;
    }
    let identifies = facts.message.identifies_sender;
    let seen = Seen::stated("message.identifies_sender", word(identifies));
    Limbs::default().told(&IDENTIFIED, identifies, seen, "`message.identifies_sender`").outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_stranger, with},
        terms::{channel::Channel, party::PolicyProfile, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::concealed(|f: F| f.message.identifies_sender = Some(false), &["23(a)"])]
    #[case::not_told(|f: F| f.message.identifies_sender = None, &["23(a)"])]
    #[case::concealed_from_a_company(|f: F| (f.recipient.subscriber, f.message.identifies_sender) = (SubscriberKind::Corporate, None), &["23(a)"])]
    #[case::a_service_message(|f: F| (f.purpose, f.message.identifies_sender) = (Purpose::Service, None), &["not engaged"])]
    #[case::a_push_notification(|f: F| (f.channel, f.message.identifies_sender) = (Channel::Push, None), &["23(a)"])]
    #[case::a_push_notification_literally(|f: F| (f.channel, f.profile) = (Channel::Push, PolicyProfile::Literal), &["not engaged"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn on_whose_behalf(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_stranger(), change))), expected);
    }
}
