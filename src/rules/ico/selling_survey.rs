//! The words of a survey sell.

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

const SELLS: Limb = Limb {
    id: "survey-that-sells",
    holds: "the survey's own words sell, or collect details for marketing, and that makes it direct marketing",
    fails: "the survey's own words sell nothing and collect no details for marketing",
};

rule! {
    /// Market research that is genuine is no direct marketing. A survey that sells under its cover, or collects details
    /// for whoever will sell later, is: it must meet the rules on marketing, whatever it calls itself.
    ///
    /// ## Allowed
    /// Outside the rule: "How was the repair? Three questions."
    ///
    /// ## Refused
    /// Within the rule, and refused without a basis: "A short survey on energy: with our tariff you could save £200."
    ///
    /// ## References
    /// ICO, identify direct marketing: market research ("sugging").
    pub(crate) static RULE = {
        id: "ico.selling-survey",
        effect: Effect::Scope,
        level: Level::IcoGuidance,
        citation: ico("Identify direct marketing: market research", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "A survey whose own words sell is direct marketing.",
        limbs: [&SELLS],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(words) = marketing_words(facts, FindingKind::SurveyThatSells) else { return Outcome::NotEngaged };
    let seen = Seen::found(words);
    Limbs::default().require(&SELLS, true, seen).shown_by(Some(seen))
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
    #[case::under_the_cover_of_research(as_is, &["met"])]
    #[case::under_that_of_service(|f: F| f.purpose = Purpose::Service, &["met"])]
    #[case::declared_commercial(|f: F| f.purpose = Purpose::Commercial, &["not engaged"])]
    #[case::it_may_sell(|f: F| worded(f, FindingKind::SurveyThatSells, Strength::Weak), &["not engaged"])]
    fn a_survey_that_sells(#[case] change: Change, #[case] expected: &[&str]) {
        let facts = with(of_service(), |f| {
            f.purpose = Purpose::Research;
            worded(f, FindingKind::SurveyThatSells, Strength::Strong);
        });
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }
}
