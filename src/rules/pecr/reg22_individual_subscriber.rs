//! Regulation 22(1): individual subscribers only.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Outcome},
    },
    terms::subscriber::SubscriberKind,
};

const CORPORATE: Limb = Limb {
    id: "22(1)-corporate",
    holds: "the subscriber is a body with its own legal personality",
    fails: "the subscriber is an individual, or nobody knows what it is",
};

rule! {
    /// Reg 22 protects individual subscribers. A company, an LLP, a Scottish partnership, a body corporate may be
    /// mailed without consent. A sole trader, a club or an ordinary partnership in England, Wales or Northern Ireland
    /// is an individual subscriber. The sender must still say who it is and how to stop the mail (reg 23), and a named
    /// employee may object (UK GDPR Art 21).
    ///
    /// ## Allowed
    /// A supplier emails purchasing@ at a limited company.
    ///
    /// ## Refused
    /// The supplier emails a plumber at a free mailbox: a sole trader is an individual, and whoever cannot tell must
    /// treat the address as one.
    ///
    /// ## References
    /// PECR reg 2(1) "corporate subscriber", "individual", reg 22(1); ICO, business-to-business marketing.
    pub(crate) static RULE = {
        id: "pecr.reg22.individual-subscriber",
        effect: Effect::Exception { to: &["pecr.reg22.consent"] },
        level: Level::Statute,
        citation: pecr("reg. 22(1)", REG_22),
        in_force: InForce::from(PECR),
        statement: "A corporate subscriber may be mailed without consent.",
        limbs: [&CORPORATE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_electronic_mail(facts) {
        return Outcome::NotEngaged;
    }
    match facts.recipient.subscriber {
        SubscriberKind::Corporate => Outcome::Met(None),
        SubscriberKind::Individual | SubscriberKind::Unknown => Outcome::NotEngaged,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_company, with},
        terms::{channel::Channel, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::a_person(|f: F| f.recipient.subscriber = SubscriberKind::Individual, &["not engaged"])]
    #[case::nobody_knows(|f: F| f.recipient.subscriber = SubscriberKind::Unknown, &["not engaged"])]
    #[case::a_named_employee(|f: F| f.recipient.named_person = Some(true), &["met"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn a_body_with_its_own_personality(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_company(), change))), expected);
    }
}
