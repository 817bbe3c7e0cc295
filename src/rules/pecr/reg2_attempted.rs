//! Regulation 2(1) and (1A): a call that nobody answered, a message that did not arrive.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_2, pecr},
        in_force::{ATTEMPTS, InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::is_direct_marketing,
    },
    terms::channel::Channel,
};

const COUNTS: Limb = Limb {
    id: "2(1A)",
    holds: "a call that nobody answered and a message that did not arrive count as if they had reached the person",
    fails: "the message reached the person",
};
const ARGUABLE: Limb = Limb {
    id: "2(1)-arguable",
    holds: "the message reached the person",
    fails: "whether a call that nobody answered, or a message that did not arrive, counted under the law of that day is arguable: it is decided as if it had reached the person",
};

rule! {
    /// To make a call includes to attempt one. A communication is information transmitted to a finite number of parties,
    /// whether or not it arrives, and the recipient of one that did not arrive is the person for whom it was meant. So a
    /// call that rang out and an email that bounced or was filtered are decided like any other.
    ///
    /// ## Allowed
    /// A call to a person on no register that nobody answered.
    ///
    /// ## Refused
    /// Five unanswered calls to a number on the register. An email to somebody who never consented, and which bounced.
    ///
    /// ## References
    /// PECR reg 2(1) "call" and "communication", reg 2(1A): Data (Use and Access) Act 2025 s.110(2)(a)-(b) and (3); SI
    /// 2026/82 reg 2.
    pub(crate) static RULE = {
        id: "pecr.reg2.attempted",
        effect: Effect::Scope,
        level: Level::Statute,
        citation: pecr("reg. 2(1), (1A)", REG_2),
        in_force: InForce::from(ATTEMPTS),
        statement: "A call that nobody answered and a message that did not arrive count all the same.",
        limbs: [&COUNTS],
        evaluate: evaluate,
    };
}

rule! {
    /// A call was "a connection established" and a communication information "exchanged or conveyed between" parties.
    /// Whether a call that nobody answered or a message that never arrived was caught is arguable.
    ///
    /// ## Allowed
    /// A call to a person on no register that nobody answered: with a warning, and with nothing else against it.
    ///
    /// ## Refused
    /// A call to a number on the register that nobody answered: with a warning that this may not have been one.
    ///
    /// ## Doubt
    /// The message is decided as if it had reached the person, which risks no breach: the question is asked before the
    /// sending, when nobody knows. The regulator counted attempted and connected calls apart.
    ///
    /// ## References
    /// PECR reg 2(1) "call" and "communication" as they stood until 5 February 2026.
    pub(crate) static BEFORE_ATTEMPTS = {
        id: "pecr.reg2.attempted",
        effect: Effect::Advice,
        level: Level::Statute,
        citation: pecr("reg. 2(1)", REG_2),
        in_force: InForce::between(PECR, ATTEMPTS),
        statement: "Whether a call that nobody answered or a message that did not arrive counts is arguable.",
        limbs: [&ARGUABLE],
        evaluate: evaluate_before_attempts,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if did_not_arrive(facts) { Outcome::Met(None) } else { Outcome::NotEngaged }
}

fn evaluate_before_attempts<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if did_not_arrive(facts) {
        Limbs::default().require(&ARGUABLE, false, Seen::stated("reached", "false")).outcome(None)
    } else {
        Outcome::NotEngaged
    }
}

/// Whether the caller says so, of something that PECR governs at all.
fn did_not_arrive(facts: &Facts<'_>) -> bool {
    let by_a_network = match facts.channel {
        Channel::LiveCall | Channel::AutomatedCall | Channel::Fax => true,
        Channel::Email | Channel::Sms | Channel::Mms | Channel::Voicemail => true,
        Channel::InApp | Channel::SocialMessage | Channel::Push => true,
        Channel::Post | Channel::OnlineAdvertising => false,
    };
    by_a_network && facts.reached == Some(false) && is_direct_marketing(facts)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_ATTEMPTS, RULE};
    use crate::{
        rules::testing::{Change, F, as_is, by_live_call, limbs, with},
        terms::{channel::Channel, purpose::Purpose},
    };

    #[rstest]
    #[case::nobody_says(as_is, "not engaged", "not engaged")]
    #[case::answered(|f: F| f.reached = Some(true), "not engaged", "not engaged")]
    #[case::not_answered(|f: F| f.reached = Some(false), "met", "2(1)-arguable")]
    #[case::bounced(|f: F| (f.channel, f.reached) = (Channel::Email, Some(false)), "met", "2(1)-arguable")]
    #[case::a_letter(|f: F| (f.channel, f.reached) = (Channel::Post, Some(false)), "not engaged", "not engaged")]
    #[case::a_service_message(|f: F| (f.purpose, f.reached) = (Purpose::Service, Some(false)), "not engaged", "not engaged")]
    fn what_did_not_arrive(#[case] change: Change, #[case] now: &str, #[case] before: &str) {
        let facts = with(by_live_call(), change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [now]);
        assert_eq!(limbs(&(BEFORE_ATTEMPTS.evaluate)(&facts)), [before]);
    }
}
