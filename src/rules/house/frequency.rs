//! How many messages the sender sends to one person.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, house},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::is_direct_marketing,
    },
};

const LIMIT: Limb = Limb {
    id: "frequency",
    holds: "the sender has not yet sent this person as many messages as it allows itself",
    fails: "the sender has sent this person as many messages as it allows itself in the period",
};

rule! {
    /// A sender may limit how many messages of marketing it sends to one person in so many days:
    /// `house_rules.frequency` in its profile. Counted are its `send_made` events on record under any contact detail of
    /// the person, each event once, from the first moment of the first of those days, in London; the day of the check is
    /// the last of them. An event that does not say its purpose or its topics is counted; one of a service message or of
    /// research is not. Where a limit speaks of certain topics alone and is reached, the message must say its own.
    ///
    /// ## Allowed
    /// At most two messages in seven days: one was sent on Monday, and this is the second.
    ///
    /// ## Refused
    /// The third, on Sunday. On Monday of the next week one more may go.
    pub(crate) static RULE = {
        id: "house.frequency",
        effect: Effect::Requirement,
        level: Level::Policy,
        citation: house("frequency", "/rules/house.frequency"),
        in_force: InForce::from(PECR),
        statement: "A sender sends one person no more messages than it allows itself.",
        limbs: [&LIMIT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(limit) = facts.house.limit.filter(|_| is_direct_marketing(facts)) else { return Outcome::NotEngaged };
    let reached = if limit.is_reached() { "the limit is reached" } else { "below the limit" };
    let seen = Seen { event: limit.latest, ..Seen::stated("send_made", reached) };
    match (limit.is_reached(), limit.covers) {
        (true, None) => Limbs::default().told(
            &LIMIT,
            None,
            Seen::stated("topic", "unknown"),
            "`topic`: the sender's limit is one of certain topics, and it is reached",
        ),
        (reached, _) => Limbs::default().require(&LIMIT, !reached, seen),
    }
    .outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::SendLimit,
        rules::{
            outcome::Outcome,
            testing::{Change, DONE, F, as_is, by_consent, event, limbs, with},
        },
        terms::purpose::Purpose,
    };

    fn limit(made: u32, covers: Option<bool>) -> Option<SendLimit<'static>> {
        Some(SendLimit { made, at_most: 2, in_days: 7, covers, latest: Some(event("send_made", DONE)) })
    }

    #[rstest]
    #[case::no_such_rule(as_is, &["not engaged"])]
    #[case::room_for_one(|f: F| f.house.limit = limit(1, Some(true)), &["met"])]
    #[case::reached(|f: F| f.house.limit = limit(2, Some(true)), &["frequency"])]
    #[case::passed_before_it_was_set(|f: F| f.house.limit = limit(3, Some(true)), &["frequency"])]
    #[case::room_whatever_the_topic(|f: F| f.house.limit = limit(1, None), &["met"])]
    #[case::the_topic_decides(|f: F| f.house.limit = limit(2, None), &["frequency"])]
    #[case::a_service_message(|f: F| (f.house.limit, f.purpose) = (limit(2, Some(true)), Purpose::Service), &["not engaged"])]
    fn two_in_seven_days(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }

    #[rstest]
    #[case(Some(true), false)]
    #[case(None, true)]
    fn the_topic_is_asked_for_where_it_decides(#[case] covers: Option<bool>, #[case] asked: bool) {
        let mut facts = by_consent();
        facts.house.limit = limit(2, covers);
        let Outcome::Failing(failures) = (RULE.evaluate)(&facts) else { panic!("the limit is reached") };
        assert_eq!(failures[0].ask.is_some(), asked);
        assert_eq!(failures[0].seen.event.is_none(), asked);
    }
}
