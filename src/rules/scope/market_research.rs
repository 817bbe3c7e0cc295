//! Genuine market research is no direct marketing.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Outcome},
    },
    terms::purpose::Purpose,
};

use super::direct_marketing::promotes;

const GENUINE: Limb = Limb {
    id: "market-research",
    holds: "the message is declared market research, and neither the caller nor any words of it that were read say that it promotes or that its answers feed marketing",
    fails: "the survey promotes something or collects details for marketing",
};

rule! {
    /// Genuine market research is not direct marketing. A survey that promotes something, or whose answers are kept to
    /// market to the person later, is ("sugging").
    ///
    /// ## Allowed
    /// A researcher asks a customer how a service was, sells nothing and passes nothing on.
    ///
    /// ## Refused
    /// The last question asks whether the person would like to hear of offers.
    ///
    /// ## References
    /// ICO, identify direct marketing; ICO, political campaigning, opinion research and direct marketing.
    pub(crate) static RULE = {
        id: "scope.market-research",
        effect: Effect::Outside,
        level: Level::IcoGuidance,
        citation: ico("Identify direct marketing: market research (DPA 2018 s. 122(5))", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "Genuine market research is not direct marketing.",
        limbs: [&GENUINE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if facts.purpose == Purpose::Research && !promotes(facts) { Outcome::Met(None) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, of_service, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::declared_service(as_is, &["not engaged"])]
    #[case::smallest(|f: F| f.purpose = Purpose::Research, &["met"])]
    #[case::it_promotes(|f: F| (f.purpose, f.message.contains_promotion) = (Purpose::Research, Some(true)), &["not engaged"])]
    #[case::its_answers_feed_marketing(|f: F| (f.purpose, f.message.feeds_marketing) = (Purpose::Research, Some(true)), &["not engaged"])]
    fn a_survey_that_sells_nothing(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(of_service(), change))), expected);
    }
}
