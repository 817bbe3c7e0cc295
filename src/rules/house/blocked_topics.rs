//! Topics that the sender does not send.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, house},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen, word},
        scope::direct_marketing::is_direct_marketing,
    },
};

const BLOCKED: Limb = Limb {
    id: "blocked-topics",
    holds: "the message's topic is not one that the sender has blocked on this channel",
    fails: "the message's topic is one that the sender has blocked on this channel",
};

rule! {
    /// A sender may name topics of its own that it does not send at all, or not on some channels:
    /// `house_rules.blocked_topics` in its profile. Where some are blocked on a channel, a marketing message on it must
    /// say its topic: whether an unnamed one is blocked is for nobody to guess.
    ///
    /// ## Allowed
    /// A newsletter by a sender that has blocked `loans`.
    ///
    /// ## Refused
    /// A message about loans by the same sender, and one that does not say what it is about.
    pub(crate) static RULE = {
        id: "house.blocked-topics",
        effect: Effect::Requirement,
        level: Level::Policy,
        citation: house("blocked_topics", "/rules/house.blocked-topics"),
        in_force: InForce::from(PECR),
        statement: "A sender does not send the topics that it has blocked.",
        limbs: [&BLOCKED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !facts.house.blocks_topics || !is_direct_marketing(facts) {
        return Outcome::NotEngaged;
    }
    let blocked = facts.house.topic_blocked;
    let (seen, ask) = (Seen::stated("topic", word(blocked)), "`topic`: the sender has blocked topics on this channel");
    let seen = if blocked.is_some() { Seen { fact: "house_rules.blocked_topics", ..seen } } else { seen };
    Limbs::default().told(&BLOCKED, blocked.map(|blocked| !blocked), seen, ask).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::no_such_rule(as_is, &["not engaged"])]
    #[case::another_topic(|f: F| (f.house.blocks_topics, f.house.topic_blocked) = (true, Some(false)), &["met"])]
    #[case::a_blocked_topic(|f: F| (f.house.blocks_topics, f.house.topic_blocked) = (true, Some(true)), &["blocked-topics"])]
    #[case::no_topic(|f: F| f.house.blocks_topics = true, &["blocked-topics"])]
    #[case::a_service_message(|f: F| (f.house.blocks_topics, f.purpose) = (true, Purpose::Service), &["not engaged"])]
    fn loans(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
