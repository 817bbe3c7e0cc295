//! A message that says of itself that it is no marketing.

use crate::{
    facts::{Facts, Wording},
    rules::{
        Effect, applies,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::{direct_marketing::promotes_all_the_same, not_directed::is_to_nobody},
    },
    terms::wording::FindingKind,
};

const STATED: Limb = Limb {
    id: "self-declared",
    holds: "nothing promotes in a message that tells the person of the marketing choices it leaves alone",
    fails: "a message that tells the person of the marketing choices it leaves alone promotes something",
};

rule! {
    /// Only a message that needs the excuse tells people that it does not touch their marketing choices. Such a label is
    /// no evidence of what else stands in the message, for it or against it: somebody must say that nothing in it promotes.
    /// Then the message is what it is declared to be, unless its own words promote.
    ///
    /// ## Allowed
    /// A recall notice that ends "This does not affect your marketing choices", of which the caller says that nothing in
    /// it promotes.
    ///
    /// ## Refused
    /// The same, to a person without a basis, of which the caller says nothing more.
    ///
    /// ## Doubt
    /// No provision takes a label for a sign of marketing, and the regulator has said no more than that it does not help.
    /// The conservative reading takes the message for marketing until somebody says that it is none; the literal one
    /// takes it as declared and warns.
    ///
    /// ## References
    /// ICO, penalty on Halfords (2022).
    pub(crate) static RULE = {
        id: "policy.self-declared-service",
        effect: Effect::Condition { of: &["scope.service-message", "scope.market-research"] },
        level: Level::Policy,
        differs: true,
        citation: ico("Identify direct marketing: service messages (Halfords 2022)", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "A message that says of itself that it is no marketing is one only if somebody says that nothing in it promotes.",
        limbs: [&STATED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(label) = label(facts) else { return Outcome::NotEngaged };
    let promotion = facts.message.contains_promotion;
    let seen = Seen { wording: Some(label), ..Seen::stated("message.contains_promotion", "false") };
    Limbs::default()
        .told(
            &STATED,
            promotion.map(|promotes| !promotes),
            seen,
            "`message.contains_promotion`: whether anything in it promotes",
        )
        .shown_by(Some(seen))
}

/// The label of a message that nothing else makes marketing.
fn label<'a>(facts: &Facts<'a>) -> Option<&'a Wording<'a>> {
    let asked = !facts.purpose.is_marketing() && !promotes_all_the_same(facts) && !is_to_nobody(facts);
    facts.content.strong(FindingKind::ClaimsToBeService).filter(|_| asked)
}

/// Whether the label alone, on this reading, makes the message marketing.
pub(crate) fn is_taken_for_marketing(facts: &Facts<'_>) -> bool {
    applies(&RULE, facts) && facts.message.contains_promotion.is_none() && label(facts).is_some()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{RULE, is_taken_for_marketing};
    use crate::{
        rules::testing::{Change, F, as_is, limbs, of_service, with, worded},
        terms::{
            party::PolicyProfile,
            purpose::Purpose,
            wording::{FindingKind, Strength},
        },
    };

    #[rstest]
    #[case::somebody_says_that_nothing_promotes(|f: F| f.message.contains_promotion = Some(false), &["met"], false)]
    #[case::nobody_does(as_is, &["self-declared"], true)]
    #[case::nor_literally(|f: F| f.profile = PolicyProfile::Literal, &["self-declared"], false)]
    #[case::of_a_survey(|f: F| f.purpose = Purpose::Research, &["self-declared"], true)]
    #[case::something_promotes(|f: F| f.message.contains_promotion = Some(true), &["not engaged"], false)]
    #[case::its_words_do(|f: F| worded(f, FindingKind::Promotes, Strength::Strong), &["not engaged"], false)]
    #[case::declared_commercial(|f: F| f.purpose = Purpose::Commercial, &["not engaged"], false)]
    #[case::a_mere_label(|f: F| worded(f, FindingKind::ClaimsToBeService, Strength::Weak), &["not engaged"], false)]
    fn a_label_is_no_evidence(#[case] change: Change, #[case] expected: &[&str], #[case] marketing: bool) {
        let facts = with(of_service(), |f| {
            f.message.contains_promotion = None;
            worded(f, FindingKind::ClaimsToBeService, Strength::Strong);
        });
        let facts = with(facts, change);
        assert_eq!((limbs(&(RULE.evaluate)(&facts)), is_taken_for_marketing(&facts)), (expected.to_vec(), marketing));
    }
}
