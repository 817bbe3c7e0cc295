//! Regulation 23(b): a valid address to stop the mail.

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

const ADDRESS: Limb = Limb {
    id: "23(b)",
    holds: "the message gives a valid address for a request that such messages stop",
    fails: "the message gives no valid address for a request that such messages stop",
};

rule! {
    /// Marketing by electronic mail must give a valid address to which the recipient may send a request that such
    /// messages stop. This holds for every message, solicited or not, and protects companies as much as individuals. A
    /// short code serves in a text message, if it costs no more than a text.
    ///
    /// ## Allowed
    /// A text that ends "STOP to 60777".
    ///
    /// ## Refused
    /// A text without any way to answer; a number at a premium rate.
    ///
    /// ## References
    /// PECR reg 23(b).
    pub(crate) static RULE = {
        id: "pecr.reg23.valid-address",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 23(b)", REG_23),
        in_force: InForce::from(PECR),
        statement: "The message must give a valid address for a request to stop.",
        limbs: [&ADDRESS],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_electronic_mail(facts) || is_no_mail(facts) {
        return Outcome::NotEngaged;
    }
    let (opt_out, reply) = (facts.message.opt_out, facts.message.reply_address);
    let by_opt_out = opt_out.map(|opt_out| opt_out.is_valid_address());
    // Either is enough. A caller who says that there is no opt-out and names no address has named none.
    let (address, seen) = match (by_opt_out, reply) {
        (Some(true), _) => (Some(true), Seen::stated("message.opt_out", opt_out.map_or("unknown", |o| o.as_str()))),
        (_, Some(true)) => (Some(true), Seen::stated("message.reply_address", word(reply))),
        (Some(false), Some(false) | None) => {
            (Some(false), Seen::stated("message.opt_out", opt_out.map_or("unknown", |o| o.as_str())))
        }
        (None, Some(false)) => (Some(false), Seen::stated("message.reply_address", word(reply))),
        (None, None) => (None, Seen::stated("message.opt_out", "unknown")),
    };
    Limbs::default().told(&ADDRESS, address, seen, "`message.opt_out` or `message.reply_address`").outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_stranger, with},
        terms::{channel::Channel, refusal::OptOut, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::by_letter(|f: F| f.message.opt_out = Some(OptOut::PostalAddress), &["met"])]
    #[case::none(|f: F| f.message.opt_out = Some(OptOut::None), &["23(b)"])]
    #[case::at_a_premium_rate(|f: F| f.message.opt_out = Some(OptOut::Charged), &["23(b)"])]
    #[case::not_told(|f: F| f.message.opt_out = None, &["23(b)"])]
    #[case::no_reply_address_either(|f: F| (f.message.opt_out, f.message.reply_address) = (None, Some(false)), &["23(b)"])]
    #[case::a_reply_address_instead(|f: F| (f.message.opt_out, f.message.reply_address) = (Some(OptOut::None), Some(true)), &["met"])]
    #[case::to_a_company(|f: F| (f.recipient.subscriber, f.message.opt_out) = (SubscriberKind::Corporate, Some(OptOut::None)), &["23(b)"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn an_address_to_stop_the_mail(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_stranger(), change))), expected);
    }
}
