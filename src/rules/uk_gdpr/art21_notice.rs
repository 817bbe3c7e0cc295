//! Article 21(4): the person is told of the right to object.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_21, Level, uk_gdpr},
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen, word},
        uk_gdpr::art6_consent::is_asked_for,
    },
};

const TOLD: Limb = Limb {
    id: "21(4)",
    holds: "the person has been told of the right to object, clearly and apart, or is told with the message",
    fails: "the person has not been told of the right to object, and is not told with the message",
};

rule! {
    /// At the latest with the first message the right to object must be brought to the person's attention explicitly,
    /// clearly and apart from other information.
    ///
    /// ## Allowed
    /// A letter says in a box of its own: "If you do not want our letters, tell us at ..., and we stop."
    ///
    /// ## Refused
    /// The sender states that neither this message nor an earlier one says it.
    ///
    /// ## Doubt
    /// When nobody states whether the person was told, the message is not refused for that: telling them is among the
    /// obligations that come with the answer.
    ///
    /// ## References
    /// UK GDPR Art 21(4); ICO, right to object.
    pub(crate) static RULE = {
        id: "uk_gdpr.art21.notice",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Art 21(4)", ART_21),
        in_force: InForce::from(GDPR),
        statement: "People must be told that they may object, at the latest with the first message.",
        limbs: [&TOLD],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(told) = facts.message.right_to_object_told.filter(|_| is_asked_for(facts)) else {
        return Outcome::NotEngaged;
    };
    let seen = Seen::stated("message.right_to_object_told", word(Some(told)));
    Limbs::default().require(&TOLD, told, seen).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, by_post, limbs, with},
        terms::{purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::nobody_says(as_is, &["not engaged"])]
    #[case::told(|f: F| f.message.right_to_object_told = Some(true), &["met"])]
    #[case::not_told(|f: F| f.message.right_to_object_told = Some(false), &["21(4)"])]
    #[case::a_service_message(|f: F| (f.purpose, f.message.right_to_object_told) = (Purpose::Service, Some(false)), &["not engaged"])]
    #[case::a_company(|f: F| to_a_mailbox(f), &["not engaged"])]
    fn by_every_channel(#[case] change: Change, #[case] expected: &[&str]) {
        for facts in [by_consent(), by_post()] {
            assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
        }
    }

    fn to_a_mailbox(facts: F<'_>) {
        facts.message.right_to_object_told = Some(false);
        (facts.recipient.subscriber, facts.recipient.named_person) = (SubscriberKind::Corporate, Some(false));
    }
}
