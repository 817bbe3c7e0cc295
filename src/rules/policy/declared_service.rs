//! Nobody says what the message is.

use crate::{
    facts::{Extent, Facts},
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::promotes,
    },
    terms::purpose::Purpose,
};

const STATED: Limb = Limb {
    id: "declared-service",
    holds: "the caller states whether the message promotes anything, and of a survey whether its answers feed marketing",
    fails: "nobody says whether the message promotes anything, or its answers feed marketing: it is taken as declared, and one promotional line would make it marketing",
};
const STATED_OF_WHAT_WAS_READ: Limb = Limb {
    id: "declared-service-read",
    holds: STATED.holds,
    fails: "nobody says whether the message promotes anything, or its answers feed marketing: in what was read of it no wording was found that makes it marketing, and that does not make it a service message",
};

rule! {
    /// A label does not make a service message. Where the caller declares one and does not say whether anything in it
    /// promotes, the answer rests on the label alone; where its words were read besides, on their having been found
    /// harmless, which proves nothing.
    ///
    /// ## Allowed
    /// A delivery notice declared as service, with this warning.
    ///
    /// ## Refused
    /// Nothing by this rule alone.
    ///
    /// ## References
    /// ICO, penalty on Halfords (2022): "this is a service message" did not help.
    pub(crate) static RULE = {
        id: "policy.declared-service",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: ico("Identify direct marketing: service messages", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "A declared service message should state that it promotes nothing.",
        limbs: [&STATED, &STATED_OF_WHAT_WAS_READ],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if facts.purpose.is_marketing() {
        return Outcome::NotEngaged;
    }
    let promotion = facts.message.contains_promotion.is_some() || promotes(facts);
    let answers = facts.purpose == Purpose::Service || facts.message.feeds_marketing.is_some();
    let fact = if promotion { "message.feeds_marketing" } else { "message.contains_promotion" };
    let limb = if facts.content.extent == Extent::Nothing { &STATED } else { &STATED_OF_WHAT_WAS_READ };
    Limbs::default().require(limb, promotion && answers, Seen::stated(fact, "unknown")).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, of_service, with, worded},
        terms::{
            purpose::Purpose,
            wording::{FindingKind, Strength},
        },
    };

    #[rstest]
    #[case::stated(as_is, &["met"])]
    #[case::not_stated(|f: F| f.message.contains_promotion = None, &["declared-service"])]
    #[case::read_and_not_stated(|f: F| (f.message.contains_promotion, f.content.extent) = (None, crate::facts::Extent::Part), &["declared-service-read"])]
    #[case::read_and_found_to_promote(
        |f: F| {
            f.message.contains_promotion = None;
            worded(f, FindingKind::Promotes, Strength::Strong);
        },
        &["met"],
    )]
    #[case::declared_commercial(|f: F| f.purpose = Purpose::Commercial, &["not engaged"])]
    fn a_label_is_not_enough(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(of_service(), change))), expected);
    }
}
