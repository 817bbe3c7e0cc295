//! The words of a service message ask for permission to market.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::marketing_words,
    },
    terms::wording::FindingKind,
};

const ASKS: Limb = Limb {
    id: "permission-wording",
    holds: "the message's own words ask for permission to market, or for a change of mind about it, and that makes it direct marketing",
    fails: "the message's own words ask for no permission to market",
};

rule! {
    /// A message that asks whether the person would like to hear from the sender, to reconsider, or to put marketing
    /// preferences right is sent for the purpose of direct marketing, even where it tells of something else besides: a
    /// change of terms, a price that stays, details to be checked.
    ///
    /// ## Allowed
    /// Outside the rule: a confirmation of what the person chose in the preference centre a minute ago.
    ///
    /// ## Refused
    /// Within the rule, and refused without a basis: a notice of new terms that ends "You told us not to send you offers.
    /// If you would like to reconsider, follow this link."
    ///
    /// ## References
    /// ICO, penalties on Honda Motor Europe, Flybe, Morrisons and Moneysupermarket (2017) and Virgin Media (2021).
    pub(crate) static RULE = {
        id: "ico.permission-wording",
        effect: Effect::Scope,
        level: Level::IcoGuidance,
        citation: ico("Identify direct marketing: asking for consent (Honda, Flybe, Morrisons and Moneysupermarket 2017, Virgin Media 2021)", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "A message whose own words ask for permission to market is direct marketing.",
        limbs: [&ASKS],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(words) = marketing_words(facts, FindingKind::AsksForPermission) else { return Outcome::NotEngaged };
    let seen = Seen::found(words);
    Limbs::default().require(&ASKS, true, seen).shown_by(Some(seen))
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
    #[case::in_a_service_message(as_is, &["met"])]
    #[case::in_a_survey(|f: F| f.purpose = Purpose::Research, &["met"])]
    #[case::declared_as_such(|f: F| f.purpose = Purpose::ConsentRequest, &["not engaged"])]
    #[case::it_may_ask(|f: F| worded(f, FindingKind::AsksForPermission, Strength::Weak), &["not engaged"])]
    fn asking_for_permission(#[case] change: Change, #[case] expected: &[&str]) {
        let facts = with(of_service(), |f| worded(f, FindingKind::AsksForPermission, Strength::Strong));
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }
}
