//! The charitable soft opt-in covers details collected since 5 February 2026.

use crate::{
    facts::{Facts, Term},
    rules::{
        Effect,
        citation::{Level, ico},
        in_force::{CHARITY_SOFT_OPT_IN, InForce},
        outcome::{Limb, Limbs, Outcome, Seen},
        pecr::reg22_charitable_soft_opt_in::engaged,
    },
};

const SINCE: Limb = Limb {
    id: "collected-since",
    holds: "the details were collected on or after 5 February 2026",
    fails: "the details were collected before 5 February 2026",
};

rule! {
    /// The charitable soft opt-in applies to details that a charity obtained on or after the day on which it came into
    /// force. A supporter of old who supports again after that day, and is offered the opt-out then, qualifies.
    ///
    /// ## Allowed
    /// A donor of 2024 gives again in March 2026 and is offered the opt-out with the gift.
    ///
    /// ## Refused
    /// A donor of 2024 who has not been heard of since.
    ///
    /// ## Doubt
    /// Reg 22(3A) has no such date, and the commencement regulations have no transitional rule for it. The regulator's
    /// guidance has. The literal reading warns instead of refusing.
    ///
    /// ## References
    /// ICO guidance on the charitable purpose soft opt-in, 28 April 2026; the position was announced on 16 October 2025.
    pub(crate) static RULE = {
        id: "ico.charity-collected-since",
        effect: Effect::Condition { of: &["pecr.reg22.charitable-soft-opt-in"] },
        level: Level::IcoGuidance,
        differs: true,
        citation: ico(
            "Charitable purpose soft opt-in, 28 April 2026",
            "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/the-charitable-purpose-soft-opt-in/"
        ),
        in_force: InForce::from(CHARITY_SOFT_OPT_IN),
        statement: "The charitable soft opt-in covers details collected on or after 5 February 2026.",
        limbs: [&SINCE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(collection) = facts.collection.filter(|_| engaged(facts)) else { return Outcome::NotEngaged };
    let since = collection.event.is_within(Term::CharitableSoftOptIn, facts.as_of);
    let value = if since { "on or after 2026-02-05" } else { "before 2026-02-05" };
    let seen = Seen::event("details_collected.occurred_at", value, collection.event);
    Limbs::default().require(&SINCE, since, seen).outcome(Some(collection.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_charitable_soft_opt_in, event, limbs, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::first_moment(|f: F| f.the_collection().event = event("details_collected", "2026-02-05T00:00:00Z"), &["met"])]
    #[case::last_moment_before(|f: F| f.the_collection().event = event("details_collected", "2026-02-04T23:59:59Z"), &["collected-since"])]
    #[case::no_collection(|f: F| f.collection = None, &["not engaged"])]
    #[case::goods(|f: F| f.purpose = Purpose::Commercial, &["not engaged"])]
    fn since_the_day_it_came_into_force(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_charitable_soft_opt_in(), change))), expected);
    }
}
