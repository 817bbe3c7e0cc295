//! Regulation 2(1): whether a push notification is electronic mail.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_2, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen},
    },
    terms::{channel::Channel, party::PolicyProfile},
};

const NOT_MAIL: Limb = Limb {
    id: "2(1)-push",
    holds: "a push notification is not electronic mail, on the literal reading alone",
    fails: "a push notification is electronic mail, on the conservative reading alone",
};

rule! {
    /// Electronic mail is any text, voice, sound or image message sent over a public network that can be stored in the
    /// network or in the recipient's terminal equipment until it is collected.
    ///
    /// ## Allowed
    /// On the literal reading, a push notification to a user of the app who has not objected.
    ///
    /// ## Refused
    /// On the conservative reading, the same notification without consent.
    ///
    /// ## Doubt
    /// The regulator's draft code of 2020 named push notifications among electronic mail; the list published in 2022
    /// does not. The conservative reading treats them as electronic mail, the literal one does not.
    ///
    /// ## References
    /// PECR reg 2(1) "electronic mail"; ICO, electronic mail marketing (2022); ICO draft direct marketing code (2020).
    pub(crate) static RULE = {
        id: "pecr.reg2.electronic-mail",
        effect: Effect::Exception { to: &["pecr.reg22.consent"] },
        level: Level::Statute,
        differs: true,
        citation: pecr("reg. 2(1)", REG_2),
        in_force: InForce::from(PECR),
        statement: "Whether a push notification is electronic mail is disputed.",
        limbs: [&NOT_MAIL],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_electronic_mail(facts) || facts.channel != Channel::Push {
        return Outcome::NotEngaged;
    }
    Limbs::default()
        .require(&NOT_MAIL, is_no_mail(facts), Seen::stated("channel", facts.channel.as_str()))
        .outcome(None)
}

/// Whether the reading taken leaves the message out of regs 22 and 23. What is no electronic mail still needs a good
/// consent to outlast an objection, so the conditions of consent are asked for all the same.
pub(crate) fn is_no_mail(facts: &Facts<'_>) -> bool {
    match facts.profile {
        PolicyProfile::Literal => facts.channel == Channel::Push,
        PolicyProfile::Conservative => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_stranger, with},
        terms::{channel::Channel, party::PolicyProfile},
    };

    #[rstest]
    #[case::an_email(as_is, &["not engaged"])]
    #[case::an_email_on_the_literal_reading(|f: F| f.profile = PolicyProfile::Literal, &["not engaged"])]
    #[case::on_the_conservative_reading(|f: F| f.channel = Channel::Push, &["2(1)-push"])]
    #[case::on_the_literal_reading(|f: F| (f.channel, f.profile) = (Channel::Push, PolicyProfile::Literal), &["met"])]
    fn a_push_notification(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_stranger(), change))), expected);
    }
}
